-- Lists that are not of an HMIS. `now` is hmis_now.import_no everywhere.

-- name: list_sources many
-- The lists of a region (empty: of all), with how many people they brought and how many their newest file has no more.
-- in:  region_id text, now int
-- out: source_no int, id text, name text, kind text, region text, agency text?, people int, absent int, last_at instant?
-- scan: a region has some lists
SELECT s.source_no, s.id, s.name, s.kind, r.name AS region, a.name AS agency,
	(SELECT count(*) FROM client c JOIN hmis_person p ON p.client_no = c.client_no AND p.source_no = s.source_no
		AND p.from_import <= :now AND p.to_import > :now
		WHERE c.from_import <= :now AND c.to_import > :now) AS people,
	(SELECT count(*) FROM client c JOIN hmis_person p ON p.client_no = c.client_no AND p.source_no = s.source_no
		AND p.from_import <= :now AND p.to_import > :now
		WHERE c.from_import <= :now AND c.to_import > :now AND c.gone = 1) AS absent,
	(SELECT max(i.ended_at) FROM hmis_import i WHERE i.source_no = s.source_no AND i.state = 'applied') AS last_at
FROM list_source s JOIN region r ON r.id = s.region_id LEFT JOIN agency a ON a.id = s.agency_id
WHERE :region_id = '' OR s.region_id = :region_id ORDER BY r.number, s.name;

-- name: list_source_by_id one
-- A list by its id.
-- in:  id text
-- out: source_no int, name text, kind text, region_id text, agency_id text?, day_order text
SELECT source_no, name, kind, region_id, agency_id, day_order FROM list_source WHERE id = :id;

-- name: list_source_by_name one
-- A list of a region by its name.
-- in:  region_id text, name text
-- out: id text
SELECT id FROM list_source WHERE region_id = :region_id AND name = :name;

-- name: list_source_add exec
-- A new list.
-- in: source_no int, id text, name text, kind text, region_id text, agency_id text?, day_order text
-- in: stated_by text, stated_at instant
INSERT INTO list_source (source_no, id, name, kind, region_id, agency_id, day_order, stated_by, stated_at)
VALUES (:source_no, :id, :name, :kind, :region_id, :agency_id, :day_order, :stated_by, :stated_at);

-- name: list_source_days exec
-- How its dates are written.
-- in: source_no int, day_order text
UPDATE list_source SET day_order = :day_order WHERE source_no = :source_no;

-- name: list_columns many
-- What columns of the list were said to be.
-- in:  source_no int
-- out: header int, field text
SELECT header, field FROM list_column WHERE source_no = :source_no;

-- name: list_column_put exec
-- Remembers what a column is.
-- in: source_no int, header int, field text
INSERT INTO list_column (source_no, header, field) VALUES (:source_no, :header, :field)
ON CONFLICT (source_no, header) DO UPDATE SET field = excluded.field;

-- name: list_words many
-- What words of the list were said to mean.
-- in:  source_no int
-- out: field text, word int, code int
SELECT field, word, code FROM list_word WHERE source_no = :source_no;

-- name: list_word_put exec
-- Remembers what a word means.
-- in: source_no int, field text, word int, code int
INSERT INTO list_word (source_no, field, word, code) VALUES (:source_no, :field, :word, :code)
ON CONFLICT (source_no, field, word) DO UPDATE SET code = excluded.code;

-- name: list_drafts many
-- The files of a region (empty: of all) that wait.
-- in:  region_id text
-- out: id text, source text, made_at instant
-- scan: few files wait
SELECT d.id, s.name AS source, d.made_at FROM list_draft d JOIN list_source s ON s.source_no = d.source_no
WHERE :region_id = '' OR s.region_id = :region_id ORDER BY d.made_at DESC;

-- name: list_draft_by_id one
-- A file that waits, with its list.
-- in:  id text
-- out: source_id text, head sealed, chunks int
SELECT s.id AS source_id, d.head, d.chunks FROM list_draft d JOIN list_source s ON s.source_no = d.source_no
WHERE d.id = :id;

-- name: list_draft_add exec
-- A file was read whole.
-- in: id text, source_no int, made_by text, made_at instant, head sealed, chunks int
INSERT INTO list_draft (id, source_no, made_by, made_at, head, chunks)
VALUES (:id, :source_no, :made_by, :made_at, :head, :chunks);

-- name: list_draft_end count
-- It waits no more.
-- in: id text
DELETE FROM list_draft WHERE id = :id;

-- name: list_draft_chunks_end exec
-- Its rows go.
-- in: draft_id text
DELETE FROM list_draft_chunk WHERE draft_id = :draft_id;

-- name: list_draft_chunk_add exec
-- A piece of its rows.
-- in: draft_id text, no int, body sealed
INSERT INTO list_draft_chunk (draft_id, no, body) VALUES (:draft_id, :no, :body);

-- name: list_draft_chunk one
-- The same again.
-- in:  draft_id text, no int
-- out: body sealed
SELECT body FROM list_draft_chunk WHERE draft_id = :draft_id AND no = :no;

-- name: list_enrollments_absent exec
-- New versions of the enrollments of such a client.
-- in: client_no int, from_import int
INSERT INTO enrollment (client_no, enrollment_no, from_import, to_import, project_no, entry, exit, gone, dossier)
SELECT client_no, enrollment_no, :from_import, 2147483647, project_no, entry, exit, 1, dossier
FROM enrollment WHERE client_no = :client_no AND to_import = 2147483647 AND from_import < :from_import;

-- name: list_enrollments_close exec
-- The visible versions of a client's enrollments end with that import.
-- in: client_no int, import_no int
UPDATE enrollment SET to_import = :import_no
WHERE client_no = :client_no AND to_import = 2147483647 AND from_import < :import_no;

-- name: list_client_absent exec
-- A new version of a client that the newest file of its list has no more.
-- in: client_no int, from_import int
INSERT INTO client (client_no, from_import, to_import, source_no, personal_id, updated, exported, hashed, gone, name,
	ssn, birth, veteran)
SELECT client_no, :from_import, 2147483647, source_no, personal_id, updated, exported, hashed, 1, name, ssn, birth, veteran
FROM client WHERE client_no = :client_no AND to_import = 2147483647 AND from_import < :from_import;
