-- Papers that evidence months, and who gets the missing ones.

-- name: evidence_of many
-- All papers about a person's months, the newest first. `other`: recorded for another record of the person.
-- in:  client_no int
-- out: other bool, id text, kind text, first_month int, last_month int, agency text?, by_whom sealed?, dated day, kept sealed
-- out: recorded_by text, recorded_at instant, ended_by text?, ended_at instant?
SELECT CASE WHEN e.client_no = :client_no THEN 0 ELSE 1 END AS other, e.id, e.kind, e.first_month, e.last_month,
	g.name AS agency, e.by_whom, e.dated, e.kept,
	u.name AS recorded_by, e.recorded_at, w.name AS ended_by, e.ended_at
FROM evidence e
JOIN app_user u ON u.id = e.recorded_by
LEFT JOIN app_user w ON w.id = e.ended_by
LEFT JOIN agency g ON g.id = e.agency_id
WHERE e.client_no IN (SELECT :client_no UNION SELECT same_no FROM client_same WHERE client_no = :client_no)
ORDER BY e.recorded_at DESC, e.id DESC;

-- name: evidence_by_id one
-- A paper about a person by its id.
-- in:  id text, client_no int
-- out: other bool, ended_at instant?
SELECT CASE WHEN client_no = :client_no THEN 0 ELSE 1 END AS other, ended_at FROM evidence
WHERE id = :id AND client_no IN (SELECT :client_no UNION SELECT same_no FROM client_same WHERE client_no = :client_no);

-- name: evidence_add exec
-- A paper is recorded.
-- in: id text, household_no int, client_no int, kind text, first_month int, last_month int, agency_id text?
-- in: by_whom sealed?, dated day, kept sealed, recorded_by text, recorded_at instant
INSERT INTO evidence (id, household_no, client_no, kind, first_month, last_month, agency_id, by_whom, dated, kept,
	recorded_by, recorded_at)
VALUES (:id, :household_no, :client_no, :kind, :first_month, :last_month, :agency_id, :by_whom, :dated, :kept,
	:recorded_by, :recorded_at);

-- name: evidence_end count
-- A paper is withdrawn.
-- in: id text, ended_by text, ended_at instant
UPDATE evidence SET ended_by = :ended_by, ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: evidence_tasks_of many
-- Which months of a household's people somebody is getting documented, by date; of one that gave way to it, too.
-- in:  household_no int
-- out: id text, client_no int, month int, owner text, agency text?, due day
SELECT t.id, t.client_no, t.month, u.name AS owner, g.name AS agency, t.due
FROM evidence_task t
JOIN app_user u ON u.id = t.owner_id
LEFT JOIN agency g ON g.id = t.agency_id
WHERE t.household_no IN (SELECT :household_no
	UNION SELECT former_no FROM household_former WHERE household_no = :household_no)
	AND t.ended_at IS NULL ORDER BY t.due, t.month, t.id;

-- name: evidence_tasks_of_owner many
-- Which months somebody is getting documented, by date.
-- in:  owner_id text, most int
-- out: household_no int, month int, due day
SELECT household_no, month, due FROM evidence_task
WHERE owner_id = :owner_id AND ended_at IS NULL ORDER BY due, id LIMIT :most;

-- name: evidence_task_by_id one
-- A household's task by its id.
-- in:  id text, household_no int
-- out: ended_at instant?
SELECT ended_at FROM evidence_task WHERE id = :id AND household_no IN (SELECT :household_no
	UNION SELECT former_no FROM household_former WHERE household_no = :household_no);

-- name: evidence_task_add exec
-- Somebody gets a month documented by a day.
-- in: id text, household_no int, client_no int, month int, owner_id text, agency_id text?, due day
-- in: created_by text, created_at instant
INSERT INTO evidence_task (id, household_no, client_no, month, owner_id, agency_id, due, created_by, created_at)
VALUES (:id, :household_no, :client_no, :month, :owner_id, :agency_id, :due, :created_by, :created_at);

-- name: evidence_task_end count
-- It is given up, or done without a paper here.
-- in: id text, ended_by text, ended_at instant
UPDATE evidence_task SET ended_by = :ended_by, ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: evidence_tasks_end count
-- What was to be documented in a stretch of months is: a paper came, or somebody else gets it.
-- in: client_no int, first_month int, last_month int, ended_by text, ended_at instant
UPDATE evidence_task SET ended_by = :ended_by, ended_at = :ended_at
WHERE client_no IN (SELECT :client_no UNION SELECT same_no FROM client_same WHERE client_no = :client_no)
	AND month >= :first_month AND month <= :last_month AND ended_at IS NULL;

-- name: evidence_standing many
-- Every paper that stands: whose months it documents, by each of the person's records.
-- out: client_no int, kind text, first_month int, last_month int
-- scan: papers are recorded by hand, and the list takes them all
SELECT coalesce(k.client_no, e.client_no) AS client_no, e.kind, e.first_month, e.last_month
FROM evidence e
LEFT JOIN client_link own ON own.client_no = e.client_no
LEFT JOIN client_link k ON k.one_no = own.one_no
WHERE e.ended_at IS NULL ORDER BY coalesce(k.client_no, e.client_no), e.id;

-- name: evidence_standing_of many
-- The same for one person.
-- in:  client_no int
-- out: kind text, first_month int, last_month int
SELECT kind, first_month, last_month FROM evidence
WHERE client_no IN (SELECT :client_no UNION SELECT same_no FROM client_same WHERE client_no = :client_no) AND ended_at IS NULL ORDER BY id;

-- name: disability_standing many
-- Whose disability is evidenced on a day, by each of the person's records.
-- in:  day day
-- out: client_no int
-- scan: papers are recorded by hand, and the list takes them all
SELECT DISTINCT coalesce(k.client_no, d.client_no) AS client_no FROM disability_paper d
LEFT JOIN client_link own ON own.client_no = d.client_no
LEFT JOIN client_link k ON k.one_no = own.one_no
WHERE d.ended_at IS NULL AND (d.until IS NULL OR d.until >= :day) ORDER BY client_no;

-- name: disability_of many
-- All papers about a person's disability, the newest first. `other`: recorded for another record of the person.
-- in:  client_no int
-- out: other bool, id text, what sealed, by_whom sealed, dated day, until day?, kept sealed, recorded_by text, recorded_at instant
-- out: ended_by text?, ended_at instant?
SELECT CASE WHEN d.client_no = :client_no THEN 0 ELSE 1 END AS other, d.id, d.what, d.by_whom, d.dated, d.until,
	d.kept, u.name AS recorded_by, d.recorded_at, w.name AS ended_by, d.ended_at
FROM disability_paper d
JOIN app_user u ON u.id = d.recorded_by
LEFT JOIN app_user w ON w.id = d.ended_by
WHERE d.client_no IN (SELECT :client_no UNION SELECT same_no FROM client_same WHERE client_no = :client_no)
ORDER BY d.recorded_at DESC, d.id DESC;

-- name: disability_by_id one
-- A paper about a person by its id.
-- in:  id text, client_no int
-- out: other bool, ended_at instant?
SELECT CASE WHEN client_no = :client_no THEN 0 ELSE 1 END AS other, ended_at FROM disability_paper
WHERE id = :id AND client_no IN (SELECT :client_no UNION SELECT same_no FROM client_same WHERE client_no = :client_no);

-- name: disability_add exec
-- A paper is recorded.
-- in: id text, household_no int, client_no int, what sealed, by_whom sealed, dated day, until day?, kept sealed
-- in: recorded_by text, recorded_at instant
INSERT INTO disability_paper (id, household_no, client_no, what, by_whom, dated, until, kept, recorded_by, recorded_at)
VALUES (:id, :household_no, :client_no, :what, :by_whom, :dated, :until, :kept, :recorded_by, :recorded_at);

-- name: disability_end count
-- A paper is withdrawn.
-- in: id text, ended_by text, ended_at instant
UPDATE disability_paper SET ended_by = :ended_by, ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;
