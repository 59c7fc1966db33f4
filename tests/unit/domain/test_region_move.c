/* Who may move a household between regions' lists: domain/region_move.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/region_move.h"

static void who_asks(void **state)
{
	(void)state;
	static const struct {
		const char *own, *from, *to;
		enum region_move_way way;
	} cases[] = {
		{"a", "a", "b", REGION_MOVE_ASK},  /* gives */
		{"b", "a", "b", REGION_MOVE_ASK},  /* wants */
		{"c", "a", "b", REGION_MOVE_NOT},  /* neither's list holder */
		{"", "a", "b", REGION_MOVE_NOT},   /* nor who holds none */
		{"a", "a", "a", REGION_MOVE_NOT},  /* nothing to move */
		{"a", "a", "", REGION_MOVE_NOT},   /* nobody is put on no list */
		{"a", "", "a", REGION_MOVE_ALONE}, /* takes one of no list */
		{"a", "", "b", REGION_MOVE_NOT},   /* but for nobody else */
		{"", "", "b", REGION_MOVE_ALONE},  /* who holds none places them */
		{"", "", "", REGION_MOVE_NOT},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
			region_move_way(str_from(cases[i].own), str_from(cases[i].from), str_from(cases[i].to)),
			cases[i].way);
}

static void who_answers(void **state)
{
	(void)state;
	static const struct {
		const char *own, *asked;
		bool answers, withdraws;
	} cases[] = {
		{"b", "a", true, false}, {"a", "b", true, false},  {"a", "a", false, true},
		{"b", "b", false, true}, {"c", "a", false, false}, {"", "a", false, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str own = str_from(cases[i].own);
		struct str asked = str_from(cases[i].asked);
		assert_int_equal(region_move_answers(own, S("a"), S("b"), asked), cases[i].answers);
		assert_int_equal(region_move_withdraws(own, asked), cases[i].withdraws);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_asks),
		cmocka_unit_test(who_answers),
	};
	return cmocka_run_group_tests_name("region_move", tests, NULL, NULL);
}
