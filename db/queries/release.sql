-- Releases of information, and what else decides who may be named.

-- name: release_add exec
-- A release, or a refusal.
-- in: id text, client_no int, form_id text?, refused bool, scope text, purposes int, laws int, given text
-- in: language text, from_day day, until_day day?, ended_day day?, offer_day day?, recorded_by text?
-- in: recorded_at instant, points int, note sealed?
INSERT INTO release (id, client_no, form_id, refused, scope, purposes, laws, given, language, from_day, until_day,
	ended_day, offer_day, recorded_by, recorded_at, points, note)
VALUES (:id, :client_no, :form_id, :refused, :scope, :purposes, :laws, :given, :language, :from_day, :until_day,
	:ended_day, :offer_day, :recorded_by, :recorded_at, :points, :note);

-- name: release_signature_add exec
-- What was drawn on the screen.
-- in: release_id text, drawn sealed
INSERT INTO release_signature (release_id, drawn) VALUES (:release_id, :drawn);

-- name: release_agency_add exec
-- An agency that a release names.
-- in: release_id text, agency_id text
INSERT INTO release_agency (release_id, agency_id) VALUES (:release_id, :agency_id)
ON CONFLICT (release_id, agency_id) DO NOTHING;

-- name: release_end count
-- It is withdrawn, unless it was before.
-- in: id text, ended_day day, now instant, by text?
UPDATE release SET ended_day = :ended_day, ended_at = :now, ended_by = :by WHERE id = :id AND ended_day IS NULL;

-- name: releases_end_before count
-- A newer one takes the place of those that a client signed before it.
-- in: client_no int, ended_day day, now instant, by text?
UPDATE release SET ended_day = :ended_day, ended_at = :now, ended_by = :by
WHERE client_no = :client_no AND refused = 0 AND ended_day IS NULL;

-- name: release_by_id one
-- Whose it is, and whether it can still be withdrawn.
-- in:  id text
-- out: client_no int, refused bool, ended_day day?
SELECT client_no, refused, ended_day FROM release WHERE id = :id;

-- name: releases_of_client many
-- All releases of a client, oldest first; of one instant a no comes last and so counts.
-- in:  client_no int
-- out: id text, form text?, form_version int?, refused bool, scope text, purposes int, laws int, given text
-- out: language text, from_day day, until_day day?, ended_day day?, offer_day day?, recorded_by text?
-- out: note sealed?, drawn sealed?
SELECT r.id, f.name AS form, f.version AS form_version, r.refused, r.scope, r.purposes, r.laws, r.given, r.language,
	r.from_day, r.until_day, r.ended_day, r.offer_day, u.name AS recorded_by, r.note, s.drawn
FROM release r LEFT JOIN consent_form f ON f.id = r.form_id LEFT JOIN app_user u ON u.id = r.recorded_by
LEFT JOIN release_signature s ON s.release_id = r.id
WHERE r.client_no = :client_no ORDER BY r.from_day, r.recorded_at, r.refused, r.id;

-- name: release_agencies many
-- The agencies that the releases of a client name.
-- in:  client_no int
-- out: release_id text, agency_id text, name text
SELECT a.release_id, a.agency_id, g.name
FROM release r JOIN release_agency a ON a.release_id = r.id JOIN agency g ON g.id = a.agency_id
WHERE r.client_no = :client_no ORDER BY g.name, g.id;

-- name: releases_for_agency many
-- The releases of some clients as they bear on one agency: agency_id is there where it is named. Those about other
-- records of the same person are among them.
-- in:  agency_id text, clients int
-- out: client_no int, other bool, refused bool, scope text, purposes int, laws int, from_day day, until_day day?
-- out: ended_day day?, agency_id text?
WITH c AS (
	SELECT s.client_no, s.client_no AS signed_no FROM release s WHERE s.client_no IN (:clients[50])
	UNION
	SELECT client_no, same_no FROM client_same WHERE client_no IN (:clients[50])
)
SELECT c.client_no, CASE WHEN r.client_no = c.client_no THEN 0 ELSE 1 END AS other, r.refused, r.scope, r.purposes,
	r.laws, r.from_day, r.until_day, r.ended_day, a.agency_id
FROM c CROSS JOIN release r LEFT JOIN release_agency a ON a.release_id = r.id AND a.agency_id = :agency_id
WHERE r.client_no = c.signed_no ORDER BY c.client_no, r.from_day, r.recorded_at, r.refused, r.id;

-- name: release_like one
-- What is on record of a form that a client signed or declined on a day; the newest row.
-- in:  client_no int, from_day day, form text
-- out: id text, refused bool, scope text, purposes int, laws int, given text, language text, until_day day?
-- out: ended_day day?, offer_day day?, recorded_by text?
SELECT r.id, r.refused, r.scope, r.purposes, r.laws, r.given, r.language, r.until_day, r.ended_day, r.offer_day,
	r.recorded_by
FROM release r LEFT JOIN consent_form f ON f.id = r.form_id
WHERE r.client_no = :client_no AND r.from_day = :from_day AND coalesce(f.name, '') = :form
ORDER BY r.recorded_at DESC, r.id LIMIT 1;

-- name: release_correct exec
-- A newer file says otherwise of a release that came from a file.
-- in: id text, refused bool, scope text, purposes int, laws int, given text, language text, until_day day?
-- in: offer_day day?
UPDATE release SET refused = :refused, scope = :scope, purposes = :purposes, laws = :laws, given = :given,
	language = :language, until_day = :until_day, offer_day = :offer_day
WHERE id = :id;

-- name: release_agencies_end exec
-- It names none any more, before those of a correction are added.
-- in: id text
DELETE FROM release_agency WHERE release_id = :id;

-- name: release_agency_ids many
-- The agencies that one release names.
-- in:  id text
-- out: agency_id text
SELECT agency_id FROM release_agency WHERE release_id = :id ORDER BY agency_id;

-- name: household_ties many
-- Of some households: which are protected (1), which sit in an open cycle whose conference an agency was in (2), which
-- sit in an open cycle at all (3), of which an agency has a referral (4).
-- in:  nos int, agency_id text
-- out: household_no int, kind int
-- scan: open cycles are as few as regions
SELECT p.household_no, 1 AS kind FROM protection p WHERE p.household_no IN (:nos[50]) AND p.ended_at IS NULL
UNION ALL
SELECT f.household_no, 1 AS kind FROM household_former f JOIN protection p ON p.household_no = f.former_no
WHERE f.household_no IN (:nos[50]) AND p.ended_at IS NULL
UNION ALL
SELECT s.household_no, 2 AS kind
FROM cycle c JOIN cycle_household s ON s.cycle_id = c.id AND s.left_as IS NULL AND s.household_no IN (:nos[50])
WHERE c.ended_at IS NULL AND EXISTS (
	SELECT 1 FROM conference m JOIN attendance t ON t.conference_id = m.id
	WHERE m.cycle_id = c.id AND t.agency_id = :agency_id AND t.admitted_at IS NOT NULL)
UNION ALL
SELECT s.household_no, 3 AS kind
FROM cycle c JOIN cycle_household s ON s.cycle_id = c.id AND s.left_as IS NULL AND s.household_no IN (:nos[50])
WHERE c.ended_at IS NULL
UNION ALL
SELECT r.household_no, 4 FROM referral r
WHERE r.household_no IN (:nos[50]) AND r.agency_id = :agency_id AND r.ended_day IS NULL AND r.state <> 'requested';

-- name: protection_last one
-- The newest decision about a household.
-- in:  household_no int
-- out: no int, day day, reason sealed, decided_by text?, ended_at instant?
SELECT p.no, p.day, p.reason, u.name AS decided_by, p.ended_at FROM protection p LEFT JOIN app_user u ON u.id = p.user_id
WHERE p.household_no = :household_no ORDER BY p.no DESC LIMIT 1;

-- name: protection_add exec
-- A household is protected from a day on.
-- in: household_no int, no int, day day, reason sealed, user_id text?, at instant
INSERT INTO protection (household_no, no, day, reason, user_id, at)
VALUES (:household_no, :no, :day, :reason, :user_id, :at);

-- name: protection_end count
-- It is taken back.
-- in: household_no int, now instant, by text?
UPDATE protection SET ended_at = :now, ended_by = :by WHERE household_no = :household_no AND ended_at IS NULL;
