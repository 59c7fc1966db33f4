-- Memoranda of understanding, confidentiality agreements, privacy training.

-- name: mou_add exec
-- An agency's memorandum.
-- in: id text, agency_id text, from_day day, until_day day, signed_by text, document text, now instant
INSERT INTO mou (id, agency_id, from_day, until_day, signed_by, document, recorded_at)
VALUES (:id, :agency_id, :from_day, :until_day, :signed_by, :document, :now);

-- name: mou_region_add exec
-- A region that it is for.
-- in: mou_id text, region_id text
INSERT INTO mou_region (mou_id, region_id) VALUES (:mou_id, :region_id)
ON CONFLICT (mou_id, region_id) DO NOTHING;

-- name: mou_end count
-- It ends on a day, which is earlier than it was to.
-- in: id text, until_day day
UPDATE mou SET until_day = :until_day WHERE id = :id AND until_day > :until_day;

-- name: mou_by_id one
-- Whose it is.
-- in:  id text
-- out: agency_id text, from_day day, until_day day
SELECT agency_id, from_day, until_day FROM mou WHERE id = :id;

-- name: mous many
-- All of them by agency, the newest first.
-- out: id text, agency_id text, agency text, from_day day, until_day day, signed_by text, document text
-- scan: some hundred agencies sign one a year
SELECT m.id, m.agency_id, g.name AS agency, m.from_day, m.until_day, m.signed_by, m.document
FROM mou m JOIN agency g ON g.id = m.agency_id ORDER BY g.name, g.id, m.until_day DESC, m.id;

-- name: mou_regions many
-- The regions that memoranda are for.
-- out: mou_id text, region_id text, number int, name text
-- scan: some hundred agencies sign one a year
SELECT m.mou_id, m.region_id, r.number, r.name FROM mou_region m JOIN region r ON r.id = m.region_id
ORDER BY m.mou_id, r.number;

-- name: mou_reach many
-- An agency's memoranda that have not ended by a day (kind 1; no region: everywhere), and where it works (kind 2).
-- in:  agency_id text, today day
-- out: kind int, region_id text?, from_day day?, until_day day?
SELECT 1 AS kind, r.region_id, m.from_day, m.until_day FROM mou m LEFT JOIN mou_region r ON r.mou_id = m.id
WHERE m.agency_id = :agency_id AND m.until_day >= :today
UNION ALL
SELECT 2 AS kind, w.region_id, NULL AS from_day, NULL AS until_day FROM agency_region w WHERE w.agency_id = :agency_id;

-- name: signed_by_user one
-- Up to which day somebody's agreement of a day holds, and their training at its longest.
-- in:  user_id text, today day
-- out: agreed_until day?, trained_until day?
SELECT (SELECT max(a.until_day) FROM agreement a WHERE a.user_id = :user_id AND a.signed_day <= :today) AS agreed_until,
	(SELECT max(t.until_day) FROM training t WHERE t.user_id = :user_id) AS trained_until;

-- name: agreement_put exec
-- Somebody signed.
-- in: user_id text, signed_day day, until_day day, form_id text?, now instant
INSERT INTO agreement (user_id, signed_day, until_day, form_id, recorded_at)
VALUES (:user_id, :signed_day, :until_day, :form_id, :now)
ON CONFLICT (user_id, signed_day) DO UPDATE SET until_day = excluded.until_day, form_id = excluded.form_id,
	recorded_at = excluded.recorded_at;

-- name: agreement_last one
-- What of an agreement somebody signed holds longest.
-- in:  user_id text
-- out: until_day day, form_id text?
SELECT until_day, form_id FROM agreement WHERE user_id = :user_id ORDER BY until_day DESC, signed_day DESC LIMIT 1;

-- name: agreement_end count
-- What somebody signed holds no longer than to a day.
-- in: user_id text, until_day day
UPDATE agreement SET until_day = :until_day WHERE user_id = :user_id AND until_day > :until_day;

-- name: training_put exec
-- Somebody was trained.
-- in: user_id text, done_day day, until_day day, now instant
INSERT INTO training (user_id, done_day, until_day, recorded_at)
VALUES (:user_id, :done_day, :until_day, :now)
ON CONFLICT (user_id, done_day) DO UPDATE SET until_day = excluded.until_day, recorded_at = excluded.recorded_at;

-- name: agreements many
-- Everybody with an open account, with the days up to which they signed and are trained.
-- `form_id`: whose words the one that holds longest has.
-- out: user_id text, login text, name text, role text, agency text?, agreed_until day?, form_id text?
-- out: trained_until day?
-- scan: there are few users
SELECT u.id AS user_id, u.login, u.name, u.role, g.name AS agency,
	(SELECT max(a.until_day) FROM agreement a WHERE a.user_id = u.id) AS agreed_until,
	(SELECT f.form_id FROM agreement f WHERE f.user_id = u.id ORDER BY f.until_day DESC, f.signed_day DESC LIMIT 1)
		AS form_id,
	(SELECT max(t.until_day) FROM training t WHERE t.user_id = u.id) AS trained_until
FROM app_user u LEFT JOIN agency g ON g.id = u.agency_id WHERE u.disabled_at IS NULL ORDER BY u.login;

-- name: mou_partners many
-- The agencies whose memorandum of a day is for a region, or for the whole CoC.
-- in:  today day, region_id text
-- out: id text, name text
-- scan: a CoC has some hundred agencies
SELECT g.id, g.name FROM agency g
WHERE EXISTS (SELECT 1 FROM mou m WHERE m.agency_id = g.id AND m.from_day <= :today AND m.until_day >= :today
	AND (NOT EXISTS (SELECT 1 FROM mou_region r WHERE r.mou_id = m.id)
		OR EXISTS (SELECT 1 FROM mou_region r WHERE r.mou_id = m.id AND r.region_id = :region_id)))
ORDER BY g.name, g.id;
