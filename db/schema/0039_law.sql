-- Facts under a law of their own (domain/law.h): what people wrote, which agencies are such a fact themselves, and to
-- whom such facts were shown.

-- What somebody of an agency wrote about a client. Nothing is deleted.
CREATE TABLE law_fact (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no), -- where it was written
	client_no {int} NOT NULL,    -- whom it is about: it goes with the person
	agency_id text NOT NULL REFERENCES agency (id), -- whose own fact it is
	words {bytes} NOT NULL,      -- sealed: the law's word, a line break, the words
	written_by text NOT NULL REFERENCES app_user (id),
	written_at {int} NOT NULL,   -- instant
	ended_at {int},              -- instant; taken back
	ended_by text REFERENCES app_user (id)
) {strict};
CREATE INDEX law_fact_client ON law_fact (client_no, written_at);

-- That an agency serves somebody may be such a fact.
ALTER TABLE agency ADD COLUMN law text;                            -- word of domain/access.h; NULL: nobody said, see the next
ALTER TABLE agency ADD COLUMN law_no {int} NOT NULL DEFAULT 0;     -- counts up over all agencies, each time people say so
CREATE INDEX agency_law_no ON agency (law_no);
ALTER TABLE agency ADD COLUMN law_hmis {int} NOT NULL DEFAULT 0;   -- 1: HOPWA funds all of its projects, by the HMIS

-- What another agency recorded under such a law, in one answer about one household.
ALTER TABLE disclosure ADD COLUMN laws {int} NOT NULL DEFAULT 0;    -- bits of domain/access.h
ALTER TABLE disclosure ADD COLUMN general {int} NOT NULL DEFAULT 0; -- of these, shown under a general designation
CREATE INDEX disclosure_general ON disclosure (households, at) WHERE general <> 0;
