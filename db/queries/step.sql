-- Action steps and what became of them.

-- name: step_by_id one
-- A step by its id.
-- in:  id text
-- out: household_no int, region_id text, conference_id text, words sealed, owner_id text?, owner text?
-- out: agency_id text?, due day?, state text, confirmed_at instant?, created_by text
SELECT s.household_no, s.region_id, s.conference_id, s.words, s.owner_id, u.name AS owner, s.agency_id, s.due,
	s.state, s.confirmed_at, s.created_by
FROM step s LEFT JOIN app_user u ON u.id = s.owner_id
WHERE s.id = :id;

-- name: step_add exec
-- A step is agreed.
-- in: id text, household_no int, region_id text, conference_id text, words sealed, owner_id text?, agency_id text?
-- in: due day?, state text, at instant, by_id text
INSERT INTO step (id, household_no, region_id, conference_id, words, owner_id, agency_id, due, state, state_at,
	created_at, created_by)
VALUES (:id, :household_no, :region_id, :conference_id, :words, :owner_id, :agency_id, :due, :state, :at, :at, :by_id);

-- name: step_change count
-- Its text, owner or date is put right; it has to be read back again.
-- in: id text, words sealed, owner_id text?, agency_id text?, due day?
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

-- name: step_history_last one
-- How many lines its history has.
-- in:  step_id text
-- out: lines int
SELECT count(*) AS lines FROM step_history WHERE step_id = :step_id;

-- name: step_history_add exec
-- One more line of its history.
-- in: step_id text, no int, conference_id text?, state text, owner_id text?, due day?, at instant, by_id text
INSERT INTO step_history (step_id, no, conference_id, state, owner_id, due, at, by_id)
VALUES (:step_id, :no, :conference_id, :state, :owner_id, :due, :at, :by_id);

-- name: steps_of_conference many
-- The steps of its households as they stood in it: agreed here, answered here, or (with `live`) still
-- to be done; with those of a household that gave way to one of them. `said` is the last answer in this conference, with
-- the date and the owner it left.
-- in:  conference_id text, live int
-- out: id text, household_no int, agreed_in text, agreed_day day, words sealed, owner_id text?, owner text?
-- out: agency_id text?, agency text?, victim int, due day?, state text, confirmed_at instant?, said text?
SELECT s.id, k.household_no, s.conference_id AS agreed_in, c.day AS agreed_day, s.words,
	CASE WHEN h.no IS NULL THEN s.owner_id ELSE h.owner_id END AS owner_id, u.name AS owner, s.agency_id,
	g.name AS agency, coalesce(g.is_victim_service_provider, 0) AS victim,
	CASE WHEN h.no IS NULL THEN s.due ELSE h.due END AS due, coalesce(h.state, s.state) AS state,
	s.confirmed_at, h.state AS said
FROM card k
JOIN step s ON s.household_no IN (SELECT k.household_no UNION SELECT f.former_no FROM household_former f
	WHERE f.household_no = k.household_no AND NOT EXISTS (SELECT 1 FROM card o
		WHERE o.conference_id = :conference_id AND o.household_no = f.former_no))
JOIN conference c ON c.id = s.conference_id
LEFT JOIN step_history h ON h.step_id = s.id AND h.no = (SELECT max(x.no) FROM step_history x
	WHERE x.step_id = s.id AND x.conference_id = :conference_id)
LEFT JOIN app_user u ON u.id = CASE WHEN h.no IS NULL THEN s.owner_id ELSE h.owner_id END
LEFT JOIN agency g ON g.id = s.agency_id
WHERE k.conference_id = :conference_id
	AND (h.no IS NOT NULL OR s.conference_id = :conference_id
		OR (:live = 1 AND s.state IN ('open', 'carried', 'not_yet')))
ORDER BY s.created_at, s.id;

-- name: steps_live_of_household many
-- What is still to be done for a household, or for one that gave way to it.
-- in:  household_no int
-- out: id text, words sealed, owner_id text?, due day?, state text
SELECT id, words, owner_id, due, state FROM step
WHERE household_no IN (SELECT :household_no
	UNION SELECT former_no FROM household_former WHERE household_no = :household_no) AND state IN ('open', 'carried', 'not_yet') ORDER BY created_at, id;

-- name: steps_owed many
-- How much is still to be done in a region, and how much of it is overdue, by agency; no agency: nobody's. Of a
-- working list: for the households that had a seat in one of its cycles.
-- in:  region_id text, worklist_id text, today day
-- out: agency text?, steps int, overdue int
SELECT g.name AS agency, count(*) AS steps, sum(CASE WHEN s.due < :today THEN 1 ELSE 0 END) AS overdue
FROM step s LEFT JOIN agency g ON g.id = s.agency_id
WHERE s.region_id = :region_id AND s.state IN ('open', 'carried', 'not_yet')
	AND (:worklist_id = '' OR EXISTS (SELECT 1 FROM cycle c JOIN cycle_household h ON h.cycle_id = c.id
		WHERE c.worklist_id = :worklist_id AND h.household_no = s.household_no))
GROUP BY g.name ORDER BY g.name NULLS LAST;

-- name: steps_live_of_region many
-- The action register: all that is still to be done in a region: what is overdue, then what has no date, then by date.
-- in:  region_id text, today day, most int
-- out: id text, household_no int, words sealed, owner_id text?, owner text?, agency_id text?, agency text?, due day?
-- out: state text, agreed_day day
SELECT s.id, s.household_no, s.words, s.owner_id, u.name AS owner, s.agency_id, g.name AS agency, s.due, s.state,
	c.day AS agreed_day
FROM step s
JOIN conference c ON c.id = s.conference_id
LEFT JOIN app_user u ON u.id = s.owner_id
LEFT JOIN agency g ON g.id = s.agency_id
WHERE s.region_id = :region_id AND s.state IN ('open', 'carried', 'not_yet')
ORDER BY CASE WHEN s.due < :today THEN 0 WHEN s.due IS NULL THEN 1 ELSE 2 END, s.due, s.id LIMIT :most;
