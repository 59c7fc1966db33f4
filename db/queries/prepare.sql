-- Getting a conference ready, word from who cannot come, and one's own steps.

-- name: prepare_export one
-- When the newest export that is switched on was made.
-- out: exported instant?
-- scan: a row for each import
SELECT max(export_date) AS exported FROM hmis_import WHERE kind = 'import' AND state = 'applied';

-- name: prepare_ties many
-- Who serves the active households of a region; nobody: a row without an agency. Protected households are left out, and
-- victim service providers: who serves whom of these is not to be seen in a count.
-- in:  region_id text, active int
-- out: household_no int, agency_id text?, agency text?
SELECT l.household_no, g.id AS agency_id, g.name AS agency
FROM hmis_now n
JOIN listing l ON l.region_id = :region_id AND l.status = :active AND l.from_import <= n.import_no
	AND l.to_import > n.import_no
LEFT JOIN household_agency s ON s.household_no = l.household_no AND s.from_import <= n.import_no
	AND s.to_import > n.import_no
LEFT JOIN agency g ON g.id = s.agency_id AND g.is_victim_service_provider = 0
WHERE n.one = 1 AND NOT EXISTS (SELECT 1 FROM protection p WHERE p.household_no = l.household_no
	AND p.ended_at IS NULL)
ORDER BY l.household_no, g.name;

-- name: prepare_queue many
-- The same of the households in a conference's queue.
-- in:  conference_id text
-- out: household_no int, agency_id text?
SELECT k.household_no, g.id AS agency_id
FROM card k
JOIN hmis_now n ON n.one = 1
LEFT JOIN household_agency s ON s.household_no = k.household_no AND s.from_import <= n.import_no
	AND s.to_import > n.import_no
LEFT JOIN agency g ON g.id = s.agency_id AND g.is_victim_service_provider = 0
WHERE k.conference_id = :conference_id AND NOT EXISTS (SELECT 1 FROM protection p
	WHERE p.household_no = k.household_no AND p.ended_at IS NULL)
ORDER BY k.household_no;

-- name: prepare_heard one
-- For how many households of a conference somebody has sent word, and how many mails invite to it.
-- in:  conference_id text
-- out: households int, invited int
SELECT (SELECT count(DISTINCT n.card_id) FROM conference_note n
		WHERE n.conference_id = :conference_id AND n.card_id IS NOT NULL) AS households,
	(SELECT count(*) FROM outbox o WHERE o.kind = 'conference' AND o.about = :conference_id) AS invited;

-- name: prepare_led one
-- How many conferences somebody has facilitated.
-- in:  user_id text
-- out: conferences int
-- scan: a region has some dozen conferences a year
SELECT count(*) AS conferences FROM conference WHERE facilitator_id = :user_id AND state = 'closed';

-- name: prepare_openings one
-- How many homes of a region are to be filled, and how many of them are an agency's.
-- in:  region_id text, agency_id text
-- out: openings int, own int?
SELECT count(*) AS openings, sum(CASE WHEN agency_id = :agency_id THEN 1 ELSE 0 END) AS own
FROM opening WHERE region_id = :region_id AND ended_day IS NULL;

-- name: word_cards many
-- The households that an agency serves and that a planned conference will speak of.
-- in:  agency_id text
-- out: conference_id text, card_id text, household_no int, day day, region text, sent int
SELECT c.id AS conference_id, k.id AS card_id, k.household_no, c.day, r.name AS region,
	(SELECT count(*) FROM conference_note n WHERE n.card_id = k.id) AS sent
FROM conference c
JOIN region r ON r.id = c.region_id
JOIN card k ON k.conference_id = c.id
JOIN hmis_now n ON n.one = 1
JOIN household_agency s ON s.household_no = k.household_no AND s.agency_id = :agency_id
	AND s.from_import <= n.import_no AND s.to_import > n.import_no
WHERE c.state = 'planned' ORDER BY c.day, k.position, k.id;

-- name: own_steps many
-- What somebody has to do, by date.
-- in:  user_id text
-- out: id text, household_no int, region_id text, words sealed, due day?, state text
SELECT id, household_no, region_id, words, due, state FROM step
WHERE owner_id = :user_id AND state IN ('open', 'carried', 'not_yet') ORDER BY due NULLS LAST, id;

-- name: trip_steps many
-- What is to be done in a region until a day, by county, with who takes it along.
-- in:  region_id text, until_day day
-- out: id text, household_no int, words sealed, owner_id text?, owner text?, agency text?, due day?, state text
-- out: county text?, taken_by text?, taken text?
SELECT s.id, s.household_no, s.words, s.owner_id, u.name AS owner, g.name AS agency, s.due, s.state, l.county,
	t.user_id AS taken_by, w.name AS taken
FROM step s
JOIN hmis_now n ON n.one = 1
LEFT JOIN listing l ON l.household_no = s.household_no AND l.from_import <= n.import_no AND l.to_import > n.import_no
LEFT JOIN app_user u ON u.id = s.owner_id
LEFT JOIN agency g ON g.id = s.agency_id
LEFT JOIN step_taken t ON t.step_id = s.id AND t.ended_at IS NULL
LEFT JOIN app_user w ON w.id = t.user_id
WHERE s.region_id = :region_id AND s.due <= :until_day AND s.state IN ('open', 'carried', 'not_yet')
ORDER BY l.county NULLS LAST, s.household_no, s.due, s.id;

-- name: step_take count
-- Somebody takes a stop along; once.
-- in: step_id text, user_id text, at instant
INSERT INTO step_taken (step_id, user_id, at) VALUES (:step_id, :user_id, :at)
ON CONFLICT (step_id) WHERE ended_at IS NULL DO NOTHING;

-- name: step_give_back count
-- And does not, after all.
-- in: step_id text, user_id text, at instant
UPDATE step_taken SET ended_at = :at WHERE step_id = :step_id AND user_id = :user_id AND ended_at IS NULL;
