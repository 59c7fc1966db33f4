-- The second step of signing in.

-- name: factor_of one
-- A user's second factor, or that it was taken away.
-- for: all: the secret is the person's own who signs in
-- in:  user_id text
-- out: secret sealed?, last_step int, set_at instant, reset_at instant?
SELECT secret, last_step, set_at, reset_at FROM second_factor WHERE user_id = :user_id;

-- name: factor_put exec
-- A new secret, proved by the code of that half minute.
-- for: all: the secret is the person's own who signs in
-- in: user_id text, secret sealed, last_step int, now instant
INSERT INTO second_factor (user_id, secret, last_step, set_at) VALUES (:user_id, :secret, :last_step, :now)
ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step,
	set_at = excluded.set_at, reset_at = NULL;

-- name: factor_step count
-- A code is used up; none where it or a later one has been used already.
-- in: user_id text, last_step int
UPDATE second_factor SET last_step = :last_step WHERE user_id = :user_id AND last_step < :last_step;

-- name: factor_reset count
-- Takes it away.
-- in: user_id text, now instant
UPDATE second_factor SET secret = NULL, reset_at = :now WHERE user_id = :user_id AND secret IS NOT NULL;

-- name: factor_told exec
-- The person has been told that it was taken away.
-- in: user_id text
UPDATE second_factor SET reset_at = NULL WHERE user_id = :user_id;

-- name: recovery_add exec
-- A recovery code.
-- in: user_id text, hash bytes
INSERT INTO recovery_code (user_id, hash) VALUES (:user_id, :hash);

-- name: recovery_use count
-- Uses one up; none where it is not known or used already.
-- in: user_id text, hash bytes, now instant
UPDATE recovery_code SET used_at = :now WHERE user_id = :user_id AND hash = :hash AND used_at IS NULL;

-- name: recovery_left one
-- How many are left.
-- in:  user_id text
-- out: unused int
SELECT count(*) AS unused FROM recovery_code WHERE user_id = :user_id AND used_at IS NULL;

-- name: recovery_clear exec
-- Forgets them all.
-- in: user_id text
DELETE FROM recovery_code WHERE user_id = :user_id;
