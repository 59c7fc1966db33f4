-- Regions and their counties.

-- name: regions many
-- All regions in the order people count them.
-- out: id text, number int, name text, anchor text?
-- scan: a CoC has few regions
SELECT id, number, name, anchor FROM region ORDER BY number;

-- name: region_by_id one
-- A region by its id.
-- in:  id text
-- out: number int, name text, anchor text?
SELECT number, name, anchor FROM region WHERE id = :id;

-- name: region_by_number one
-- A region by the number people use.
-- in:  number int
-- out: id text, name text, anchor text?
SELECT id, name, anchor FROM region WHERE number = :number;

-- name: region_put exec
-- Adds a region, or renames the one of that number; its id stays.
-- in: id text, number int, name text, anchor text?
INSERT INTO region (id, number, name, anchor) VALUES (:id, :number, :name, :anchor)
ON CONFLICT (number) DO UPDATE SET name = excluded.name, anchor = excluded.anchor;

-- name: counties many
-- All counties by name, with the region each belongs to.
-- out: name text, region_id text?
-- scan: a CoC has some hundred counties
SELECT name, region_id FROM county ORDER BY name;

-- name: county_put exec
-- Adds a county or moves it to another region; without one it is unassigned.
-- in: name text, region_id text?
INSERT INTO county (name, region_id) VALUES (:name, :region_id)
ON CONFLICT (name) DO UPDATE SET region_id = excluded.region_id;

-- name: region_change count
-- Renames a region and says which agency anchors it.
-- in: id text, name text, anchor_agency text
UPDATE region SET name = :name, anchor_agency = :anchor_agency WHERE id = :id;

-- name: region_anchors many
-- The agency that anchors each region that has one.
-- out: region_id text, agency_id text, name text
-- scan: a CoC has few regions
SELECT r.id AS region_id, g.id AS agency_id, g.name FROM region r JOIN agency g ON g.id = r.anchor_agency
ORDER BY r.number;
