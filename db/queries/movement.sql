-- The history of households and its books. `now` is hmis_now.import_no everywhere.

-- name: movements_between many
-- Rows by household number.
-- in:  low int, high int, now int
-- out: household_no int, no int, day day, month int?, was int, became int, cause int, adjustment bool, holds bool
SELECT household_no, no, day, month, was, became, cause, adjustment, holds FROM movement
WHERE household_no >= :low AND household_no <= :high AND from_import <= :now AND to_import > :now
ORDER BY household_no, no;

-- name: movements_of many
-- The history of a household as known today, with the instant at which each change was learnt.
-- in:  household_no int, now int
-- out: day day, was int, became int, cause int, learnt instant
SELECT m.day, m.was, m.became, m.cause, i.begun_at AS learnt
FROM movement m
JOIN hmis_import i ON i.no = m.from_import
WHERE m.household_no = :household_no AND m.from_import <= :now AND m.to_import > :now AND m.holds = 1
ORDER BY m.day, m.no;

-- name: movements_booked each
-- What is in the books.
-- in:  now int
-- out: household_no int, month int, was int, became int, cause int, adjustment bool
-- scan: the ledger adds up all of them
SELECT household_no, month, was, became, cause, adjustment FROM movement
WHERE month IS NOT NULL AND from_import <= :now AND to_import > :now;

-- name: movement_first one
-- The first month in the books; none where nothing is booked.
-- in:  now int
-- out: month int?
SELECT min(month) AS month FROM movement WHERE month IS NOT NULL AND from_import <= :now AND to_import > :now;

-- name: movement_add bulk
-- A new row, or a new version of one.
-- in: household_no int, no int, from_import int, to_import int, day day, month int?, was int, became int, cause int
-- in: adjustment bool, holds bool
INSERT INTO movement (household_no, no, from_import, to_import, day, month, was, became, cause, adjustment, holds)
VALUES (:household_no, :no, :from_import, :to_import, :day, :month, :was, :became, :cause, :adjustment, :holds);

-- name: movement_close exec
-- The visible version ends with that import.
-- in: household_no int, no int, import_no int
UPDATE movement SET to_import = :import_no
WHERE household_no = :household_no AND no = :no AND to_import = 2147483647 AND from_import < :import_no;
