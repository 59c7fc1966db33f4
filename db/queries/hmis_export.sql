-- What goes back to an HMIS. `now` is hmis_now.import_no everywhere.

-- name: hmis_export_sources many
-- Each HMIS that exports came from, with the time that they were about; lists that people keep are none.
-- out: no int, key text, name text, period_start day?, period_end day?, hashed bool
-- scan: there are few sources and one row per import
SELECT s.no, s.key, s.name, min(i.period_start) AS period_start, max(i.period_end) AS period_end,
	(SELECT l.hashed FROM hmis_import l WHERE l.source_no = s.no AND l.state = 'applied' ORDER BY l.no DESC LIMIT 1) AS hashed
FROM hmis_source s JOIN hmis_import i ON i.source_no = s.no AND i.state = 'applied'
WHERE NOT EXISTS (SELECT 1 FROM list_source k WHERE k.source_no = s.no)
GROUP BY s.no, s.key, s.name ORDER BY s.no;

-- name: hmis_export_withheld many
-- Who is in no export, by number: members of protected households, of households of which somebody declined or withdrew
-- and signed nothing since, and every other record of these people.
-- in:  now int
-- out: client_no int
-- scan: whoever declined, and who is protected, are few
WITH declined AS (
	SELECT r.client_no FROM release r
	WHERE (r.refused = 1 OR r.ended_day IS NOT NULL) AND NOT EXISTS (
		SELECT 1 FROM release n WHERE n.client_no = r.client_no AND (n.from_day > r.from_day
			OR (n.from_day = r.from_day AND (n.recorded_at > r.recorded_at
				OR (n.recorded_at = r.recorded_at AND n.refused > r.refused)))))
), kept AS (
	SELECT household_no FROM protection WHERE ended_at IS NULL
	UNION
	SELECT f.household_no FROM household_former f JOIN protection p ON p.household_no = f.former_no
	WHERE p.ended_at IS NULL
	UNION
	SELECT m.household_no FROM household_member m JOIN declined d ON d.client_no = m.client_no
	WHERE m.from_import <= :now AND m.to_import > :now
), people AS (
	SELECT m.client_no FROM household_member m JOIN kept k ON k.household_no = m.household_no
	WHERE m.from_import <= :now AND m.to_import > :now
	UNION
	SELECT client_no FROM declined
)
SELECT client_no FROM people
UNION
SELECT s.same_no AS client_no FROM people p JOIN client_same s ON s.client_no = p.client_no
ORDER BY client_no;

-- name: hmis_export_referrals many
-- Our referrals that were issued, each with its head and the head's enrollment on which HMIS keeps it: one that was open
-- on the day, of coordinated entry before others, the newest; NULL: there was none. By client.
-- in:  source_no int, now int
-- out: client_no int, enrollment_no int?, id text, kind text, issued_day day, state text, result_day day?
-- scan: a CoC has some thousand referrals
SELECT c.client_no, (
	SELECT e.enrollment_no FROM enrollment e
	JOIN hmis_project p ON p.project_no = e.project_no AND p.from_import <= :now AND p.to_import > :now AND p.victim = 0
	WHERE e.client_no = c.client_no AND e.from_import <= :now AND e.to_import > :now AND e.gone = 0
		AND e.entry <= r.issued_day AND (e.exit IS NULL OR e.exit >= r.issued_day)
	ORDER BY CASE WHEN p.type = 14 THEN 0 ELSE 1 END, e.entry DESC, e.enrollment_no DESC LIMIT 1) AS enrollment_no,
	r.id, r.kind, r.issued_day, r.state,
	(SELECT max(v.day) FROM referral_event v WHERE v.referral_id = r.id
		AND v.what IN ('accepted', 'client_declined', 'provider_declined')) AS result_day
FROM referral r
JOIN listing l ON l.household_no = r.household_no AND l.from_import <= :now AND l.to_import > :now
JOIN client c ON c.client_no = l.head_client_no AND c.source_no = :source_no AND c.from_import <= :now
	AND c.to_import > :now
WHERE r.issued_day IS NOT NULL ORDER BY c.client_no, r.issued_day, r.id;

-- name: hmis_export_people many
-- The clients of a source by number, with everything that is kept of them.
-- in:  source_no int, low int, high int, now int
-- out: client_no int, personal_id text, updated instant?, exported instant?, hashed bool, gone bool, name sealed?
-- out: ssn sealed?, birth sealed?, veteran int?, traits sealed?
SELECT client_no, personal_id, updated, exported, hashed, gone, name, ssn, birth, veteran, traits FROM client
WHERE client_no >= :low AND client_no <= :high AND source_no = :source_no AND from_import <= :now AND to_import > :now
ORDER BY client_no;
