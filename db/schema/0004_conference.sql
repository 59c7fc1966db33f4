-- The case conference: cycles, meetings, cards, steps. Everything typed about a person is sealed; the
-- words of the program (states, barriers, endings) are keys of domain's tables.

-- The households that a region works through; one cycle is open per region.
CREATE TABLE cycle (
	id text PRIMARY KEY,
	region_id text NOT NULL REFERENCES region (id),
	number {int} NOT NULL,                           -- counts up per region
	size {int} NOT NULL,                             -- how many of the most critical it holds at least
	goal {int} NOT NULL,                             -- households to house in a month; 0: none was set
	started_at {int} NOT NULL,                       -- instant
	started_by text NOT NULL REFERENCES app_user (id),
	ended_at {int},                                  -- instant; NULL: open
	UNIQUE (region_id, number)
) {strict};
CREATE UNIQUE INDEX cycle_open ON cycle (region_id) WHERE ended_at IS NULL;

-- A household's seat in a cycle. A seat that was freed stays on record; a household that was skipped
-- has a row that was freed at once.
CREATE TABLE cycle_household (
	id text PRIMARY KEY,
	cycle_id text NOT NULL REFERENCES cycle (id),
	household_no {int} NOT NULL REFERENCES household (household_no),
	joined_as text NOT NULL,                         -- start, kept, rose, added: domain/cycle.h
	joined_reason {bytes},                           -- sealed: why out of order
	joined_at {int} NOT NULL,                        -- instant
	joined_by text NOT NULL REFERENCES app_user (id),
	left_as text,                                    -- housed, deceased, moved …: domain/cycle.h; NULL: has the seat
	left_reason {bytes},                             -- sealed: why, where a person says so
	left_at {int},                                   -- instant
	left_by text REFERENCES app_user (id)            -- NULL: the list says so
) {strict};
CREATE UNIQUE INDEX cycle_household_seat ON cycle_household (cycle_id, household_no) WHERE left_as IS NULL;
CREATE INDEX cycle_household_cycle ON cycle_household (cycle_id, joined_at, id);

CREATE TABLE conference (
	id text PRIMARY KEY,
	region_id text NOT NULL REFERENCES region (id),
	cycle_id text NOT NULL REFERENCES cycle (id),
	focus text NOT NULL,                             -- highest, barrier, resource: domain/conference.h
	day {int} NOT NULL,                              -- day it takes place
	starts_at {int} NOT NULL,                        -- instant, as planned
	minutes {int} NOT NULL,                          -- length
	household_seconds {int} NOT NULL,                -- planned for each household
	facilitator_id text NOT NULL REFERENCES app_user (id),
	scribe_id text NOT NULL REFERENCES app_user (id),
	state text NOT NULL,                             -- planned, live, closed: domain/conference.h
	part {int} NOT NULL,                             -- position of the agenda part that runs
	next_day {int},                                  -- day of the next meeting; NULL: not set
	planned_at {int} NOT NULL,                       -- instant
	planned_by text NOT NULL REFERENCES app_user (id),
	started_at {int},                                -- instant
	closed_at {int},                                 -- instant; from then on the record is locked
	closed_by text REFERENCES app_user (id)
) {strict};
CREATE INDEX conference_region ON conference (region_id, day, id);
CREATE INDEX conference_state ON conference (state, day) WHERE state <> 'closed';

-- The five parts with their minutes.
CREATE TABLE agenda_item (
	conference_id text NOT NULL REFERENCES conference (id),
	position {int} NOT NULL,                         -- 0 to 4
	key text NOT NULL,                               -- domain/agenda.h
	minutes {int} NOT NULL,                          -- planned
	started_at {int},                                -- instant; NULL: not reached
	PRIMARY KEY (conference_id, position)
) {strict};

-- Who was there, from when to when; somebody who comes back has a second row.
CREATE TABLE attendance (
	id text PRIMARY KEY,
	conference_id text NOT NULL REFERENCES conference (id),
	user_id text NOT NULL REFERENCES app_user (id),
	agency_id text REFERENCES agency (id),           -- the agency then
	role text NOT NULL,                              -- facilitator, scribe, provider, holder: domain/conference.h
	in_at {int} NOT NULL,                            -- instant
	out_at {int}                                     -- instant; NULL: is there
) {strict};
CREATE UNIQUE INDEX attendance_here ON attendance (conference_id, user_id) WHERE out_at IS NULL;
CREATE INDEX attendance_conference ON attendance (conference_id, in_at, id);
CREATE INDEX attendance_user ON attendance (user_id) WHERE out_at IS NULL;

-- One household in one conference. Texts have a version each, so that two who type in the same place
-- do not lose each other's words.
CREATE TABLE card (
	id text PRIMARY KEY,
	conference_id text NOT NULL REFERENCES conference (id),
	household_no {int} NOT NULL REFERENCES household (household_no),
	position {int} NOT NULL,                         -- place in the queue
	state text NOT NULL,                             -- waiting, now, done, shelved: domain/card.h
	opened_at {int},                                 -- instant it was opened last
	closed_at {int},                                 -- instant it was closed last
	used_seconds {int} NOT NULL,                     -- spent on it, without the time it is open now
	allotted_seconds {int} NOT NULL,                 -- what it was given when it was opened
	follow_up {bytes},                               -- sealed: what was done since the last meeting
	follow_up_version {int} NOT NULL,
	barriers text NOT NULL,                          -- keys of domain/barrier.h, a blank between
	barrier {bytes},                                 -- sealed: the obstacle in words
	barrier_version {int} NOT NULL,
	note {bytes},                                    -- sealed: what else was said
	note_version {int} NOT NULL,
	review_day {int},                                -- next review
	shelved_until {int},                             -- day; NULL: is not shelved
	shelved_reason {bytes},                          -- sealed: what is waited for
	UNIQUE (conference_id, household_no)
) {strict};
CREATE UNIQUE INDEX card_now ON card (conference_id) WHERE state = 'now';
CREATE INDEX card_queue ON card (conference_id, position, id);
CREATE INDEX card_household ON card (household_no, conference_id);

-- Words that met others in the same field; both are kept until the scribe settles, and after.
CREATE TABLE card_conflict (
	id text PRIMARY KEY,
	card_id text NOT NULL REFERENCES card (id),
	field text NOT NULL,                             -- follow_up, barrier or note
	words {bytes} NOT NULL,                          -- sealed: what the later writer typed
	by_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL,                               -- instant
	settled_at {int},                                -- instant
	settled_by text REFERENCES app_user (id)
) {strict};
CREATE UNIQUE INDEX card_conflict_open ON card_conflict (card_id, field, by_id) WHERE settled_at IS NULL;

-- What one person will do by a date. It lives from conference to conference.
CREATE TABLE step (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no),
	region_id text NOT NULL REFERENCES region (id),
	conference_id text NOT NULL REFERENCES conference (id), -- where it was agreed
	words {bytes} NOT NULL,                          -- sealed: what will be done
	owner_id text REFERENCES app_user (id),          -- the one person; NULL: still missing
	agency_id text REFERENCES agency (id),           -- the owner's agency then
	due {int},                                       -- day; NULL: still missing
	state text NOT NULL,                             -- open, carried, not_yet, done, changed, dropped: domain/step.h
	state_at {int} NOT NULL,                         -- instant
	confirmed_at {int},                              -- instant it was read back and confirmed
	confirmed_by text REFERENCES app_user (id),
	created_at {int} NOT NULL,                       -- instant
	created_by text NOT NULL REFERENCES app_user (id)
) {strict};
CREATE INDEX step_household ON step (household_no, created_at, id);
CREATE INDEX step_conference ON step (conference_id, created_at, id);
CREATE INDEX step_live_region ON step (region_id, due, id) WHERE state IN ('open', 'carried', 'not_yet');
CREATE INDEX step_live_owner ON step (owner_id, due, id) WHERE state IN ('open', 'carried', 'not_yet');

-- Every state a step was in, and every date it had.
CREATE TABLE step_history (
	step_id text NOT NULL REFERENCES step (id),
	no {int} NOT NULL,                               -- 1, 2, 3 …
	conference_id text REFERENCES conference (id),   -- where it was said
	state text NOT NULL,                             -- the new state
	owner_id text REFERENCES app_user (id),          -- the owner from then on
	due {int},                                       -- the date from then on
	at {int} NOT NULL,                               -- instant
	by_id text NOT NULL REFERENCES app_user (id),
	PRIMARY KEY (step_id, no)
) {strict};
CREATE INDEX step_history_conference ON step_history (conference_id, step_id);

-- Target move-in dates; every change is kept, the current one is not replaced.
CREATE TABLE target_date (
	id text PRIMARY KEY,
	household_no {int} NOT NULL REFERENCES household (household_no),
	region_id text NOT NULL REFERENCES region (id),
	conference_id text NOT NULL REFERENCES conference (id),
	day {int} NOT NULL,                              -- the target
	set_at {int} NOT NULL,                           -- instant
	set_by text NOT NULL REFERENCES app_user (id),
	replaced_at {int}                                -- instant; NULL: holds
) {strict};
CREATE UNIQUE INDEX target_date_now ON target_date (household_no) WHERE replaced_at IS NULL;
CREATE INDEX target_date_household ON target_date (household_no, set_at, id);
CREATE INDEX target_date_region ON target_date (region_id, day) WHERE replaced_at IS NULL;

-- What is written down beside the fields: notes, decisions and offers in the meeting, addenda after.
CREATE TABLE conference_note (
	id text PRIMARY KEY,
	conference_id text NOT NULL REFERENCES conference (id),
	card_id text REFERENCES card (id),               -- NULL: about the meeting
	kind text NOT NULL CHECK (kind IN ('note', 'decision', 'offer', 'addendum')),
	words {bytes} NOT NULL,                          -- sealed
	by_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL                                -- instant
) {strict};
CREATE INDEX conference_note_conference ON conference_note (conference_id, at, id);
CREATE INDEX conference_note_card ON conference_note (card_id);
