-- The side door: what was asked and answered, and what the report is made from.

-- name: side_doors many
-- Everything that was asked; the words of an answer are read one by one.
-- out: id text, client_no int, enrollment_no int, asked_at instant, due_day day, answer text?, answered_at instant?
-- out: closed_at instant?
-- scan: asked by hand
SELECT id, client_no, enrollment_no, asked_at, due_day, answer, answered_at, closed_at FROM side_door
ORDER BY client_no, enrollment_no;

-- name: side_door_by_entry one
-- What was asked about an entry.
-- in:  client_no int, enrollment_no int
-- out: id text, agency_id text, region_id text?, asked_at instant, due_day day, answer text?, words sealed?
-- out: answered_at instant?, closed_at instant?
SELECT id, agency_id, region_id, asked_at, due_day, answer, words, answered_at, closed_at FROM side_door
WHERE client_no = :client_no AND enrollment_no = :enrollment_no;

-- name: side_door_ask exec
-- An agency is asked.
-- in: id text, client_no int, enrollment_no int, agency_id text, region_id text?, asked_at instant, asked_by text
-- in: due_day day
INSERT INTO side_door (id, client_no, enrollment_no, agency_id, region_id, asked_at, asked_by, due_day)
VALUES (:id, :client_no, :enrollment_no, :agency_id, :region_id, :asked_at, :asked_by, :due_day);

-- name: side_door_answer count
-- It answers; a newer answer takes the place of one that was not accepted yet.
-- in: id text, answer text, words sealed?, answered_at instant, answered_by text
UPDATE side_door SET answer = :answer, words = :words, answered_at = :answered_at, answered_by = :answered_by
WHERE id = :id AND closed_at IS NULL;

-- name: side_door_close count
-- The answer is taken.
-- in: id text, closed_at instant, closed_by text
UPDATE side_door SET closed_at = :closed_at, closed_by = :closed_by
WHERE id = :id AND closed_at IS NULL AND answer IS NOT NULL;
