-- Who is signed in.

-- name: session_add exec
-- A session begins.
-- in: token_hash bytes, id text, user_id text, device text, proof int, now instant, expires_at instant
INSERT INTO session (token_hash, id, user_id, device, proof, created_at, seen_at, expires_at)
VALUES (:token_hash, :id, :user_id, :device, :proof, :now, :now, :expires_at);

-- name: session_by_token one
-- The session and the person behind it, as one look-up per request.
-- in:  token_hash bytes
-- out: user_id text, device text, proof int, created_at instant, seen_at instant, expires_at instant
-- out: login text, name text, role text, must_change bool, disabled_at instant?, agency_id text?, region_id text?
-- out: agency_name text?, agency_is_lead bool, agency_is_victim_service_provider bool
-- out: has_factor bool, factor_roles text?, key_no int
SELECT s.user_id, s.device, s.proof, s.created_at, s.seen_at, s.expires_at, u.login, u.name, u.role, u.must_change,
	u.disabled_at, u.agency_id, u.region_id, g.name AS agency_name, coalesce(g.is_lead, 0) AS agency_is_lead,
	coalesce(g.is_victim_service_provider, 0) AS agency_is_victim_service_provider,
	CASE WHEN f.secret IS NULL THEN 0 ELSE 1 END AS has_factor,
	o.value AS factor_roles, m.key_no
FROM session s JOIN meta m ON m.one = 1 JOIN app_user u ON u.id = s.user_id LEFT JOIN agency g ON g.id = u.agency_id
LEFT JOIN second_factor f ON f.user_id = u.id LEFT JOIN setting o ON o.key = 'second_factor'
WHERE s.token_hash = :token_hash;

-- name: sessions_of many
-- A user's sessions, the one used last first.
-- in:  user_id text
-- out: id text, token_hash bytes, device text, created_at instant, seen_at instant, expires_at instant
SELECT id, token_hash, device, created_at, seen_at, expires_at FROM session
WHERE user_id = :user_id ORDER BY seen_at DESC, id;

-- name: session_seen exec
-- The last-seen mark; the caller writes it at most once a minute.
-- in: token_hash bytes, now instant
UPDATE session SET seen_at = :now WHERE token_hash = :token_hash AND seen_at < :now;

-- name: session_end count
-- Signs out.
-- in: token_hash bytes
DELETE FROM session WHERE token_hash = :token_hash;

-- name: session_end_one count
-- Ends one of a user's sessions, named by its id.
-- in: id text, user_id text
DELETE FROM session WHERE id = :id AND user_id = :user_id;

-- name: session_end_others count
-- Signs a user out everywhere else, as after a new password.
-- in: user_id text, token_hash bytes
DELETE FROM session WHERE user_id = :user_id AND token_hash <> :token_hash;

-- name: session_end_all exec
-- Signs a user out everywhere.
-- in: user_id text
DELETE FROM session WHERE user_id = :user_id;

-- name: session_sweep exec
-- Removes sessions that are over.
-- in: before instant
DELETE FROM session WHERE expires_at < :before;
