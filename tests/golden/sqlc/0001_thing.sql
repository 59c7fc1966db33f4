-- A step of the schema, as a golden file.
CREATE TABLE thing (
	id text PRIMARY KEY,     -- what it is called
	size {int} NOT NULL,
	photo {bytes},
	note text DEFAULT 'a "quoted" -- {word}'
) {strict};
CREATE INDEX thing_size ON thing (size);
