-- Working lists.

-- name: worklist_add exec
-- A new one.
-- in: id text, region_id text, name sealed, filter text, made_at instant, made_by text
INSERT INTO worklist (id, region_id, name, filter, made_at, made_by)
VALUES (:id, :region_id, :name, :filter, :made_at, :made_by);

-- name: worklist_by_id one
-- One by its id, also when it has ended.
-- in:  id text
-- out: region_id text, name sealed, filter text, ended_at instant?
SELECT region_id, name, filter, ended_at FROM worklist WHERE id = :id;

-- name: worklists_of_region many
-- Those that a region works through.
-- in:  region_id text
-- out: id text, name sealed, filter text
SELECT id, name, filter FROM worklist WHERE region_id = :region_id AND ended_at IS NULL ORDER BY made_at, id;

-- name: worklist_end count
-- It is worked through no more.
-- in: id text, ended_at instant, ended_by text
UPDATE worklist SET ended_at = :ended_at, ended_by = :ended_by WHERE id = :id AND ended_at IS NULL;

-- name: worklist_seats many
-- Every household that had a seat in one of its cycles.
-- in:  worklist_id text
-- out: household_no int
SELECT DISTINCT s.household_no FROM cycle c JOIN cycle_household s ON s.cycle_id = c.id
WHERE c.worklist_id = :worklist_id;
