-- What standing looks at, of everybody, a few thousand people in a row: a copy of facts that are in their
-- dossiers, so that a report over everybody opens hundreds of rows and not millions (app/pack.h).
-- Versions as in 0002: visible where from_import <= current AND to_import > current.

CREATE TABLE pack (
	low_client {int} NOT NULL, -- the lowest client number that the first household in it may have
	from_import {int} NOT NULL,
	to_import {int} NOT NULL,
	content {bytes} NOT NULL,  -- sealed
	PRIMARY KEY (low_client, from_import)
) {strict};
CREATE INDEX pack_old ON pack (to_import) WHERE to_import < 2147483647;
