-- What people write down about a household, item by item: papers, needs, wishes, the CoC's own columns, where
-- somebody was last. Never edited: a newer one takes the place of the one before, which is kept.
CREATE TABLE household_entry (
	household_no {int} NOT NULL REFERENCES household (household_no),
	item text NOT NULL,        -- app/entry.h: "document.photo_id", "needs", "column.ID", "place.AGENCY"
	no {int} NOT NULL,         -- counts up per household and item
	value {bytes},             -- sealed; NULL: taken away
	at {int} NOT NULL,         -- instant
	by_id text NOT NULL REFERENCES app_user (id),
	newest {int} NOT NULL CHECK (newest IN (0, 1)),
	PRIMARY KEY (household_no, item, no)
) {strict};
CREATE UNIQUE INDEX household_entry_newest ON household_entry (household_no, item) WHERE newest = 1;

-- Columns that the CoC has added to the list.
CREATE TABLE local_column (
	id text PRIMARY KEY,
	name text NOT NULL,        -- its heading
	kind text NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice')),
	choices text NOT NULL,     -- of a choice: ", " between; else empty
	editors text NOT NULL CHECK (editors IN ('holder', 'serving')), -- the list holder alone, or who serves it as well
	position {int} NOT NULL,   -- order among them
	ended_at {int}             -- instant; NULL: in use
) {strict};

-- Menus of the needs matrix that the CoC has worded itself.
CREATE TABLE needs_menu (
	housing text NOT NULL,     -- domain/needs.h
	service text NOT NULL,
	menu text NOT NULL,
	at {int} NOT NULL,         -- instant
	by_id text NOT NULL REFERENCES app_user (id),
	PRIMARY KEY (housing, service)
) {strict};
