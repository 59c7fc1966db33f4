-- Signing in: sessions that can be told apart and ended, second factors, invitations. Whoever was signed in signs
-- in once more.
DROP TABLE session;
CREATE TABLE session (
	token_hash {bytes} PRIMARY KEY, -- the token itself is only in the browser's cookie
	id text NOT NULL UNIQUE,        -- names the session on a page
	user_id text NOT NULL REFERENCES app_user (id),
	device text NOT NULL,           -- "Firefox on Windows": another one with this cookie is not its owner
	created_at {int} NOT NULL,      -- instant
	seen_at {int} NOT NULL,         -- instant, at most a minute old while it is used
	expires_at {int} NOT NULL       -- instant after which it is over, whatever is seen
) {strict};
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_expires ON session (expires_at);

-- The second step of signing in: a code that changes every half minute (TOTP, RFC 6238).
CREATE TABLE second_factor (
	user_id text PRIMARY KEY REFERENCES app_user (id),
	secret {bytes},           -- sealed; NULL: taken away by an administrator
	last_step {int} NOT NULL, -- the half minute whose code was used last; it and all before are used up
	set_at {int} NOT NULL,    -- instant
	reset_at {int}            -- instant at which it was taken away, until the person has been told
) {strict};

-- One-time codes for who has lost the device.
CREATE TABLE recovery_code (
	user_id text NOT NULL REFERENCES app_user (id),
	hash {bytes} NOT NULL, -- keyed
	used_at {int},         -- instant
	PRIMARY KEY (user_id, hash)
) {strict};

-- Accounts that were offered and not yet taken.
CREATE TABLE invitation (
	id text PRIMARY KEY,
	code_hash {bytes} NOT NULL UNIQUE, -- keyed; the code itself was shown once
	login text NOT NULL,
	name text NOT NULL,
	role text NOT NULL,
	agency_id text REFERENCES agency (id),
	region_id text REFERENCES region (id),
	made_at {int} NOT NULL,    -- instant
	expires_at {int} NOT NULL, -- instant
	ended_at {int}             -- instant at which it was taken or taken back; NULL: it waits
) {strict};
CREATE UNIQUE INDEX invitation_waits ON invitation (login) WHERE ended_at IS NULL;
CREATE INDEX invitation_agency ON invitation (agency_id);
CREATE INDEX invitation_region ON invitation (region_id);
