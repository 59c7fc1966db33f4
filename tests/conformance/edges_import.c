/* What importing the public sample exports has to leave in the database, folder by folder: what is
 * loaded, what changes, what is set aside, and what is said. The numbers were found by reading the data
 * beside the rules in app/import.h, not by running the program; the notes say how.
 *
 * Needs the folder "shared" (BYNAME_SHARED); without it the test says so and is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/import.h"
#include "base/arena.h"
#include "store/setup.h"

enum { STEPS_MAX = 4, SAID_MAX = 12 };

struct said {
	const char *file;
	int64_t line;
	const char *key;
	const char *problem;
	bool aside;
};

struct step {
	const char *folder;
	struct import_counts clients, enrollments; /* added, changed, unchanged, removed, gone, refused */
	int64_t aside, blanked;
	struct said said[SAID_MAX]; /* among others */
};

struct sequence {
	const char *what;
	struct step steps[STEPS_MAX];
};

#define EDGE(name) "edge-exports/" name "/source"

/* Six folders are the same warehouse export with one oddity each. In all of them the two living
 * situations that have a date, two assessments, two results and two events belong to people who are not
 * in Client.csv (8 rows set aside); the third living situation has no date (1 more). */
#define WAREHOUSE_ASIDE 9
#define NO_DATE                                                                                                        \
	{                                                                                                              \
		"CurrentLivingSituation.csv", 4, "3", "day_missing", true                                              \
	}
#define NOT_IN_CLIENTS                                                                                                 \
	{                                                                                                              \
		"Assessment.csv", 2, "1", "no_person", true                                                            \
	}

static const struct sequence sequences[] = {
	{"Ugly quotes and wrong dates: every person loads. Two of four enrollments belong to people who are not in "
	 "Client.csv, as do an exit and 18 services; 2 living situations, 2 assessments, 2 results and 2 events name "
	 "enrollments that their person does not have. Blanked are 2 birth dates, 4 DateUpdated, 4 project dates.",
	 {{EDGE("bad_data"),
	   {134, 0, 0, 0, 0, 0},
	   {2, 0, 0, 0, 0, 0},
	   2 + 1 + 18 + 2 + 2 + 2 + 2 + 1,
	   2 + 4 + 4,
	   {{"Client.csv", 7, "6798", "day_bad", false},
	    {"Client.csv", 12, "6812", "instant_bad", false},
	    {"Enrollment.csv", 4, "559123", "no_person", true},
	    {"Enrollment.csv", 5, "622377", "no_person", true},
	    {"Event.csv", 3, "2", "no_enrollment", true},
	    {"Services.csv", 19, "10399619", "no_person", true},
	    NO_DATE}}}},
	{"A byte-order mark does not hide the first column. The same export again changes nothing.",
	 {{EDGE("bom_test"), {3, 0, 0, 0, 0, 0}, {4, 0, 0, 0, 0, 0}, WAREHOUSE_ASIDE, 0, {NO_DATE, NOT_IN_CLIENTS}},
	  {EDGE("bom_test"), {0, 0, 3, 0, 0, 0}, {0, 0, 4, 0, 0, 0}, WAREHOUSE_ASIDE, 0, {NO_DATE}}}},
	{"The second export is two days older, and its Client row a month newer: that row alone changes. The first "
	 "again changes nothing back.",
	 {{EDGE("date_updated_initial"), {1, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 0}, 0, 0, {{0}}},
	  {EDGE("date_updated_newer"), {0, 1, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0}, 0, 0, {{0}}},
	  {EDGE("date_updated_initial"), {0, 0, 1, 0, 0, 0}, {0, 0, 1, 0, 0, 0}, 0, 0, {{0}}}}},
	{"Three rows of one person tie on DateUpdated: the last one counts. One enrollment is given to two people, "
	 "tying too: the last row's person has it, and what the other had with it (an assessment, two services) is "
	 "set aside with it. An assessment's id is used for two people, who keep one each. Of the usual 8 rows without "
	 "a person here only 6 are: the assessments have people.",
	 {{EDGE("duplicate_primary_keys"),
	   {3, 0, 0, 0, 0, 0},
	   {4, 0, 0, 0, 0, 0},
	   1 + 1 + 2 + 6 + 1,
	   0,
	   {{"Enrollment.csv", 3, "557890", "other_person", true},
	    {"Assessment.csv", 3, "2", "other_person", true},
	    {"Services.csv", 18, "10399550", "other_person", true},
	    NO_DATE}}}},
	{"An export a day older, then one with deletions, then the first again. The older one changes the one "
	 "enrollment of four whose DateUpdated is later (559123); one ties and loses, one is older. The last of the "
	 "year's exports deletes a person (with an enrollment) and an enrollment of another. Importing the first "
	 "once more brings neither back: they tie with their deletion.",
	 {{EDGE("enrollment_test_files"), {3, 0, 0, 0, 0, 0}, {4, 0, 0, 0, 0, 0}, WAREHOUSE_ASIDE, 0, {NO_DATE}},
	  {EDGE("enrollment_change_files"), {0, 0, 3, 0, 0, 0}, {0, 1, 3, 0, 0, 0}, WAREHOUSE_ASIDE - 1, 0, {{0}}},
	  {EDGE("enrollment_with_deletes_test_files"),
	   {0, 0, 2, 1, 0, 0},
	   {0, 0, 2, 2, 0, 0},
	   WAREHOUSE_ASIDE - 1,
	   0,
	   {{0}}},
	  {EDGE("enrollment_test_files"), {0, 0, 2, 0, 0, 0}, {0, 0, 2, 0, 0, 0}, WAREHOUSE_ASIDE, 0, {NO_DATE}}}},
	{"Households without a head, with several, without an id: all load. Two exits name an enrollment of somebody "
	 "else. RelationshipToHoH 0 is no code and is left out, twice.",
	 {{EDGE("ensure_households"),
	   {8, 0, 0, 0, 0, 0},
	   {21, 0, 0, 0, 0, 0},
	   2,
	   2,
	   {{"Enrollment.csv", 4, "E-3", "value_unlisted", false},
	    {"Enrollment.csv", 9, "E-8", "wanted_missing", false},
	    {"Exit.csv", 4, "X-5", "no_enrollment", true},
	    {"Exit.csv", 5, "X-7", "no_enrollment", true}}}}},
	{"The same people with more of their HouseholdIDs missing.",
	 {{EDGE("fix_household_ids"),
	   {8, 0, 0, 0, 0, 0},
	   {21, 0, 0, 0, 0, 0},
	   2,
	   2,
	   {{"Enrollment.csv", 2, "E-1", "wanted_missing", false}}}}},
	{"Five assessments instead of two, one with a PrioritizationStatus that is no code.",
	 {{EDGE("forced_prioritization_placement_status"),
	   {3, 0, 0, 0, 0, 0},
	   {4, 0, 0, 0, 0, 0},
	   WAREHOUSE_ASIDE + 3,
	   1,
	   {{"Assessment.csv", 4, "3", "value_unlisted", false}, NO_DATE}}}},
	{"A handful of files, none of them missing a key.",
	 {{EDGE("missing_total_income"), {1, 0, 0, 0, 0, 0}, {3, 0, 0, 0, 0, 0}, 0, 0, {{0}}}}},
	{"Projects alone: an export without people is one.",
	 {{EDGE("project_validation_constraint"),
	   {0, 0, 0, 0, 0, 0},
	   {0, 0, 0, 0, 0, 0},
	   0,
	   0,
	   {{"Client.csv", 0, "", "file_missing", false}}}}},
	{"The sample of HUD's longitudinal analysis: everybody in it, four exits with a destination that is no code.",
	 {{"lsa-sample/export",
	   {10606, 0, 0, 0, 0, 0},
	   {16494, 0, 0, 0, 0, 0},
	   0,
	   4,
	   {{"Exit.csv", 11326, "PSH18028661", "value_unlisted", false}}},
	  {"lsa-sample/export", {0, 0, 10606, 0, 0, 0}, {0, 0, 16494, 0, 0, 0}, 0, 4, {{0}}}}},
	{"Eva's demonstration file: names are hashes, DateUpdated is no date in any row of Client.csv.",
	 {{"eva-demo",
	   {4146, 0, 0, 0, 0, 0},
	   {4771, 0, 0, 0, 0, 0},
	   0,
	   4146,
	   {{"Client.csv", 2, "2615", "instant_bad", false}}}}},
};

static const char *shared;

static void ok(struct arena *a, err_t e)
{
	if (e != NULL)
		fail_msg("%.*s", STR_ARG(err_describe(a, e)));
}

static void assert_counts(const struct sequence *q, const struct step *step, const char *of,
			  const struct import_counts *is, const struct import_counts *should)
{
#define X(name, say)                                                                                                   \
	if (is->name != should->name)                                                                                  \
		fail_msg("%s\n%s: %lld %s " #name ", should be %lld", q->what, step->folder, (long long)is->name, of,  \
			 (long long)should->name);
	IMPORT_COUNTS(X)
#undef X
}

static void assert_said(struct call *c, const struct sequence *q, const struct step *step)
{
	struct import_flag *flags;
	size_t n;
	ok(c->arena, app_import_flags(c, 0, 0, 100000, &flags, &n));
	for (const struct said *w = step->said; w < step->said + SAID_MAX && w->file != NULL; w++) {
		bool met = false;
		for (size_t i = 0; i < n && !met; i++)
			met = flags[i].line == w->line && flags[i].aside == w->aside &&
			      str_eq(flags[i].file, str_from(w->file)) && str_eq(flags[i].key, str_from(w->key)) &&
			      str_eq(flags[i].problem, str_from(w->problem)) && flags[i].sentence.n > 0;
		if (!met)
			fail_msg("%s\n%s: nothing says %s of %s line %lld", q->what, step->folder, w->problem, w->file,
				 (long long)w->line);
	}
}

static void run_step(struct call *c, const struct sequence *q, const struct step *step)
{
	struct import_view v;
	ok(c->arena, app_import_stage(c, str_c(c->arena, str_fmt(c->arena, "%s/data/%s", shared, step->folder)),
				      IMPORT_STAGE, NULL, &v));
	ok(c->arena, app_import_apply(c, v.no, NULL));
	assert_counts(q, step, "clients", &v.clients, &step->clients);
	assert_counts(q, step, "enrollments", &v.enrollments, &step->enrollments);
	if (v.rows_aside != step->aside || v.values_blanked != step->blanked)
		fail_msg("%s\n%s: %lld rows set aside and %lld values left out, should be %lld and %lld", q->what,
			 step->folder, (long long)v.rows_aside, (long long)v.values_blanked, (long long)step->aside,
			 (long long)step->blanked);
	assert_said(c, q, step);
}

static void run_sequence(const struct sequence *q)
{
	char folder[] = "/tmp/byname-edges-XXXXXX";
	assert_non_null(mkdtemp(folder));
	struct arena *a = arena_new("edges", 256 << 20);
	struct app app = {.where = str_from(folder), .data = str_from(folder)};
	struct db *db = NULL;
	struct str key = str_fmt(a, "%s/byname.key", folder);
	ok(a, db_open(a, app.where, DB_CREATE, &db));
	ok(a, keys_create(a, key));
	ok(a, keys_load(a, key, &app.keys));
	ok(a, store_setup(db, a, app.keys, (struct instant){1790000000000}));
	struct call c = {
		.app = &app,
		.db = db,
		.arena = a,
		.actor = {.kind = ACTOR_OPERATOR, .id = S("tester")},
		.now = {1790000000000},
		.today = instant_day((struct instant){1790000000000}),
		.route = S("test"),
	};
	for (const struct step *step = q->steps; step < q->steps + STEPS_MAX && step->folder != NULL; step++)
		run_step(&c, q, step);
	db_close(&db);
	keys_free(&app.keys);
	static const char *const files[] = {"byname.db", "byname.db-wal", "byname.db-shm", "byname.key", "import.lock"};
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		unlink(str_c(a, str_fmt(a, "%s/%s", folder, files[i])));
	rmdir(folder);
	arena_free(&a);
}

static void test_edges(void **state)
{
	(void)state;
	if (shared == NULL)
		skip();
	for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++)
		run_sequence(&sequences[i]);
}

int main(void)
{
	shared = getenv("BYNAME_SHARED");
	if (shared == NULL)
		shared = SOURCE_ROOT "/../shared";
	if (access(shared, R_OK) != 0) {
		fprintf(stderr, "edges_import: skipped, there is no folder %s\n", shared);
		shared = NULL;
	}
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_edges)};
	return cmocka_run_group_tests_name("edges in the database", tests, NULL, NULL);
}
