-- What is left of a conference: questions that nobody could answer, and the notes as they were handed out.

-- A question with an owner and a day, until it is answered. It names nobody on the list (app/unnamed.h).
CREATE TABLE question (
	id text PRIMARY KEY,
	conference_id text NOT NULL REFERENCES conference (id), -- in which it was asked
	region_id text NOT NULL REFERENCES region (id),
	words {bytes} NOT NULL,                          -- sealed
	owner_id text NOT NULL REFERENCES app_user (id),
	due {int} NOT NULL,                              -- day by which it is answered
	asked_by text NOT NULL REFERENCES app_user (id),
	asked_at {int} NOT NULL,                         -- instant
	answer {bytes},                                  -- sealed; NULL: open
	answered_by text REFERENCES app_user (id),
	answered_at {int}                                -- instant; NULL: open
) {strict};
CREATE INDEX question_conference ON question (conference_id, asked_at, id);
CREATE INDEX question_open ON question (region_id, due, id) WHERE answered_at IS NULL;
CREATE INDEX question_owner ON question (owner_id, due, id) WHERE answered_at IS NULL;

-- The notes of a closed conference without names, as somebody read them and let them go.
CREATE TABLE handout (
	conference_id text PRIMARY KEY REFERENCES conference (id),
	content {bytes} NOT NULL,                        -- sealed: the text
	made_by text NOT NULL REFERENCES app_user (id),
	made_at {int} NOT NULL                           -- instant
) {strict};
