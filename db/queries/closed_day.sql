-- Days on which offices are closed, beside the federal holidays.

-- name: closed_days many
-- Those from a day on, in their order.
-- in:  from_day day
-- out: day day, what text
SELECT day, what FROM closed_day WHERE day >= :from_day ORDER BY day;

-- name: closed_day_add exec
-- A day more, or another word for one.
-- in: day day, what text, by_id text, at instant
INSERT INTO closed_day (day, what, by_id, at) VALUES (:day, :what, :by_id, :at)
ON CONFLICT (day) DO UPDATE SET what = excluded.what, by_id = excluded.by_id, at = excluded.at;

-- name: closed_day_take count
-- It is open after all.
-- in: day day
DELETE FROM closed_day WHERE day = :day;
