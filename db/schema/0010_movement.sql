-- The history of households on the list, and its books: domain/movement.h and domain/ledger.h. No personal data.
-- Versions as in 0002: visible where from_import <= current AND to_import > current.

-- A change of status, or an adjustment. `holds`: it is in the history as known today. `month`: it is booked,
-- which nothing that is learnt later takes back. Mostly a row is both.
CREATE TABLE movement (
	household_no {int} NOT NULL,
	no {int} NOT NULL,         -- counts up per household
	from_import {int} NOT NULL, -- the number with which it was learnt: hmis_import has its day
	to_import {int} NOT NULL,
	day {int} NOT NULL,        -- on which it took effect; of an adjustment the first of its month
	month {int},               -- booked in, counted from year 0; NULL: not booked
	was {int} NOT NULL,        -- status before: domain/spell.h
	became {int} NOT NULL,     -- status after
	cause {int} NOT NULL,      -- domain/movement.h
	adjustment {int} NOT NULL CHECK (adjustment IN (0, 1)),
	holds {int} NOT NULL CHECK (holds IN (0, 1)),
	PRIMARY KEY (household_no, no, from_import)
) {strict};
CREATE INDEX movement_old ON movement (to_import) WHERE to_import < 2147483647;
