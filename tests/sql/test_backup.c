/* A copy and its way back, within and across the engines (store/backup.h). */
#include "store_fixture.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/id.h"
#include "store/backup.h"
#include "store/journal.h"
#include "store/migrate.h"
#include "store/q_agency.h"
#include "store/q_mou.h"
#include "store/q_region.h"
#include "store/q_setting.h"
#include "store/q_user.h"
#include "store/setup.h"

enum { SETTINGS = 1200 };

static err_t fill(struct db *db, struct arena *a, void *ctx)
{
	const struct store *s = ctx;
	int64_t changed;
	TRY(q_region_put(db, a, S("r1"), 4, S("Region \"4\"; DROP"), (struct str){0}));
	TRY(q_county_put(db, a, S("Nowhere"), S("r1")));
	TRY(q_agency_add(
		db, a, &(struct q_agency_add_in){.id = S("g1"), .name = S("Invented Shelter"), .kind = S("shelter")}));
	TRY(q_region_change(db, a, S("r1"), S("Region \"4\"; DROP"), S("g1"), &changed));
	TRY(q_mou_add(db, a,
		      &(struct q_mou_add_in){
			      .id = S("m1"), .agency_id = S("g1"), .from_day = {19000}, .until_day = {20000}}));
	TRY(q_login_brake_put(db, a, blind_text(a, s->keys, BLIND_LOGIN, S("ada")), 3, NOW));
	for (int i = 0; i < SETTINGS; i++)
		TRY(q_setting_put(db, a, str_fmt(a, "k%04d", i), str_fmt(a, "%d\n\t\\", i), NOW));
	struct journal_entry e = {.at = NOW, .act = "a.b", .noun = "n", .noun_id = S("1")};
	for (int i = 0; i < 5; i++)
		TRY(journal_write(db, a, &e));
	return NULL;
}

static void check_contents(struct store *s, struct db *db)
{
	struct q_setting_by_key setting;
	struct q_region_by_number region;
	struct q_region_anchors *anchors;
	size_t anchors_n;
	struct q_agency_by_id agency;
	struct q_mou_by_id mou;
	struct q_login_brake_get brake;
	struct journal_state journal;
	bool found;
	assert_ok(s, store_ready(db, s->a, s->keys));
	assert_ok(s, db_begin(db, s->a, DB_READ));
	assert_ok(s, q_setting_by_key(db, s->a, S("k0999"), &setting, &found));
	assert_true(found && str_eq(setting.value, S("999\n\t\\")));
	assert_ok(s, q_region_by_number(db, s->a, 4, &region, &found));
	assert_true(found && str_eq(region.name, S("Region \"4\"; DROP")) && region.anchor.n == 0);
	/* A column of an early table that refers to a later one. */
	assert_ok(s, q_region_anchors(db, s->a, &anchors, &anchors_n));
	assert_true(anchors_n == 1 && str_eq(anchors[0].agency_id, S("g1")));
	assert_ok(s, q_agency_by_id(db, s->a, S("g1"), &agency, &found));
	assert_true(found && agency.hmis_id.n == 0);
	assert_ok(s, q_mou_by_id(db, s->a, S("m1"), &mou, &found));
	assert_true(found && mou.until_day.n == 20000);
	assert_ok(s, q_login_brake_get(db, s->a, blind_text(s->a, s->keys, BLIND_LOGIN, S("ada")), &brake, &found));
	assert_true(found && brake.failures == 3);
	assert_ok(s, journal_verify(db, s->a, &journal));
	assert_int_equal(journal.rows, 5);
	assert_int_equal(journal.broken_at, 0);
	assert_ok(s, db_commit(db, s->a));
}

static struct str backup_path(struct store *s)
{
	return str_fmt(s->a, "%s/backup.db", s->dir);
}

static void test_there_and_back(void **state)
{
	struct store *s = *state;
	struct backup_report out;
	struct backup_report back;
	struct stat st;
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, fill, s));
	assert_ok(s, backup_write(s->db, s->a, backup_path(s), &out));
	assert_int_equal(out.schema, store_schema_known());
	assert_int_equal(out.journal_rows, 5);
	assert_true(out.rows > SETTINGS);
	assert_int_equal(stat(str_c(s->a, backup_path(s)), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	static const char *const tails[] = {".part", "-wal", "-shm", "-journal"};
	for (size_t i = 0; i < 4; i++)
		assert_int_not_equal(
			access(str_c(s->a, str_fmt(s->a, "%.*s%s", STR_ARG(backup_path(s)), tails[i])), F_OK), 0);
	assert_err(s, ERR_CONFLICT, backup_write(s->db, s->a, backup_path(s), &out));
	for (int i = 0; i < DB_ENGINES; i++) {
		struct str where = store_where_else(s, store_engines[i]);
		struct db *db;
		assert_ok(s, backup_restore(s->a, where, backup_path(s), &back));
		assert_int_equal(back.rows, out.rows);
		assert_ok(s, db_open(s->a, where, DB_EXISTING, &db));
		check_contents(s, db);
		/* It is a database like any other: it takes what comes next. */
		assert_ok(s, db_begin(db, s->a, DB_WRITE));
		struct journal_entry e = {.at = NOW, .act = "a.b", .noun = "n", .noun_id = S("2")};
		assert_ok(s, journal_write(db, s->a, &e));
		assert_ok(s, db_commit(db, s->a));
		/* Nothing is poured over what is there. */
		assert_err(s, ERR_CONFLICT, backup_restore(s->a, where, backup_path(s), &back));
		db_close(&db);
	}
}

struct busy {
	struct db *db;
	bool stop;
	bool ok;
};

static err_t two_together(struct db *db, struct arena *a, void *ctx)
{
	(void)ctx;
	struct id id = id_new();
	struct journal_entry e = {.at = NOW, .act = "a.b", .noun = "n", .noun_id = id_str(&id)};
	TRY(q_setting_put(db, a, id_str(&id), S("1"), NOW));
	return journal_write(db, a, &e);
}

static void *work(void *ctx)
{
	struct busy *b = ctx;
	struct arena *a = arena_new("busy", 1 << 20);
	while (!__atomic_load_n(&b->stop, __ATOMIC_RELAXED)) {
		b->ok = db_run(b->db, a, DB_WRITE, two_together, NULL) == NULL && b->ok;
		arena_reset(a);
	}
	arena_free(&a);
	return NULL;
}

static int64_t number_in(struct store *s, struct str path, const char *sql)
{
	sqlite3 *c;
	sqlite3_stmt *st;
	assert_int_equal(sqlite3_open(str_c(s->a, path), &c), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(c, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	int64_t n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(c);
	return n;
}

/* Taken while others write, the copy is one moment: what belongs together is there together. */
static void test_while_people_work(void **state)
{
	struct store *s = *state;
	struct busy b = {.db = store_connect(s), .ok = true};
	struct backup_report out;
	pthread_t thread;
	pthread_create(&thread, NULL, work, &b);
	for (int i = 0; i < 3; i++) {
		struct str path = str_fmt(s->a, "%s/copy%d.db", s->dir, i);
		usleep(50000);
		assert_ok(s, backup_write(s->db, s->a, path, &out));
		assert_int_equal(number_in(s, path, "SELECT count(*) FROM setting"), out.journal_rows);
	}
	__atomic_store_n(&b.stop, true, __ATOMIC_RELAXED);
	pthread_join(thread, NULL);
	assert_true(b.ok);
	assert_true(out.journal_rows > 0);
	db_close(&b.db);
}

static void spoil(struct store *s, struct str path, const char *sql)
{
	sqlite3 *c;
	assert_int_equal(sqlite3_open(str_c(s->a, path), &c), SQLITE_OK);
	assert_int_equal(sqlite3_exec(c, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(c);
}

static void write_text(struct store *s, struct str path, const char *text)
{
	FILE *f = fopen(str_c(s->a, path), "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* A file that is not as it should be restores nothing; the target stays empty. */
static void test_spoilt_copies(void **state)
{
	static const struct {
		const char *sql;
		enum err_class class;
	} cases[] = {
		{"DROP TRIGGER journal_kept_update; UPDATE journal SET act = 'x' WHERE seq = 2", ERR_INVALID},
		{"DROP TRIGGER journal_kept_delete; DELETE FROM journal WHERE seq = 5", ERR_INVALID},
		{"INSERT INTO schema_version VALUES (7000, 'later', 0)", ERR_INVALID},
		{"DROP TABLE schema_version", ERR_INVALID},
		{"PRAGMA foreign_keys = OFF; DELETE FROM region", ERR_INVALID},
	};
	struct store *s = *state;
	struct backup_report out;
	struct db *empty;
	int64_t schema;
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, fill, s));
	struct str where = store_where_else(s, s->engine);
	assert_ok(s, db_open(s->a, where, DB_CREATE, &empty));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str path = str_fmt(s->a, "%s/spoilt%zu.db", s->dir, i);
		assert_ok(s, backup_write(s->db, s->a, path, &out));
		spoil(s, path, cases[i].sql);
		assert_err(s, cases[i].class, backup_restore(s->a, where, path, &out));
		assert_ok(s, store_schema_of(empty, s->a, &schema));
		assert_int_equal(schema, 0);
	}
	struct str text = str_fmt(s->a, "%s/text", s->dir);
	write_text(
		s, text,
		"This is no database at all, but a text of more than a hundred bytes, which nobody can restore from.");
	assert_err(s, ERR_INVALID, backup_restore(s->a, where, text, &out));
	assert_err(s, ERR_MISSING, backup_restore(s->a, where, S("/nowhere/backup.db"), &out));
	assert_err(s, ERR_INVALID, backup_write(s->db, s->a, S("/nowhere/backup.db"), &out));
	db_close(&empty);
}

/* The copy is not made of a database whose journal breaks, and no half file stays behind. */
static void test_broken_journal_is_not_copied(void **state)
{
	struct store *s = *state;
	struct backup_report out;
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, fill, s));
	store_unguard(s);
	store_force(s, "UPDATE journal SET act = 'x' WHERE seq = 2");
	assert_err(s, ERR_INVALID, backup_write(s->db, s->a, backup_path(s), &out));
	assert_int_not_equal(access(str_c(s->a, backup_path(s)), F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_there_and_back),
		BOTH(test_while_people_work),
		BOTH(test_spoilt_copies),
		BOTH(test_broken_journal_is_not_copied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
