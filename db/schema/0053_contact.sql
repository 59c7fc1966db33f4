-- Contact with people, as who had it writes it down: a tap on a phone. Facts of an HMIS stand elsewhere.
CREATE TABLE contact (
	no {int} PRIMARY KEY,                            -- in the order of writing
	household_no {int} NOT NULL REFERENCES household (household_no), -- where it was written
	client_no {int} NOT NULL,                        -- with whom: the household's head; it goes with the person
	way text NOT NULL,                               -- met, phone, text, tried: domain/contact.h
	place text,                                      -- street, shelter …: domain/contact.h; NULL: not said
	day {int} NOT NULL,                              -- day it was
	words {bytes},                                   -- sealed; NULL: none
	user_id text NOT NULL REFERENCES app_user (id),
	agency_id text REFERENCES agency (id),           -- the writer's then
	at {int} NOT NULL,                               -- instant
	ended_by text REFERENCES app_user (id),          -- NULL: nobody took it back
	ended_at {int}                                   -- instant
) {strict};
CREATE INDEX contact_household ON contact (household_no, no);
CREATE INDEX contact_client ON contact (client_no, day);
CREATE INDEX contact_user ON contact (user_id, day) WHERE ended_at IS NULL;
