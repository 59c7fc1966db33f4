-- Moves of households from one region's list to another's: asked for by one list holder, answered by the other.
CREATE TABLE region_move (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no),
	from_region text REFERENCES region (id), -- NULL: it was on no region's list, and was taken
	to_region text NOT NULL REFERENCES region (id),
	asked_region text REFERENCES region (id), -- of the two, whose list holder asked; NULL: who holds no region
	state text NOT NULL CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn')),
	reason {bytes} NOT NULL,   -- sealed: why it is asked
	asked_by text NOT NULL REFERENCES app_user (id),
	asked_at {int} NOT NULL,   -- instant
	answer {bytes},            -- sealed: why it was refused
	ended_by text REFERENCES app_user (id), -- NULL: it waits
	ended_at {int}             -- instant
) {strict};
CREATE UNIQUE INDEX region_move_waits ON region_move (household_no) WHERE state = 'asked';
CREATE INDEX region_move_household ON region_move (household_no, asked_at);
CREATE INDEX region_move_from ON region_move (from_region) WHERE state = 'asked';
CREATE INDEX region_move_to ON region_move (to_region) WHERE state = 'asked';
