/* Regions of counties: domain/region.h. Expectations were drawn on paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/region.h"

/* Counties are letters: their regions as digits in order ("." for none), borders as pairs of letters. */
static const struct {
	const char *regions, *borders;
	const char *say; /* sentences about region 1, with "|" between */
} maps[] = {
	{"111", "AB BC", ""},
	{"111", "BC CA", ""},
	{"111", "AB", "Which counties border C is not written down."},
	{"111", "", "Which counties of R border each other is not written down."},
	{"1112", "AB CD", "C touches no other county of R."},
	{"1121", "AB BC CD", "D touches no other county of R."}, /* only by way of another region */
	{"11.1", "AB BC CD", "D touches no other county of R."}, /* or of a county of none */
	{"11111", "AB BC DE", "D and E touch each other, but no other county of R."},
	{"11111", "DE EC AB",
	 "A and B touch each other, but no other county of R."}, /* the larger piece is the region */
	{"1111111", "AB BC CD EF FG", "E, F and G hang together, but touch no other county of R."},
	{"1111", "AB CD",
	 "C and D touch each other, but no other county of R."}, /* as large: the first is the region */
	{"111122", "AB CE DF", "C touches no other county of R.|D touches no other county of R."},
	{"11112", "BC DE", "D touches no other county of R.|Which counties border A is not written down."},
	{"112", "AC BC", "B touches no other county of R."},
	{"1", "", ""}, /* alone in its region */
	{"12", "AB", ""},
	{"222", "AB", ""}, /* an empty region */
	{"", "", ""},
	{"1111", "AB AB BC CD DA", ""}, /* in a ring, one border twice */
};

static void a_region_hangs_together(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 20);
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
		struct region_county counties[26];
		struct region_border borders[26];
		size_t n = strlen(maps[i].regions), borders_n = 0, say_n;
		struct str *say;
		for (size_t k = 0; k < n; k++)
			counties[k] = (struct region_county){str_fmt(a, "%c", (int)('A' + k)),
							     maps[i].regions[k] == '.' ? -1 : maps[i].regions[k] - '0'};
		for (const char *p = maps[i].borders; *p != 0; p += p[2] == 0 ? 2 : 3)
			borders[borders_n++] = (struct region_border){p[0] - 'A', p[1] - 'A'};
		region_check(a, counties, n, borders, borders_n, 1, S("R"), &say, &say_n);
		struct str all = {0};
		for (size_t k = 0; k < say_n; k++)
			all = str_fmt(a, "%.*s%s%.*s", STR_ARG(all), k > 0 ? "|" : "", STR_ARG(say[k]));
		assert_string_equal(str_c(a, all), maps[i].say);
	}
	arena_free(&a);
}

static void coverage_is_low(void **state)
{
	(void)state;
	static const struct {
		int64_t households;
		bool hidden;
		size_t agencies;
		bool low;
	} cases[] = {
		{0, false, 0, false},  {12, false, 0, true}, {20, false, 1, false}, {21, false, 1, true},
		{40, false, 2, false}, {41, false, 2, true}, {3, true, 0, true},    {10, true, 1, false},
		{50, true, 1, false}, /* hidden beside a small one: the mark must not tell it */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(region_coverage_low(cases[i].households, cases[i].hidden, cases[i].agencies, 20),
				 cases[i].low);
}

static void a_new_region_gets_a_number(void **state)
{
	(void)state;
	static const int64_t taken[] = {1, 2, 7};
	static const struct {
		const char *name;
		int64_t number;
	} cases[] = {{"Region 5", 5}, {"Region 7", 3}, {"Northern Hills", 3},
		     {"Region 0", 3}, {"12", 12},      {"Region 99999999999999999999", 3}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(region_number(str_from(cases[i].name), taken, 3), cases[i].number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_region_hangs_together),
		cmocka_unit_test(coverage_is_low),
		cmocka_unit_test(a_new_region_gets_a_number),
	};
	return cmocka_run_group_tests_name("region", tests, NULL, NULL);
}
