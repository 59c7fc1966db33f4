-- Mail that waits, and where people read theirs.

-- name: mail_address_put exec
-- Somebody's address.
-- in: user_id text, address text, now instant
INSERT INTO mail_address (user_id, address, set_at) VALUES (:user_id, :address, :now)
ON CONFLICT (user_id) DO UPDATE SET address = excluded.address, set_at = excluded.set_at;

-- name: mail_address_clear exec
-- Somebody gets no mail.
-- in: user_id text
DELETE FROM mail_address WHERE user_id = :user_id;

-- name: mail_address_of one
-- Where somebody with an open account reads mail.
-- in:  user_id text
-- out: address text
SELECT m.address FROM mail_address m JOIN app_user u ON u.id = m.user_id
WHERE m.user_id = :user_id AND u.disabled_at IS NULL;

-- name: mail_readers_of_agency many
-- Who of an agency reads mail.
-- in:  agency_id text
-- out: user_id text
SELECT m.user_id FROM mail_address m JOIN app_user u ON u.id = m.user_id
WHERE u.agency_id = :agency_id AND u.disabled_at IS NULL ORDER BY m.user_id;

-- name: outbox_add exec
-- A mail waits, unless there is one about the same already.
-- in: id text, kind text, about text, version int, user_id text, now instant
INSERT INTO outbox (id, kind, about, version, user_id, made_at, state, tries, next_at)
VALUES (:id, :kind, :about, :version, :user_id, :now, 'waiting', 0, :now)
ON CONFLICT (kind, about, version, user_id) DO NOTHING;

-- name: outbox_version one
-- The newest version that mail was made about.
-- in:  kind text, about text
-- out: version int?
SELECT max(version) AS version FROM outbox WHERE kind = :kind AND about = :about;

-- name: outbox_over count
-- What still waits about a thing is overtaken by a newer version.
-- in: kind text, about text
UPDATE outbox SET state = 'over' WHERE kind = :kind AND about = :about AND state = 'waiting';

-- name: outbox_next one
-- The mail that waits longest.
-- in:  now instant
-- out: id text, kind text, about text, version int, user_id text, made_at instant, tries int
SELECT id, kind, about, version, user_id, made_at, tries FROM outbox
WHERE state = 'waiting' AND next_at <= :now ORDER BY next_at, id LIMIT 1;

-- name: outbox_begin count
-- It is being sent: nobody else sends it.
-- in: id text, now instant
UPDATE outbox SET state = 'sending', tries = tries + 1, next_at = :now WHERE id = :id AND state = 'waiting';

-- name: outbox_settle count
-- What became of it.
-- in: id text, state text, next_at instant, said text?
UPDATE outbox SET state = :state, next_at = :next_at, said = :said WHERE id = :id AND state = 'sending';

-- name: outbox_lost count
-- Nobody knows what became of mail whose sender ended meanwhile: it is not sent again.
-- in: before instant, said text
UPDATE outbox SET state = 'unsure', said = :said WHERE state = 'sending' AND next_at < :before;

-- name: outbox_list many
-- The newest mail.
-- in:  most int
-- out: id text, kind text, about text, version int, login text, made_at instant, state text, tries int, said text?
-- scan: for who looks after the server
SELECT o.id, o.kind, o.about, o.version, u.login, o.made_at, o.state, o.tries, o.said
FROM outbox o JOIN app_user u ON u.id = o.user_id ORDER BY o.made_at DESC, o.id DESC LIMIT :most;
