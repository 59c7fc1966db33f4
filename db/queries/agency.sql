-- Agencies and where they work.

-- name: agencies many
-- All agencies by name.
-- out: id text, name text, kind text, is_lead bool, is_victim_service_provider bool, hmis_id text?
-- scan: a CoC has some hundred agencies
SELECT id, name, kind, is_lead, is_victim_service_provider, hmis_id FROM agency ORDER BY name, id;

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

-- name: agency_change count
-- What people may change about it.
-- in: id text, name text, kind text
UPDATE agency SET name = :name, kind = :kind WHERE id = :id;

-- name: agency_region_add exec
-- The agency works in that region too.
-- in: agency_id text, region_id text
INSERT INTO agency_region (agency_id, region_id) VALUES (:agency_id, :region_id)
ON CONFLICT (agency_id, region_id) DO NOTHING;

-- name: agency_region_remove exec
-- It works there no longer.
-- in: agency_id text, region_id text
DELETE FROM agency_region WHERE agency_id = :agency_id AND region_id = :region_id;

-- name: agency_regions many
-- Where the agency works, in the order people count regions.
-- in:  agency_id text
-- out: region_id text, number int, name text
SELECT ar.region_id, r.number, r.name FROM agency_region ar JOIN region r ON r.id = ar.region_id
WHERE ar.agency_id = :agency_id ORDER BY r.number;

-- name: region_agencies many
-- Who works in the region, by name.
-- in:  region_id text
-- out: agency_id text, name text, is_lead bool, is_victim_service_provider bool
SELECT ar.agency_id, g.name, g.is_lead, g.is_victim_service_provider
FROM agency_region ar JOIN agency g ON g.id = ar.agency_id
WHERE ar.region_id = :region_id ORDER BY g.name, g.id;

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
