-- Tells an import by the bytes of a person's rows, before any cell is read, that they say nothing new.
ALTER TABLE hmis_person ADD COLUMN bytes {int}; -- sum over the rows' hashes; NULL: there is more to a row than its bytes
