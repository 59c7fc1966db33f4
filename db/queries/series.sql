-- Series of meetings.

-- name: series_put exec
-- A new series, or all of one but whose it is. Meetings that were made ready stay as they are.
-- in: id text, region_id text?, name text, worklist_id text?, rhythm text, first_day day, starts int
-- in: business_minutes int, conference_minutes int, place text, link text, lead_id text?, alternate_id text?
-- in: secretary_id text?, stand_in_id text?, quorum int, made_at instant, made_by text
INSERT INTO series (id, region_id, name, worklist_id, rhythm, first_day, starts, business_minutes, conference_minutes,
	place, link, lead_id, alternate_id, secretary_id, stand_in_id, quorum, made_at, made_by)
VALUES (:id, :region_id, :name, :worklist_id, :rhythm, :first_day, :starts, :business_minutes, :conference_minutes,
	:place, :link, :lead_id, :alternate_id, :secretary_id, :stand_in_id, :quorum, :made_at, :made_by)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, worklist_id = excluded.worklist_id, rhythm = excluded.rhythm,
	first_day = excluded.first_day, starts = excluded.starts, business_minutes = excluded.business_minutes,
	conference_minutes = excluded.conference_minutes, place = excluded.place, link = excluded.link,
	lead_id = excluded.lead_id, alternate_id = excluded.alternate_id, secretary_id = excluded.secretary_id,
	stand_in_id = excluded.stand_in_id, quorum = excluded.quorum
WHERE series.ended_at IS NULL;

-- name: series_end count
-- It has no more meetings.
-- in: id text, at instant
UPDATE series SET ended_at = :at WHERE id = :id AND ended_at IS NULL;

-- name: series_by_id one
-- A series with the names that its pages show.
-- in:  id text
-- out: region_id text?, region text?, name text, worklist_id text?, rhythm text, first_day day, starts int
-- out: business_minutes int, conference_minutes int, place text, link text, lead_id text?, lead text?
-- out: alternate_id text?, alternate text?, secretary_id text?, secretary text?, stand_in_id text?, stand_in text?
-- out: quorum int, ended_at instant?
SELECT s.region_id, r.name AS region, s.name, s.worklist_id, s.rhythm, s.first_day, s.starts, s.business_minutes,
	s.conference_minutes, s.place, s.link, s.lead_id, l.name AS lead, s.alternate_id, a.name AS alternate,
	s.secretary_id, c.name AS secretary, s.stand_in_id, i.name AS stand_in, s.quorum, s.ended_at
FROM series s
LEFT JOIN region r ON r.id = s.region_id
LEFT JOIN app_user l ON l.id = s.lead_id
LEFT JOIN app_user a ON a.id = s.alternate_id
LEFT JOIN app_user c ON c.id = s.secretary_id
LEFT JOIN app_user i ON i.id = s.stand_in_id
WHERE s.id = :id;

-- name: series_of_region many
-- The series of a region that go on, and behind them the statewide ones.
-- in:  region_id text
-- out: id text
-- scan: a CoC has a few series for each region
SELECT id FROM series WHERE ended_at IS NULL AND (region_id = :region_id OR region_id IS NULL)
ORDER BY CASE WHEN region_id IS NULL THEN 1 ELSE 0 END, made_at, id;

-- name: series_people many
-- Who can lead, write or come for an agency: those who work in the region (:statewide = 1: in any), nobody of a lead
-- agency.
-- in:  region_id text, statewide int
-- out: id text, name text, agency_id text?, agency text?
-- scan: a CoC has some hundred people who sign in
SELECT u.id, u.name, u.agency_id, g.name AS agency
FROM app_user u
LEFT JOIN agency g ON g.id = u.agency_id
WHERE u.disabled_at IS NULL AND coalesce(g.is_lead, 0) = 0
	AND (u.role = 'specialist' OR (u.role IN ('list-holder', 'provider') AND (:statewide = 1
		OR u.region_id = :region_id OR EXISTS (SELECT 1 FROM agency_region ar
			WHERE ar.agency_id = u.agency_id AND ar.region_id = :region_id))))
ORDER BY u.name, u.id;

-- name: series_readers many
-- Who reads mail and is invited to a business meeting: those, and everybody of a lead agency.
-- in:  region_id text, statewide int
-- out: user_id text
-- scan: a CoC has some hundred people who sign in
SELECT u.id AS user_id
FROM app_user u
JOIN mail_address m ON m.user_id = u.id
LEFT JOIN agency g ON g.id = u.agency_id
WHERE u.disabled_at IS NULL
	AND (u.role IN ('specialist', 'lead') OR (u.role IN ('list-holder', 'provider') AND (:statewide = 1
		OR u.region_id = :region_id OR EXISTS (SELECT 1 FROM agency_region ar
			WHERE ar.agency_id = u.agency_id AND ar.region_id = :region_id))))
ORDER BY u.id;

-- name: series_agencies many
-- The agencies that come, each with who comes and who comes instead. Lead agencies have no seat and no vote.
-- in:  series_id text, region_id text, statewide int
-- out: agency_id text, agency text, user_id text?, person text?, deputy_id text?, deputy text?
-- scan: a CoC has some hundred agencies
SELECT g.id AS agency_id, g.name AS agency, s.user_id, u.name AS person, s.deputy_id, d.name AS deputy
FROM agency g
LEFT JOIN series_agency s ON s.agency_id = g.id AND s.series_id = :series_id
LEFT JOIN app_user u ON u.id = s.user_id
LEFT JOIN app_user d ON d.id = s.deputy_id
WHERE g.is_lead = 0 AND (:statewide = 1 OR EXISTS (SELECT 1 FROM agency_region ar
	WHERE ar.agency_id = g.id AND ar.region_id = :region_id))
ORDER BY g.name, g.id;

-- name: series_agency_put exec
-- Who comes for an agency.
-- in: series_id text, agency_id text, user_id text?, deputy_id text?
INSERT INTO series_agency (series_id, agency_id, user_id, deputy_id)
VALUES (:series_id, :agency_id, :user_id, :deputy_id)
ON CONFLICT (series_id, agency_id) DO UPDATE SET user_id = excluded.user_id, deputy_id = excluded.deputy_id;

-- name: series_objective_add exec
-- A line of what it is for.
-- for: people lead
-- in: id text, series_id text, words sealed, at instant, by_id text
INSERT INTO series_objective (id, series_id, words, at, by_id) VALUES (:id, :series_id, :words, :at, :by_id);

-- name: series_objectives many
-- What it is for, the oldest line first.
-- for: people lead
-- in:  series_id text
-- out: id text, words sealed
SELECT id, words FROM series_objective WHERE series_id = :series_id AND ended_at IS NULL ORDER BY at, id;

-- name: series_objective_end count
-- A line holds no longer.
-- in: id text, series_id text, at instant
UPDATE series_objective SET ended_at = :at WHERE id = :id AND series_id = :series_id AND ended_at IS NULL;

-- name: sitting_add exec
-- A meeting of a series is made ready.
-- in: id text, series_id text, rule_day day, day day, starts int, minutes int, place text, link text, chair_id text?
-- in: state text, made_at instant
INSERT INTO sitting (id, series_id, rule_day, day, starts, minutes, place, link, chair_id, state, made_at)
VALUES (:id, :series_id, :rule_day, :day, :starts, :minutes, :place, :link, :chair_id, :state, :made_at);

-- name: sitting_change count
-- This one alone; the series stays.
-- in: id text, day day, starts int, minutes int, place text, link text, chair_id text?
UPDATE sitting SET day = :day, starts = :starts, minutes = :minutes, place = :place, link = :link,
	chair_id = :chair_id
WHERE id = :id AND state = 'planned';

-- name: sitting_by_id one
-- One meeting.
-- in:  id text
-- out: series_id text, rule_day day, day day, starts int, minutes int, place text, link text, chair_id text?
-- out: chair text?, state text, opened_at instant?, closed_at instant?, closed_by text?
SELECT s.series_id, s.rule_day, s.day, s.starts, s.minutes, s.place, s.link, s.chair_id, c.name AS chair, s.state,
	s.opened_at, s.closed_at, b.name AS closed_by
FROM sitting s
LEFT JOIN app_user c ON c.id = s.chair_id
LEFT JOIN app_user b ON b.id = s.closed_by
WHERE s.id = :id;

-- name: sittings_of_series many
-- Its meetings from a day on, whether that is theirs or the series'.
-- in:  series_id text, from_day day
-- out: id text, rule_day day, day day, starts int, minutes int, state text
SELECT id, rule_day, day, starts, minutes, state FROM sitting
WHERE series_id = :series_id AND (day >= :from_day OR rule_day >= :from_day) ORDER BY day, id;

-- name: sittings_before many
-- Its meetings that were, the newest first.
-- in:  series_id text, before_day day, most int
-- out: id text, day day, state text
SELECT id, day, state FROM sitting WHERE series_id = :series_id AND day < :before_day
ORDER BY day DESC, id DESC LIMIT :most;

-- name: sitting_open count
-- It begins.
-- in: id text, at instant
UPDATE sitting SET state = 'live', opened_at = :at WHERE id = :id AND state = 'planned';

-- name: sitting_close count
-- Its room is closed.
-- in: id text, at instant, by_id text
UPDATE sitting SET state = 'closed', closed_at = :at, closed_by = :by_id WHERE id = :id AND state = 'live';

-- name: sitting_cancel count
-- It does not take place.
-- in: id text
UPDATE sitting SET state = 'cancelled' WHERE id = :id AND state = 'planned';

-- name: sitting_conference_add exec
-- A case conference follows it.
-- in: conference_id text, sitting_id text
INSERT INTO sitting_conference (conference_id, sitting_id) VALUES (:conference_id, :sitting_id);

-- name: sitting_conferences many
-- The case conferences behind it.
-- in:  sitting_id text
-- out: conference_id text, region_id text, region text, starts_at instant, state text
SELECT t.conference_id, c.region_id, r.name AS region, c.starts_at, c.state
FROM sitting_conference t
JOIN conference c ON c.id = t.conference_id
JOIN region r ON r.id = c.region_id
WHERE t.sitting_id = :sitting_id ORDER BY c.starts_at, r.number;

-- name: sitting_of_conference one
-- The business meeting before a case conference.
-- in:  conference_id text
-- out: sitting_id text, series_id text, state text, place text, link text
SELECT s.id AS sitting_id, s.series_id, s.state, s.place, s.link
FROM sitting_conference t JOIN sitting s ON s.id = t.sitting_id
WHERE t.conference_id = :conference_id;

-- name: sitting_facilitator_set count
-- Hands a planned case conference over.
-- in: conference_id text, facilitator_id text
UPDATE conference SET facilitator_id = :facilitator_id WHERE id = :conference_id AND state = 'planned';

-- name: sitting_item_put exec
-- The minutes of an item.
-- in: sitting_id text, position int, minutes int
INSERT INTO sitting_item (sitting_id, position, minutes) VALUES (:sitting_id, :position, :minutes)
ON CONFLICT (sitting_id, position) DO UPDATE SET minutes = excluded.minutes;

-- name: sitting_items many
-- Its agenda.
-- in:  sitting_id text
-- out: position int, minutes int
SELECT position, minutes FROM sitting_item WHERE sitting_id = :sitting_id ORDER BY position;

-- name: sitting_in exec
-- Somebody comes in; who is there already stays as they are.
-- in: sitting_id text, user_id text, agency_id text?, in_at instant
INSERT INTO sitting_seat (sitting_id, user_id, agency_id, in_at) VALUES (:sitting_id, :user_id, :agency_id, :in_at)
ON CONFLICT (sitting_id, user_id) WHERE out_at IS NULL DO NOTHING;

-- name: sitting_out count
-- Somebody leaves.
-- in: sitting_id text, user_id text, at instant
UPDATE sitting_seat SET out_at = :at WHERE sitting_id = :sitting_id AND user_id = :user_id AND out_at IS NULL;

-- name: sitting_out_all count
-- The room is empty.
-- in: sitting_id text, at instant
UPDATE sitting_seat SET out_at = :at WHERE sitting_id = :sitting_id AND out_at IS NULL;

-- name: sitting_seats many
-- Who was there, by when they came.
-- in:  sitting_id text
-- out: user_id text, name text, agency_id text?, agency text?, role text, in_at instant, out_at instant?
SELECT s.user_id, u.name, s.agency_id, g.name AS agency, u.role, s.in_at, s.out_at
FROM sitting_seat s
JOIN app_user u ON u.id = s.user_id
LEFT JOIN agency g ON g.id = s.agency_id
WHERE s.sitting_id = :sitting_id ORDER BY s.in_at, u.name;

-- name: sitting_note_add exec
-- Something is written down.
-- for: people lead
-- in: id text, sitting_id text, kind text, words sealed, at instant, by_id text
INSERT INTO sitting_note (id, sitting_id, kind, words, at, by_id)
VALUES (:id, :sitting_id, :kind, :words, :at, :by_id);

-- name: sitting_notes many
-- What was written down, in its order.
-- for: people lead
-- in:  sitting_id text
-- out: id text, kind text, words sealed, at instant, by_name text
SELECT n.id, n.kind, n.words, n.at, u.name AS by_name
FROM sitting_note n JOIN app_user u ON u.id = n.by_id
WHERE n.sitting_id = :sitting_id ORDER BY n.at, n.id;
