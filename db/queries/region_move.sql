-- Moves of households between the lists of regions.

-- name: region_move_add exec
-- Somebody asks, or takes a household that is on no region's list.
-- in: id text, household_no int, from_region text?, to_region text, asked_region text?, state text, reason sealed
-- in: asked_by text, asked_at instant, ended_by text?, ended_at instant?
INSERT INTO region_move (id, household_no, from_region, to_region, asked_region, state, reason, asked_by, asked_at,
	ended_by, ended_at)
VALUES (:id, :household_no, :from_region, :to_region, :asked_region, :state, :reason, :asked_by, :asked_at, :ended_by,
	:ended_at);

-- name: region_move_by_id one
-- One of them, with the id of its household.
-- in:  id text
-- out: household_no int, household_id text, from_region text?, to_region text, asked_region text?, state text
-- out: reason sealed
SELECT m.household_no, h.id AS household_id, m.from_region, m.to_region, m.asked_region, m.state, m.reason
FROM region_move m JOIN household h ON h.household_no = m.household_no WHERE m.id = :id;

-- name: region_move_end count
-- It is answered or withdrawn.
-- in: id text, state text, answer sealed?, ended_by text, ended_at instant
UPDATE region_move SET state = :state, answer = :answer, ended_by = :ended_by, ended_at = :ended_at
WHERE id = :id AND state = 'asked';

-- name: region_move_waiting one
-- The one that waits for an answer, of a household.
-- in:  household_no int
-- out: id text, from_region text, to_region text
SELECT id, from_region, to_region FROM region_move WHERE household_no = :household_no AND state = 'asked';

-- name: region_moves_of many
-- Those of a household, newest first.
-- in:  household_no int
-- out: id text, household_no int, from_region text?, from_name text?, to_region text, to_name text
-- out: asked_region text?, state text, reason sealed, asked_by text, asked_at instant, answer sealed?, ended_by text?
-- out: ended_at instant?
SELECT m.id, m.household_no, m.from_region, f.name AS from_name, m.to_region, t.name AS to_name, m.asked_region,
	m.state, m.reason, u.name AS asked_by, m.asked_at, m.answer, e.name AS ended_by, m.ended_at
FROM region_move m JOIN region t ON t.id = m.to_region JOIN app_user u ON u.id = m.asked_by
LEFT JOIN region f ON f.id = m.from_region LEFT JOIN app_user e ON e.id = m.ended_by
WHERE m.household_no = :household_no ORDER BY m.asked_at DESC, m.id LIMIT 50;

-- name: region_moves_waiting many
-- The households that moves of a region wait for an answer about, and who asked; oldest first.
-- in:  region_id text
-- out: household_no int, asked_region text?
-- scan: few wait, and they have an index of their own
SELECT household_no, asked_region FROM region_move
WHERE state = 'asked' AND (from_region = :region_id OR to_region = :region_id)
ORDER BY asked_at, household_no LIMIT 200;

-- name: region_move_steps count
-- What is still to be done for the household is the other region's now.
-- in: household_no int, region_id text
UPDATE step SET region_id = :region_id
WHERE household_no = :household_no AND state IN ('open', 'carried', 'not_yet');

-- name: region_move_target count
-- So is the move-in date that is aimed at.
-- in: household_no int, region_id text
UPDATE target_date SET region_id = :region_id WHERE household_no = :household_no AND replaced_at IS NULL;
