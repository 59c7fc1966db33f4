-- What belongs to a room: how somebody wishes to be called, who read the agreements, the pulse at the end, and what a
-- region does of all that may be left out.
ALTER TABLE attendance ADD COLUMN called {bytes};    -- sealed: the name they wish; NULL: as their account says
ALTER TABLE attendance ADD COLUMN pronouns {bytes};  -- sealed; NULL: not said
CREATE INDEX attendance_of_user ON attendance (user_id, in_at) WHERE called IS NOT NULL OR pronouns IS NOT NULL;
ALTER TABLE conference ADD COLUMN read_by text REFERENCES app_user (id); -- who read the agreements aloud; NULL: nobody

-- How many gave which answer. Nobody's name and no time stands beside it.
CREATE TABLE pulse (
	conference_id text NOT NULL REFERENCES conference (id),
	answer text NOT NULL,                            -- domain/pulse.h
	answers {int} NOT NULL,
	PRIMARY KEY (conference_id, answer)
) {strict};

-- Who has answered, so that nobody does twice.
CREATE TABLE pulse_given (
	conference_id text NOT NULL REFERENCES conference (id),
	user_id text NOT NULL REFERENCES app_user (id),
	PRIMARY KEY (conference_id, user_id)
) {strict};

-- What a region turned on or off of what its conferences may leave out; no row: as domain/habit.h begins.
CREATE TABLE habit (
	region_id text NOT NULL REFERENCES region (id),
	key text NOT NULL,                               -- domain/habit.h
	is_on {int} NOT NULL CHECK (is_on IN (0, 1)),
	at {int} NOT NULL,                               -- instant
	by_id text NOT NULL REFERENCES app_user (id),
	PRIMARY KEY (region_id, key)
) {strict};
