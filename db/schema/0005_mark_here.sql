-- A person may decide that a household is still here though the newest export does not have it, and a
-- decision knows which list it was made on. A column's CHECK cannot be changed, so the table is made anew.
CREATE TABLE household_mark_new (
	household_no {int} NOT NULL REFERENCES household (household_no),
	no {int} NOT NULL,         -- counts up per household
	kind text NOT NULL CHECK (kind IN ('add', 'here', 'moved_away', 'ineligible', 'region', 'verified')),
	day {int} NOT NULL,        -- day from which it holds
	region_id text REFERENCES region (id), -- of kind region
	reason {bytes} NOT NULL,   -- sealed: why, in a person's words
	user_id text NOT NULL REFERENCES app_user (id), -- who decided
	at {int} NOT NULL,         -- instant
	import_no {int} NOT NULL,  -- version of the list that was decided on: hmis_now.import_no then
	ended_at {int},            -- instant; taken back
	ended_by text REFERENCES app_user (id),
	PRIMARY KEY (household_no, no)
) {strict};
INSERT INTO household_mark_new (household_no, no, kind, day, region_id, reason, user_id, at, import_no, ended_at, ended_by)
SELECT household_no, no, kind, day, region_id, reason, user_id, at, 0, ended_at, ended_by FROM household_mark;
DROP TABLE household_mark;
ALTER TABLE household_mark_new RENAME TO household_mark;
