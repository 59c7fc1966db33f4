/* Connections and transactions on both engines: store/db.h, store/statement.h, store/pool.h. */
#include "store_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pg_fixture.h"
#include "store/gate.h"
#include "store/migrate.h"
#include "store/pool.h"
#include "store/q_journal.h"
#include "store/q_region.h"
#include "store/q_session.h"
#include "store/q_setting.h"
#include "store/q_user.h"

static int64_t settings(struct store *s)
{
	return store_number(s, "SELECT count(*) FROM setting");
}

static void put(struct store *s, struct db *db, const char *key, const char *value)
{
	assert_ok(s, q_setting_put(db, s->a, str_from(key), str_from(value), NOW));
}

static void test_commit_and_rollback(void **state)
{
	struct store *s = *state;
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	put(s, s->db, "a", "1");
	assert_int_equal(settings(s), 0);
	assert_ok(s, db_commit(s->db, s->a));
	assert_int_equal(settings(s), 1);
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	put(s, s->db, "b", "2");
	db_rollback(s->db);
	db_rollback(s->db);
	assert_int_equal(settings(s), 1);
	assert_false(db_in_transaction(s->db));
}

static void test_rules_of_transactions(void **state)
{
	struct store *s = *state;
	assert_err(s, ERR_INTERNAL, q_setting_put(s->db, s->a, S("a"), S("1"), NOW));
	assert_err(s, ERR_INTERNAL, db_commit(s->db, s->a));
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	assert_err(s, ERR_INTERNAL, db_begin(s->db, s->a, DB_READ));
	db_rollback(s->db);
}

/* A statement that says it reads, though it writes: the engine itself must refuse it. */
static const struct db_statement liar = {
	.name = "test_liar",
	.noun = "test",
	.sql = {"DELETE FROM setting", "DELETE FROM setting"},
	.in = "",
	.out = "",
};

static void test_read_only_means_it(void **state)
{
	struct store *s = *state;
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	put(s, s->db, "a", "1");
	assert_ok(s, db_commit(s->db, s->a));
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_err(s, ERR_INTERNAL, q_setting_put(s->db, s->a, S("b"), S("1"), NOW));
	db_rollback(s->db);
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_err(s, ERR_INTERNAL, db_exec(s->db, s->a, &liar, NULL, NULL));
	db_rollback(s->db);
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	struct q_journal_head_lock head;
	bool found;
	assert_err(s, ERR_INTERNAL, q_journal_head_lock(s->db, s->a, &head, &found));
	db_rollback(s->db);
	assert_int_equal(settings(s), 1);
}

static void test_read_sees_one_state(void **state)
{
	struct store *s = *state;
	struct db *other = store_connect(s);
	struct q_settings *rows;
	size_t n;
	assert_ok(s, db_begin(other, s->a, DB_READ));
	assert_ok(s, q_settings(other, s->a, &rows, &n));
	assert_int_equal(n, 0);
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	put(s, s->db, "a", "1");
	assert_ok(s, db_commit(s->db, s->a));
	assert_ok(s, q_settings(other, s->a, &rows, &n));
	assert_int_equal(n, 0);
	assert_ok(s, db_commit(other, s->a));
	db_close(&other);
}

static void test_failure_ends_the_transaction(void **state)
{
	struct store *s = *state;
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	put(s, s->db, "a", "1");
	assert_err(s, ERR_INTERNAL, q_county_put(s->db, s->a, S("Nowhere"), S("no-such-region")));
	assert_err(s, ERR_INTERNAL, q_setting_put(s->db, s->a, S("b"), S("1"), NOW));
	assert_err(s, ERR_INTERNAL, db_commit(s->db, s->a));
	assert_int_equal(settings(s), 0);
}

static void test_taken_key_is_a_conflict(void **state)
{
	struct store *s = *state;
	struct q_user_add_in user = {
		.id = S("u1"), .login = S("ada"), .name = S("A"), .role = S("r"), .password = S("p"), .now = NOW};
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	assert_ok(s, q_user_add(s->db, s->a, &user));
	user.id = S("u2");
	err_t e = q_user_add(s->db, s->a, &user);
	assert_err(s, ERR_CONFLICT, e);
	db_rollback(s->db);
}

static void test_values_come_back(void **state)
{
	struct store *s = *state;
	struct q_user_add_in user = {.id = S("u1"),
				     .login = S("ada"),
				     .name = S("Zoë O'Invented \xf0\x9f\x8f\xa0"),
				     .role = S(""),
				     .password = S("p"),
				     .must_change = true,
				     .now = {-1}};
	char token[32];
	for (size_t i = 0; i < sizeof token; i++)
		token[i] = (char)(i * 37);
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	assert_ok(s, q_user_add(s->db, s->a, &user));
	assert_ok(s, q_session_add(s->db, s->a,
				   &(struct q_session_add_in){.token_hash = {token, sizeof token},
							      .id = S("s1"),
							      .user_id = S("u1"),
							      .device = S("Firefox on Linux"),
							      .now = {INT64_MAX},
							      .expires_at = {INT64_MIN + 1}}));
	struct q_user_by_id row;
	struct q_session_by_token session;
	bool found;
	assert_ok(s, q_user_by_id(s->db, s->a, S("u1"), &row, &found));
	assert_true(found);
	assert_true(str_eq(row.name, user.name));
	assert_int_equal(row.role.n, 0);
	assert_int_equal(row.agency_id.n, 0);
	assert_true(row.must_change);
	assert_false(instant_known(row.disabled_at));
	assert_ok(s, q_session_by_token(s->db, s->a, (struct str){token, sizeof token}, &session, &found));
	assert_true(found);
	assert_int_equal(session.created_at.ms, INT64_MAX);
	assert_int_equal(session.expires_at.ms, INT64_MIN + 1);
	assert_ok(s, q_user_by_id(s->db, s->a, S("nobody"), &row, &found));
	assert_false(found);
	int64_t changed;
	assert_ok(s, q_user_set_password(s->db, s->a, S("u1"), S("q"), false, &changed));
	assert_int_equal(changed, 1);
	assert_ok(s, q_user_set_password(s->db, s->a, S("nobody"), S("q"), false, &changed));
	assert_int_equal(changed, 0);
	assert_ok(s, db_commit(s->db, s->a));
}

static const struct db_statement load_settings = {
	.name = "test_load",
	.noun = "test",
	.sql = {"INSERT INTO setting (key, value, changed_at) VALUES ($1, $2, $3)", ""},
	.in = "tti",
	.out = "",
	.writes = true,
	.copy = "setting (key, value, changed_at)",
};

static const struct db_statement walk_settings = {
	.name = "test_walk",
	.noun = "test",
	.sql = {"SELECT key, value, changed_at FROM setting WHERE changed_at >= $1 ORDER BY key",
		"SELECT key, value, changed_at FROM setting WHERE changed_at >= $1 ORDER BY key"},
	.in = "i",
	.out = "tti",
};

enum { BULK = 3000 };

static void load(struct store *s, int rows)
{
	struct db_bulk bulk;
	char key[16];
	char *large = memset(arena_many(s->a, 200000, char), 'x', 200000);
	assert_ok(s, db_begin(s->db, s->a, DB_BESIDE));
	assert_ok(s, db_bulk_open(s->db, s->a, &load_settings, &bulk));
	for (int i = 0; i < rows; i++) {
		snprintf(key, sizeof key, "k%06d", i);
		const struct db_value cells[] = {db_text(str_from(key)),
						 db_text((struct str){large, i == 7 ? 200000 : (size_t)i % 50}),
						 db_int(i)};
		assert_ok(s, db_bulk_row(&bulk, cells));
	}
	assert_err(s, ERR_INTERNAL, q_setting_clear(s->db, s->a, S("k")));
	assert_ok(s, db_bulk_end(&bulk));
	assert_ok(s, db_commit(s->db, s->a));
}

static void test_bulk_and_cursor(void **state)
{
	struct store *s = *state;
	struct db_rows rows;
	int n = 0;
	load(s, BULK);
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s,
		  db_rows_open(s->db, s->a, &walk_settings, (const struct db_value[]){db_int(10)}, DB_STREAM, &rows));
	for (; db_rows_next(&rows); n++) {
		struct q_setting_by_key row;
		bool found;
		assert_int_equal(db_rows_int(&rows, 2), n + 10);
		/* Another statement runs while the cursor stands open. */
		assert_ok(s, q_setting_by_key(s->db, s->a, db_rows_text(&rows, 0), &row, &found));
		assert_true(found && str_eq(row.value, db_rows_text(&rows, 1)));
	}
	assert_ok(s, db_rows_end(&rows));
	assert_int_equal(n, BULK - 10);
	/* Left half-way, a cursor ends with its transaction. */
	assert_ok(s, db_rows_open(s->db, s->a, &walk_settings, (const struct db_value[]){db_int(0)}, DB_STREAM, &rows));
	assert_true(db_rows_next(&rows));
	assert_ok(s, db_commit(s->db, s->a));
	assert_false(db_rows_next(&rows));
	assert_ok(s, db_rows_end(&rows));
	struct q_settings *all;
	size_t all_n;
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, q_settings(s->db, s->a, &all, &all_n));
	assert_int_equal(all_n, BULK);
	assert_int_equal(all[7].value.n, 200000);
	assert_true(str_eq(all[BULK - 1].key, S("k002999")));
	assert_ok(s, db_commit(s->db, s->a));
}

static void test_bulk_half_way(void **state)
{
	struct store *s = *state;
	struct db_bulk bulk;
	const struct db_value cells[] = {db_text(S("k")), db_text(S("v")), db_int(1)};
	assert_ok(s, db_begin(s->db, s->a, DB_BESIDE));
	assert_ok(s, db_bulk_open(s->db, s->a, &load_settings, &bulk));
	assert_ok(s, db_bulk_row(&bulk, cells));
	db_rollback(s->db);
	assert_int_equal(settings(s), 0);
	assert_ok(s, db_begin(s->db, s->a, DB_BESIDE));
	assert_ok(s, db_bulk_open(s->db, s->a, &load_settings, &bulk));
	assert_ok(s, db_bulk_row(&bulk, cells));
	err_t e = db_bulk_row(&bulk, cells);
	if (e == NULL)
		e = db_bulk_end(&bulk);
	assert_err(s, ERR_CONFLICT, e);
	db_rollback(s->db);
	assert_int_equal(settings(s), 0);
}

/* Two writers; the first lets go while the second waits. */
struct writer {
	struct store *s;
	struct db *db;
	int hold_ms;
	pthread_barrier_t *begun;
};

static void *write_slowly(void *ctx)
{
	struct writer *w = ctx;
	struct arena *a = arena_new("writer", 1 << 20);
	err_t e = db_begin(w->db, a, DB_WRITE);
	pthread_barrier_wait(w->begun);
	usleep((useconds_t)w->hold_ms * 1000);
	if (e == NULL)
		e = q_setting_put(w->db, a, S("slow"), S("1"), NOW);
	if (e == NULL)
		e = db_commit(w->db, a);
	db_rollback(w->db);
	bool ok = e == NULL;
	arena_free(&a);
	return ok ? w : NULL;
}

static void wait_for_writer(struct store *s, int hold_ms, enum err_class expected)
{
	pthread_t thread;
	pthread_barrier_t begun;
	struct writer w = {s, store_connect(s), hold_ms, &begun};
	void *done;
	pthread_barrier_init(&begun, NULL, 2);
	pthread_create(&thread, NULL, write_slowly, &w);
	pthread_barrier_wait(&begun);
	err_t e = db_begin(s->db, s->a, DB_WRITE);
	if (expected == 0) {
		/* The wait ended with the other's commit, which is seen. */
		assert_ok(s, e);
		struct q_setting_by_key row;
		bool found;
		assert_ok(s, q_setting_by_key(s->db, s->a, S("slow"), &row, &found));
		assert_true(found);
		assert_ok(s, db_commit(s->db, s->a));
	} else {
		assert_err(s, expected, e);
	}
	pthread_join(thread, &done);
	assert_non_null(done);
	pthread_barrier_destroy(&begun);
	db_close(&w.db);
}

static void test_writers_wait(void **state)
{
	wait_for_writer(*state, 200, 0);
}

static void test_writers_do_not_wait_for_ever(void **state)
{
	wait_for_writer(*state, DB_WAIT_MS + 1500, ERR_RETRY);
}

/* Fails with ERR_RETRY until it has been tried `until` times. */
struct stubborn {
	int tries;
	int until;
};

static err_t try_again(struct db *db, struct arena *a, void *ctx)
{
	struct stubborn *st = ctx;
	TRY(q_setting_put(db, a, str_fmt(a, "try%d", st->tries), S("1"), NOW));
	return ++st->tries < st->until ? err_new(a, ERR_RETRY, "again") : NULL;
}

static void test_runner_tries_again(void **state)
{
	struct store *s = *state;
	struct stubborn st = {0, 3};
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, try_again, &st));
	assert_int_equal(st.tries, 3);
	assert_int_equal(settings(s), 1);
	st = (struct stubborn){0, 1000};
	assert_err(s, ERR_RETRY, db_run(s->db, s->a, DB_WRITE, try_again, &st));
	assert_int_equal(st.tries, 5);
	assert_int_equal(settings(s), 1);
}

static void kill_connections(void)
{
	pg_fixture_run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
		       "AND backend_type = 'client backend'");
}

static err_t lose_connection(struct db *db, struct arena *a, void *ctx)
{
	struct stubborn *st = ctx;
	TRY(q_setting_put(db, a, S("before"), S("1"), NOW));
	if (++st->tries == 1)
		kill_connections();
	return q_setting_put(db, a, S("behind"), S("1"), NOW);
}

static void test_lost_connection(void **state)
{
	struct store *s = *state;
	struct stubborn st = {0};
	/* In the middle of a transaction: the runner begins again on a new connection. */
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, lose_connection, &st));
	assert_int_equal(st.tries, 2);
	assert_int_equal(settings(s), 2);
	/* Between transactions: nobody notices. */
	kill_connections();
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, db_commit(s->db, s->a));
	/* In the commit: what became of it is not known, so it is not repeated. */
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	put(s, s->db, "late", "1");
	kill_connections();
	assert_err(s, ERR_RETRY, db_commit(s->db, s->a));
}

static void test_not_there(void **state)
{
	struct store *s = *state;
	struct db *db;
	assert_err(s, ERR_RETRY, db_open(s->a, S("postgresql:///x?host=/nowhere"), DB_EXISTING, &db));
	assert_err(s, ERR_MISSING, db_open(s->a, S("/tmp/byname-no-such-folder"), DB_EXISTING, &db));
	assert_err(s, ERR_INVALID, db_open(s->a, S("/proc/byname"), DB_CREATE, &db));
	assert_err(s, ERR_INVALID, db_open(s->a, S("/dev/null"), DB_CREATE, &db));
	struct str where = store_where_else(s, DB_SQLITE);
	assert_ok(s, db_open(s->a, where, DB_CREATE, &db));
	db_close(&db);
	FILE *f = fopen(str_c(s->a, str_fmt(s->a, "%.*s/byname.db", STR_ARG(where))), "w");
	assert_non_null(f);
	fputs("This is no database at all, but a text of more than a hundred bytes, which SQLite must refuse to read.",
	      f);
	fclose(f);
	assert_err(s, ERR_INTERNAL, db_open(s->a, where, DB_EXISTING, &db));
}

static void test_modes_of_files(void **state)
{
	struct store *s = *state;
	struct str where = store_where_else(s, DB_SQLITE);
	struct db *db;
	struct stat st;
	assert_ok(s, db_open(s->a, where, DB_CREATE, &db));
	assert_int_equal(stat(str_c(s->a, where), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	int64_t taken;
	assert_ok(s, store_migrate(db, s->a, NOW, &taken));
	static const char *const files[] = {"byname.db", "byname.db-wal"};
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(stat(str_c(s->a, str_fmt(s->a, "%.*s/%s", STR_ARG(where), files[i])), &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	db_close(&db);
}

enum { THREADS = 8, ROUNDS = 25 };

struct crowd {
	struct db_pool *pool;
	bool ok;
};

/* A counter that is read, thought about and written: DB_WRITE alone makes it right. */
static err_t count_one(struct db *db, struct arena *a, void *ctx)
{
	(void)ctx;
	struct q_setting_by_key row;
	bool found;
	int64_t n = 0;
	TRY(q_setting_by_key(db, a, S("n"), &row, &found));
	if (found)
		str_to_i64(row.value, &n);
	return q_setting_put(db, a, S("n"), str_fmt(a, "%lld", (long long)n + 1), NOW);
}

static void *count_often(void *ctx)
{
	struct crowd *c = ctx;
	struct arena *a = arena_new("crowd", 1 << 20);
	c->ok = true;
	for (int i = 0; i < ROUNDS; i++) {
		c->ok = db_pool_run(c->pool, a, DB_WRITE, count_one, NULL) == NULL && c->ok;
		arena_reset(a);
	}
	arena_free(&a);
	return NULL;
}

static void test_pool_of_writers(void **state)
{
	struct store *s = *state;
	struct db_pool *pool;
	pthread_t threads[THREADS];
	struct crowd crowd[THREADS];
	assert_ok(s, db_pool_open(s->a, str_from(s->where), 4, &pool));
	for (int i = 0; i < THREADS; i++) {
		crowd[i].pool = pool;
		pthread_create(&threads[i], NULL, count_often, &crowd[i]);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_true(crowd[i].ok);
	}
	db_pool_close(&pool);
	assert_int_equal(store_number(s, "SELECT CAST(value AS integer) FROM setting WHERE key = 'n'"),
			 THREADS * ROUNDS);
}

static void test_pool_rolls_back(void **state)
{
	struct store *s = *state;
	struct db_pool *pool;
	struct db *db;
	assert_ok(s, db_pool_open(s->a, str_from(s->where), 1, &pool));
	assert_ok(s, db_pool_take(pool, s->a, &db));
	assert_ok(s, db_begin(db, s->a, DB_WRITE));
	put(s, db, "a", "1");
	db_pool_give(pool, &db);
	assert_null(db);
	assert_int_equal(settings(s), 0);
	assert_ok(s, db_pool_take(pool, s->a, &db));
	assert_false(db_in_transaction(db));
	/* The only one is out: whoever comes next waits a while and is told. */
	struct db *second;
	assert_err(s, ERR_RETRY, db_pool_take(pool, s->a, &second));
	db_pool_give(pool, &db);
	db_pool_close(&pool);
}

struct queued {
	struct gate *gate;
	int *next;
	int place;
	bool in;
};

static void *queue_up(void *ctx)
{
	struct queued *q = ctx;
	q->in = gate_enter(q->gate, 2000);
	q->place = (*q->next)++;
	gate_leave(q->gate);
	return NULL;
}

static void test_gate_keeps_the_order(void **state)
{
	(void)state;
	struct gate *g = gate_new();
	pthread_t threads[THREADS];
	struct queued q[THREADS];
	int next = 0;
	assert_true(gate_enter(g, 0));
	assert_false(gate_enter(g, 20));
	for (int i = 0; i < THREADS; i++) {
		q[i] = (struct queued){.gate = g, .next = &next};
		pthread_create(&threads[i], NULL, queue_up, &q[i]);
		usleep(20000);
	}
	gate_leave(g);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_true(q[i].in);
		assert_int_equal(q[i].place, i);
	}
	assert_true(gate_enter(g, 0));
	gate_leave(g);
	gate_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_commit_and_rollback),
		BOTH(test_rules_of_transactions),
		BOTH(test_read_only_means_it),
		BOTH(test_read_sees_one_state),
		BOTH(test_failure_ends_the_transaction),
		BOTH(test_taken_key_is_a_conflict),
		BOTH(test_values_come_back),
		BOTH(test_bulk_and_cursor),
		BOTH(test_bulk_half_way),
		BOTH(test_writers_wait),
		BOTH(test_writers_do_not_wait_for_ever),
		BOTH(test_runner_tries_again),
		ON(test_lost_connection, store_up, DB_POSTGRES, "PostgreSQL"),
		ON(test_not_there, store_up, DB_SQLITE, "SQLite"),
		ON(test_modes_of_files, store_up, DB_SQLITE, "SQLite"),
		BOTH(test_pool_of_writers),
		BOTH(test_pool_rolls_back),
		cmocka_unit_test(test_gate_keeps_the_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
