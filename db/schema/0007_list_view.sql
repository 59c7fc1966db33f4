-- Saved views of the list: whom it shows, in which order, with which columns.
CREATE TABLE list_view (
	id text PRIMARY KEY,
	owner_id text NOT NULL REFERENCES app_user (id), -- who made it
	region_id text REFERENCES region (id), -- whose people see it too; NULL: the owner alone
	name {bytes} NOT NULL,     -- sealed
	filter text NOT NULL,      -- domain/filter.h, without words to look up
	sort text NOT NULL,        -- "months,-score": words of columns
	columns text NOT NULL,     -- "place,first,days"; empty: the usual ones
	created_at {int} NOT NULL  -- instant
) {strict};
CREATE INDEX list_view_owner ON list_view (owner_id);
CREATE INDEX list_view_region ON list_view (region_id);

-- What a user's list begins with.
CREATE TABLE list_view_default (
	user_id text PRIMARY KEY REFERENCES app_user (id),
	view_id text NOT NULL REFERENCES list_view (id)
) {strict};
CREATE INDEX list_view_default_view ON list_view_default (view_id);
