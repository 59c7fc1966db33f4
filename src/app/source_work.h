/* What the files source*.c share: the list at hand, the file that waits, and people on their way in. */
#ifndef APP_SOURCE_WORK_H
#define APP_SOURCE_WORK_H

#include "app/source_row.h"
#include "base/limit.h"

enum { SOURCE_MEMORY = 1 << 30 };

struct source {
	struct str id, name;
	int64_t no; /* hmis_source */
	bool coded;
	struct str region_id, agency_id;
	enum sheet_order order;
};

/* ERR_DENIED for whoever is no list holder. */
must err_t source_may(const struct call *c);

/* The list, if it is of the list holder's region or they hold none; else ERR_MISSING. Inside a transaction. */
must err_t source_get(const struct call *c, struct db *db, struct arena *a, struct str id, struct source *out);

/* A table of the list as it is read from a file: `begin` gets its header, `row` each row behind it. A coded list that
 * tells who somebody is is refused, before the first row where a column's name says so, else behind the last one. */
struct source_table {
	const struct call *call;
	const struct source *source;
	void *ctx;
	err_t (*begin)(void *ctx, const struct sheet_head *head); /* or NULL */
	err_t (*row)(void *ctx, const struct sheet_row *row);
	struct sheet_head head; /* of what was read; the rest too */
	int64_t rows;
	/* How many cells of each column look like birth dates, and how many hold something. */
	int64_t old_days[LIMIT_SHEET_COLUMNS], filled[LIMIT_SHEET_COLUMNS];
};
/* `tab`: the sheet of a workbook; empty: the first that shows. ERR_INVALID in one sentence. No transaction is open. */
must err_t source_table_read(struct arena *a, struct source_table *t, const char *path, struct str tab);

/* A file that waits: its list and its columns. Inside a transaction. */
struct source_file {
	struct source source;
	struct str *names;
	size_t names_n;
	int64_t chunks;
};
must err_t source_file_get(const struct call *c, struct db *db, struct arena *a, struct str draft_id,
			   struct source_file *out);

/* Its rows, in order; cells live until `row` returns. Inside the same transaction. */
must err_t source_file_each(const struct call *c, struct db *db, struct arena *a, struct str draft_id,
			    const struct source_file *file, void *ctx,
			    err_t (*row)(void *ctx, const struct sheet_row *row));

/* What its columns and words mean: as remembered, else as guessed. remembered[i] tells which, by column. */
must err_t source_mapping_get(const struct call *c, struct db *db, struct arena *a, const struct source_file *file,
			      struct source_mapping *out, bool **remembered);

/* People on their way in, in one arena. */
struct source_batch {
	struct source source;
	struct source_person *people;
	struct source_keyed *keyed; /* by source_batch_settle: the people by key, each key once */
	size_t n, keyed_n;
	bool complete; /* who is not in it is absent */
	struct source_aside_view *asides;
	size_t asides_n;
	struct source_counts counts;
};
struct source_keyed {
	int64_t key, digest;
	uint32_t person;
};

/* An empty batch, and a row more. */
void source_batch_begin(struct arena *a, const struct source *source, struct source_batch *out);
void source_batch_take(struct arena *a, const struct source_mapping *m, const struct sheet_row *row,
		       struct source_batch *b);

/* Reads all rows of the file into the batch. */
must err_t source_batch_read(const struct call *c, struct db *db, struct arena *a, struct str draft_id,
			     const struct source_file *file, const struct source_mapping *m, struct source_batch *out);

/* Sets aside whose key is there twice, and counts what would change beside what is loaded. Inside a
 * transaction. */
must err_t source_batch_settle(const struct call *c, struct db *db, struct arena *a, struct source_batch *b);

/* Writes the batch as an import and switches it on. The batch need not be settled. */
must err_t source_batch_load(struct call *c, struct source_batch *b);

/* The facts of a person: one packed dossier for being on the list, one for what was told about homelessness
 * (empty: nothing was). `was` is the old first dossier, opened, or empty; `entry` the day of the enrollment that it
 * has, or DAY_NONE. */
struct source_facts {
	struct str listed, told;
	struct day entry, told_day;
};
void source_facts(struct arena *a, const struct source_person *p, struct day today, struct str was, struct day entry,
		  struct source_facts *out);

/* The day an attestation counts for. */
static inline struct day source_attested(const struct source_person *p, struct day today)
{
	return day_known(p->attested) ? p->attested : today;
}

#endif
