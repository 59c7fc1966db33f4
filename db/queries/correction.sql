-- Corrections that people asked for.

-- name: correction_add exec
-- Somebody asked for one.
-- in: id text, household_no int, asked sealed, asked_day day, due_day day, owner_id text, outcome text
-- in: recorded_by text, recorded_at instant
INSERT INTO correction (id, household_no, asked, asked_day, due_day, owner_id, outcome, recorded_by, recorded_at)
VALUES (:id, :household_no, :asked, :asked_day, :due_day, :owner_id, :outcome, :recorded_by, :recorded_at);

-- name: corrections_of many
-- Those of a household, the newest first.
-- in:  household_no int
-- out: id text, asked sealed, asked_day day, due_day day, owner text, outcome text, reason sealed?, disagrees sealed?
-- out: recorded_by text, closed_by text?, closed_at instant?
SELECT k.id, k.asked, k.asked_day, k.due_day, o.name AS owner, k.outcome, k.reason, k.disagrees,
	r.name AS recorded_by, c.name AS closed_by, k.closed_at
FROM correction k JOIN app_user o ON o.id = k.owner_id JOIN app_user r ON r.id = k.recorded_by
LEFT JOIN app_user c ON c.id = k.closed_by
WHERE k.household_no = :household_no ORDER BY k.asked_day DESC, k.recorded_at DESC, k.id;

-- name: correction_by_id one
-- How far one is.
-- in:  id text, household_no int
-- out: outcome text
SELECT outcome FROM correction WHERE id = :id AND household_no = :household_no;

-- name: correction_give count
-- Somebody else sees to it.
-- in: id text, owner_id text
UPDATE correction SET owner_id = :owner_id WHERE id = :id AND closed_at IS NULL;

-- name: correction_answer count
-- It is answered.
-- in: id text, outcome text, reason sealed?, by text, now instant
UPDATE correction SET outcome = :outcome, reason = :reason, closed_by = :by, closed_at = :now
WHERE id = :id AND closed_at IS NULL;

-- name: correction_disagree count
-- The person's statement beside a no; the last one counts.
-- in: id text, disagrees sealed
UPDATE correction SET disagrees = :disagrees WHERE id = :id;

-- name: corrections_open many
-- Those to be answered for the households of a region, and those that somebody sees to, by their day.
-- in:  region_id text, user_id text, now int, most int
-- out: household_no int, asked_day day, due_day day, owner text
-- scan: open ones are few
SELECT k.household_no, k.asked_day, k.due_day, u.name AS owner
FROM correction k JOIN app_user u ON u.id = k.owner_id
JOIN listing l ON l.household_no = k.household_no AND l.from_import <= :now AND l.to_import > :now
WHERE k.closed_at IS NULL AND (l.region_id = :region_id OR k.owner_id = :user_id)
ORDER BY k.due_day, k.recorded_at, k.id LIMIT :most;

-- name: releases_to_renew many
-- Who, in a region, agreed with an older version of a form, and has signed none since.
-- in:  region_id text, now int, today day, most int
-- out: household_no int, form text, version int, newest int, until_day day?
WITH newest AS (
	SELECT n.name, n.language, coalesce(n.agency_id, '') AS agency_id, max(n.version) AS version
	FROM consent_form n WHERE n.kind = 'release' AND n.from_day <= :today GROUP BY n.name, n.language, coalesce(n.agency_id, '')
)
SELECT l.household_no, f.name AS form, f.version, w.version AS newest, r.until_day
FROM listing l
JOIN household_member m ON m.household_no = l.household_no AND m.from_import <= :now AND m.to_import > :now
JOIN release r ON r.client_no = m.client_no AND r.refused = 0 AND r.ended_day IS NULL AND r.from_day <= :today
	AND (r.until_day IS NULL OR r.until_day >= :today)
JOIN consent_form f ON f.id = r.form_id
JOIN newest w ON w.name = f.name AND w.language = f.language AND w.agency_id = coalesce(f.agency_id, '')
	AND w.version > f.version
WHERE l.region_id = :region_id AND l.from_import <= :now AND l.to_import > :now
	AND NOT EXISTS (SELECT 1 FROM release x LEFT JOIN consent_form y ON y.id = x.form_id
		WHERE x.client_no = r.client_no AND x.from_day <= :today AND x.id <> r.id
			AND ((x.refused = 1 AND (x.from_day > r.from_day OR (x.from_day = r.from_day
				AND x.recorded_at >= r.recorded_at)))
			OR (x.refused = 0 AND x.ended_day IS NULL AND y.name = f.name AND y.version > f.version)))
ORDER BY r.until_day NULLS LAST, l.household_no, r.id LIMIT :most;

-- name: releases_to_offer many
-- Who, in a region, said no and may be asked again by now. Of one instant a no counts, as in releases_of_client.
-- in:  region_id text, now int, today day, most int
-- out: household_no int, from_day day, offer_day day
SELECT l.household_no, r.from_day, r.offer_day
FROM listing l
JOIN household_member m ON m.household_no = l.household_no AND m.from_import <= :now AND m.to_import > :now
JOIN release r ON r.client_no = m.client_no AND r.refused = 1 AND r.offer_day <= :today
WHERE l.region_id = :region_id AND l.from_import <= :now AND l.to_import > :now
	AND NOT EXISTS (SELECT 1 FROM release x WHERE x.client_no = r.client_no AND x.from_day <= :today
		AND x.id <> r.id AND (x.from_day > r.from_day OR (x.from_day = r.from_day AND x.recorded_at > r.recorded_at)))
ORDER BY r.offer_day, l.household_no, r.id LIMIT :most;
