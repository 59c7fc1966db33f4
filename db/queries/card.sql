-- Cards, the words that met in one field, and target dates.

-- name: cards many
-- The queue of a conference, with what the list says of the household; no status: it is not listed.
-- in:  conference_id text
-- out: id text, household_no int, position int, state text, opened_at instant?, closed_at instant?
-- out: used_seconds int, allotted_seconds int, follow_up sealed?, follow_up_version int, barriers text
-- out: barrier sealed?, barrier_version int, note sealed?, note_version int, review_day day?, shelved_until day?
-- out: shelved_reason sealed?, word text?, code text, status int?
SELECT k.id, k.household_no, k.position, k.state, k.opened_at, k.closed_at, k.used_seconds, k.allotted_seconds,
	k.follow_up, k.follow_up_version, k.barriers, k.barrier, k.barrier_version, k.note, k.note_version,
	k.review_day, k.shelved_until, k.shelved_reason, k.word, h.code, l.status
FROM card k
JOIN household h ON h.household_no = k.household_no
JOIN hmis_now n ON n.one = 1
LEFT JOIN listing l ON l.household_no = k.household_no AND l.from_import <= n.import_no
	AND l.to_import > n.import_no
WHERE k.conference_id = :conference_id ORDER BY k.position, k.id;

-- name: card_by_id one
-- A card by its id.
-- in:  id text
-- out: conference_id text, household_no int, position int, state text, opened_at instant?, used_seconds int
-- out: allotted_seconds int, follow_up sealed?, follow_up_version int, barriers text, barrier sealed?
-- out: barrier_version int, note sealed?, note_version int, review_day day?, shelved_until day?
SELECT conference_id, household_no, position, state, opened_at, used_seconds, allotted_seconds, follow_up,
	follow_up_version, barriers, barrier, barrier_version, note, note_version, review_day, shelved_until
FROM card WHERE id = :id;

-- name: card_add exec
-- A household is in the queue.
-- in: id text, conference_id text, household_no int, position int, state text, barriers text, review_day day?
-- in: shelved_until day?, shelved_reason sealed?
INSERT INTO card (id, conference_id, household_no, position, state, used_seconds, allotted_seconds,
	follow_up_version, barriers, barrier_version, note_version, review_day, shelved_until, shelved_reason)
VALUES (:id, :conference_id, :household_no, :position, :state, 0, 0, 0, :barriers, 0, 0, :review_day, :shelved_until,
	:shelved_reason);

-- name: card_remove count
-- A household left the queue before anything was said about it.
-- in: id text
DELETE FROM card WHERE id = :id AND state = 'waiting' AND opened_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM conference_note n WHERE n.card_id = :id);

-- name: card_place count
-- Its place in the queue.
-- in: id text, position int
UPDATE card SET position = :position WHERE id = :id;

-- name: card_word_set count
-- By what it is called aloud in this meeting.
-- in: id text, word text
UPDATE card SET word = :word WHERE id = :id AND word IS NULL;

-- name: card_open count
-- Now it is this household.
-- in: id text, at instant, allotted_seconds int
UPDATE card SET state = 'now', opened_at = :at, closed_at = NULL, allotted_seconds = :allotted_seconds
WHERE id = :id;

-- name: card_leave count
-- It is no longer this household: waiting again, done or shelved.
-- in: id text, state text, at instant?, used_seconds int, review_day day?
UPDATE card SET state = :state, closed_at = :at, used_seconds = :used_seconds, review_day = :review_day
WHERE id = :id;

-- name: card_follow_up_set count
-- What was done since the last meeting, if nobody wrote there meanwhile.
-- in: id text, words sealed?, by_id text, version int
UPDATE card SET follow_up = :words, follow_up_by = :by_id, follow_up_version = follow_up_version + 1
WHERE id = :id AND follow_up_version = :version;

-- name: card_barrier_set count
-- The obstacle in words, if nobody wrote there meanwhile.
-- in: id text, words sealed?, by_id text, version int
UPDATE card SET barrier = :words, barrier_by = :by_id, barrier_version = barrier_version + 1
WHERE id = :id AND barrier_version = :version;

-- name: card_note_set count
-- What else was said, if nobody wrote there meanwhile.
-- in: id text, words sealed?, by_id text, version int
UPDATE card SET note = :words, note_by = :by_id, note_version = note_version + 1
WHERE id = :id AND note_version = :version;

-- name: card_barriers_set count
-- The chips that are on.
-- in: id text, barriers text
UPDATE card SET barriers = :barriers WHERE id = :id;

-- name: card_review_set count
-- The day it is looked at again.
-- in: id text, review_day day?
UPDATE card SET review_day = :review_day WHERE id = :id;

-- name: card_shelve_set count
-- Shelved until a day, or not at all.
-- in: id text, shelved_until day?, shelved_reason sealed?
UPDATE card SET shelved_until = :shelved_until, shelved_reason = :shelved_reason WHERE id = :id;

-- name: card_before one
-- The household's card in the last conference that was closed, if need be that of one that gave way to it.
-- in:  household_no int, conference_id text
-- out: id text, day day, barriers text, barrier sealed?, review_day day?, shelved_until day?, shelved_reason sealed?
SELECT k.id, c.day, k.barriers, k.barrier, k.review_day, k.shelved_until, k.shelved_reason
FROM card k JOIN conference c ON c.id = k.conference_id
WHERE k.household_no IN (SELECT :household_no
		UNION SELECT former_no FROM household_former WHERE household_no = :household_no)
	AND k.conference_id <> :conference_id AND c.state = 'closed'
ORDER BY c.day DESC, c.closed_at DESC LIMIT 1;

-- name: cards_of_household many
-- What was written about a household in conferences, newest first, and what it was to hear; with that of a household
-- that gave way to it.
-- in:  household_no int
-- out: id text, day day, former bool, follow_up sealed?, barrier sealed?, note sealed?, told sealed?, said sealed?
SELECT k.id, c.day, CASE WHEN k.household_no = :household_no THEN 0 ELSE 1 END AS former, k.follow_up, k.barrier, k.note, t.words AS told, t.said
FROM card k
JOIN conference c ON c.id = k.conference_id
LEFT JOIN telling t ON t.card_id = k.id
WHERE k.household_no IN (SELECT :household_no
		UNION SELECT former_no FROM household_former WHERE household_no = :household_no)
ORDER BY c.day DESC, k.id;

-- name: card_text_by one
-- Who wrote what stands in a field.
-- in:  id text, field text
-- out: user_id text, name text
SELECT u.id AS user_id, u.name
FROM card k
JOIN app_user u ON u.id = CASE :field WHEN 'follow_up' THEN k.follow_up_by WHEN 'barrier' THEN k.barrier_by
	ELSE k.note_by END
WHERE k.id = :id;

-- name: card_conflict_put exec
-- Words that met others: kept until the scribe settles; who goes on typing replaces only his own.
-- in: id text, card_id text, field text, words sealed, by_id text, at instant, device text, over int
INSERT INTO card_conflict (id, card_id, field, words, by_id, at, device, over)
VALUES (:id, :card_id, :field, :words, :by_id, :at, :device, :over);

-- name: card_conflict_keep exec
-- Words that stood in a field until the scribe chose others; kept, and nothing waits.
-- in: id text, card_id text, field text, words sealed, by_id text, at instant, settled_by text
INSERT INTO card_conflict (id, card_id, field, words, by_id, at, settled_at, settled_by)
VALUES (:id, :card_id, :field, :words, :by_id, :at, :at, :settled_by);

-- name: card_conflict_mine one
-- The words that wait in a field and were typed by somebody on this device over that version.
-- in:  card_id text, field text, by_id text, device text, over int
-- out: id text
SELECT id FROM card_conflict
WHERE card_id = :card_id AND field = :field AND by_id = :by_id AND device = :device AND over = :over
	AND settled_at IS NULL;

-- name: card_edit_last one
-- What a device saved last in a field.
-- in:  card_id text, field text, by_id text, device text
-- out: no int, version int
SELECT no, version FROM card_edit
WHERE card_id = :card_id AND field = :field AND by_id = :by_id AND device = :device;

-- name: card_edit_put exec
-- A device has saved something in a field.
-- in: card_id text, field text, by_id text, device text, no int, version int
INSERT INTO card_edit (card_id, field, by_id, device, no, version)
VALUES (:card_id, :field, :by_id, :device, :no, :version)
ON CONFLICT (card_id, field, by_id, device) DO UPDATE SET no = excluded.no, version = excluded.version;

-- name: card_conflict_change count
-- Somebody goes on typing: it is another pair then, and who looks at the one that was cannot settle it.
-- in: id text, new_id text, words sealed, at instant, over int
UPDATE card_conflict SET id = :new_id, words = :words, at = :at, over = :over WHERE id = :id AND settled_at IS NULL;

-- name: card_conflict_by_id one
-- A pair of texts that wait.
-- in:  id text
-- out: card_id text, field text, words sealed, by_id text
SELECT card_id, field, words, by_id FROM card_conflict WHERE id = :id AND settled_at IS NULL;

-- name: card_conflicts many
-- All that wait in a conference.
-- in:  conference_id text
-- out: id text, card_id text, field text, words sealed, by_name text, by_id text, stands_by text?
SELECT x.id, x.card_id, x.field, x.words, u.name AS by_name, x.by_id, w.name AS stands_by
FROM card k
JOIN card_conflict x ON x.card_id = k.id
JOIN app_user u ON u.id = x.by_id
LEFT JOIN app_user w ON w.id = CASE x.field WHEN 'follow_up' THEN k.follow_up_by WHEN 'barrier' THEN k.barrier_by
	ELSE k.note_by END
WHERE k.conference_id = :conference_id AND x.settled_at IS NULL ORDER BY x.at, x.id;

-- name: card_conflict_settle count
-- The scribe has chosen; the words stay on record.
-- in: id text, at instant, by_id text
UPDATE card_conflict SET settled_at = :at, settled_by = :by_id WHERE id = :id AND settled_at IS NULL;

-- name: targets many
-- Every target date that the households of a conference ever had, oldest first.
-- in:  conference_id text
-- out: household_no int, set_in text, day day, set_at instant, set_by text, replaced_at instant?
SELECT t.household_no, t.conference_id AS set_in, t.day, t.set_at, u.name AS set_by, t.replaced_at
FROM card k
JOIN target_date t ON t.household_no = k.household_no
JOIN app_user u ON u.id = t.set_by
WHERE k.conference_id = :conference_id ORDER BY t.set_at, t.id;

-- name: targets_met many
-- Every target date that households of the region had that are housed since a day, oldest first.
-- in:  region_id text, now int, housed int, since day
-- out: household_no int, day day, set_at instant, moved day
-- scan: a region sets some hundred target dates a year
SELECT t.household_no, t.day, t.set_at, l.since AS moved FROM target_date t
JOIN listing l ON l.household_no = t.household_no AND l.from_import <= :now AND l.to_import > :now
WHERE t.region_id = :region_id AND l.status = :housed AND l.since >= :since
ORDER BY t.household_no, t.set_at, t.id;

-- name: target_now one
-- The target date that holds.
-- in:  household_no int
-- out: id text, day day
SELECT id, day FROM target_date WHERE household_no = :household_no AND replaced_at IS NULL;

-- name: target_replace count
-- It held until now.
-- in: household_no int, at instant
UPDATE target_date SET replaced_at = :at WHERE household_no = :household_no AND replaced_at IS NULL;

-- name: target_add exec
-- A new target date.
-- in: id text, household_no int, region_id text, conference_id text, day day, set_at instant, set_by text
INSERT INTO target_date (id, household_no, region_id, conference_id, day, set_at, set_by)
VALUES (:id, :household_no, :region_id, :conference_id, :day, :set_at, :set_by);

-- name: card_names many
-- The sealed names of everybody in some households, by each of their records, to take them out of free text.
-- in:  nos int
-- out: household_no int, client_no int, hashed bool, name sealed?
SELECT m.household_no, c.client_no, c.hashed, c.name
FROM hmis_now n
JOIN household_member m ON m.household_no IN (:nos[50]) AND m.from_import <= n.import_no AND m.to_import > n.import_no
JOIN client c ON c.client_no = m.client_no AND c.from_import <= n.import_no AND c.to_import > n.import_no
WHERE n.one = 1
UNION ALL
SELECT m.household_no, c.client_no, c.hashed, c.name
FROM hmis_now n
JOIN household_member m ON m.household_no IN (:nos[50]) AND m.from_import <= n.import_no AND m.to_import > n.import_no
JOIN client_link own ON own.client_no = m.client_no
JOIN client_link k ON k.one_no = own.one_no AND k.client_no <> m.client_no
JOIN client c ON c.client_no = k.client_no AND c.from_import <= n.import_no AND c.to_import > n.import_no
WHERE n.one = 1;
