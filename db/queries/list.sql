-- The list as pages read it: every row without a name for the picture in memory, and some rows whole.

-- name: list_now one
-- Which version of the list is switched on, the day it describes, the written order of that day (0: the default),
-- the last word about flags (0: none) and about agencies that come under a law (0: none), the last contact that somebody
-- wrote down (0: none).
-- out: import_no int, as_of day, policy int, confirmed int, laws int, contacts int
SELECT n.import_no, n.as_of, coalesce((SELECT p.version FROM policy p WHERE p.kind = 'list' AND p.from_day <= n.as_of
	ORDER BY p.from_day DESC, p.version DESC LIMIT 1), 0) AS policy,
	coalesce((SELECT max(f.no) FROM flag_confirmed f), 0) AS confirmed,
	coalesce((SELECT max(g.law_no) FROM agency g), 0) AS laws,
	coalesce((SELECT max(t.no) FROM contact t), 0) AS contacts
FROM hmis_now n WHERE n.one = 1;

-- name: list_rows each
-- Every household of the list, as plain facts.
-- in:  now int
-- out: household_no int, id text, code text, tie int, region_id text?, county text?, status int, since day
-- out: start day, situation int?, situation_day day?, months_36 int, last_contact day?, score int?
-- out: score_day day?, band int, chronic int, household_type int, members int, veteran bool, flags int
-- out: tool int, raised bool, facts int, project_no int?, tags int, omitted int, assessed day?, assessor int?
-- scan: the picture in memory holds them all
SELECT l.household_no, h.id, h.code, h.tie, l.region_id, l.county, l.status, l.since, l.start, l.situation,
	l.situation_day, l.months_36, l.last_contact, l.score, l.score_day, l.band, l.chronic, l.household_type,
	l.members, l.veteran, l.flags, l.tool, l.raised, l.facts, l.project_no, l.tags, l.omitted, l.assessed,
	l.assessor
FROM listing l JOIN household h ON h.household_no = l.household_no
WHERE l.from_import <= :now AND l.to_import > :now;

-- name: list_heads many
-- The sealed identities of the heads of some households.
-- in:  nos int, now int
-- out: household_no int, client_no int, personal_id text, hashed bool, name sealed?, ssn sealed?, birth sealed?
SELECT l.household_no, c.client_no, c.personal_id, c.hashed, c.name, c.ssn, c.birth
FROM listing l JOIN client c ON c.client_no = l.head_client_no AND c.from_import <= :now AND c.to_import > :now
WHERE l.household_no IN (:nos[50]) AND l.from_import <= :now AND l.to_import > :now;

-- name: list_agencies many
-- The agencies that serve some households, the one with the newest fact first; `law`: that one does comes under it.
-- in:  nos int, now int
-- out: household_no int, agency_id text, name text, record_no int?, law text
SELECT s.household_no, s.agency_id, a.name, s.record_no,
	coalesce(a.law, CASE WHEN a.law_hmis = 1 THEN '27f' ELSE 'hmis' END) AS law
FROM household_agency s JOIN agency a ON a.id = s.agency_id
WHERE s.household_no IN (:nos[50]) AND s.from_import <= :now AND s.to_import > :now
ORDER BY s.household_no, s.last_day DESC, a.name;

-- name: list_members many
-- The people of a household, head first.
-- in:  household_no int, now int
-- out: client_no int, head bool, relationship int?, personal_id text, hashed bool, name sealed?, birth sealed?
SELECT m.client_no, m.head, m.relationship, c.personal_id, c.hashed, c.name, c.birth
FROM household_member m JOIN client c ON c.client_no = m.client_no AND c.from_import <= :now AND c.to_import > :now
WHERE m.household_no = :household_no AND m.from_import <= :now AND m.to_import > :now
ORDER BY m.head DESC, m.client_no;

-- name: list_household_of_client one
-- The household that a client belongs to, if need be by another record of the same person.
-- in:  client_no int, now int
-- out: household_no int
SELECT m.household_no FROM household_member m
WHERE m.client_no IN (SELECT :client_no UNION SELECT same_no FROM client_same WHERE client_no = :client_no)
	AND m.from_import <= :now AND m.to_import > :now
ORDER BY m.client_no LIMIT 1;

-- name: list_next_steps many
-- What is still to be done for some households, the most pressing first. `former`: for one that gave way to it.
-- in:  nos int
-- out: household_no int, former bool, id text, words sealed, owner text?, agency text?, agency_id text?, owner_id text?
-- out: due day?
WITH h AS (
	SELECT household_no, household_no AS step_no FROM household WHERE household_no IN (:nos[50])
	UNION SELECT household_no, former_no FROM household_former WHERE household_no IN (:nos[50])
)
SELECT h.household_no, CASE WHEN s.household_no = h.household_no THEN 0 ELSE 1 END AS former, s.id, s.words,
	u.name AS owner, g.name AS agency, s.agency_id, s.owner_id, s.due
FROM h CROSS JOIN step s LEFT JOIN app_user u ON u.id = s.owner_id LEFT JOIN agency g ON g.id = s.agency_id
WHERE s.household_no = h.step_no AND s.state IN ('open', 'carried', 'not_yet')
ORDER BY h.household_no, s.due NULLS LAST, s.created_at, s.id;

-- name: list_in_cycle many
-- Which of some households have a seat in an open cycle.
-- in:  nos int
-- out: household_no int
-- scan: open cycles hold some ten households a region
SELECT h.household_no FROM cycle c JOIN cycle_household h ON h.cycle_id = c.id
WHERE c.ended_at IS NULL AND h.left_as IS NULL AND h.household_no IN (:nos[50]);

-- name: list_targets many
-- The target move-in dates of some households.
-- in:  nos int
-- out: household_no int, day day
SELECT household_no, day FROM target_date WHERE household_no IN (:nos[50]) AND replaced_at IS NULL;

-- name: list_barriers many
-- What stands in the way of some households, as the last meeting that spoke of them says.
-- in:  nos int
-- out: household_no int, barriers text
WITH h AS (
	SELECT household_no, household_no AS card_no FROM household WHERE household_no IN (:nos[50])
	UNION SELECT household_no, former_no FROM household_former WHERE household_no IN (:nos[50])
)
SELECT h.household_no, k.barriers FROM h CROSS JOIN card k
WHERE k.household_no = h.card_no AND k.id = (
	SELECT s.id FROM h x CROSS JOIN card s JOIN conference c ON c.id = s.conference_id
	WHERE x.household_no = h.household_no AND s.household_no = x.card_no AND s.opened_at IS NOT NULL
	ORDER BY c.day DESC, s.opened_at DESC, s.id LIMIT 1);

-- name: list_gone many
-- Since which export something of some households is absent, the newest absence last.
-- in:  nos int, now int
-- out: household_no int, source text, exported instant?
SELECT m.household_no, s.name AS source, i.export_date AS exported
FROM household_member m
JOIN enrollment e ON e.client_no = m.client_no AND e.gone = 1 AND e.from_import <= :now AND e.to_import > :now
JOIN hmis_import i ON i.no = e.from_import
JOIN hmis_source s ON s.no = i.source_no
WHERE m.household_no IN (:nos[50]) AND m.from_import <= :now AND m.to_import > :now
ORDER BY m.household_no, e.from_import;

-- name: list_reviews many
-- When a conference last spoke of some households.
-- in:  nos int
-- out: household_no int, day day
WITH h AS (
	SELECT household_no, household_no AS card_no FROM household WHERE household_no IN (:nos[50])
	UNION SELECT household_no, former_no FROM household_former WHERE household_no IN (:nos[50])
)
SELECT h.household_no, max(c.day) AS day
FROM h CROSS JOIN card k JOIN conference c ON c.id = k.conference_id
WHERE k.household_no = h.card_no AND k.opened_at IS NOT NULL
GROUP BY h.household_no;

-- name: list_reviewed many
-- When a conference last spoke of each household.
-- out: household_no int, day day
-- scan: a filter asks all of them; conferences speak of some ten households at a time
SELECT k.household_no, max(c.day) AS day
FROM card k JOIN conference c ON c.id = k.conference_id
WHERE k.opened_at IS NOT NULL GROUP BY k.household_no;

-- name: list_releases many
-- The releases of everybody who heads a household, by household, oldest first.
-- in:  now int
-- out: household_no int, refused bool, purposes int, from_day day, until_day day?, ended_day day?
-- scan: a filter asks all of them
SELECT l.household_no, r.refused, r.purposes, r.from_day, r.until_day, r.ended_day
FROM listing l JOIN release r ON r.client_no = l.head_client_no
WHERE l.from_import <= :now AND l.to_import > :now
ORDER BY l.household_no, r.from_day, r.recorded_at, r.id;

-- name: list_served many
-- The households that an agency serves.
-- in:  agency_id text, now int
-- out: household_no int
SELECT household_no FROM household_agency WHERE agency_id = :agency_id AND from_import <= :now AND to_import > :now
ORDER BY household_no;

-- name: list_household_by_id one
-- A household's number by its id.
-- in:  id text
-- out: household_no int, code text
SELECT household_no, code FROM household WHERE id = :id;

-- name: list_clients_households many
-- The households of some clients, with what is needed to compare who they are. `member_no` is another number where
-- the client is one of several records of a person: the one that is listed.
-- in:  clients int, now int
-- out: client_no int, member_no int, household_no int, personal_id text, hashed bool, name sealed?, ssn sealed?
-- out: birth sealed?
SELECT c.client_no, m.client_no AS member_no, m.household_no, c.personal_id, c.hashed, c.name, c.ssn, c.birth
FROM client c LEFT JOIN client_link own ON own.client_no = c.client_no
LEFT JOIN client_link k ON k.one_no = own.one_no
JOIN household_member m
	ON m.client_no = coalesce(k.client_no, c.client_no) AND m.from_import <= :now AND m.to_import > :now
WHERE c.client_no IN (:clients[50]) AND c.from_import <= :now AND c.to_import > :now
ORDER BY c.client_no;

-- name: list_clients_by_id many
-- The clients with an HMIS id, of every source; `key` is the id's hash.
-- in:  key int, personal_id text, now int
-- out: client_no int
-- scan: an instance has few sources, and each is asked by its key
SELECT p.client_no FROM hmis_source s
JOIN hmis_person p ON p.source_no = s.no AND p.key = :key AND p.from_import <= :now AND p.to_import > :now
JOIN client c ON c.client_no = p.client_no AND c.from_import <= :now AND c.to_import > :now
WHERE c.personal_id = :personal_id
ORDER BY p.client_no;

-- name: list_steps_of many
-- All steps of a household, newest first. `former`: of one that gave way to it.
-- in:  household_no int
-- out: former bool, id text, words sealed, owner text?, agency text?, due day?, state text
SELECT CASE WHEN s.household_no = :household_no THEN 0 ELSE 1 END AS former, s.id, s.words, u.name AS owner,
	g.name AS agency, s.due, s.state
FROM step s LEFT JOIN app_user u ON u.id = s.owner_id LEFT JOIN agency g ON g.id = s.agency_id
WHERE s.household_no IN (SELECT :household_no
	UNION SELECT former_no FROM household_former WHERE household_no = :household_no)
ORDER BY s.created_at DESC, s.id DESC;

-- name: list_targets_of many
-- All target move-in dates of a household, newest first.
-- in:  household_no int
-- out: day day, set_at instant, replaced_at instant?
SELECT day, set_at, replaced_at FROM target_date
WHERE household_no = :household_no ORDER BY set_at DESC, id DESC;
