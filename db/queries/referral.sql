-- Referrals.

-- name: referral_add exec
-- A new one, as it was asked for.
-- in: id text, household_no int?, region_id text, opening_id text?, agency_id text, kind text, program text, source text
-- in: conference_id text?, requested_at instant, requested_by text, rank int?, state text, state_day day
INSERT INTO referral (id, household_no, region_id, opening_id, agency_id, kind, program, source, conference_id,
	requested_at, requested_by, rank, state, state_day)
VALUES (:id, :household_no, :region_id, :opening_id, :agency_id, :kind, :program, :source, :conference_id,
	:requested_at, :requested_by, :rank, :state, :state_day);

-- name: referral_by_id one
-- One of them.
-- in:  id text
-- out: household_no int?, region_id text, region text, opening_id text?, agency_id text, agency text, kind text
-- out: program text, source text, conference_id text?, requested_at instant, requested_by text, rank int?, state text
-- out: state_day day, issued_day day?, due_day day?, reason text?, review text?, ended_day day?
SELECT r.household_no, r.region_id, p.name AS region, r.opening_id, r.agency_id, g.name AS agency, r.kind, r.program,
	r.source, r.conference_id, r.requested_at, u.name AS requested_by, r.rank, r.state, r.state_day, r.issued_day,
	r.due_day, r.reason, r.review, r.ended_day
FROM referral r JOIN region p ON p.id = r.region_id JOIN agency g ON g.id = r.agency_id
JOIN app_user u ON u.id = r.requested_by WHERE r.id = :id;

-- name: referral_asked one
-- A request on an opening that waits for a household to be chosen.
-- in:  opening_id text
-- out: id text
SELECT id FROM referral WHERE opening_id = :opening_id AND household_no IS NULL AND ended_day IS NULL
ORDER BY requested_at, id LIMIT 1;

-- name: referral_waiting one
-- A request for a household on an opening.
-- in:  opening_id text, household_no int
-- out: id text, state text
SELECT id, state FROM referral
WHERE opening_id = :opening_id AND household_no = :household_no AND ended_day IS NULL;

-- name: referral_holder one
-- The referral that holds an opening, or whose decline has to be looked at before another goes there.
-- in:  opening_id text
-- out: id text, state text, by text?
SELECT r.id, r.state, u.name AS by FROM referral r
LEFT JOIN referral_event e ON e.referral_id = r.id AND e.what = 'issued' AND e.no = (
	SELECT MAX(x.no) FROM referral_event x WHERE x.referral_id = r.id AND x.what = 'issued')
LEFT JOIN app_user u ON u.id = e.by_id
WHERE r.opening_id = :opening_id AND ((r.ended_day IS NULL AND r.state <> 'requested') OR r.review = 'waits')
ORDER BY r.ended_day NULLS FIRST, r.id LIMIT 1;

-- name: referral_opening one
-- What of an opening says whether it can take one, and for whom.
-- in:  opening_id text
-- out: region_id text, agency_id text, kind text, program text, from_day day, confirmed_day day, ended_day day?
-- out: ended_as text?, held bool
SELECT o.region_id, o.agency_id, o.kind, o.program, o.from_day, o.confirmed_day, o.ended_day, o.ended_as, CASE WHEN EXISTS (SELECT 1 FROM referral f WHERE f.opening_id = o.id
	AND f.ended_day IS NULL AND f.state <> 'requested') THEN 1 ELSE 0 END AS held
FROM opening o WHERE o.id = :opening_id;

-- name: referral_issue count
-- It is issued, unless something else became of it meanwhile.
-- in: id text, household_no int, rank int?, day day, due_day day
UPDATE referral SET household_no = :household_no, rank = :rank, state = 'issued', state_day = :day,
	issued_day = :day, due_day = :due_day
WHERE id = :id AND state = 'requested';

-- name: referral_move count
-- Its next step, unless another was taken meanwhile.
-- in: id text, was text, state text, day day, reason text?, review text?, ended_day day?
UPDATE referral SET state = :state, state_day = :day, reason = :reason, review = :review, ended_day = :ended_day
WHERE id = :id AND state = :was;

-- name: referral_agree count
-- Who plans has looked at a decline and leaves it.
-- in: id text
UPDATE referral SET review = 'agreed' WHERE id = :id AND review = 'waits';

-- name: referrals_of_household many
-- The open ones of a household.
-- in:  household_no int
-- out: id text, state text
SELECT id, state FROM referral WHERE household_no = :household_no AND ended_day IS NULL ORDER BY id;

-- name: referrals_of_opening many
-- The open ones on an opening.
-- in:  opening_id text
-- out: id text, state text
SELECT id, state FROM referral WHERE opening_id = :opening_id AND ended_day IS NULL ORDER BY id;

-- name: referrals_open many
-- All that are open: what waits too long ends.
-- scan: a CoC has some hundred open referrals
-- out: id text, household_no int?, state text, state_day day
SELECT id, household_no, state, state_day FROM referral WHERE ended_day IS NULL ORDER BY id;

-- name: referrals_issued many
-- Those that were issued and are open, with the record of the household's head.
-- in:  now int
-- out: id text, kind text, state text, issued_day day, agency_id text, client_no int
-- scan: a CoC has some hundred open referrals
SELECT r.id, r.kind, r.state, r.issued_day, r.agency_id, l.head_client_no AS client_no
FROM referral r
JOIN listing l ON l.household_no = r.household_no AND l.from_import <= :now AND l.to_import > :now
WHERE r.ended_day IS NULL AND r.issued_day IS NOT NULL ORDER BY r.id;

-- name: referral_event_add exec
-- What was done with it; `no` follows the last.
-- in: referral_id text, what text, day day, at instant, by_id text?, reason text?, no int, note sealed?
INSERT INTO referral_event (referral_id, no, what, day, at, by_id, reason, note)
VALUES (:referral_id, :no, :what, :day, :at, :by_id, :reason, :note);

-- name: referral_event_last one
-- The number of the last event.
-- in:  referral_id text
-- out: no int
SELECT no FROM referral_event WHERE referral_id = :referral_id ORDER BY no DESC LIMIT 1;

-- name: referral_events many
-- All of them, the newest first.
-- in:  referral_id text
-- out: no int, what text, day day, by text?, reason text?, note sealed?
SELECT e.no, e.what, e.day, u.name AS by, e.reason, e.note FROM referral_event e LEFT JOIN app_user u ON u.id = e.by_id
WHERE e.referral_id = :referral_id ORDER BY e.no DESC;

-- name: referrals_seen many
-- Those that are open, wait to be looked at, or ended on a day or later; the oldest request first.
-- scan: a CoC has some hundred referrals a year
-- in:  ended_from day
-- out: id text, household_no int?, region_id text, region text, opening_id text?, agency_id text, agency text, kind text
-- out: program text, source text, requested_at instant, state text, state_day day, issued_day day?, due_day day?
-- out: reason text?, review text?, ended_day day?
SELECT r.id, r.household_no, r.region_id, p.name AS region, r.opening_id, r.agency_id, g.name AS agency, r.kind,
	r.program, r.source, r.requested_at, r.state, r.state_day, r.issued_day, r.due_day, r.reason, r.review, r.ended_day
FROM referral r JOIN region p ON p.id = r.region_id JOIN agency g ON g.id = r.agency_id
WHERE r.ended_day IS NULL OR r.review = 'waits' OR r.ended_day >= :ended_from ORDER BY r.requested_at, r.id;

-- name: referrals_had many
-- All of a household, the newest first.
-- in:  household_no int
-- out: id text, agency text, program text, state text, state_day day
SELECT r.id, g.name AS agency, r.program, r.state, r.state_day FROM referral r JOIN agency g ON g.id = r.agency_id
WHERE r.household_no = :household_no ORDER BY r.requested_at DESC, r.id LIMIT 50;

-- name: referral_task_put exec
-- Who does something of it, by when, and whether it is done.
-- in: referral_id text, task text, owner_id text?, due_day day?, done_day day?, done_by text?
INSERT INTO referral_task (referral_id, task, owner_id, due_day, done_day, done_by)
VALUES (:referral_id, :task, :owner_id, :due_day, :done_day, :done_by)
ON CONFLICT (referral_id, task) DO UPDATE SET owner_id = excluded.owner_id, due_day = excluded.due_day,
	done_day = excluded.done_day, done_by = excluded.done_by;

-- name: referral_tasks many
-- What was said about them.
-- in:  referral_id text
-- out: task text, owner_id text?, owner text?, due_day day?, done_day day?, done_by text?, done_by_name text?
SELECT t.task, t.owner_id, o.name AS owner, t.due_day, t.done_day, t.done_by, d.name AS done_by_name
FROM referral_task t LEFT JOIN app_user o ON o.id = t.owner_id LEFT JOIN app_user d ON d.id = t.done_by
WHERE t.referral_id = :referral_id ORDER BY t.task;

-- name: referral_contact_put exec
-- Whom to call at an agency.
-- in: agency_id text, name text, reach text, by_id text, at instant
INSERT INTO referral_contact (agency_id, name, reach, by_id, at) VALUES (:agency_id, :name, :reach, :by_id, :at)
ON CONFLICT (agency_id) DO UPDATE SET name = excluded.name, reach = excluded.reach, by_id = excluded.by_id,
	at = excluded.at;

-- name: referral_contact_of one
-- Whom to call at an agency.
-- in:  agency_id text
-- out: name text, reach text
SELECT name, reach FROM referral_contact WHERE agency_id = :agency_id;

-- name: referral_members many
-- The clients of a household, the head first, and what the list says of it.
-- in:  household_no int, now int
-- out: client_no int, flags int
SELECT m.client_no, l.flags FROM household_member m
JOIN listing l ON l.household_no = m.household_no AND l.from_import <= :now AND l.to_import > :now
WHERE m.household_no = :household_no AND m.from_import <= :now AND m.to_import > :now ORDER BY m.head DESC, m.client_no;

-- name: referral_homes many
-- The openings of a region that can take a referral: confirmed on a day or later, not ended, held by none.
-- in:  region_id text, confirmed_from day
-- out: id text, program text, unit text?, agency text
SELECT o.id, o.program, o.unit, g.name AS agency FROM opening o JOIN agency g ON g.id = o.agency_id
WHERE o.region_id = :region_id AND o.ended_day IS NULL AND o.confirmed_day >= :confirmed_from AND NOT EXISTS (
	SELECT 1 FROM referral f WHERE f.opening_id = o.id AND f.ended_day IS NULL AND f.state <> 'requested')
ORDER BY o.from_day, o.id;
