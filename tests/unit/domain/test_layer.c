/* The four layers of a place, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/layer.h"

static struct arena *arena;

static struct day on(int year, int month, int day)
{
	struct day d = DAY_NONE;
	assert_true(day_from_ymd(year, month, day, &d));
	return d;
}

static struct layer_facts usual(void)
{
	return (struct layer_facts){
		.policy = S("The order"),
		.rank = 5,
		.of = 214,
		.status = STATUS_ACTIVE,
		.start = on(2025, 12, 4),
		.since = on(2025, 12, 4),
		.contact = on(2026, 11, 12),
		.papers = 4,
		.needed = 6,
		.reviewed = DAY_NONE,
	};
}

static void is(const struct layer_facts *f, enum layer layer, const char *want)
{
	struct str say[LAYERS_N];
	layer_say(arena, f, say);
	assert_string_equal(str_c(arena, say[layer]), want);
}

static void they_stand_in_their_order(void **state)
{
	(void)state;
	static const char *const titles[LAYERS_N] = {"Written standards", "Active-list protocols", "Document readiness",
						     "Case conferencing"};
	for (int l = 0; l < LAYERS_N; l++)
		assert_string_equal(layer_table[l].p, titles[l]);
}

static void each_says_what_it_did(void **state)
{
	(void)state;
	struct layer_facts f = usual();
	is(&f, LAYER_STANDARDS, "“The order”: place 5 of 214, by the keys above.");
	is(&f, LAYER_PROTOCOLS, "Active, so it has a place. On the list since 4 Dec 2025; last contact 12 Nov 2026.");
	is(&f, LAYER_READINESS, "4 of 6 papers on file. Missing papers never lower a place.");
	is(&f, LAYER_CONFERENCE, "Not in this cycle. No adjustment holds.");
	f.version = 3;
	f.contact_overdue = true;
	f.hold_days = 5;
	f.in_cycle = f.raised = true;
	f.reviewed = on(2026, 11, 3);
	is(&f, LAYER_STANDARDS, "“The order”, version 3: place 5 of 214, by the keys above.");
	is(&f, LAYER_PROTOCOLS,
	   "Active, so it has a place. On the list since 4 Dec 2025; last contact 12 Nov 2026, which is overdue; the "
	   "place is kept.");
	is(&f, LAYER_READINESS,
	   "4 of 6 papers on file. Missing papers never lower a place: an opening is held 5 days for the first "
	   "household while a named person fetches them.");
	is(&f, LAYER_CONFERENCE,
	   "In this cycle; last spoken of on 3 Nov 2026. Raised within its band by two agencies.");
	f.nominated = true;
	is(&f, LAYER_CONFERENCE,
	   "In this cycle; last spoken of on 3 Nov 2026. Raised within its band by two agencies. Nominated, and the "
	   "group agreed.");
	f.raised = false;
	is(&f, LAYER_CONFERENCE, "In this cycle; last spoken of on 3 Nov 2026. Nominated, and the group agreed.");
	f.papers = 6;
	f.hold_days = 0;
	is(&f, LAYER_READINESS, "All papers are on file. Missing papers never lower a place.");
	f.contact = DAY_NONE;
	is(&f, LAYER_PROTOCOLS, "Active, so it has a place. On the list since 4 Dec 2025; no contact is recorded.");
}

static void without_a_place(void **state)
{
	(void)state;
	struct layer_facts f = usual();
	f.rank = 0;
	f.status = STATUS_INACTIVE;
	f.since = on(2026, 11, 3);
	is(&f, LAYER_STANDARDS, "“The order” ranks active households alone.");
	is(&f, LAYER_PROTOCOLS,
	   "To reconnect since 3 Nov 2026, so there is no place meanwhile; the list start of 4 Dec 2025 is kept.");
	f.status = STATUS_HOUSED;
	is(&f, LAYER_PROTOCOLS, "Not ranked any more: housed since 3 Nov 2026.");
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new("test", 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_stand_in_their_order),
		cmocka_unit_test(each_says_what_it_did),
		cmocka_unit_test(without_a_place),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
