-- The screen that a room sees: who waits to be let in, what was checked, by what each household is called.

ALTER TABLE attendance ADD COLUMN admitted_at {int}; -- instant; NULL: waits in the lobby
UPDATE attendance SET admitted_at = in_at;

ALTER TABLE card ADD COLUMN word text;               -- by which it is called aloud in this meeting: drawn at random
CREATE UNIQUE INDEX card_word ON card (conference_id, word);

-- What was checked before names are shown.
CREATE TABLE stage_check (
	conference_id text NOT NULL REFERENCES conference (id),
	key text NOT NULL,                               -- domain/stage.h
	by_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL,                               -- instant
	PRIMARY KEY (conference_id, key)
) {strict};

-- Somebody in the room or on the line who has no account.
CREATE TABLE guest (
	id text PRIMARY KEY,
	conference_id text NOT NULL REFERENCES conference (id),
	called {bytes} NOT NULL,                         -- sealed: who it is, in the words of who let them in
	by_id text NOT NULL REFERENCES app_user (id),
	in_at {int} NOT NULL,                            -- instant
	admitted_at {int},                               -- instant; NULL: waits in the lobby
	out_at {int}                                     -- instant; NULL: is there
) {strict};
CREATE INDEX guest_conference ON guest (conference_id, in_at, id);
