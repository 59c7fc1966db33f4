-- Who has taken on to mend a flag of a household. One row at most; the journal has the others.
CREATE TABLE flag_mending (
	household_no {int} NOT NULL REFERENCES household (household_no),
	flag text NOT NULL,        -- its word in domain/flag.h
	user_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL,         -- instant
	PRIMARY KEY (household_no, flag)
) {strict};
