-- Referrals: from the agency's request, or a match, to the key. No personal data, but for sealed notes.
CREATE TABLE referral (
	id text PRIMARY KEY,
	household_no {int} REFERENCES household (household_no), -- NULL: an agency asked, and nobody is chosen yet
	region_id text NOT NULL REFERENCES region (id),   -- from whose list
	opening_id text REFERENCES opening (id),          -- NULL: a program asked without an opening
	agency_id text NOT NULL REFERENCES agency (id),   -- who receives it
	kind text NOT NULL,                               -- domain/policy.h
	program text NOT NULL,
	source text NOT NULL CHECK (source IN ('asked', 'meeting', 'board', 'side')), -- who began it: domain/referral.h
	conference_id text REFERENCES conference (id),    -- of a match in a meeting
	requested_at {int} NOT NULL,                      -- instant of the request, or of the match
	requested_by text NOT NULL REFERENCES app_user (id),
	rank {int},                                       -- its place on the list when it was matched
	state text NOT NULL,                              -- domain/referral.h
	state_day {int} NOT NULL,                         -- day of the last step
	issued_day {int},
	due_day {int},                                    -- last day to issue it, as the calendar stood when it was issued
	reason text,                                      -- of a decline: domain/referral.h
	review text CHECK (review IN ('waits', 'agreed', 'reopened')), -- of a decline that Housing First asks about
	ended_day {int}
) {strict};
CREATE UNIQUE INDEX referral_holds ON referral (opening_id) WHERE ended_day IS NULL AND state <> 'requested';
CREATE UNIQUE INDEX referral_once ON referral (household_no, opening_id) WHERE ended_day IS NULL;
CREATE INDEX referral_household ON referral (household_no);
CREATE INDEX referral_opening ON referral (opening_id);
CREATE INDEX referral_agency ON referral (agency_id, ended_day);
CREATE INDEX referral_region ON referral (region_id, ended_day);
CREATE INDEX referral_open ON referral (state_day) WHERE ended_day IS NULL;
CREATE INDEX referral_conference ON referral (conference_id);

-- What was done with one, in order; never edited.
CREATE TABLE referral_event (
	referral_id text NOT NULL REFERENCES referral (id),
	no {int} NOT NULL,                                -- counts up per referral
	what text NOT NULL,                               -- the state it came to; or attempt, note, appeal, agreed
	day {int} NOT NULL,
	at {int} NOT NULL,                                -- instant
	by_id text REFERENCES app_user (id),              -- NULL: it ended by itself
	reason text,                                      -- of a decline or an end
	note {bytes},                                     -- sealed
	PRIMARY KEY (referral_id, no)
) {strict};

-- What has to be arranged, and what is recorded in the HMIS, with who does it on either side.
CREATE TABLE referral_task (
	referral_id text NOT NULL REFERENCES referral (id),
	task text NOT NULL,                               -- domain/referral.h
	owner_id text REFERENCES app_user (id),
	due_day {int},
	done_day {int},
	done_by text REFERENCES app_user (id),
	PRIMARY KEY (referral_id, task)
) {strict};

-- Whom to call at an agency about referrals: people at work, no client.
CREATE TABLE referral_contact (
	agency_id text PRIMARY KEY REFERENCES agency (id),
	name text NOT NULL,
	reach text NOT NULL,                              -- telephone or mail at work
	by_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL                                 -- instant
) {strict};

-- Days on which the CoC's offices are closed, beside the federal holidays.
CREATE TABLE closed_day (
	day {int} PRIMARY KEY,
	what text NOT NULL,
	by_id text NOT NULL REFERENCES app_user (id),
	at {int} NOT NULL                                 -- instant
) {strict};
