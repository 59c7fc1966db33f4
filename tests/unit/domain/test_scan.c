/* The quick scan: its marks, how long a household takes, and what the record says of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/scan.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void marks_are_read_by_their_keys(void **state)
{
	(void)state;
	static const struct {
		struct str key;
		bool known;
		enum scan_mark mark;
	} rows[] = {
		{STR_INIT("fine"), true, SCAN_FINE},
		{STR_INIT("next"), true, SCAN_NEXT},
		{STR_INIT("step"), true, SCAN_STEP},
		{STR_INIT("Fine"), false, 0},
		{STR_INIT(""), false, 0},
		{STR_INIT("fines"), false, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum scan_mark mark = SCAN_MARKS_N;
		assert_int_equal(scan_mark_parse(rows[i].key, &mark), rows[i].known);
		assert_int_equal(mark, rows[i].known ? rows[i].mark : SCAN_MARKS_N);
	}
}

static void a_household_takes_what_lies_between_two_marks(void **state)
{
	(void)state;
	static const struct {
		int64_t at[4];
		size_t n;
		int seconds;
	} rows[] = {
		{{0}, 0, 0},
		{{5000}, 1, 0},
		{{5000, 11000}, 2, 6},
		{{0, 4000, 10000, 15000}, 4, 5},
		{{0, 4000, 400000, 406000}, 4, 5}, /* they talked in between */
		{{0, 400000}, 2, 0},
		{{9000, 3000, 7000}, 3, 4}, /* the clock went back */
		{{0, 400, 900}, 3, 0},      /* faster than anybody reads */
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct instant at[4];
		for (size_t k = 0; k < rows[i].n; k++)
			at[k] = (struct instant){rows[i].at[k]};
		assert_int_equal(scan_seconds(at, rows[i].n), rows[i].seconds);
	}
}

static void the_record_says_how_many(void **state)
{
	(void)state;
	static const struct {
		int counts[SCAN_MARKS_N];
		const char *say;
	} rows[] = {
		{{0, 0, 0}, ""},
		{{36, 3, 1}, "36 fine, 3 for the next meeting, 1 a step"},
		{{5, 0, 0}, "5 fine"},
		{{0, 0, 2}, "2 a step"},
	};
	struct arena *a = arena_new("test", 1 << 16);
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(str_c(a, scan_say(a, rows[i].counts)), rows[i].say);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_read_by_their_keys),
		cmocka_unit_test(a_household_takes_what_lies_between_two_marks),
		cmocka_unit_test(the_record_says_how_many),
	};
	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
