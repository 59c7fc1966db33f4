/* The soft parts of a room: the pulse, the question at check-in, a region's habits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/habit.h"
#include "domain/icebreaker.h"
#include "domain/pulse.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void fewer_than_five_answers_are_not_shown(void **state)
{
	(void)state;
	static const struct {
		int64_t counts[PULSES_N];
		int days; /* after the meeting */
		bool shown;
		const char *say;
	} rows[] = {
		{{0, 0, 0}, 1, false, "0 answers"},
		{{4, 0, 0}, 1, false, "4 answers: 4 it flowed"},
		{{2, 1, 1}, 30, false, "4 answers: 2 it flowed, 1 so-so, 1 hard going"},
		{{3, 1, 1}, 0, false, "5 answers: 3 it flowed, 1 so-so, 1 hard going"}, /* answers still come */
		{{3, 1, 1}, 1, true, "5 answers: 3 it flowed, 1 so-so, 1 hard going"},
		{{0, 0, 12}, 1, true, "12 answers: 12 hard going"},
		{{3, 1, 1}, -1, false, "5 answers: 3 it flowed, 1 so-so, 1 hard going"}, /* a clock that went back */
	};
	struct arena *a = arena_new("test", 1 << 16);
	struct day meeting = {20000};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(pulse_shown(rows[i].counts, meeting, day_add(meeting, rows[i].days)), rows[i].shown);
		assert_string_equal(str_c(a, pulse_say(a, rows[i].counts)), rows[i].say);
	}
	arena_free(&a);
}

static void answers_are_read_by_their_keys(void **state)
{
	(void)state;
	enum pulse answer = PULSES_N;
	for (int i = 0; i < PULSES_N; i++) {
		assert_true(pulse_parse(pulse_table[i].key, &answer));
		assert_int_equal(answer, i);
	}
	assert_false(pulse_parse(S("great"), &answer));
	assert_false(pulse_parse(S(""), &answer));
}

/* A series that meets every 7, 14 or 28 days hears every question before one comes again. */
static void questions_rotate(void **state)
{
	(void)state;
	static const int rhythms[] = {7, 14, 28, 35};
	for (size_t r = 0; r < COUNT(rhythms); r++) {
		struct str said[ICEBREAKERS_N];
		for (int i = 0; i < ICEBREAKERS_N; i++) {
			said[i] = icebreaker_of((struct day){20000 + i * rhythms[r]});
			assert_true(said[i].n > 0 && said[i].p[said[i].n - 1] == '?');
			for (int k = 0; k < i; k++)
				assert_false(str_eq(said[i], said[k]));
		}
		assert_true(str_eq(said[0], icebreaker_of((struct day){20000 + ICEBREAKERS_N * rhythms[r]})));
	}
	assert_true(icebreaker_of((struct day){-20000}).n > 0);
}

static void a_region_begins_with_few_habits(void **state)
{
	(void)state;
	static const struct {
		const char *key;
		bool known;
		enum habit habit;
		bool begins;
	} rows[] = {
		{"icebreaker", true, HABIT_ICEBREAKER, true},
		{"pulse", true, HABIT_PULSE, true},
		{"headings", true, HABIT_HEADINGS, false},
		{"Pulse", false, 0, false},
		{"", false, 0, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum habit habit = HABITS_N;
		assert_int_equal(habit_parse(str_from(rows[i].key), &habit), rows[i].known);
		if (!rows[i].known)
			continue;
		assert_int_equal(habit, rows[i].habit);
		assert_int_equal(habit_table[habit].begins, rows[i].begins);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fewer_than_five_answers_are_not_shown),
		cmocka_unit_test(answers_are_read_by_their_keys),
		cmocka_unit_test(questions_rotate),
		cmocka_unit_test(a_region_begins_with_few_habits),
	};
	return cmocka_run_group_tests_name("pulse", tests, NULL, NULL);
}
