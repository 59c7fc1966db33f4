-- Papers that evidence a disability, the other half of chronic homelessness. Nothing is deleted; which disability it
-- is, is not kept.
CREATE TABLE disability_paper (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no), -- where it was recorded
	client_no {int} NOT NULL,    -- whose it is: it goes with the person
	what {bytes} NOT NULL,       -- sealed: word of domain/disability.h
	by_whom {bytes} NOT NULL,    -- sealed: who gave it
	dated {int} NOT NULL,        -- day of the paper
	until {int},                 -- last day on which it stands by itself; NULL: no last one
	kept {bytes} NOT NULL,       -- sealed: where it is kept
	recorded_by text NOT NULL REFERENCES app_user (id),
	recorded_at {int} NOT NULL,  -- instant
	ended_by text REFERENCES app_user (id), -- NULL: nobody withdrew it
	ended_at {int}               -- instant
) {strict};
CREATE INDEX disability_paper_client ON disability_paper (client_no, recorded_at);
