-- The list as it is derived. `now` is hmis_now.import_no everywhere.

-- name: listing_between many
-- Rows by household number.
-- in:  low int, high int, now int
-- out: household_no int, head_client_no int, project_no int?, region_id text?, county text?, status int, place int, start day
-- out: since day, situation int, situation_day day?, last_contact day?, months_36 int, score int?, score_day day?
-- out: band int, chronic int, household_type int, members int, veteran bool, flags int, tool int, raised bool, facts int, tags int
-- out: omitted int, assessed day?, assessor int?
SELECT household_no, head_client_no, project_no, region_id, county, status, place, start, since, situation,
	situation_day, last_contact, months_36, score, score_day, band, chronic, household_type, members, veteran, flags,
	tool, raised, facts, tags, omitted, assessed, assessor
FROM listing WHERE household_no >= :low AND household_no <= :high AND from_import <= :now AND to_import > :now
ORDER BY household_no;

-- name: listing_region one
-- The region of a household.
-- in:  household_no int, now int
-- out: region_id text?
SELECT region_id FROM listing WHERE household_no = :household_no AND from_import <= :now AND to_import > :now;

-- name: listing_count one
-- How many households are or were on the list.
-- in:  now int
-- out: households int
-- scan: counts them
SELECT count(*) AS households FROM listing WHERE from_import <= :now AND to_import > :now AND status > 0;

-- name: listing_add bulk
-- A new version of a row.
-- in: household_no int, from_import int, to_import int, head_client_no int, project_no int?, region_id text?, county text?, status int, place int, start day
-- in: since day, situation int, situation_day day?, last_contact day?, months_36 int, score int?, score_day day?
-- in: band int, chronic int, household_type int, members int, veteran bool, flags int, tool int, raised bool, facts int, tags int
-- in: omitted int, assessed day?, assessor int?
INSERT INTO listing (household_no, from_import, to_import, head_client_no, project_no, region_id, county, status, place,
	start, since, situation, situation_day, last_contact, months_36, score, score_day, band, chronic,
	household_type, members, veteran, flags, tool, raised, facts, tags, omitted, assessed, assessor)
VALUES (:household_no, :from_import, :to_import, :head_client_no, :project_no, :region_id, :county, :status, :place,
	:start, :since, :situation, :situation_day, :last_contact, :months_36, :score, :score_day, :band, :chronic,
	:household_type, :members, :veteran, :flags, :tool, :raised, :facts, :tags, :omitted,
	:assessed, :assessor);

-- name: listing_close exec
-- The visible version ends with that import.
-- in: household_no int, import_no int
UPDATE listing SET to_import = :import_no
WHERE household_no = :household_no AND to_import = 2147483647 AND from_import < :import_no;
