-- Households, who is in them and who serves them. `now` is hmis_now.import_no everywhere.

-- name: household_last one
-- The highest number of a household, 0 where there is none.
-- out: no int
SELECT coalesce(max(household_no), 0) AS no FROM household;

-- name: household_by_id one
-- A household by its id.
-- for: people privacy
-- in:  id text
-- out: household_no int, code text
SELECT household_no, code FROM household WHERE id = :id;

-- name: households_unlisted many
-- Those of some households that are on no list any more.
-- in:  nos int
-- out: household_no int, id text, code text
SELECT h.household_no, h.id, h.code
FROM household h
JOIN hmis_now n ON n.one = 1
WHERE h.household_no IN (:nos[50]) AND NOT EXISTS (SELECT 1 FROM listing l
	WHERE l.household_no = h.household_no AND l.from_import <= n.import_no AND l.to_import > n.import_no);

-- name: households_between many
-- Households by number.
-- in:  low int, high int
-- out: household_no int, tie int, code text
SELECT household_no, tie, code FROM household WHERE household_no >= :low AND household_no <= :high
ORDER BY household_no;

-- name: household_add bulk
-- A new household.
-- in: household_no int, id text, code text, tie int, since_import int
INSERT INTO household (household_no, id, code, tie, since_import)
VALUES (:household_no, :id, :code, :tie, :since_import);

-- name: household_members_between many
-- Who is in which household, by number.
-- in:  low int, high int, now int
-- out: household_no int, client_no int, head bool, relationship int?
SELECT household_no, client_no, head, relationship FROM household_member
WHERE household_no >= :low AND household_no <= :high AND from_import <= :now AND to_import > :now
ORDER BY household_no, client_no;

-- name: household_member_add bulk
-- A new version of a membership.
-- in: household_no int, client_no int, from_import int, to_import int, head bool, relationship int?
INSERT INTO household_member (household_no, client_no, from_import, to_import, head, relationship)
VALUES (:household_no, :client_no, :from_import, :to_import, :head, :relationship);

-- name: household_member_close exec
-- The visible version ends with that import.
-- in: household_no int, client_no int, import_no int
UPDATE household_member SET to_import = :import_no
WHERE household_no = :household_no AND client_no = :client_no AND to_import = 2147483647
	AND from_import < :import_no;

-- name: household_agencies_between many
-- Which agencies serve which household, by number.
-- in:  low int, high int, now int
-- out: household_no int, agency_id text, last_day day, record_no int?
SELECT household_no, agency_id, last_day, record_no FROM household_agency
WHERE household_no >= :low AND household_no <= :high AND from_import <= :now AND to_import > :now
ORDER BY household_no, agency_id;

-- name: household_agency_add bulk
-- A new version of who serves a household.
-- in: agency_id text, household_no int, from_import int, to_import int, last_day day, record_no int?
INSERT INTO household_agency (agency_id, household_no, from_import, to_import, last_day, record_no)
VALUES (:agency_id, :household_no, :from_import, :to_import, :last_day, :record_no);

-- name: household_agency_close exec
-- The visible version ends with that import.
-- in: agency_id text, household_no int, import_no int
UPDATE household_agency SET to_import = :import_no
WHERE agency_id = :agency_id AND household_no = :household_no AND to_import = 2147483647
	AND from_import < :import_no;

-- name: household_mark_last one
-- The highest number of a mark on a household, 0 where there is none.
-- in:  household_no int
-- out: no int
SELECT coalesce(max(no), 0) AS no FROM household_mark WHERE household_no = :household_no;

-- name: household_mark_add exec
-- A person decides something about a household.
-- in: household_no int, no int, kind text, day day, region_id text?, reason sealed, user_id text, at instant
-- in: import_no int
INSERT INTO household_mark (household_no, no, kind, day, region_id, reason, user_id, at, import_no)
VALUES (:household_no, :no, :kind, :day, :region_id, :reason, :user_id, :at, :import_no);

-- name: household_mark_end count
-- The marks of a kind on a household are taken back, or give way to a newer one.
-- in: household_no int, kind text, ended_at instant, ended_by text
UPDATE household_mark SET ended_at = :ended_at, ended_by = :ended_by
WHERE household_no = :household_no AND kind = :kind AND ended_at IS NULL;

-- name: household_marks many
-- What people decided and did not take back.
-- out: household_no int, kind text, day day, region_id text?, import_no int
-- scan: marks are made by hand
SELECT household_no, kind, day, region_id, import_no FROM household_mark WHERE ended_at IS NULL ORDER BY household_no, no;

-- name: household_marks_of many
-- What people decided about a household, newest first.
-- in:  household_no int
-- out: no int, kind text, day day, region_id text?, reason sealed, user_id text, at instant, ended_at instant?
SELECT no, kind, day, region_id, reason, user_id, at, ended_at FROM household_mark
WHERE household_no = :household_no ORDER BY no DESC;

-- name: household_by_code one
-- A household by its code.
-- for: people privacy
-- in:  code text
-- out: household_no int, id text
SELECT household_no, id FROM household WHERE code = :code;

-- name: household_threads many
-- Ids under which the journal speaks of a household: its own, and those of its steps and cards.
-- in:  household_no int
-- out: id text
SELECT id FROM household WHERE household_no = :household_no
UNION ALL SELECT id FROM step WHERE household_no = :household_no
UNION ALL SELECT id FROM card WHERE household_no = :household_no;
