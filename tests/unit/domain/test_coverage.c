/* Who is at the table: households by hand, and the agency that would lift it most. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/coverage.h"

enum { ALDER, BIRCH, CEDAR, AGENCIES };

/* Household 1: Alder and Birch; 2: Birch; 3: Birch and Cedar; 4: Cedar; 5: nobody. */
static const struct coverage_tie ties[] = {{1, ALDER}, {1, BIRCH}, {2, BIRCH}, {3, BIRCH},
					   {3, CEDAR}, {4, CEDAR}, {5, -1}};

static void each_table_covers_whom_it_serves(void **state)
{
	(void)state;
	static const struct {
		bool comes[AGENCIES];
		int covered, percent;
		int lift[AGENCIES];
	} rows[] = {
		{{false, false, false}, 0, 0, {1, 3, 2}}, {{true, false, false}, 1, 20, {0, 2, 2}},
		{{false, true, false}, 3, 60, {0, 0, 1}}, {{false, true, true}, 4, 80, {0, 0, 0}},
		{{true, false, true}, 3, 60, {0, 1, 0}},  {{true, true, true}, 4, 80, {0, 0, 0}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct coverage_agency agencies[AGENCIES] = {0};
		struct coverage c;
		for (int k = 0; k < AGENCIES; k++)
			agencies[k].comes = rows[i].comes[k];
		coverage_count(ties, sizeof ties / sizeof *ties, agencies, AGENCIES, &c);
		assert_int_equal(c.households, 5);
		assert_int_equal(c.unserved, 1);
		assert_int_equal(c.covered, rows[i].covered);
		assert_int_equal(c.percent, rows[i].percent);
		for (int k = 0; k < AGENCIES; k++)
			assert_int_equal(agencies[k].lift, rows[i].lift[k]);
		assert_int_equal(agencies[BIRCH].serves, 3);
	}
}

static void an_empty_list_is_covered(void **state)
{
	(void)state;
	struct coverage c;
	coverage_count(NULL, 0, NULL, 0, &c);
	assert_int_equal(c.percent, 100);
	assert_int_equal(c.households, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_table_covers_whom_it_serves),
		cmocka_unit_test(an_empty_list_is_covered),
	};
	return cmocka_run_group_tests_name("coverage", tests, NULL, NULL);
}
