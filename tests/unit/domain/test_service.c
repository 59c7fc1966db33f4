/* The directory's words, and what a project does in coordinated entry on a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/service.h"

static void keys_are_read_back(void **state)
{
	(void)state;
	for (int k = 0; k < SERVICES_N; k++) {
		enum service_kind kind;
		assert_true(service_kind_parse(service_table[k].key, &kind));
		assert_int_equal(kind, k);
	}
	enum service_kind kind = SERVICE_DRUG;
	assert_false(service_kind_parse(S("none"), &kind));
	assert_int_equal(kind, SERVICE_DRUG);
}

static void roles_hold_between_their_days(void **state)
{
	(void)state;
	const struct day today = {20000};
	static const struct {
		struct ce_role row;
		unsigned roles;
	} cases[] = {
		{{true, false, {19000}, DAY_NONE}, CE_ACCESS_POINT},
		{{false, true, DAY_NONE, {20000}}, CE_RECEIVES},
		{{true, true, {20000}, DAY_NONE}, CE_ACCESS_POINT | CE_RECEIVES},
		{{true, true, {20001}, DAY_NONE}, 0},
		{{true, true, {19000}, {19999}}, 0},
		{{false, false, {19000}, DAY_NONE}, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(ce_role_on(&cases[i].row, today), cases[i].roles);
	assert_false(service_is_old((struct day){20000 - SERVICE_FRESH_DAYS}, today));
	assert_true(service_is_old((struct day){19999 - SERVICE_FRESH_DAYS}, today));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_read_back),
		cmocka_unit_test(roles_hold_between_their_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
