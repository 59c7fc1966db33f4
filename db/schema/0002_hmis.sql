-- What is kept of HMIS exports.
--
-- Facts are versions: a row is visible where from_import <= current AND to_import > current, and
-- current is hmis_now.import_no. An import writes under the next number, out of sight, and marks what
-- it replaces; moving the number switches both at once. 2147483647 in to_import: until further notice.
-- Tables that an import fills by the million have no foreign keys: the import checks what it writes,
-- and a check per row would double its time. What was replaced is swept away after the switch.

-- An HMIS that exports come from. Several stand side by side and are never merged.
CREATE TABLE hmis_source (
	no {int} NOT NULL PRIMARY KEY,
	key text NOT NULL UNIQUE, -- Export.SourceID, else SourceName: two exports with it are of the same HMIS
	name text NOT NULL        -- SourceName as it was last exported
) {strict};

-- Every import that was begun, and every night's roll-over of the list: what moved the number.
CREATE TABLE hmis_import (
	no {int} NOT NULL PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('import', 'day')), -- an export, or a new day for the list
	state text NOT NULL CHECK (state IN ('staging', 'staged', 'clearing', 'applied', 'abandoned')),
	source_no {int} REFERENCES hmis_source (no), -- NULL for a day
	export_id text,           -- Export.ExportID
	export_date {int},        -- instant; Export.ExportDate, which breaks ties between equal DateUpdated
	period_start {int},       -- day; Export.ExportStartDate
	period_end {int},         -- day; Export.ExportEndDate
	csv_year {int},           -- 2024 or 2026: the HMIS CSV version that was read
	directive {int},          -- HMIS list 1.2: 1 delta, 2 full refresh, 3 other
	hashed {int} NOT NULL DEFAULT 0 CHECK (hashed IN (0, 1)), -- names were hashed before they came here
	software text,            -- Export.SoftwareName
	as_of {int} NOT NULL,     -- day that the list was derived for
	actor_kind text NOT NULL, -- operator, user or system
	actor text NOT NULL,      -- who: a user's id or an operator's login name
	begun_at {int} NOT NULL,  -- instant
	staged_at {int},          -- instant; the preview was ready
	ended_at {int},           -- instant; applied or abandoned
	clients_added {int} NOT NULL DEFAULT 0,
	clients_changed {int} NOT NULL DEFAULT 0,
	clients_unchanged {int} NOT NULL DEFAULT 0,
	clients_removed {int} NOT NULL DEFAULT 0, -- by DateDeleted
	clients_gone {int} NOT NULL DEFAULT 0,    -- absent from a newer full refresh
	clients_refused {int} NOT NULL DEFAULT 0, -- known through victim service providers alone
	enrollments_added {int} NOT NULL DEFAULT 0,
	enrollments_changed {int} NOT NULL DEFAULT 0,
	enrollments_unchanged {int} NOT NULL DEFAULT 0,
	enrollments_removed {int} NOT NULL DEFAULT 0,
	enrollments_gone {int} NOT NULL DEFAULT 0,
	enrollments_refused {int} NOT NULL DEFAULT 0, -- at a victim service provider
	facts_gone {int} NOT NULL DEFAULT 0,      -- single facts of enrollments that are still there
	households_before {int} NOT NULL DEFAULT 0, -- on the list
	households_after {int} NOT NULL DEFAULT 0,
	rows_aside {int} NOT NULL DEFAULT 0,      -- rows of all files that could not be used
	values_blanked {int} NOT NULL DEFAULT 0   -- values left out of rows that were
) {strict};

-- The pointer. One row.
CREATE TABLE hmis_now (
	one {int} NOT NULL PRIMARY KEY CHECK (one = 1),
	import_no {int} NOT NULL, -- the last number that was applied; 0: none yet
	as_of {int} NOT NULL      -- day that the list describes
) {strict};
INSERT INTO hmis_now (one, import_no, as_of) VALUES (1, 0, 0);

-- What an import read of each file.
CREATE TABLE hmis_import_file (
	import_no {int} NOT NULL REFERENCES hmis_import (no),
	file {int} NOT NULL,      -- enum hmis_file, kept in its order
	all_rows {int} NOT NULL,  -- all, header aside
	kept {int} NOT NULL,      -- usable
	deleted {int} NOT NULL,   -- of those, marked as deleted
	aside {int} NOT NULL,     -- set aside
	blanked {int} NOT NULL,   -- values left out
	refused {int} NOT NULL,   -- rows about people of victim service providers
	PRIMARY KEY (import_no, file)
) {strict};

-- Rows set aside and values left out, and why.
CREATE TABLE import_flag (
	import_no {int} NOT NULL REFERENCES hmis_import (no),
	no {int} NOT NULL,        -- counts up in the import
	file {int} NOT NULL,      -- as in hmis_import_file; one past the last: the whole package
	line {int} NOT NULL,      -- 0: no line
	column_name text,         -- HMIS column; NULL: the row or file
	problem {int} NOT NULL,   -- hmis/problem.h
	aside {int} NOT NULL CHECK (aside IN (0, 1)), -- the row was set aside; else a value was left out
	row_key text,             -- the row's own HMIS id; NULL where that is what is wrong
	text {bytes},             -- sealed: what stood there
	PRIMARY KEY (import_no, no)
) {strict};

CREATE TABLE hmis_organization (
	source_no {int} NOT NULL REFERENCES hmis_source (no),
	organization_id text NOT NULL, -- HMIS OrganizationID
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	name text NOT NULL,
	victim {int} NOT NULL CHECK (victim IN (0, 1)), -- a victim service provider: its clients are refused
	agency_id text NOT NULL,  -- agency.id: given when first staged; the agency is made at the switch
	updated {int},            -- instant; DateUpdated
	body {bytes} NOT NULL,    -- the other columns, packed
	gone {int} NOT NULL CHECK (gone IN (0, 1)), -- absent from a newer full refresh
	PRIMARY KEY (source_no, organization_id, from_import)
) {strict};

CREATE TABLE hmis_project (
	project_no {int} NOT NULL, -- kept for good
	source_no {int} NOT NULL REFERENCES hmis_source (no),
	project_id text NOT NULL, -- HMIS ProjectID
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	organization_id text NOT NULL,
	name text NOT NULL,
	type {int},               -- HMIS list 2.02.6; NULL: not given
	coc_code text,            -- of its first ProjectCoC row; NULL: none
	victim {int} NOT NULL CHECK (victim IN (0, 1)), -- its organization is a victim service provider
	operating_start {int},    -- day
	operating_end {int},      -- day
	updated {int},            -- instant; DateUpdated
	body {bytes} NOT NULL,    -- the other columns, packed
	gone {int} NOT NULL CHECK (gone IN (0, 1)),
	PRIMARY KEY (project_no, from_import)
) {strict};
CREATE INDEX hmis_project_id ON hmis_project (source_no, project_id);

-- ProjectCoC, HMISParticipation, CEParticipation, Inventory and Funder: kept whole, read when needed.
CREATE TABLE hmis_project_row (
	source_no {int} NOT NULL REFERENCES hmis_source (no),
	file {int} NOT NULL,      -- as in hmis_import_file
	row_id text NOT NULL,     -- the row's own HMIS id
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	project_id text NOT NULL, -- HMIS ProjectID
	updated {int},            -- instant; DateUpdated
	body {bytes} NOT NULL,    -- all columns, packed
	gone {int} NOT NULL CHECK (gone IN (0, 1)),
	PRIMARY KEY (source_no, file, row_id, from_import)
) {strict};
CREATE INDEX hmis_project_row_project ON hmis_project_row (source_no, project_id, file);

-- Finds a person by HMIS id, and tells an import in one look that nothing about the person changed.
CREATE TABLE hmis_person (
	source_no {int} NOT NULL,
	key {int} NOT NULL,       -- hash of the PersonalID; imports come in its order
	client_no {int} NOT NULL,
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	digest {int} NOT NULL,    -- of all rows about the person in the export that was loaded last
	settled {int} NOT NULL CHECK (settled IN (0, 1)), -- what is kept is what that export said, no more
	PRIMARY KEY (source_no, key, client_no, from_import)
) {strict};

CREATE TABLE client (
	client_no {int} NOT NULL, -- kept for good
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	source_no {int} NOT NULL,
	personal_id text NOT NULL, -- HMIS PersonalID
	updated {int},            -- instant; DateUpdated
	exported {int},           -- instant; ExportDate of the export the row came from: breaks ties
	hashed {int} NOT NULL CHECK (hashed IN (0, 1)), -- the names are hashes: shown by code, not indexed
	gone {int} NOT NULL CHECK (gone IN (0, 1)),     -- absent from a newer full refresh: a person decides
	name {bytes},             -- sealed: first, middle, last, suffix, quality
	ssn {bytes},              -- sealed: number, quality
	birth {bytes},            -- sealed: date, quality
	veteran {int},            -- HMIS list 1.8; NULL: not given
	PRIMARY KEY (client_no, from_import)
) {strict};

-- The blind index: which clients may match the keyed hash of a name word, of its beginning, of the last
-- four digits of an SSN or of a birth date (a whole SSN is looked for by its last four). Candidates are
-- opened and compared, so an entry that outlived what it was made from does no harm.
CREATE TABLE client_token (
	token {int} NOT NULL,     -- keyed hash of kind and text
	from_import {int} NOT NULL,
	clients {bytes} NOT NULL, -- client numbers, ascending, packed as differences
	PRIMARY KEY (token, from_import)
) {strict};

-- One row per HMIS enrollment, with everything that hangs on it.
CREATE TABLE enrollment (
	client_no {int} NOT NULL,
	enrollment_no {int} NOT NULL, -- counts up per client, kept for good
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	project_no {int} NOT NULL,
	entry {int} NOT NULL,     -- day
	exit {int},               -- day; NULL: still enrolled
	gone {int} NOT NULL CHECK (gone IN (0, 1)), -- absent from a newer full refresh: a person decides
	dossier {bytes} NOT NULL, -- sealed: store/dossier.h
	PRIMARY KEY (client_no, enrollment_no, from_import)
) {strict};

-- Rows that DateDeleted took away, so that an older export does not bring them back. Ids alone.
CREATE TABLE hmis_deleted (
	source_no {int} NOT NULL,
	key {int} NOT NULL,       -- as in hmis_person
	file {int} NOT NULL,      -- as in hmis_import_file
	row_id text NOT NULL,     -- the row's own HMIS id
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	updated {int},            -- instant; DateUpdated of the row that said so
	PRIMARY KEY (source_no, key, file, row_id, from_import)
) {strict};

-- Which rows the last imports replaced: few, and gone once they are swept.
CREATE INDEX hmis_person_old ON hmis_person (to_import) WHERE to_import < 2147483647;
CREATE INDEX hmis_deleted_old ON hmis_deleted (to_import) WHERE to_import < 2147483647;
CREATE INDEX client_old ON client (to_import) WHERE to_import < 2147483647;
CREATE INDEX enrollment_old ON enrollment (to_import) WHERE to_import < 2147483647;
