/* Open days, and the federal holidays against dates that are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "domain/calendar.h"

static struct day day(const char *text)
{
	struct day d;
	assert_true(day_parse(str_from(text), &d));
	return d;
}

static void open_days(void **state)
{
	(void)state;
	const struct day holidays[] = {day("2026-11-26"), day("2026-11-27"), day("2026-12-25")};
	const struct calendar c = {holidays, 3};
	static const struct {
		const char *from;
		int n;
		const char *to;
	} cases[] = {
		{"2026-11-20", 0, "2026-11-20"}, /* a Friday */
		{"2026-11-21", 0, "2026-11-23"}, /* a Saturday */
		{"2026-11-20", 1, "2026-11-23"}, {"2026-11-22", 1, "2026-11-23"}, {"2026-11-25", 1, "2026-11-30"},
		{"2026-11-26", 0, "2026-11-30"}, {"2026-11-23", 5, "2026-12-02"}, {"2026-12-24", 1, "2026-12-28"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct day got = calendar_add(&c, day(cases[i].from), cases[i].n);
		assert_int_equal(got.n, day(cases[i].to).n);
		assert_true(calendar_is_open(&c, got));
		if (cases[i].n > 0)
			assert_int_equal(calendar_count(&c, day(cases[i].from), got), cases[i].n);
	}
	assert_int_equal(calendar_count(&c, day("2026-11-25"), day("2026-11-25")), 0);
	assert_int_equal(calendar_count(&c, day("2026-11-25"), day("2026-11-20")), 0);
}

static void federal_holidays(void **state)
{
	(void)state;
	static const struct {
		int year;
		const char *days[CALENDAR_FEDERAL];
	} cases[] = {
		{2026,
		 {"2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07",
		  "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25"}},
		{2022,
		 {"2021-12-31", "2022-01-17", "2022-02-21", "2022-05-30", "2022-06-20", "2022-07-04", "2022-09-05",
		  "2022-10-10", "2022-11-11", "2022-11-24", "2022-12-26"}},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct day got[CALENDAR_FEDERAL];
		calendar_federal(cases[i].year, got);
		for (int k = 0; k < CALENDAR_FEDERAL; k++)
			assert_int_equal(got[k].n, day(cases[i].days[k]).n);
		const struct calendar c = {got, CALENDAR_FEDERAL};
		for (int k = 0; k < CALENDAR_FEDERAL; k++)
			assert_false(calendar_is_open(&c, got[k]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(open_days),
		cmocka_unit_test(federal_holidays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
