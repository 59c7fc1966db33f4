-- The directory of services.

-- name: service_add exec
-- A new one.
-- in: id text, region_id text?, agency_id text?, kind text, name text, provider text, how text, contact text
-- in: wait_days int?, confirmed_day day, made_by text, made_at instant
INSERT INTO service (id, region_id, agency_id, kind, name, provider, how, contact, wait_days, confirmed_day, made_by, made_at)
VALUES (:id, :region_id, :agency_id, :kind, :name, :provider, :how, :contact, :wait_days, :confirmed_day, :made_by, :made_at);

-- name: service_confirm count
-- It is still true.
-- in: id text, wait_days int?, confirmed_day day
UPDATE service SET confirmed_day = :confirmed_day, wait_days = :wait_days WHERE id = :id AND ended_day IS NULL;

-- name: service_end count
-- There is none any more; of two who say so, one is told.
-- in: id text, ended_day day, ended_by text
UPDATE service SET ended_day = :ended_day, ended_by = :ended_by WHERE id = :id AND ended_day IS NULL;

-- name: service_by_id one
-- Whose it is.
-- in:  id text
-- out: region_id text?, agency_id text?
SELECT region_id, agency_id FROM service WHERE id = :id;

-- name: services many
-- All of them.
-- scan: a continuum has some hundred services
-- out: id text, region_id text?, region text?, agency_id text?, agency text?, kind text, name text, provider text
-- out: how text, contact text, wait_days int?, confirmed_day day
SELECT s.id, s.region_id, r.name AS region, s.agency_id, g.name AS agency, s.kind, s.name, s.provider, s.how, s.contact,
	s.wait_days, s.confirmed_day
FROM service s LEFT JOIN region r ON r.id = s.region_id LEFT JOIN agency g ON g.id = s.agency_id
WHERE s.ended_day IS NULL ORDER BY s.name, s.id;

-- name: service_agencies many
-- Whom to call at each agency about referrals, where it has said so.
-- scan: a continuum has some hundred agencies
-- out: id text, name text, contact text?, reach text?
SELECT g.id, g.name, c.name AS contact, c.reach FROM agency g LEFT JOIN referral_contact c ON c.agency_id = g.id
WHERE g.is_lead = 0 ORDER BY g.name, g.id;

-- name: service_ce_rows many
-- What the projects of each agency do in coordinated entry; `file` is that of CEParticipation.csv.
-- in:  now int, file int
-- out: agency_id text, body bytes
-- scan: a continuum has some thousand projects
SELECT o.agency_id, r.body FROM hmis_organization o
JOIN hmis_project p ON p.source_no = o.source_no AND p.organization_id = o.organization_id AND p.from_import <= :now
	AND p.to_import > :now AND p.gone = 0
JOIN hmis_project_row r ON r.source_no = p.source_no AND r.project_id = p.project_id AND r.file = :file
	AND r.from_import <= :now AND r.to_import > :now AND r.gone = 0
WHERE o.from_import <= :now AND o.to_import > :now ORDER BY o.agency_id, p.project_no;
