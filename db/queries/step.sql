-- Action steps and what became of them.

-- name: step_by_id one
-- A step by its id.
-- in:  id text
-- out: household_no int, region_id text, conference_id text, words bytes, owner_id text?, owner text?
-- out: agency_id text?, due day?, state text, confirmed_at instant?
SELECT s.household_no, s.region_id, s.conference_id, s.words, s.owner_id, u.name AS owner, s.agency_id, s.due,
	s.state, s.confirmed_at
FROM step s LEFT JOIN app_user u ON u.id = s.owner_id
WHERE s.id = :id;

-- name: step_add exec
-- A step is agreed.
-- in: id text, household_no int, region_id text, conference_id text, words bytes, owner_id text?, agency_id text?
-- in: due day?, state text, at instant, by_id text
INSERT INTO step (id, household_no, region_id, conference_id, words, owner_id, agency_id, due, state, state_at,
	created_at, created_by)
VALUES (:id, :household_no, :region_id, :conference_id, :words, :owner_id, :agency_id, :due, :state, :at, :at, :by_id);

-- name: step_change count
-- Its text, owner or date is put right; it has to be read back again.
-- in: id text, words bytes, owner_id text?, agency_id text?, due day?
UPDATE step SET words = :words, owner_id = :owner_id, agency_id = :agency_id, due = :due, confirmed_at = NULL,
	confirmed_by = NULL
WHERE id = :id;

-- name: step_set_state count
-- What became of it, and the date from now on.
-- in: id text, state text, due day?, at instant
UPDATE step SET state = :state, due = :due, state_at = :at WHERE id = :id;

-- name: step_confirm count
-- It was read back and confirmed.
-- in: id text, at instant, by_id text
UPDATE step SET confirmed_at = :at, confirmed_by = :by_id WHERE id = :id AND confirmed_at IS NULL;

-- name: step_history_add exec
-- One more line of its history.
-- in: id text, step_id text, conference_id text?, state text, owner_id text?, due day?, at instant, by_id text
INSERT INTO step_history (id, step_id, conference_id, state, owner_id, due, at, by_id)
VALUES (:id, :step_id, :conference_id, :state, :owner_id, :due, :at, :by_id);

-- name: step_history many
-- Everything that became of a step, oldest first.
-- in:  step_id text
-- out: state text, owner text?, due day?, at instant, by_name text
SELECT h.state, o.name AS owner, h.due, h.at, u.name AS by_name
FROM step_history h
JOIN app_user u ON u.id = h.by_id
LEFT JOIN app_user o ON o.id = h.owner_id
WHERE h.step_id = :step_id ORDER BY h.at, h.id;

-- name: steps_of_conference many
-- The steps of its households: those still to be done, agreed here or answered here.
-- in:  conference_id text
-- out: id text, household_no int, agreed_in text, words bytes, owner_id text?, owner text?, agency_id text?
-- out: agency text?, due day?, state text, confirmed_at instant?, answered int
SELECT s.id, s.household_no, s.conference_id AS agreed_in, s.words, s.owner_id, u.name AS owner, s.agency_id,
	g.name AS agency, s.due, s.state, s.confirmed_at,
	CASE WHEN EXISTS (SELECT 1 FROM step_history h WHERE h.step_id = s.id AND h.conference_id = :conference_id)
		THEN 1 ELSE 0 END AS answered
FROM card k
JOIN step s ON s.household_no = k.household_no
LEFT JOIN app_user u ON u.id = s.owner_id
LEFT JOIN agency g ON g.id = s.agency_id
WHERE k.conference_id = :conference_id
	AND (s.state IN ('open', 'carried', 'not_yet') OR s.conference_id = :conference_id
		OR EXISTS (SELECT 1 FROM step_history h WHERE h.step_id = s.id AND h.conference_id = :conference_id))
ORDER BY s.created_at, s.id;

-- name: steps_live_of_household many
-- What is still to be done for a household.
-- in:  household_no int
-- out: id text, words bytes, owner_id text?, due day?, state text
SELECT id, words, owner_id, due, state FROM step
WHERE household_no = :household_no AND state IN ('open', 'carried', 'not_yet') ORDER BY created_at, id;

-- name: steps_live_of_region many
-- The action register: all that is still to be done in a region, by date, those without one first.
-- in:  region_id text, most int
-- out: id text, household_no int, words bytes, owner_id text?, owner text?, agency_id text?, agency text?, due day?
-- out: state text, agreed_day day
SELECT s.id, s.household_no, s.words, s.owner_id, u.name AS owner, s.agency_id, g.name AS agency, s.due, s.state,
	c.day AS agreed_day
FROM step s
JOIN conference c ON c.id = s.conference_id
LEFT JOIN app_user u ON u.id = s.owner_id
LEFT JOIN agency g ON g.id = s.agency_id
WHERE s.region_id = :region_id AND s.state IN ('open', 'carried', 'not_yet')
ORDER BY s.due NULLS FIRST, s.id LIMIT :most;
