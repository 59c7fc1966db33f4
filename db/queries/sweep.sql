-- What imports leave behind: rows that were replaced, and rows of an import that was not applied.
-- Every statement takes a bounded share, so that a live meeting's writers get their turn. `now` is
-- hmis_now.import_no.

-- name: sweep_hmis_person_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM hmis_person WHERE (source_no, key, client_no, from_import) IN (
	SELECT source_no, key, client_no, from_import FROM hmis_person WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_hmis_person_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE hmis_person SET to_import = 2147483647 WHERE (source_no, key, client_no, from_import) IN (
	SELECT source_no, key, client_no, from_import FROM hmis_person WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_hmis_deleted_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM hmis_deleted WHERE (source_no, key, file, row_id, from_import) IN (
	SELECT source_no, key, file, row_id, from_import FROM hmis_deleted WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_hmis_deleted_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE hmis_deleted SET to_import = 2147483647 WHERE (source_no, key, file, row_id, from_import) IN (
	SELECT source_no, key, file, row_id, from_import FROM hmis_deleted WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_client_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM client WHERE (client_no, from_import) IN (
	SELECT client_no, from_import FROM client WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_client_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE client SET to_import = 2147483647 WHERE (client_no, from_import) IN (
	SELECT client_no, from_import FROM client WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_enrollment_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM enrollment WHERE (client_no, enrollment_no, from_import) IN (
	SELECT client_no, enrollment_no, from_import FROM enrollment WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_enrollment_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE enrollment SET to_import = 2147483647 WHERE (client_no, enrollment_no, from_import) IN (
	SELECT client_no, enrollment_no, from_import FROM enrollment WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_household_member_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM household_member WHERE (household_no, client_no, from_import) IN (
	SELECT household_no, client_no, from_import FROM household_member WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_household_member_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE household_member SET to_import = 2147483647 WHERE (household_no, client_no, from_import) IN (
	SELECT household_no, client_no, from_import FROM household_member WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_household_agency_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM household_agency WHERE (agency_id, household_no, from_import) IN (
	SELECT agency_id, household_no, from_import FROM household_agency WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_household_agency_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE household_agency SET to_import = 2147483647 WHERE (agency_id, household_no, from_import) IN (
	SELECT agency_id, household_no, from_import FROM household_agency WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_listing_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM listing WHERE (household_no, from_import) IN (
	SELECT household_no, from_import FROM listing WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_listing_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE listing SET to_import = 2147483647 WHERE (household_no, from_import) IN (
	SELECT household_no, from_import FROM listing WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_movement_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM movement WHERE (household_no, no, from_import) IN (
	SELECT household_no, no, from_import FROM movement WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_movement_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE movement SET to_import = 2147483647 WHERE (household_no, no, from_import) IN (
	SELECT household_no, no, from_import FROM movement WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_pack_old count
-- Removes rows that were replaced.
-- in: now int, most int
DELETE FROM pack WHERE (low_client, from_import) IN (
	SELECT low_client, from_import FROM pack WHERE to_import < 2147483647 AND to_import <= :now LIMIT :most);

-- name: sweep_pack_back count
-- Takes back that an import that was not applied replaced rows.
-- in: now int, most int
UPDATE pack SET to_import = 2147483647 WHERE (low_client, from_import) IN (
	SELECT low_client, from_import FROM pack WHERE to_import < 2147483647 AND to_import > :now LIMIT :most);

-- name: sweep_client_new exec
-- Removes what an import that was not applied wrote, by number.
-- in: low int, high int, now int
DELETE FROM client WHERE client_no >= :low AND client_no <= :high AND from_import > :now;

-- name: sweep_enrollment_new exec
-- Removes what an import that was not applied wrote, by number.
-- in: low int, high int, now int
DELETE FROM enrollment WHERE client_no >= :low AND client_no <= :high AND from_import > :now;

-- name: sweep_pack_new exec
-- Removes what an import that was not applied wrote, by number.
-- in: low int, high int, now int
DELETE FROM pack WHERE low_client >= :low AND low_client <= :high AND from_import > :now;

-- name: sweep_household_member_new exec
-- Removes what an import that was not applied wrote, by number.
-- in: low int, high int, now int
DELETE FROM household_member WHERE household_no >= :low AND household_no <= :high AND from_import > :now;

-- name: sweep_household_agency_new exec
-- Removes what an import that was not applied wrote, by number.
-- in: low int, high int, now int
DELETE FROM household_agency WHERE household_no >= :low AND household_no <= :high AND from_import > :now;

-- name: sweep_listing_new exec
-- Removes what an import that was not applied wrote, by number.
-- in: low int, high int, now int
DELETE FROM listing WHERE household_no >= :low AND household_no <= :high AND from_import > :now;

-- name: sweep_movement_new exec
-- Removes what an import that was not applied wrote, by number.
-- in: low int, high int, now int
DELETE FROM movement WHERE household_no >= :low AND household_no <= :high AND from_import > :now;

-- name: sweep_client_token_new exec
-- Removes what an import that was not applied wrote, by number.
-- in: low int, high int, now int
DELETE FROM client_token WHERE token >= :low AND token <= :high AND from_import > :now;

-- name: sweep_household_new exec
-- Removes households that an import that was not applied made, by number.
-- in: low int, high int, now int
DELETE FROM household WHERE household_no >= :low AND household_no <= :high AND since_import > :now;

-- name: sweep_hmis_person_new exec
-- Removes what an import that was not applied wrote, by key.
-- in: source_no int, low int, high int, now int
DELETE FROM hmis_person WHERE source_no = :source_no AND key >= :low AND key <= :high AND from_import > :now;

-- name: sweep_hmis_deleted_new exec
-- Removes what an import that was not applied wrote, by key.
-- in: source_no int, low int, high int, now int
DELETE FROM hmis_deleted WHERE source_no = :source_no AND key >= :low AND key <= :high AND from_import > :now;

-- name: sweep_hmis_organization_old exec
-- Removes what was replaced, and what an import that was not applied wrote.
-- in: now int
-- scan: there are few
DELETE FROM hmis_organization WHERE to_import <= :now OR from_import > :now;

-- name: sweep_hmis_organization_back exec
-- Takes back that an import that was not applied replaced rows.
-- in: now int
-- scan: there are few
UPDATE hmis_organization SET to_import = 2147483647 WHERE to_import < 2147483647 AND to_import > :now;

-- name: sweep_hmis_project_old exec
-- Removes what was replaced, and what an import that was not applied wrote.
-- in: now int
-- scan: there are few
DELETE FROM hmis_project WHERE to_import <= :now OR from_import > :now;

-- name: sweep_hmis_project_back exec
-- Takes back that an import that was not applied replaced rows.
-- in: now int
-- scan: there are few
UPDATE hmis_project SET to_import = 2147483647 WHERE to_import < 2147483647 AND to_import > :now;

-- name: sweep_hmis_project_row_old exec
-- Removes what was replaced, and what an import that was not applied wrote.
-- in: now int
-- scan: there are few
DELETE FROM hmis_project_row WHERE to_import <= :now OR from_import > :now;

-- name: sweep_hmis_project_row_back exec
-- Takes back that an import that was not applied replaced rows.
-- in: now int
-- scan: there are few
UPDATE hmis_project_row SET to_import = 2147483647 WHERE to_import < 2147483647 AND to_import > :now;
