-- Openings beyond what the HMIS says a program has.
ALTER TABLE opening ADD COLUMN over_why {bytes}; -- sealed: why there is one more; NULL: there is not
