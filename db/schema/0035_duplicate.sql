-- Records that may be of one person, what people decided about them, and what follows from it.

-- The blind index of comparing: records that share a key are opened and compared. Of victim service providers' lists
-- there is none. A key that outlived what it was made from does no harm.
CREATE TABLE client_block (
	client_no {int} NOT NULL,
	key {int} NOT NULL,        -- keyed hash of what two records of one person are likely to share
	PRIMARY KEY (client_no, key)
) {strict};
CREATE INDEX client_block_key ON client_block (key, client_no);

-- How far records have been compared. One row.
CREATE TABLE duplicate_look (
	one {int} NOT NULL PRIMARY KEY CHECK (one = 1),
	import_no {int} NOT NULL,  -- everything up to this number was compared
	at {int},                  -- instant; NULL: never
	left_out {int} NOT NULL,   -- keys that too many records share: these were not compared by them
	claimed_at {int}           -- instant; somebody is at it; NULL: nobody
) {strict};
INSERT INTO duplicate_look (one, import_no, left_out) VALUES (1, 0, 0);

-- Pairs that were found. What agrees in them is not kept: it is worked out again for whoever may see both.
CREATE TABLE duplicate (
	low_no {int} NOT NULL,     -- client_no
	high_no {int} NOT NULL,    -- client_no, the higher one
	bits {int} NOT NULL,       -- domain/match.h, in hundredths
	PRIMARY KEY (low_no, high_no)
) {strict};
CREATE INDEX duplicate_high ON duplicate (high_no);

-- What people decided. A decision is never edited: it is ended, and a newer one of its pair counts.
CREATE TABLE duplicate_decision (
	no {int} NOT NULL PRIMARY KEY, -- counts up over all
	low_no {int} NOT NULL,
	high_no {int} NOT NULL,
	kind text NOT NULL CHECK (kind IN ('same', 'half', 'different', 'later')), -- half: one of two list holders says same
	low_household {int} NOT NULL,  -- household_no that each was in then, and is in again when it is taken back
	high_household {int} NOT NULL,
	region_id text,            -- of the list holder who decided; NULL: none
	reason {bytes} NOT NULL,   -- sealed: why, in a person's words
	user_id text NOT NULL REFERENCES app_user (id), -- who decided
	at {int} NOT NULL,         -- instant
	ended_at {int},            -- instant; taken back, or replaced
	ended_by text REFERENCES app_user (id)
) {strict};
CREATE INDEX duplicate_decision_pair ON duplicate_decision (low_no, high_no, no);

-- Which records are of one person, as follows from the decisions that stand.
CREATE TABLE client_link (
	client_no {int} NOT NULL PRIMARY KEY,
	one_no {int} NOT NULL      -- the lowest number among the records of the person
) {strict};
CREATE INDEX client_link_one ON client_link (one_no);

-- Joining records shows nobody a name: an agency that knows a person by another of the records sees the name that
-- stands in its own.
ALTER TABLE household_agency ADD COLUMN record_no {int}; -- client_no of that record; NULL: it serves who is listed

-- Households that gave way: what they had been is known of the household that the person is in now. A household that has
-- people of its own left is none of them. A row can come twice: so the engine sees through to the tables.
CREATE VIEW household_former AS
SELECT m.household_no, f.household_no AS former_no
FROM hmis_now n
JOIN household_member m ON m.from_import <= n.import_no AND m.to_import > n.import_no
JOIN client_link own ON own.client_no = m.client_no
JOIN client_link k ON k.one_no = own.one_no
JOIN duplicate_decision d ON d.low_no = k.client_no AND d.kind = 'same' AND d.ended_at IS NULL
JOIN household f ON f.household_no IN (d.low_household, d.high_household)
WHERE n.one = 1 AND f.household_no <> m.household_no AND NOT EXISTS (
	SELECT 1 FROM household_member x
	WHERE x.household_no = f.household_no AND x.from_import <= n.import_no AND x.to_import > n.import_no);
