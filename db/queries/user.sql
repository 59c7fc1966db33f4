-- People who sign in, and the brake on guessing.

-- name: users many
-- All users by login.
-- out: id text, login text, name text, agency_id text?, region_id text?, role text, disabled_at instant?
-- out: has_factor bool, connected bool
-- scan: the page of users shows them all
SELECT u.id, u.login, u.name, u.agency_id, u.region_id, u.role, u.disabled_at,
	CASE WHEN f.secret IS NULL THEN 0 ELSE 1 END AS has_factor,
	CASE WHEN EXISTS (SELECT 1 FROM identity i WHERE i.user_id = u.id) THEN 1 ELSE 0 END AS connected
FROM app_user u LEFT JOIN second_factor f ON f.user_id = u.id ORDER BY u.login;

-- name: user_by_login one
-- What signing in needs to know.
-- in:  login text
-- out: id text, name text, agency_id text?, region_id text?, role text, password text, must_change bool
-- out: disabled_at instant?
SELECT id, name, agency_id, region_id, role, password, must_change, disabled_at FROM app_user WHERE login = :login;

-- name: user_by_id one
-- A user by id.
-- in:  id text
-- out: login text, name text, agency_id text?, region_id text?, role text, password text, must_change bool
-- out: disabled_at instant?
SELECT login, name, agency_id, region_id, role, password, must_change, disabled_at FROM app_user WHERE id = :id;

-- name: user_add exec
-- A new user.
-- in: id text, login text, name text, agency_id text?, region_id text?, role text, password text
-- in: must_change bool, now instant
INSERT INTO app_user (id, login, name, agency_id, region_id, role, password, must_change, created_at)
VALUES (:id, :login, :name, :agency_id, :region_id, :role, :password, :must_change, :now);

-- name: user_set_password count
-- A new password, given (must_change) or chosen.
-- in: id text, password text, must_change bool
UPDATE app_user SET password = :password, must_change = :must_change WHERE id = :id;

-- name: user_set_disabled count
-- Closes the door, or opens it again with an unknown instant.
-- in: id text, at instant?
UPDATE app_user SET disabled_at = :at WHERE id = :id;

-- name: users_of_agency many
-- Who works for the agency and can sign in, by name.
-- in:  agency_id text
-- out: id text, login text, name text, role text
SELECT id, login, name, role FROM app_user
WHERE agency_id = :agency_id AND disabled_at IS NULL ORDER BY name, id;

-- name: login_brake_get one
-- How often guessing under this key failed, and until when it has to wait.
-- in:  key_hash bytes
-- out: failures int, until instant
SELECT failures, until FROM login_brake WHERE key_hash = :key_hash;

-- name: login_brake_put exec
-- Notes a failure.
-- in: key_hash bytes, failures int, until instant
INSERT INTO login_brake (key_hash, failures, until) VALUES (:key_hash, :failures, :until)
ON CONFLICT (key_hash) DO UPDATE SET failures = excluded.failures, until = excluded.until;

-- name: login_brake_clear exec
-- Forgets the failures after a success.
-- in: key_hash bytes
DELETE FROM login_brake WHERE key_hash = :key_hash;

-- name: user_move count
-- Another role, agency or region.
-- in: id text, role text, agency_id text?, region_id text?
UPDATE app_user SET role = :role, agency_id = :agency_id, region_id = :region_id WHERE id = :id;
