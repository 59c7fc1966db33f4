-- Who is signed in.

-- name: session_add exec
-- A session begins.
-- in: token_hash bytes, user_id text, now instant, expires_at instant
INSERT INTO session (token_hash, user_id, created_at, seen_at, expires_at)
VALUES (:token_hash, :user_id, :now, :now, :expires_at);

-- name: session_by_token one
-- The session and the person behind it, as one look-up per request.
-- in:  token_hash bytes
-- out: user_id text, created_at instant, seen_at instant, expires_at instant
-- out: login text, name text, role text, must_change bool, disabled_at instant?, agency_id text?, region_id text?
-- out: agency_name text?, agency_is_lead bool, agency_is_victim_service_provider bool
SELECT s.user_id, s.created_at, s.seen_at, s.expires_at, u.login, u.name, u.role, u.must_change,
	u.disabled_at, u.agency_id, u.region_id, g.name AS agency_name, coalesce(g.is_lead, 0) AS agency_is_lead,
	coalesce(g.is_victim_service_provider, 0) AS agency_is_victim_service_provider
FROM session s JOIN app_user u ON u.id = s.user_id LEFT JOIN agency g ON g.id = u.agency_id
WHERE s.token_hash = :token_hash;

-- name: session_seen exec
-- The last-seen mark; the caller writes it at most once a minute.
-- in: token_hash bytes, now instant
UPDATE session SET seen_at = :now WHERE token_hash = :token_hash AND seen_at < :now;

-- name: session_end count
-- Signs out.
-- in: token_hash bytes
DELETE FROM session WHERE token_hash = :token_hash;

-- name: session_end_all exec
-- Signs a user out everywhere, as after a new password.
-- in: user_id text
DELETE FROM session WHERE user_id = :user_id;

-- name: session_sweep exec
-- Removes sessions that are over.
-- in: before instant
DELETE FROM session WHERE expires_at < :before;
