-- What people decided about an opening and a household on the board. No personal data, but for a sealed reason.
CREATE TABLE opening_decision (
	id text PRIMARY KEY,
	opening_id text NOT NULL REFERENCES opening (id),
	household_no {int} NOT NULL REFERENCES household (household_no),
	what text NOT NULL CHECK (what IN ('accepted', 'rejected', 'held')),
	proposed {int} NOT NULL CHECK (proposed IN (0, 1)), -- the board proposed this household for this home
	reason {bytes},                -- sealed: why it was passed over, or taken instead of who was proposed
	fetcher text REFERENCES app_user (id), -- of a home that is held: who fetches the paper
	until_day {int},               -- of a home that is held: the last day
	made_by text NOT NULL REFERENCES app_user (id),
	made_at {int} NOT NULL,        -- instant
	ended_by text REFERENCES app_user (id), -- who took it back, or ended the opening; NULL: it stands
	ended_at {int}                 -- instant
) {strict};
CREATE INDEX opening_decision_opening ON opening_decision (opening_id) WHERE ended_at IS NULL;
-- A home goes to one household, and a household to one home.
CREATE UNIQUE INDEX opening_decision_home ON opening_decision (opening_id) WHERE what <> 'rejected' AND ended_at IS NULL;
CREATE UNIQUE INDEX opening_decision_household ON opening_decision (household_no) WHERE what = 'accepted' AND ended_at IS NULL;
CREATE UNIQUE INDEX opening_decision_pair ON opening_decision (opening_id, household_no) WHERE what = 'rejected' AND ended_at IS NULL;
