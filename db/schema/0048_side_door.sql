-- What an agency is asked, and answers, about an entry that did not come through coordinated entry.
CREATE TABLE side_door (
	id text NOT NULL PRIMARY KEY,
	client_no {int} NOT NULL,         -- whose entry: that of the head
	enrollment_no {int} NOT NULL,
	agency_id text NOT NULL REFERENCES agency (id), -- who is asked
	region_id text REFERENCES region (id), -- of the household then; NULL: none
	asked_at {int} NOT NULL,          -- instant
	asked_by text NOT NULL REFERENCES app_user (id),
	due_day {int} NOT NULL,           -- when an answer is expected
	answer text,                      -- domain/side_door.h; NULL: none yet
	words {bytes},                    -- sealed: in their own words
	answered_at {int},                -- instant
	answered_by text REFERENCES app_user (id),
	closed_at {int},                  -- instant
	closed_by text REFERENCES app_user (id)
) {strict};
CREATE UNIQUE INDEX side_door_entry ON side_door (client_no, enrollment_no);
