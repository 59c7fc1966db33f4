/* What reading has to make of each file of the public sample exports: how many rows, how many of them kept,
 * deleted or set aside, how many values left out, how many flags. The numbers were found by reading the
 * data beside the rules in hmis/read.h, and once more by a separate script over the same rules; they were
 * not taken from this program. What they mean is noted where it is not plain.
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

#include "base/arena.h"
#include "hmis/read.h"

enum { FILES_MAX = 20, NOTES_MAX = 4 };

struct file_expect {
	enum hmis_file file;
	uint64_t rows, kept, deleted, set_aside, blanked, flags;
};

struct folder_expect {
	const char *folder;
	const char *export_id;
	bool hashed;
	enum hmis_directive directive;
	enum hmis_problem notes[NOTES_MAX];  /* about the package as a whole */
	struct file_expect files[FILES_MAX]; /* ends with rows 0; files that are not named have no rows */
};

/* Rows with nothing odd. */
#define PLAIN(file, n) HMIS_##file, n, n, 0, 0, 0, 0

/* The export of six folders is the same but for one oddity. Its third living situation has no
 * InformationDate (its cells have shifted by one, which puts a number into DateUpdated and an ExportID into
 * DateDeleted), so it is set aside. Its enrollments lack HouseholdID: kept, one flag each. Living situations,
 * assessments and events name another ExportID. */
#define WAREHOUSE_ID "31a77b417911747e41ef9936f9a4b657"
#define WAREHOUSE_FILES                                                                                                \
	{PLAIN(Organization, 1)}, {PLAIN(Project, 1)}, {PLAIN(ProjectCoC, 1)}, {PLAIN(HMISParticipation, 1)},          \
		{PLAIN(Exit, 1)}, {PLAIN(AssessmentResults, 2)},                                                       \
	{                                                                                                              \
		PLAIN(Event, 2)                                                                                        \
	}
#define SHIFTED_SITUATION HMIS_CurrentLivingSituation, 3, 2, 0, 1, 0, 1

static const struct folder_expect folders[] = {
	{"edge-exports/bad_data/source",
	 WAREHOUSE_ID,
	 false,
	 HMIS_OTHER_REFRESH,
	 {HMIS_EXPORT_MIXED},
	 {
		 {PLAIN(Organization, 1)},
		 {HMIS_Project, 1, 1, 0, 0, 2, 2}, /* dates written 12-31-2015 */
		 {PLAIN(ProjectCoC, 1)},
		 {HMIS_HMISParticipation, 1, 1, 0, 0, 2, 2}, /* the same */
		 {PLAIN(Funder, 1)},
		 {HMIS_Client, 134, 134, 0, 0, 6, 6}, /* two birth dates, four DateUpdated; odd quotes are names */
		 {HMIS_Enrollment, 4, 4, 0, 0, 0, 4},
		 {PLAIN(Exit, 1)},
		 {SHIFTED_SITUATION},
		 {PLAIN(Assessment, 2)},
		 {PLAIN(AssessmentResults, 2)},
		 {PLAIN(Event, 2)},
		 {PLAIN(Services, 18)},
	 }},
	{"edge-exports/bom_test/source",
	 WAREHOUSE_ID,
	 false,
	 HMIS_OTHER_REFRESH,
	 {HMIS_EXPORT_MIXED},
	 {WAREHOUSE_FILES,
	  {PLAIN(Funder, 1)},
	  {PLAIN(Client, 3)},
	  {HMIS_Enrollment, 4, 4, 0, 0, 0, 4},
	  {SHIFTED_SITUATION},
	  {PLAIN(Assessment, 2)},
	  {PLAIN(Services, 18)}}},
	{"edge-exports/date_updated_initial/source",
	 "TEST",
	 false,
	 HMIS_OTHER_REFRESH,
	 {0}, /* ExportStartDate has a tab behind it, which does not count */
	 {{PLAIN(Organization, 1)},
	  {PLAIN(Project, 1)},
	  {PLAIN(ProjectCoC, 1)},
	  {PLAIN(HMISParticipation, 1)},
	  {PLAIN(Client, 1)},
	  {PLAIN(Enrollment, 1)}}},
	{"edge-exports/date_updated_newer/source",
	 "TEST",
	 false,
	 HMIS_OTHER_REFRESH,
	 {0},
	 {{PLAIN(Organization, 1)},
	  {PLAIN(Project, 1)},
	  {PLAIN(ProjectCoC, 1)},
	  {PLAIN(HMISParticipation, 1)},
	  {PLAIN(Client, 1)},
	  {PLAIN(Enrollment, 1)}}},
	{"edge-exports/duplicate_primary_keys/source", /* reading keeps them all; importing decides */
	 WAREHOUSE_ID,
	 false,
	 HMIS_OTHER_REFRESH,
	 {HMIS_EXPORT_MIXED},
	 {WAREHOUSE_FILES,
	  {PLAIN(Funder, 3)},
	  {PLAIN(Client, 5)},
	  {HMIS_Enrollment, 5, 5, 0, 0, 0, 5},
	  {SHIFTED_SITUATION},
	  {PLAIN(Assessment, 3)},
	  {PLAIN(Services, 18)}}},
	{"edge-exports/enrollment_change_files/source",
	 WAREHOUSE_ID,
	 false,
	 HMIS_OTHER_REFRESH,
	 {HMIS_EXPORT_MIXED},
	 {WAREHOUSE_FILES,
	  {PLAIN(Funder, 1)},
	  {PLAIN(Client, 3)},
	  {HMIS_Enrollment, 4, 4, 0, 0, 0, 1}, /* three have a HouseholdID here */
	  {PLAIN(CurrentLivingSituation, 2)},
	  {PLAIN(Assessment, 2)},
	  {PLAIN(Services, 18)}}},
	{"edge-exports/enrollment_test_files/source",
	 WAREHOUSE_ID,
	 false,
	 HMIS_OTHER_REFRESH,
	 {HMIS_EXPORT_MIXED},
	 {WAREHOUSE_FILES,
	  {PLAIN(Funder, 1)},
	  {PLAIN(Client, 3)},
	  {HMIS_Enrollment, 4, 4, 0, 0, 0, 4},
	  {SHIFTED_SITUATION},
	  {PLAIN(Assessment, 2)},
	  {PLAIN(Services, 18)}}},
	{"edge-exports/enrollment_with_deletes_test_files/source",
	 WAREHOUSE_ID,
	 false,
	 HMIS_OTHER_REFRESH,
	 {HMIS_EXPORT_MIXED},
	 {WAREHOUSE_FILES,
	  {PLAIN(Funder, 1)},
	  {HMIS_Client, 3, 3, 1, 0, 0, 0},
	  {HMIS_Enrollment, 4, 4, 2, 0, 0, 4},
	  {PLAIN(CurrentLivingSituation, 2)},
	  {PLAIN(Assessment, 2)},
	  {HMIS_Services, 18, 18, 3, 0, 0, 0}}},
	{"edge-exports/ensure_households/source",
	 "RELATIONSHIP-TEST",
	 false,
	 HMIS_OTHER_REFRESH,
	 {0},
	 {{PLAIN(Organization, 1)},
	  {PLAIN(Project, 2)},
	  {PLAIN(ProjectCoC, 1)},
	  {PLAIN(HMISParticipation, 2)},
	  {PLAIN(Client, 8)},
	  {HMIS_Enrollment, 21, 21, 0, 0, 2, 4}, /* two RelationshipToHoH 0, two without HouseholdID */
	  {PLAIN(Exit, 5)}}},
	{"edge-exports/fix_household_ids/source",
	 "RELATIONSHIP-TEST",
	 false,
	 HMIS_OTHER_REFRESH,
	 {0},
	 {{PLAIN(Organization, 1)},
	  {PLAIN(Project, 2)},
	  {PLAIN(ProjectCoC, 1)},
	  {PLAIN(HMISParticipation, 2)},
	  {PLAIN(Client, 8)},
	  {HMIS_Enrollment, 21, 21, 0, 0, 2, 7}, /* the same two, and five without HouseholdID */
	  {PLAIN(Exit, 5)}}},
	{"edge-exports/forced_prioritization_placement_status/source",
	 WAREHOUSE_ID,
	 false,
	 HMIS_OTHER_REFRESH,
	 {HMIS_EXPORT_MIXED},
	 {WAREHOUSE_FILES,
	  {PLAIN(Funder, 1)},
	  {PLAIN(Client, 3)},
	  {HMIS_Enrollment, 4, 4, 0, 0, 0, 4},
	  {SHIFTED_SITUATION},
	  {HMIS_Assessment, 5, 5, 0, 0, 1, 1}, /* PrioritizationStatus 0 */
	  {PLAIN(Services, 18)}}},
	{"edge-exports/missing_total_income/source",
	 "MISSING-TOTAL-INCOME-TEST",
	 false,
	 HMIS_OTHER_REFRESH,
	 {0},
	 {{PLAIN(Organization, 1)},
	  {PLAIN(Project, 1)},
	  {PLAIN(ProjectCoC, 1)},
	  {PLAIN(Client, 1)},
	  {PLAIN(Enrollment, 3)}}},
	{"edge-exports/project_validation_constraint/source",
	 WAREHOUSE_ID,
	 false,
	 HMIS_OTHER_REFRESH,
	 {0},
	 {{PLAIN(Organization, 1)}, {PLAIN(Project, 6)}}},
	{"lsa-sample/export",
	 "LSAv8TestAug192026", /* the last of ten rows, and the one that the files name */
	 false,
	 HMIS_FULL_REFRESH,
	 {HMIS_EXPORT_ROWS},
	 {{PLAIN(Organization, 27)},
	  {PLAIN(Project, 72)},
	  {PLAIN(ProjectCoC, 72)},
	  {PLAIN(HMISParticipation, 71)},
	  {PLAIN(CEParticipation, 71)},
	  {PLAIN(Inventory, 104)},
	  {PLAIN(Funder, 174)},
	  {PLAIN(Client, 10606)},
	  {PLAIN(Enrollment, 16494)},
	  {HMIS_Exit, 14627, 14627, 0, 0, 4, 4}, /* four destinations are subsidy codes (419, 434, 434, 440) */
	  {PLAIN(Assessment, 1)},
	  {PLAIN(AssessmentResults, 1)},
	  {PLAIN(Services, 19012)},
	  {PLAIN(Disabilities, 180692)},
	  {PLAIN(HealthAndDV, 13100)}}},
	{"eva-demo",
	 "1036",
	 true,
	 HMIS_FULL_REFRESH,
	 {HMIS_HASHED},
	 {{PLAIN(Organization, 3)},
	  {PLAIN(Project, 27)},
	  {PLAIN(ProjectCoC, 26)},
	  {PLAIN(HMISParticipation, 26)},
	  {PLAIN(CEParticipation, 26)},
	  {PLAIN(Inventory, 81)},
	  {PLAIN(Funder, 59)},
	  {HMIS_Client, 4146, 4146, 0, 0, 4146, 4146}, /* every DateUpdated is written 03-11-21 */
	  {PLAIN(Enrollment, 4771)},
	  {PLAIN(Exit, 4295)},
	  {PLAIN(CurrentLivingSituation, 336)},
	  {PLAIN(Assessment, 78)},
	  {PLAIN(Event, 168)},
	  {PLAIN(Services, 4472)},
	  {PLAIN(Disabilities, 16639)},
	  {PLAIN(HealthAndDV, 9623)}}},
};

/* Rows and flags as they come, to be compared with the counts. */
struct seen {
	uint64_t rows[3];
	uint64_t flags;
	uint64_t last_line;
};

static err_t on_row(void *ctx, const struct hmis_row *row)
{
	struct seen *s = ctx;
	s->rows[row->worker]++;
	return NULL;
}

static err_t on_flag(void *ctx, const struct hmis_flag *flag)
{
	struct seen *s = ctx;
	assert_true(flag->line >= s->last_line);
	s->last_line = flag->line;
	s->flags++;
	return NULL;
}

static const struct file_expect *expect_of(const struct folder_expect *f, enum hmis_file file)
{
	for (size_t i = 0; i < FILES_MAX && f->files[i].rows != 0; i++)
		if (f->files[i].file == file)
			return &f->files[i];
	return NULL;
}

static void check_notes(const struct folder_expect *want, const struct hmis_package *p)
{
	size_t n;
	const struct hmis_flag *flags = hmis_package_flags(p, &n);
	size_t notes = 0;
	for (size_t i = 0; i < n; i++) {
		if (flags[i].file != HMIS_FILE_COUNT)
			continue;
		assert_true(notes < NOTES_MAX);
		assert_int_equal(flags[i].problem, want->notes[notes]);
		notes++;
	}
	if (notes < NOTES_MAX)
		assert_int_equal(want->notes[notes], 0);
}

static void check_folder(const char *shared, const struct folder_expect *want)
{
	struct arena *a = arena_new("test", 256 << 20);
	struct str path = str_fmt(a, "%s/data/%s", shared, want->folder);
	struct hmis_package *p;
	err_t e = hmis_package_open(a, str_c(a, path), &p);
	if (e != NULL)
		fail_msg("%s: %.*s", want->folder, STR_ARG(e->say));
	const struct hmis_export *export = hmis_package_export(p);
	assert_true(str_eq(export->id, str_from(want->export_id)));
	assert_int_equal(export->year, HMIS_FY2026);
	assert_int_equal(export->hashed, want->hashed);
	assert_int_equal(export->directive, want->directive);
	check_notes(want, p);

	struct hmis_job jobs[HMIS_FILE_COUNT];
	struct seen seen[HMIS_FILE_COUNT] = {0};
	size_t n = 0;
	for (enum hmis_file f = HMIS_Export + 1; f < HMIS_FILE_COUNT; f++, n++)
		jobs[n] = (struct hmis_job){.file = f, .ctx = &seen[n], .row = on_row, .flag = on_flag};
	assert_null(hmis_read(a, p, jobs, n, &(struct hmis_read_options){.threads = 3}));
	for (size_t i = 0; i < n; i++) {
		static const struct file_expect none;
		const struct file_expect *w = expect_of(want, jobs[i].file);
		if (w == NULL)
			w = &none;
		const struct hmis_counts *c = &jobs[i].counts;
		if (c->rows != w->rows || c->kept != w->kept || c->deleted != w->deleted ||
		    c->set_aside != w->set_aside || c->blanked != w->blanked || c->flags != w->flags)
			fail_msg("%s/%s: %d rows, %d kept, %d deleted, %d set aside, %d blanked, %d flags",
				 want->folder, hmis_files[jobs[i].file].name.p, (int)c->rows, (int)c->kept,
				 (int)c->deleted, (int)c->set_aside, (int)c->blanked, (int)c->flags);
		assert_int_equal(seen[i].rows[0] + seen[i].rows[1] + seen[i].rows[2], c->kept);
		assert_true(seen[i].flags == c->flags || c->flags > HMIS_FLAGS_PER_CHUNK);
	}
	hmis_package_close(&p);
	arena_free(&a);
}

static void test_folders(void **state)
{
	(void)state;
	const char *shared = getenv("BYNAME_SHARED");
	if (shared == NULL)
		shared = SOURCE_ROOT "/../shared";
	if (access(shared, R_OK) != 0) {
		print_message("the shared data are not here: nothing was checked\n");
		skip();
	}
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		check_folder(shared, &folders[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_folders)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
