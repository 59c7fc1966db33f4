-- The directory of services. No personal data: contacts are people or desks at work.
CREATE TABLE service (
	id text PRIMARY KEY,
	region_id text REFERENCES region (id),            -- NULL: for the whole continuum
	agency_id text REFERENCES agency (id),            -- NULL: of somebody who takes no part here
	kind text NOT NULL,                               -- domain/service.h
	name text NOT NULL,
	provider text NOT NULL,                           -- who offers it; empty: the agency
	how text NOT NULL,                                -- how one is referred
	contact text NOT NULL,                            -- whom to call; empty: not said
	wait_days {int},                                  -- NULL: not said
	confirmed_day {int} NOT NULL,                     -- last said to be true
	made_by text NOT NULL REFERENCES app_user (id),
	made_at {int} NOT NULL,                           -- instant
	ended_day {int},                                  -- there is none any more
	ended_by text REFERENCES app_user (id)
) {strict};
CREATE INDEX service_region ON service (region_id);
