#include "store/statement.h"

#include <stdlib.h>
#include <string.h>

#include "store/db_impl.h"
#include "store/q_setting.h"
#include "store/seal.h"

enum { FIRST_ROWS = 16 };

int db_in_count(const struct db_statement *st)
{
	return (int)strlen(st->in);
}

/* The rules that hold on both engines, before one of them is asked. */
static err_t may_run(const struct db *db, struct arena *a, const struct db_statement *st)
{
	if (!db->in_transaction)
		return err_internal(a, "%s: outside a transaction", st->name);
	if (db->failed)
		return err_internal(a, "%s: a statement before it has failed", st->name);
	if (db->bulk_open)
		return err_internal(a, "%s: inside a bulk load", st->name);
	if (st->roles != 0 && (st->roles & db->serves) == 0) /* the second lock: db_serve */
		return err_internal(a, "%s: is not for whom this connection is used", st->name);
	if (st->writes && db->mode == DB_READ)
		return err_internal(a, "%s: writes in a read-only transaction", st->name);
	return NULL;
}

/* Statements with a sealed parameter ask once in a transaction which keys may be written with. */
static err_t ask_keys(struct db *db, struct arena *a, const struct db_statement *st)
{
	struct q_key_least meta;
	bool found = false;
	if (db->key_least > 0 || strchr(st->in, 's') == NULL)
		return NULL;
	TRY(q_key_least(db, a, &meta, &found));
	db->key_least = found ? meta.key_least : 1;
	return NULL;
}

/* Into a sealed column goes what was sealed, with a key that is not given up: so no statement can write personal data
 * as it is, and a process that slept through a change of keys is sent back. */
static err_t check_sealed(const struct db *db, struct arena *a, const struct db_statement *st,
			  const struct db_value *in)
{
	for (int i = 0; st->in[i] != '\0'; i++) {
		if (st->in[i] != 's' || in[i].kind == DB_NULL || in[i].s.n == 0)
			continue;
		int number = seal_number(in[i].s);
		if (number == 0)
			return err_internal(a, "%s: what goes into $%d is not sealed", st->name, i + 1);
		if (number < db->key_least)
			return err_new(a, ERR_RETRY, "The key was changed just now: please do that once more.");
	}
	return NULL;
}

static err_t find_prepared(struct db *db, struct arena *a, const struct db_statement *st, struct prepared **out)
{
	/* Statements are constants: their address is their identity. */
	struct prepared **bucket = &db->prepared[((uintptr_t)st >> 4) % PREPARED_BUCKETS];
	struct prepared *p = *bucket;
	while (p != NULL && p->st != st)
		p = p->next;
	if (p == NULL) {
		p = calloc(1, sizeof *p);
		if (p == NULL)
			return err_internal(a, "no memory");
		p->st = st;
		err_t e = db->engine->prepare(db, a, p);
		if (e != NULL) {
			free(p);
			return e;
		}
		p->next = *bucket;
		*bucket = p;
	}
	if (p->busy)
		return err_internal(a, "%s: a cursor stands open on it", st->name);
	*out = p;
	return NULL;
}

void db_forget_prepared(struct db *db)
{
	for (int i = 0; i < PREPARED_BUCKETS; i++) {
		while (db->prepared[i] != NULL) {
			struct prepared *p = db->prepared[i];
			db->prepared[i] = p->next;
			db->engine->unprepare(p);
			free(p);
		}
	}
}

err_t db_script(struct db *db, struct arena *a, const char *sql)
{
	return db_failed(db, db->engine->script(db, a, sql));
}

err_t db_exec(struct db *db, struct arena *a, const struct db_statement *st, const struct db_value *in,
	      int64_t *changed)
{
	struct prepared *p;
	int64_t n = 0;
	TRY(may_run(db, a, st));
	TRY(ask_keys(db, a, st));
	TRY(db_failed(db, check_sealed(db, a, st, in)));
	TRY(db_failed(db, find_prepared(db, a, st, &p)));
	TRY(db_failed(db, db->engine->exec(db, a, p, in, &n)));
	if (changed != NULL)
		*changed = n;
	return NULL;
}

err_t db_rows_open(struct db *db, struct arena *a, const struct db_statement *st, const struct db_value *in,
		   enum db_fetch fetch, struct db_rows *rows)
{
	TRY(may_run(db, a, st));
	TRY(ask_keys(db, a, st));
	TRY(db_failed(db, check_sealed(db, a, st, in)));
	struct db_rows r = {
		.db = db, .arena = a, .st = st, .transaction = db->transaction, .at = -1, .whole = fetch == DB_WHOLE};
	/* A server-side cursor carries its own text; all else goes through a prepared statement. */
	if (db->engine->name == DB_SQLITE || r.whole)
		TRY(db_failed(db, find_prepared(db, a, st, &r.prepared)));
	TRY(db_failed(db, db->engine->rows_open(&r, in)));
	r.open = true;
	if (r.prepared != NULL)
		r.prepared->busy = true;
	*rows = r;
	return NULL;
}

/* False when the transaction of the cursor is over, and what it stood on with it. */
static bool is_live(const struct db_rows *rows)
{
	return rows->open && rows->db->in_transaction && rows->db->transaction == rows->transaction;
}

bool db_rows_next(struct db_rows *rows)
{
	return is_live(rows) && rows->err == NULL && rows->db->engine->rows_next(rows);
}

err_t db_rows_end(struct db_rows *rows)
{
	if (is_live(rows)) {
		rows->db->engine->rows_close(rows);
		if (rows->prepared != NULL)
			rows->prepared->busy = false;
	}
	rows->open = false;
	return db_failed(rows->db, rows->err);
}

err_t db_rows_end_one(struct db_rows *rows)
{
	bool another = db_rows_next(rows);
	TRY(db_rows_end(rows));
	if (another)
		return db_failed(rows->db, err_internal(rows->arena, "%s: more than one row", rows->st->name));
	return NULL;
}

bool db_rows_null(const struct db_rows *rows, int column)
{
	return rows->db->engine->column_null(rows, column);
}

int64_t db_rows_int(const struct db_rows *rows, int column)
{
	return rows->db->engine->column_int(rows, column);
}

struct str db_rows_text(const struct db_rows *rows, int column)
{
	return rows->db->engine->column_text(rows, column);
}

struct day db_rows_day(const struct db_rows *rows, int column)
{
	return db_rows_null(rows, column) ? DAY_NONE : (struct day){(int32_t)db_rows_int(rows, column)};
}

struct instant db_rows_instant(const struct db_rows *rows, int column)
{
	return db_rows_null(rows, column) ? INSTANT_NONE : (struct instant){db_rows_int(rows, column)};
}

void *db_rows_room(struct arena *a, void *rows, size_t n, size_t size)
{
	if (n == 0)
		return arena_alloc(a, FIRST_ROWS, size);
	/* Full at 16, 32, 64 … rows. */
	if (n < FIRST_ROWS || (n & (n - 1)) != 0)
		return rows;
	void *grown = arena_alloc(a, 2 * n, size);
	memcpy(grown, rows, n * size);
	return grown;
}

static err_t check_slots(struct arena *a, size_t slots, size_t n)
{
	return n <= slots ? NULL : err_internal(a, "%zu values for a statement that takes %zu", n, slots);
}

err_t db_fill_text(struct arena *a, struct db_value *in, size_t slots, const struct str *from, size_t n)
{
	TRY(check_slots(a, slots, n));
	for (size_t i = 0; i < slots; i++)
		in[i] = i < n ? db_text(from[i]) : db_null();
	return NULL;
}

err_t db_fill_int(struct arena *a, struct db_value *in, size_t slots, const int64_t *from, size_t n)
{
	TRY(check_slots(a, slots, n));
	for (size_t i = 0; i < slots; i++)
		in[i] = i < n ? db_int(from[i]) : db_null();
	return NULL;
}

err_t db_bulk_open(struct db *db, struct arena *a, const struct db_statement *st, struct db_bulk *out)
{
	TRY(may_run(db, a, st));
	TRY(ask_keys(db, a, st));
	struct db_bulk b = {.db = db, .arena = a, .st = st};
	if (db->engine->name == DB_SQLITE)
		TRY(db_failed(db, find_prepared(db, a, st, &b.prepared)));
	TRY(db_failed(db, db->engine->bulk_open(&b)));
	b.open = true;
	db->bulk_open = true;
	*out = b;
	return NULL;
}

err_t db_bulk_row(struct db_bulk *bulk, const struct db_value *in)
{
	if (!bulk->open || bulk->db->failed)
		return err_internal(bulk->arena, "%s: the bulk load is over", bulk->st->name);
	TRY(db_failed(bulk->db, check_sealed(bulk->db, bulk->arena, bulk->st, in)));
	return db_failed(bulk->db, bulk->db->engine->bulk_row(bulk, in));
}

err_t db_bulk_end(struct db_bulk *bulk)
{
	if (!bulk->open || bulk->db->failed)
		return err_internal(bulk->arena, "%s: the bulk load is over", bulk->st->name);
	bulk->open = false;
	err_t e = bulk->db->engine->bulk_end(bulk);
	bulk->db->bulk_open = false;
	return db_failed(bulk->db, e);
}
