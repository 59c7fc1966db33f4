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
-- in: instance_id text, key_check bytes, now instant
INSERT INTO meta (one, instance_id, key_check, created_at) VALUES (1, :instance_id, :key_check, :now);

-- name: meta_get one
-- What the database says about itself.
-- out: instance_id text, key_check bytes, created_at instant
SELECT instance_id, key_check, created_at FROM meta WHERE one = 1;

-- name: schema_version_last one
-- The last step of db/schema that this database has taken; 0 for none.
-- out: version int
SELECT coalesce(max(version), 0) AS version FROM schema_version;

-- name: schema_version_add exec
-- Another step is taken.
-- in: version int, name text, now instant
INSERT INTO schema_version (version, name, applied_at) VALUES (:version, :name, :now);
