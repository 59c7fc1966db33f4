-- Packed copies of what standing looks at. `now` is hmis_now.import_no everywhere.

-- name: packs_between many
-- Packs by number.
-- in:  low int, high int, now int
-- out: low_client int, content sealed
SELECT low_client, content FROM pack
WHERE low_client >= :low AND low_client <= :high AND from_import <= :now AND to_import > :now
ORDER BY low_client;

-- name: pack_next one
-- The first pack behind a number.
-- in:  after int, now int
-- out: low_client int, content sealed
SELECT low_client, content FROM pack
WHERE low_client > :after AND from_import <= :now AND to_import > :now
ORDER BY low_client LIMIT 1;

-- name: pack_count one
-- How many there are, and the highest number (0: none).
-- in:  now int
-- out: packs int, last int
-- scan: counts them
SELECT count(*) AS packs, coalesce(max(low_client), 0) AS last FROM pack
WHERE from_import <= :now AND to_import > :now;

-- name: pack_add exec
-- A new version of a pack.
-- in: low_client int, from_import int, to_import int, content sealed
INSERT INTO pack (low_client, from_import, to_import, content) VALUES (:low_client, :from_import, :to_import, :content);

-- name: pack_close exec
-- The visible version ends with that import.
-- in: low_client int, import_no int
UPDATE pack SET to_import = :import_no
WHERE low_client = :low_client AND to_import = 2147483647 AND from_import < :import_no;

-- name: pack_decisions many
-- What people decided about households that standing looks at, for each member; before it, what they decided about the
-- former household of a record that is joined to the member's.
-- in:  now int
-- out: client_no int, kind text, day day
-- scan: marks are made by hand
SELECT client_no, kind, day FROM (
	SELECT m.client_no, k.kind, k.day, 1 AS turn, k.household_no, k.no
	FROM household_mark k CROSS JOIN household_member m
	WHERE m.household_no = k.household_no AND m.from_import <= :now AND m.to_import > :now AND k.ended_at IS NULL
		AND k.kind IN ('add', 'moved_away', 'ineligible', 'verified')
	UNION ALL
	SELECT l.client_no, k.kind, k.day, 0 AS turn, k.household_no, k.no
	FROM (
		SELECT low_no AS client_no, low_household AS household_no FROM duplicate_decision WHERE kind = 'same'
		UNION
		SELECT high_no AS client_no, high_household AS household_no FROM duplicate_decision WHERE kind = 'same'
	) d
	JOIN client_link own ON own.client_no = d.client_no
	JOIN client_link l ON l.one_no = own.one_no
	JOIN household_mark k ON k.household_no = d.household_no AND k.ended_at IS NULL
		AND k.kind IN ('add', 'moved_away', 'ineligible', 'verified')
	WHERE NOT EXISTS (SELECT 1 FROM household_member m WHERE m.household_no = k.household_no
		AND m.client_no = l.client_no AND m.from_import <= :now AND m.to_import > :now)
) x
ORDER BY client_no, turn, household_no, no;
