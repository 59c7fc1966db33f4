/* Race, ethnicity and sex of an HMIS export as the groups that a policy's results are reported by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/import_client.h"
#include "app/policy_traits.h"
#include "base/buf.h"

static struct arena *arena;

/* Columns as traits are kept: the seven of 3.04 by its order, Sex, Woman, Man; "-" for an empty cell. */
static struct str kept(const char *cells)
{
	struct buf out = buf_new(arena, 100);
	for (const char *c = cells; *c != '\0'; c++) {
		if (c != cells)
			buf_char(&out, CLIENT_SEPARATOR);
		if (*c == '9')
			buf_lit(&out, "99");
		else if (*c != '-')
			buf_char(&out, *c);
	}
	return buf_text(&out);
}

static void groups_are_those_of_the_columns(void **state)
{
	(void)state;
	static const struct {
		const char *cells;
		const char *race, *sex;
	} table[] = {
		/* FY2026: Sex 0 female, 1 male; Woman and Man are gone. */
		{"10000000--", "American Indian, Alaska Native or Indigenous", "Female"},
		{"01000001--", "Asian or Asian American", "Male"},
		{"00100000--", "Black, African American or African", "Female"},
		{"00010001--", "Hispanic/Latina/o", "Male"},
		{"00001000--", "Middle Eastern or North African", "Female"},
		{"00000101--", "Native Hawaiian or Pacific Islander", "Male"},
		{"00000010--", "White", "Female"},
		/* More than one, whichever; Hispanic and another is more than one too. */
		{"00010010--", "More than one", "Female"},
		{"11111110--", "More than one", "Female"},
		/* 8, 9 and 99 are no answers, and neither are empty cells. */
		{"00000008--", "Not known", "Not known"},
		{"00000009--", "Not known", "Not known"},
		{"9999999---", "Not known", "Not known"},
		{"----------", "Not known", "Not known"},
		{"", "Not known", "Not known"},
		/* FY2024: no Sex; Woman and Man are columns of their own. Both, or neither, is not known here. */
		{"0000001910", "White", "Female"},
		{"0000001901", "White", "Male"},
		{"0000001-10", "White", "Female"},
		{"0010000911", "Black, African American or African", "Not known"},
		{"0010000900", "Black, African American or African", "Not known"},
		{"0010000999", "Black, African American or African", "Not known"},
		/* Where both ways are there, Sex counts. */
		{"0000001001", "White", "Female"},
		{"0000001110", "White", "Male"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct trait_values v;
		trait_groups(kept(table[i].cells), &v);
		const char *race = trait_table[TRAIT_RACE].says[v.group[TRAIT_RACE]];
		const char *sex = trait_table[TRAIT_SEX].says[v.group[TRAIT_SEX]];
		if (!str_eq(str_from(race), str_from(table[i].race)) || !str_eq(str_from(sex), str_from(table[i].sex)))
			fail_msg("%s: %s, %s", table[i].cells, race, sex);
	}
}

static void the_last_group_is_not_known(void **state)
{
	(void)state;
	for (int k = 0; k < TRAITS_N; k++)
		assert_string_equal(trait_table[k].says[trait_table[k].n - 1], "Not known");
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new("test", 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_are_those_of_the_columns),
		cmocka_unit_test(the_last_group_is_not_known),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
