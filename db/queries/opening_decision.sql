-- Decisions of people on the board of openings.

-- name: opening_decision_add exec
-- A new one.
-- in: id text, opening_id text, household_no int, what text, proposed bool, reason sealed?, fetcher text?
-- in: until_day day?, made_by text, made_at instant
INSERT INTO opening_decision (id, opening_id, household_no, what, proposed, reason, fetcher, until_day, made_by, made_at)
VALUES (:id, :opening_id, :household_no, :what, :proposed, :reason, :fetcher, :until_day, :made_by, :made_at);

-- name: opening_decisions_of_region many
-- Those that stand, of a region's openings that have not ended; a home is held until its last day. Oldest first.
-- in:  region_id text, today day
-- out: id text, opening_id text, household_no int, what text, proposed bool, reason sealed?, fetcher text?
-- out: until_day day?, made_by text, made_at instant
SELECT d.id, d.opening_id, d.household_no, d.what, d.proposed, d.reason, f.name AS fetcher, d.until_day, u.name AS made_by,
	d.made_at
FROM opening o JOIN opening_decision d ON d.opening_id = o.id AND d.ended_at IS NULL
JOIN app_user u ON u.id = d.made_by LEFT JOIN app_user f ON f.id = d.fetcher
WHERE o.region_id = :region_id AND o.ended_day IS NULL AND (d.until_day IS NULL OR d.until_day >= :today)
ORDER BY d.made_at, d.id;

-- name: opening_decision_by_id one
-- One of them, of an opening that is open.
-- in:  id text
-- out: opening_id text, household_id text, what text
SELECT d.opening_id, h.id AS household_id, d.what FROM opening_decision d JOIN household h ON h.household_no = d.household_no
WHERE d.id = :id;

-- name: opening_accepted one
-- The home that a household was accepted for.
-- in:  household_no int
-- out: program text, made_by text
SELECT o.program, u.name AS made_by FROM opening_decision d JOIN opening o ON o.id = d.opening_id
JOIN app_user u ON u.id = d.made_by
WHERE d.household_no = :household_no AND d.what = 'accepted' AND d.ended_at IS NULL;

-- name: opening_decision_end count
-- It is taken back; of two who do so at once, one is told.
-- in: id text, ended_by text, ended_at instant
UPDATE opening_decision SET ended_by = :ended_by, ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: opening_decisions_over count
-- The opening ended, and all that was decided about it.
-- in: opening_id text, ended_by text, ended_at instant
UPDATE opening_decision SET ended_by = :ended_by, ended_at = :ended_at WHERE opening_id = :opening_id AND ended_at IS NULL;

-- name: opening_accept_over count
-- The referral that was made of it ended.
-- in: opening_id text, household_no int, ended_by text?, ended_at instant
UPDATE opening_decision SET ended_by = :ended_by, ended_at = :ended_at
WHERE opening_id = :opening_id AND household_no = :household_no AND what = 'accepted' AND ended_at IS NULL;

-- name: opening_referred many
-- Households of a region's list that a referral to some home is under way for.
-- in:  region_id text
-- out: household_no int
SELECT DISTINCT household_no FROM referral
WHERE region_id = :region_id AND ended_day IS NULL AND state <> 'requested' AND household_no IS NOT NULL
ORDER BY household_no;

-- name: opening_holds_over count
-- Nothing is held any more for a household, or of a home, that a decision is about.
-- in: opening_id text, household_no int, ended_by text, ended_at instant
-- scan: the homes that are held
UPDATE opening_decision SET ended_by = :ended_by, ended_at = :ended_at
WHERE what = 'held' AND ended_at IS NULL AND (opening_id = :opening_id OR household_no = :household_no);
