-- The quick scan of a conference: one mark for each household that was looked at.

-- name: scan_put exec
-- What the meeting says of a household; its last word counts.
-- in: conference_id text, household_no int, mark text, at instant, by_id text
INSERT INTO scan (conference_id, household_no, mark, at, by_id) VALUES (:conference_id, :household_no, :mark, :at, :by_id)
ON CONFLICT (conference_id, household_no) DO UPDATE SET mark = excluded.mark, at = excluded.at, by_id = excluded.by_id;

-- name: scans many
-- Everybody who was looked at, in that order.
-- in:  conference_id text
-- out: household_no int, mark text, at instant
SELECT household_no, mark, at FROM scan WHERE conference_id = :conference_id ORDER BY at, household_no;

-- name: scan_wanted many
-- The households for whom an earlier conference of the same list asked for a place in the next one, and of whom none has
-- spoken since.
-- in:  conference_id text
-- out: household_no int, day day
SELECT s.household_no, max(o.day) AS day
FROM conference c
JOIN cycle y ON y.id = c.cycle_id
JOIN conference o ON o.region_id = c.region_id AND o.state = 'closed'
JOIN cycle x ON x.id = o.cycle_id AND coalesce(x.worklist_id, '') = coalesce(y.worklist_id, '')
JOIN scan s ON s.conference_id = o.id AND s.mark = 'next'
WHERE c.id = :conference_id AND o.id <> c.id
	AND NOT EXISTS (SELECT 1 FROM scan l WHERE l.household_no = s.household_no AND l.at > s.at
		AND l.conference_id <> c.id)
	AND NOT EXISTS (SELECT 1 FROM card k WHERE k.household_no = s.household_no AND k.closed_at > s.at
		AND k.conference_id <> c.id)
GROUP BY s.household_no;

-- name: scan_steps many
-- What was agreed in a conference for households that had no card in it.
-- in:  conference_id text
-- out: id text, household_no int, words sealed, owner text?, agency text?, due day?
SELECT s.id, s.household_no, s.words, u.name AS owner, g.name AS agency, s.due
FROM step s
LEFT JOIN app_user u ON u.id = s.owner_id
LEFT JOIN agency g ON g.id = s.agency_id
WHERE s.conference_id = :conference_id
	AND EXISTS (SELECT 1 FROM scan x WHERE x.conference_id = s.conference_id AND x.household_no = s.household_no)
	AND NOT EXISTS (SELECT 1 FROM card k WHERE k.conference_id = s.conference_id AND k.household_no = s.household_no)
ORDER BY s.household_no, s.created_at, s.id;
