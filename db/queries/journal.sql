-- The journal and the end of its chain; store/journal.c alone writes them.

-- name: journal_head_lock one
-- The end of the chain, locked until the transaction ends: the first statement of every DB_WRITE.
-- out: seq int, hash bytes
SELECT seq, hash FROM journal_head WHERE one = 1 {now_lock};

-- name: journal_head_get one
-- The end of the chain.
-- out: seq int, hash bytes
SELECT seq, hash FROM journal_head WHERE one = 1;

-- name: journal_head_add exec
-- An empty chain, once.
-- in: hash bytes
INSERT INTO journal_head (one, seq, hash) VALUES (1, 0, :hash);

-- name: journal_head_move count
-- The end moves on by one.
-- in: seq int, hash bytes
UPDATE journal_head SET seq = :seq, hash = :hash WHERE one = 1;

-- name: journal_add exec
-- One act.
-- in: seq int, at instant, actor_kind text, actor_id text, act text, noun text, noun_id text, more text
-- in: prev_hash bytes, hash bytes
INSERT INTO journal (seq, at, actor_kind, actor_id, act, noun, noun_id, more, prev_hash, hash)
VALUES (:seq, :at, :actor_kind, :actor_id, :act, :noun, :noun_id, :more, :prev_hash, :hash);

-- name: journal_walk each
-- The whole chain from its beginning.
-- out: seq int, at instant, actor_kind text, actor_id text, act text, noun text, noun_id text, more text
-- out: prev_hash bytes, hash bytes
-- scan: verifying reads every row
SELECT seq, at, actor_kind, actor_id, act, noun, noun_id, more, prev_hash, hash FROM journal ORDER BY seq;

-- name: journal_after many
-- What was done after a number: the events that a listener has not seen.
-- in:  seq int, most int
-- out: seq int, at instant, actor_kind text, actor_id text, act text, noun text, noun_id text, more text
SELECT seq, at, actor_kind, actor_id, act, noun, noun_id, more FROM journal
WHERE seq > :seq ORDER BY seq LIMIT :most;

-- name: journal_back each
-- What was done before a number, newest first.
-- for: people privacy
-- in:  before int
-- out: seq int, at instant, actor_kind text, actor_id text, act text, noun text, noun_id text, more text
SELECT seq, at, actor_kind, actor_id, act, noun, noun_id, more FROM journal WHERE seq < :before ORDER BY seq DESC;

-- name: journal_acts_since one
-- How often an act was done to a thing since an instant.
-- in:  noun text, noun_id text, act text, since instant
-- out: acts int
SELECT count(*) AS acts FROM journal WHERE noun = :noun AND noun_id = :noun_id AND act = :act AND at >= :since;
