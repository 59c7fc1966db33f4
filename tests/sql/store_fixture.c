#include "store_fixture.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pg_fixture.h"
#include "store/setup.h"
#include "store/statement.h"

const enum db_engine store_engines[DB_ENGINES] = {DB_SQLITE, DB_POSTGRES};

enum { MEMORY = 64 << 20 };

static int up(void **state, bool set_up)
{
	const enum db_engine *engine = *state;
	struct arena *a = arena_new("test", MEMORY);
	struct store *s = arena_one(a, struct store);
	s->a = a;
	s->engine = *engine;
	strcpy(s->dir, "/tmp/byname-test-XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	if (s->engine == DB_POSTGRES)
		pg_fixture_database(s->where, sizeof s->where);
	else
		strcpy(s->where, s->dir);
	struct str key = str_fmt(a, "%s/byname.key", s->dir);
	assert_ok(s, keys_create(a, key));
	assert_ok(s, keys_load(a, key, &s->keys));
	assert_ok(s, db_open(a, str_from(s->where), DB_CREATE, &s->db));
	if (set_up)
		assert_ok(s, store_setup(s->db, a, s->keys, NOW));
	*state = s;
	return 0;
}

int store_up(void **state)
{
	return up(state, true);
}

int store_up_empty(void **state)
{
	return up(state, false);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int store_down(void **state)
{
	struct store *s = *state;
	struct arena *a = s->a;
	db_close(&s->db);
	keys_free(&s->keys);
	nftw(s->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(&a);
	return 0;
}

struct db *store_connect(struct store *s)
{
	struct db *db;
	assert_ok(s, db_open(s->a, str_from(s->where), DB_EXISTING, &db));
	return db;
}

struct str store_where_else(struct store *s, enum db_engine engine)
{
	if (engine == DB_SQLITE)
		return str_fmt(s->a, "%s/elsewhere", s->dir);
	char url[600];
	pg_fixture_database(url, sizeof url);
	return str_dup(s->a, str_from(url));
}

void assert_ok_at(struct store *s, err_t e, const char *expr, const char *file, int line)
{
	if (e == NULL)
		return;
	print_error("%s: %.*s\n", expr, STR_ARG(err_describe(s->a, e)));
	_fail(file, line);
}

void assert_err_at(struct store *s, enum err_class class, err_t e, const char *expr, const char *file, int line)
{
	if (e != NULL && e->class == class)
		return;
	print_error("%s: %s instead of %s: %.*s\n", expr, e == NULL ? "success" : err_name(e->class), err_name(class),
		    STR_ARG(e == NULL ? S("") : err_describe(s->a, e)));
	_fail(file, line);
}

int64_t store_number(struct store *s, const char *sql)
{
	const struct db_statement st = {.name = "test_number", .noun = "test", .sql = {sql, sql}, .in = "", .out = "i"};
	struct db *db = store_connect(s);
	struct db_rows rows;
	int64_t n = 0;
	assert_ok(s, db_begin(db, s->a, DB_READ));
	assert_ok(s, db_rows_open(db, s->a, &st, NULL, DB_WHOLE, &rows));
	if (db_rows_next(&rows))
		n = db_rows_int(&rows, 0);
	assert_ok(s, db_rows_end(&rows));
	db_close(&db);
	return n;
}

void store_unguard(struct store *s)
{
	store_force(s, s->engine == DB_POSTGRES
			       ? "DROP TRIGGER journal_kept_rows ON journal; DROP TRIGGER journal_kept_whole ON journal"
			       : "DROP TRIGGER journal_kept_update; DROP TRIGGER journal_kept_delete");
}

void store_force(struct store *s, const char *sql)
{
	if (s->engine == DB_POSTGRES) {
		PGconn *c = PQconnectdb(s->where);
		PGresult *r = PQexec(c, sql);
		if (PQresultStatus(r) != PGRES_COMMAND_OK)
			fail_msg("%s", PQerrorMessage(c));
		PQclear(r);
		PQfinish(c);
		return;
	}
	sqlite3 *c;
	char path[128];
	snprintf(path, sizeof path, "%s/byname.db", s->dir);
	assert_int_equal(sqlite3_open(path, &c), SQLITE_OK);
	assert_int_equal(sqlite3_exec(c, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(c);
}
