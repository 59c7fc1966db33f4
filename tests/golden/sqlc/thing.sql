-- Every kind of statement and every type, as a golden file.

-- name: thing_add exec
-- A new thing. This sentence is
-- longer than a line.
-- in: id text, size int, heavy bool, since day, seen instant
-- in: seal bytes, note text?, weight int?, gone day?, told instant?, photo bytes?
INSERT INTO thing (id, size, heavy, since, seen, seal, note, weight, gone, told, photo)
VALUES (:id, :size, :heavy, :since, :seen, :seal, :note, :weight, :gone, :told, :photo);

-- name: thing_by_id one
-- A thing by its id.
-- in:  id text
-- out: size int, heavy bool, since day, seen instant, seal bytes, note text?, weight int?, gone day?
SELECT size, heavy, since, seen, seal, note, weight, gone FROM thing WHERE id = :id;

-- name: things_of many
-- Some things; what is quoted stays as it is: ':id', '{true}', "?".
-- in:  ids text, sizes int, least int?
-- out: id text
-- scan: there are few, and a " needs care
SELECT id FROM thing WHERE id IN (:ids[3]) AND size IN (:sizes[2]) AND size >= :least
	AND id IN (:ids[3]) AND note <> ':id {true}' -- and no more
ORDER BY id;

-- name: things_all each
-- All of them, locked or not.
-- out: id text, weight int?
SELECT id, weight FROM thing WHERE {true} ORDER BY weight NULLS FIRST, id;

-- name: thing_lock one
-- The lock makes it a writer.
-- for: people privacy
-- in:  id text
-- out: id text
SELECT id FROM thing WHERE id = :id {now_lock};

-- name: thing_grow count
-- The same parameter twice is one number.
-- in: id text, by int
UPDATE thing SET size = size + :by, weight = weight + :by WHERE id = :id;

-- name: thing_load bulk
-- Many at once.
-- in: id text, size int, photo bytes?
INSERT INTO thing (id, size, photo) VALUES (:id, :size, :photo);

-- name: thing_of_code one
-- A code gives somebody away.
-- in:  code text
-- out: code text, weight int?
SELECT code, weight FROM thing WHERE code = :code;

-- name: thing_seal exec
-- So does what somebody wrote, and here it is their own.
-- for: all: whoever wrote it may
-- in: id text, seal sealed
UPDATE thing SET seal = :seal WHERE id = :id;
