-- Settings, and the one row about the database itself.

-- name: settings many
-- Every setting that differs from its default.
-- out: key text, value text
-- scan: there are as many rows as settings
SELECT key, value FROM setting ORDER BY key;

-- name: setting_by_key one
-- One setting, where it differs from its default.
-- in:  key text
-- out: value text
SELECT value FROM setting WHERE key = :key;

-- name: setting_put exec
-- Sets it.
-- in: key text, value text, now instant
INSERT INTO setting (key, value, changed_at) VALUES (:key, :value, :now)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at;

-- name: setting_clear exec
-- Back to the default.
-- in: key text
DELETE FROM setting WHERE key = :key;

-- name: meta_put exec
-- The row about the database, written once by `byname init`.
-- in: instance_id text, key_check bytes, key_no int, now instant
INSERT INTO meta (one, instance_id, key_check, key_no, key_least, created_at)
VALUES (1, :instance_id, :key_check, :key_no, :key_no, :now);

-- name: meta_get one
-- What the database says about itself.
-- out: instance_id text, key_check bytes, created_at instant, key_no int, key_least int
SELECT instance_id, key_check, created_at, key_no, key_least FROM meta WHERE one = 1;

-- name: key_least one
-- The lowest number of a key that may still seal, held until the transaction ends: whoever raises it waits for those
-- who have looked.
-- out: key_least int
SELECT key_least FROM meta WHERE one = 1 {share_lock};

-- name: key_seals exec
-- From now on another key seals.
-- in: key_no int, key_check bytes
UPDATE meta SET key_no = :key_no, key_check = :key_check WHERE one = 1;

-- name: key_least_set exec
-- Nothing is written with a key before this one any more.
-- in: key_least int
UPDATE meta SET key_least = :key_least WHERE one = 1;

-- name: schema_version_last one
-- The last step of db/schema that this database has taken; 0 for none.
-- out: version int
SELECT coalesce(max(version), 0) AS version FROM schema_version;

-- name: schema_version_add exec
-- Another step is taken.
-- in: version int, name text, now instant
INSERT INTO schema_version (version, name, applied_at) VALUES (:version, :name, :now);
