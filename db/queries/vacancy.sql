-- Openings as reports count them.

-- name: vacancies many
-- Those that are open, and those that ended on a day or later; by region and agency. `straight`: its agency filled it
-- without a referral, and said why. `held`: a referral to it is under way.
-- in:  ended_from day
-- out: id text, region_id text, region text, agency_id text, agency text, kind text, program text, unit text?, rule text
-- out: from_day day, confirmed_day day, made_at instant, ended_day day?, filled bool, straight bool, held bool
-- scan: a CoC has some hundred openings a year
SELECT o.id, o.region_id, r.name AS region, o.agency_id, g.name AS agency, o.kind, o.program, o.unit, o.rule, o.from_day,
	o.confirmed_day, o.made_at, o.ended_day, CASE WHEN o.ended_as = 'filled' THEN 1 ELSE 0 END AS filled,
	CASE WHEN o.ended_as = 'filled' AND o.ended_why IS NOT NULL THEN 1 ELSE 0 END AS straight,
	CASE WHEN EXISTS (SELECT 1 FROM referral f WHERE f.opening_id = o.id AND f.ended_day IS NULL
		AND f.state <> 'requested') THEN 1 ELSE 0 END AS held
FROM opening o JOIN region r ON r.id = o.region_id JOIN agency g ON g.id = o.agency_id
WHERE o.ended_day IS NULL OR o.ended_day >= :ended_from
ORDER BY r.number, g.name, o.from_day, o.id;
