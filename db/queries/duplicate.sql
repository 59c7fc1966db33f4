-- Records that may be of one person. `now` is hmis_now.import_no everywhere.

-- name: duplicate_look one
-- How far records have been compared.
-- out: import_no int, at instant?, left_out int
SELECT import_no, at, left_out FROM duplicate_look WHERE one = 1;

-- name: duplicate_look_claim count
-- Takes the work, unless somebody is at it since `before`.
-- in: at instant, before instant
UPDATE duplicate_look SET claimed_at = :at WHERE one = 1 AND (claimed_at IS NULL OR claimed_at < :before);

-- name: duplicate_look_free exec
-- Gives the work back, undone.
UPDATE duplicate_look SET claimed_at = NULL WHERE one = 1;

-- name: duplicate_look_done exec
-- Everything up to the number was compared.
-- in: import_no int, at instant, left_out int
UPDATE duplicate_look SET import_no = :import_no, at = :at, left_out = :left_out, claimed_at = NULL WHERE one = 1;

-- name: duplicate_people many
-- Who is compared, by number: not who is on a list by a code alone or whose names are hashes.
-- in:  low int, high int, now int
-- out: client_no int, from_import int, name sealed?, ssn sealed?, birth sealed?, traits sealed?
SELECT c.client_no, c.from_import, c.name, c.ssn, c.birth, c.traits FROM client c
WHERE c.client_no >= :low AND c.client_no <= :high AND c.from_import <= :now AND c.to_import > :now AND c.hashed = 0
	AND NOT EXISTS (SELECT 1 FROM list_source s WHERE s.source_no = c.source_no AND s.kind = 'coded')
ORDER BY c.client_no;

-- name: client_block_clear exec
-- A client's keys are made anew.
-- in: client_no int
DELETE FROM client_block WHERE client_no = :client_no;

-- name: client_block_add bulk
-- A key of a client.
-- in: client_no int, key int
INSERT INTO client_block (client_no, key) VALUES (:client_no, :key);

-- name: client_blocks each
-- All keys with their clients.
-- out: key int, client_no int
-- scan: what is new is compared with everybody
SELECT key, client_no FROM client_block ORDER BY key, client_no;

-- name: duplicate_clear_low exec
-- What was found about a client is found anew.
-- in: client_no int
DELETE FROM duplicate WHERE low_no = :client_no;

-- name: duplicate_clear_high exec
-- What was found about a client is found anew.
-- in: client_no int
DELETE FROM duplicate WHERE high_no = :client_no;

-- name: duplicate_add bulk
-- A pair.
-- in: low_no int, high_no int, bits int
INSERT INTO duplicate (low_no, high_no, bits) VALUES (:low_no, :high_no, :bits);

-- name: duplicates many
-- Pairs of people on the list about whom nobody has decided yet, the weightiest first.
-- in:  now int
-- out: low_no int, high_no int, bits int, low_household int, high_household int
-- scan: there are few, and a list holder works through them
SELECT d.low_no, d.high_no, d.bits, l.household_no AS low_household, h.household_no AS high_household
FROM duplicate d
LEFT JOIN client_link lo ON lo.client_no = d.low_no LEFT JOIN client_link lk ON lk.one_no = lo.one_no
LEFT JOIN client_link ho ON ho.client_no = d.high_no LEFT JOIN client_link hk ON hk.one_no = ho.one_no
JOIN household_member l ON l.client_no = coalesce(lk.client_no, d.low_no) AND l.from_import <= :now AND l.to_import > :now
JOIN household_member h ON h.client_no = coalesce(hk.client_no, d.high_no) AND h.from_import <= :now
	AND h.to_import > :now
WHERE (lo.one_no IS NULL OR ho.one_no IS NULL OR lo.one_no <> ho.one_no)
	AND NOT EXISTS (SELECT 1 FROM duplicate_decision x WHERE x.low_no = d.low_no AND x.high_no = d.high_no
		AND x.ended_at IS NULL AND x.kind IN ('same', 'different'))
ORDER BY d.bits DESC, d.low_no, d.high_no;

-- name: duplicate_pair one
-- A pair, whether anybody has decided or not.
-- in:  low_no int, high_no int, now int
-- out: bits int, low_household int, high_household int
SELECT d.bits, l.household_no AS low_household, h.household_no AS high_household
FROM duplicate d
LEFT JOIN client_link lo ON lo.client_no = d.low_no LEFT JOIN client_link lk ON lk.one_no = lo.one_no
LEFT JOIN client_link ho ON ho.client_no = d.high_no LEFT JOIN client_link hk ON hk.one_no = ho.one_no
JOIN household_member l ON l.client_no = coalesce(lk.client_no, d.low_no) AND l.from_import <= :now AND l.to_import > :now
JOIN household_member h ON h.client_no = coalesce(hk.client_no, d.high_no) AND h.from_import <= :now
	AND h.to_import > :now
WHERE d.low_no = :low_no AND d.high_no = :high_no;

-- name: duplicate_decisions many
-- Decisions that stand, newest first.
-- out: no int, low_no int, high_no int, kind text, low_household int, high_household int, region_id text?
-- out: reason sealed, by text, at instant
-- scan: decisions are made by hand
SELECT x.no, x.low_no, x.high_no, x.kind, x.low_household, x.high_household, x.region_id, x.reason, u.name AS by, x.at
FROM duplicate_decision x JOIN app_user u ON u.id = x.user_id
WHERE x.ended_at IS NULL ORDER BY x.no DESC;

-- name: duplicate_decision_of many
-- Decisions about a pair that stand, newest first.
-- in:  low_no int, high_no int
-- out: no int, kind text, low_household int, high_household int, region_id text?
SELECT no, kind, low_household, high_household, region_id FROM duplicate_decision
WHERE low_no = :low_no AND high_no = :high_no AND ended_at IS NULL ORDER BY no DESC;

-- name: duplicate_decision_last one
-- The highest number of a decision, 0 where there is none.
-- out: no int
SELECT coalesce(max(no), 0) AS no FROM duplicate_decision;

-- name: duplicate_decision_add exec
-- Somebody decides about a pair.
-- in: no int, low_no int, high_no int, kind text, low_household int, high_household int, region_id text?
-- in: reason sealed, user_id text, at instant
INSERT INTO duplicate_decision (no, low_no, high_no, kind, low_household, high_household, region_id, reason, user_id, at)
VALUES (:no, :low_no, :high_no, :kind, :low_household, :high_household, :region_id, :reason, :user_id, :at);

-- name: duplicate_decision_end count
-- What was decided about a pair is taken back, or gives way to something newer.
-- in: low_no int, high_no int, ended_at instant, ended_by text
UPDATE duplicate_decision SET ended_at = :ended_at, ended_by = :ended_by
WHERE low_no = :low_no AND high_no = :high_no AND ended_at IS NULL;

-- name: duplicate_homes many
-- The households of people who were joined, also of those who are so no more.
-- out: low_no int, high_no int, low_household int, high_household int
-- scan: decisions are made by hand
SELECT low_no, high_no, low_household, high_household FROM duplicate_decision WHERE kind = 'same' ORDER BY no;

-- name: client_links many
-- Which records are of one person.
-- out: client_no int, one_no int
-- scan: made by hand, a pair at a time
SELECT client_no, one_no FROM client_link ORDER BY client_no;

-- name: client_links_clear exec
-- They are made anew from the decisions.
DELETE FROM client_link WHERE client_no > 0;

-- name: client_link_add exec
-- A record of somebody.
-- in: client_no int, one_no int
INSERT INTO client_link (client_no, one_no) VALUES (:client_no, :one_no);

-- name: household_records many
-- The records of a household's people beside those that are listed.
-- in:  household_no int, now int
-- out: client_no int
SELECT k.client_no
FROM household_member m
JOIN client_link own ON own.client_no = m.client_no
JOIN client_link k ON k.one_no = own.one_no AND k.client_no <> m.client_no
WHERE m.household_no = :household_no AND m.from_import <= :now AND m.to_import > :now ORDER BY k.client_no;

-- name: household_formers many
-- The households that gave way to one.
-- in:  household_no int
-- out: former_no int, code text
SELECT DISTINCT f.former_no, h.code FROM household_former f JOIN household h ON h.household_no = f.former_no
WHERE f.household_no = :household_no ORDER BY f.former_no LIMIT 50;

-- name: household_joined many
-- The decisions by which records of a household's people are one person's, and the household that each was about.
-- in:  household_no int, now int
-- out: low_no int, high_no int, code text, by text, at instant
SELECT d.low_no, d.high_no, h.code, u.name AS by, d.at
FROM household_member m
JOIN client_link own ON own.client_no = m.client_no
JOIN client_link k ON k.one_no = own.one_no
JOIN duplicate_decision d ON d.low_no = k.client_no AND d.kind = 'same' AND d.ended_at IS NULL
JOIN household h ON h.household_no = CASE WHEN d.low_household = :household_no THEN d.high_household
	ELSE d.low_household END
JOIN app_user u ON u.id = d.user_id
WHERE m.household_no = :household_no AND m.from_import <= :now AND m.to_import > :now ORDER BY d.no;
