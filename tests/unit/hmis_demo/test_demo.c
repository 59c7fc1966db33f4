/* The made-up CoC: the same bytes from the same seed, whole references, planted errors in the promised
 * number, invented names, and a plausible next month. */
#include <dirent.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "export_table.h"
#include "hmis/demo.h"
#include "hmis/demo_names.h"
#include "hmis/demo_plants.h"

enum { PEOPLE = 2000, SEED = 11, TODAY = 20778 /* 2026-11-21 */, MEMORY = 1 << 30 };

/* One world that most tests look at, in a folder of its own. */
struct fixture {
	struct arena *arena;
	char root[32];
	struct str world;
	struct demo_made made;
};

static struct str folder_of(struct fixture *f, const char *name)
{
	return str_fmt(f->arena, "%s/%s", f->root, name);
}

static struct demo_made write_world(struct fixture *f, struct demo_options o, const char *name)
{
	struct demo_made made;
	o.folder = folder_of(f, name);
	o.today = (struct day){TODAY};
	assert_null(demo_write(f->arena, &o, NULL, &made));
	return made;
}

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	f->arena = arena_new("test", MEMORY);
	memcpy(f->root, "/tmp/byname-demo-XXXXXX", 24);
	assert_non_null(mkdtemp(f->root));
	f->made = write_world(f, (struct demo_options){.people = PEOPLE, .seed = SEED}, "world");
	f->world = folder_of(f, "world");
	*state = f;
	return 0;
}

static void remove_files(const char *path)
{
	DIR *dir = opendir(path);
	if (dir == NULL)
		return;
	for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
		char inner[PATH_MAX];
		if (e->d_name[0] == '.')
			continue;
		(void)snprintf(inner, sizeof(inner), "%s/%s", path, e->d_name);
		if (e->d_type == DT_DIR)
			remove_files(inner);
		else
			(void)unlink(inner);
	}
	closedir(dir);
	(void)rmdir(path);
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	remove_files(f->root);
	arena_free(&f->arena);
	free(f);
	return 0;
}

static struct table world_table(struct fixture *f, const char *name)
{
	return table_read(f->arena, str_c(f->arena, f->world), name);
}

static bool same_file(struct fixture *f, const char *a, const char *b, const char *name)
{
	struct str x = file_read(f->arena, str_c(f->arena, folder_of(f, a)), name);
	struct str y = file_read(f->arena, str_c(f->arena, folder_of(f, b)), name);
	return str_eq(x, y);
}

static void test_same_seed_same_bytes(void **state)
{
	struct fixture *f = *state;
	write_world(f, (struct demo_options){.people = PEOPLE, .seed = SEED, .threads = 1}, "again");
	write_world(f, (struct demo_options){.people = PEOPLE, .seed = SEED + 1}, "other");
	for (int i = 0; i < DEMO_FILE_COUNT; i++) {
		const char *name = str_c(f->arena, str_fmt(f->arena, "%s.csv", demo_files[i].name));
		assert_true(same_file(f, "world", "again", name));
	}
	assert_true(same_file(f, "world", "again", "regions.csv"));
	assert_false(same_file(f, "world", "other", "Client.csv"));
	assert_false(same_file(f, "world", "other", "Services.csv"));
}

static void test_exactly_the_people_asked_for(void **state)
{
	struct fixture *f = *state;
	static const int sizes[] = {1, 2, 3, 50, 51, 52, 53};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct str name = str_fmt(f->arena, "size%d", sizes[i]);
		write_world(f, (struct demo_options){.people = sizes[i], .seed = 3}, str_c(f->arena, name));
		struct table t =
			table_read(f->arena, str_c(f->arena, folder_of(f, str_c(f->arena, name))), "Client.csv");
		int64_t twice = demo_plant_count(PLANT_TWICE, sizes[i]);
		assert_int_equal(t.rows, sizes[i] + twice + 2); /* and the two of the victim service provider */
	}
}

/* Every key is there once, and every reference finds it, but for what was planted. */
static void test_keys_and_references(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *key, *file;
		int missing; /* kind of plant whose rows lack it */
	} keys[] = {
		{"OrganizationID", "Organization", PLANT_NONE},
		{"ProjectID", "Project", PLANT_NONE},
		{"UserID", "User", PLANT_NONE},
		{"PersonalID", "Client", PLANT_NONE},
		{"EnrollmentID", "Enrollment", PLANT_LOST_EXIT},
		{"AssessmentID", "Assessment", PLANT_NONE},
	};
	int64_t missing[6] = {0};
	struct table homes[6];
	struct str *sorted[6];
	for (int k = 0; k < 6; k++) {
		homes[k] = world_table(f, str_c(f->arena, str_fmt(f->arena, "%s.csv", keys[k].file)));
		sorted[k] = table_sorted(f->arena, &homes[k], keys[k].key);
	}
	for (int i = 0; i < DEMO_FILE_COUNT; i++) {
		struct table t = world_table(f, str_c(f->arena, str_fmt(f->arena, "%s.csv", demo_files[i].name)));
		struct str *own = table_sorted(f->arena, &t, str_c(f->arena, t.names[0]));
		int64_t twice = 0;
		for (int r = 1; r < t.rows; r++)
			twice += str_eq(own[r - 1], own[r]);
		assert_int_equal(twice,
				 i == DEMO_FILE_Client ? demo_plant_count(PLANT_TWICE, f->made.planted_households) : 0);
		for (int k = 0; k < 6; k++) {
			if (table_column(&t, keys[k].key) < 0)
				continue;
			for (int r = 0; r < t.rows; r++)
				missing[k] +=
					sorted_count(sorted[k], homes[k].rows, table_cell(&t, r, keys[k].key)) == 0;
		}
	}
	for (int k = 0; k < 6; k++)
		assert_int_equal(missing[k], keys[k].missing == PLANT_NONE
						     ? 0
						     : demo_plant_count((enum demo_plant)keys[k].missing,
									f->made.planted_households));
}

/* One wrong thing per row of a file: the planted kinds that can be seen without looking elsewhere. */
static enum demo_plant seen_in_row(const struct table *t, int file, int r)
{
	switch (file) {
	case DEMO_FILE_Enrollment:
		if (table_cell(t, r, "EntryDate").n == 0)
			return PLANT_NO_ENTRY;
		if (table_cell(t, r, "EnrollmentID").n == 33)
			return PLANT_LONG_ID;
		if (table_cell(t, r, "DateDeleted").n > 0)
			return PLANT_DELETED;
		if (str_eq(table_cell(t, r, "LivingSituation"), S("16")))
			return PLANT_LEGACY_CODE;
		if (str_eq(table_cell(t, r, "RelationshipToHoH"), S("99")))
			return PLANT_NO_HEAD;
		if (table_cell(t, r, "MoveInDate").n > 0 &&
		    str_cmp(table_cell(t, r, "MoveInDate"), table_cell(t, r, "EntryDate")) < 0)
			return PLANT_EARLY_MOVE_IN;
		if (table_cell(t, r, "TimesHomelessPastThreeYears").n > 0 &&
		    table_cell(t, r, "DateToStreetESSH").n == 0)
			return PLANT_NO_START;
		return PLANT_NONE;
	case DEMO_FILE_Exit:
		return str_cmp(table_cell(t, r, "ExitDate"), S("2026-11-21")) > 0 ? PLANT_FUTURE_EXIT : PLANT_NONE;
	case DEMO_FILE_CurrentLivingSituation:
		if (str_eq(table_cell(t, r, "InformationDate"), S("2026-02-31")))
			return PLANT_31_FEBRUARY;
		return memchr(table_cell(t, r, "LocationDetails").p, '\n', table_cell(t, r, "LocationDetails").n) !=
				       NULL
			       ? PLANT_LINE_BREAK
			       : PLANT_NONE;
	case DEMO_FILE_AssessmentResults:
		return table_cell(t, r, "AssessmentResult").p[0] > '9' ? PLANT_WORDY_SCORE : PLANT_NONE;
	default:
		return PLANT_NONE;
	}
}

static void test_planted_rows(void **state)
{
	struct fixture *f = *state;
	static const enum demo_plant kinds[] = {PLANT_NO_ENTRY,    PLANT_LONG_ID,     PLANT_DELETED,
						PLANT_LEGACY_CODE, PLANT_NO_HEAD,     PLANT_EARLY_MOVE_IN,
						PLANT_NO_START,    PLANT_FUTURE_EXIT, PLANT_31_FEBRUARY,
						PLANT_LINE_BREAK,  PLANT_WORDY_SCORE};
	int64_t seen[PLANT_COUNT] = {0};
	for (int i = 0; i < DEMO_FILE_COUNT; i++) {
		struct table t = world_table(f, str_c(f->arena, str_fmt(f->arena, "%s.csv", demo_files[i].name)));
		for (int r = 0; r < t.rows; r++)
			seen[seen_in_row(&t, i, r)]++;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		int64_t households = demo_plant_count(kinds[i], f->made.planted_households);
		assert_true(households > 0);
		assert_int_equal(seen[kinds[i]], households * demo_plants[kinds[i]].rows);
	}
}

/* What takes two rows to see: heads, exits, birth dates, overlaps. */
static void test_planted_pairs(void **state)
{
	struct fixture *f = *state;
	struct table enrollments = world_table(f, "Enrollment.csv");
	struct table exits = world_table(f, "Exit.csv");
	struct table clients = world_table(f, "Client.csv");
	struct str *ended = table_sorted(f->arena, &exits, "EnrollmentID");
	struct str *heads = arena_many(f->arena, (size_t)enrollments.rows, struct str);
	int64_t n = f->made.planted_households;
	int heads_n = 0;
	for (int r = 0; r < enrollments.rows; r++) {
		if (str_eq(table_cell(&enrollments, r, "RelationshipToHoH"), S("1")))
			heads[heads_n++] = table_cell(&enrollments, r, "HouseholdID");
	}
	int64_t doubled = 0;
	for (int i = 1; i < heads_n; i++) /* a household's rows stand together */
		doubled += str_eq(heads[i - 1], heads[i]);
	assert_int_equal(doubled, demo_plant_count(PLANT_TWO_HEADS, n));
	int64_t late = 0;
	for (int r = 0; r < enrollments.rows; r++) {
		struct str move_in = table_cell(&enrollments, r, "MoveInDate");
		struct str id = table_cell(&enrollments, r, "EnrollmentID");
		if (move_in.n == 0 || sorted_count(ended, exits.rows, id) == 0)
			continue;
		for (int e = 0; e < exits.rows; e++) {
			if (str_eq(table_cell(&exits, e, "EnrollmentID"), id))
				late += str_cmp(move_in, table_cell(&exits, e, "ExitDate")) > 0;
		}
	}
	assert_int_equal(late, demo_plant_count(PLANT_LATE_MOVE_IN, n));
	struct str *born = arena_many(f->arena, (size_t)clients.rows, struct str);
	int64_t unborn = 0;
	for (int r = 0; r < clients.rows; r++) {
		born[r] = table_cell(&clients, r, "PersonalID");
		struct str dob = table_cell(&clients, r, "DOB");
		bool after = false;
		for (int e = 0; e < enrollments.rows && dob.n > 0; e++) {
			struct str entry = table_cell(&enrollments, e, "EntryDate");
			if (entry.n > 0 && str_eq(table_cell(&enrollments, e, "PersonalID"), born[r]))
				after |= str_cmp(dob, entry) > 0;
		}
		unborn += after;
	}
	assert_int_equal(unborn, demo_plant_count(PLANT_LATE_BIRTH, n));
}

static bool take(struct str *s, const char *const *pool, int n)
{
	size_t best = 0;
	for (int i = 0; i < n; i++) {
		struct str word = str_from(pool[i]);
		if (str_starts(*s, word) && word.n > best)
			best = word.n;
	}
	*s = str_sub(*s, best, s->n);
	return best > 0;
}

static bool take_text(struct str *s, const char *text)
{
	return take(s, &text, 1);
}

static bool is_invented_first(struct str s)
{
	if (!take(&s, demo_name_first, NAME_FIRST))
		return false;
	if (take_text(&s, "-"))
		return take(&s, demo_name_first, NAME_FIRST) && s.n == 0;
	if (take_text(&s, " \""))
		return take(&s, demo_name_first, NAME_FIRST) && take_text(&s, "\"") && s.n == 0;
	return s.n == 0;
}

static bool is_invented_last(struct str s)
{
	(void)take(&s, demo_name_prefixes, NAME_PREFIXES);
	bool known = take(&s, demo_name_heads, NAME_HEADS) && take(&s, demo_name_tails, NAME_TAILS);
	if (known && take_text(&s, "-"))
		known = take(&s, demo_name_heads, NAME_HEADS) && take(&s, demo_name_tails, NAME_TAILS);
	if (known && take_text(&s, ", "))
		known = take(&s, demo_name_suffixes, NAME_SUFFIXES);
	return known && s.n == 0;
}

static void test_names_are_invented(void **state)
{
	struct fixture *f = *state;
	struct table t = world_table(f, "Client.csv");
	int oddities = 0;
	for (int r = 0; r < t.rows; r++) {
		struct str first = table_cell(&t, r, "FirstName");
		struct str middle = table_cell(&t, r, "MiddleName");
		struct str last = table_cell(&t, r, "LastName");
		assert_true(first.n == 0 || is_invented_first(first));
		assert_true(middle.n == 0 || is_invented_first(middle));
		assert_true(last.n == 0 || is_invented_last(last));
		oddities += memchr(first.p, '"', first.n) != NULL || memchr(last.p, '\'', last.n) != NULL ||
			    memchr(last.p, ',', last.n) != NULL || last.n == 0;
	}
	assert_true(oddities > PEOPLE / 50);
	struct table counties = table_read(f->arena, str_c(f->arena, f->world), "regions.csv");
	for (int r = 0; r < counties.rows; r++) {
		struct str county = table_cell(&counties, r, "county");
		assert_true(take(&county, demo_place_heads, PLACE_HEADS) &&
			    take(&county, demo_place_tails, PLACE_TAILS));
		assert_true(str_eq(county, S(" County")));
	}
}

static void test_no_issued_ssn(void **state)
{
	struct fixture *f = *state;
	struct table t = world_table(f, "Client.csv");
	int full = 0;
	for (int r = 0; r < t.rows; r++) {
		struct str ssn = table_cell(&t, r, "SSN");
		struct str area = str_sub(ssn, 0, 3);
		bool never = str_eq(area, S("000")) || str_eq(area, S("666")) || str_starts(ssn, S("9"));
		assert_true(ssn.n == 0 || str_starts(ssn, S("xxxxx")) || never);
		assert_true(ssn.n == 0 || ssn.n == 9);
		full += never;
		assert_int_equal(ssn.n > 0, table_cell(&t, r, "SSNDataQuality").n == 1 &&
						    table_cell(&t, r, "SSNDataQuality").p[0] <= '2');
	}
	assert_true(full > PEOPLE / 2);
}

/* The victim service provider's project has two clients, and nobody else's rows touch it. */
static void test_victim_project(void **state)
{
	struct fixture *f = *state;
	struct table agencies = world_table(f, "Organization.csv");
	struct table projects = world_table(f, "Project.csv");
	struct table enrollments = world_table(f, "Enrollment.csv");
	struct str victims = {0};
	for (int r = 0; r < agencies.rows; r++) {
		if (str_eq(table_cell(&agencies, r, "VictimServiceProvider"), S("1")))
			victims = table_cell(&agencies, r, "OrganizationID");
	}
	int clients = 0;
	for (int r = 0; r < projects.rows; r++) {
		if (!str_eq(table_cell(&projects, r, "OrganizationID"), victims))
			continue;
		for (int e = 0; e < enrollments.rows; e++)
			clients +=
				str_eq(table_cell(&enrollments, e, "ProjectID"), table_cell(&projects, r, "ProjectID"));
	}
	assert_int_equal(clients, 2);
}

static void test_regions(void **state)
{
	struct fixture *f = *state;
	struct table t = table_read(f->arena, str_c(f->arena, f->world), "regions.csv");
	struct table projects = world_table(f, "Project.csv");
	int counties = 0;
	int of_no_region = 0;
	int stray_projects = 0;
	for (int r = 0; r < t.rows; r++) {
		bool county = table_cell(&t, r, "project_id").n == 0;
		bool none = table_cell(&t, r, "region").n == 0;
		counties += county;
		of_no_region += county && none;
		stray_projects += !county && none;
	}
	assert_int_equal(counties, 101);
	assert_int_equal(of_no_region, 2);
	assert_int_equal(stray_projects, 1);
	struct str *known = table_sorted(f->arena, &t, "project_id");
	int absent = 0;
	for (int r = 0; r < projects.rows; r++)
		absent += sorted_count(known, t.rows, table_cell(&projects, r, "ProjectID")) == 0;
	assert_int_equal(absent, 1);
}

/* Every row as one text, without its last cell, the ExportID. */
static struct str *row_texts(struct arena *a, const struct table *t)
{
	struct str *texts = arena_many(a, (size_t)t->rows, struct str);
	for (int r = 0; r < t->rows; r++) {
		const struct str *cells = &t->cells[(size_t)r * (size_t)t->columns];
		size_t size = 0;
		for (int c = 0; c + 1 < t->columns; c++)
			size += cells[c].n + 1;
		char *p = arena_many(a, size, char);
		texts[r] = (struct str){p, size};
		for (int c = 0; c + 1 < t->columns; c++) {
			memcpy(p, cells[c].p, cells[c].n);
			p += cells[c].n;
			*p++ = '|';
		}
	}
	return texts;
}

/* How many rows of the world have changed in another export of it; `gone` counts those without their key. */
static int rows_changed(struct fixture *f, const char *folder, const char *name, int *gone, int *rows)
{
	struct table before = world_table(f, name);
	struct table after = table_read(f->arena, str_c(f->arena, folder_of(f, folder)), name);
	struct str *keys = table_sorted(f->arena, &after, str_c(f->arena, after.names[0]));
	struct str *texts = row_texts(f->arena, &before);
	struct table lines = {.names = (struct str[]){S("line")},
			      .columns = 1,
			      .cells = row_texts(f->arena, &after),
			      .rows = after.rows};
	struct str *found = table_sorted(f->arena, &lines, "line");
	int changed = 0;
	*gone = 0;
	*rows = before.rows;
	for (int r = 0; r < before.rows; r++) {
		bool there = sorted_count(keys, after.rows, before.cells[(size_t)r * (size_t)before.columns]) > 0;
		*gone += !there;
		changed += there && sorted_count(found, after.rows, texts[r]) == 0;
	}
	return changed;
}

static void test_next_month(void **state)
{
	struct fixture *f = *state;
	struct demo_options o = {.people = PEOPLE, .seed = SEED, .months_later = 1};
	struct demo_made made = write_world(f, o, "month");
	static const char *const names[] = {"Client.csv", "Enrollment.csv", "Exit.csv", "Assessment.csv"};
	int moved = 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int gone;
		int rows;
		int changed = rows_changed(f, "month", names[i], &gone, &rows);
		assert_int_equal(gone, 0);
		assert_true(changed * 20 < rows);
		moved += changed;
	}
	assert_true(moved > 0);
	static const enum demo_file grows[] = {DEMO_FILE_Client, DEMO_FILE_Enrollment, DEMO_FILE_Exit,
					       DEMO_FILE_Services};
	for (size_t i = 0; i < sizeof(grows) / sizeof(grows[0]); i++) {
		int64_t more = made.rows[grows[i]] - f->made.rows[grows[i]];
		assert_true(more * 100 >= f->made.rows[grows[i]]);
		assert_true(more * 20 <= f->made.rows[grows[i]]);
	}
}

static void test_saved_again(void **state)
{
	struct fixture *f = *state;
	struct demo_options o = {.people = PEOPLE, .seed = SEED, .changed_permille = 100};
	struct demo_made made = write_world(f, o, "touched");
	assert_memory_equal(made.rows, f->made.rows, sizeof(made.rows));
	int gone;
	int rows;
	int changed = rows_changed(f, "touched", "Enrollment.csv", &gone, &rows);
	assert_int_equal(gone, 0);
	assert_in_range(changed * 1000 / rows, 70, 130);
}

static void test_shape_of_the_benchmark(void **state)
{
	struct fixture *f = *state;
	enum { MANY = 20000 };
	struct demo_made made = write_world(f, (struct demo_options){.people = MANY, .seed = 5}, "many");
	const struct {
		int64_t got;
		double each;
	} shape[] = {
		{made.rows[DEMO_FILE_Enrollment], 3.0},
		{made.rows[DEMO_FILE_Exit], 2.65},
		{made.rows[DEMO_FILE_Services], 10.0},
		{made.bytes, 3500.0},
	};
	for (size_t i = 0; i < sizeof(shape) / sizeof(shape[0]); i++) {
		double share = (double)shape[i].got / (shape[i].each * MANY);
		assert_true(share > 0.85 && share < 1.15);
	}
}

static void test_refusals(void **state)
{
	struct fixture *f = *state;
	const struct day today = {TODAY};
	const struct {
		struct demo_options options;
		enum err_class class;
	} cases[] = {
		{{.people = 0, .today = today, .folder = folder_of(f, "no")}, ERR_INVALID},
		{{.people = 10, .today = today, .folder = folder_of(f, "no"), .months_later = 25}, ERR_INVALID},
		{{.people = 10, .today = today, .folder = folder_of(f, "no"), .changed_permille = 1001}, ERR_INVALID},
		{{.people = 10, .today = today, .folder = folder_of(f, "no"), .threads = 17}, ERR_INVALID},
		{{.people = 10, .today = DAY_NONE, .folder = folder_of(f, "no")}, ERR_INVALID},
		{{.people = 10, .today = today, .folder = folder_of(f, "no/such/folder")}, ERR_INVALID},
		{{.people = 10, .today = today, .folder = f->world}, ERR_CONFLICT},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct demo_made made = {.households = -1};
		err_t e = demo_write(f->arena, &cases[i].options, NULL, &made);
		assert_non_null(e);
		assert_int_equal(e->class, cases[i].class);
		assert_int_equal(made.households, -1);
	}
}

static void count_calls(void *context, int permille)
{
	int *last = context;
	assert_in_range(permille, 0, 1000);
	if (permille > *last)
		*last = permille;
}

static void test_progress_reaches_the_end(void **state)
{
	struct fixture *f = *state;
	int last = -1;
	struct demo_made made;
	struct demo_options o = {.people = 100, .seed = 1, .folder = folder_of(f, "told"), .today = {TODAY}};
	assert_null(demo_write(f->arena, &o, &(struct demo_progress){count_calls, &last}, &made));
	assert_int_equal(last, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_seed_same_bytes),
		cmocka_unit_test(test_exactly_the_people_asked_for),
		cmocka_unit_test(test_keys_and_references),
		cmocka_unit_test(test_planted_rows),
		cmocka_unit_test(test_planted_pairs),
		cmocka_unit_test(test_names_are_invented),
		cmocka_unit_test(test_no_issued_ssn),
		cmocka_unit_test(test_victim_project),
		cmocka_unit_test(test_regions),
		cmocka_unit_test(test_next_month),
		cmocka_unit_test(test_saved_again),
		cmocka_unit_test(test_shape_of_the_benchmark),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_progress_reaches_the_end),
	};
	return cmocka_run_group_tests_name("hmis_demo", tests, set_up, tear_down);
}
