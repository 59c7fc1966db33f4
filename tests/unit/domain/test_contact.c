/* Contact that people write down: what counts, which days can be, what the list says of it at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/contact.h"
#include "domain/flag.h"

static void a_try_alone_counts_for_nothing(void **state)
{
	static const struct {
		const char *key;
		bool known, counts;
	} cases[] = {
		{"met", true, true},    {"phone", true, true}, {"text", true, true},
		{"tried", true, false}, {"Met", false, false}, {"", false, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum contact_way way;
		assert_int_equal(contact_way_parse(str_from(cases[i].key), &way), cases[i].known);
		if (cases[i].known)
			assert_int_equal(contact_way_table[way].counts, cases[i].counts);
	}
}

static void a_place_need_not_be_said(void **state)
{
	enum contact_place place;
	(void)state;
	assert_true(contact_place_parse(S("shelter"), &place));
	assert_int_equal(place, PLACE_SHELTER);
	assert_true(contact_place_parse(S(""), &place));
	assert_int_equal(place, CONTACT_PLACES_N);
	assert_false(contact_place_parse(S("on the moon"), &place));
}

static void days_that_can_be(void **state)
{
	static const struct {
		int ago;
		bool good;
	} cases[] = {{0, true}, {1, true}, {90, true}, {91, false}, {-1, false}};
	struct day today = {20000};
	struct arena *a = arena_new("test", 1 << 20);
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(contact_check(a, day_add(today, -cases[i].ago), today) == NULL, cases[i].good);
	assert_non_null(contact_check(a, DAY_NONE, today));
	arena_free(&a);
}

static void silence_ends_where_the_day_is_recent(void **state)
{
	enum { OTHERS = FLAG_NO_HEAD | FLAG_NO_SCORE };
	static const struct {
		int ago, overdue, old;
		uint64_t left;
	} cases[] = {
		{0, 90, 90, 0},
		{90, 90, 90, 0},
		{91, 90, 90, FLAG_CONTACT_OVERDUE | FLAG_STALE},
		{50, 30, 90, FLAG_CONTACT_OVERDUE},
		{50, 90, 30, FLAG_STALE},
		{-1, 90, 90, 0}, /* the list is of yesterday */
	};
	struct day as_of = {20000};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct rules rules = rules_default;
		rules.contact_overdue_days = cases[i].overdue;
		rules.status_old_days = cases[i].old;
		uint64_t all = (uint64_t)OTHERS | FLAG_CONTACT_OVERDUE | FLAG_STALE;
		assert_int_equal(contact_flags(&rules, as_of, day_add(as_of, -cases[i].ago), all),
				 (uint64_t)OTHERS | cases[i].left);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_try_alone_counts_for_nothing),
		cmocka_unit_test(a_place_need_not_be_said),
		cmocka_unit_test(days_that_can_be),
		cmocka_unit_test(silence_ends_where_the_day_is_recent),
	};
	return cmocka_run_group_tests_name("contact", tests, NULL, NULL);
}
