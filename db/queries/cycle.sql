-- Cycles and the seats in them.

-- name: cycle_open one
-- The open cycle of a region's whole list (an empty worklist_id) or of one of its working lists; `number` counts the
-- cycles of that list.
-- in:  region_id text, worklist_id text
-- out: id text, number int, size int, goal int, started_at instant
SELECT c.id, (SELECT count(*) FROM cycle b WHERE b.region_id = c.region_id AND b.number <= c.number
		AND coalesce(b.worklist_id, '') = coalesce(c.worklist_id, '')) AS number, c.size, c.goal, c.started_at
FROM cycle c
WHERE c.region_id = :region_id AND coalesce(c.worklist_id, '') = :worklist_id AND c.ended_at IS NULL;

-- name: cycle_by_id one
-- A cycle by its id.
-- in:  id text
-- out: region_id text, number int, size int, goal int, started_at instant, ended_at instant?
SELECT region_id, number, size, goal, started_at, ended_at FROM cycle WHERE id = :id;

-- name: cycle_last one
-- The newest cycle of a region, of whichever list.
-- in:  region_id text
-- out: id text, number int
SELECT id, number FROM cycle WHERE region_id = :region_id ORDER BY number DESC LIMIT 1;

-- name: cycle_add exec
-- A new cycle.
-- in: id text, region_id text, worklist_id text?, number int, size int, goal int, started_at instant, started_by text
INSERT INTO cycle (id, region_id, worklist_id, number, size, goal, started_at, started_by)
VALUES (:id, :region_id, :worklist_id, :number, :size, :goal, :started_at, :started_by);

-- name: cycle_set count
-- Its size and its goal.
-- in: id text, size int, goal int
UPDATE cycle SET size = :size, goal = :goal WHERE id = :id AND ended_at IS NULL;

-- name: cycle_end count
-- The cycle is over; the next one begins.
-- in: id text, at instant
UPDATE cycle SET ended_at = :at WHERE id = :id AND ended_at IS NULL;

-- name: cycle_seats many
-- Every seat of a cycle, freed ones too, in the order they were taken.
-- in:  cycle_id text
-- out: id text, household_no int, joined_as text, joined_for text?, joined_reason sealed?, joined_at instant
-- out: joined_by text
-- out: left_as text?, left_reason sealed?, left_at instant?, left_by text?
SELECT id, household_no, joined_as, joined_for, joined_reason, joined_at, joined_by, left_as, left_reason, left_at,
	left_by
FROM cycle_household WHERE cycle_id = :cycle_id ORDER BY joined_at, id;

-- name: cycle_seat one
-- The seat that a household has.
-- in:  cycle_id text, household_no int
-- out: id text
SELECT id FROM cycle_household WHERE cycle_id = :cycle_id AND household_no = :household_no AND left_as IS NULL;

-- name: cycle_seats_open many
-- The seats that a household has in the open cycles of a region, that of the whole list first.
-- in:  region_id text, household_no int
-- out: id text, cycle_id text, joined_for text?
SELECT s.id, s.cycle_id, s.joined_for FROM cycle c JOIN cycle_household s ON s.cycle_id = c.id
WHERE c.region_id = :region_id AND c.ended_at IS NULL AND s.household_no = :household_no AND s.left_as IS NULL
ORDER BY CASE WHEN c.worklist_id IS NULL THEN 0 ELSE 1 END, c.number;

-- name: cycle_seats_for many
-- The households of a cycle that got a seat out of order, and why.
-- in:  cycle_id text
-- out: household_no int, joined_for text
SELECT household_no, joined_for FROM cycle_household
WHERE cycle_id = :cycle_id AND left_as IS NULL AND joined_for IS NOT NULL;

-- name: cycle_seat_add exec
-- A household takes a seat, or was skipped: then the seat is freed at once.
-- in: id text, cycle_id text, household_no int, joined_as text, joined_for text?, joined_reason sealed?
-- in: joined_at instant, joined_by text, left_as text?, left_reason sealed?, left_at instant?, left_by text?
INSERT INTO cycle_household (id, cycle_id, household_no, joined_as, joined_for, joined_reason, joined_at, joined_by,
	left_as, left_reason, left_at, left_by)
VALUES (:id, :cycle_id, :household_no, :joined_as, :joined_for, :joined_reason, :joined_at, :joined_by, :left_as,
	:left_reason, :left_at, :left_by);

-- name: cycle_seat_free count
-- A seat is freed by a named ending.
-- in: id text, left_as text, left_reason sealed?, left_at instant, left_by text?
UPDATE cycle_household SET left_as = :left_as, left_reason = :left_reason, left_at = :left_at, left_by = :left_by
WHERE id = :id AND left_as IS NULL;

-- name: cycle_seat_void count
-- The seats of a household that is none after all.
-- in: household_no int, left_as text, left_at instant
-- scan: asked for once, where somebody takes a split back
UPDATE cycle_household SET left_as = :left_as, left_at = :left_at
WHERE household_no = :household_no AND left_as IS NULL;

-- name: cycle_seats_joined many
-- The households of a cycle's region that others gave way to which have a seat in it.
-- in:  cycle_id text
-- out: household_no int, former_no int
SELECT f.household_no, f.former_no
FROM cycle_household s
JOIN cycle c ON c.id = s.cycle_id
JOIN household_former f ON f.former_no = s.household_no
JOIN hmis_now n ON n.one = 1
JOIN listing l ON l.household_no = f.household_no AND l.from_import <= n.import_no AND l.to_import > n.import_no
WHERE s.cycle_id = :cycle_id AND s.left_as IS NULL AND l.region_id = c.region_id
GROUP BY f.household_no, f.former_no ORDER BY f.household_no, f.former_no;

-- name: cycle_seats_standing many
-- The seats that are taken, with what the list says of the household; no status: it is not listed.
-- in:  cycle_id text
-- out: id text, household_no int, joined_as text, joined_for text?, status int?
SELECT s.id, s.household_no, s.joined_as, s.joined_for, l.status
FROM cycle_household s
JOIN hmis_now n ON n.one = 1
LEFT JOIN listing l ON l.household_no = s.household_no AND l.from_import <= n.import_no
	AND l.to_import > n.import_no
WHERE s.cycle_id = :cycle_id AND s.left_as IS NULL ORDER BY s.joined_at, s.id;

-- name: cycle_household_by_id one
-- The number of a household, by the id that addresses use, and the region whose list it is on.
-- in:  id text
-- out: household_no int, region_id text?, status int?
SELECT h.household_no, l.region_id, l.status
FROM household h
JOIN hmis_now n ON n.one = 1
LEFT JOIN listing l ON l.household_no = h.household_no AND l.from_import <= n.import_no
	AND l.to_import > n.import_no
WHERE h.id = :id;

-- name: cycle_decisions many
-- What people decided against the order of a list, over all its cycles, newest first.
-- in:  region_id text, worklist_id text
-- out: number int, id text, household_no int, joined_as text, joined_reason sealed?, joined_at instant
-- out: joined_by text, left_as text?, left_reason sealed?, left_at instant?, left_by text?
SELECT (SELECT count(*) FROM cycle b WHERE b.region_id = c.region_id AND b.number <= c.number
		AND coalesce(b.worklist_id, '') = coalesce(c.worklist_id, '')) AS number, s.id, s.household_no,
	s.joined_as, s.joined_reason, s.joined_at, j.name AS joined_by, s.left_as, s.left_reason, s.left_at,
	l.name AS left_by
FROM cycle c
JOIN cycle_household s ON s.cycle_id = c.id
JOIN app_user j ON j.id = s.joined_by
LEFT JOIN app_user l ON l.id = s.left_by
WHERE c.region_id = :region_id AND coalesce(c.worklist_id, '') = :worklist_id
	AND (s.joined_as IN ('added', 'review') OR s.left_by IS NOT NULL)
ORDER BY c.number DESC, s.joined_at DESC, s.id LIMIT 500;
