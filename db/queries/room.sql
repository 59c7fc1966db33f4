-- What belongs to a room beside its cards: wishes at check-in, who read the agreements, the pulse, a region's habits.

-- name: attendance_wish_set count
-- How somebody wishes to be called in this meeting.
-- in: id text, called sealed?, pronouns sealed?
UPDATE attendance SET called = :called, pronouns = :pronouns WHERE id = :id;

-- name: attendance_wish_last one
-- How they wished to be called the last time that they said so.
-- in:  user_id text
-- out: id text, called sealed?, pronouns sealed?
SELECT id, called, pronouns FROM attendance
WHERE user_id = :user_id AND (called IS NOT NULL OR pronouns IS NOT NULL) ORDER BY in_at DESC LIMIT 1;

-- name: attendance_wishes many
-- How those who came wish to be called.
-- in:  conference_id text
-- out: id text, user_id text, called sealed?, pronouns sealed?
SELECT id, user_id, called, pronouns FROM attendance
WHERE conference_id = :conference_id AND (called IS NOT NULL OR pronouns IS NOT NULL) ORDER BY in_at, id;

-- name: conference_read_set count
-- Somebody read the agreements aloud.
-- in: id text, user_id text
UPDATE conference SET read_by = :user_id WHERE id = :id AND state = 'live';

-- name: conference_readers many
-- Who read them: in this meeting and the last ones of the region, the newest first.
-- in:  region_id text, day day, most int
-- out: id text, reader text, day day
SELECT c.id, u.name AS reader, c.day FROM conference c JOIN app_user u ON u.id = c.read_by
WHERE c.region_id = :region_id AND c.day <= :day ORDER BY c.day DESC, c.started_at DESC, c.id LIMIT :most;

-- name: conference_day_before one
-- The day of the last conference of the same list that was held before this one; none: it is the first.
-- in:  id text
-- out: day day?
SELECT max(o.day) AS day FROM conference c
JOIN cycle y ON y.id = c.cycle_id
JOIN conference o ON o.region_id = c.region_id AND o.state = 'closed' AND o.id <> c.id AND o.day <= c.day
JOIN cycle x ON x.id = o.cycle_id AND coalesce(x.worklist_id, '') = coalesce(y.worklist_id, '')
WHERE c.id = :id;

-- name: movements_since many
-- Who came to be active after a day, as the history is known today. `now` is hmis_now.import_no.
-- in:  day day, cause_new int, cause_housing int, cause_inactive int
-- out: household_no int, cause int
-- scan: one row for each time that somebody came or went; it is asked for once at the beginning of a meeting
SELECT m.household_no, m.cause FROM movement m JOIN hmis_now n ON n.one = 1
WHERE m.day > :day AND m.holds = 1 AND m.from_import <= n.import_no AND m.to_import > n.import_no
	AND m.cause IN (:cause_new, :cause_housing, :cause_inactive)
ORDER BY m.household_no, m.no;

-- name: pulse_given_add exec
-- Somebody has answered. A second time is refused by the key.
-- in: conference_id text, user_id text
INSERT INTO pulse_given (conference_id, user_id) VALUES (:conference_id, :user_id);

-- name: pulse_given_by one
-- Whether they have.
-- in:  conference_id text, user_id text
-- out: times int
SELECT count(*) AS times FROM pulse_given WHERE conference_id = :conference_id AND user_id = :user_id;

-- name: pulse_count exec
-- One more of that answer.
-- in: conference_id text, answer text
INSERT INTO pulse (conference_id, answer, answers) VALUES (:conference_id, :answer, 1)
ON CONFLICT (conference_id, answer) DO UPDATE SET answers = pulse.answers + 1;

-- name: pulses_of_region many
-- The counts of a region's conferences up to a day, the newest first.
-- in:  region_id text, day day
-- out: id text, day day, answer text, answers int
SELECT c.id, c.day, p.answer, p.answers FROM conference c JOIN pulse p ON p.conference_id = c.id
WHERE c.region_id = :region_id AND c.day <= :day AND c.state = 'closed' ORDER BY c.day DESC, c.id, p.answer;

-- name: habits many
-- What a region turned on or off.
-- in:  region_id text
-- out: key text, is_on bool
SELECT key, is_on FROM habit WHERE region_id = :region_id;

-- name: habit_put exec
-- Turns one on or off.
-- in: region_id text, key text, is_on bool, at instant, by_id text
INSERT INTO habit (region_id, key, is_on, at, by_id) VALUES (:region_id, :key, :is_on, :at, :by_id)
ON CONFLICT (region_id, key) DO UPDATE SET is_on = excluded.is_on, at = excluded.at, by_id = excluded.by_id;
