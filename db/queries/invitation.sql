-- Accounts that were offered and not yet taken.

-- name: invitation_add exec
-- A new invitation.
-- in: id text, code_hash bytes, login text, name text, role text, agency_id text?, region_id text?, now instant
-- in: expires_at instant
INSERT INTO invitation (id, code_hash, login, name, role, agency_id, region_id, made_at, expires_at)
VALUES (:id, :code_hash, :login, :name, :role, :agency_id, :region_id, :now, :expires_at);

-- name: invitation_by_code one
-- What a code offers.
-- in:  code_hash bytes
-- out: id text, login text, name text, role text, agency_id text?, region_id text?, expires_at instant
-- out: ended_at instant?, agency text?, region text?
SELECT i.id, i.login, i.name, i.role, i.agency_id, i.region_id, i.expires_at, i.ended_at, g.name AS agency,
	r.name AS region
FROM invitation i LEFT JOIN agency g ON g.id = i.agency_id LEFT JOIN region r ON r.id = i.region_id
WHERE i.code_hash = :code_hash;

-- name: invitation_by_login one
-- The invitation under a sign-in name that waits.
-- in:  login text
-- out: id text, expires_at instant
SELECT id, expires_at FROM invitation WHERE login = :login AND ended_at IS NULL;

-- name: invitations many
-- Those that wait, by sign-in name.
-- in:  now instant
-- out: login text, name text, role text, expires_at instant, agency text?, region text?
-- scan: there are few invitations
SELECT i.login, i.name, i.role, i.expires_at, g.name AS agency, r.name AS region
FROM invitation i LEFT JOIN agency g ON g.id = i.agency_id LEFT JOIN region r ON r.id = i.region_id
WHERE i.ended_at IS NULL AND i.expires_at > :now ORDER BY i.login;

-- name: invitation_end count
-- It is taken or taken back.
-- in: id text, now instant
UPDATE invitation SET ended_at = :now WHERE id = :id AND ended_at IS NULL;
