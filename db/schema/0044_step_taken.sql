-- Stops that somebody else takes along on a drive.
CREATE TABLE step_taken (
	step_id text NOT NULL REFERENCES step (id),
	user_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL,                               -- instant
	ended_at {int},                                  -- instant; given back
	PRIMARY KEY (step_id, user_id, at)
) {strict};
CREATE UNIQUE INDEX step_taken_now ON step_taken (step_id) WHERE ended_at IS NULL;
