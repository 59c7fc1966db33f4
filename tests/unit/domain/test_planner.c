/* What the planner suggests, and how it tells why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/cycle.h"
#include "domain/planner.h"

enum { NOT_SAID = PLANNER_NOT_SAID };

/* Minutes for the list: 42 of an hour. */
static void the_table(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		struct planner_facts facts;
		struct planner_plan plan;
	} cases[] = {
		{"nobody", {0, 0, 0, NOT_SAID, 42}, {0, 0, 0}},
		{"nothing moves: ten", {214, 0, 0, NOT_SAID, 42}, {10, 2, 240}},
		{"fewer than ten are all", {6, 0, 0, NOT_SAID, 42}, {6, 1, 210}},
		{"one", {1, 0, 0, NOT_SAID, 42}, {1, 1, 1260}},
		{"inflow: 30 in 90 days are 20 in two months", {214, 30, 9, NOT_SAID, 42}, {20, 3, 180}},
		{"a part of a month counts as one", {214, 16, 0, NOT_SAID, 42}, {12, 2, 210}},
		{"move-ins, where they are more", {214, 9, 30, NOT_SAID, 42}, {20, 3, 180}},
		{"new resources", {214, 9, 9, 9, 42}, {18, 3, 210}},
		{"diminishing ones: the openings count, not what was", {214, 9, 30, 2, 42}, {10, 2, 240}},
		{"none at all: ten still", {214, 0, 30, 0, 42}, {10, 2, 240}},
		{"no more than four meetings a month take", {900, 300, 90, NOT_SAID, 42}, {28, 4, 180}},
		{"a long meeting takes the most that a cycle may", {900, 300, 90, NOT_SAID, 120}, {50, 3, 210}},
		{"a list that came today", {12, 12, 0, NOT_SAID, 42}, {10, 2, 240}},
		{"a meeting with no time for the list", {30, 0, 0, NOT_SAID, 0}, {2, 4, 60}},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct planner_plan p = planner_suggest(&cases[i].facts);
		if (p.size != cases[i].plan.size || p.meetings != cases[i].plan.meetings ||
		    p.seconds != cases[i].plan.seconds)
			fail_msg("%s: %d households, %d meetings, %d seconds", cases[i].what, p.size, p.meetings,
				 p.seconds);
	}
}

/* Whatever the facts are, the suggestion can be taken: a cycle of a size that there is, and time for all of it. */
static void it_can_always_be_taken(void **state)
{
	(void)state;
	static const int some[] = {0, 1, 2, 9, 10, 11, 49, 50, 51, 400, 100000};
	enum { N = sizeof some / sizeof *some };
	for (size_t i = 0; i < (size_t)N * N * N * N; i++) {
		struct planner_facts f = {some[i % N], some[i / N % N], some[i / N / N % N], some[i / N / N / N], 42};
		struct planner_plan p = planner_suggest(&f);
		assert_int_equal(p.size > 0, f.active > 0);
		assert_true(p.size <= f.active && p.size <= CYCLE_SIZE_MOST);
		assert_true(p.size >= CYCLE_SIZE || p.size == f.active);
		assert_true(p.meetings <= 4 && p.size * 2 * p.seconds <= p.meetings * 42 * 60);
	}
}

static void it_tells_why(void **state)
{
	(void)state;
	struct arena *a = arena_new("planner", 1 << 16);
	struct planner_facts f = {214, 30, 9, NOT_SAID, 42};
	struct planner_plan p = planner_suggest(&f);
	assert_string_equal(str_c(a, planner_say(a, &p)), "20 households, 3 meetings a month, 3 minutes for each.");
	assert_string_equal(str_c(a, planner_why(a, &f, &p)),
			    "214 are on the list. In the last 90 days 30 came or came back, 10 a month, and 9 moved "
			    "in, 3 a month. Two months of whichever is more make 20; that is the cycle. Each is "
			    "spoken of twice a month, in meetings with 42 minutes for the list.");
	f = (struct planner_facts){1, 0, 0, 1, 42};
	p = planner_suggest(&f);
	assert_string_equal(str_c(a, planner_say(a, &p)), "1 household, 1 meeting a month, 21 minutes for each.");
	assert_non_null(strstr(str_c(a, planner_why(a, &f, &p)), "1 opening is expected in a month."));
	assert_non_null(strstr(str_c(a, planner_why(a, &f, &p)), "make 2; there are no more"));
	f = (struct planner_facts){12, 0, 0, NOT_SAID, 42};
	p = planner_suggest(&f);
	assert_string_equal(str_c(a, planner_say(a, &p)), "10 households, 2 meetings a month, 4 minutes for each.");
	assert_non_null(strstr(str_c(a, planner_why(a, &f, &p)), "make 0; a cycle takes ten, or all there are."));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table),
		cmocka_unit_test(it_can_always_be_taken),
		cmocka_unit_test(it_tells_why),
	};
	return cmocka_run_group_tests_name("planner", tests, NULL, NULL);
}
