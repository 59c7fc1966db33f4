-- Households and the list that is derived from the facts. No personal data, but for a sealed reason.
-- Versions as in 0002: visible where from_import <= current AND to_import > current.

-- A family or a single person, for good: HMIS HouseholdIDs are stays, this is who stays.
CREATE TABLE household (
	household_no {int} NOT NULL PRIMARY KEY,
	id text NOT NULL UNIQUE,   -- ours, random
	code text NOT NULL UNIQUE, -- "Heron 4821": what people say instead of a name
	tie {int} NOT NULL,        -- 32 random bits that decide the last tie of the order; drawn once
	since_import {int} NOT NULL -- the number under which it was made
) {strict};

CREATE TABLE household_member (
	household_no {int} NOT NULL,
	client_no {int} NOT NULL,
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	head {int} NOT NULL CHECK (head IN (0, 1)), -- head, or the oldest who acts as head
	relationship {int},        -- HMIS list 3.15.1, of the newest stay
	PRIMARY KEY (household_no, client_no, from_import)
) {strict};
CREATE INDEX household_member_client ON household_member (client_no);

-- Which agencies serve a household: an enrollment that is open, or that ended within the days of
-- setting handover_days. Decides who may see a name.
CREATE TABLE household_agency (
	agency_id text NOT NULL,
	household_no {int} NOT NULL,
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	last_day {int} NOT NULL,   -- day of its newest fact about the household
	PRIMARY KEY (agency_id, household_no, from_import)
) {strict};
CREATE INDEX household_agency_household ON household_agency (household_no);

-- The list, one row per household that is or was on it: domain/listing.h says what each number means.
-- Days and counts hold for hmis_now.as_of. The rank of an active row is 1 + the active rows of its list
-- with a smaller place.
CREATE TABLE listing (
	household_no {int} NOT NULL,
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	head_client_no {int} NOT NULL, -- the acting head; client.personal_id is the HMIS id
	project_no {int},          -- of the head's latest stay
	region_id text,            -- NULL: unassigned
	county text,               -- that the region comes from; NULL: a person decided, or unassigned
	status {int} NOT NULL,     -- domain/spell.h
	place {int} NOT NULL,      -- domain/priority.h: the written order as one number, smaller first
	start {int} NOT NULL,      -- day that the spell began: days on the list count from here
	since {int} NOT NULL,      -- day that the status took effect
	situation {int} NOT NULL,  -- domain/situation.h
	situation_day {int},       -- day it was true; NULL: not known
	last_contact {int},        -- day; NULL: never
	months_36 {int} NOT NULL,  -- months homeless in the last 36
	score {int},               -- NULL: none
	score_day {int},           -- day of the assessment
	band {int} NOT NULL,       -- of the score: domain/priority.h
	chronic {int} NOT NULL,    -- domain/standing.h
	household_type {int} NOT NULL, -- domain/household.h
	members {int} NOT NULL,
	veteran {int} NOT NULL CHECK (veteran IN (0, 1)), -- an adult member is one
	flags {int} NOT NULL,      -- bits of domain/flag.h
	PRIMARY KEY (household_no, from_import)
) {strict};
CREATE INDEX listing_place ON listing (region_id, status, place);

CREATE INDEX household_member_old ON household_member (to_import) WHERE to_import < 2147483647;
CREATE INDEX household_agency_old ON household_agency (to_import) WHERE to_import < 2147483647;
CREATE INDEX listing_old ON listing (to_import) WHERE to_import < 2147483647;

-- Where a project is: HMIS says no county. From the file of regions.
CREATE TABLE project_county (
	project_id text NOT NULL PRIMARY KEY, -- HMIS ProjectID, of whichever source
	county text NOT NULL REFERENCES county (name)
) {strict};
CREATE INDEX project_county_county ON project_county (county);

-- What people decided about a household, beside the facts of an HMIS. A mark is never edited: it is
-- ended, and a newer one of its kind counts.
CREATE TABLE household_mark (
	household_no {int} NOT NULL REFERENCES household (household_no),
	no {int} NOT NULL,         -- counts up per household
	kind text NOT NULL CHECK (kind IN ('add', 'moved_away', 'ineligible', 'region', 'verified')),
	day {int} NOT NULL,        -- day from which it holds
	region_id text REFERENCES region (id), -- of kind region
	reason {bytes} NOT NULL,   -- sealed: why, in a person's words
	user_id text NOT NULL REFERENCES app_user (id), -- who decided
	at {int} NOT NULL,         -- instant
	ended_at {int},            -- instant; taken back
	ended_by text REFERENCES app_user (id),
	PRIMARY KEY (household_no, no)
) {strict};
