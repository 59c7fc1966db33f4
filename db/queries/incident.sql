-- What came to the privacy officer.

-- name: incident_add exec
-- Somebody tells of something.
-- for: all: everybody may tell
-- in: id text, kind text, about sealed, told_by text, told_at instant, due_day day
INSERT INTO incident (id, kind, about, told_by, told_at, due_day)
VALUES (:id, :kind, :about, :told_by, :told_at, :due_day);

-- name: incidents many
-- All of them, the open ones first, then the newest.
-- for: privacy
-- out: id text, kind text, about sealed, told_by text, told_at instant, due_day day, outcome sealed?, closed_by text?
-- out: closed_at instant?
-- scan: they are few
SELECT i.id, i.kind, i.about, u.name AS told_by, i.told_at, i.due_day, i.outcome, c.name AS closed_by, i.closed_at
FROM incident i JOIN app_user u ON u.id = i.told_by LEFT JOIN app_user c ON c.id = i.closed_by
ORDER BY CASE WHEN i.closed_at IS NULL THEN 0 ELSE 1 END, i.told_at DESC, i.id LIMIT 200;

-- name: incident_by_id one
-- What kind it is of, and whether it is closed.
-- for: privacy
-- in:  id text
-- out: kind text, closed_at instant?
SELECT kind, closed_at FROM incident WHERE id = :id;

-- name: incident_steps_done many
-- Steps that are done.
-- for: privacy
-- in:  incident_id text
-- out: step text, note sealed?, done_by text, done_at instant
SELECT s.step, s.note, u.name AS done_by, s.done_at FROM incident_step s JOIN app_user u ON u.id = s.done_by
WHERE s.incident_id = :incident_id ORDER BY s.done_at, s.step;

-- name: incident_step_add count
-- A step is done; once.
-- for: privacy
-- in: incident_id text, step text, note sealed?, done_by text, done_at instant
INSERT INTO incident_step (incident_id, step, note, done_by, done_at)
VALUES (:incident_id, :step, :note, :done_by, :done_at) ON CONFLICT (incident_id, step) DO NOTHING;

-- name: incident_close count
-- It is over.
-- for: privacy
-- in: id text, outcome sealed, closed_by text, closed_at instant
UPDATE incident SET outcome = :outcome, closed_by = :closed_by, closed_at = :closed_at
WHERE id = :id AND closed_at IS NULL;

-- name: privacy_officers many
-- To whom all of it goes.
-- out: name text
-- scan: there are few users
SELECT name FROM app_user WHERE role = 'privacy-officer' AND disabled_at IS NULL ORDER BY name;
