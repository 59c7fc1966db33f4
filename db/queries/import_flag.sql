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
