-- The written order, and what people agreed beside it.

-- Versions of the policies. In force on a day: of one kind the version with the latest from_day up to it,
-- of equal ones the highest. Where there is none, the program's own default.
CREATE TABLE policy (
	kind text NOT NULL,        -- list, or the kind of opening: domain/policy.h
	version {int} NOT NULL,    -- counts up per kind
	name text NOT NULL,
	from_day {int} NOT NULL,   -- day from which it holds
	text text NOT NULL,        -- as domain/policy.h writes it
	set_at {int} NOT NULL,     -- instant
	actor_kind text NOT NULL,  -- operator or user
	actor text NOT NULL,       -- who: a user's id or an operator's login name
	PRIMARY KEY (kind, version)
) {strict};
CREATE UNIQUE INDEX policy_from ON policy (kind, from_day, version);

-- A household raised within its band. Proposed by one agency; it holds from the day that another agrees.
CREATE TABLE adjustment (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no),
	misses {bytes} NOT NULL,   -- sealed: what the score misses
	reason {bytes} NOT NULL,   -- sealed: why this raises the household
	with_person {int} NOT NULL CHECK (with_person IN (0, 1)), -- the note was written with the person
	review_day {int} NOT NULL, -- day on which it is looked at again
	until_day {int} NOT NULL,  -- last day
	proposed_by text NOT NULL REFERENCES app_user (id),
	proposed_agency text NOT NULL REFERENCES agency (id),
	proposed_at {int} NOT NULL, -- instant
	agreed_by text REFERENCES app_user (id), -- NULL: nobody yet
	agreed_agency text REFERENCES agency (id),
	agreed_day {int},          -- day from which it holds
	ended_by text REFERENCES app_user (id), -- NULL: nobody took it back
	ended_at {int}             -- instant
) {strict};
CREATE INDEX adjustment_household ON adjustment (household_no, proposed_at);
CREATE INDEX adjustment_until ON adjustment (until_day) WHERE agreed_day IS NOT NULL AND ended_at IS NULL;

ALTER TABLE listing ADD COLUMN tool {int} NOT NULL DEFAULT 0;   -- that gave the score: domain/priority.h
ALTER TABLE listing ADD COLUMN raised {int} NOT NULL DEFAULT 0; -- 1: an adjustment holds
