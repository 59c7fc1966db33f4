-- The core: who uses the program, what they may be asked, and the record of what was done.
-- One text for both engines; {int}, {bytes} and {strict} are their words. No client's personal data
-- is here; names of staff are their public names at work.

-- Which steps of db/schema this database has taken.
CREATE TABLE schema_version (
	version {int} PRIMARY KEY, -- the step's number
	name text NOT NULL,        -- the step's name
	applied_at {int} NOT NULL  -- instant
) {strict};

-- One row about the database itself.
CREATE TABLE meta (
	one {int} PRIMARY KEY CHECK (one = 1),
	instance_id text NOT NULL,   -- tells this installation from every other
	key_check {bytes} NOT NULL,  -- tells whether a key file fits, and nothing about the key
	created_at {int} NOT NULL    -- instant
) {strict};

-- Settings that differ from their default.
CREATE TABLE setting (
	key text PRIMARY KEY,
	value text NOT NULL,
	changed_at {int} NOT NULL -- instant
) {strict};

-- The regions of the CoC: each has its own list and its own conference.
CREATE TABLE region (
	id text PRIMARY KEY,
	number {int} NOT NULL UNIQUE, -- as people count them
	name text NOT NULL,
	anchor text                   -- the town where its conference meets
) {strict};

-- The counties of the CoC; one without a region is shown as unassigned.
CREATE TABLE county (
	name text PRIMARY KEY,
	region_id text REFERENCES region (id)
) {strict};
CREATE INDEX county_region ON county (region_id);

CREATE TABLE agency (
	id text PRIMARY KEY,
	name text NOT NULL UNIQUE,
	kind text NOT NULL,                                                                        -- a word from the program's table
	is_lead {int} NOT NULL CHECK (is_lead IN (0, 1)),                                          -- its users see no person
	is_victim_service_provider {int} NOT NULL CHECK (is_victim_service_provider IN (0, 1)),
	mou_until {int},                                                                           -- day: last day of its memorandum of understanding
	hmis_id text UNIQUE                                                                        -- OrganizationID in the HMIS
) {strict};

-- Where an agency works.
CREATE TABLE agency_region (
	agency_id text NOT NULL REFERENCES agency (id),
	region_id text NOT NULL REFERENCES region (id),
	PRIMARY KEY (agency_id, region_id)
) {strict};
CREATE INDEX agency_region_region ON agency_region (region_id);

-- People who sign in.
CREATE TABLE app_user (
	id text PRIMARY KEY,
	login text NOT NULL UNIQUE,                                       -- lower case
	name text NOT NULL,
	agency_id text REFERENCES agency (id),
	region_id text REFERENCES region (id),                            -- whose list the person holds; NULL: none or all, by role
	role text NOT NULL,                                               -- a row of the capability table
	password text NOT NULL,                                           -- Argon2id, as libsodium writes it
	must_change {int} NOT NULL CHECK (must_change IN (0, 1)),         -- the password was given, not chosen
	created_at {int} NOT NULL,                                        -- instant
	disabled_at {int}                                                 -- instant
) {strict};
CREATE INDEX app_user_agency ON app_user (agency_id);
CREATE INDEX app_user_region ON app_user (region_id);

-- Who is signed in. The token itself is only in the browser's cookie.
CREATE TABLE session (
	token_hash {bytes} PRIMARY KEY,
	user_id text NOT NULL REFERENCES app_user (id),
	created_at {int} NOT NULL,   -- instant
	seen_at {int} NOT NULL,      -- instant, at most a minute old while it is used
	expires_at {int} NOT NULL    -- instant after which it is over, whatever is seen
) {strict};
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_expires ON session (expires_at);

-- The brake on guessing: failures per login name and per address, as keyed hashes.
CREATE TABLE login_brake (
	key_hash {bytes} PRIMARY KEY,
	failures {int} NOT NULL,
	until {int} NOT NULL -- instant before which no attempt is looked at
) {strict};
CREATE INDEX login_brake_until ON login_brake (until);

-- What was done: append only, each row bound to the one before it (store/journal.h). Ids alone.
CREATE TABLE journal (
	seq {int} PRIMARY KEY,        -- 1, 2, 3 … in the order of commits
	at {int} NOT NULL,            -- instant
	actor_kind text NOT NULL,     -- user, operator or system
	actor_id text NOT NULL,
	act text NOT NULL,            -- what was done: "step.add"
	noun text NOT NULL,           -- to what kind of thing
	noun_id text NOT NULL,
	more text NOT NULL,           -- further ids and facts, "key=value" separated by commas
	prev_hash {bytes} NOT NULL,   -- the hash of the row before
	hash {bytes} NOT NULL         -- BLAKE2b over prev_hash and all fields
) {strict};
CREATE INDEX journal_noun ON journal (noun, noun_id, seq);

-- The end of the chain, so that a cut tail shows; its lock numbers the journal.
CREATE TABLE journal_head (
	one {int} PRIMARY KEY CHECK (one = 1),
	seq {int} NOT NULL,
	hash {bytes} NOT NULL
) {strict};

-- Which response showed whom to whom; written before it is sent.
CREATE TABLE disclosure (
	id text PRIMARY KEY,
	at {int} NOT NULL,          -- instant
	user_id text NOT NULL,
	route text NOT NULL,        -- the name of the route
	households text NOT NULL    -- their ids, separated by blanks
) {strict};
CREATE INDEX disclosure_at ON disclosure (at, id);
CREATE INDEX disclosure_user ON disclosure (user_id, at, id);
