/* Reminders before what was signed ends, and for how long memoranda hold without a gap: domain/mou_due.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/mou_due.h"

static struct day on(int n)
{
	return (struct day){20000 + n};
}

static void reminders(void **state)
{
	static const struct {
		int left;
		enum mou_due due;
	} cases[] = {{-400, MOU_DUE_ENDED}, {-1, MOU_DUE_ENDED}, {0, MOU_DUE_7},   {7, MOU_DUE_7},
		     {8, MOU_DUE_30},       {30, MOU_DUE_30},    {31, MOU_DUE_60}, {60, MOU_DUE_60},
		     {61, MOU_DUE_NOT},     {365, MOU_DUE_NOT}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(mou_due_of(on(cases[i].left), on(0)), cases[i].due);
	assert_int_equal(mou_due_of(DAY_NONE, on(0)), MOU_DUE_ENDED);
}

static void without_a_gap(void **state)
{
	enum { NONE = -9999 };
	static const struct {
		int spans[3][2];
		size_t n;
		int last;
	} cases[] = {
		{{{0}}, 0, NONE},
		{{{-10, -1}}, 1, NONE},                 /* ended yesterday */
		{{{1, 10}}, 1, NONE},                   /* begins tomorrow */
		{{{-10, 0}}, 1, 0},                     /* its last day */
		{{{0, 10}}, 1, 10},                     /* its first */
		{{{-10, 5}, {6, 20}}, 2, 20},           /* renewed in time */
		{{{6, 20}, {-10, 5}}, 2, 20},           /* whatever the order */
		{{{-10, 5}, {7, 20}}, 2, 5},            /* a day between them */
		{{{21, 30}, {6, 20}, {-10, 5}}, 3, 30}, /* twice renewed */
		{{{-10, 50}, {-5, 5}}, 2, 50},          /* one inside the other */
		{{{-10, -1}, {0, 3}}, 2, 3},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mou_span spans[3];
		for (size_t k = 0; k < cases[i].n; k++)
			spans[k] = (struct mou_span){on(cases[i].spans[k][0]), on(cases[i].spans[k][1])};
		struct day last = mou_covered_until(spans, cases[i].n, on(0));
		if (cases[i].last == NONE)
			assert_false(day_known(last));
		else
			assert_int_equal(last.n, on(cases[i].last).n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(reminders), cmocka_unit_test(without_a_gap)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
