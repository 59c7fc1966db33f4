-- What the person hears after a conference, and what they said.

-- name: telling_put exec
-- What they are to hear, from whom and how; the last word of a meeting counts.
-- in: card_id text, words sealed, way text, teller_id text?, by_id text, at instant
INSERT INTO telling (card_id, words, way, teller_id, by_id, at)
VALUES (:card_id, :words, :way, :teller_id, :by_id, :at)
ON CONFLICT (card_id) DO UPDATE SET words = excluded.words, way = excluded.way, teller_id = excluded.teller_id,
	by_id = excluded.by_id, at = excluded.at;

-- name: telling_of_card one
-- Whether there is one, and the agency of who tells.
-- in:  card_id text
-- out: way text, agency_id text?
SELECT t.way, u.agency_id FROM telling t LEFT JOIN app_user u ON u.id = t.teller_id WHERE t.card_id = :card_id;

-- name: tellings many
-- All of a conference.
-- in:  conference_id text
-- out: card_id text, words sealed, way text, teller_id text?, teller text?, agency text?, victim int
SELECT t.card_id, t.words, t.way, t.teller_id, u.name AS teller, g.name AS agency,
	coalesce(g.is_victim_service_provider, 0) AS victim
FROM card k
JOIN telling t ON t.card_id = k.id
LEFT JOIN app_user u ON u.id = t.teller_id
LEFT JOIN agency g ON g.id = u.agency_id
WHERE k.conference_id = :conference_id;

-- name: tellings_before many
-- What the households of a conference were to hear after earlier ones that are closed, the newest last; with those of a
-- household that gave way to one of them.
-- in:  conference_id text
-- out: household_no int, card_id text, day day, words sealed, way text, teller text?, agency_id text?, answer text?
-- out: said sealed?, answered_in text?
SELECT k.household_no, t.card_id, c.day, t.words, t.way, u.name AS teller, u.agency_id, t.answer, t.said, t.answered_in
FROM card k
JOIN card o ON o.household_no IN (SELECT k.household_no UNION SELECT f.former_no FROM household_former f
	WHERE f.household_no = k.household_no)
JOIN conference c ON c.id = o.conference_id AND c.state = 'closed'
JOIN telling t ON t.card_id = o.id
LEFT JOIN app_user u ON u.id = t.teller_id
WHERE k.conference_id = :conference_id AND o.conference_id <> :conference_id
ORDER BY k.household_no, c.day, c.closed_at;

-- name: telling_answer count
-- Whether they were told, and what they said.
-- in: card_id text, answer text, said sealed?, answered_in text, answered_by text, answered_at instant
UPDATE telling SET answer = :answer, said = :said, answered_in = :answered_in, answered_by = :answered_by,
	answered_at = :answered_at
WHERE card_id = :card_id;
