-- Working lists: parts of a region's list with cycles, a goal and conferences of their own.
CREATE TABLE worklist (
	id text PRIMARY KEY,
	region_id text NOT NULL REFERENCES region (id),
	name {bytes} NOT NULL,                           -- sealed
	filter text NOT NULL,                            -- whom it takes of the active ones: domain/filter.h, without words
	made_at {int} NOT NULL,                          -- instant
	made_by text NOT NULL REFERENCES app_user (id),
	ended_at {int},                                  -- instant; NULL: it is worked through
	ended_by text REFERENCES app_user (id)
) {strict};
CREATE INDEX worklist_region ON worklist (region_id) WHERE ended_at IS NULL;

-- The working list that a cycle is of; NULL: the region's whole list. One cycle is open for each. Numbers go on
-- counting up per region; people read how many cycles the list has had.
ALTER TABLE cycle ADD COLUMN worklist_id text REFERENCES worklist (id);
CREATE INDEX cycle_worklist ON cycle (worklist_id) WHERE worklist_id IS NOT NULL;
DROP INDEX cycle_open;
CREATE UNIQUE INDEX cycle_open ON cycle (region_id, coalesce(worklist_id, '')) WHERE ended_at IS NULL;
