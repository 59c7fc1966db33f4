-- Rows that imports set aside and values they left out.

-- name: import_flag_add bulk
-- One of them.
-- in: import_no int, no int, file int, line int, column_name text?, problem int, aside bool, row_key text?, text sealed?
INSERT INTO import_flag (import_no, no, file, line, column_name, problem, aside, row_key, text)
VALUES (:import_no, :no, :file, :line, :column_name, :problem, :aside, :row_key, :text);

-- name: import_flags many
-- Those of an import, from a number on, in order.
-- in:  import_no int, after int, most int
-- out: no int, file int, line int, column_name text?, problem int, aside bool, row_key text?, text sealed?
SELECT no, file, line, column_name, problem, aside, row_key, text FROM import_flag
WHERE import_no = :import_no AND no > :after ORDER BY no LIMIT :most;

-- name: import_flags_by_problem many
-- How many of each kind an import has.
-- in:  import_no int
-- out: file int, problem int, column_name text?, aside bool, flags int
SELECT file, problem, column_name, aside, count(*) AS flags FROM import_flag WHERE import_no = :import_no
GROUP BY file, problem, column_name, aside ORDER BY file, problem, column_name, aside;

-- name: import_flags_drop count
-- Forgets some of those of an import that was not applied.
-- in: import_no int, most int
DELETE FROM import_flag WHERE (import_no, no) IN (
	SELECT import_no, no FROM import_flag WHERE import_no = :import_no ORDER BY no LIMIT :most);
