-- The list as the command line prints it: ids, codes and facts of every household, no name.

-- name: report_rows each
-- The list of the day it was derived for, of one region or (NULL) all; active households by rank, then the others.
-- in:  now int, region_id text?
-- out: household_no int, household_id text, code text, personal_id text, region text?, status int, situation int
-- out: start day, since day, months_36 int, last_contact day?, score int?, members int
-- scan: a report holds them all
SELECT h.household_no, h.id AS household_id, h.code, c.personal_id, r.name AS region, l.status, l.situation, l.start, l.since,
	l.months_36, l.last_contact, l.score, l.members
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
-- out: personal_id text
SELECT c.personal_id
FROM listing l JOIN client c ON c.client_no = l.head_client_no AND c.from_import <= :now AND c.to_import > :now
WHERE l.household_no = :household_no AND l.from_import <= :now AND l.to_import > :now;
