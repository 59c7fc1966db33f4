-- HMIS sources, imports, and the projects of an HMIS. `now` is hmis_now.import_no everywhere.

-- name: hmis_now one
-- Which number is switched on, and the day that the list describes.
-- out: import_no int, as_of day
SELECT import_no, as_of FROM hmis_now WHERE one = 1;

-- name: hmis_now_lock one
-- The same, and nobody else moves it until the transaction ends.
-- out: import_no int, as_of day
SELECT import_no, as_of FROM hmis_now WHERE one = 1 {now_lock};

-- name: hmis_now_put exec
-- Switches a number on.
-- in: import_no int, as_of day
UPDATE hmis_now SET import_no = :import_no, as_of = :as_of WHERE one = 1;

-- name: hmis_source_by_key one
-- An HMIS by what its exports call it.
-- in:  key text
-- out: no int, name text
SELECT no, name FROM hmis_source WHERE key = :key;

-- name: hmis_source_last one
-- The highest number of a source, 0 where there is none.
-- out: no int
SELECT coalesce(max(no), 0) AS no FROM hmis_source;

-- name: hmis_source_put exec
-- Adds a source, or takes its newest name.
-- in: no int, key text, name text
INSERT INTO hmis_source (no, key, name) VALUES (:no, :key, :name)
ON CONFLICT (key) DO UPDATE SET name = excluded.name;

-- name: hmis_import_last one
-- The highest number that was given to an import, 0 where there is none.
-- out: no int
SELECT coalesce(max(no), 0) AS no FROM hmis_import;

-- name: hmis_import_last_applied one
-- The import of an export that was applied last, 0 where there is none.
-- out: no int
SELECT coalesce(max(no), 0) AS no FROM hmis_import
WHERE kind = 'import' AND state = 'applied' AND csv_year IS NOT NULL;

-- name: hmis_import_begin exec
-- An import begins.
-- in: no int, kind text, source_no int?, export_id text?, export_date instant?, period_start day?, period_end day?
-- in: csv_year int?, directive int?, hashed bool, software text?, as_of day, actor_kind text, actor text
-- in: begun_at instant
INSERT INTO hmis_import (no, kind, state, source_no, export_id, export_date, period_start, period_end, csv_year,
	directive, hashed, software, as_of, actor_kind, actor, begun_at)
VALUES (:no, :kind, 'staging', :source_no, :export_id, :export_date, :period_start, :period_end, :csv_year,
	:directive, :hashed, :software, :as_of, :actor_kind, :actor, :begun_at);

-- name: hmis_import_staged exec
-- Everything is written out of sight; what it comes to.
-- in: no int, staged_at instant, clients_added int, clients_changed int, clients_unchanged int, clients_removed int
-- in: clients_gone int, clients_refused int, enrollments_added int, enrollments_changed int
-- in: enrollments_unchanged int, enrollments_removed int, enrollments_gone int, enrollments_refused int
-- in: facts_gone int, households_before int, households_after int, rows_aside int, values_blanked int
UPDATE hmis_import SET state = 'staged', staged_at = :staged_at, clients_added = :clients_added,
	clients_changed = :clients_changed, clients_unchanged = :clients_unchanged,
	clients_removed = :clients_removed, clients_gone = :clients_gone, clients_refused = :clients_refused,
	enrollments_added = :enrollments_added, enrollments_changed = :enrollments_changed,
	enrollments_unchanged = :enrollments_unchanged, enrollments_removed = :enrollments_removed,
	enrollments_gone = :enrollments_gone, enrollments_refused = :enrollments_refused, facts_gone = :facts_gone,
	households_before = :households_before, households_after = :households_after, rows_aside = :rows_aside,
	values_blanked = :values_blanked
WHERE no = :no;

-- name: hmis_import_end count
-- An import is over, one way or the other, unless it was already.
-- in: no int, state text, ended_at instant
UPDATE hmis_import SET state = :state, ended_at = :ended_at WHERE no = :no AND state IN ('staging', 'staged', 'clearing');

-- name: hmis_import_hold one
-- The state of an import, which nobody changes until the transaction ends.
-- in:  no int
-- out: state text
SELECT state FROM hmis_import WHERE no = :no {now_lock};

-- name: hmis_import_clearing count
-- Whoever still writes for this import must stop: it is about to be swept away.
-- in: no int
UPDATE hmis_import SET state = 'clearing' WHERE no = :no AND state IN ('staging', 'staged', 'clearing');

-- name: hmis_imports_open many
-- Imports that were begun and are not over: one that waits to be applied, or what a killed one left.
-- out: no int, state text, kind text, actor text
-- scan: there is one row per import
SELECT no, state, kind, actor FROM hmis_import WHERE state IN ('staging', 'staged', 'clearing') ORDER BY no;

-- name: hmis_import_newest one
-- The newest ExportDate of the exports of a source that were applied.
-- in:  source_no int
-- out: export_date instant?
-- scan: there is one row per import
SELECT max(export_date) AS export_date FROM hmis_import WHERE source_no = :source_no AND state = 'applied';

-- name: hmis_import_by_no one
-- An import with its counts.
-- in:  no int
-- out: kind text, state text, source text?, export_id text?, export_date instant?, period_start day?
-- out: period_end day?, csv_year int?, directive int?, hashed bool, as_of day, actor_kind text, actor text
-- out: begun_at instant, staged_at instant?, ended_at instant?, clients_added int, clients_changed int
-- out: clients_unchanged int, clients_removed int, clients_gone int, clients_refused int, enrollments_added int
-- out: enrollments_changed int, enrollments_unchanged int, enrollments_removed int, enrollments_gone int
-- out: enrollments_refused int, facts_gone int, households_before int, households_after int, rows_aside int
-- out: values_blanked int
SELECT i.kind, i.state, s.name AS source, i.export_id, i.export_date, i.period_start, i.period_end, i.csv_year, i.directive,
	i.hashed, i.as_of, i.actor_kind, i.actor, i.begun_at, i.staged_at, i.ended_at, i.clients_added,
	i.clients_changed, i.clients_unchanged, i.clients_removed, i.clients_gone, i.clients_refused,
	i.enrollments_added, i.enrollments_changed, i.enrollments_unchanged, i.enrollments_removed,
	i.enrollments_gone, i.enrollments_refused, i.facts_gone, i.households_before, i.households_after,
	i.rows_aside, i.values_blanked
FROM hmis_import i LEFT JOIN hmis_source s ON s.no = i.source_no WHERE i.no = :no;

-- name: hmis_imports many
-- The imports of exports, newest first.
-- in:  most int
-- out: no int, state text, source text?, export_date instant?, begun_at instant, ended_at instant?, actor text
-- scan: there is one row per import
SELECT i.no, i.state, s.name AS source, i.export_date, i.begun_at, i.ended_at, i.actor
FROM hmis_import i LEFT JOIN hmis_source s ON s.no = i.source_no
WHERE i.kind = 'import' AND i.csv_year IS NOT NULL ORDER BY i.no DESC LIMIT :most;

-- name: hmis_import_file_add exec
-- What was read of a file.
-- in: import_no int, file int, all_rows int, kept int, deleted int, aside int, blanked int, refused int
INSERT INTO hmis_import_file (import_no, file, all_rows, kept, deleted, aside, blanked, refused)
VALUES (:import_no, :file, :all_rows, :kept, :deleted, :aside, :blanked, :refused);

-- name: hmis_import_files many
-- What an import read, file by file.
-- in:  import_no int
-- out: file int, all_rows int, kept int, deleted int, aside int, blanked int, refused int
SELECT file, all_rows, kept, deleted, aside, blanked, refused FROM hmis_import_file
WHERE import_no = :import_no ORDER BY file;

-- name: hmis_organizations many
-- The organizations of a source.
-- in:  source_no int, now int
-- out: organization_id text, from_import int, name text, victim bool, agency_id text, updated instant?, body bytes
-- out: gone bool
SELECT organization_id, from_import, name, victim, agency_id, updated, body, gone FROM hmis_organization
WHERE source_no = :source_no AND from_import <= :now AND to_import > :now ORDER BY organization_id;

-- name: hmis_organization_add exec
-- A new version of an organization.
-- in: source_no int, organization_id text, from_import int, to_import int, name text, victim bool, agency_id text
-- in: updated instant?, body bytes, gone bool
INSERT INTO hmis_organization (source_no, organization_id, from_import, to_import, name, victim, agency_id, updated,
	body, gone)
VALUES (:source_no, :organization_id, :from_import, :to_import, :name, :victim, :agency_id, :updated, :body, :gone);

-- name: hmis_organization_close exec
-- The visible version ends with that import.
-- in: source_no int, organization_id text, import_no int
UPDATE hmis_organization SET to_import = :import_no
WHERE source_no = :source_no AND organization_id = :organization_id AND to_import = 2147483647
	AND from_import < :import_no;

-- name: hmis_organizations_new many
-- Organizations that an import brings, for which there is no agency yet.
-- in:  import_no int
-- out: agency_id text, organization_id text, name text, victim bool
-- scan: a CoC has some hundred organizations
SELECT agency_id, organization_id, name, victim FROM hmis_organization o
WHERE from_import = :import_no AND NOT EXISTS (SELECT 1 FROM agency a WHERE a.id = o.agency_id)
ORDER BY organization_id;

-- name: hmis_agencies_served many
-- Projects with the agency that runs them, as they will be with an import.
-- in:  now int
-- out: project_no int, agency_id text
-- scan: a CoC has some thousand projects
SELECT p.project_no, o.agency_id
FROM hmis_project p JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
	AND o.from_import <= :now AND o.to_import > :now
WHERE p.from_import <= :now AND p.to_import > :now ORDER BY p.project_no;

-- name: hmis_project_runner one
-- The agency that runs a project, as it is called; `law`: that it serves somebody comes under it.
-- in:  project_no int, now int
-- out: agency_id text, name text, law text
SELECT a.id AS agency_id, a.name,
	coalesce(a.law, CASE WHEN a.law_hmis = 1 THEN '27f' ELSE 'hmis' END) AS law
FROM hmis_project p
	JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
		AND o.from_import <= :now AND o.to_import > :now
	JOIN agency a ON a.id = o.agency_id
WHERE p.project_no = :project_no AND p.from_import <= :now AND p.to_import > :now;

-- name: hmis_project_last one
-- The highest number of a project, 0 where there is none.
-- out: no int
SELECT coalesce(max(project_no), 0) AS no FROM hmis_project;

-- name: hmis_projects many
-- The projects of a source.
-- in:  source_no int, now int
-- out: project_no int, project_id text, from_import int, organization_id text, name text, type int?, coc_code text?
-- out: victim bool, updated instant?, body bytes, gone bool
SELECT project_no, project_id, from_import, organization_id, name, type, coc_code, victim, updated, body, gone
FROM hmis_project WHERE source_no = :source_no AND from_import <= :now AND to_import > :now ORDER BY project_id;

-- name: hmis_projects_all many
-- Every project of every source, with the region of its county; of a list (list_source) the list's own.
-- in:  now int
-- out: project_no int, source_no int, project_id text, type int?, victim bool, county text?, region_id text?
-- out: list_kind text?
-- scan: a CoC has some thousand projects
SELECT p.project_no, p.source_no, p.project_id, p.type, p.victim, c.name AS county,
	coalesce(ls.region_id, c.region_id) AS region_id, ls.kind AS list_kind
FROM hmis_project p LEFT JOIN list_source ls ON ls.source_no = p.source_no LEFT JOIN project_county pc ON pc.project_id = p.project_id LEFT JOIN county c ON c.name = pc.county
WHERE p.from_import <= :now AND p.to_import > :now ORDER BY p.project_no;

-- name: hmis_project_add exec
-- A new version of a project.
-- in: project_no int, source_no int, project_id text, from_import int, to_import int, organization_id text, name text
-- in: type int?, coc_code text?, victim bool, operating_start day?, operating_end day?, updated instant?, body bytes
-- in: gone bool
INSERT INTO hmis_project (project_no, source_no, project_id, from_import, to_import, organization_id, name, type,
	coc_code, victim, operating_start, operating_end, updated, body, gone)
VALUES (:project_no, :source_no, :project_id, :from_import, :to_import, :organization_id, :name, :type, :coc_code,
	:victim, :operating_start, :operating_end, :updated, :body, :gone);

-- name: hmis_project_close exec
-- The visible version ends with that import.
-- in: project_no int, import_no int
UPDATE hmis_project SET to_import = :import_no
WHERE project_no = :project_no AND to_import = 2147483647 AND from_import < :import_no;

-- name: hmis_project_rows many
-- What hangs on the projects of a source.
-- in:  source_no int, now int
-- out: file int, row_id text, project_id text, updated instant?, body bytes, gone bool
SELECT file, row_id, project_id, updated, body, gone FROM hmis_project_row
WHERE source_no = :source_no AND from_import <= :now AND to_import > :now ORDER BY file, row_id;

-- name: hmis_project_row_add exec
-- A new version of such a row.
-- in: source_no int, file int, row_id text, from_import int, to_import int, project_id text, updated instant?
-- in: body bytes, gone bool
INSERT INTO hmis_project_row (source_no, file, row_id, from_import, to_import, project_id, updated, body, gone)
VALUES (:source_no, :file, :row_id, :from_import, :to_import, :project_id, :updated, :body, :gone);

-- name: hmis_project_row_close exec
-- The visible version ends with that import.
-- in: source_no int, file int, row_id text, import_no int
UPDATE hmis_project_row SET to_import = :import_no
WHERE source_no = :source_no AND file = :file AND row_id = :row_id AND to_import = 2147483647
	AND from_import < :import_no;

-- name: hmis_people_between many
-- The people of a source whose keys lie in a stretch, by key.
-- in:  source_no int, low int, high int, now int
-- out: key int, client_no int, digest int, settled bool, bytes int?
SELECT key, client_no, digest, settled, bytes FROM hmis_person
WHERE source_no = :source_no AND key >= :low AND key <= :high AND from_import <= :now AND to_import > :now
ORDER BY key, client_no;

-- name: hmis_person_add bulk
-- A new version of a person's digest.
-- in: source_no int, key int, client_no int, from_import int, to_import int, digest int, settled bool
-- in: bytes int?
INSERT INTO hmis_person (source_no, key, client_no, from_import, to_import, digest, settled, bytes)
VALUES (:source_no, :key, :client_no, :from_import, :to_import, :digest, :settled, :bytes);

-- name: hmis_person_close exec
-- The visible version ends with that import.
-- in: source_no int, key int, client_no int, import_no int
UPDATE hmis_person SET to_import = :import_no
WHERE source_no = :source_no AND key = :key AND client_no = :client_no AND to_import = 2147483647
	AND from_import < :import_no;

-- name: hmis_deleted_between many
-- Rows of a source that were deleted, by the keys of their people.
-- in:  source_no int, low int, high int, now int
-- out: key int, file int, row_id text, updated instant?
SELECT key, file, row_id, updated FROM hmis_deleted
WHERE source_no = :source_no AND key >= :low AND key <= :high AND from_import <= :now AND to_import > :now
ORDER BY key, file, row_id;

-- name: hmis_deleted_add bulk
-- A row was deleted.
-- in: source_no int, key int, file int, row_id text, from_import int, to_import int, updated instant?
INSERT INTO hmis_deleted (source_no, key, file, row_id, from_import, to_import, updated)
VALUES (:source_no, :key, :file, :row_id, :from_import, :to_import, :updated);

-- name: hmis_deleted_close exec
-- That it was deleted ends with that import: it is back, or deleted anew.
-- in: source_no int, key int, file int, row_id text, import_no int
UPDATE hmis_deleted SET to_import = :import_no
WHERE source_no = :source_no AND key = :key AND file = :file AND row_id = :row_id AND to_import = 2147483647
	AND from_import < :import_no;
