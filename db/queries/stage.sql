-- What makes the shared screen of a meeting safe: what was checked, and who is there without an account.

-- name: stage_checks many
-- What was checked, in the order it was.
-- in:  conference_id text
-- out: key text, at instant
SELECT key, at FROM stage_check WHERE conference_id = :conference_id ORDER BY at, key;

-- name: stage_check_put exec
-- Something was checked; again changes nothing.
-- in: conference_id text, key text, by_id text, at instant
INSERT INTO stage_check (conference_id, key, by_id, at) VALUES (:conference_id, :key, :by_id, :at)
ON CONFLICT (conference_id, key) DO NOTHING;

-- name: stage_check_remove count
-- It does not hold any more.
-- in: conference_id text, key text
DELETE FROM stage_check WHERE conference_id = :conference_id AND key = :key;

-- name: guest_add exec
-- Somebody without an account asks to come in.
-- in: id text, conference_id text, called sealed, by_id text, in_at instant
INSERT INTO guest (id, conference_id, called, by_id, in_at) VALUES (:id, :conference_id, :called, :by_id, :in_at);

-- name: guests many
-- Who is there without an account, or waits.
-- in:  conference_id text
-- out: id text, called sealed, in_at instant, admitted_at instant?
SELECT id, called, in_at, admitted_at FROM guest
WHERE conference_id = :conference_id AND out_at IS NULL ORDER BY in_at, id;

-- name: guests_were many
-- Who was in the room without an account.
-- in:  conference_id text
-- out: id text, called sealed, admitted_at instant, out_at instant?
SELECT id, called, admitted_at, out_at FROM guest
WHERE conference_id = :conference_id AND admitted_at IS NOT NULL ORDER BY admitted_at, id;

-- name: guest_admit count
-- A guest who waits is let in.
-- in: conference_id text, id text, at instant
UPDATE guest SET admitted_at = :at
WHERE id = :id AND conference_id = :conference_id AND out_at IS NULL AND admitted_at IS NULL;

-- name: guest_end count
-- A guest leaves, or is not let in.
-- in: conference_id text, id text, at instant
UPDATE guest SET out_at = :at WHERE id = :id AND conference_id = :conference_id AND out_at IS NULL;

-- name: guest_end_all count
-- The meeting is over for all of them.
-- in: conference_id text, at instant
UPDATE guest SET out_at = :at WHERE conference_id = :conference_id AND out_at IS NULL;
