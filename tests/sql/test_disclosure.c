/* The record of who was shown to whom (store/disclosure.h). */
#include "store_fixture.h"

#include <pthread.h>
#include <string.h>

#include "store/disclosure.h"
#include "store/q_disclosure.h"

static const struct str households[] = {STR_INIT("h1"), STR_INIT("h2"), STR_INIT("h3")};

static struct disclosure shown(size_t n)
{
	return (struct disclosure){
		.at = NOW, .user_id = S("u1"), .route = "list", .households = households, .households_n = n};
}

static void test_on_disk_when_it_returns(void **state)
{
	struct store *s = *state;
	struct db_pool *pool;
	struct disclosure_log *log;
	assert_ok(s, db_pool_open(s->a, str_from(s->where), 2, &pool));
	assert_ok(s, disclosure_start(s->a, pool, &log));
	struct disclosure d = shown(3);
	assert_ok(s, disclosure_record(log, s->a, &d, 1));
	struct q_disclosures_of_user *rows;
	size_t n;
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, q_disclosures_of_user(s->db, s->a, S("u1"), 10, &rows, &n));
	assert_ok(s, db_commit(s->db, s->a));
	assert_int_equal(n, 1);
	assert_true(str_eq(rows[0].households, S("h1 h2 h3")));
	assert_true(str_eq(rows[0].route, S("list")));
	assert_int_equal(rows[0].at.ms, NOW.ms);
	/* Nobody was shown: nothing to record. */
	d = shown(0);
	assert_ok(s, disclosure_record(log, s->a, &d, 1));
	assert_int_equal(store_number(s, "SELECT count(*) FROM disclosure"), 1);
	disclosure_stop(&log);
	assert_null(log);
	disclosure_stop(&log);
	db_pool_close(&pool);
}

enum { THREADS = 12, ROUNDS = 40 };

struct worker {
	struct disclosure_log *log;
	bool ok;
};

static void *show_often(void *ctx)
{
	struct worker *w = ctx;
	struct arena *a = arena_new("worker", 1 << 20);
	w->ok = true;
	for (int i = 0; i < ROUNDS; i++) {
		struct disclosure d = shown(2);
		w->ok = disclosure_record(w->log, a, &d, 1) == NULL && w->ok;
		arena_reset(a);
	}
	arena_free(&a);
	return NULL;
}

static void test_many_workers(void **state)
{
	struct store *s = *state;
	struct db_pool *pool;
	struct disclosure_log *log;
	pthread_t threads[THREADS];
	struct worker workers[THREADS];
	assert_ok(s, db_pool_open(s->a, str_from(s->where), 2, &pool));
	assert_ok(s, disclosure_start(s->a, pool, &log));
	for (int i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){.log = log};
		pthread_create(&threads[i], NULL, show_often, &workers[i]);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_true(workers[i].ok);
	}
	disclosure_stop(&log);
	db_pool_close(&pool);
	assert_int_equal(store_number(s, "SELECT count(*) FROM disclosure"), THREADS * ROUNDS);
}

/* What cannot be written is an error for the one who wanted to show it. */
static void test_not_written_is_not_shown(void **state)
{
	struct store *s = *state;
	struct db_pool *pool;
	struct disclosure_log *log;
	assert_ok(s, db_pool_open(s->a, str_from(s->where), 2, &pool));
	assert_ok(s, disclosure_start(s->a, pool, &log));
	store_force(s, "ALTER TABLE disclosure RENAME TO moved");
	struct disclosure d = shown(1);
	assert_err(s, ERR_RETRY, disclosure_record(log, s->a, &d, 1));
	store_force(s, "ALTER TABLE moved RENAME TO disclosure");
	assert_ok(s, disclosure_record(log, s->a, &d, 1));
	/* More than one record holds. */
	enum { MANY = 5000 };
	struct str *ids = arena_many(s->a, MANY, struct str);
	for (int i = 0; i < MANY; i++)
		ids[i] = S("01234567890123456789");
	d.households = ids;
	d.households_n = MANY;
	assert_err(s, ERR_INTERNAL, disclosure_record(log, s->a, &d, 1));
	disclosure_stop(&log);
	db_pool_close(&pool);
	assert_int_equal(store_number(s, "SELECT count(*) FROM disclosure"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_on_disk_when_it_returns),
		BOTH(test_many_workers),
		BOTH(test_not_written_is_not_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
