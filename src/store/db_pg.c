#include "store/db_impl.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All values travel in PostgreSQL's binary form. Integers are bigint in the schema ({int}), so
 * that parameters, results and COPY have one width; other widths are read where expressions give
 * them. */
enum { OID_BOOL = 16, OID_BYTES = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };

enum { MANY_PARAMS = 600, FETCH_ROWS = 500, COPY_ROOM = 64 << 10 };

/* One COPY BINARY header: signature, flags, no extension. */
static const char copy_head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
enum { COPY_HEAD_LEN = 19 };

/* What every connection is told: the bounded wait, and no notices. */
static const char setup[] = "SET lock_timeout = 5000; SET client_min_messages = warning;"
			    "SET standard_conforming_strings = on; SET bytea_output = hex";

/* The rows of an open cursor. The connection keeps them in a list, so that those of a frame that
 * was skipped (base/arena.h) are released with the transaction. */
struct held {
	PGresult *r;
	struct held *next;
	struct held **link; /* what points here */
};

struct pg_conn {
	PGconn *c;
	bool copying;
	struct held *held;
};

static PGconn *conn(const struct db *db)
{
	return db->pg->c;
}

static bool lost(const struct db *db)
{
	return PQstatus(conn(db)) == CONNECTION_BAD;
}

/* Which SQLSTATEs mean that the same again may work: the class of a code is its first two
 * characters. */
static bool is_retry(const char *state)
{
	static const char *const states[] = {
		"08",    /* connection */
		"40001", /* serialization */
		"40P01", /* deadlock */
		"53300", /* too many connections */
		"55P03", /* lock_timeout */
		"57P01", /* the server was shut down */
		"57P02", /* it crashed */
		"57P03", /* it is not yet up */
	};
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (strncmp(state, states[i], strlen(states[i])) == 0)
			return true;
	return false;
}

/* The error behind a result, which is released. Only the primary message is kept: the detail of a
 * taken key would name its value. */
static err_t pg_error(const struct db *db, struct arena *a, PGresult *r, const char *doing)
{
	const char *field = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	char state[6] = "";
	if (field != NULL)
		strncpy(state, field, sizeof state - 1);
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	bool gone = lost(db);
	struct str detail = str_fmt(a, "%s: postgresql %s: %.300s", doing, state,
				    message != NULL ? message : PQerrorMessage(conn(db)));
	PQclear(r);
	if (gone || strncmp(state, "57P", 3) == 0)
		return err_with_detail(
			a,
			err_new(a, ERR_RETRY, "The database cannot be reached just now. Please try again in a moment."),
			detail);
	if (is_retry(state))
		return err_with_detail(
			a, err_new(a, ERR_RETRY, "Others are saving just now. Please try again in a moment."), detail);
	if (strcmp(state, "23505") == 0)
		return err_with_detail(a, err_new(a, ERR_CONFLICT, "This exists already."), detail);
	if (strcmp(state, "53100") == 0)
		return err_with_detail(
			a, err_new(a, ERR_INTERNAL, "The disk is full. Nothing was saved; make room and try again."),
			detail);
	return err_internal(a, "%.*s", STR_ARG(detail));
}

static err_t run_script(struct db *db, struct arena *a, const char *sql)
{
	PGresult *r = PQexec(conn(db), sql);
	ExecStatusType s = PQresultStatus(r);
	if (s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK)
		return pg_error(db, a, r, "script");
	PQclear(r);
	return NULL;
}

static void quiet(void *ctx, const PGresult *r)
{
	(void)ctx;
	(void)r;
}

/* The URL's own settings win over these, which stand before it. */
static err_t pg_connect(struct db *db, struct arena *a)
{
	const char *const keys[] = {"connect_timeout",  "keepalives_idle", "tcp_user_timeout",
				    "application_name", "dbname",          NULL};
	const char *const values[] = {"5", "30", "15000", "byname", db->where, NULL};
	PQfinish(db->pg->c);
	db->pg->copying = false;
	db->pg->c = PQconnectdbParams(keys, values, 1);
	if (lost(db)) {
		struct str why = str_trim(str_from(PQerrorMessage(conn(db))));
		return err_with_detail(
			a, err_new(a, ERR_RETRY, "The database cannot be reached just now. Is PostgreSQL running?"),
			str_dup(a, why));
	}
	PQsetNoticeReceiver(conn(db), quiet, NULL);
	return run_script(db, a, setup);
}

err_t pg_open(struct arena *a, struct str url, struct db **out)
{
	struct db *db = calloc(1, sizeof *db);
	struct pg_conn *pg = calloc(1, sizeof *pg);
	char *where = strndup(url.p, url.n);
	if (db == NULL || pg == NULL || where == NULL) {
		free(db);
		free(pg);
		free(where);
		return err_internal(a, "no memory");
	}
	*db = (struct db){.engine = &engine_pg, .serves = DB_FOR_PROGRAM, .pg = pg, .where = where};
	err_t e = pg_connect(db, a);
	if (e == NULL && PQserverVersion(conn(db)) < 150000)
		e = err_new(a, ERR_INVALID, "PostgreSQL 15 or newer is needed; this is %d.",
			    PQserverVersion(conn(db)) / 10000);
	if (e != NULL) {
		db_close(&db);
		return e;
	}
	*out = db;
	return NULL;
}

static void release(struct held *h)
{
	PQclear(h->r);
	*h->link = h->next;
	if (h->next != NULL)
		h->next->link = h->link;
	free(h);
}

static void ended(struct db *db)
{
	for (struct held *next, *h = db->pg->held; h != NULL; h = next) {
		next = h->next;
		release(h);
	}
}

static void close_connection(struct db *db)
{
	PQfinish(db->pg->c);
	free(db->pg);
	db->pg = NULL;
}

static err_t begin(struct db *db, struct arena *a, enum db_mode mode)
{
	/* Writers queue at the end of the journal's chain, so numbers follow commits; each of their
	 * statements sees all that was committed before. */
	static const char *const starts[] = {
		[DB_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		[DB_WRITE] = "BEGIN ISOLATION LEVEL READ COMMITTED;"
			     "SELECT 1 FROM journal_head WHERE one = 1 FOR UPDATE",
		[DB_BESIDE] = "BEGIN ISOLATION LEVEL READ COMMITTED",
	};
	/* That an idle connection was lost shows only when it is used. */
	err_t e = lost(db) ? NULL : run_script(db, a, starts[mode]);
	if (lost(db)) {
		db_forget_prepared(db);
		TRY(pg_connect(db, a));
		e = run_script(db, a, starts[mode]);
	}
	if (e != NULL && PQtransactionStatus(conn(db)) != PQTRANS_IDLE)
		PQclear(PQexec(conn(db), "ROLLBACK"));
	return e;
}

static err_t commit(struct db *db, struct arena *a)
{
	PGresult *r = PQexec(conn(db), "COMMIT");
	if (PQresultStatus(r) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(r), "COMMIT") == 0) {
		PQclear(r);
		return NULL;
	}
	if (lost(db)) {
		PQclear(r);
		db->commit_unknown = true;
		return err_with_detail(
			a,
			err_new(a, ERR_RETRY,
				"The database was lost while saving. Look whether it was saved before you try again."),
			S("connection lost in COMMIT"));
	}
	return pg_error(db, a, r, "commit");
}

static void rollback(struct db *db)
{
	if (db->pg->copying) {
		PQputCopyEnd(conn(db), "rolled back");
		db->pg->copying = false;
	}
	for (PGresult *r = PQgetResult(conn(db)); r != NULL; r = PQgetResult(conn(db)))
		PQclear(r);
	PQclear(PQexec(conn(db), "ROLLBACK"));
}

static Oid oid_of(char letter)
{
	return letter == 'i' ? OID_INT8 : letter == 't' ? OID_TEXT : OID_BYTES;
}

/* Parameters as libpq wants them. */
struct params {
	Oid types[MANY_PARAMS];
	const char *values[MANY_PARAMS];
	int lengths[MANY_PARAMS];
	int formats[MANY_PARAMS];
	int64_t ints[MANY_PARAMS]; /* big-endian, where values point */
	int n;
};

static err_t fill(struct arena *a, const struct db_statement *st, const struct db_value *in, struct params *p)
{
	p->n = db_in_count(st);
	if (p->n > MANY_PARAMS)
		return err_internal(a, "%s: more than %d parameters", st->name, MANY_PARAMS);
	for (int i = 0; i < p->n; i++) {
		p->types[i] = oid_of(st->in[i]);
		p->formats[i] = 1;
		p->values[i] = NULL;
		p->lengths[i] = 0;
		if (in == NULL || in[i].kind == DB_NULL)
			continue;
		if (in[i].kind == DB_INT) {
			p->ints[i] = (int64_t)htobe64((uint64_t)in[i].i);
			p->values[i] = (const char *)&p->ints[i];
			p->lengths[i] = sizeof p->ints[i];
		} else {
			if (in[i].s.n > INT32_MAX)
				return err_internal(a, "%s: a value of over 2 GiB", st->name);
			p->values[i] = in[i].s.n == 0 ? "" : in[i].s.p;
			p->lengths[i] = (int)in[i].s.n;
		}
	}
	return NULL;
}

static err_t prepare(struct db *db, struct arena *a, struct prepared *p)
{
	struct params params;
	TRY(fill(a, p->st, NULL, &params));
	PGresult *r = PQprepare(conn(db), p->st->name, p->st->sql[DB_POSTGRES], params.n, params.types);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return pg_error(db, a, r, p->st->name);
	PQclear(r);
	return NULL;
}

static void unprepare(struct prepared *p)
{
	(void)p; /* it ends with the connection */
}

static err_t run_prepared(struct db *db, struct arena *a, const struct db_statement *st, const struct db_value *in,
			  PGresult **out)
{
	struct params p;
	TRY(fill(a, st, in, &p));
	PGresult *r = PQexecPrepared(conn(db), st->name, p.n, p.values, p.lengths, p.formats, 1);
	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
		return pg_error(db, a, r, st->name);
	*out = r;
	return NULL;
}

static err_t exec(struct db *db, struct arena *a, struct prepared *p, const struct db_value *in, int64_t *changed)
{
	PGresult *r = NULL;
	TRY(run_prepared(db, a, p->st, in, &r));
	*changed = strtoll(PQcmdTuples(r), NULL, 10);
	PQclear(r);
	return NULL;
}

/* A column of another type than the statement declares would be misread. */
static err_t check_columns(struct arena *a, const struct db_statement *st, PGresult *r)
{
	int n = (int)strlen(st->out);
	err_t e = PQnfields(r) == n ? NULL : err_internal(a, "%s: %d columns, not %d", st->name, PQnfields(r), n);
	for (int i = 0; e == NULL && i < n; i++) {
		Oid t = PQftype(r, i);
		bool is_int = t == OID_INT8 || t == OID_INT4 || t == OID_INT2 || t == OID_BOOL;
		if (st->out[i] == 'i' ? !is_int : t != oid_of(st->out[i]))
			e = err_internal(a, "%s: column %s has type %u; CAST it", st->name, PQfname(r, i), t);
	}
	return e;
}

/* A place in the connection's list. */
static struct held *hold(struct db *db)
{
	struct held **list = &db->pg->held;
	struct held *h = calloc(1, sizeof *h);
	if (h == NULL)
		abort();
	*h = (struct held){.next = *list, .link = list};
	if (h->next != NULL)
		h->next->link = &h->next;
	*list = h;
	return h;
}

/* Replaces the rows that the cursor stands on. */
static err_t take_rows(struct db_rows *rows, PGresult *r)
{
	err_t e = check_columns(rows->arena, rows->st, r);
	if (e != NULL) {
		PQclear(r);
		return e;
	}
	if (rows->held == NULL)
		rows->held = hold(rows->db);
	PQclear(rows->held->r);
	rows->held->r = r;
	rows->at = -1;
	return NULL;
}

static err_t open_cursor(struct db_rows *rows, const struct db_value *in)
{
	struct params p;
	TRY(fill(rows->arena, rows->st, in, &p));
	rows->cursor = ++rows->db->cursors;
	const char *sql = str_c(rows->arena, str_fmt(rows->arena, "DECLARE byname_%u NO SCROLL CURSOR FOR %s",
						     rows->cursor, rows->st->sql[DB_POSTGRES]));
	PGresult *r = PQexecParams(conn(rows->db), sql, p.n, p.types, p.values, p.lengths, p.formats, 1);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return pg_error(rows->db, rows->arena, r, rows->st->name);
	PQclear(r);
	return NULL;
}

static err_t fetch(struct db_rows *rows)
{
	char sql[64];
	snprintf(sql, sizeof sql, "FETCH FORWARD %d FROM byname_%u", FETCH_ROWS, rows->cursor);
	PGresult *r = PQexecParams(conn(rows->db), sql, 0, NULL, NULL, NULL, NULL, 1);
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		return pg_error(rows->db, rows->arena, r, rows->st->name);
	return take_rows(rows, r);
}

static err_t rows_open(struct db_rows *rows, const struct db_value *in)
{
	if (rows->whole) {
		PGresult *r = NULL;
		TRY(run_prepared(rows->db, rows->arena, rows->st, in, &r));
		return take_rows(rows, r);
	}
	TRY(open_cursor(rows, in));
	return fetch(rows);
}

static bool rows_next(struct db_rows *rows)
{
	int n = PQntuples(rows->held->r);
	if (rows->at + 1 == n && !rows->whole && n == FETCH_ROWS) {
		rows->err = fetch(rows);
		if (rows->err != NULL)
			return false;
		n = PQntuples(rows->held->r);
	}
	if (rows->at + 1 >= n)
		return false;
	rows->at++;
	return true;
}

static void rows_close(struct db_rows *rows)
{
	release(rows->held);
	rows->held = NULL;
	if (!rows->whole && !rows->db->failed && rows->err == NULL) {
		char sql[32];
		snprintf(sql, sizeof sql, "CLOSE byname_%u", rows->cursor);
		PQclear(PQexec(conn(rows->db), sql));
	}
}

static bool column_null(const struct db_rows *rows, int column)
{
	return PQgetisnull(rows->held->r, rows->at, column) == 1;
}

static int64_t column_int(const struct db_rows *rows, int column)
{
	const char *p = PQgetvalue(rows->held->r, rows->at, column);
	uint64_t v64;
	uint32_t v32;
	uint16_t v16;
	switch (column_null(rows, column) ? 0 : PQgetlength(rows->held->r, rows->at, column)) {
	case 8:
		memcpy(&v64, p, sizeof v64);
		return (int64_t)be64toh(v64);
	case 4:
		memcpy(&v32, p, sizeof v32);
		return (int32_t)be32toh(v32);
	case 2:
		memcpy(&v16, p, sizeof v16);
		return (int16_t)be16toh(v16);
	case 1:
		return *p;
	default:
		return 0;
	}
}

static struct str column_text(const struct db_rows *rows, int column)
{
	return (struct str){PQgetvalue(rows->held->r, rows->at, column),
			    (size_t)PQgetlength(rows->held->r, rows->at, column)};
}

static err_t copy_flush(struct db_bulk *b)
{
	if (b->copy_n > 0 && PQputCopyData(conn(b->db), b->copy, (int)b->copy_n) != 1)
		return pg_error(b->db, b->arena, NULL, b->st->name);
	b->copy_n = 0;
	return NULL;
}

/* Messages of COPY may cut a row anywhere, so a value larger than the room goes by itself. */
static err_t copy_add(struct db_bulk *b, const void *p, size_t n)
{
	if (n > COPY_ROOM - b->copy_n)
		TRY(copy_flush(b));
	if (n > COPY_ROOM) {
		if (n > INT32_MAX || PQputCopyData(conn(b->db), p, (int)n) != 1)
			return pg_error(b->db, b->arena, NULL, b->st->name);
		return NULL;
	}
	if (n > 0)
		memcpy(b->copy + b->copy_n, p, n);
	b->copy_n += n;
	return NULL;
}

static err_t bulk_open(struct db_bulk *b)
{
	const char *sql = str_c(b->arena, str_fmt(b->arena, "COPY %s FROM STDIN WITH (FORMAT binary)", b->st->copy));
	PGresult *r = PQexec(conn(b->db), sql);
	if (PQresultStatus(r) != PGRES_COPY_IN)
		return pg_error(b->db, b->arena, r, b->st->name);
	PQclear(r);
	b->db->pg->copying = true;
	b->copy = arena_many(b->arena, COPY_ROOM, char);
	return copy_add(b, copy_head, COPY_HEAD_LEN);
}

static err_t bulk_row(struct db_bulk *b, const struct db_value *in)
{
	int n = db_in_count(b->st);
	uint16_t fields = htobe16((uint16_t)n);
	TRY(copy_add(b, &fields, sizeof fields));
	for (int i = 0; i < n; i++) {
		const struct db_value *v = &in[i];
		size_t len = v->kind == DB_INT ? sizeof v->i : v->s.n;
		uint32_t head = htobe32(v->kind == DB_NULL ? UINT32_MAX : (uint32_t)len);
		TRY(copy_add(b, &head, sizeof head));
		if (v->kind == DB_INT) {
			uint64_t big = htobe64((uint64_t)v->i);
			TRY(copy_add(b, &big, sizeof big));
		} else if (v->kind != DB_NULL) {
			TRY(copy_add(b, v->s.p, len));
		}
	}
	return NULL;
}

static err_t bulk_end(struct db_bulk *b)
{
	static const uint16_t no_more = UINT16_MAX;
	TRY(copy_add(b, &no_more, sizeof no_more));
	TRY(copy_flush(b));
	b->db->pg->copying = false;
	if (PQputCopyEnd(conn(b->db), NULL) != 1)
		return pg_error(b->db, b->arena, NULL, b->st->name);
	err_t e = NULL;
	for (PGresult *r = PQgetResult(conn(b->db)); r != NULL; r = PQgetResult(conn(b->db))) {
		if (PQresultStatus(r) != PGRES_COMMAND_OK && e == NULL)
			e = pg_error(b->db, b->arena, r, b->st->name);
		else
			PQclear(r);
	}
	return e;
}

const struct engine engine_pg = {
	.name = DB_POSTGRES,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.ended = ended,
	.close = close_connection,
	.script = run_script,
	.prepare = prepare,
	.unprepare = unprepare,
	.exec = exec,
	.rows_open = rows_open,
	.rows_next = rows_next,
	.rows_close = rows_close,
	.column_null = column_null,
	.column_int = column_int,
	.column_text = column_text,
	.bulk_open = bulk_open,
	.bulk_row = bulk_row,
	.bulk_end = bulk_end,
};
