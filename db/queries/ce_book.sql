-- What a book of referrals is made of, beside enrollments. `now` is hmis_now.import_no.

-- name: ce_book_projects many
-- Every project, with who runs it and the region of its county.
-- in:  now int
-- out: project_no int, project_id text, name text, type int?, victim bool, agency_id text?, agency text?, region_id text?
-- scan: a CoC has some thousand projects
SELECT p.project_no, p.project_id, p.name, p.type, p.victim, a.id AS agency_id, a.name AS agency,
	coalesce(ls.region_id, c.region_id) AS region_id
FROM hmis_project p
LEFT JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
	AND o.from_import <= :now AND o.to_import > :now
LEFT JOIN agency a ON a.id = o.agency_id
LEFT JOIN list_source ls ON ls.source_no = p.source_no
LEFT JOIN project_county pc ON pc.project_id = p.project_id
LEFT JOIN county c ON c.name = pc.county
WHERE p.from_import <= :now AND p.to_import > :now ORDER BY p.project_no;

-- name: ce_book_links many
-- Records that are of one person; the lowest number stands for all of them.
-- out: client_no int, one_no int
-- scan: a report holds them all
SELECT client_no, one_no FROM client_link ORDER BY client_no;

-- name: ce_book_homes many
-- Which household everybody belongs to.
-- in:  now int
-- out: client_no int, household_no int
-- scan: a report holds them all
SELECT client_no, household_no FROM household_member WHERE from_import <= :now AND to_import > :now
ORDER BY client_no;
