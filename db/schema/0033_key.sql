-- Which key seals (store/seal.h), and which is the lowest that may still be written with: while the database moves
-- from one key to the next they differ.
ALTER TABLE meta ADD COLUMN key_no {int} NOT NULL DEFAULT 1;
ALTER TABLE meta ADD COLUMN key_least {int} NOT NULL DEFAULT 1;
