-- Conferences, their agenda, and what is written down beside the cards.

-- name: conference_by_id one
-- A conference by its id, with the names that its pages show.
-- in:  id text
-- out: region_id text, region_number int, region_name text, cycle_id text, worklist_id text?, goal int, focus text
-- out: day day, starts_at instant, minutes int, household_seconds int, facilitator_id text, facilitator text
-- out: scribe_id text, scribe text, state text, part int, next_day day?, started_at instant?, closed_at instant?
SELECT c.region_id, r.number AS region_number, r.name AS region_name, c.cycle_id, y.worklist_id, y.goal, c.focus,
	c.day, c.starts_at, c.minutes, c.household_seconds, c.facilitator_id, f.name AS facilitator, c.scribe_id,
	s.name AS scribe, c.state, c.part, c.next_day, c.started_at, c.closed_at
FROM conference c
JOIN region r ON r.id = c.region_id
JOIN cycle y ON y.id = c.cycle_id
JOIN app_user f ON f.id = c.facilitator_id
JOIN app_user s ON s.id = c.scribe_id
WHERE c.id = :id;

-- name: conference_add exec
-- A conference is planned.
-- in: id text, region_id text, cycle_id text, focus text, day day, starts_at instant, minutes int
-- in: household_seconds int, facilitator_id text, scribe_id text, state text, next_day day?
-- in: planned_at instant, planned_by text
INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, household_seconds, facilitator_id,
	scribe_id, state, part, next_day, planned_at, planned_by)
VALUES (:id, :region_id, :cycle_id, :focus, :day, :starts_at, :minutes, :household_seconds, :facilitator_id,
	:scribe_id, :state, 0, :next_day, :planned_at, :planned_by);

-- name: conference_change count
-- What people may change while it is planned.
-- in: id text, focus text, day day, starts_at instant, minutes int, household_seconds int, facilitator_id text
-- in: scribe_id text, next_day day?
UPDATE conference SET focus = :focus, day = :day, starts_at = :starts_at, minutes = :minutes,
	household_seconds = :household_seconds, facilitator_id = :facilitator_id, scribe_id = :scribe_id,
	next_day = :next_day
WHERE id = :id AND state = 'planned';

-- name: conferences_of_list many
-- The conferences of a region's whole list (an empty worklist_id) or of one of its working lists, newest first.
-- in:  region_id text, worklist_id text, most int
-- out: id text, focus text, day day, starts_at instant, minutes int, state text, closed_at instant?
SELECT c.id, c.focus, c.day, c.starts_at, c.minutes, c.state, c.closed_at
FROM conference c JOIN cycle y ON y.id = c.cycle_id
WHERE c.region_id = :region_id AND coalesce(y.worklist_id, '') = :worklist_id
ORDER BY c.day DESC, c.id DESC LIMIT :most;

-- name: conference_open_of_list one
-- The conference of such a list that is planned or runs; the next one to come.
-- in:  region_id text, worklist_id text
-- out: id text, day day, state text
SELECT c.id, c.day, c.state FROM conference c JOIN cycle y ON y.id = c.cycle_id
WHERE c.region_id = :region_id AND coalesce(y.worklist_id, '') = :worklist_id AND c.state <> 'closed'
ORDER BY c.day, c.id LIMIT 1;

-- name: conference_live_of_region one
-- The conference of a region that runs, of whichever list; the last one that was started.
-- in:  region_id text
-- out: id text
SELECT id FROM conference WHERE region_id = :region_id AND state = 'live' ORDER BY started_at DESC, id LIMIT 1;

-- name: conference_start count
-- The meeting begins.
-- in: id text, at instant
UPDATE conference SET state = 'live', started_at = :at WHERE id = :id AND state = 'planned';

-- name: conference_close count
-- The meeting is over, its record locked.
-- in: id text, at instant, by_id text
UPDATE conference SET state = 'closed', closed_at = :at, closed_by = :by_id WHERE id = :id AND state = 'live';

-- name: conference_part_set count
-- Which part of the agenda runs.
-- in: id text, part int
UPDATE conference SET part = :part WHERE id = :id AND state = 'live';

-- name: conference_next_day_set count
-- When they meet next.
-- in: id text, next_day day?
UPDATE conference SET next_day = :next_day WHERE id = :id AND state <> 'closed';

-- name: conference_people many
-- Who may be facilitator or scribe in a region: its list holders, specialists, and providers of the
-- agencies that work there; nobody of a lead agency.
-- in:  region_id text
-- out: id text, name text, role text, agency text?
-- scan: a CoC has some hundred people who sign in
SELECT u.id, u.name, u.role, g.name AS agency
FROM app_user u
LEFT JOIN agency g ON g.id = u.agency_id
WHERE u.disabled_at IS NULL AND coalesce(g.is_lead, 0) = 0
	AND (u.role = 'specialist' OR (u.role = 'list-holder' AND u.region_id = :region_id)
		OR (u.role = 'provider' AND (u.region_id = :region_id OR EXISTS (SELECT 1 FROM agency_region ar
			WHERE ar.agency_id = u.agency_id AND ar.region_id = :region_id))))
ORDER BY u.name, u.id;

-- name: conference_dated many
-- The households of the region that have a target date in these days and have not moved in.
-- in:  region_id text, from_day day, to_day day, housed int
-- out: household_no int
SELECT t.household_no
FROM target_date t
WHERE t.region_id = :region_id AND t.replaced_at IS NULL AND t.day >= :from_day AND t.day <= :to_day
	AND NOT EXISTS (SELECT 1 FROM listing l JOIN hmis_now n ON n.one = 1 AND l.from_import <= n.import_no
			AND l.to_import > n.import_no
		WHERE l.household_no = t.household_no AND l.status = :housed);

-- name: agenda_items many
-- The agenda of a conference in its order.
-- in:  conference_id text
-- out: position int, key text, minutes int, started_at instant?
SELECT position, key, minutes, started_at FROM agenda_item WHERE conference_id = :conference_id ORDER BY position;

-- name: agenda_item_put exec
-- Sets the minutes of a part.
-- in: conference_id text, position int, key text, minutes int
INSERT INTO agenda_item (conference_id, position, key, minutes) VALUES (:conference_id, :position, :key, :minutes)
ON CONFLICT (conference_id, position) DO UPDATE SET minutes = excluded.minutes;

-- name: agenda_item_start count
-- A part is reached, for the first time.
-- in: conference_id text, position int, at instant
UPDATE agenda_item SET started_at = :at
WHERE conference_id = :conference_id AND position = :position AND started_at IS NULL;

-- name: conference_note_add exec
-- Something is written down.
-- in: id text, conference_id text, card_id text?, kind text, words sealed, by_id text, at instant
INSERT INTO conference_note (id, conference_id, card_id, kind, words, by_id, at)
VALUES (:id, :conference_id, :card_id, :kind, :words, :by_id, :at);

-- name: conference_note_by one
-- Who wrote a note.
-- in:  id text
-- out: by_id text
SELECT by_id FROM conference_note WHERE id = :id;

-- name: conference_notes many
-- Everything that was written down, in its order.
-- in:  conference_id text
-- out: id text, card_id text?, kind text, words sealed, by_name text, agency text?, at instant
SELECT n.id, n.card_id, n.kind, n.words, u.name AS by_name, g.name AS agency, n.at
FROM conference_note n
JOIN app_user u ON u.id = n.by_id
LEFT JOIN agency g ON g.id = u.agency_id
WHERE n.conference_id = :conference_id ORDER BY n.at, n.id;
