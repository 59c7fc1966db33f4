/* What the functions that tools/sqlc generates stand on; hand-written code calls those functions,
 * or the bulk loader and the row cursor below through them.
 *
 * A statement is a constant: its text for each engine, what it takes and gives back, and whether
 * it writes. A connection prepares it on first use and keeps it.
 *
 * Text and bytes that go in are not copied and must live until the call returns. What comes out of
 * a cursor lives until the next row; q_… functions of kind `one` and `many` copy it into the arena.
 */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include <stdint.h>

#include "base/day.h"
#include "store/db.h"

/* One value on its way in. */
struct db_value {
	enum db_kind { DB_NULL, DB_INT, DB_TEXT, DB_BYTES } kind;
	int64_t i;
	struct str s;
};

static inline struct db_value db_null(void)
{
	return (struct db_value){.kind = DB_NULL};
}

static inline struct db_value db_int(int64_t v)
{
	return (struct db_value){.kind = DB_INT, .i = v};
}

static inline struct db_value db_text(struct str s)
{
	return (struct db_value){.kind = DB_TEXT, .s = s};
}

static inline struct db_value db_bytes(struct str s)
{
	return (struct db_value){.kind = DB_BYTES, .s = s};
}

/* Empty text or bytes, and unknown days and instants, are stored as NULL. */
static inline struct db_value db_text_or_null(struct str s)
{
	return s.n == 0 ? db_null() : db_text(s);
}

static inline struct db_value db_bytes_or_null(struct str s)
{
	return s.n == 0 ? db_null() : db_bytes(s);
}

static inline struct db_value db_day(struct day d)
{
	return day_known(d) ? db_int(d.n) : db_null();
}

static inline struct db_value db_instant(struct instant t)
{
	return instant_known(t) ? db_int(t.ms) : db_null();
}

struct db_statement {
	const char *name; /* "region_by_id": unique over all nouns */
	const char *noun; /* "region": db/queries/region.sql */
	const char *sql[DB_ENGINES];
	const char *in;  /* one letter per $n: t text, i integer, x bytes, s sealed */
	const char *out; /* one letter per column */
	const char *const *out_names;
	bool writes;
	uint32_t roles;   /* ROLE_BIT of domain/access.h: whom it serves alone; 0: everybody */
	const char *scan; /* why it may read a whole table, or NULL */
	const char *copy; /* of a bulk statement: "region (id, name)" */
};

/* Every statement of db/queries, in the order of the files: what tests and `byname` walk. */
extern const struct db_statement *const db_statements[];
extern const size_t db_statements_n;

/* Runs a statement to its end; *changed (may be NULL) is how many rows it changed. */
must err_t db_exec(struct db *db, struct arena *a, const struct db_statement *st, const struct db_value *in,
		   int64_t *changed);

/* A cursor over the rows of a statement. It may stand open while other statements run, but not the
 * same one; it closes by itself with the transaction.
 *
 *     struct db_rows rows;
 *     TRY(q_listing_all(db, a, current, &rows));
 *     for (struct q_listing_all row; q_listing_all_next(&rows, &row);)
 *             ...
 *     TRY(db_rows_end(&rows));
 */
struct db_rows {
	struct db *db;
	struct arena *arena;
	const struct db_statement *st;
	struct prepared *prepared;
	unsigned transaction; /* in which it was opened */
	struct held *held;    /* PostgreSQL: the rows fetched last */
	int at;
	unsigned cursor; /* PostgreSQL: its name's number */
	bool whole;      /* PostgreSQL: all rows come at once, no server-side cursor */
	bool open;
	err_t err;
};

enum db_fetch {
	DB_WHOLE,  /* few rows: PostgreSQL sends them at once */
	DB_STREAM, /* many rows: memory does not grow with them */
};
must err_t db_rows_open(struct db *db, struct arena *a, const struct db_statement *st, const struct db_value *in,
			enum db_fetch fetch, struct db_rows *rows);

/* The next row; false at the end and after an error, which db_rows_end returns. */
bool db_rows_next(struct db_rows *rows);

/* Closes the cursor, also half-way. */
must err_t db_rows_end(struct db_rows *rows);

/* The same where one row was to be the last: another one is an internal error. */
must err_t db_rows_end_one(struct db_rows *rows);

/* Columns of the current row, counted from 0. NULL reads as 0, empty, DAY_NONE, INSTANT_NONE. */
bool db_rows_null(const struct db_rows *rows, int column);
int64_t db_rows_int(const struct db_rows *rows, int column);
struct str db_rows_text(const struct db_rows *rows, int column); /* also bytes */
struct day db_rows_day(const struct db_rows *rows, int column);
struct instant db_rows_instant(const struct db_rows *rows, int column);

/* Room for one row more behind n rows of `size` bytes: the same array or a grown copy. */
void *db_rows_room(struct arena *a, void *rows, size_t n, size_t size);

/* Fills `slots` values from an array that may be shorter; the rest becomes NULL. An array that does
 * not fit is an internal error. */
must err_t db_fill_text(struct arena *a, struct db_value *in, size_t slots, const struct str *from, size_t n);
must err_t db_fill_int(struct arena *a, struct db_value *in, size_t slots, const int64_t *from, size_t n);

/* Many rows into one table at the engine's full speed: one prepared INSERT on SQLite, COPY on
 * PostgreSQL. Between open and end no other statement may run on the connection. Keep transactions
 * small (some 10,000 rows), so that others get their turn.
 *
 *     struct db_bulk bulk;
 *     TRY(q_client_add_open(db, a, &bulk));
 *     for (...)
 *             TRY(q_client_add(&bulk, &row));
 *     TRY(db_bulk_end(&bulk));
 */
struct db_bulk {
	struct db *db;
	struct arena *arena;
	const struct db_statement *st;
	struct prepared *prepared;
	char *copy; /* PostgreSQL: rows not yet sent */
	size_t copy_n;
	size_t copy_cap;
	bool open;
};
must err_t db_bulk_open(struct db *db, struct arena *a, const struct db_statement *st, struct db_bulk *out);
must err_t db_bulk_row(struct db_bulk *bulk, const struct db_value *in);
must err_t db_bulk_end(struct db_bulk *bulk);

#endif
