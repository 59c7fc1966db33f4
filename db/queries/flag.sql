-- Confirmed flags, and flags that came and went. `now` is hmis_now.import_no.

-- name: flags_confirmed many
-- What is confirmed now, of every household.
-- out: household_no int, flag text, facts int
-- scan: the picture in memory takes them all
SELECT c.household_no, c.flag, c.facts FROM flag_confirmed c
WHERE c.facts IS NOT NULL AND NOT EXISTS (SELECT 1 FROM flag_confirmed l
	WHERE l.household_no = c.household_no AND l.flag = c.flag AND l.no > c.no);

-- name: flags_confirmed_of many
-- What was said last about a flag of some households.
-- in:  flag text, nos int
-- out: household_no int, no int, facts int?, reason sealed, user_name text, at instant
SELECT c.household_no, c.no, c.facts, c.reason, u.name AS user_name, c.at
FROM flag_confirmed c JOIN app_user u ON u.id = c.user_id
WHERE c.flag = :flag AND c.household_no IN (:nos[50]) AND NOT EXISTS (SELECT 1 FROM flag_confirmed l
	WHERE l.household_no = c.household_no AND l.flag = c.flag AND l.no > c.no)
ORDER BY c.household_no;

-- name: flag_confirmed_last one
-- The highest number, 0 where there is none.
-- out: no int
SELECT coalesce(max(no), 0) AS no FROM flag_confirmed;

-- name: flag_confirmed_add exec
-- Somebody confirms, or takes it back.
-- in: no int, household_no int, flag text, facts int?, reason sealed, user_id text, at instant
INSERT INTO flag_confirmed (no, household_no, flag, facts, reason, user_id, at)
VALUES (:no, :household_no, :flag, :facts, :reason, :user_id, :at);

-- name: flag_change_add exec
-- Counts more of what came and went with a number.
-- in: import_no int, region_id text, flag text, fresh int, mended int
INSERT INTO flag_change (import_no, region_id, flag, fresh, mended)
VALUES (:import_no, :region_id, :flag, :fresh, :mended)
ON CONFLICT (import_no, region_id, flag)
DO UPDATE SET fresh = flag_change.fresh + excluded.fresh, mended = flag_change.mended + excluded.mended;

-- name: flag_changes many
-- What came and went with the last import that was applied, and on the days since.
-- in:  now int
-- out: region_id text, flag text, fresh int, mended int
SELECT f.region_id, f.flag, CAST(sum(f.fresh) AS bigint) AS fresh, CAST(sum(f.mended) AS bigint) AS mended
FROM flag_change f JOIN hmis_import i ON i.no = f.import_no AND i.state = 'applied'
WHERE f.import_no <= :now AND f.import_no >= (SELECT max(l.no) FROM hmis_import l
	WHERE l.kind = 'import' AND l.state = 'applied' AND l.no <= :now)
GROUP BY f.region_id, f.flag;

-- name: flag_meetings many
-- When each region's next planned conference is.
-- in:  today day
-- out: region_id text, day day
SELECT region_id, min(day) AS day FROM conference
WHERE state <> 'closed' AND state = 'planned' AND day >= :today GROUP BY region_id;

-- name: flag_agencies many
-- Who runs each project; `law`: that the agency serves somebody comes under it.
-- in:  now int
-- out: project_no int, agency_id text, name text, law text
-- scan: a CoC has some thousand projects
SELECT p.project_no, a.id AS agency_id, a.name,
	coalesce(a.law, CASE WHEN a.law_hmis = 1 THEN '27f' ELSE 'hmis' END) AS law
FROM hmis_project p
JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
	AND o.from_import <= :now AND o.to_import > :now
JOIN agency a ON a.id = o.agency_id
WHERE p.from_import <= :now AND p.to_import > :now
ORDER BY p.project_no;

-- name: flags_confirmed_at many
-- What was said last about each flag of a household.
-- in:  household_no int
-- out: flag text, no int, facts int?, reason sealed, user_name text, at instant
SELECT c.flag, c.no, c.facts, c.reason, u.name AS user_name, c.at
FROM flag_confirmed c JOIN app_user u ON u.id = c.user_id
WHERE c.household_no = :household_no AND NOT EXISTS (SELECT 1 FROM flag_confirmed l
	WHERE l.household_no = c.household_no AND l.flag = c.flag AND l.no > c.no)
ORDER BY c.flag;

-- name: flag_mendings many
-- Who mends what of some households, taken on since an instant.
-- in:  nos int, since instant
-- out: household_no int, flag text, user_id text, user_name text, agency text?, at instant
SELECT m.household_no, m.flag, m.user_id, u.name AS user_name, g.name AS agency, m.at
FROM flag_mending m
JOIN app_user u ON u.id = m.user_id
LEFT JOIN agency g ON g.id = u.agency_id
WHERE m.household_no IN (:nos[50]) AND m.at >= :since
ORDER BY m.household_no, m.flag;

-- name: flag_mending_put exec
-- Somebody takes it on, from whoever had it.
-- in: household_no int, flag text, user_id text, at instant
INSERT INTO flag_mending (household_no, flag, user_id, at) VALUES (:household_no, :flag, :user_id, :at)
ON CONFLICT (household_no, flag) DO UPDATE SET user_id = excluded.user_id, at = excluded.at;

-- name: flag_mending_end count
-- It is given up.
-- in: household_no int, flag text
DELETE FROM flag_mending WHERE household_no = :household_no AND flag = :flag;
