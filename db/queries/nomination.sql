-- Nominations for a kind of opening, and what the group said.

-- name: nomination_add exec
-- An agency names a household.
-- in: id text, household_no int, kind text, reason sealed, review_day day, until_day day
-- in: proposed_by text, proposed_agency text, proposed_at instant
INSERT INTO nomination (id, household_no, kind, reason, review_day, until_day, proposed_by, proposed_agency, proposed_at)
VALUES (:id, :household_no, :kind, :reason, :review_day, :until_day, :proposed_by, :proposed_agency, :proposed_at);

-- name: nomination_by_id one
-- One of them.
-- in:  id text
-- out: household_no int, kind text, proposed_agency text, until_day day, agreed int?, ended_at instant?
SELECT household_no, kind, proposed_agency, until_day, agreed, ended_at FROM nomination WHERE id = :id;

-- name: nominations_of many
-- Those of a household, newest first.
-- in:  household_no int
-- out: id text, kind text, reason sealed, review_day day, until_day day, proposed_agency text, proposed_name text
-- out: proposed_by text, proposed_at instant, agreed int?, why sealed?, level int?, decided_by text?, decided_day day?
-- out: conference day?, ended_by text?, ended_at instant?
SELECT n.id, n.kind, n.reason, n.review_day, n.until_day, n.proposed_agency, g.name AS proposed_name,
	p.name AS proposed_by, n.proposed_at, n.agreed, n.why, n.level, d.name AS decided_by, n.decided_day,
	f.day AS conference, e.name AS ended_by, n.ended_at
FROM nomination n JOIN agency g ON g.id = n.proposed_agency JOIN app_user p ON p.id = n.proposed_by
LEFT JOIN app_user d ON d.id = n.decided_by LEFT JOIN app_user e ON e.id = n.ended_by
LEFT JOIN conference f ON f.id = n.conference_id
WHERE n.household_no = :household_no ORDER BY n.proposed_at DESC, n.id;

-- name: nomination_open one
-- A household's nomination for a kind of opening that waits or holds on a day.
-- in:  household_no int, kind text, day int
-- out: id text
SELECT id FROM nomination
WHERE household_no = :household_no AND kind = :kind AND ended_at IS NULL AND until_day >= :day
	AND (agreed IS NULL OR agreed = 1) LIMIT 1;

-- name: nomination_decide count
-- What the group decided, once.
-- in: id text, agreed bool, why sealed, level int, decided_by text, decided_day day, conference_id text?
UPDATE nomination SET agreed = :agreed, why = :why, level = :level, decided_by = :decided_by,
	decided_day = :decided_day, conference_id = :conference_id
WHERE id = :id AND agreed IS NULL AND ended_at IS NULL;

-- name: nomination_end count
-- People end it.
-- in: id text, ended_by text, ended_at instant
UPDATE nomination SET ended_by = :ended_by, ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: nomination_review count
-- It was looked at and stays; the next time is another day.
-- in: id text, review_day day
UPDATE nomination SET review_day = :review_day WHERE id = :id AND agreed = 1 AND ended_at IS NULL;

-- name: nomination_parts many
-- What the agencies stated about a nomination, by name.
-- in:  nomination_id text
-- out: agency_id text, agency text, stance text, stated_by text, stated_at instant
SELECT p.agency_id, g.name AS agency, p.stance, u.name AS stated_by, p.stated_at
FROM nomination_part p JOIN agency g ON g.id = p.agency_id JOIN app_user u ON u.id = p.stated_by
WHERE p.nomination_id = :nomination_id ORDER BY g.name, p.agency_id;

-- name: nomination_part_put exec
-- An agency states something, or something else.
-- in: nomination_id text, agency_id text, stance text, stated_by text, stated_at instant
INSERT INTO nomination_part (nomination_id, agency_id, stance, stated_by, stated_at)
VALUES (:nomination_id, :agency_id, :stance, :stated_by, :stated_at)
ON CONFLICT (nomination_id, agency_id)
DO UPDATE SET stance = excluded.stance, stated_by = excluded.stated_by, stated_at = excluded.stated_at;

-- name: nominations_in_force many
-- The households that are nominated for a kind of opening on a day, in no order.
-- in:  kind text, day int
-- out: household_no int
SELECT household_no FROM nomination
WHERE kind = :kind AND agreed = 1 AND ended_at IS NULL AND until_day >= :day AND decided_day <= :day;

-- name: nomination_agencies many
-- The agencies that work in a region, which can be of the group.
-- in:  region_id text
-- out: id text, name text
-- scan: a CoC has some hundred agencies
SELECT g.id, g.name FROM agency g
WHERE g.is_lead = 0 AND (EXISTS (SELECT 1 FROM agency_region r WHERE r.agency_id = g.id AND r.region_id = :region_id)
	OR EXISTS (SELECT 1 FROM app_user u
		WHERE u.agency_id = g.id AND u.region_id = :region_id AND u.disabled_at IS NULL))
ORDER BY g.name, g.id;

-- name: reviews_due many
-- Adjustments and nominations of a region's households that hold on a day and were to be looked at by then.
-- in:  region_id text, day int, now int
-- out: household_no int, household_id text, kind text?, review_day day, until_day day
SELECT l.household_no, h.id AS household_id, d.kind, d.review_day, d.until_day
FROM (SELECT household_no, NULL AS kind, review_day, until_day FROM adjustment
	WHERE agreed_day IS NOT NULL AND ended_at IS NULL AND until_day >= :day AND review_day <= :day
	UNION ALL
	SELECT household_no, kind, review_day, until_day FROM nomination
	WHERE agreed = 1 AND ended_at IS NULL AND until_day >= :day AND review_day <= :day) d
JOIN listing l ON l.household_no = d.household_no AND l.from_import <= :now AND l.to_import > :now
JOIN household h ON h.household_no = d.household_no
WHERE l.region_id = :region_id ORDER BY d.review_day, l.household_no;

-- name: reviews_of many
-- The same of one household.
-- in:  household_no int, day int
-- out: kind text?, review_day day, until_day day
SELECT NULL AS kind, review_day, until_day FROM adjustment
WHERE household_no = :household_no AND agreed_day IS NOT NULL AND ended_at IS NULL AND until_day >= :day
	AND review_day <= :day
UNION ALL
SELECT kind, review_day, until_day FROM nomination
WHERE household_no = :household_no AND agreed = 1 AND ended_at IS NULL AND until_day >= :day AND review_day <= :day;
