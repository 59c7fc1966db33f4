-- Mail to people who use byname. No row holds a text: what a mail says follows from its kind, so nothing about a person
-- can get into one.

-- Where somebody reads mail.
CREATE TABLE mail_address (
	user_id text PRIMARY KEY REFERENCES app_user (id),
	address text NOT NULL,
	set_at {int} NOT NULL                     -- instant
) {strict};

-- Each mail once: to one person, about one version of one thing.
CREATE TABLE outbox (
	id text PRIMARY KEY,                      -- also the mail's Message-ID
	kind text NOT NULL,                       -- app/outbox.h
	about text NOT NULL,                      -- id of the conference, or of the file
	version {int} NOT NULL,                   -- of a conference's plan, from 0
	user_id text NOT NULL REFERENCES app_user (id),
	made_at {int} NOT NULL,                   -- instant
	state text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'unsure', 'over')),
	tries {int} NOT NULL,
	next_at {int} NOT NULL,                   -- instant before which it is not tried; of one being sent, when it began
	said text,                                -- why it was not sent
	UNIQUE (kind, about, version, user_id)
) {strict};
CREATE INDEX outbox_state ON outbox (state, next_at, id);
CREATE INDEX outbox_user ON outbox (user_id);
CREATE INDEX outbox_made ON outbox (made_at, id);
