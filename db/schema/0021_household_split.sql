-- Households that a person split: from a day on some of its people are a household of their own.
CREATE TABLE household_split (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no), -- of who stays
	new_no {int} NOT NULL UNIQUE REFERENCES household (household_no), -- of who leaves
	reason text NOT NULL,      -- domain/household_apart.h
	day {int} NOT NULL,        -- day from which each goes its own way
	start {int} NOT NULL,      -- day that their time on the list began, which both keep
	import_no {int} NOT NULL,  -- version of the list that was decided on
	user_id text NOT NULL REFERENCES app_user (id), -- who decided
	agency_id text REFERENCES agency (id), -- the agency then
	at {int} NOT NULL,         -- instant
	ended_at {int},            -- instant; NULL: it holds
	ended_by text REFERENCES app_user (id)
) {strict};
CREATE INDEX household_split_household ON household_split (household_no);

-- Who was in the household then.
CREATE TABLE household_split_person (
	split_id text NOT NULL REFERENCES household_split (id),
	client_no {int} NOT NULL,
	leaves {int} NOT NULL CHECK (leaves IN (0, 1)),
	PRIMARY KEY (split_id, client_no)
) {strict};
