-- What came to the privacy officer: demands by law, and things that got out (domain/incident.h).
CREATE TABLE incident (
	id text PRIMARY KEY,
	kind text NOT NULL,          -- demand, breach
	about {bytes} NOT NULL,      -- sealed: what happened, as it was told
	told_by text NOT NULL REFERENCES app_user (id),
	told_at {int} NOT NULL,      -- instant
	due_day {int} NOT NULL,      -- by when something is to have been done
	outcome {bytes},             -- sealed: what came of it
	closed_by text REFERENCES app_user (id), -- NULL: it is open
	closed_at {int}              -- instant
) {strict};
CREATE INDEX incident_open ON incident (due_day) WHERE closed_at IS NULL;

-- Its steps that are done. What was noted with one stays.
CREATE TABLE incident_step (
	incident_id text NOT NULL REFERENCES incident (id),
	step text NOT NULL,          -- domain/incident.h
	note {bytes},                -- sealed
	done_by text NOT NULL REFERENCES app_user (id),
	done_at {int} NOT NULL,      -- instant
	PRIMARY KEY (incident_id, step)
) {strict};
