-- Saved views of the list.

-- name: list_views many
-- A user's own, and those shared in a region.
-- in:  user_id text, region_id text
-- out: id text, owner_id text, region_id text?, name sealed, filter text, sort text, columns text, begins bool
SELECT v.id, v.owner_id, v.region_id, v.name, v.filter, v.sort, v.columns,
	CASE WHEN d.view_id IS NULL THEN 0 ELSE 1 END AS begins
FROM list_view v LEFT JOIN list_view_default d ON d.user_id = :user_id AND d.view_id = v.id
WHERE v.owner_id = :user_id OR v.region_id = :region_id
ORDER BY v.created_at, v.id;

-- name: list_view_add exec
-- A new one.
-- in: id text, owner_id text, region_id text?, name sealed, filter text, sort text, columns text, created_at instant
INSERT INTO list_view (id, owner_id, region_id, name, filter, sort, columns, created_at)
VALUES (:id, :owner_id, :region_id, :name, :filter, :sort, :columns, :created_at);

-- name: list_view_undefault exec
-- Nobody begins with it any more.
-- in: id text
DELETE FROM list_view_default WHERE view_id = :id;

-- name: list_view_by_id one
-- Whose it is.
-- in:  id text
-- out: owner_id text, region_id text?
SELECT owner_id, region_id FROM list_view WHERE id = :id;

-- name: list_view_delete exec
-- It is gone.
-- in: id text
DELETE FROM list_view WHERE id = :id;

-- name: list_view_plain exec
-- A user begins with the plain list.
-- in: user_id text
DELETE FROM list_view_default WHERE user_id = :user_id;

-- name: list_view_begin exec
-- A user begins with it.
-- in: user_id text, view_id text
INSERT INTO list_view_default (user_id, view_id) VALUES (:user_id, :view_id)
ON CONFLICT (user_id) DO UPDATE SET view_id = excluded.view_id;
