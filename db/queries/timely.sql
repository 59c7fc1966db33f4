-- How soon facts are entered. `now` is hmis_now.import_no.

-- name: timely_add exec
-- What an import counted for a project.
-- in: import_no int, project_no int, counts bytes
INSERT INTO timely (import_no, project_no, counts) VALUES (:import_no, :project_no, :counts);

-- name: timely_newest many
-- The newest counts of each source, with who runs the project.
-- in:  now int
-- out: agency_id text, agency text, project text, exported instant?, counts bytes
-- scan: a CoC has some thousand projects
SELECT a.id AS agency_id, a.name AS agency, p.name AS project, i.export_date AS exported, t.counts
FROM timely t
JOIN hmis_import i ON i.no = t.import_no AND i.state = 'applied'
JOIN hmis_project p ON p.project_no = t.project_no AND p.from_import <= :now AND p.to_import > :now
JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
	AND o.from_import <= :now AND o.to_import > :now
JOIN agency a ON a.id = o.agency_id
WHERE NOT EXISTS (SELECT 1 FROM hmis_import l
	WHERE l.source_no = i.source_no AND l.no > i.no AND l.state = 'applied' AND l.directive <> 1)
ORDER BY p.project_no;

-- name: timely_sweep exec
-- Removes counts that a newer export of the source has replaced.
-- in: now int
DELETE FROM timely WHERE import_no < :now AND EXISTS (SELECT 1 FROM hmis_import o
	JOIN hmis_import l ON l.source_no = o.source_no AND l.no > o.no
	WHERE o.no = timely.import_no AND l.no <= :now AND l.state = 'applied' AND l.directive <> 1);
