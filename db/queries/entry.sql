-- What people write down about households, and what the CoC has defined for it.

-- name: entries many
-- What holds of some households.
-- in:  nos int
-- out: household_no int, item text, no int, value sealed?, at instant, by text
SELECT e.household_no, e.item, e.no, e.value, e.at, u.name AS by
FROM household_entry e JOIN app_user u ON u.id = e.by_id
WHERE e.household_no IN (:nos[50]) AND e.newest = 1
ORDER BY e.household_no, e.item;

-- name: entry_history many
-- Everything that was written under an item, newest first.
-- in:  household_no int, item text
-- out: no int, value sealed?, at instant, by text
SELECT e.no, e.value, e.at, u.name AS by
FROM household_entry e JOIN app_user u ON u.id = e.by_id
WHERE e.household_no = :household_no AND e.item = :item ORDER BY e.no DESC;

-- name: entries_all each
-- Whatever holds of anybody, for the picture of it in memory.
-- out: household_no int, item text, no int, value sealed
-- scan: the picture holds them all
SELECT household_no, item, no, value FROM household_entry WHERE newest = 1 AND value IS NOT NULL;

-- name: entry_changes many
-- The households about which something was written since a number of the journal.
-- in:  seq int
-- out: household_no int
SELECT DISTINCT h.household_no
FROM journal j JOIN household h ON h.id = j.noun_id
WHERE j.seq > :seq AND j.act = 'household.write';

-- name: entry_newest one
-- The newest one of an item.
-- in:  household_no int, item text
-- out: no int, value sealed?
SELECT no, value FROM household_entry WHERE household_no = :household_no AND item = :item AND newest = 1;

-- name: entry_replaced exec
-- A newer one takes its place.
-- in: household_no int, item text
UPDATE household_entry SET newest = 0 WHERE household_no = :household_no AND item = :item AND newest = 1;

-- name: entry_add exec
-- The newest one.
-- in: household_no int, item text, no int, value sealed?, at instant, by_id text
INSERT INTO household_entry (household_no, item, no, value, at, by_id, newest)
VALUES (:household_no, :item, :no, :value, :at, :by_id, 1);

-- name: local_columns many
-- The CoC's own columns that are in use.
-- out: id text, name text, kind text, choices text, editors text
-- scan: a CoC has a few
SELECT id, name, kind, choices, editors FROM local_column WHERE ended_at IS NULL ORDER BY position, id;

-- name: local_column_last one
-- How many there ever were.
-- out: columns int
-- scan: a CoC has a few
SELECT count(*) AS columns FROM local_column;

-- name: local_column_add exec
-- A new one.
-- in: id text, name text, kind text, choices text, editors text, position int
INSERT INTO local_column (id, name, kind, choices, editors, position)
VALUES (:id, :name, :kind, :choices, :editors, :position);

-- name: local_column_end count
-- It is used no more; what was written in it is kept.
-- in: id text, ended_at instant
UPDATE local_column SET ended_at = :ended_at WHERE id = :id AND ended_at IS NULL;

-- name: needs_menus many
-- The menus that the CoC has worded itself.
-- out: housing text, service text, menu text
-- scan: at most nine
SELECT housing, service, menu FROM needs_menu;

-- name: needs_menu_put exec
-- A cell's menu.
-- in: housing text, service text, menu text, at instant, by_id text
INSERT INTO needs_menu (housing, service, menu, at, by_id) VALUES (:housing, :service, :menu, :at, :by_id)
ON CONFLICT (housing, service) DO UPDATE SET menu = excluded.menu, at = excluded.at, by_id = excluded.by_id;

-- name: entry_tenancies many
-- The households whose tenancy is at risk, by number.
-- out: household_no int
-- scan: a few, in an index of their own
SELECT household_no FROM household_entry WHERE item = 'tenancy' AND newest = 1 AND value IS NOT NULL
ORDER BY household_no;
