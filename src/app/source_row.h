/* From the cells of a row to a person of a list: what a mapping makes of them. Knows no database. */
#ifndef APP_SOURCE_ROW_H
#define APP_SOURCE_ROW_H

#include "app/import_client.h"
#include "app/source.h"

enum { SOURCE_UNKNOWN = -1 };

/* A word of the list and what it was said to mean. */
struct source_meaning {
	enum source_field field;
	int64_t word; /* source_hash */
	int code;     /* SOURCE_UNKNOWN: left out */
};

struct source_mapping {
	bool coded;
	enum sheet_order order;
	struct day today;
	const enum source_field *fields; /* by column */
	size_t fields_n;
	const struct source_meaning *meanings;
	size_t meanings_n;
	const struct str *places; /* names of the region and of its counties */
	size_t places_n;
};

/* Texts point into the row's cells or the arena. Numbers: SOURCE_UNKNOWN where not told. */
struct source_person {
	int64_t line;
	struct str key;
	struct str first, middle, last, ssn, household;
	struct day birth, listed, contact, homeless, scored, attested;
	int relation, veteran, situation, months, disabling, score, size,
		children;        /* codes of HMIS lists, or numbers */
	int time, need, reached; /* of coded lists: domain/source.h */
};

/* Headers and words are remembered by their hash: they might say more than they should. */
int64_t source_hash(struct str text);

/* What has to be among the columns and is not, as a sentence; empty: nothing. */
struct str source_mapping_missing(const struct source_mapping *m);

/* The first problem that sets the row aside, else how many values were left out in *blanked, with the first reason in
 * *why. `out` is filled in either case. */
enum source_problem source_row_read(struct arena *a, const struct source_mapping *m, const struct sheet_row *row,
				    struct source_person *out, int64_t *blanked, enum source_problem *why);

/* What a word of a column means by the mapping or by itself; false where nobody has said it. */
bool source_meaning_of(const struct source_mapping *m, enum source_field field, struct str word, int *code);

/* "on the list since 3 Mar 2026 · Shelter · 14 months", in the arena: for the preview. */
struct str source_person_say(struct arena *a, const struct source_person *p);

#endif
