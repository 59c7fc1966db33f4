-- Single sign-on: who somebody is at another's provider, and what a session was opened with.
CREATE TABLE identity (
	issuer text NOT NULL,  -- of the provider, as its tokens name it
	subject text NOT NULL, -- who somebody is there; never given to another
	user_id text NOT NULL REFERENCES app_user (id),
	linked_at {int} NOT NULL, -- instant
	PRIMARY KEY (issuer, subject),
	UNIQUE (user_id, issuer)
) {strict};
ALTER TABLE session ADD COLUMN proof {int} NOT NULL DEFAULT 0
	CHECK (proof IN (0, 1, 2)); -- enum proof of app/sign.h: password, single sign-on, with a second step there
