-- Questions that nobody in a conference could answer.

-- name: question_add exec
-- It gets an owner and a day.
-- in: id text, conference_id text, region_id text, words sealed, owner_id text, due day, asked_by text, asked_at instant
INSERT INTO question (id, conference_id, region_id, words, owner_id, due, asked_by, asked_at)
VALUES (:id, :conference_id, :region_id, :words, :owner_id, :due, :asked_by, :asked_at);

-- name: question_by_id one
-- A question by its id.
-- in:  id text
-- out: region_id text, conference_id text, words sealed, owner_id text, owner text, due day, answered_at instant?
SELECT q.region_id, q.conference_id, q.words, q.owner_id, u.name AS owner, q.due, q.answered_at
FROM question q JOIN app_user u ON u.id = q.owner_id WHERE q.id = :id;

-- name: question_give exec
-- Somebody else sees to it, or by another day.
-- in: id text, owner_id text, due day
UPDATE question SET owner_id = :owner_id, due = :due WHERE id = :id AND answered_at IS NULL;

-- name: question_answer exec
-- It is answered.
-- in: id text, answer sealed, by_id text, at instant
UPDATE question SET answer = :answer, answered_by = :by_id, answered_at = :at WHERE id = :id AND answered_at IS NULL;

-- name: questions_open many
-- Those of a region that are open, by day.
-- in:  region_id text
-- out: id text, words sealed, owner_id text, owner text, agency text?, due day
SELECT q.id, q.words, q.owner_id, u.name AS owner, g.name AS agency, q.due
FROM question q JOIN app_user u ON u.id = q.owner_id LEFT JOIN agency g ON g.id = u.agency_id
WHERE q.region_id = :region_id AND q.answered_at IS NULL ORDER BY q.due, q.id;

-- name: questions_of_owner many
-- Those that somebody sees to, by day.
-- in:  owner_id text
-- out: id text, words sealed, due day
SELECT id, words, due FROM question WHERE owner_id = :owner_id AND answered_at IS NULL ORDER BY due, id;

-- name: questions_of_conference many
-- Those that were asked in a conference, and what was answered.
-- in:  conference_id text
-- out: id text, words sealed, owner text, due day, answer sealed?, answered_by text?, answered_at instant?
SELECT q.id, q.words, u.name AS owner, q.due, q.answer, w.name AS answered_by, q.answered_at
FROM question q JOIN app_user u ON u.id = q.owner_id LEFT JOIN app_user w ON w.id = q.answered_by
WHERE q.conference_id = :conference_id ORDER BY q.asked_at, q.id;
