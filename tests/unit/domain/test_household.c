/* What members of a household take from their head, case by case (DEFINITIONS "Household"). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/household.h"
#include "domain/standing.h"

enum { PSH = 3, SHELTER = 0, NONE = INT32_MIN };

/* Days are written as numbers: only their order and distance matter here. */
static struct day d(int n)
{
	return (struct day){n};
}

static void household_types(void **state)
{
	(void)state;
	static const struct {
		int ages[4];
		size_t n;
		enum household_type type;
	} cases[] = {
		{{40, 10}, 2, HOUSEHOLD_FAMILY},     {{40, 25}, 2, HOUSEHOLD_ADULTS},
		{{10, 12}, 2, HOUSEHOLD_CHILDREN},   {{40, -1}, 2, HOUSEHOLD_UNKNOWN},
		{{10, -1}, 2, HOUSEHOLD_UNKNOWN},    {{-1}, 1, HOUSEHOLD_UNKNOWN},
		{{40, 10, -1}, 3, HOUSEHOLD_FAMILY}, {{17}, 1, HOUSEHOLD_CHILDREN},
		{{18}, 1, HOUSEHOLD_ADULTS},         {{18, 17}, 2, HOUSEHOLD_FAMILY},
		{{0}, 0, HOUSEHOLD_UNKNOWN},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(household_type(cases[i].ages, cases[i].n), cases[i].type);
}

static void move_in_dates_that_count(void **state)
{
	(void)state;
	static const struct {
		int type, entry, exit, move_in, last, want;
	} cases[] = {
		{PSH, 100, NONE, 120, 200, 120},      {PSH, 100, NONE, 100, 200, 100},
		{PSH, 100, 150, 150, 200, 150},       {PSH, 100, NONE, 99, 200, NONE},
		{PSH, 100, 150, 151, 200, NONE},      {PSH, 100, NONE, 201, 200, NONE},
		{SHELTER, 100, NONE, 120, 200, NONE}, {PSH, 100, NONE, NONE, 200, NONE},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct household_stay s = {
			.entry = d(cases[i].entry), .exit = d(cases[i].exit), .move_in = d(cases[i].move_in)};
		assert_int_equal(household_move_in_valid(cases[i].type, &s, d(cases[i].last)).n, cases[i].want);
	}
}

static void a_member_moves_in_with_the_head_or_when_coming_later(void **state)
{
	(void)state;
	static const struct {
		int entry, exit, own, head, want;
	} cases[] = {
		{100, NONE, 115, 120, 115},    /* own date */
		{100, NONE, NONE, 120, 120},   /* there when the head moved in */
		{130, NONE, NONE, 120, 130},   /* came after that */
		{100, NONE, NONE, NONE, NONE}, /* the head has none */
		{100, 110, NONE, 120, NONE},   /* had left before */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct household_stay member = {
			.entry = d(cases[i].entry), .exit = d(cases[i].exit), .move_in = d(cases[i].own)};
		struct household_stay head = {.entry = d(100), .exit = DAY_NONE, .move_in = d(cases[i].head)};
		assert_int_equal(household_move_in(&member, &head).n, cases[i].want);
	}
}

static void the_start_on_the_street(void **state)
{
	(void)state;
	enum { YEAR = 365 };
	static const struct {
		int birth, entry, own, head_entry, head, want;
	} cases[] = {
		{0, 30 * YEAR, 29 * YEAR, NONE, NONE, 29 * YEAR},
		{29 * YEAR, 30 * YEAR, 28 * YEAR, NONE, NONE, 29 * YEAR},      /* capped at birth */
		{20 * YEAR, 30 * YEAR, NONE, 30 * YEAR, 28 * YEAR, 28 * YEAR}, /* a child takes the head's */
		{29 * YEAR, 30 * YEAR, NONE, 30 * YEAR, 28 * YEAR, 29 * YEAR}, /* capped at birth too */
		{20 * YEAR, 30 * YEAR, NONE, 30 * YEAR - 1, 28 * YEAR, NONE},  /* another entry date */
		{5 * YEAR, 30 * YEAR, NONE, 30 * YEAR, 28 * YEAR, NONE},       /* an adult does not */
		{0, 30 * YEAR, 30 * YEAR + 1, NONE, NONE, NONE},               /* after entry */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct household_stay member = {.entry = d(cases[i].entry),
						.exit = DAY_NONE,
						.birth = d(cases[i].birth),
						.to_street = d(cases[i].own)};
		struct household_stay head = {.entry = d(cases[i].head_entry),
					      .exit = DAY_NONE,
					      .birth = d(0),
					      .to_street = d(cases[i].head)};
		assert_int_equal(household_to_street(&member, cases[i].head_entry == NONE ? NULL : &head).n,
				 cases[i].want);
	}
}

static void chronic_goes_through_the_household(void **state)
{
	(void)state;
	static const struct chronic_member head_no = {ANSWER_NO, true, {100}};
	static const struct chronic_member head_yes = {ANSWER_YES, true, {100}};
	static const struct chronic_member head_unknown = {ANSWER_REFUSED, true, {100}};
	static const struct chronic_member adult_yes = {ANSWER_YES, true, {100}};
	static const struct chronic_member adult_late = {ANSWER_YES, true, {101}};
	static const struct chronic_member child_no = {ANSWER_NO, false, {100}};
	static const struct chronic_member child_yes = {ANSWER_YES, false, {100}};
	static const struct chronic_member child_missing = {ANSWER_MISSING, false, {100}};
	const struct {
		struct chronic_member head, other;
		size_t who;
		bool at_entry;
		enum answer want;
	} cases[] = {
		{head_yes, child_no, 1, true, ANSWER_YES},    {head_no, adult_yes, 0, true, ANSWER_YES},
		{head_no, adult_late, 0, true, ANSWER_NO},    {head_no, child_yes, 0, false, ANSWER_NO},
		{head_no, adult_yes, 0, false, ANSWER_YES},   {head_unknown, child_missing, 1, true, ANSWER_REFUSED},
		{head_no, child_missing, 1, true, ANSWER_NO},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct chronic_member both[] = {cases[i].head, cases[i].other};
		assert_int_equal(chronic_in_household(both, 2, 0, cases[i].who, cases[i].at_entry), cases[i].want);
	}
}

/* HUD's glossary, in its order. `back` is how many days before entry homelessness began. */
static void chronic_at_entry_by_the_glossary(void **state)
{
	(void)state;
	static const struct {
		int type, disabling;
		bool impaired;
		int living, under_limit, from_street, back, times, months;
		enum answer want;
	} cases[] = {
		{1, 0, false, 0, 0, 0, 400, 4, 112, ANSWER_NO},
		{1, 8, false, 0, 0, 0, 400, 4, 112, ANSWER_REFUSED},
		{1, 99, false, 0, 0, 0, 400, 4, 112, ANSWER_MISSING},
		{1, 99, true, 0, 0, 0, 400, 4, 112, ANSWER_YES},
		{1, 1, false, 0, 0, 0, 364, 1, 112, ANSWER_NO},
		{1, 1, false, 0, 0, 0, 365, 1, 101, ANSWER_YES},
		{0, 1, false, 0, 0, 0, 31, 4, 112, ANSWER_YES},
		{4, 1, false, 0, 0, 0, 31, 4, 111, ANSWER_NO},
		{8, 1, false, 0, 0, 0, 31, 8, 112, ANSWER_REFUSED},
		{8, 1, false, 0, 0, 0, 31, 99, 112, ANSWER_MISSING},
		{3, 1, false, 116, 0, 0, 400, 1, 101, ANSWER_YES},
		{3, 1, false, 410, 1, 1, 400, 1, 101, ANSWER_YES},
		{3, 1, false, 410, 0, 1, 400, 1, 101, ANSWER_NO},
		{3, 1, false, 206, 1, 0, 400, 1, 101, ANSWER_NO},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct chronic_facts f = {
			.project_type = cases[i].type,
			.disabling = cases[i].disabling,
			.impaired = cases[i].impaired,
			.living = cases[i].living,
			.under_limit = cases[i].under_limit,
			.from_street = cases[i].from_street,
			.times = cases[i].times,
			.months = cases[i].months,
			.entry = d(1000),
			.to_street = d(1000 - cases[i].back),
		};
		if (chronic_at_entry(&f) != cases[i].want)
			fail_msg("case %zu: %d, not %d", i, (int)chronic_at_entry(&f), (int)cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(household_types),
		cmocka_unit_test(move_in_dates_that_count),
		cmocka_unit_test(a_member_moves_in_with_the_head_or_when_coming_later),
		cmocka_unit_test(the_start_on_the_street),
		cmocka_unit_test(chronic_goes_through_the_household),
		cmocka_unit_test(chronic_at_entry_by_the_glossary),
	};
	return cmocka_run_group_tests_name("household", tests, NULL, NULL);
}
