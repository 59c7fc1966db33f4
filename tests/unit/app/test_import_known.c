/* The short way of an import, for people about whom an export says nothing new, against the long way,
 * which everybody takes whose sum of bytes is not known: both must come to the same. */
#include "import_fixture.h"

#include <stdio.h>
#include <string.h>

#include "hmis/demo.h"

#define HEAD(day)                                                                                                      \
	(&(const struct export_head){                                                                                  \
		.source = "S1",                                                                                        \
		.date = "2026-" day " 12:00:00",                                                                       \
		.start = "2024-01-01",                                                                                 \
		.end = "2026-12-31",                                                                                   \
		.directive = 2,                                                                                        \
		.hash = 1,                                                                                             \
	})

/* Everybody takes the long way in the next import. */
static void forget(struct store *s)
{
	store_force(s, "UPDATE hmis_person SET bytes = NULL");
}

/* How many rows of people and of their list an import wrote; that sums of bytes come back is no matter. */
static int64_t written(struct store *s, int64_t import)
{
	static const char *const tables[] = {"client",           "enrollment",   "listing", "household_member",
					     "household_agency", "hmis_deleted", "movement"};
	int64_t n = 0;
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		n += store_number(s, str_c(s->a, str_fmt(s->a, "SELECT count(*) FROM %s WHERE from_import = %lld",
							 tables[i], (long long)import)));
	return n;
}

static int64_t people_written(struct store *s, int64_t import)
{
	return store_number(s, str_c(s->a, str_fmt(s->a, "SELECT count(*) FROM hmis_person WHERE from_import = %lld",
						   (long long)import)));
}

static const char *demo(struct store *s, int months, int permille)
{
	struct demo_made made;
	struct str folder = str_fmt(s->a, "%s/demo%d-%d", s->dir, months, permille);
	assert_ok(s, demo_write(s->a,
				&(struct demo_options){.people = 400,
						       .seed = 11,
						       .folder = folder,
						       .today = instant_day(NOW),
						       .months_later = months,
						       .changed_permille = permille,
						       .threads = 1},
				NULL, &made));
	return str_c(s->a, folder);
}

/* The digest tells which way was taken: the short one does not look at it. */
static void test_short(void **state)
{
	struct store *s = *state;
	struct import_view v;
	const char *path = demo(s, 0, 0);
	import_apply(s, path, &v);
	int64_t people = store_number(s, "SELECT count(*) FROM hmis_person");
	int64_t plain = store_number(s, "SELECT count(*) FROM hmis_person WHERE bytes IS NOT NULL");
	assert_true(plain > people * 3 / 4);
	store_force(s, "UPDATE hmis_person SET digest = digest / 2 + 1");
	import_apply(s, path, &v);
	assert_int_equal(people_written(s, 2), people - plain);
	assert_int_equal(written(s, 2), 0);
	assert_int_equal(v.clients.unchanged, people);
	forget(s);
	store_force(s, "UPDATE hmis_person SET digest = digest / 2 + 1");
	import_apply(s, path, &v);
	assert_int_equal(people_written(s, 3), people);
}

/* A month later, and some households saved anew: what the short way left is what the long one makes. */
static void test_agree(void **state)
{
	struct store *s = *state;
	struct import_view v;
	struct import_view again;
	import_apply(s, demo(s, 0, 0), &v);
	const char *later = demo(s, 1, 50);
	import_apply(s, later, &v);
	assert_true(v.clients.changed > 0 && v.clients.unchanged > v.clients.changed);
	assert_true(written(s, 2) > 0);
	forget(s);
	import_apply(s, later, &again);
	assert_int_equal(written(s, 3), 0);
	assert_int_equal(again.clients.unchanged, v.clients.added + v.clients.changed + v.clients.unchanged);
	assert_int_equal(again.rows_aside, v.rows_aside);
	assert_int_equal(again.values_blanked, v.values_blanked);
	assert_int_equal(again.households_after, v.households_after);
	assert_int_equal(again.files_n, v.files_n);
	for (size_t i = 0; i < v.files_n; i++)
		assert_memory_equal(&again.files[i].counts, &v.files[i].counts, sizeof v.files[i].counts);
}

/* A preview counts the same as the import it is of. */
static void test_preview(void **state)
{
	struct store *s = *state;
	struct import_view v;
	struct import_view look;
	import_apply(s, demo(s, 0, 0), &v);
	const char *later = demo(s, 1, 50);
	assert_ok(s, app_import_stage(import_operator(s), later, IMPORT_LOOK, NULL, &look));
	import_apply(s, later, &v);
	assert_memory_equal(&look.clients, &v.clients, sizeof v.clients);
	assert_memory_equal(&look.enrollments, &v.enrollments, sizeof v.enrollments);
	assert_int_equal(look.rows_aside, v.rows_aside);
}

#define ORGANIZATIONS                                                                                                  \
	{                                                                                                              \
		"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"                            \
						 "O2,Quiet Harbor,1,2026-01-01 00:00:00,\n"                            \
	}
#define PROJECT_ROWS                                                                                                   \
	PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"                                                      \
		"P2,O1,Millpond Homes,3,2026-01-01 00:00:00,\n"
#define CLIENT_ROWS                                                                                                    \
	"C1,Flint,,Marrow,900777777,1971-07-07,0,2026-07-02 09:00:00,\n"                                               \
	"C2,Tansy,,Quillfeather,900777778,1972-07-07,0,2026-07-02 09:00:00,\n"
#define ENROLLMENT_ROWS                                                                                                \
	ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"                                               \
		   "E2,C2,P1,2026-06-01,H2,1,116,2026-06-02 09:00:00,\n"
#define SITUATION_ROWS SITUATION "L1,E1,C1,2026-08-01,101,2026-08-01 09:00:00,\n"

/* The same bytes of a person that do not mean the same, and bytes that are looked at again each time. */
static void test_reasons(void **state)
{
	static const struct {
		const char *why;
		struct export_file files[5];
		int64_t changed; /* clients and enrollments */
		int64_t added;   /* enrollments */
		int64_t removed; /* enrollments */
		int64_t aside, blanked;
	} cases[] = {
		{"nothing",
		 {ORGANIZATIONS,
		  {"Project.csv", PROJECT_ROWS},
		  {"Client.csv", CLIENT CLIENT_ROWS},
		  {"Enrollment.csv", ENROLLMENT_ROWS},
		  {"CurrentLivingSituation.csv", SITUATION_ROWS}},
		 0,
		 0,
		 0,
		 0,
		 0},
		{"another header over the same rows",
		 {ORGANIZATIONS,
		  {"Project.csv", PROJECT_ROWS},
		  {"Client.csv", "PersonalID,LastName,MiddleName,FirstName,SSN,DOB,VeteranStatus,DateUpdated,"
				 "DateDeleted\n" CLIENT_ROWS},
		  {"Enrollment.csv", ENROLLMENT_ROWS},
		  {"CurrentLivingSituation.csv", SITUATION_ROWS}},
		 2,
		 0,
		 0,
		 0,
		 0},
		{"a project that became a victim service provider's",
		 {ORGANIZATIONS,
		  {"Project.csv", PROJECT "P1,O2,Millpond Shelter,0,2026-09-01 00:00:00,\n"},
		  {"Client.csv", CLIENT CLIENT_ROWS},
		  {"Enrollment.csv", ENROLLMENT_ROWS},
		  {"CurrentLivingSituation.csv", SITUATION_ROWS}},
		 0,
		 0,
		 2,
		 0,
		 0},
		{"an enrollment that now belongs to another person",
		 {ORGANIZATIONS,
		  {"Project.csv", PROJECT_ROWS},
		  {"Client.csv", CLIENT CLIENT_ROWS},
		  {"Enrollment.csv", ENROLLMENT_ROWS "E1,C2,P1,2026-06-01,H1,1,116,2026-09-02 09:00:00,\n"},
		  {"CurrentLivingSituation.csv", SITUATION_ROWS}},
		 0,
		 1,
		 0,
		 2,
		 0},
		{"a value that cannot be read",
		 {ORGANIZATIONS,
		  {"Project.csv", PROJECT_ROWS},
		  {"Client.csv", CLIENT "C1,Flint,,Marrow,900777777,1971-02-30,0,2026-07-02 09:00:00,\n"
					"C2,Tansy,,Quillfeather,900777778,1972-07-07,0,2026-07-02 09:00:00,\n"},
		  {"Enrollment.csv", ENROLLMENT_ROWS},
		  {"CurrentLivingSituation.csv", SITUATION_ROWS}},
		 1,
		 0,
		 0,
		 0,
		 1},
		{"a row that is too short to be sure of",
		 {ORGANIZATIONS,
		  {"Project.csv", PROJECT_ROWS},
		  {"Client.csv", CLIENT CLIENT_ROWS},
		  {"Enrollment.csv", ENROLLMENT_ROWS},
		  {"CurrentLivingSituation.csv", SITUATION_ROWS "L2,E1,C1,2026-09-01,101\n"}},
		 1,
		 0,
		 0,
		 0,
		 0},
		{"the rows of somebody who is deleted",
		 {ORGANIZATIONS,
		  {"Project.csv", PROJECT_ROWS},
		  {"Client.csv", CLIENT CLIENT_ROWS},
		  {"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-09-02 09:00:00,2026-09-02 09:00:00\n"
						"E2,C2,P1,2026-06-01,H2,1,116,2026-06-02 09:00:00,\n"},
		  {"CurrentLivingSituation.csv", SITUATION}},
		 0,
		 0,
		 1,
		 0,
		 0},
	};
	struct store *s = *state;
	int64_t import = 0;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct import_view v;
		struct export_file files[6] = {0};
		char source[16];
		/* A source of its own for each case: people are known by it. */
		snprintf(source, sizeof source, "S%zu", i);
		struct export_head head = *HEAD("08-10");
		head.source = source;
		memcpy(files, cases[0].files, sizeof cases[0].files);
		import_apply(s, export_write(s, &head, files), &v);
		head.date = "2026-08-12 12:00:00";
		memcpy(files, cases[i].files, sizeof cases[i].files);
		import_apply(s, export_write(s, &head, files), &v);
		import += 2;
		print_message("# %s\n", cases[i].why);
		assert_int_equal(v.clients.changed + v.enrollments.changed, cases[i].changed);
		assert_int_equal(v.enrollments.added, cases[i].added);
		assert_int_equal(v.enrollments.removed, cases[i].removed);
		assert_int_equal(v.rows_aside, cases[i].aside);
		assert_int_equal(v.values_blanked, cases[i].blanked);
		/* Said each time, by either way, and nothing more is made of it. */
		for (int way = 0; way < 2; way++) {
			struct import_view again;
			import_apply(s, export_write(s, &head, files), &again);
			assert_int_equal(again.rows_aside, cases[i].aside);
			assert_int_equal(again.values_blanked, cases[i].blanked);
			assert_int_equal(written(s, ++import), 0);
			forget(s);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_short),
		BOTH(test_agree),
		BOTH(test_preview),
		BOTH(test_reasons),
	};
	return cmocka_run_group_tests_name("import known", tests, NULL, NULL);
}
