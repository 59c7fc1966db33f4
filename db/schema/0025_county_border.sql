-- Regions as a map: which counties border each other, and the agency that anchors a region.
ALTER TABLE region ADD COLUMN anchor_agency text REFERENCES agency (id); -- who convenes it; NULL: nobody yet

-- Two counties that border each other, once; the first is the lower one by its bytes.
CREATE TABLE county_border (
	county text NOT NULL REFERENCES county (name),
	neighbour text NOT NULL REFERENCES county (name),
	PRIMARY KEY (county, neighbour)
) {strict};
