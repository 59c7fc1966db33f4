-- Agencies and where they work.

-- name: agencies many
-- All agencies by name; `law`: that one serves somebody comes under it, `law_said`: because people said so.
-- out: id text, name text, kind text, is_lead bool, is_victim_service_provider bool, hmis_id text?, law text
-- out: law_said bool
-- scan: a CoC has some hundred agencies
SELECT id, name, kind, is_lead, is_victim_service_provider, hmis_id,
	coalesce(law, CASE WHEN law_hmis = 1 THEN '27f' ELSE 'hmis' END) AS law,
	CASE WHEN law IS NULL THEN 0 ELSE 1 END AS law_said
FROM agency ORDER BY name, id;

-- name: agency_by_id one
-- An agency by its id.
-- in:  id text
-- out: name text, kind text, is_lead bool, is_victim_service_provider bool, hmis_id text?
SELECT name, kind, is_lead, is_victim_service_provider, hmis_id FROM agency WHERE id = :id;

-- name: agency_by_name one
-- The agency of exactly that name.
-- in:  name text
-- out: id text
SELECT id FROM agency WHERE name = :name;

-- name: agency_by_hmis_id one
-- The agency behind an OrganizationID of the HMIS.
-- in:  hmis_id text
-- out: id text, is_victim_service_provider bool
SELECT id, is_victim_service_provider FROM agency WHERE hmis_id = :hmis_id;

-- name: agency_add exec
-- A new agency.
-- in: id text, name text, kind text, is_lead bool, is_victim_service_provider bool
-- in: hmis_id text?
INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider, hmis_id)
VALUES (:id, :name, :kind, :is_lead, :is_victim_service_provider, :hmis_id);

-- name: agencies_serving many
-- The agencies that serve active households of a region, the one with most of them first.
-- in:  region_id text
-- out: id text, households int
SELECT g.id, count(*) AS households
FROM hmis_now n
JOIN listing l ON l.from_import <= n.import_no AND l.to_import > n.import_no
JOIN household_agency s ON s.household_no = l.household_no AND s.from_import <= n.import_no
	AND s.to_import > n.import_no
JOIN agency g ON g.id = s.agency_id
WHERE n.one = 1 AND l.region_id = :region_id AND l.status = 1
GROUP BY g.id ORDER BY households DESC, g.id;

-- name: agency_regions_clear exec
-- Where agencies work is worked out anew.
-- scan: all of them are meant; some hundreds
DELETE FROM agency_region;

-- name: agency_regions_fill exec
-- Agencies work in the regions of counties where they run a project on the day, as the HMIS has it, and in those that
-- they anchor; lead agencies nowhere.
-- in: now int, today day
-- scan: a CoC has some thousand projects
INSERT INTO agency_region (agency_id, region_id)
SELECT g.id AS agency_id, k.region_id
FROM project_county c
JOIN county k ON k.name = c.county AND k.region_id IS NOT NULL
JOIN hmis_project p ON p.project_id = c.project_id AND p.from_import <= :now AND p.to_import > :now AND p.gone = 0
	AND (p.operating_end IS NULL OR p.operating_end >= :today)
JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
	AND o.from_import <= :now AND o.to_import > :now
JOIN agency g ON g.id = o.agency_id AND g.is_lead = 0
UNION
SELECT anchor_agency, id FROM region WHERE anchor_agency IS NOT NULL;
