-- Corrections that people asked for (domain/correction.h). Nothing is deleted.
CREATE TABLE correction (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no),
	asked {bytes} NOT NULL,      -- sealed: what is wrong, and how it is right
	asked_day {int} NOT NULL,    -- day on which the person asked
	due_day {int} NOT NULL,      -- last day for the answer
	owner_id text NOT NULL REFERENCES app_user (id), -- who sees to it
	outcome text NOT NULL,       -- open, corrected, declined
	reason {bytes},              -- sealed: what was told to the person
	disagrees {bytes},           -- sealed: the person's own statement beside a no
	recorded_by text NOT NULL REFERENCES app_user (id),
	recorded_at {int} NOT NULL,  -- instant
	closed_by text REFERENCES app_user (id),
	closed_at {int}              -- instant
) {strict};
CREATE INDEX correction_household ON correction (household_no, asked_day);
CREATE INDEX correction_due ON correction (due_day) WHERE closed_at IS NULL;
