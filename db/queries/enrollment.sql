-- Enrollments with their dossiers. `now` is hmis_now.import_no everywhere.

-- name: enrollments_of_client many
-- The enrollments of a client.
-- in:  client_no int, now int
-- out: enrollment_no int, from_import int, project_no int, entry day, exit day?, gone bool, dossier sealed
SELECT enrollment_no, from_import, project_no, entry, exit, gone, dossier FROM enrollment
WHERE client_no = :client_no AND from_import <= :now AND to_import > :now
ORDER BY enrollment_no;

-- name: enrollments_between many
-- The enrollments of clients by number.
-- in:  low int, high int, now int
-- out: client_no int, enrollment_no int, from_import int, project_no int, gone bool, dossier sealed
SELECT client_no, enrollment_no, from_import, project_no, gone, dossier FROM enrollment
WHERE client_no >= :low AND client_no <= :high AND from_import <= :now AND to_import > :now
ORDER BY client_no, enrollment_no;

-- name: enrollment_add bulk
-- A new version of an enrollment.
-- in: client_no int, enrollment_no int, from_import int, to_import int, project_no int, entry day, exit day?
-- in: gone bool, dossier sealed
INSERT INTO enrollment (client_no, enrollment_no, from_import, to_import, project_no, entry, exit, gone, dossier)
VALUES (:client_no, :enrollment_no, :from_import, :to_import, :project_no, :entry, :exit, :gone, :dossier);

-- name: enrollment_close exec
-- The visible version ends with that import.
-- in: client_no int, enrollment_no int, import_no int
UPDATE enrollment SET to_import = :import_no
WHERE client_no = :client_no AND enrollment_no = :enrollment_no AND to_import = 2147483647
	AND from_import < :import_no;
