/* The chain of acts: numbers, tampering, writers side by side (store/journal.h). */
#include "store_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "store/db_impl.h"
#include "store/journal.h"
#include "store/pool.h"
#include "store/q_journal.h"
#include "store/q_setting.h"

static struct journal_entry entry(struct str noun_id)
{
	return (struct journal_entry){.at = NOW,
				      .actor_kind = JOURNAL_USER,
				      .actor_id = S("u1"),
				      .act = "step.add",
				      .noun = "conference",
				      .noun_id = noun_id,
				      .more = S("step=s1,household=h1")};
}

static void write_some(struct store *s, int n)
{
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	for (int i = 0; i < n; i++) {
		struct journal_entry e = entry(str_fmt(s->a, "c%d", i));
		assert_ok(s, journal_write(s->db, s->a, &e));
	}
	assert_ok(s, db_commit(s->db, s->a));
}

static struct journal_state verify(struct store *s)
{
	struct journal_state state;
	struct db *db = store_connect(s);
	assert_ok(s, db_begin(db, s->a, DB_READ));
	assert_ok(s, journal_verify(db, s->a, &state));
	db_close(&db);
	return state;
}

static void test_chain(void **state)
{
	struct store *s = *state;
	assert_int_equal(verify(s).broken_at, 0);
	write_some(s, 5);
	struct journal_state found = verify(s);
	assert_int_equal(found.rows, 5);
	assert_int_equal(found.broken_at, 0);
	struct journal_entry *entries;
	size_t n;
	int64_t last;
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, journal_last(s->db, s->a, &last));
	assert_int_equal(last, 5);
	assert_ok(s, journal_after(s->db, s->a, 2, 2, &entries, &n));
	assert_int_equal(n, 2);
	assert_int_equal(entries[0].seq, 3);
	assert_int_equal(entries[1].seq, 4);
	assert_int_equal(entries[1].at.ms, NOW.ms);
	assert_int_equal(entries[1].actor_kind, JOURNAL_USER);
	assert_string_equal(entries[1].act, "step.add");
	assert_string_equal(entries[1].noun, "conference");
	assert_true(str_eq(entries[1].noun_id, S("c3")));
	assert_true(str_eq(entries[1].more, S("step=s1,household=h1")));
	assert_ok(s, journal_after(s->db, s->a, 5, 10, &entries, &n));
	assert_int_equal(n, 0);
	assert_ok(s, db_commit(s->db, s->a));
}

static void test_rolled_back_is_no_gap(void **state)
{
	struct store *s = *state;
	struct journal_entry e = entry(S("c"));
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	assert_ok(s, journal_write(s->db, s->a, &e));
	db_rollback(s->db);
	write_some(s, 1);
	assert_int_equal(verify(s).rows, 1);
}

static void test_refused(void **state)
{
	struct store *s = *state;
	struct journal_entry ids[6];
	for (size_t i = 0; i < 6; i++)
		ids[i] = entry(S("c"));
	ids[0].noun_id = S("Ada Invented");
	ids[1].more = S("note=she moved");
	ids[2].actor_id = S("a\nb");
	ids[3].noun_id = str_fmt(s->a, "%065d", 1);
	ids[4].more = str_fmt(s->a, "%01001d", 1);
	ids[5].noun_id = (struct str){"a\0b", 3};
	for (size_t i = 0; i < 6; i++) {
		assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
		assert_err(s, ERR_INTERNAL, journal_write(s->db, s->a, &ids[i]));
		db_rollback(s->db);
	}
	struct journal_entry e = entry(S("c"));
	assert_err(s, ERR_INTERNAL, journal_write(s->db, s->a, &e));
	assert_ok(s, db_begin(s->db, s->a, DB_BESIDE));
	assert_err(s, ERR_INTERNAL, journal_write(s->db, s->a, &e));
	db_rollback(s->db);
}

static void test_tampering_shows(void **state)
{
	static const struct {
		const char *sql;
		int64_t broken_at;
	} cases[] = {
		{"UPDATE journal SET more = '' WHERE seq = 4", 4},
		{"UPDATE journal SET at = at + 1 WHERE seq = 1", 1},
		{"UPDATE journal SET actor_id = 'u2' WHERE seq = 6", 6},
		{"UPDATE journal SET act = 'step.addc', noun = 'onference' WHERE seq = 2", 2},
		{"DELETE FROM journal WHERE seq = 3", 3},
		{"DELETE FROM journal WHERE seq = 1", 1},
		{"DELETE FROM journal WHERE seq >= 5", 5},
		{"DELETE FROM journal WHERE seq = 6", 6},
		{"UPDATE journal_head SET seq = 5", 7},
		{"DELETE FROM journal_head", 7},
		{"INSERT INTO journal SELECT 7, at, actor_kind, actor_id, act, noun, noun_id, more, hash, hash FROM "
		 "journal "
		 "WHERE seq = 6",
		 7},
		{"UPDATE journal SET hash = prev_hash WHERE seq = 6", 6},
	};
	struct store *s = *state;
	write_some(s, 6);
	store_unguard(s);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		store_force(s, "CREATE TABLE kept AS SELECT * FROM journal");
		store_force(s, "CREATE TABLE kept_head AS SELECT * FROM journal_head");
		store_force(s, cases[i].sql);
		struct journal_state found = verify(s);
		if (found.broken_at != cases[i].broken_at || found.why.n == 0)
			fail_msg("%s: breaks at %lld", cases[i].sql, (long long)found.broken_at);
		store_force(s, "DELETE FROM journal; INSERT INTO journal SELECT * FROM kept");
		store_force(s, "DELETE FROM journal_head; INSERT INTO journal_head SELECT * FROM kept_head");
		store_force(s, "DROP TABLE kept; DROP TABLE kept_head");
		assert_int_equal(verify(s).broken_at, 0);
	}
}

/* Nothing that is written can be changed or taken away through the program's own connection. */
static void test_only_grows(void **state)
{
	static const char *const refused[] = {
		"UPDATE journal SET act = 'x' WHERE seq = 2",
		"UPDATE journal SET more = more",
		"DELETE FROM journal WHERE seq = 3",
		"DELETE FROM journal",
		"INSERT INTO journal SELECT * FROM journal WHERE seq = 2",
	};
	struct store *s = *state;
	write_some(s, 4);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
		assert_non_null(db_script(s->db, s->a, refused[i]));
		db_rollback(s->db);
	}
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	assert_non_null(db_script(s->db, s->a,
				  s->engine == DB_POSTGRES
					  ? "TRUNCATE journal"
					  : "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 2"));
	db_rollback(s->db);
	assert_int_equal(verify(s).rows, 4);
	assert_int_equal(verify(s).broken_at, 0);
}

/* The account that serves, where another one owns the database: it adds rows and cannot take the guard away. */
static void test_who_serves_owns_nothing(void **state)
{
	static const char *const refused[] = {
		"UPDATE journal SET act = 'x'",
		"DELETE FROM journal",
		"TRUNCATE journal",
		"DROP TRIGGER journal_kept_rows ON journal",
		"ALTER TABLE journal DISABLE TRIGGER ALL",
	};
	struct store *s = *state;
	if (s->engine != DB_POSTGRES)
		skip();
	write_some(s, 2);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct journal_entry e = entry(S("c"));
		assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
		assert_ok(s, db_script(s->db, s->a,
				       "CREATE ROLE byname_serves;"
				       "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "
				       "byname_serves;"
				       "REVOKE UPDATE, DELETE, TRUNCATE ON journal FROM byname_serves;"
				       "SET LOCAL ROLE byname_serves"));
		assert_ok(s, journal_write(s->db, s->a, &e));
		assert_non_null(db_script(s->db, s->a, refused[i]));
		db_rollback(s->db);
	}
	assert_int_equal(verify(s).rows, 2);
}

enum { WRITERS = 6, ROUNDS = 20 };

struct crowd {
	struct db_pool *pool;
	int number;
	bool ok;
};

static err_t act(struct db *db, struct arena *a, void *ctx)
{
	const struct crowd *c = ctx;
	struct journal_entry e = entry(str_fmt(a, "w%d", c->number));
	TRY(q_setting_put(db, a, str_fmt(a, "w%d", c->number), S("1"), NOW));
	TRY(journal_write(db, a, &e));
	return journal_write(db, a, &e);
}

static void *act_often(void *ctx)
{
	struct crowd *c = ctx;
	struct arena *a = arena_new("crowd", 1 << 20);
	c->ok = true;
	for (int i = 0; i < ROUNDS; i++) {
		c->ok = db_pool_run(c->pool, a, DB_WRITE, act, c) == NULL && c->ok;
		arena_reset(a);
	}
	arena_free(&a);
	return NULL;
}

/* A listener that follows by number while others write: it must never see a number appear below
 * one that it has seen. */
static int64_t follow(struct store *s, struct db *db, int64_t seen)
{
	struct journal_entry *entries;
	size_t n;
	assert_ok(s, db_begin(db, s->a, DB_READ));
	assert_ok(s, journal_after(db, s->a, seen, 1000, &entries, &n));
	for (size_t i = 0; i < n; i++)
		assert_int_equal(entries[i].seq, seen + 1 + (int64_t)i);
	assert_ok(s, db_commit(db, s->a));
	return seen + (int64_t)n;
}

static void test_writers_side_by_side(void **state)
{
	struct store *s = *state;
	struct db_pool *pool;
	pthread_t threads[WRITERS];
	struct crowd crowd[WRITERS];
	int64_t seen = 0;
	assert_ok(s, db_pool_open(s->a, str_from(s->where), WRITERS, &pool));
	for (int i = 0; i < WRITERS; i++) {
		crowd[i] = (struct crowd){.pool = pool, .number = i};
		pthread_create(&threads[i], NULL, act_often, &crowd[i]);
	}
	for (int i = 0; i < 2000 && seen < WRITERS * ROUNDS * 2; i++) {
		struct arena_mark mark = arena_mark(s->a);
		seen = follow(s, s->db, seen);
		arena_rewind(s->a, mark);
	}
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(threads[i], NULL);
		assert_true(crowd[i].ok);
	}
	seen = follow(s, s->db, seen);
	assert_int_equal(seen, WRITERS * ROUNDS * 2);
	db_pool_close(&pool);
	assert_int_equal(verify(s).rows, WRITERS * ROUNDS * 2);
	assert_int_equal(verify(s).broken_at, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_chain),
		BOTH(test_rolled_back_is_no_gap),
		BOTH(test_refused),
		BOTH(test_tampering_shows),
		BOTH(test_only_grows),
		BOTH(test_who_serves_owns_nothing),
		BOTH(test_writers_side_by_side),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
