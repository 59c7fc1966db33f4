-- Homes that are open, or will be. No personal data, but for a sealed reason.
CREATE TABLE opening (
	id text PRIMARY KEY,
	region_id text NOT NULL REFERENCES region (id),   -- from whose list it is filled
	agency_id text NOT NULL REFERENCES agency (id),
	kind text NOT NULL,               -- domain/policy.h: whose order it is filled in
	program text NOT NULL,
	unit text,                        -- what the agency calls it
	bedrooms {int},                   -- 0: a room or studio; NULL: not said
	county text REFERENCES county (name),
	features {int} NOT NULL,          -- bits of domain/preference.h that it offers
	rule text NOT NULL,               -- whom it is for: a filter of the list; empty: everybody
	from_day {int} NOT NULL,          -- first day it can be lived in
	confirmed_day {int} NOT NULL,     -- last said to be true
	made_by text NOT NULL REFERENCES app_user (id),
	made_at {int} NOT NULL,           -- instant
	ended_day {int},                  -- filled or withdrawn
	ended_as text CHECK (ended_as IN ('filled', 'withdrawn')),
	ended_why {bytes},                -- sealed: why it went without a referral, or was withdrawn
	ended_by text REFERENCES app_user (id),
	ended_at {int}                    -- instant
) {strict};
CREATE INDEX opening_region ON opening (region_id);
CREATE INDEX opening_agency ON opening (agency_id);
