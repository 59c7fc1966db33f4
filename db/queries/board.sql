-- What a business meeting is about: notices, issues, motions, training.

-- name: notice_add exec
-- Something is announced.
-- for: people lead
-- in: id text, region_id text?, kind text, words sealed, until_day day, at instant, by_id text
INSERT INTO board_notice (id, region_id, kind, words, until_day, at, by_id)
VALUES (:id, :region_id, :kind, :words, :until_day, :at, :by_id);

-- name: notices many
-- What a region's board shows on a day, the statewide ones too.
-- for: people lead
-- in:  region_id text, today day
-- out: id text, region_id text?, kind text, words sealed, until_day day, at instant, by_id text, by_name text
-- out: agency text?
SELECT n.id, n.region_id, n.kind, n.words, n.until_day, n.at, n.by_id, u.name AS by_name, g.name AS agency
FROM board_notice n
JOIN app_user u ON u.id = n.by_id
LEFT JOIN agency g ON g.id = u.agency_id
WHERE n.ended_at IS NULL AND n.until_day >= :today AND (n.region_id IS NULL OR n.region_id = :region_id)
ORDER BY n.until_day, n.at, n.id;

-- name: notice_end count
-- It is taken down; by who put it up, or (:keeps = 1) by who keeps the board.
-- in: id text, at instant, by_id text, keeps int
UPDATE board_notice SET ended_at = :at WHERE id = :id AND ended_at IS NULL AND (by_id = :by_id OR :keeps = 1);

-- name: issue_add exec
-- An issue is put into the box.
-- for: people lead
-- in: id text, series_id text, level text, words sealed, at instant, by_id text
INSERT INTO issue (id, series_id, level, words, at, by_id) VALUES (:id, :series_id, :level, :words, :at, :by_id);

-- name: issues_open many
-- Those that nobody has answered, the oldest first.
-- for: people lead
-- in:  series_id text
-- out: id text, level text, words sealed, owner_id text?, owner text?, at instant
SELECT i.id, i.level, i.words, i.owner_id, u.name AS owner, i.at
FROM issue i LEFT JOIN app_user u ON u.id = i.owner_id
WHERE i.series_id = :series_id AND i.closed_at IS NULL ORDER BY i.at, i.id;

-- name: issues_closed_in many
-- Those that a meeting answered.
-- for: people lead
-- in:  sitting_id text
-- out: id text, level text, words sealed, answer sealed?
SELECT id, level, words, answer FROM issue WHERE closed_in = :sitting_id ORDER BY closed_at, id;

-- name: issue_own count
-- Who sees to it.
-- in: id text, series_id text, owner_id text?
UPDATE issue SET owner_id = :owner_id WHERE id = :id AND series_id = :series_id AND closed_at IS NULL;

-- name: issue_close count
-- It is answered.
-- for: people lead
-- in: id text, series_id text, answer sealed, at instant, sitting_id text
UPDATE issue SET answer = :answer, closed_at = :at, closed_in = :sitting_id
WHERE id = :id AND series_id = :series_id AND closed_at IS NULL;

-- name: motion_add exec
-- A motion is made.
-- for: people lead
-- in: id text, sitting_id text, words sealed, mover_id text, at instant
INSERT INTO motion (id, sitting_id, words, mover_id, at) VALUES (:id, :sitting_id, :words, :mover_id, :at);

-- name: motions many
-- The motions of a meeting, with their votes counted.
-- for: people lead
-- in:  sitting_id text
-- out: id text, words sealed, mover text, agency text?, agencies int?, quorum int?, closed_at instant?, yes int, no int
-- out: abstain int
SELECT m.id, m.words, u.name AS mover, g.name AS agency, m.agencies, m.quorum, m.closed_at,
	(SELECT count(*) FROM motion_vote v WHERE v.motion_id = m.id AND v.vote = 'yes') AS yes,
	(SELECT count(*) FROM motion_vote v WHERE v.motion_id = m.id AND v.vote = 'no') AS no,
	(SELECT count(*) FROM motion_vote v WHERE v.motion_id = m.id AND v.vote = 'abstain') AS abstain
FROM motion m
JOIN app_user u ON u.id = m.mover_id
LEFT JOIN agency g ON g.id = u.agency_id
WHERE m.sitting_id = :sitting_id ORDER BY m.at, m.id;

-- name: motion_by_id one
-- Whether votes are taken on it.
-- in:  id text, sitting_id text
-- out: closed_at instant?
SELECT closed_at FROM motion WHERE id = :id AND sitting_id = :sitting_id;

-- name: motion_vote_put exec
-- The vote of an agency; a later one takes its place.
-- in: motion_id text, agency_id text, vote text, user_id text, at instant
INSERT INTO motion_vote (motion_id, agency_id, vote, user_id, at)
VALUES (:motion_id, :agency_id, :vote, :user_id, :at)
ON CONFLICT (motion_id, agency_id) DO UPDATE SET vote = excluded.vote, user_id = excluded.user_id, at = excluded.at;

-- name: motion_vote_of one
-- How an agency voted.
-- in:  motion_id text, agency_id text
-- out: vote text
SELECT vote FROM motion_vote WHERE motion_id = :motion_id AND agency_id = :agency_id;

-- name: motion_close count
-- No more votes are taken.
-- in: id text, sitting_id text, agencies int, quorum int, at instant
UPDATE motion SET agencies = :agencies, quorum = :quorum, closed_at = :at
WHERE id = :id AND sitting_id = :sitting_id AND closed_at IS NULL;

-- name: motions_close count
-- The meeting is over: those that are open, too.
-- in: sitting_id text, agencies int, quorum int, at instant
UPDATE motion SET agencies = :agencies, quorum = :quorum, closed_at = :at
WHERE sitting_id = :sitting_id AND closed_at IS NULL;

-- name: workshop_add exec
-- A training was held.
-- for: people lead
-- in: id text, series_id text, day day, minutes int, words sealed, at instant, by_id text
INSERT INTO workshop (id, series_id, day, minutes, words, at, by_id)
VALUES (:id, :series_id, :day, :minutes, :words, :at, :by_id);

-- name: workshops many
-- The newest of a series, with how many were there and whether somebody was.
-- for: people lead
-- in:  series_id text, user_id text, most int
-- out: id text, day day, minutes int, words sealed, people int, mine int
SELECT w.id, w.day, w.minutes, w.words,
	(SELECT count(*) FROM workshop_person p WHERE p.workshop_id = w.id) AS people,
	(SELECT count(*) FROM workshop_person p WHERE p.workshop_id = w.id AND p.user_id = :user_id) AS mine
FROM workshop w WHERE w.series_id = :series_id ORDER BY w.day DESC, w.id DESC LIMIT :most;

-- name: workshop_of_series one
-- Whether it is one of the series.
-- in:  id text, series_id text
-- out: day day
SELECT day FROM workshop WHERE id = :id AND series_id = :series_id;

-- name: workshop_there exec
-- Somebody was there.
-- in: workshop_id text, user_id text
INSERT INTO workshop_person (workshop_id, user_id) VALUES (:workshop_id, :user_id)
ON CONFLICT (workshop_id, user_id) DO NOTHING;
