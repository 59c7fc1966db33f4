-- A conference was called what its planner typed, which is shown before anybody checks in. It is called by
-- its focus now, and what was typed goes.
ALTER TABLE conference RENAME COLUMN title TO focus; -- highest, barrier, resource: domain/conference.h
UPDATE conference SET focus = 'highest';
