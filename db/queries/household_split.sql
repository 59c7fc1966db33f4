-- Households that a person split.

-- name: household_split_add exec
-- Some leave.
-- in: id text, household_no int, new_no int, reason text, day day, start day, import_no int, user_id text
-- in: agency_id text?, at instant
INSERT INTO household_split (id, household_no, new_no, reason, day, start, import_no, user_id, agency_id, at)
VALUES (:id, :household_no, :new_no, :reason, :day, :start, :import_no, :user_id, :agency_id, :at);

-- name: household_split_person_add exec
-- One of the household's people, and on which side.
-- in: split_id text, client_no int, leaves bool
INSERT INTO household_split_person (split_id, client_no, leaves) VALUES (:split_id, :client_no, :leaves);

-- name: household_split_by_id one
-- One of them.
-- in:  id text
-- out: household_no int, household_id text, new_no int, new_id text, reason text, import_no int, user_id text
-- out: agency_id text?, at instant, ended_at instant?
SELECT s.household_no, h.id AS household_id, s.new_no, n.id AS new_id, s.reason, s.import_no, s.user_id, s.agency_id,
	s.at, s.ended_at
FROM household_split s JOIN household h ON h.household_no = s.household_no
JOIN household n ON n.household_no = s.new_no WHERE s.id = :id;

-- name: household_split_end count
-- It was a mistake.
-- in: id text, ended_at instant, ended_by text
UPDATE household_split SET ended_at = :ended_at, ended_by = :ended_by WHERE id = :id AND ended_at IS NULL;

-- name: household_split_people many
-- Everybody of every split by each of their records, in the order of the splits; also of those that were taken back.
-- out: household_no int, new_no int, day day, start day, holds bool, client_no int, leaves bool
-- scan: splits are made by hand
SELECT s.household_no, s.new_no, s.day, s.start, CASE WHEN s.ended_at IS NULL THEN 1 ELSE 0 END AS holds,
	coalesce(k.client_no, p.client_no) AS client_no, p.leaves
FROM household_split s JOIN household_split_person p ON p.split_id = s.id
LEFT JOIN client_link own ON own.client_no = p.client_no
LEFT JOIN client_link k ON k.one_no = own.one_no
ORDER BY s.at, s.id, coalesce(k.client_no, p.client_no);

-- name: household_split_news one
-- How much was recorded about either half after an instant, by people.
-- in:  household_no int, new_no int, after instant
-- out: found_n int
-- scan: asked for once, where somebody takes a split back
SELECT (SELECT count(*) FROM step WHERE household_no IN (:household_no, :new_no) AND created_at > :after)
	+ (SELECT count(*) FROM target_date WHERE household_no IN (:household_no, :new_no) AND set_at > :after)
	+ (SELECT count(*) FROM household_entry WHERE household_no IN (:household_no, :new_no) AND at > :after)
	+ (SELECT count(*) FROM household_mark WHERE household_no IN (:household_no, :new_no) AND at > :after)
	+ (SELECT count(*) FROM evidence WHERE household_no IN (:household_no, :new_no) AND recorded_at > :after)
	+ (SELECT count(*) FROM evidence_task WHERE household_no IN (:household_no, :new_no) AND created_at > :after)
	+ (SELECT count(*) FROM adjustment WHERE household_no IN (:household_no, :new_no) AND proposed_at > :after)
	+ (SELECT count(*) FROM region_move WHERE household_no IN (:household_no, :new_no) AND asked_at > :after)
	+ (SELECT count(*) FROM household_split WHERE household_no IN (:household_no, :new_no) AND at > :after)
	+ (SELECT count(*) FROM cycle_household WHERE household_no IN (:household_no, :new_no) AND joined_at > :after)
	+ (SELECT count(*) FROM card WHERE household_no IN (:household_no, :new_no) AND opened_at > :after) AS found_n;

-- name: household_split_facts one
-- How many facts of its people came with imports after the one it was decided on.
-- in:  split_id text, import_no int
-- out: found_n int
SELECT count(*) AS found_n FROM household_split_person p
JOIN enrollment e ON e.client_no = p.client_no AND e.from_import > :import_no
WHERE p.split_id = :split_id;

-- name: household_code_taken one
-- Whether a household has the code.
-- in:  code text
-- out: household_no int
SELECT household_no FROM household WHERE code = :code;
