-- Clients and the blind index that finds them. `now` is hmis_now.import_no everywhere.

-- name: client_last one
-- The highest number of a client, 0 where there is none.
-- out: no int
SELECT coalesce(max(client_no), 0) AS no FROM client;

-- name: client_by_no one
-- A client by number.
-- in:  client_no int, now int
-- out: source_no int, personal_id text, updated instant?, exported instant?, hashed bool, gone bool, name sealed?
-- out: ssn sealed?, birth sealed?, veteran int?, traits sealed?
SELECT source_no, personal_id, updated, exported, hashed, gone, name, ssn, birth, veteran, traits FROM client
WHERE client_no = :client_no AND from_import <= :now AND to_import > :now;

-- name: clients_between many
-- Clients by number, as the list is made from them.
-- in:  low int, high int, now int
-- out: client_no int, source_no int, birth sealed?, veteran int?
SELECT client_no, source_no, birth, veteran FROM client
WHERE client_no >= :low AND client_no <= :high AND from_import <= :now AND to_import > :now
ORDER BY client_no;

-- name: client_ids_between many
-- What clients are called in their HMIS, by number.
-- in:  low int, high int, now int
-- out: client_no int, personal_id text
SELECT client_no, personal_id FROM client
WHERE client_no >= :low AND client_no <= :high AND from_import <= :now AND to_import > :now
ORDER BY client_no;

-- name: client_by_personal_id many
-- The clients behind an HMIS id, in whichever source; `key` is its hash.
-- for: people
-- in:  source_no int, key int, personal_id text, now int
-- out: client_no int
SELECT p.client_no FROM hmis_person p JOIN client c ON c.client_no = p.client_no AND c.from_import <= :now
	AND c.to_import > :now
WHERE p.source_no = :source_no AND p.key = :key AND p.from_import <= :now AND p.to_import > :now
	AND c.personal_id = :personal_id;

-- name: client_add bulk
-- A new version of a client.
-- in: client_no int, from_import int, to_import int, source_no int, personal_id text, updated instant?
-- in: exported instant?, hashed bool, gone bool, name sealed?, ssn sealed?, birth sealed?, veteran int?, traits sealed?
INSERT INTO client (client_no, from_import, to_import, source_no, personal_id, updated, exported, hashed, gone, name,
	ssn, birth, veteran, traits)
VALUES (:client_no, :from_import, :to_import, :source_no, :personal_id, :updated, :exported, :hashed, :gone, :name,
	:ssn, :birth, :veteran, :traits);

-- name: client_close exec
-- The visible version ends with that import.
-- in: client_no int, import_no int
UPDATE client SET to_import = :import_no
WHERE client_no = :client_no AND to_import = 2147483647 AND from_import < :import_no;

-- name: client_token many
-- Which clients a token leads to.
-- for: people
-- in:  token int, now int
-- out: clients bytes
SELECT clients FROM client_token WHERE token = :token AND from_import <= :now ORDER BY from_import;

-- name: client_token_add bulk
-- The clients that an import brings to a token.
-- in: token int, from_import int, clients bytes
INSERT INTO client_token (token, from_import, clients) VALUES (:token, :from_import, :clients);
