/* What was tried with a household, and why it gets time in a conference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/airtime.h"
#include "domain/intervention.h"

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

#define assert_says(got, want) assert_string_equal(str_c(arena, (got)), (want))

static void reasons_are_kept_as_keys(void **state)
{
	(void)state;
	unsigned set;
	assert_true(airtime_parse(S("profile needs"), &set));
	assert_int_equal(set, 1U << AIRTIME_NEEDS | 1U << AIRTIME_PROFILE);
	assert_says(airtime_keys(arena, set), "needs profile");
	assert_says(airtime_labels(arena, set), "Several needs that meet; To be known better in the system");
	assert_true(airtime_parse(S(""), &set));
	assert_int_equal(set, 0);
	assert_false(airtime_parse(S("needs rank"), &set));
	for (unsigned i = 0; i < AIRTIMES_N; i++) {
		assert_true(airtime_parse(airtime_table[i].key, &set));
		assert_int_equal(set, 1U << i);
	}
}

static void entries_come_back_as_they_were_written(void **state)
{
	(void)state;
	struct day day;
	assert_true(day_parse(S("2026-11-02"), &day));
	for (int k = 0; k < INTERVENTIONS_N; k++)
		for (int o = 0; o < OUTCOMES_N; o++) {
			const struct intervention in = {(enum intervention_kind)k, (enum intervention_outcome)o, day,
							S("A cousin\nhad no room")};
			struct intervention out;
			assert_true(intervention_read(intervention_text(arena, &in), &out));
			assert_int_equal(out.kind, k);
			assert_int_equal(out.outcome, o);
			assert_int_equal(out.day.n, day.n);
			assert_says(out.words, "A cousin\nhad no room");
		}
	static const char *const bad[] = {
		"", "shelter", "shelter not", "shelter not soon", "hope not 2026-11-02", "shelter well 2026-11-02"};
	struct intervention out;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(intervention_read(str_from(bad[i]), &out));
}

static void stepping_up_stands_on_what_was_tried(void **state)
{
	(void)state;
	/* newest first */
	static const struct intervention log[] = {
		{.kind = TRIED_SUPPORTIVE, .outcome = OUTCOME_STEP_UP},
		{.kind = TRIED_PROBLEM_SOLVING, .outcome = OUTCOME_NOT},
		{.kind = TRIED_RAPID, .outcome = OUTCOME_PART},
		{.kind = TRIED_PROBLEM_SOLVING, .outcome = OUTCOME_OPEN},
	};
	assert_says(intervention_tried(arena, log, 4),
		    "Tried before: Problem-solving or diversion (did not help); Rapid rehousing (helped in part).");
	assert_says(intervention_tried(arena, log, 1), "Nothing is on file that was tried before.");
	assert_says(intervention_tried(arena, NULL, 0), "Nothing is on file that was tried before.");
	assert_true(intervention_solved(log, 4));
	assert_false(intervention_solved(log, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reasons_are_kept_as_keys, with_arena, without_arena),
		cmocka_unit_test_setup_teardown(entries_come_back_as_they_were_written, with_arena, without_arena),
		cmocka_unit_test_setup_teardown(stepping_up_stands_on_what_was_tried, with_arena, without_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
