-- Households that an agency names for a kind of opening, and what the group decided (domain/nomination.h).

CREATE TABLE nomination (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no),
	kind text NOT NULL,         -- of opening: domain/policy.h
	reason {bytes} NOT NULL,    -- sealed: why this household
	review_day {int} NOT NULL,  -- day on which it is looked at again
	until_day {int} NOT NULL,   -- last day
	proposed_by text NOT NULL REFERENCES app_user (id),
	proposed_agency text NOT NULL REFERENCES agency (id),
	proposed_at {int} NOT NULL, -- instant
	agreed {int} CHECK (agreed IN (0, 1)), -- the outcome; NULL: not decided yet
	why {bytes},                -- sealed: the group's reason
	level {int},                -- households that were level with it in all but the lot when it was decided, itself included
	decided_by text REFERENCES app_user (id), -- who recorded the decision
	decided_day {int},          -- day from which it holds
	conference_id text REFERENCES conference (id), -- that ran then; NULL: on the page
	ended_by text REFERENCES app_user (id), -- NULL: nobody ended it
	ended_at {int}              -- instant
) {strict};
CREATE INDEX nomination_household ON nomination (household_no, proposed_at);
CREATE INDEX nomination_until ON nomination (until_day) WHERE agreed = 1 AND ended_at IS NULL;

-- What each agency of the group stated.
CREATE TABLE nomination_part (
	nomination_id text NOT NULL REFERENCES nomination (id),
	agency_id text NOT NULL REFERENCES agency (id),
	stance text NOT NULL,       -- agrees, against, out: domain/nomination.h
	stated_by text NOT NULL REFERENCES app_user (id), -- who wrote it down
	stated_at {int} NOT NULL,   -- instant
	PRIMARY KEY (nomination_id, agency_id)
) {strict};
