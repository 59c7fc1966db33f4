/* The export against HUD's machine-readable FY2026 specification: columns in order, types, lengths, value
 * lists and nulls, but for the planted errors. Skipped where the specification is not at hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/day.h"
#include "export_table.h"
#include "hmis/demo.h"
#include "hmis/demo_plants.h"

enum { PEOPLE = 2500, SPEC_COLUMNS = 600, SPEC_VALUES = 1000, MEMORY = 512 << 20 };

struct spec_column {
	struct str file, name, type, list;
	bool nullable;
};

struct spec {
	struct arena *arena;
	struct spec_column columns[SPEC_COLUMNS];
	int columns_n;
	struct table lists;
};

/* One line of the published tables: "\n" ends it, quotes may stand around a cell with commas in it. */
static struct str next_cell(struct arena *a, struct str *rest)
{
	char *p = arena_many(a, rest->n + 1, char);
	size_t n = 0;
	size_t i = 0;
	bool quoted = false;
	for (; i < rest->n; i++) {
		char c = rest->p[i];
		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == ',' || c == '\n'))
			break;
		else if (c != '\r')
			p[n++] = c;
	}
	*rest = str_sub(*rest, i, rest->n);
	return (struct str){p, n};
}

static const char *shared_folder(struct arena *a)
{
	const char *from = getenv("BYNAME_SHARED");
	if (from == NULL || from[0] == '\0')
		from = SOURCE_ROOT "/../shared";
	const char *folder = str_c(a, str_fmt(a, "%s/data/hmis-spec", from));
	return access(folder, R_OK) == 0 ? folder : NULL;
}

/* Reads the first `keep` cells of each line and gives them to `line`. */
static void spec_lines(struct spec *s, const char *folder, const char *name, int keep,
		       void (*line)(struct spec *s, const struct str *cells))
{
	struct str rest = file_read(s->arena, folder, name);
	while (rest.n > 0) {
		struct str cells[8] = {{0}};
		for (int i = 0; rest.n > 0; i++) {
			struct arena_mark mark = arena_mark(s->arena);
			struct str cell = next_cell(s->arena, &rest);
			struct str kept = i < keep ? cell : S("");
			char small[256];
			size_t n = kept.n < sizeof(small) ? kept.n : sizeof(small);
			memcpy(small, kept.p, n);
			arena_rewind(s->arena, mark);
			if (i < keep)
				cells[i] = str_dup(s->arena, (struct str){small, n});
			bool last = rest.n == 0 || rest.p[0] == '\n';
			rest = str_sub(rest, 1, rest.n);
			if (last)
				break;
		}
		line(s, cells);
	}
}

static void add_column(struct spec *s, const struct str *cells)
{
	struct str name;
	struct str note;
	(void)str_cut(cells[2], '[', &name, &note); /* footnotes: "SSN[1]" */
	name = str_trim(name);
	const struct spec_column *last = s->columns_n > 0 ? &s->columns[s->columns_n - 1] : NULL;
	bool again = last != NULL && str_eq(last->name, name) && str_eq(last->file, cells[0]);
	if (str_eq(cells[2], S("Name")) || again)
		return;
	assert_true(s->columns_n < SPEC_COLUMNS);
	s->columns[s->columns_n++] = (struct spec_column){
		.file = cells[0],
		.name = name,
		.type = str_trim(cells[3]),
		.list = str_starts(cells[4], S("1.1000")) ? S("1.1") : str_trim(cells[4]),
		.nullable = cells[5].n > 0,
	};
}

static void add_value(struct spec *s, const struct str *cells)
{
	s->lists.cells[2 * s->lists.rows] = cells[0];
	s->lists.cells[2 * s->lists.rows + 1] = cells[1];
	assert_true(++s->lists.rows < SPEC_VALUES);
}

static bool list_has(const struct spec *s, struct str list, struct str value)
{
	bool known = false;
	for (int i = 0; i < s->lists.rows; i++) {
		if (!str_eq(s->lists.cells[2 * i], list))
			continue;
		known = true;
		if (str_eq(s->lists.cells[2 * i + 1], value))
			return true;
	}
	return !known; /* "(see note)" and the like */
}

static bool value_fits(const struct spec *s, const struct spec_column *c, struct str value)
{
	int64_t number;
	struct day day;
	struct instant instant;
	if (value.n == 0)
		return c->nullable;
	switch (c->type.p[0]) {
	case 'I':
		return str_to_i64(value, &number) && (c->list.n == 0 || list_has(s, c->list, value));
	case 'M':
		return str_to_i64(value, &number);
	case 'D':
		return day_parse(value, &day);
	case 'T':
		return value.n == 19 && instant_parse(value, &instant);
	case 'S':
		return !str_to_i64(str_sub(c->type, 1, c->type.n), &number) || (int64_t)str_utf8_len(value) <= number;
	default:
		return false;
	}
}

static void test_columns_and_values(void **state)
{
	struct arena *a = *state;
	const char *shared = shared_folder(a);
	if (shared == NULL) {
		print_message("[ note ] the specification is not at hand\n");
		skip();
	}
	struct spec *s = arena_one(a, struct spec);
	s->arena = a;
	s->lists.cells = arena_many(a, 2 * SPEC_VALUES, struct str);
	spec_lines(s, shared, "fy2026-draft-columns.csv", 6, add_column);
	spec_lines(s, shared, "fy2026-draft-lists.csv", 2, add_value);
	char root[] = "/tmp/byname-demo-XXXXXX";
	assert_non_null(mkdtemp(root));
	struct demo_made made;
	struct demo_options o = {.people = PEOPLE, .seed = 2, .folder = str_from(root), .today = {20778}};
	assert_null(demo_write(a, &o, NULL, &made));
	int at = 0;
	int64_t misfits[DEMO_FILE_COUNT] = {0};
	for (int i = 0; i < DEMO_FILE_COUNT; i++) {
		const char *name = str_c(a, str_fmt(a, "%s.csv", demo_files[i].name));
		struct table t = table_read(a, root, name);
		for (int c = 0; c < t.columns; c++, at++) {
			const struct spec_column *want = &s->columns[at];
			assert_true(at < s->columns_n);
			assert_true(str_eq(want->file, str_from(demo_files[i].name)));
			assert_true(str_eq_nocase(want->name, t.names[c]));
			for (int r = 0; r < t.rows; r++)
				misfits[i] += !value_fits(s, want, t.cells[r * t.columns + c]);
		}
		assert_int_equal(unlink(str_c(a, str_fmt(a, "%s/%s", root, name))), 0);
	}
	assert_int_equal(at, s->columns_n);
	int64_t n = made.planted_households;
	for (int i = 0; i < DEMO_FILE_COUNT; i++) {
		int64_t planted = 0;
		if (i == DEMO_FILE_Enrollment)
			planted = demo_plant_count(PLANT_NO_ENTRY, n) + demo_plant_count(PLANT_LONG_ID, n) +
				  demo_plant_count(PLANT_LEGACY_CODE, n);
		if (i == DEMO_FILE_CurrentLivingSituation)
			planted = demo_plant_count(PLANT_31_FEBRUARY, n);
		assert_int_equal(misfits[i], planted);
	}
	assert_int_equal(unlink(str_c(a, str_fmt(a, "%s/regions.csv", root))), 0);
	assert_int_equal(rmdir(root), 0);
}

static int with_arena(void **state)
{
	*state = arena_new("test", MEMORY);
	return 0;
}

static int without_arena(void **state)
{
	struct arena *a = *state;
	arena_free(&a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_columns_and_values, with_arena, without_arena),
	};
	return cmocka_run_group_tests_name("hmis_demo_spec", tests, NULL, NULL);
}
