-- The twelve boxes: papers that evidence months of homelessness, and who gets the missing ones.

-- A paper: a letter of a third party, an observation, or the person's own statement. Nothing is deleted.
CREATE TABLE evidence (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no), -- where it was recorded
	client_no {int} NOT NULL,    -- whose months: they go with the person
	kind text NOT NULL CHECK (kind IN ('third', 'observed', 'self')),
	first_month {int} NOT NULL,  -- months since year 0
	last_month {int} NOT NULL,
	agency_id text REFERENCES agency (id), -- who signed; NULL: whom by_whom names
	by_whom {bytes},             -- sealed: who signed, where it is no agency
	dated {int} NOT NULL,        -- day of the paper
	kept {bytes} NOT NULL,       -- sealed: where the paper is kept
	recorded_by text NOT NULL REFERENCES app_user (id),
	recorded_at {int} NOT NULL,  -- instant
	ended_by text REFERENCES app_user (id), -- NULL: nobody withdrew it
	ended_at {int}               -- instant
) {strict};
CREATE INDEX evidence_client ON evidence (client_no, recorded_at);

-- A month that somebody is getting documented.
CREATE TABLE evidence_task (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no),
	client_no {int} NOT NULL,    -- whose month
	month {int} NOT NULL,        -- months since year 0
	owner_id text NOT NULL REFERENCES app_user (id),
	agency_id text REFERENCES agency (id), -- the owner's agency then
	due {int} NOT NULL,          -- day
	created_by text NOT NULL REFERENCES app_user (id),
	created_at {int} NOT NULL,   -- instant
	ended_by text REFERENCES app_user (id), -- NULL: still to be done
	ended_at {int}               -- instant; a paper came, or it was given up
) {strict};
CREATE INDEX evidence_task_household ON evidence_task (household_no, due) WHERE ended_at IS NULL;
CREATE INDEX evidence_task_client ON evidence_task (client_no, month) WHERE ended_at IS NULL;
CREATE INDEX evidence_task_owner ON evidence_task (owner_id, due) WHERE ended_at IS NULL;
