/* Cards: how they close, what is read aloud, how barriers are worded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/barrier.h"
#include "domain/card.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static int with_arena(void **state)
{
	(void)state;
	arena = arena_new("test", 1 << 20);
	return 0;
}

static int without_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct day on(const char *text)
{
	struct day d = DAY_NONE;
	assert_true(text[0] == '\0' || day_parse(str_from(text), &d));
	return d;
}

static void assert_says(err_t e, const char *say)
{
	if (say == NULL) {
		assert_null(e);
		return;
	}
	assert_non_null(e);
	assert_int_equal(e->class, ERR_INVALID);
	assert_string_equal(str_c(arena, e->say), say);
}

static void closing_wants_a_dated_step_or_a_shelf(void **state)
{
	(void)state;
	static const struct {
		int steps, lacking;
		const char *review, *shelved;
		bool tells;
		const char *say;
	} rows[] = {
		{1, 0, "2026-12-15", "", true, NULL},
		{3, 0, "2026-12-15", "", true, NULL},
		{0, 0, "2026-12-15", "", true,
		 "Record one action step with a person and a date, or shelve the household until a day."},
		{1, 1, "2026-12-15", "", true, "One step still needs a person or a date."},
		{3, 2, "2026-12-15", "", true, "2 steps still need a person or a date."},
		{0, 0, "2026-12-15", "2026-12-01", true, NULL},
		{2, 1, "2026-12-15", "2026-12-01", true, NULL},
		{1, 0, "2026-12-15", "", false,
		 "Write one plain sentence for the person, who tells them and by which safe way, or why they are not "
		 "told "
		 "now."},
		{0, 0, "2026-12-15", "2026-12-01", false,
		 "Write one plain sentence for the person, who tells them and by which safe way, or why they are not "
		 "told "
		 "now."},
		{1, 0, "", "", true, "Choose a day after today on which the household is looked at again."},
		{1, 0, "2026-11-17", "", true, "Choose a day after today on which the household is looked at again."},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct card_facts facts = {rows[i].steps,       rows[i].lacking,  on(rows[i].review),
					   on(rows[i].shelved), on("2026-11-17"), rows[i].tells};
		assert_says(card_check_close(arena, &facts), rows[i].say);
	}
}

static void shelving_has_a_day_and_a_reason(void **state)
{
	(void)state;
	static const struct {
		const char *until, *reason;
		bool ok;
	} rows[] = {
		{"2026-12-01", "Waiting for the voucher", true}, {"2026-11-17", "Waiting for the voucher", false},
		{"2027-11-18", "Waiting for the voucher", true}, {"2027-11-19", "Waiting for the voucher", false},
		{"", "Waiting for the voucher", false},          {"2026-12-01", "  ", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		err_t e = card_check_shelve(arena, on(rows[i].until), str_from(rows[i].reason), on("2026-11-17"));
		assert_int_equal(e == NULL, rows[i].ok);
	}
}

static void target_lies_ahead(void **state)
{
	(void)state;
	struct day meeting = on("2026-11-17");
	assert_null(card_check_target(arena, on("2026-11-17"), meeting));
	assert_null(card_check_target(arena, on("2028-11-17"), meeting));
	assert_non_null(card_check_target(arena, on("2026-11-16"), meeting));
	assert_non_null(card_check_target(arena, on("2029-01-01"), meeting));
	assert_non_null(card_check_target(arena, DAY_NONE, meeting));
}

static void review_is_the_next_meeting(void **state)
{
	(void)state;
	struct day meeting = on("2026-11-17");
	assert_int_equal(card_review_default(on("2026-12-15"), meeting).n, on("2026-12-15").n);
	assert_int_equal(card_review_default(DAY_NONE, meeting).n, on("2026-12-15").n);
	assert_int_equal(card_review_default(on("2026-11-01"), meeting).n, on("2026-12-15").n);
}

static void review_lies_behind_the_meeting(void **state)
{
	(void)state;
	struct day meeting = on("2026-11-17");
	assert_null(card_check_review(arena, on("2026-11-18"), meeting));
	assert_null(card_check_review(arena, on("2028-11-17"), meeting));
	assert_non_null(card_check_review(arena, on("2026-11-17"), meeting));
	assert_non_null(card_check_review(arena, on("2028-11-18"), meeting));
	assert_non_null(card_check_review(arena, DAY_NONE, meeting));
}

static void one_card_is_open_at_a_time(void **state)
{
	(void)state;
	for (unsigned from = 0; from < CARD_STATE_N; from++) {
		for (unsigned to = 0; to < CARD_STATE_N; to++) {
			bool want = from != to && (from == CARD_NOW || to == CARD_NOW);
			assert_int_equal(card_may_become((enum card_state)from, (enum card_state)to), want);
		}
		enum card_state at;
		assert_true(card_state_parse(card_state_table[from].key, &at));
		assert_int_equal(at, from);
	}
}

static void sentence_to_read_aloud(void **state)
{
	(void)state;
	static const struct {
		struct card_waiting who;
		const char *said;
	} rows[] = {
		{{STR_INIT("Joe"), STR_INIT("Maple 4821"), 267, 19, false},
		 "Joe has been on our list for 267 days, and homeless 19 of the last 36 months."},
		{{{0}, STR_INIT("Maple 4821"), 267, 19, false},
		 "Household Maple 4821 has been on our list for 267 days, and homeless 19 of the last 36 months."},
		{{STR_INIT("Joe"), {0}, 823, 36, false},
		 "Joe has been on our list for 823 days (2 y 3 m), and homeless 36 of the last 36 months."},
		{{STR_INIT("Jane"), {0}, 1, -1, true}, "Jane and family have been on our list for 1 day."},
		{{STR_INIT("Jane"), {0}, 0, 0, false},
		 "Jane has been on our list for 0 days, and homeless 0 of the last 36 months."},
		{{{0}, STR_INIT("Maple 4821"), -1, -1, true}, "Household Maple 4821 has been on our list."},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(str_c(arena, card_read_aloud(arena, &rows[i].who)), rows[i].said);
}

static void barriers_come_back_as_they_were_stored(void **state)
{
	(void)state;
	for (barrier_set set = 0; set < 1u << BARRIER_N; set++) {
		barrier_set back;
		assert_true(barrier_set_parse(barrier_set_keys(arena, set), &back));
		assert_int_equal(back, set);
		arena_reset(arena);
	}
	barrier_set set = 1u << BARRIER_UNIT;
	assert_false(barrier_set_parse(S("documents laziness"), &set));
	assert_int_equal(set, 1u << BARRIER_UNIT);
	assert_true(barrier_set_parse(S(" landlord  documents "), &set));
	assert_string_equal(str_c(arena, barrier_set_labels(arena, set)), "Documents, Landlord");
}

static void no_barrier_blames_the_person(void **state)
{
	(void)state;
	for (unsigned b = 0; b < BARRIER_N; b++) {
		assert_int_equal(barrier_rewrite(arena, barrier_table[b].label).n, 0);
		assert_int_equal(barrier_rewrite(arena, barrier_table[b].ask).n, 0);
	}
}

static void blaming_words_get_a_suggestion(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool suggests;
	} rows[] = {
		{"Joe refuses shelter", true},   {"REFUSED the unit", true},
		{"not ready for housing", true}, {"is non-compliant.", true},
		{"(unmotivated)", true},         {"The landlord wants a deposit", false},
		{"unrefused refusest", false},   {"", false},
		{"Ready to move", false},        {"no unit in Poplar Grove", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(barrier_rewrite(arena, str_from(rows[i].text)).n > 0, rows[i].suggests);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closing_wants_a_dated_step_or_a_shelf),
		cmocka_unit_test(shelving_has_a_day_and_a_reason),
		cmocka_unit_test(target_lies_ahead),
		cmocka_unit_test(review_is_the_next_meeting),
		cmocka_unit_test(review_lies_behind_the_meeting),
		cmocka_unit_test(one_card_is_open_at_a_time),
		cmocka_unit_test(sentence_to_read_aloud),
		cmocka_unit_test(barriers_come_back_as_they_were_stored),
		cmocka_unit_test(no_barrier_blames_the_person),
		cmocka_unit_test(blaming_words_get_a_suggestion),
	};
	return cmocka_run_group_tests_name("card", tests, with_arena, without_arena);
}
