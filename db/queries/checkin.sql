-- Looking in after a move.

-- name: checkins many
-- What was found, of everybody, by household and check-in.
-- in:  items text
-- out: household_no int, item text, no int, value sealed, at instant
-- scan: made by hand
SELECT household_no, item, no, value, at FROM household_entry
WHERE item IN (:items[4]) AND newest = 1 AND value IS NOT NULL ORDER BY household_no, item;

-- name: checkin_housed one
-- Since when a household is housed.
-- in:  household_no int, status int
-- out: since day
SELECT l.since FROM hmis_now n JOIN listing l ON l.household_no = :household_no AND l.from_import <= n.import_no
	AND l.to_import > n.import_no WHERE n.one = 1 AND l.status = :status;

-- name: checkin_served many
-- The households that an agency serves, by number.
-- in:  agency_id text, now int
-- out: household_no int
SELECT household_no FROM household_agency WHERE agency_id = :agency_id AND from_import <= :now AND to_import > :now
ORDER BY household_no;
