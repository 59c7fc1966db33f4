/* What is copied into an HMIS: what stands in it, and that nothing does for whom there must be nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/hmis_block.h"

static struct hmis_block full(void)
{
	static const struct hmis_block_step steps[] = {
		{STR_INIT("Order the birth certificate"), STR_INIT("Dana Reed"), STR_INIT("open"),
		 STR_INIT("Mon 23 Nov 2026")},
		{STR_INIT("Ask the landlord"), STR_INIT(""), STR_INIT("carried on"), STR_INIT("")},
	};
	static const struct str contacts[] = {STR_INIT("Mon 16 Nov 2026, met in person")};
	return (struct hmis_block){
		.hmis_id = S("C1"),
		.region = S("Region 4"),
		.day = S("Tue 17 Nov 2026"),
		.barriers = S("Documents"),
		.steps = steps,
		.steps_n = 2,
		.target = S("Fri 4 Dec 2026"),
		.contacts = contacts,
		.contacts_n = 1,
	};
}

static void says_what_was_done(void **state)
{
	struct arena *a = arena_new("test", 1 << 20);
	struct hmis_block b = full();
	(void)state;
	assert_string_equal(
		str_c(a, hmis_block_text(a, &b)),
		"Client: C1\n"
		"Case note of Tue 17 Nov 2026: case conference of Region 4.\n"
		"In the way: Documents\n"
		"Next step: Order the birth certificate (Dana Reed, by Mon 23 Nov 2026), open\n"
		"Next step: Ask the landlord, carried on\n"
		"Target move-in: Fri 4 Dec 2026\n"
		"Contact (4.12 where you asked where they stay): Mon 16 Nov 2026, met in person\n"
		"Coordinated-entry event (4.20): none by the conference itself; record a referral on the day "
		"it is made.\n");
	arena_free(&a);
}

/* Whatever else is known of them. */
static void nothing_for_whom_there_must_be_nothing(void **state)
{
	struct arena *a = arena_new("test", 1 << 20);
	(void)state;
	for (unsigned whys = 0; whys < BLOCK_WHYS; whys++)
		for (int known = 0; known < 4; known++) {
			struct hmis_block b = full();
			b.whys = whys;
			if (known & 1)
				b.steps_n = 0;
			if (known & 2)
				b.contacts_n = 0;
			assert_int_equal(hmis_block_text(a, &b).n == 0, whys != 0);
		}
	arena_free(&a);
}

static void nothing_where_nothing_was_done(void **state)
{
	struct arena *a = arena_new("test", 1 << 20);
	struct hmis_block b = {.hmis_id = S("C1"), .region = S("Region 4"), .day = S("Tue 17 Nov 2026")};
	(void)state;
	assert_int_equal(hmis_block_text(a, &b).n, 0);
	b = full();
	b.hmis_id = S("");
	assert_int_equal(hmis_block_text(a, &b).n, 0);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_was_done),
		cmocka_unit_test(nothing_for_whom_there_must_be_nothing),
		cmocka_unit_test(nothing_where_nothing_was_done),
	};
	return cmocka_run_group_tests_name("hmis block", tests, NULL, NULL);
}
