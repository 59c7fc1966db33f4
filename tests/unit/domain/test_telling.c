/* What the person hears after a conference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/telling.h"

static struct arena *a;

static int up(void **state)
{
	(void)state;
	a = arena_new("telling", 1 << 20);
	return 0;
}

static int down(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

static void a_sentence_and_who_tells_it_or_why_not(void **state)
{
	(void)state;
	static const struct {
		const char *words;
		enum telling_way way;
		const char *teller;
		const char *lacks; /* NULL: nothing */
	} cases[] = {
		{"Dana meets you on Monday.", TELLING_IN_PERSON, "dana", NULL},
		{"Dana meets you on Monday.", TELLING_PHONE, "", "Choose who tells the person."},
		{" ", TELLING_IN_PERSON, "dana", "Write one plain sentence for the person: what happens next."},
		{"Nobody has met them for a month.", TELLING_NOT, "", NULL},
		{"", TELLING_NOT, "dana", "Say in a few words why the person is not told now."},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		err_t e = telling_check(a, str_from(cases[i].words), cases[i].way, str_from(cases[i].teller));
		if (cases[i].lacks == NULL)
			assert_null(e);
		else
			assert_string_equal(str_c(a, e->say), cases[i].lacks);
	}
}

static void a_draft_says_what_is_next(void **state)
{
	(void)state;
	const struct day today = {20779}, due = {20787}; /* 22 and 30 November 2026 */
	static const struct {
		const char *step, *owner;
		bool dated;
		const char *says;
	} cases[] = {
		{"Order the birth certificate.", "Dana", true,
		 "We talked about you. Next: order the birth certificate. Dana does it by Monday 30 November."},
		{"ID at the county office", "Dana", false,
		 "We talked about you. Next: ID at the county office. Dana does it."},
		{"Call the landlord", "", true, "We talked about you. Next: call the landlord."},
		{"  ", "Dana", true, ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(str_c(a, telling_draft(a, str_from(cases[i].step), str_from(cases[i].owner),
							   cases[i].dated ? due : DAY_NONE, today)),
				    cases[i].says);
}

static void a_promise_is_asked_about(void **state)
{
	(void)state;
	assert_true(telling_rewrite(S("We promise you a flat.")).n > 0);
	assert_true(telling_rewrite(S("You will move in on Friday")).n > 0);
	assert_true(telling_rewrite(S("It is GUARANTEED")).n > 0);
	assert_int_equal(telling_rewrite(S("Dana meets you on Monday at the office.")).n, 0);
	assert_int_equal(telling_rewrite(S("")).n, 0);
}

static void keys_are_read_back(void **state)
{
	(void)state;
	enum telling_way way;
	enum telling_answer answer;
	for (int i = 0; i < TELLING_WAY_N; i++)
		assert_true(telling_way_parse(telling_way_table[i].key, &way) && (int)way == i);
	for (int i = 0; i < TELLING_ANSWER_N; i++)
		assert_true(telling_answer_parse(telling_answer_table[i].key, &answer) && (int)answer == i);
	assert_false(telling_way_parse(S("pigeon"), &way) || telling_answer_parse(S(""), &answer));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sentence_and_who_tells_it_or_why_not),
		cmocka_unit_test(a_draft_says_what_is_next),
		cmocka_unit_test(a_promise_is_asked_about),
		cmocka_unit_test(keys_are_read_back),
	};
	return cmocka_run_group_tests(tests, up, down);
}
