-- Who is in the room.

-- name: attendance_add exec
-- Somebody checks in; who is not admitted waits in the lobby.
-- in: id text, conference_id text, user_id text, agency_id text?, role text, in_at instant, admitted_at instant?
INSERT INTO attendance (id, conference_id, user_id, agency_id, role, in_at, admitted_at)
VALUES (:id, :conference_id, :user_id, :agency_id, :role, :in_at, :admitted_at);

-- name: attendance_admit count
-- Somebody who waits is let in.
-- in: conference_id text, user_id text, at instant
UPDATE attendance SET admitted_at = :at
WHERE conference_id = :conference_id AND user_id = :user_id AND out_at IS NULL AND admitted_at IS NULL;

-- name: attendance_end count
-- Somebody leaves.
-- in: conference_id text, user_id text, out_at instant
UPDATE attendance SET out_at = :out_at
WHERE conference_id = :conference_id AND user_id = :user_id AND out_at IS NULL;

-- name: attendance_turn_away count
-- Somebody who waits is not let in.
-- in: conference_id text, user_id text, out_at instant
UPDATE attendance SET out_at = :out_at
WHERE conference_id = :conference_id AND user_id = :user_id AND out_at IS NULL AND admitted_at IS NULL;

-- name: attendance_end_all count
-- The meeting is over for everybody.
-- in: conference_id text, out_at instant
UPDATE attendance SET out_at = :out_at WHERE conference_id = :conference_id AND out_at IS NULL;

-- name: attendance_here one
-- Whether somebody is in the room, or in its lobby.
-- in:  conference_id text, user_id text
-- out: id text, role text, admitted_at instant?
SELECT id, role, admitted_at FROM attendance WHERE conference_id = :conference_id AND user_id = :user_id AND out_at IS NULL;

-- name: attendances many
-- Everybody who was there, with times, by when they came.
-- in:  conference_id text
-- out: user_id text, name text, agency text?, role text, in_at instant, out_at instant?
SELECT t.user_id, u.name, g.name AS agency, t.role, t.in_at, t.out_at
FROM attendance t
JOIN app_user u ON u.id = t.user_id
LEFT JOIN agency g ON g.id = t.agency_id
WHERE t.conference_id = :conference_id AND t.admitted_at IS NOT NULL ORDER BY t.in_at, t.id;

-- name: attendance_present many
-- Everybody who is in the room or its lobby now, with what says whom they may hear named.
-- in:  conference_id text
-- out: user_id text, name text, role text, agency_id text?, agency text?, region_id text?, admitted_at instant?
SELECT t.user_id, u.name, u.role, u.agency_id, g.name AS agency, u.region_id, t.admitted_at
FROM attendance t
JOIN app_user u ON u.id = t.user_id
LEFT JOIN agency g ON g.id = u.agency_id
WHERE t.conference_id = :conference_id AND t.out_at IS NULL ORDER BY t.in_at, t.id;

-- name: attendance_live_of_user one
-- Whether somebody is in the room of a meeting that began after an instant and runs.
-- in:  user_id text, since instant
-- out: meetings int
SELECT count(*) AS meetings FROM attendance t
JOIN conference c ON c.id = t.conference_id
WHERE t.user_id = :user_id AND t.out_at IS NULL AND c.state = 'live' AND c.started_at > :since;

-- name: attendance_person one
-- What checking somebody in needs to know.
-- in:  user_id text
-- out: name text, role text, agency_id text?, region_id text?, is_lead int
SELECT u.name, u.role, u.agency_id, u.region_id, coalesce(g.is_lead, 0) AS is_lead
FROM app_user u LEFT JOIN agency g ON g.id = u.agency_id
WHERE u.id = :user_id AND u.disabled_at IS NULL;

-- name: attendance_was one
-- Whether somebody was in the room at any time.
-- in:  conference_id text, user_id text
-- out: times int
SELECT count(*) AS times FROM attendance
WHERE conference_id = :conference_id AND user_id = :user_id AND admitted_at IS NOT NULL;

-- name: attendance_agency one
-- Whether an agency works in a region.
-- in:  agency_id text, region_id text
-- out: works int
SELECT count(*) AS works FROM agency_region WHERE agency_id = :agency_id AND region_id = :region_id;
