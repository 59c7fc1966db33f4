-- Contact with people, written down by who had it.

-- name: contact_last one
-- The number of the last one; 0: none yet.
-- out: no int
SELECT coalesce(max(no), 0) AS no FROM contact;

-- name: contact_add exec
-- Somebody was met, spoken with, answered, or tried for.
-- in: no int, household_no int, client_no int, way text, place text?, day day, words sealed?, user_id text, agency_id text?
-- in: at instant
INSERT INTO contact (no, household_no, client_no, way, place, day, words, user_id, agency_id, at)
VALUES (:no, :household_no, :client_no, :way, :place, :day, :words, :user_id, :agency_id, :at);

-- name: contacts_of many
-- Those of a household, or of one that gave way to it, the newest first.
-- in:  household_no int, most int
-- out: no int, former bool, way text, place text?, day day, words sealed?, user_id text, user text, agency text?, at instant
SELECT c.no, CASE WHEN c.household_no = :household_no THEN 0 ELSE 1 END AS former, c.way, c.place, c.day, c.words,
	c.user_id, u.name AS user, g.name AS agency, c.at
FROM contact c
JOIN app_user u ON u.id = c.user_id
LEFT JOIN agency g ON g.id = c.agency_id
WHERE c.household_no IN (SELECT :household_no
	UNION SELECT former_no FROM household_former WHERE household_no = :household_no) AND c.ended_at IS NULL
ORDER BY c.day DESC, c.no DESC LIMIT :most;

-- name: contact_by_no one
-- One of a household's that stands.
-- in:  no int, household_no int
-- out: way text, user_id text
SELECT way, user_id FROM contact WHERE no = :no AND household_no = :household_no AND ended_at IS NULL;

-- name: contact_end exec
-- It is taken back.
-- in: no int, by_id text, at instant
UPDATE contact SET ended_by = :by_id, ended_at = :at WHERE no = :no AND ended_at IS NULL;

-- name: contacts_standing many
-- Every contact that counts, by each of the person's records.
-- in:  tried text
-- out: client_no int, day day
-- scan: contacts are written by hand, and the list takes them all
SELECT coalesce(k.client_no, c.client_no) AS client_no, c.day
FROM contact c
LEFT JOIN client_link own ON own.client_no = c.client_no
LEFT JOIN client_link k ON k.one_no = own.one_no
WHERE c.ended_at IS NULL AND c.way <> :tried ORDER BY coalesce(k.client_no, c.client_no), c.day;

-- name: contacts_standing_of many
-- The same for one person.
-- in:  client_no int, tried text
-- out: day day
SELECT day FROM contact
WHERE client_no IN (SELECT :client_no UNION SELECT same_no FROM client_same WHERE client_no = :client_no)
	AND ended_at IS NULL AND way <> :tried ORDER BY day;

-- name: contact_listed one
-- What the visible list says of a household's last contact.
-- in:  household_no int, now int
-- out: status int, last_contact day?, flags int
SELECT status, last_contact, flags FROM listing
WHERE household_no = :household_no AND from_import <= :now AND to_import > :now;

-- name: contact_heard exec
-- The visible list has the newer contact at once; when it is derived anew it says the same.
-- in: household_no int, now int, day day, flags int
UPDATE listing SET last_contact = :day, flags = :flags
WHERE household_no = :household_no AND from_import <= :now AND to_import > :now;

-- name: contact_mine many
-- Whom somebody works with: a step or a month is theirs, they were in contact, or their agency serves a household that
-- has a seat in an open cycle.
-- in:  user_id text, agency_id text, since day, most int
-- out: household_no int
-- scan: seats of cycles are some hundred
SELECT household_no FROM step WHERE owner_id = :user_id AND state IN ('open', 'carried', 'not_yet')
UNION SELECT household_no FROM evidence_task WHERE owner_id = :user_id AND ended_at IS NULL
UNION SELECT household_no FROM contact WHERE user_id = :user_id AND day >= :since AND ended_at IS NULL
UNION SELECT h.household_no FROM hmis_now n
	JOIN household_agency s ON s.agency_id = :agency_id AND s.from_import <= n.import_no AND s.to_import > n.import_no
	JOIN cycle_household h ON h.household_no = s.household_no AND h.left_as IS NULL
	JOIN cycle y ON y.id = h.cycle_id AND y.ended_at IS NULL
	WHERE n.one = 1
ORDER BY household_no LIMIT :most;
