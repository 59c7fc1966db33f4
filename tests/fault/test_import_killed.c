/* An import that is killed, or finds the disk full, anywhere: the list is the old one or the new one,
 * the journal holds, and the next import works as if nothing had been. */
#include "store_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/import.h"
#include "hmis/demo.h"
#include "store/journal.h"
#include "store/setup.h"

enum { PEOPLE = 1500, KILLS = 50, KILLS_POSTGRES = 6, FULL_DISKS = 12, CHANGED_PERMILLE = 300 };

struct killing {
	struct store *s;
	const char *first, *second; /* exports */
	int64_t old, new;           /* fingerprints of the list */
};

static struct call call_of(struct store *s, struct app *app, struct db *db, struct arena *a)
{
	*app = (struct app){.where = str_from(s->where), .data = str_from(s->dir), .keys = s->keys};
	return (struct call){
		.app = app,
		.db = db,
		.arena = a,
		.actor = {.kind = ACTOR_OPERATOR, .id = S("tester")},
		.now = NOW,
		.today = instant_day(NOW),
		.route = S("test"),
	};
}

static err_t import(struct store *s, struct db *db, struct arena *a, const char *path)
{
	struct app app;
	struct call c = call_of(s, &app, db, a);
	struct import_view v;
	TRY(app_import_stage(&c, path, IMPORT_STAGE, NULL, &v));
	return app_import_apply(&c, v.no, NULL);
}

/* In a process of its own, which is killed after `microseconds` (0: not at all). Returns whether the
 * import came to its end. */
static bool import_in_child(struct store *s, const char *path, long microseconds, rlim_t file_limit)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* Looked at when the import fails without having been killed. */
		int log = open(str_c(s->a, str_fmt(s->a, "%s/child.log", s->dir)), O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(log, STDERR_FILENO);
		if (file_limit > 0) {
			signal(SIGXFSZ, SIG_IGN); /* writing fails instead, as on a full disk */
			setrlimit(RLIMIT_FSIZE, &(struct rlimit){file_limit, file_limit});
		}
		struct arena *a = arena_new("child", 1 << 30);
		struct db *db;
		err_t e = db_open(a, str_from(s->where), DB_EXISTING, &db);
		if (e == NULL)
			e = import(s, db, a, path);
		if (e != NULL) {
			struct str why = err_describe(a, e);
			dprintf(STDERR_FILENO, "%.*s\n", STR_ARG(why));
		}
		_exit(e == NULL ? 0 : 1);
	}
	if (microseconds > 0) {
		struct timespec wait = {microseconds / 1000000, microseconds % 1000000 * 1000};
		while (nanosleep(&wait, &wait) != 0 && errno == EINTR)
			;
		kill(child, SIGKILL);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The same without a kill: it must succeed. */
static void import_whole(struct store *s, const char *path)
{
	if (import_in_child(s, path, 0, 0))
		return;
	char text[2000] = "";
	FILE *log = fopen(str_c(s->a, str_fmt(s->a, "%s/child.log", s->dir)), "r");
	size_t n = log != NULL ? fread(text, 1, sizeof text - 1, log) : 0;
	fail_msg("the import failed: %.*s", (int)n, text);
}

/* One number for all that anyone can see of the list and the facts; numbers that are drawn are left out. */
static int64_t fingerprint(struct store *s)
{
	static const char *const sums[] = {
		"SELECT CAST(coalesce(sum(l.status * 7 + l.months_36 * 13 + l.start * 17 + l.since * 19 + l.situation "
		"* 23 "
		"+ "
		"l.chronic * 29 + l.members * 31 + l.flags * 37 + coalesce(l.last_contact, 1) * 41 + "
		"coalesce(l.score, 1) * 43), 0) AS bigint) FROM listing l JOIN hmis_now n ON l.from_import <= "
		"n.import_no AND "
		"l.to_import > n.import_no",
		"SELECT count(*) FROM client c JOIN hmis_now n ON c.from_import <= n.import_no AND c.to_import > "
		"n.import_no",
		"SELECT CAST(coalesce(sum(e.entry * 3 + coalesce(e.exit, 5) * 7 + e.project_no * 11 + "
		"length(e.dossier)), "
		"0) AS bigint) FROM "
		"enrollment e JOIN hmis_now n ON e.from_import <= n.import_no AND e.to_import > n.import_no",
		"SELECT count(*) FROM household_member m JOIN hmis_now n ON m.from_import <= n.import_no AND "
		"m.to_import > n.import_no",
	};
	int64_t print = 0;
	for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
		print = print * 1000003 % 1000000007 + store_number(s, sums[i]) % 1000000007;
	return print;
}

/* The journal is whole, and nothing lies about that is not visible. */
static void assert_whole(struct store *s)
{
	struct journal_state state;
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, journal_verify(s->db, s->a, &state));
	assert_ok(s, db_commit(s->db, s->a));
	assert_int_equal(state.broken_at, 0);
}

static void assert_clean(struct store *s)
{
	static const char *const tables[] = {"client",       "enrollment",       "hmis_person",
					     "listing",      "household_member", "household_agency",
					     "hmis_project", "hmis_organization"};
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		struct str sql = str_fmt(s->a,
					 "SELECT count(*) FROM %s t JOIN hmis_now n ON t.from_import > n.import_no OR "
					 "t.to_import < 2147483647",
					 tables[i]);
		assert_int_equal(store_number(s, str_c(s->a, sql)), 0);
	}
}

static void make_exports(struct killing *k, bool same_day)
{
	struct store *s = k->s;
	struct demo_made made;
	struct demo_options o = {.people = PEOPLE,
				 .seed = 7,
				 .folder = str_fmt(s->a, "%s/first", s->dir),
				 .today = instant_day(NOW),
				 .threads = 1};
	assert_ok(s, demo_write(s->a, &o, NULL, &made));
	k->first = str_c(s->a, o.folder);
	o.folder = str_fmt(s->a, "%s/second", s->dir);
	o.changed_permille = CHANGED_PERMILLE;
	o.months_later = same_day ? 0 : 1;
	assert_ok(s, demo_write(s->a, &o, NULL, &made));
	k->second = str_c(s->a, o.folder);
}

/* Forgets the second export: what was made of it goes, the first is imported anew. */
static void back_to_first(struct killing *k)
{
	struct store *s = k->s;
	static const char *const tables[] = {"listing",          "household_member", "household_agency",
					     "household",        "enrollment",       "client",
					     "client_token",     "hmis_person",      "hmis_deleted",
					     "hmis_project_row", "hmis_project",     "hmis_organization"};
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		store_force(s, str_c(s->a, str_fmt(s->a, "DELETE FROM %s", tables[i])));
	import_whole(s, k->first);
	assert_int_equal(fingerprint(s), k->old);
}

static long import_time(struct killing *k)
{
	struct timespec a;
	struct timespec b;
	clock_gettime(CLOCK_MONOTONIC, &a);
	import_whole(k->s, k->second);
	clock_gettime(CLOCK_MONOTONIC, &b);
	return (b.tv_sec - a.tv_sec) * 1000000 + (b.tv_nsec - a.tv_nsec) / 1000;
}

static void begin(struct killing *k)
{
	make_exports(k, true);
	import_whole(k->s, k->first);
	k->old = fingerprint(k->s);
}

static void test_killed(void **state)
{
	struct killing k = {.s = *state};
	struct store *s = k.s;
	int kills = s->engine == DB_SQLITE ? KILLS : KILLS_POSTGRES;
	begin(&k);
	long whole = import_time(&k);
	k.new = fingerprint(s);
	assert_int_not_equal(k.old, k.new);
	back_to_first(&k);
	int olds = 0;
	int news = 0;
	srand(1);
	for (int i = 0; i < kills; i++) {
		struct arena_mark mark = arena_mark(s->a);
		long after = 1 + (long)((double)whole * 1.1 * i / kills) + rand() % (whole / kills + 1);
		import_in_child(s, k.second, after, 0);
		int64_t seen = fingerprint(s);
		if (seen != k.old && seen != k.new)
			fail_msg("killed after %ld of %ld microseconds, the list is neither the old nor the new one",
				 after, whole);
		assert_whole(s);
		if (seen == k.new) {
			news++;
			back_to_first(&k);
		} else {
			olds++;
		}
		arena_rewind(s->a, mark);
	}
	assert_true(olds > kills / 3); /* most kills must have met an import at work */
	import_whole(s, k.second);
	assert_int_equal(fingerprint(s), k.new);
	assert_whole(s);
	assert_clean(s);
	(void)news;
}

/* Files may not grow beyond a limit: the database, its log and the spool alike meet a full disk. */
static void test_full_disk(void **state)
{
	struct killing k = {.s = *state};
	struct store *s = k.s;
	begin(&k);
	int64_t size = store_number(s, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");
	int failed = 0;
	for (int i = 0; i < FULL_DISKS; i++) {
		/* From hardly more than nothing to a bit more than there is. */
		rlim_t limit = (rlim_t)(size * (i + 1) / FULL_DISKS + 65536);
		if (import_in_child(s, k.second, 0, limit))
			break;
		failed++;
		assert_int_equal(fingerprint(s), k.old);
		assert_whole(s);
	}
	assert_true(failed > 0);
	import_whole(s, k.second);
	assert_int_not_equal(fingerprint(s), k.old);
	assert_whole(s);
	assert_clean(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_killed),
		ON(test_full_disk, store_up, DB_SQLITE, "SQLite"),
	};
	return cmocka_run_group_tests_name("killed import", tests, NULL, NULL);
}
