/* hmis/columns.h and hmis/values.h against HUD's machine-readable specifications of both years. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "hmis/csv.h"
#include "hmis/spec.h"

enum { SPEC_MAX = 1 << 20 };

struct year {
	const char *prefix;
	enum hmis_years year;
};

static const struct year years[] = {{"fy2024", HMIS_FY2024}, {"fy2026-draft", HMIS_FY2026}};

/* Cells 0 to 3 of every row: columns are CSV, Name, Type, List; lists are List, Value, Text. */
struct table {
	struct arena *arena;
	const char *const *wanted;
	size_t wanted_n;
	struct str (*rows)[4];
	size_t n;
};

static err_t on_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	struct table *t = ctx;
	for (size_t i = 0; i < t->wanted_n; i++) {
		columns[i] = csv_column(h, str_from(t->wanted[i]));
		assert_int_not_equal(columns[i], CSV_ABSENT);
	}
	return NULL;
}

static err_t on_row(void *ctx, const struct csv_row *row)
{
	struct table *t = ctx;
	assert_true(t->n < 2000);
	for (size_t i = 0; i < t->wanted_n; i++)
		t->rows[t->n][i] = str_dup(t->arena, row->cells[i]);
	t->n++;
	return NULL;
}

static bool table_load(struct table *t, const char *prefix, const char *what, const char *const *wanted,
		       size_t wanted_n)
{
	const char *shared = getenv("BYNAME_SHARED");
	struct str path = str_fmt(t->arena, "%s/data/hmis-spec/%s-%s.csv",
				  shared == NULL ? SOURCE_ROOT "/../shared" : shared, prefix, what);
	FILE *f = fopen(str_c(t->arena, path), "rb");
	if (f == NULL)
		return false;
	char *bytes = arena_many(t->arena, SPEC_MAX, char);
	struct str text = {bytes, fread(bytes, 1, SPEC_MAX, f)};
	fclose(f);
	t->wanted = wanted;
	t->wanted_n = wanted_n;
	t->n = 0;
	t->rows = arena_alloc(t->arena, 2000, sizeof *t->rows);
	struct csv_scan scan = {.columns_n = wanted_n, .threads = 1, .ctx = t, .header = on_header, .row = on_row};
	assert_null(csv_scan_bytes(t->arena, text, &scan));
	return true;
}

/* The spec was made by a spreadsheet: list 1.1 became a number with a rounding error there, footnotes stand in
 * names, and two lists were renamed between the years. */
static struct str list_number(struct str n)
{
	static const struct {
		struct str theirs, ours;
	} odd[] = {
		{STR_INIT("1.1000000000000001"), STR_INIT("1.1")},
		{STR_INIT("4.1399999999999997"), STR_INIT("4.14")},
		{STR_INIT("W5.AB"), STR_INIT("W5.A-B")},
	};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		if (str_eq(n, odd[i].theirs))
			return odd[i].ours;
	if (n.n == 0 || n.p[0] == '(' || n.p[0] == '*')
		return (struct str){0};
	return n;
}

static const struct hmis_column *find(enum hmis_file f, struct str name)
{
	const struct hmis_file_spec *spec = &hmis_files[f];
	for (size_t i = 0; i < spec->n; i++)
		if (str_eq(spec->columns[i].name, name) || str_eq(hmis_column_alias(spec->columns[i].name), name))
			return &spec->columns[i];
	return NULL;
}

static void check_type(const struct hmis_column *c, struct str type)
{
	switch (c->type) {
	case HMIS_ID:
		/* Two files leave the length of ExportID open. */
		assert_true(str_eq(type, S("S32")) || str_eq(type, S("S")));
		break;
	case HMIS_TEXT: {
		int64_t max = 0;
		assert_true(type.p[0] == 'S' && str_to_i64(str_sub(type, 1, type.n), &max));
		assert_true(max <= c->max);
		break;
	}
	case HMIS_INT:
		assert_true(str_eq(type, S("I")));
		break;
	case HMIS_DAY:
		assert_true(str_eq(type, S("D")));
		break;
	case HMIS_INSTANT:
		assert_true(str_eq(type, S("T")));
		break;
	case HMIS_MONEY:
		assert_true(str_eq(type, S("M")));
		break;
	}
}

static void check_columns(struct table *t, const struct year *y)
{
	size_t seen[HMIS_FILE_COUNT][HMIS_COLUMNS_MAX] = {0};
	for (size_t r = 0; r < t->n; r++) {
		struct str file = str_fmt(t->arena, "%.*s.csv", STR_ARG(t->rows[r][0]));
		struct str name;
		struct str footnote;
		str_cut(t->rows[r][1], '[', &name, &footnote);
		for (enum hmis_file f = 0; f < HMIS_FILE_COUNT; f++) {
			if (!str_eq(hmis_files[f].name, file))
				continue;
			const struct hmis_column *c = find(f, name);
			if (c == NULL) {
				fail_msg("%s: %.*s.%.*s is not in our table", y->prefix, STR_ARG(file), STR_ARG(name));
				return;
			}
			assert_true(c->years & y->year);
			seen[f][c - hmis_files[f].columns]++;
			check_type(c, t->rows[r][2]);
			/* A list that changed between the years is that of FY2026. */
			struct str list = list_number(t->rows[r][3]);
			if (y->year == HMIS_FY2026 && c->load == HMIS_LOAD && list.n != 0)
				assert_true(str_eq(hmis_lists[c->list].number, list));
		}
	}
	for (enum hmis_file f = 0; f < HMIS_FILE_COUNT; f++)
		for (size_t i = 0; i < hmis_files[f].n; i++)
			if ((hmis_files[f].columns[i].years & y->year) && seen[f][i] == 0)
				fail_msg("%s: %s.%s is not in the specification", y->prefix, hmis_files[f].name.p,
					 hmis_files[f].columns[i].name.p);
}

static void test_columns(void **state)
{
	(void)state;
	static const char *const wanted[] = {"CSV", "Name", "Type", "List"};
	struct table t = {.arena = arena_new("test", 64 << 20)};
	for (size_t i = 0; i < 2; i++) {
		if (!table_load(&t, years[i].prefix, "columns", wanted, 4)) {
			arena_free(&t.arena);
			print_message("the shared data are not here: nothing was checked\n");
			skip();
		}
		check_columns(&t, &years[i]);
	}
	arena_free(&t.arena);
}

static void check_values(struct table *t, const struct year *y)
{
	for (enum hmis_list_id l = HMIS_LIST_NONE + 1; l < HMIS_LIST_COUNT; l++) {
		const struct hmis_list *list = &hmis_lists[l];
		size_t theirs = 0;
		size_t ours = 0;
		for (size_t v = 0; v < list->n; v++)
			ours += (list->values[v].years & y->year) != 0;
		for (size_t r = 0; r < t->n; r++) {
			int64_t code;
			if (list->n == 0 || !str_eq(list_number(t->rows[r][0]), list->number))
				continue;
			assert_true(str_to_i64(t->rows[r][1], &code));
			theirs++;
			struct str text = hmis_value_text(l, code);
			if (text.n == 0)
				fail_msg("%s: list %s lacks %d", y->prefix, list->number.p, (int)code);
			if (y->year == HMIS_FY2026)
				assert_true(str_eq(text, t->rows[r][2]));
		}
		if (theirs != ours)
			fail_msg("%s: list %s has %zu values, ours %zu", y->prefix, list->number.p, theirs, ours);
	}
}

static void test_values(void **state)
{
	(void)state;
	static const char *const wanted[] = {"List", "Value", "Text"};
	struct table t = {.arena = arena_new("test", 64 << 20)};
	for (size_t i = 0; i < 2; i++) {
		if (!table_load(&t, years[i].prefix, "lists", wanted, 3)) {
			arena_free(&t.arena);
			skip();
		}
		check_values(&t, &years[i]);
	}
	arena_free(&t.arena);
}

/* HUD's table of which living situations belong to which column. */
static void test_situations(void **state)
{
	(void)state;
	static const struct {
		int16_t code;
		bool prior, current, destination;
	} table[] = {
		{101, true, true, true},   {116, true, true, true},   {118, true, true, true},
		{204, true, true, true},   {225, true, true, true},   {302, true, true, true},
		{312, false, false, true}, {313, false, false, true}, {314, true, true, true},
		{327, false, false, true}, {335, true, true, false},  {336, true, true, false},
		{410, true, true, true},   {422, false, false, true}, {423, false, false, true},
		{426, false, false, true}, {435, true, true, true},   {17, false, true, true},
		{24, false, false, true},  {30, false, false, true},  {37, false, true, true},
		{8, true, true, true},     {9, true, true, true},     {99, true, true, true},
		{1, false, false, false},  {16, false, false, false}, {419, false, false, false},
		{0, false, false, false},  {-1, false, false, false}, {500, false, false, false},
	};
	const struct hmis_column *prior = &hmis_files[HMIS_Enrollment].columns[HMIS_Enrollment_LivingSituation];
	const struct hmis_column *current =
		&hmis_files[HMIS_CurrentLivingSituation].columns[HMIS_CurrentLivingSituation_CurrentLivingSituation];
	const struct hmis_column *destination = &hmis_files[HMIS_Exit].columns[HMIS_Exit_Destination];
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		assert_int_equal(hmis_value_allowed(prior, table[i].code), table[i].prior);
		assert_int_equal(hmis_value_allowed(current, table[i].code), table[i].current);
		assert_int_equal(hmis_value_allowed(destination, table[i].code), table[i].destination);
	}
	assert_true(hmis_situation_is_legacy(1) && hmis_situation_is_legacy(16) && hmis_situation_is_legacy(36));
	assert_false(hmis_situation_is_legacy(8) || hmis_situation_is_legacy(99) || hmis_situation_is_legacy(101));
}

/* What is not loaded: staff, traits, kinds of disability, details of health and violence. */
static void test_not_loaded(void **state)
{
	(void)state;
	for (enum hmis_file f = 0; f < HMIS_FILE_COUNT; f++) {
		for (size_t i = 0; i < hmis_files[f].n; i++) {
			const struct hmis_column *c = &hmis_files[f].columns[i];
			assert_true(hmis_files[f].n <= HMIS_COLUMNS_MAX);
			/* Of traits only race, ethnicity and sex, for one report (app/policy_traits.h). */
			bool trait = c->about == HMIS_TRAIT && (f != HMIS_Client || c->load != HMIS_LOAD);
			if (trait || c->type == HMIS_MONEY || str_eq(c->name, S("UserID")))
				assert_int_equal(c->load, HMIS_SKIP);
			if (c->need >= HMIS_KEY)
				assert_int_equal(c->load, HMIS_LOAD);
		}
	}
	assert_int_equal(hmis_files[HMIS_Disabilities].columns[HMIS_Disabilities_DisabilityType].load, HMIS_CHECK);
	assert_int_equal(hmis_files[HMIS_Disabilities].columns[HMIS_Disabilities_TCellCount].load, HMIS_SKIP);
	assert_int_equal(hmis_files[HMIS_HealthAndDV].columns[HMIS_HealthAndDV_CurrentlyFleeing].load, HMIS_CHECK);
	assert_int_equal(hmis_files[HMIS_HealthAndDV].columns[HMIS_HealthAndDV_PregnancyStatus].load, HMIS_SKIP);
	assert_int_equal(hmis_files[HMIS_HealthAndDV].columns[HMIS_HealthAndDV_WhenOccurred].load, HMIS_SKIP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_situations),
		cmocka_unit_test(test_not_loaded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
