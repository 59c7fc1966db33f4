-- Facts under a law of their own.

-- name: law_fact_add exec
-- Somebody of an agency wrote one.
-- in: id text, household_no int, client_no int, agency_id text, words sealed, written_by text, written_at instant
INSERT INTO law_fact (id, household_no, client_no, agency_id, words, written_by, written_at)
VALUES (:id, :household_no, :client_no, :agency_id, :words, :written_by, :written_at);

-- name: law_facts_of many
-- Those about a client that stand, the newest first.
-- in:  client_no int
-- out: id text, agency_id text, agency text, words sealed, written_by text, written_at instant
SELECT f.id, f.agency_id, g.name AS agency, f.words, u.name AS written_by, f.written_at
FROM law_fact f JOIN agency g ON g.id = f.agency_id JOIN app_user u ON u.id = f.written_by
WHERE f.client_no = :client_no AND f.ended_at IS NULL ORDER BY f.written_at DESC, f.id;

-- name: law_fact_end count
-- An agency takes its own fact back.
-- in: id text, client_no int, agency_id text, by text, now instant
UPDATE law_fact SET ended_at = :now, ended_by = :by
WHERE id = :id AND client_no = :client_no AND agency_id = :agency_id AND ended_at IS NULL;

-- name: law_agency_put count
-- People say of an agency whether that it serves somebody is such a fact.
-- in: id text, law text?
UPDATE agency SET law = :law, law_no = 1 + (SELECT max(law_no) FROM agency) WHERE id = :id;

-- name: law_agencies_clear exec
-- Before it is worked out again from the HMIS.
-- scan: a CoC has some hundred agencies
UPDATE agency SET law_hmis = 0 WHERE law_hmis = 1;

-- name: law_agency_found exec
-- HOPWA funds all of the agency's projects.
-- in: id text
UPDATE agency SET law_hmis = 1 WHERE id = :id;

-- name: law_funders each
-- The projects of each agency with their rows of Funder.csv, of which a project may have none.
-- in:  file int, now int
-- out: agency_id text, project_no int, body bytes?
-- scan: a CoC has some thousand projects
SELECT o.agency_id, p.project_no, r.body
FROM hmis_project p
JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
	AND o.from_import <= :now AND o.to_import > :now
LEFT JOIN hmis_project_row r ON r.source_no = p.source_no AND r.project_id = p.project_id AND r.file = :file
	AND r.from_import <= :now AND r.to_import > :now AND r.gone = 0
WHERE p.from_import <= :now AND p.to_import > :now AND p.gone = 0 ORDER BY o.agency_id, p.project_no;

-- name: law_disclosures many
-- To whom facts of a household were shown under a general designation.
-- in:  household_id text, from instant
-- out: at instant, user_id text, general int
SELECT at, user_id, general FROM disclosure
WHERE households = :household_id AND general <> 0 AND at >= :from ORDER BY at DESC, id LIMIT 500;
