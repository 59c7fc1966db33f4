-- What is no longer kept: how much of it there is, and taking it away, a bounded share at a time (app/dispose.h).
-- Rows stay where others refer to them; what names or describes somebody goes.

-- name: dispose_people_due one
-- People who were last changed before an instant and are enrolled nowhere since a day, and still have a name, a Social
-- Security number, a birth date or traits.
-- in:  before instant, day day
-- out: due int
-- scan: every client is asked, by an operator or a privacy officer
SELECT count(*) AS due FROM client c
WHERE c.to_import = 2147483647 AND coalesce(c.updated, c.exported) < :before
	AND (c.name IS NOT NULL OR c.ssn IS NOT NULL OR c.birth IS NOT NULL OR c.traits IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.client_no = c.client_no AND e.to_import = 2147483647
		AND (e.exit IS NULL OR e.exit >= :day));

-- name: dispose_people count
-- Takes their identity away.
-- in: before instant, day day, most int
-- scan: every client is asked, by an operator
UPDATE client SET name = NULL, ssn = NULL, birth = NULL, traits = NULL WHERE (client_no, from_import) IN (
	SELECT c.client_no, c.from_import FROM client c
	WHERE c.to_import = 2147483647 AND coalesce(c.updated, c.exported) < :before
		AND (c.name IS NOT NULL OR c.ssn IS NOT NULL OR c.birth IS NOT NULL OR c.traits IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.client_no = c.client_no AND e.to_import = 2147483647
			AND (e.exit IS NULL OR e.exit >= :day))
	LIMIT :most);

-- name: dispose_blocks exec
-- Forgets by what those without a name were compared with others.
-- scan: as many as have a name are compared; an operator asks
DELETE FROM client_block WHERE client_no IN (SELECT client_no FROM client
	WHERE to_import = 2147483647 AND name IS NULL AND ssn IS NULL AND birth IS NULL);

-- name: dispose_words_due one
-- Texts of conferences that were closed before an instant.
-- in:  before instant
-- out: due int
-- scan: conferences are few
SELECT (SELECT count(*) FROM conference_note n JOIN conference f ON f.id = n.conference_id
		WHERE f.closed_at < :before AND length(n.words) > 0)
	+ (SELECT count(*) FROM card k JOIN conference f ON f.id = k.conference_id
		WHERE f.closed_at < :before AND (k.follow_up IS NOT NULL OR k.barrier IS NOT NULL OR k.note IS NOT NULL
			OR k.shelved_reason IS NOT NULL))
	+ (SELECT count(*) FROM card_conflict x JOIN card k ON k.id = x.card_id JOIN conference f ON f.id = k.conference_id
		WHERE f.closed_at < :before AND length(x.words) > 0)
	+ (SELECT count(*) FROM step s JOIN conference f ON f.id = s.conference_id
		WHERE f.closed_at < :before AND s.state NOT IN ('open', 'carried', 'not_yet') AND length(s.words) > 0)
	+ (SELECT count(*) FROM handout h JOIN conference f ON f.id = h.conference_id WHERE f.closed_at < :before)
	+ (SELECT count(*) FROM contact t WHERE t.at < :before AND t.words IS NOT NULL) AS due;

-- name: dispose_notes count
-- Empties notes of such conferences.
-- in: nothing bytes, before instant, most int
-- scan: conferences are few
UPDATE conference_note SET words = :nothing WHERE id IN (
	SELECT n.id FROM conference_note n JOIN conference f ON f.id = n.conference_id
	WHERE f.closed_at < :before AND length(n.words) > 0 LIMIT :most);

-- name: dispose_handouts count
-- Takes away what was handed out of them.
-- in: before instant, most int
-- scan: conferences are few
DELETE FROM handout WHERE conference_id IN (
	SELECT h.conference_id FROM handout h JOIN conference f ON f.id = h.conference_id
	WHERE f.closed_at < :before LIMIT :most);

-- name: dispose_contacts count
-- Empties lines about contacts; that there was contact stays.
-- in: before instant, most int
-- scan: once a day
UPDATE contact SET words = NULL WHERE no IN (
	SELECT no FROM contact WHERE at < :before AND words IS NOT NULL LIMIT :most);

-- name: dispose_cards count
-- Empties their cards.
-- in: before instant, most int
-- scan: conferences are few
UPDATE card SET follow_up = NULL, barrier = NULL, note = NULL, shelved_reason = NULL WHERE id IN (
	SELECT k.id FROM card k JOIN conference f ON f.id = k.conference_id
	WHERE f.closed_at < :before AND (k.follow_up IS NOT NULL OR k.barrier IS NOT NULL OR k.note IS NOT NULL
		OR k.shelved_reason IS NOT NULL) LIMIT :most);

-- name: dispose_conflicts count
-- Empties texts that met on them.
-- in: nothing bytes, before instant, most int
-- scan: conferences are few
UPDATE card_conflict SET words = :nothing WHERE id IN (
	SELECT x.id FROM card_conflict x JOIN card k ON k.id = x.card_id JOIN conference f ON f.id = k.conference_id
	WHERE f.closed_at < :before AND length(x.words) > 0 LIMIT :most);

-- name: dispose_steps count
-- Empties steps that were agreed there and are over.
-- in: nothing bytes, before instant, most int
-- scan: conferences are few
UPDATE step SET words = :nothing WHERE id IN (
	SELECT s.id FROM step s JOIN conference f ON f.id = s.conference_id
	WHERE f.closed_at < :before AND s.state NOT IN ('open', 'carried', 'not_yet') AND length(s.words) > 0 LIMIT :most);

-- name: dispose_shown_due one
-- Records of disclosures from before an instant.
-- in:  before instant
-- out: due int
SELECT count(*) AS due FROM disclosure WHERE at < :before;

-- name: dispose_shown count
-- Deletes them.
-- in: before instant, most int
DELETE FROM disclosure WHERE id IN (SELECT id FROM disclosure WHERE at < :before ORDER BY at, id LIMIT :most);

-- name: dispose_aside_due one
-- What stood in cells that imports set aside, of imports that ended before an instant.
-- in:  before instant
-- out: due int
-- scan: imports are few
SELECT count(*) AS due FROM hmis_import i JOIN import_flag g ON g.import_no = i.no
WHERE i.ended_at < :before AND g.text IS NOT NULL;

-- name: dispose_aside count
-- Forgets it; file, line and problem stay.
-- in: before instant, most int
-- scan: imports are few
UPDATE import_flag SET text = NULL WHERE (import_no, no) IN (
	SELECT g.import_no, g.no FROM hmis_import i JOIN import_flag g ON g.import_no = i.no
	WHERE i.ended_at < :before AND g.text IS NOT NULL LIMIT :most);

-- name: dispose_drafts_due one
-- Files of other lists that were read before an instant and loaded by nobody.
-- in:  before instant
-- out: due int
-- scan: drafts are few
SELECT count(*) AS due FROM list_draft WHERE made_at < :before;

-- name: dispose_draft_chunks exec
-- Deletes their rows.
-- in: before instant
-- scan: drafts are few
DELETE FROM list_draft_chunk WHERE draft_id IN (SELECT id FROM list_draft WHERE made_at < :before);

-- name: dispose_drafts count
-- And the drafts.
-- in: before instant
-- scan: drafts are few
DELETE FROM list_draft WHERE made_at < :before;

-- name: dispose_last many
-- When each rule last took something away.
-- in:  act text
-- out: rule text, at instant
SELECT noun_id AS rule, max(at) AS at FROM journal WHERE noun = 'rule' AND act = :act GROUP BY noun_id;
