/* A fresh database for each test, on either engine.
 *
 *     static void test_names(void **state)
 *     {
 *             struct store *s = *state;
 *             assert_ok(s, db_begin(s->db, s->a, DB_READ));
 *     }
 *     const struct CMUnitTest tests[] = {BOTH(test_names)};
 */
#ifndef TESTS_SQL_STORE_FIXTURE_H
#define TESTS_SQL_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/day.h"
#include "store/db.h"
#include "store/seal.h"

struct store {
	enum db_engine engine;
	struct arena *a;
	char dir[64];    /* a temporary folder, also with PostgreSQL */
	char where[600]; /* for db_open */
	struct db *db;
	struct keys *keys;
};

/* Set up as `byname init` does, or empty. */
int store_up(void **state);
int store_up_empty(void **state);
int store_down(void **state);

extern const enum db_engine store_engines[DB_ENGINES];

#define ON(test, up, e, label)                                                                                         \
	{                                                                                                              \
#test " (" label ")", test, up, store_down, (void *)(uintptr_t)&store_engines[e]                       \
	}
#define BOTH(test) ON(test, store_up, DB_SQLITE, "SQLite"), ON(test, store_up, DB_POSTGRES, "PostgreSQL")
#define BOTH_EMPTY(test)                                                                                               \
	ON(test, store_up_empty, DB_SQLITE, "SQLite"), ON(test, store_up_empty, DB_POSTGRES, "PostgreSQL")

/* A fixed moment for rows. */
#define NOW ((struct instant){1790000000000})

/* Another connection to the same database. */
struct db *store_connect(struct store *s);

/* An empty database of the other kind: the text for db_open, in s->a. */
struct str store_where_else(struct store *s, enum db_engine engine);

#define assert_ok(s, expr) assert_ok_at((s), (expr), #expr, __FILE__, __LINE__)
void assert_ok_at(struct store *s, err_t e, const char *expr, const char *file, int line);

#define assert_err(s, class, expr) assert_err_at((s), (class), (expr), #expr, __FILE__, __LINE__)
void assert_err_at(struct store *s, enum err_class class, err_t e, const char *expr, const char *file, int line);

/* Takes away what keeps the journal append only, as who owns the database could. */
void store_unguard(struct store *s);

/* One number out of what is committed, by a statement of the test's own. */
int64_t store_number(struct store *s, const char *sql);

/* Runs a statement of the test's own, by the engine's own means, outside every rule of the store. */
void store_force(struct store *s, const char *sql);

#endif
