-- Openings.

-- name: opening_add exec
-- A new one.
-- in: id text, region_id text, agency_id text, kind text, program text, unit text?, bedrooms int?, county text?
-- in: features int, rule text, from_day day, confirmed_day day, made_by text, made_at instant, over_why sealed?
INSERT INTO opening (id, region_id, agency_id, kind, program, unit, bedrooms, county, features, rule, from_day,
	confirmed_day, made_by, made_at, over_why)
VALUES (:id, :region_id, :agency_id, :kind, :program, :unit, :bedrooms, :county, :features, :rule, :from_day,
	:confirmed_day, :made_by, :made_at, :over_why);

-- name: opening_confirm count
-- It is still true.
-- in: id text, confirmed_day day
UPDATE opening SET confirmed_day = :confirmed_day WHERE id = :id AND ended_day IS NULL;

-- name: opening_end count
-- It is open no more, unless it was not before: of two who fill it at once one is told so.
-- in: id text, ended_day day, ended_as text, ended_why sealed?, ended_by text, ended_at instant
UPDATE opening SET ended_day = :ended_day, ended_as = :ended_as, ended_why = :ended_why, ended_by = :ended_by,
	ended_at = :ended_at
WHERE id = :id AND ended_day IS NULL;

-- name: openings_found many
-- One by its id, or, where none is given, those that are open and those that ended on a day or later; by region, the
-- soonest first.
-- in:  id text, ended_from day
-- out: id text, region_id text, region text, agency_id text, agency text, kind text, program text, unit text?
-- out: bedrooms int?, county text?, features int, rule text, from_day day, confirmed_day day, ended_day day?
-- out: ended_as text?, held bool, waits_until day?, over bool
-- scan: a CoC has some hundred openings a year
SELECT o.id, o.region_id, r.name AS region, o.agency_id, g.name AS agency, o.kind, o.program, o.unit, o.bedrooms,
	o.county, o.features, o.rule, o.from_day, o.confirmed_day, o.ended_day, o.ended_as,
	CASE WHEN EXISTS (SELECT 1 FROM referral f WHERE f.opening_id = o.id AND f.ended_day IS NULL
		AND f.state <> 'requested') THEN 1 ELSE 0 END AS held, d.until_day AS waits_until,
	CASE WHEN o.over_why IS NULL THEN 0 ELSE 1 END AS over
FROM opening o JOIN region r ON r.id = o.region_id JOIN agency g ON g.id = o.agency_id
LEFT JOIN opening_decision d ON d.opening_id = o.id AND d.what = 'held' AND d.ended_at IS NULL
WHERE o.id = :id OR (:id = '' AND (o.ended_day IS NULL OR o.ended_day >= :ended_from))
ORDER BY r.number, CASE WHEN o.ended_day IS NULL THEN 0 ELSE 1 END, o.from_day, o.made_at, o.id;

-- name: opening_programs many
-- What projects are called, for who enters an opening: those of an agency, open on the day.
-- in:  agency_id text, now int, today day
-- out: name text
-- scan: a CoC has some thousand projects
SELECT DISTINCT p.name FROM hmis_organization o
JOIN hmis_project p ON p.source_no = o.source_no AND p.organization_id = o.organization_id AND p.from_import <= :now
	AND p.to_import > :now AND p.gone = 0 AND (p.operating_end IS NULL OR p.operating_end >= :today)
	AND p.type IN (2, 3, 9, 10, 13)
WHERE o.agency_id = :agency_id AND o.from_import <= :now AND o.to_import > :now ORDER BY p.name;

-- name: opening_inventory many
-- The inventory of an agency's projects with beds; `file` is that of Inventory.csv.
-- in:  agency_id text, now int, file int
-- out: name text, type int, body bytes
-- scan: a CoC has some thousand projects
SELECT p.name, p.type, r.body FROM hmis_organization o
JOIN hmis_project p ON p.source_no = o.source_no AND p.organization_id = o.organization_id AND p.from_import <= :now
	AND p.to_import > :now AND p.gone = 0
JOIN hmis_project_row r ON r.source_no = p.source_no AND r.project_id = p.project_id AND r.file = :file
	AND r.from_import <= :now AND r.to_import > :now AND r.gone = 0
WHERE o.agency_id = :agency_id AND o.from_import <= :now AND o.to_import > :now AND p.type IN (2, 3, 9, 10)
ORDER BY p.project_no;

-- name: opening_seats many
-- The households that have a seat in an open cycle of a region.
-- in:  region_id text
-- out: household_no int
SELECT DISTINCT s.household_no FROM cycle c JOIN cycle_household s ON s.cycle_id = c.id AND s.left_as IS NULL
WHERE c.region_id = :region_id AND c.ended_at IS NULL ORDER BY s.household_no;
