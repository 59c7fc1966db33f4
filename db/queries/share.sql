-- Files that were made for agencies.

-- name: share_add exec
-- A file was made.
-- in: id text, agency_id text, region_id text, format text, filter text, stamp text, households int, named int
-- in: made_at instant, made_by text, expires_at instant, content sealed?
INSERT INTO share (id, agency_id, region_id, format, filter, stamp, households, named, made_at, made_by, expires_at,
	content)
VALUES (:id, :agency_id, :region_id, :format, :filter, :stamp, :households, :named, :made_at, :made_by, :expires_at,
	:content);

-- name: share_household_add exec
-- It names a household.
-- in: share_id text, household_no int
INSERT INTO share_household (share_id, household_no) VALUES (:share_id, :household_no);

-- name: share_named many
-- Whom it names.
-- in:  share_id text
-- out: household_no int, id text
SELECT s.household_no, h.id FROM share_household s JOIN household h ON h.household_no = s.household_no
WHERE s.share_id = :share_id ORDER BY s.household_no;

-- name: share_by_id one
-- A file by its id.
-- in:  id text
-- out: agency_id text, agency text, region_id text, region text, format text, made_at instant, expires_at instant
-- out: ended_at instant?, content sealed?
SELECT s.agency_id, g.name AS agency, s.region_id, r.name AS region, s.format, s.made_at, s.expires_at, s.ended_at,
	s.content
FROM share s JOIN agency g ON g.id = s.agency_id JOIN region r ON r.id = s.region_id WHERE s.id = :id;

-- name: shares_of_region many
-- The files made of a region's list, the newest first.
-- in:  region_id text, most int
-- out: id text, agency text, format text, stamp text, households int, named int, made_at instant, made_by text
-- out: expires_at instant, ended_at instant?, kept bool
SELECT s.id, g.name AS agency, s.format, s.stamp, s.households, s.named, s.made_at, u.name AS made_by, s.expires_at,
	s.ended_at, CASE WHEN s.content IS NULL THEN 0 ELSE 1 END AS kept
FROM share s JOIN agency g ON g.id = s.agency_id JOIN app_user u ON u.id = s.made_by
WHERE s.region_id = :region_id ORDER BY s.made_at DESC, s.id DESC LIMIT :most;

-- name: shares_of_agency many
-- The files made for an agency, the newest first.
-- in:  agency_id text, most int
-- out: id text, region text, format text, stamp text, households int, named int, made_at instant, made_by text
-- out: expires_at instant, ended_at instant?, kept bool
SELECT s.id, r.name AS region, s.format, s.stamp, s.households, s.named, s.made_at, u.name AS made_by, s.expires_at,
	s.ended_at, CASE WHEN s.content IS NULL THEN 0 ELSE 1 END AS kept
FROM share s JOIN region r ON r.id = s.region_id JOIN app_user u ON u.id = s.made_by
WHERE s.agency_id = :agency_id ORDER BY s.made_at DESC, s.id DESC LIMIT :most;

-- name: share_takings many
-- When a file was handed out, and to whom.
-- in:  share_id text
-- out: at instant, name text
SELECT t.at, u.name FROM share_taken t JOIN app_user u ON u.id = t.user_id
WHERE t.share_id = :share_id ORDER BY t.no;

-- name: share_take exec
-- It is handed out.
-- in: share_id text, at instant, user_id text
INSERT INTO share_taken (share_id, no, at, user_id)
VALUES (:share_id, (SELECT count(*) + 1 FROM share_taken WHERE share_id = :share_id), :at, :user_id);

-- name: share_end count
-- It is withdrawn and no longer kept.
-- in: id text, at instant, by_id text
UPDATE share SET ended_at = :at, ended_by = :by_id, content = NULL
WHERE id = :id AND ended_at IS NULL AND expires_at > :at;

-- name: shares_due one
-- How many files are kept beyond their day.
-- in:  now instant
-- out: files int
SELECT count(*) AS files FROM share WHERE content IS NOT NULL AND expires_at <= :now;

-- name: share_sweep count
-- Files beyond their day are no longer kept.
-- in: now instant
UPDATE share SET content = NULL WHERE content IS NOT NULL AND expires_at <= :now;
