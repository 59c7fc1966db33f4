/* Action steps: what is read back, what became of them, what they lack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/step.h"

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
	struct day d;
	assert_true(day_parse(str_from(text), &d));
	return d;
}

static void read_back_names_owner_task_and_day(void **state)
{
	(void)state;
	static const struct {
		const char *owner, *text, *due, *said;
	} rows[] = {
		{"Priya", "Tour Cedar Court with Joe", "2026-11-23",
		 "Priya will tour Cedar Court with Joe by Monday 23 November. Right?"},
		{"Priya", "  call the landlord. ", "2026-12-01",
		 "Priya will call the landlord by Tuesday 1 December. Right?"},
		{"Dana", "ID the vacancy", "2026-11-18", "Dana will ID the vacancy by Wednesday 18 November. Right?"},
		{"Dana", "Ask", "2027-01-04", "Dana will ask by Monday 4 January 2027. Right?"},
		{"Dana", "Ask", "", "Dana will ask, by when?"},
		{"", "Ask", "2026-11-18", "Somebody will ask by Wednesday 18 November. Right?"},
		{"Dana", "É", "2026-11-18", "Dana will É by Wednesday 18 November. Right?"},
		{"Dana", "", "", "Dana will , by when?"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct day due = rows[i].due[0] == '\0' ? DAY_NONE : on(rows[i].due);
		struct str said =
			step_read_back(arena, str_from(rows[i].owner), str_from(rows[i].text), due, on("2026-11-17"));
		assert_string_equal(str_c(arena, said), rows[i].said);
	}
}

static void first_names(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"Priya Nair", "Priya"}, {"Cher", "Cher"}, {" Lee  Tran", "Lee"}, {"", ""}};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(str_c(arena, step_first_name(str_from(rows[i][0]))), rows[i][1]);
}

static void answers_that_a_step_takes(void **state)
{
	(void)state;
	/* Columns: open, carried, not yet, done, changed, dropped. */
	static const bool may[STEP_STATE_N][STEP_STATE_N] = {
		[STEP_OPEN] = {false, false, true, true, true, true},
		[STEP_CARRIED] = {false, false, true, true, true, true},
		[STEP_NOT_YET] = {false, false, false, true, true, true},
		[STEP_DONE] = {false, false, true, false, false, false},
		[STEP_CHANGED] = {false, false, true, false, false, false},
		[STEP_DROPPED] = {false, false, true, false, false, false},
	};
	for (unsigned from = 0; from < STEP_STATE_N; from++) {
		for (unsigned to = 0; to < STEP_STATE_N; to++)
			assert_int_equal(step_may_become((enum step_state)from, (enum step_state)to), may[from][to]);
	}
}

static void closing_carries_what_is_not_finished(void **state)
{
	(void)state;
	static const enum step_state rows[STEP_STATE_N] = {
		[STEP_OPEN] = STEP_CARRIED, [STEP_CARRIED] = STEP_CARRIED, [STEP_NOT_YET] = STEP_CARRIED,
		[STEP_DONE] = STEP_DONE,    [STEP_CHANGED] = STEP_CHANGED, [STEP_DROPPED] = STEP_DROPPED,
	};
	for (unsigned i = 0; i < STEP_STATE_N; i++)
		assert_int_equal(step_carry((enum step_state)i), rows[i]);
}

static void what_is_missing_is_said_in_words(void **state)
{
	(void)state;
	static const struct {
		const char *text, *owner;
		bool dated;
		const char *words;
	} rows[] = {
		{"Call", "u1", true, ""},
		{"Call", "", true, "an owner"},
		{"Call", "u1", false, "a date"},
		{"Call", "", false, "an owner and a date"},
		{" ", "", false, "a text, an owner and a date"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct day due = rows[i].dated ? on("2026-11-17") : DAY_NONE;
		unsigned lacks = step_lacks(str_from(rows[i].text), str_from(rows[i].owner), due);
		assert_string_equal(str_c(arena, step_lacks_words(arena, lacks)), rows[i].words);
	}
}

static void only_live_steps_are_overdue(void **state)
{
	(void)state;
	struct day due = on("2026-11-10");
	assert_int_equal(step_overdue_days(STEP_OPEN, due, on("2026-11-10")), 0);
	assert_int_equal(step_overdue_days(STEP_OPEN, due, on("2026-11-11")), 1);
	assert_int_equal(step_overdue_days(STEP_CARRIED, due, on("2026-11-17")), 7);
	assert_int_equal(step_overdue_days(STEP_DONE, due, on("2026-11-17")), 0);
	assert_int_equal(step_overdue_days(STEP_OPEN, DAY_NONE, on("2026-11-17")), 0);
}

static void keys_come_back_as_they_were_stored(void **state)
{
	(void)state;
	for (unsigned i = 0; i < STEP_STATE_N; i++) {
		enum step_state at;
		assert_true(step_state_parse(step_state_table[i].key, &at));
		assert_int_equal(at, i);
	}
	enum step_state at;
	assert_false(step_state_parse(S("not yet"), &at));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_back_names_owner_task_and_day),
		cmocka_unit_test(first_names),
		cmocka_unit_test(answers_that_a_step_takes),
		cmocka_unit_test(closing_carries_what_is_not_finished),
		cmocka_unit_test(what_is_missing_is_said_in_words),
		cmocka_unit_test(only_live_steps_are_overdue),
		cmocka_unit_test(keys_come_back_as_they_were_stored),
	};
	return cmocka_run_group_tests_name("step", tests, with_arena, without_arena);
}
