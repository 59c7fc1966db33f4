-- The written order, and adjustments beside it.

-- name: policy_in_force one
-- The version that holds on a day.
-- in:  kind text, day int
-- out: version int, name text, from_day day, text text, set_at instant
SELECT version, name, from_day, text, set_at FROM policy
WHERE kind = :kind AND from_day <= :day ORDER BY from_day DESC, version DESC LIMIT 1;

-- name: policy_versions many
-- Every version of a kind, newest first.
-- in:  kind text
-- out: version int, name text, from_day day, text text, set_at instant, actor_kind text, actor text
SELECT version, name, from_day, text, set_at, actor_kind, actor FROM policy
WHERE kind = :kind ORDER BY version DESC;

-- name: policy_last one
-- The number of the newest version of a kind; 0: there is none.
-- in:  kind text
-- out: version int
SELECT coalesce(max(version), 0) AS version FROM policy WHERE kind = :kind;

-- name: policy_add exec
-- A new version.
-- in: kind text, version int, name text, from_day day, text text, set_at instant, actor_kind text, actor text
INSERT INTO policy (kind, version, name, from_day, text, set_at, actor_kind, actor)
VALUES (:kind, :version, :name, :from_day, :text, :set_at, :actor_kind, :actor);

-- name: adjustment_add exec
-- A proposal.
-- in: id text, household_no int, misses sealed, reason sealed, with_person bool, review_day day, until_day day
-- in: proposed_by text, proposed_agency text, proposed_at instant
INSERT INTO adjustment (id, household_no, misses, reason, with_person, review_day, until_day, proposed_by,
	proposed_agency, proposed_at)
VALUES (:id, :household_no, :misses, :reason, :with_person, :review_day, :until_day, :proposed_by, :proposed_agency,
	:proposed_at);

-- name: adjustment_by_id one
-- One of them.
-- in:  id text
-- out: household_no int, proposed_agency text, review_day day, until_day day, agreed_day day?, ended_at instant?
SELECT household_no, proposed_agency, review_day, until_day, agreed_day, ended_at FROM adjustment WHERE id = :id;

-- name: adjustments_of many
-- Those of a household, newest first.
-- in:  household_no int
-- out: id text, misses sealed, reason sealed, with_person bool, review_day day, until_day day, proposed_agency text
-- out: proposed_name text, proposed_by text, proposed_at instant, agreed_name text?, agreed_by text?
-- out: agreed_day day?, ended_by text?, ended_at instant?
SELECT j.id, j.misses, j.reason, j.with_person, j.review_day, j.until_day, j.proposed_agency,
	g.name AS proposed_name, p.name AS proposed_by, j.proposed_at, h.name AS agreed_name, u.name AS agreed_by,
	j.agreed_day, e.name AS ended_by, j.ended_at
FROM adjustment j JOIN agency g ON g.id = j.proposed_agency JOIN app_user p ON p.id = j.proposed_by
LEFT JOIN agency h ON h.id = j.agreed_agency LEFT JOIN app_user u ON u.id = j.agreed_by
LEFT JOIN app_user e ON e.id = j.ended_by
WHERE j.household_no = :household_no ORDER BY j.proposed_at DESC, j.id;

-- name: adjustment_open one
-- A household's adjustment that waits for a second agency or holds on a day.
-- in:  household_no int, day int
-- out: id text
SELECT id FROM adjustment WHERE household_no = :household_no AND ended_at IS NULL AND until_day >= :day LIMIT 1;

-- name: adjustment_agree count
-- A second agency agrees; it holds from that day.
-- in: id text, agreed_by text, agreed_agency text, agreed_day day
UPDATE adjustment SET agreed_by = :agreed_by, agreed_agency = :agreed_agency, agreed_day = :agreed_day
WHERE id = :id AND agreed_day IS NULL AND ended_at IS NULL;

-- name: adjustment_end count
-- It is taken back.
-- in: id text, ended_by text, ended_at instant
UPDATE adjustment SET ended_by = :ended_by, ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: adjustment_review count
-- It was looked at and stays; the next time is another day.
-- in: id text, review_day day
UPDATE adjustment SET review_day = :review_day WHERE id = :id AND agreed_day IS NOT NULL AND ended_at IS NULL;

-- name: adjustments_in_force many
-- The households that are raised on a day.
-- in:  day int
-- out: household_no int
SELECT household_no FROM adjustment
WHERE agreed_day IS NOT NULL AND ended_at IS NULL AND until_day >= :day AND agreed_day <= :day;

-- name: policy_heads each
-- The heads of the active households with their sealed traits, for the report of a policy alone.
-- in:  now int
-- out: household_no int, client_no int, birth sealed?, traits sealed?
-- scan: the report is about everybody
SELECT l.household_no, c.client_no, c.birth, c.traits
FROM listing l JOIN client c ON c.client_no = l.head_client_no AND c.from_import <= :now AND c.to_import > :now
WHERE l.status = 1 AND l.from_import <= :now AND l.to_import > :now;
