/* Looking in after a move: which one is asked for on a day, and what is written of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/checkin.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MADE_30 = 1, MADE_90 = 2, MADE_180 = 4, MADE_365 = 8 };

static void which_one_is_asked_for(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		int days; /* since the move */
		unsigned made;
		size_t want;
	} rows[] = {
		{"on the day of the move", 0, 0, 0},
		{"a month is not over", 29, 0, 0},
		{"the first is due", 30, 0, 0},
		{"it was made early", 20, MADE_30, 1},
		{"it was made; the next is to come", 31, MADE_30, 1},
		{"the first was missed, and is not made up for", 90, 0, 1},
		{"six months", 180, MADE_30 | MADE_90, 2},
		{"a year", 365, 0, 3},
		{"a year, made", 365, MADE_365, CHECKINS_N},
		{"years later it is still asked for", 2000, MADE_30 | MADE_90 | MADE_180, 3},
	};
	struct day housed = {20000};
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t got = checkin_next(housed, day_add(housed, rows[i].days), rows[i].made);
		if (got != rows[i].want)
			print_error("%s: %zu\n", rows[i].what, got);
		assert_int_equal(got, rows[i].want);
	}
	assert_int_equal(checkin_due(housed, 1).n, 20090);
}

static void written_and_read(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 16);
	struct checkin back;
	for (enum checkin_found f = 0; f < FOUND_N; f++) {
		struct checkin c = {f, {20400}, S("The heating\nis out")};
		assert_true(checkin_read(checkin_text(a, &c), &back));
		assert_int_equal(back.found, f);
		assert_int_equal(back.day.n, 20400);
		assert_true(str_eq(back.words, c.words));
	}
	static const char *const bad[] = {"", "housed", "housed 2026-13-01\n", "gone 2026-11-01\n", " 2026-11-01\n"};
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(checkin_read(str_from(bad[i]), &back));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(which_one_is_asked_for),
		cmocka_unit_test(written_and_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
