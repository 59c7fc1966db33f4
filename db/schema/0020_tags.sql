-- What a household is counted with: sub-populations, where it is enrolled, what it could be housed in.

ALTER TABLE listing ADD COLUMN tags {int} NOT NULL DEFAULT 0; -- bits of domain/tag.h
