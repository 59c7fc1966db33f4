-- Who may be named: releases of information, memoranda of understanding, what people signed.

-- The words that people sign, in versions; a release says which one it was.
CREATE TABLE consent_form (
	id text PRIMARY KEY,
	name text NOT NULL,
	version {int} NOT NULL,           -- counts up per name, language and agency
	language text NOT NULL,           -- "en", "es"
	agency_id text REFERENCES agency (id), -- whose own, stricter form it is; NULL: the CoC's
	from_day {int} NOT NULL,          -- day from which it is in force
	words text NOT NULL               -- the text itself; no person is in it
) {strict};
CREATE INDEX consent_form_agency ON consent_form (agency_id);
CREATE INDEX consent_form_name ON consent_form (name, language, version);

-- What a client agreed to or declined. Nothing is deleted; withdrawing ends a row.
CREATE TABLE release (
	id text PRIMARY KEY,
	client_no {int} NOT NULL,         -- who signed; a head's covers the children of the household
	form_id text REFERENCES consent_form (id), -- NULL: not one of those that are kept here
	refused {int} NOT NULL CHECK (refused IN (0, 1)),
	scope text NOT NULL CHECK (scope IN ('named', 'region', 'coc')), -- domain/release.h
	purposes {int} NOT NULL,          -- bits of domain/release.h
	laws {int} NOT NULL,              -- bits of domain/access.h
	given text NOT NULL,              -- how: domain/release.h
	language text NOT NULL,           -- in which it was explained
	from_day {int} NOT NULL,          -- day it was signed or declined
	until_day {int},                  -- its last day; NULL: until it is withdrawn
	ended_day {int},                  -- day it was withdrawn
	ended_at {int},                   -- instant
	ended_by text REFERENCES app_user (id),
	offer_day {int},                  -- of a refusal: when to offer it again
	recorded_by text REFERENCES app_user (id), -- NULL: from a file
	recorded_at {int} NOT NULL        -- instant
) {strict};
CREATE INDEX release_client ON release (client_no, from_day, recorded_at);
CREATE INDEX release_until ON release (until_day) WHERE ended_day IS NULL;

-- The agencies that a release of scope "named" names.
CREATE TABLE release_agency (
	release_id text NOT NULL REFERENCES release (id),
	agency_id text NOT NULL REFERENCES agency (id),
	PRIMARY KEY (release_id, agency_id)
) {strict};
CREATE INDEX release_agency_agency ON release_agency (agency_id);

-- One memorandum of understanding of an agency. Access ends with the last day of its last one.
CREATE TABLE mou (
	id text PRIMARY KEY,
	agency_id text NOT NULL REFERENCES agency (id),
	from_day {int} NOT NULL,
	until_day {int} NOT NULL,         -- its last day
	signed_by text NOT NULL,          -- who signed for the agency
	document text NOT NULL,           -- where the paper is kept; empty: not said
	recorded_at {int} NOT NULL        -- instant
) {strict};
CREATE INDEX mou_agency ON mou (agency_id, until_day);
CREATE INDEX mou_until ON mou (until_day);

-- The regions a memorandum is for; none: the whole CoC.
CREATE TABLE mou_region (
	mou_id text NOT NULL REFERENCES mou (id),
	region_id text NOT NULL REFERENCES region (id),
	PRIMARY KEY (mou_id, region_id)
) {strict};
CREATE INDEX mou_region_region ON mou_region (region_id);

-- The column that this replaces kept the last of them.
INSERT INTO mou (id, agency_id, from_day, until_day, signed_by, document, recorded_at)
SELECT id, id, 0, mou_until, '', '', 0 FROM agency WHERE mou_until IS NOT NULL;
ALTER TABLE agency DROP COLUMN mou_until;

-- A person's yearly confidentiality agreement.
CREATE TABLE agreement (
	user_id text NOT NULL REFERENCES app_user (id),
	signed_day {int} NOT NULL,
	until_day {int} NOT NULL,         -- its last day
	recorded_at {int} NOT NULL,       -- instant
	PRIMARY KEY (user_id, signed_day)
) {strict};
CREATE INDEX agreement_until ON agreement (user_id, until_day);

-- Privacy training; who had some and let it run out has to renew it before the list opens again.
CREATE TABLE training (
	user_id text NOT NULL REFERENCES app_user (id),
	done_day {int} NOT NULL,
	until_day {int} NOT NULL,         -- its last day
	recorded_at {int} NOT NULL,       -- instant
	PRIMARY KEY (user_id, done_day)
) {strict};
CREATE INDEX training_until ON training (user_id, until_day);

-- Households that people decided to protect: a code to all but who serves them.
CREATE TABLE protection (
	household_no {int} NOT NULL REFERENCES household (household_no),
	no {int} NOT NULL,                -- counts up per household
	day {int} NOT NULL,               -- day from which it holds
	reason {bytes} NOT NULL,          -- sealed: why, in a person's words
	user_id text REFERENCES app_user (id), -- who decided; NULL: an operator
	at {int} NOT NULL,                -- instant
	ended_at {int},                   -- instant; taken back
	ended_by text REFERENCES app_user (id),
	PRIMARY KEY (household_no, no)
) {strict};
CREATE UNIQUE INDEX protection_now ON protection (household_no) WHERE ended_at IS NULL;

CREATE INDEX conference_cycle ON conference (cycle_id);
