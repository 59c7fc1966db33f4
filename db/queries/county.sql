-- Where projects are.

-- name: project_county_put exec
-- A project is in a county.
-- in: project_id text, county text
INSERT INTO project_county (project_id, county) VALUES (:project_id, :county)
ON CONFLICT (project_id) DO UPDATE SET county = excluded.county;

-- name: project_counties many
-- All of them.
-- out: project_id text, county text
-- scan: a CoC has some thousand projects
SELECT project_id, county FROM project_county ORDER BY project_id;

-- name: county_note exec
-- There is such a county; where it belongs is not said.
-- in: name text
INSERT INTO county (name, region_id) VALUES (:name, NULL) ON CONFLICT (name) DO NOTHING;
