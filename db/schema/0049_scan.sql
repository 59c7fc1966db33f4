-- The quick scan: what a meeting said of a household that it had no card for, or did not come to.
CREATE TABLE scan (
	conference_id text NOT NULL REFERENCES conference (id),
	household_no {int} NOT NULL REFERENCES household (household_no),
	mark text NOT NULL,                              -- fine, next, step: domain/scan.h
	at {int} NOT NULL,                               -- instant
	by_id text NOT NULL REFERENCES app_user (id),
	PRIMARY KEY (conference_id, household_no)
) {strict};
CREATE INDEX scan_household ON scan (household_no, at);
CREATE INDEX scan_next ON scan (household_no) WHERE mark = 'next';
