-- Flags of the list: what a person confirmed to be right as it is, and what came and went from import to import.

ALTER TABLE listing ADD COLUMN facts {int} NOT NULL DEFAULT 0; -- domain/quality.h: digests of what flags come from

-- A row is never edited: the newest of a household and flag counts, and one without facts takes it back. So the
-- highest number says which confirmations a picture of the list knows.
CREATE TABLE flag_confirmed (
	no {int} NOT NULL PRIMARY KEY, -- counts up over all
	household_no {int} NOT NULL REFERENCES household (household_no),
	flag text NOT NULL,        -- its word in domain/flag.h
	facts {int},               -- digest of the facts that are right as they are; NULL: taken back
	reason {bytes} NOT NULL,   -- sealed: why, in a person's words
	user_id text NOT NULL REFERENCES app_user (id), -- who said so
	at {int} NOT NULL          -- instant
) {strict};
CREATE INDEX flag_confirmed_household ON flag_confirmed (household_no, flag, no);

-- On how many households of a list a flag came and went with a number. It counts where the number was applied.
CREATE TABLE flag_change (
	import_no {int} NOT NULL,
	region_id text NOT NULL,   -- empty: unassigned
	flag text NOT NULL,        -- its word in domain/flag.h
	fresh {int} NOT NULL,      -- households that have it now and had not
	mended {int} NOT NULL,     -- households that had it and have not
	PRIMARY KEY (import_no, region_id, flag)
) {strict};
