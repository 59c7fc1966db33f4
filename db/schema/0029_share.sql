-- Files that were made for agencies (app/share.h).

CREATE TABLE share (
	id text PRIMARY KEY,
	agency_id text NOT NULL REFERENCES agency (id), -- for whom
	region_id text NOT NULL REFERENCES region (id), -- whose list
	format text NOT NULL,                     -- papers/papers.h
	filter text NOT NULL,                     -- as typed; names nobody
	stamp text NOT NULL,                      -- the same for people
	households {int} NOT NULL,                -- rows
	named {int} NOT NULL,                     -- of them by name or HMIS id
	made_at {int} NOT NULL,                   -- instant
	made_by text NOT NULL REFERENCES app_user (id),
	expires_at {int} NOT NULL,                -- instant
	ended_at {int},                           -- instant it was withdrawn
	ended_by text REFERENCES app_user (id),
	content {bytes}                           -- sealed: the closed file; NULL: not kept, or no longer
) {strict};
CREATE INDEX share_region ON share (region_id, made_at, id);
CREATE INDEX share_agency ON share (agency_id, made_at, id);
CREATE INDEX share_kept ON share (expires_at) WHERE content IS NOT NULL;

-- Whom a file names.
CREATE TABLE share_household (
	share_id text NOT NULL REFERENCES share (id),
	household_no {int} NOT NULL REFERENCES household (household_no),
	PRIMARY KEY (share_id, household_no)
) {strict};
CREATE INDEX share_household_no ON share_household (household_no);

-- Each time a file was handed out.
CREATE TABLE share_taken (
	share_id text NOT NULL REFERENCES share (id),
	no {int} NOT NULL,                        -- 1, 2, 3 …
	at {int} NOT NULL,                        -- instant
	user_id text NOT NULL REFERENCES app_user (id),
	PRIMARY KEY (share_id, no)
) {strict};
