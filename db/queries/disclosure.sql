-- The record of who was shown to whom; store/disclosure.c alone writes it.

-- name: disclosure_add exec
-- One response that showed people.
-- in: id text, at instant, user_id text, route text, households text, laws int, general int
INSERT INTO disclosure (id, at, user_id, route, households, laws, general)
VALUES (:id, :at, :user_id, :route, :households, :laws, :general);

-- name: disclosures_of_user many
-- What a user was shown last, newest first.
-- in:  user_id text, most int
-- out: id text, at instant, route text, households text
SELECT id, at, route, households FROM disclosure WHERE user_id = :user_id ORDER BY at DESC, id DESC LIMIT :most;

-- name: disclosures_back each
-- What was shown from an instant on and before another, newest first; of those at the later instant, the ones with a
-- smaller id.
-- for: people privacy
-- in:  from instant, at instant, id text
-- out: id text, at instant, user_id text, route text, households text
SELECT id, at, user_id, route, households FROM disclosure
WHERE at >= :from AND at <= :at AND (at < :at OR id < :id) ORDER BY at DESC, id DESC;
