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

-- name: hmis_export_people many
-- The clients of a source by number, with everything that is kept of them.
-- in:  source_no int, low int, high int, now int
-- out: client_no int, personal_id text, updated instant?, exported instant?, hashed bool, gone bool, name sealed?
-- out: ssn sealed?, birth sealed?, veteran int?, traits sealed?
SELECT client_no, personal_id, updated, exported, hashed, gone, name, ssn, birth, veteran, traits FROM client
WHERE client_no >= :low AND client_no <= :high AND source_no = :source_no AND from_import <= :now AND to_import > :now
ORDER BY client_no;
