-- Where projects are.

-- name: project_county_put exec
-- A project is in a county.
-- in: project_id text, county text
INSERT INTO project_county (project_id, county) VALUES (:project_id, :county)
ON CONFLICT (project_id) DO UPDATE SET county = excluded.county;

-- name: county_note exec
-- There is such a county; where it belongs is not said.
-- in: name text
INSERT INTO county (name, region_id) VALUES (:name, NULL) ON CONFLICT (name) DO NOTHING;

-- name: county_by_name one
-- A county, with the region it belongs to.
-- in:  name text
-- out: region_id text?
SELECT region_id FROM county WHERE name = :name;

-- name: county_borders many
-- Counties that border each other, each pair once.
-- out: county text, neighbour text
-- scan: a CoC has some hundred counties
SELECT county, neighbour FROM county_border ORDER BY county, neighbour;

-- name: county_border_add exec
-- Two counties border each other; the lower one by its bytes comes first.
-- in: county text, neighbour text
INSERT INTO county_border (county, neighbour) VALUES (:county, :neighbour)
ON CONFLICT (county, neighbour) DO NOTHING;

-- name: county_border_remove count
-- They do not.
-- in: county text, neighbour text
DELETE FROM county_border WHERE county = :county AND neighbour = :neighbour;

-- name: county_agencies many
-- The agencies that run a project in each county on the day, as the HMIS has them.
-- in:  now int, today day
-- out: county text, agency_id text, name text, victim bool
-- scan: a CoC has some thousand projects
SELECT DISTINCT c.county, g.id AS agency_id, g.name, g.is_victim_service_provider AS victim
FROM project_county c
JOIN hmis_project p ON p.project_id = c.project_id AND p.from_import <= :now AND p.to_import > :now AND p.gone = 0
	AND (p.operating_end IS NULL OR p.operating_end >= :today)
JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
	AND o.from_import <= :now AND o.to_import > :now
JOIN agency g ON g.id = o.agency_id
ORDER BY c.county, g.name, g.id;

-- name: county_households many
-- Active households by the region whose list they are on and the county they are in; of those on no list, the county of
-- the project they are in.
-- in:  now int
-- out: region_id text?, county text?, households int
-- scan: counts the list
SELECT l.region_id, CASE WHEN l.region_id IS NULL THEN c.county ELSE l.county END AS county, count(*) AS households
FROM listing l
LEFT JOIN hmis_project p ON p.project_no = l.project_no AND p.from_import <= :now AND p.to_import > :now
LEFT JOIN project_county c ON c.project_id = p.project_id
WHERE l.from_import <= :now AND l.to_import > :now AND l.status = 1
GROUP BY 1, 2;
