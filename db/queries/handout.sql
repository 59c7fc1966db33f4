-- What goes out after a conference, and who is reminded of what they took on.

-- name: handout_tasks many
-- Who has something to do out of a conference: steps for its households and questions that were asked in it.
-- in:  conference_id text
-- out: user_id text, name text, agency text?, tasks int, first_day day?, mail int
-- scan: of what was found by the indexes of both tables
SELECT u.id AS user_id, u.name, g.name AS agency, count(*) AS tasks, min(t.due) AS first_day,
	CASE WHEN m.user_id IS NULL THEN 0 ELSE 1 END AS mail
FROM (SELECT s.owner_id, s.due FROM card k JOIN step s ON s.household_no = k.household_no
		WHERE k.conference_id = :conference_id AND s.state IN ('open', 'carried', 'not_yet')
	UNION ALL SELECT q.owner_id, q.due FROM question q
		WHERE q.conference_id = :conference_id AND q.answered_at IS NULL) t
JOIN app_user u ON u.id = t.owner_id
LEFT JOIN agency g ON g.id = u.agency_id
LEFT JOIN mail_address m ON m.user_id = u.id
GROUP BY u.id, u.name, g.name, m.user_id ORDER BY u.name, u.id;

-- name: handout_put exec
-- The notes as they were read.
-- in: conference_id text, content sealed, made_by text, made_at instant
INSERT INTO handout (conference_id, content, made_by, made_at) VALUES (:conference_id, :content, :made_by, :made_at)
ON CONFLICT (conference_id) DO UPDATE SET content = excluded.content, made_by = excluded.made_by,
	made_at = excluded.made_at;

-- name: handout_of one
-- The notes of a conference that were handed out.
-- in:  conference_id text
-- out: content sealed, made_by text, made_at instant
SELECT h.content, u.name AS made_by, h.made_at FROM handout h JOIN app_user u ON u.id = h.made_by
WHERE h.conference_id = :conference_id;

-- name: remind_owed one
-- What somebody has to do: steps and questions, how many of them were due before a day, and the first day.
-- in:  user_id text, today day
-- out: tasks int, overdue int?, first_day day?
-- scan: of what was found by the indexes of both tables
SELECT count(*) AS tasks, sum(CASE WHEN t.due < :today THEN 1 ELSE 0 END) AS overdue, min(t.due) AS first_day
FROM (SELECT due FROM step WHERE owner_id = :user_id AND state IN ('open', 'carried', 'not_yet')
	UNION ALL SELECT due FROM question WHERE owner_id = :user_id AND answered_at IS NULL) t;

-- name: remind_due many
-- Who reads mail, has something due on one of two days, and was not reminded on this one.
-- in:  soon day, late day, kind text, version int
-- out: user_id text
-- scan: some hundred people read mail
SELECT m.user_id FROM mail_address m JOIN app_user u ON u.id = m.user_id AND u.disabled_at IS NULL
WHERE (EXISTS (SELECT 1 FROM step s WHERE s.owner_id = m.user_id AND s.state IN ('open', 'carried', 'not_yet')
			AND s.due IN (:soon, :late))
		OR EXISTS (SELECT 1 FROM question q WHERE q.owner_id = m.user_id AND q.answered_at IS NULL
			AND q.due IN (:soon, :late)))
	AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = :kind AND o.about = 'steps' AND o.version = :version
		AND o.user_id = m.user_id)
ORDER BY m.user_id;

-- name: remind_meetings many
-- Conferences that are over and say when the next one is.
-- in:  today day
-- out: id text, day day, next_day day
-- scan: a region has some dozen conferences a year
SELECT id, day, next_day FROM conference WHERE state = 'closed' AND day < :today AND next_day > :today ORDER BY id;

-- name: remind_readers many
-- Who was in a conference, reads mail and has not got that mail about it.
-- in:  conference_id text, kind text
-- out: user_id text
SELECT DISTINCT a.user_id FROM attendance a
JOIN mail_address m ON m.user_id = a.user_id
JOIN app_user u ON u.id = a.user_id AND u.disabled_at IS NULL
WHERE a.conference_id = :conference_id AND NOT EXISTS (SELECT 1 FROM outbox o
	WHERE o.kind = :kind AND o.about = :conference_id AND o.user_id = a.user_id)
ORDER BY a.user_id;

-- name: remind_steps one
-- How far the steps for a conference's households are: all that were agreed in it, and those that are still to be done.
-- in:  conference_id text, today day
-- out: steps int, live int?, overdue int?
SELECT count(*) AS steps, sum(CASE WHEN state IN ('open', 'carried', 'not_yet') THEN 1 ELSE 0 END) AS live,
	sum(CASE WHEN state IN ('open', 'carried', 'not_yet') AND due < :today THEN 1 ELSE 0 END) AS overdue
FROM step WHERE conference_id = :conference_id;

-- name: handout_head one
-- The head of a household: whether the record is an HMIS's, whether a victim service provider serves the household, and
-- whether it, or one that gave way to it, is protected.
-- in:  household_no int, now int
-- out: client_no int, hmis int, victim int, protected int
SELECT c.client_no,
	CASE WHEN EXISTS (SELECT 1 FROM list_source k WHERE k.source_no = c.source_no) THEN 0 ELSE 1 END AS hmis,
	CASE WHEN EXISTS (SELECT 1 FROM household_agency s JOIN agency g ON g.id = s.agency_id
		WHERE s.household_no = :household_no AND s.from_import <= :now AND s.to_import > :now
			AND g.is_victim_service_provider = 1) THEN 1 ELSE 0 END AS victim,
	CASE WHEN EXISTS (SELECT 1 FROM protection p WHERE p.ended_at IS NULL AND p.household_no IN (SELECT :household_no
		UNION SELECT former_no FROM household_former WHERE household_no = :household_no)) THEN 1 ELSE 0 END AS protected
FROM household_member m
JOIN client c ON c.client_no = m.client_no AND c.from_import <= :now AND c.to_import > :now
WHERE m.household_no = :household_no AND m.head = 1 AND m.from_import <= :now AND m.to_import > :now;
