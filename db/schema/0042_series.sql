-- Series of meetings: business meetings, to which lead agencies come, and the case conferences linked to them.

CREATE TABLE series (
	id text PRIMARY KEY,
	region_id text REFERENCES region (id),           -- NULL: statewide
	name text NOT NULL,                              -- public: it stands in invitations
	worklist_id text REFERENCES worklist (id),       -- of whom its case conference speaks; NULL: the region's whole list
	rhythm text NOT NULL,                            -- how often: domain/series.h
	first_day {int} NOT NULL,                        -- day of its first meeting, which says the weekday too
	starts {int} NOT NULL,                           -- minute of the day
	business_minutes {int} NOT NULL,                 -- 0: it has no business meeting
	conference_minutes {int} NOT NULL,               -- 0: it has no case conference
	place text NOT NULL,                             -- public: a room; empty: none
	link text NOT NULL,                              -- public: where the video call is; empty: none
	lead_id text REFERENCES app_user (id),           -- leads its meetings; NULL: not said
	alternate_id text REFERENCES app_user (id),      -- leads when that one is away
	secretary_id text REFERENCES app_user (id),      -- invites, writes, sends out
	stand_in_id text REFERENCES app_user (id),       -- does when that one is away
	quorum {int} NOT NULL,                           -- percent of the agencies for a vote
	made_at {int} NOT NULL,                          -- instant
	made_by text NOT NULL REFERENCES app_user (id),
	ended_at {int}                                   -- instant; NULL: goes on
) {strict};
CREATE INDEX series_region ON series (region_id) WHERE ended_at IS NULL;

-- Who comes for an agency, and who comes instead.
CREATE TABLE series_agency (
	series_id text NOT NULL REFERENCES series (id),
	agency_id text NOT NULL REFERENCES agency (id),
	user_id text REFERENCES app_user (id),
	deputy_id text REFERENCES app_user (id),
	PRIMARY KEY (series_id, agency_id)
) {strict};

-- What a series is for, in its people's own lines.
CREATE TABLE series_objective (
	id text PRIMARY KEY,
	series_id text NOT NULL REFERENCES series (id),
	words {bytes} NOT NULL,                          -- sealed
	at {int} NOT NULL,                               -- instant
	by_id text NOT NULL REFERENCES app_user (id),
	ended_at {int}                                   -- instant; NULL: holds
) {strict};
CREATE INDEX series_objective_series ON series_objective (series_id, at) WHERE ended_at IS NULL;

-- One meeting of a series, made when somebody gets it ready, moves it or calls it off: the business meeting, with the
-- case conference behind it as a conference of its own.
CREATE TABLE sitting (
	id text PRIMARY KEY,
	series_id text NOT NULL REFERENCES series (id),
	rule_day {int} NOT NULL,                         -- the day of the series that it stands for
	day {int} NOT NULL,                              -- the day on which it is
	starts {int} NOT NULL,                           -- minute of the day
	minutes {int} NOT NULL,                          -- of its business meeting; 0: it has none
	place text NOT NULL,
	link text NOT NULL,
	chair_id text REFERENCES app_user (id),          -- leads the business meeting; NULL: not said
	state text NOT NULL CHECK (state IN ('planned', 'live', 'closed', 'cancelled')),
	made_at {int} NOT NULL,                          -- instant
	opened_at {int},                                 -- instant
	closed_at {int},                                 -- instant at which the room was closed
	closed_by text REFERENCES app_user (id),
	UNIQUE (series_id, rule_day)
) {strict};
CREATE INDEX sitting_series ON sitting (series_id, day, id);

-- The case conferences that follow a business meeting: one, or, of a statewide one, one for each region.
CREATE TABLE sitting_conference (
	conference_id text PRIMARY KEY REFERENCES conference (id),
	sitting_id text NOT NULL REFERENCES sitting (id)
) {strict};
CREATE INDEX sitting_conference_sitting ON sitting_conference (sitting_id);

-- The agenda of a business meeting.
CREATE TABLE sitting_item (
	sitting_id text NOT NULL REFERENCES sitting (id),
	position {int} NOT NULL,                         -- of domain/series.h
	minutes {int} NOT NULL,                          -- 0: left out this time
	PRIMARY KEY (sitting_id, position)
) {strict};

-- Who was in the room of a business meeting.
CREATE TABLE sitting_seat (
	sitting_id text NOT NULL REFERENCES sitting (id),
	user_id text NOT NULL REFERENCES app_user (id),
	agency_id text REFERENCES agency (id),           -- the agency then
	in_at {int} NOT NULL,                            -- instant
	out_at {int},                                    -- instant; NULL: is there
	PRIMARY KEY (sitting_id, user_id, in_at)
) {strict};
CREATE UNIQUE INDEX sitting_seat_here ON sitting_seat (sitting_id, user_id) WHERE out_at IS NULL;

-- Its notes and decisions.
CREATE TABLE sitting_note (
	id text PRIMARY KEY,
	sitting_id text NOT NULL REFERENCES sitting (id),
	kind text NOT NULL CHECK (kind IN ('note', 'decision')),
	words {bytes} NOT NULL,                          -- sealed
	at {int} NOT NULL,                               -- instant
	by_id text NOT NULL REFERENCES app_user (id)
) {strict};
CREATE INDEX sitting_note_sitting ON sitting_note (sitting_id, at, id);

-- The board of a region: announcements and resources, each until its last day.
CREATE TABLE board_notice (
	id text PRIMARY KEY,
	region_id text REFERENCES region (id),           -- NULL: statewide
	kind text NOT NULL,                              -- leads, funding, event, resource: domain/board.h
	words {bytes} NOT NULL,                          -- sealed
	until_day {int} NOT NULL,                        -- day on which it is shown last
	at {int} NOT NULL,                               -- instant
	by_id text NOT NULL REFERENCES app_user (id),
	ended_at {int}                                   -- instant; taken down before
) {strict};
CREATE INDEX board_notice_until ON board_notice (until_day) WHERE ended_at IS NULL;

-- The issue box: what a provider cannot solve alone, without names. It returns until somebody has answered it.
CREATE TABLE issue (
	id text PRIMARY KEY,
	series_id text NOT NULL REFERENCES series (id),
	level text NOT NULL,                             -- domain/board.h
	words {bytes} NOT NULL,                          -- sealed
	owner_id text REFERENCES app_user (id),          -- who sees to it; NULL: nobody yet
	answer {bytes},                                  -- sealed: what became of it
	at {int} NOT NULL,                               -- instant
	by_id text NOT NULL REFERENCES app_user (id),
	closed_at {int},                                 -- instant; NULL: open
	closed_in text REFERENCES sitting (id)           -- the meeting that closed it
) {strict};
CREATE INDEX issue_open ON issue (series_id, at) WHERE closed_at IS NULL;
CREATE INDEX issue_closed ON issue (closed_in) WHERE closed_in IS NOT NULL;

-- Motions, with one vote for each agency.
CREATE TABLE motion (
	id text PRIMARY KEY,
	sitting_id text NOT NULL REFERENCES sitting (id),
	words {bytes} NOT NULL,                          -- sealed
	mover_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL,                               -- instant
	agencies {int},                                  -- how many were entitled when it was closed
	quorum {int},                                    -- percent of them that was needed then
	closed_at {int}                                  -- instant; NULL: votes are taken
) {strict};
CREATE INDEX motion_sitting ON motion (sitting_id, at, id);
CREATE TABLE motion_vote (
	motion_id text NOT NULL REFERENCES motion (id),
	agency_id text NOT NULL REFERENCES agency (id),
	vote text NOT NULL CHECK (vote IN ('yes', 'no', 'abstain')),
	user_id text NOT NULL REFERENCES app_user (id),  -- who voted for it
	at {int} NOT NULL,                               -- instant
	PRIMARY KEY (motion_id, agency_id)
) {strict};

-- The training log.
CREATE TABLE workshop (
	id text PRIMARY KEY,
	series_id text NOT NULL REFERENCES series (id),
	day {int} NOT NULL,
	minutes {int} NOT NULL,
	words {bytes} NOT NULL,                          -- sealed: what it was about
	at {int} NOT NULL,                               -- instant
	by_id text NOT NULL REFERENCES app_user (id)
) {strict};
CREATE INDEX workshop_series ON workshop (series_id, day, id);
CREATE TABLE workshop_person (
	workshop_id text NOT NULL REFERENCES workshop (id),
	user_id text NOT NULL REFERENCES app_user (id),
	PRIMARY KEY (workshop_id, user_id)
) {strict};
