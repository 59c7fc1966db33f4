/* Schema steps and setting up (store/migrate.h, store/setup.h). */
#include "store_fixture.h"

#include <pthread.h>
#include <string.h>

#include "store/migrate.h"
#include "store/schema.h"
#include "store/setup.h"

static void test_from_nothing(void **state)
{
	struct store *s = *state;
	int64_t version;
	int64_t taken;
	assert_ok(s, store_schema_of(s->db, s->a, &version));
	assert_int_equal(version, 0);
	assert_err(s, ERR_MISSING, store_check(s->db, s->a));
	assert_ok(s, store_migrate(s->db, s->a, NOW, &taken));
	assert_int_equal(taken, store_schema_known());
	assert_ok(s, store_check(s->db, s->a));
	assert_ok(s, store_migrate(s->db, s->a, NOW, &taken));
	assert_int_equal(taken, 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM schema_version"), store_schema_known());
}

static void test_newer_is_refused(void **state)
{
	struct store *s = *state;
	int64_t taken;
	store_force(s, "INSERT INTO schema_version (version, name, applied_at) VALUES (7000, 'later', 0)");
	err_t e = store_check(s->db, s->a);
	assert_err(s, ERR_CONFLICT, e);
	struct str expected =
		str_fmt(s->a,
			"This database was written by a newer byname (schema 7000, this program knows %lld): install "
			"that version or restore a backup.",
			(long long)store_schema_known());
	assert_true(str_eq(e->say, expected));
	assert_err(s, ERR_CONFLICT, store_migrate(s->db, s->a, NOW, &taken));
	assert_err(s, ERR_CONFLICT, store_ready(s->db, s->a, s->keys));
	assert_int_equal(store_number(s, "SELECT count(*) FROM schema_version"), store_schema_known() + 1);
}

/* A step that fails leaves the database at the step before it: there is a table in the way. */
static void test_a_step_is_one_transaction(void **state)
{
	struct store *s = *state;
	int64_t taken;
	int64_t version;
	store_force(s, "CREATE TABLE disclosure (id text)");
	assert_err(s, ERR_INTERNAL, store_migrate(s->db, s->a, NOW, &taken));
	assert_ok(s, store_schema_of(s->db, s->a, &version));
	assert_int_equal(version, 0);
	store_force(s, "DROP TABLE disclosure");
	assert_ok(s, store_migrate(s->db, s->a, NOW, &taken));
	assert_ok(s, store_check(s->db, s->a));
}

static void test_older_is_named(void **state)
{
	struct store *s = *state;
	assert_ok(s, db_begin(s->db, s->a, DB_BESIDE));
	assert_ok(s, migrate_step(s->db, s->a, NOW, 1));
	assert_ok(s, db_commit(s->db, s->a));
	if (store_schema_known() == 1)
		skip();
	assert_err(s, ERR_CONFLICT, store_check(s->db, s->a));
	int64_t taken;
	assert_ok(s, store_migrate(s->db, s->a, NOW, &taken));
	assert_int_equal(taken, store_schema_known() - 1);
}

struct migrator {
	struct store *s;
	struct db *db;
	bool ok;
};

static void *migrate(void *ctx)
{
	struct migrator *m = ctx;
	struct arena *a = arena_new("migrator", 1 << 20);
	int64_t taken;
	m->ok = store_migrate(m->db, a, NOW, &taken) == NULL;
	arena_free(&a);
	return NULL;
}

static void test_two_at_once(void **state)
{
	struct store *s = *state;
	struct migrator m[2];
	pthread_t threads[2];
	for (int i = 0; i < 2; i++) {
		m[i] = (struct migrator){.s = s, .db = store_connect(s)};
		pthread_create(&threads[i], NULL, migrate, &m[i]);
	}
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], NULL);
		assert_true(m[i].ok);
		db_close(&m[i].db);
	}
	assert_ok(s, store_check(s->db, s->a));
}

static void test_setup_once(void **state)
{
	struct store *s = *state;
	assert_ok(s, store_ready(s->db, s->a, s->keys));
	assert_err(s, ERR_CONFLICT, store_setup(s->db, s->a, s->keys, NOW));
	assert_ok(s, store_ready(s->db, s->a, s->keys));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_EMPTY(test_from_nothing),
		BOTH(test_newer_is_refused),
		BOTH_EMPTY(test_a_step_is_one_transaction),
		BOTH_EMPTY(test_older_is_named),
		BOTH_EMPTY(test_two_at_once),
		BOTH(test_setup_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
