-- Lists that are not of an HMIS: spreadsheets, lists of victim service providers, paper.
--
-- Each is an hmis_source with one project of its own, so that people who come from it are clients with an
-- enrollment like all others, under the same versions and the same rules. hmis_person.key is the hash of the row's
-- own number or code, which is kept nowhere; client.personal_id is empty.

CREATE TABLE list_source (
	source_no {int} NOT NULL PRIMARY KEY REFERENCES hmis_source (no),
	id text NOT NULL UNIQUE,   -- ours, random
	name text NOT NULL,
	kind text NOT NULL CHECK (kind IN ('named', 'coded')), -- coded: of a victim service provider
	region_id text NOT NULL REFERENCES region (id), -- whose list its people are on
	agency_id text REFERENCES agency (id), -- that serves them; NULL: nobody's
	day_order text NOT NULL,   -- how its dates are written: sheet/sheet.h
	stated_by text NOT NULL REFERENCES app_user (id), -- who states that its people agreed to be on it
	stated_at {int} NOT NULL,  -- instant
	UNIQUE (region_id, name)
) {strict};

-- What its columns were said to be, by the hash of their header.
CREATE TABLE list_column (
	source_no {int} NOT NULL REFERENCES list_source (source_no),
	header {int} NOT NULL,
	field text NOT NULL,       -- domain/source.h; empty: not loaded
	PRIMARY KEY (source_no, header)
) {strict};

-- What its words were said to mean, by their hash.
CREATE TABLE list_word (
	source_no {int} NOT NULL REFERENCES list_source (source_no),
	field text NOT NULL,       -- domain/source.h
	word {int} NOT NULL,
	code {int} NOT NULL,       -- −1: left out
	PRIMARY KEY (source_no, field, word)
) {strict};

-- A file that was read and waits until somebody has said what its columns are and has seen what would change.
CREATE TABLE list_draft (
	id text PRIMARY KEY,
	source_no {int} NOT NULL REFERENCES list_source (source_no),
	made_by text NOT NULL REFERENCES app_user (id),
	made_at {int} NOT NULL,    -- instant
	head {bytes} NOT NULL,     -- sealed: the names of the columns
	chunks {int} NOT NULL      -- of its rows
) {strict};
CREATE INDEX list_draft_source ON list_draft (source_no);

-- Its rows, many in one piece.
CREATE TABLE list_draft_chunk (
	draft_id text NOT NULL,
	no {int} NOT NULL,         -- counts up from 1
	body {bytes} NOT NULL,     -- sealed: app/source_draft.h
	PRIMARY KEY (draft_id, no)
) {strict};
