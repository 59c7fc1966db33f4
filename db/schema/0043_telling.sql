-- What the person hears after a conference: one for a card.
CREATE TABLE telling (
	card_id text PRIMARY KEY REFERENCES card (id),
	words {bytes} NOT NULL,                          -- sealed: the sentence for the person, or why they are not told
	way text NOT NULL,                               -- domain/telling.h
	teller_id text REFERENCES app_user (id),         -- who tells them; NULL: nobody does now
	by_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL,                               -- instant
	answer text,                                     -- told, not_yet, not_reached; NULL: nobody has said
	said {bytes},                                    -- sealed: what the person said to it
	answered_in text REFERENCES conference (id),     -- the meeting in which it was asked
	answered_by text REFERENCES app_user (id),
	answered_at {int}                                -- instant
) {strict};
