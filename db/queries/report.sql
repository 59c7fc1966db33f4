-- The list as the command line prints it: ids, codes and facts of every household, no name.

-- name: report_rows each
-- The list of the day it was derived for, of one region or (NULL) all; active households by rank, then the others.
-- in:  now int, region_id text?
-- out: household_no int, head_no int, household_id text, code text, personal_id text, region text?, status int
-- out: situation int
-- out: start day, since day, months_36 int, last_contact day?, score int?, members int
-- scan: a report holds them all
SELECT h.household_no, l.head_client_no AS head_no, h.id AS household_id, h.code, c.personal_id, r.name AS region, l.status,
	l.situation, l.start, l.since, l.months_36, l.last_contact, l.score, l.members
FROM listing l
JOIN household h ON h.household_no = l.household_no
JOIN client c ON c.client_no = l.head_client_no AND c.from_import <= :now AND c.to_import > :now
LEFT JOIN region r ON r.id = l.region_id
WHERE l.from_import <= :now AND l.to_import > :now AND (l.region_id = :region_id OR :region_id IS NULL)
ORDER BY l.status, l.place, l.household_no;

-- name: report_names one
-- What a household that was derived for another day is called; nothing of it where it was never listed.
-- in:  household_no int, client_no int, now int
-- out: household_id text?, code text?, personal_id text
SELECT h.id AS household_id, h.code, c.personal_id
FROM client c LEFT JOIN household h ON h.household_no = :household_no
WHERE c.client_no = :client_no AND c.from_import <= :now AND c.to_import > :now;

-- name: report_head one
-- The head's id in the HMIS it comes from, of one household of a version of the list.
-- in:  household_no int, now int
-- out: head_no int, personal_id text
SELECT l.head_client_no AS head_no, c.personal_id
FROM listing l JOIN client c ON c.client_no = l.head_client_no AND c.from_import <= :now AND c.to_import > :now
WHERE l.household_no = :household_no AND l.from_import <= :now AND l.to_import > :now;

-- name: report_releases many
-- What everybody agreed to or declined, a client's together, oldest first; of one instant a no comes last and so counts.
-- Those about other records of the same person are among them.
-- out: client_no int, other bool, refused bool, from_day day, until_day day?, ended_day day?
-- scan: a report holds them all
WITH c AS (
	SELECT client_no, client_no AS signed_no FROM release
	UNION
	SELECT own.client_no, k.client_no AS signed_no FROM client_link own JOIN client_link k ON k.one_no = own.one_no
)
SELECT c.client_no, CASE WHEN r.client_no = c.client_no THEN 0 ELSE 1 END AS other, r.refused, r.from_day, r.until_day,
	r.ended_day
FROM c JOIN release r ON r.client_no = c.signed_no ORDER BY c.client_no, r.from_day, r.recorded_at, r.refused, r.id;

-- name: report_protected many
-- Households that are protected, or whose people were when they were another one.
-- out: household_no int
-- scan: a report holds them all
SELECT household_no FROM protection WHERE ended_at IS NULL
UNION
SELECT f.household_no FROM household_former f JOIN protection p ON p.household_no = f.former_no WHERE p.ended_at IS NULL
ORDER BY household_no;
