-- Protected traits of a client: read for the report of what an order does to whom, and for nothing else.
ALTER TABLE client ADD COLUMN traits {bytes}; -- sealed: race, ethnicity, sex
