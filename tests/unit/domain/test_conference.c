/* The minutes of a meeting: what fits, what the next card gets, whether it is on pace; and who may
 * do what in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/agenda.h"
#include "domain/conference.h"

#define assert_text(got, want)                                                                                         \
	do {                                                                                                           \
		struct str got_ = (got);                                                                               \
		assert_string_equal(str_c(arena, got_), (want));                                                       \
	} while (0)

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

static void half_way_to_the_next_one(void **state)
{
	static const struct {
		int next, midway;
	} cases[] = {{1, 1}, {2, 1}, {7, 4}, {28, 14}};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(conference_midway((struct day){20000}, (struct day){20000 + cases[i].next}).n,
				 20000 + cases[i].midway);
}

static void households_that_fit(void **state)
{
	(void)state;
	static const struct {
		int length, fixed, seconds, fit;
	} rows[] = {
		{60, 18, 210, 12}, /* an hour works twelve, as the training expects (10 to 15) */
		{60, 18, 240, 10}, {60, 18, 168, 15}, {90, 18, 210, 20}, {30, 8, 210, 6},
		{20, 20, 210, 0},  {15, 20, 210, 0},  {60, 18, 0, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(conference_fit(rows[i].length, rows[i].fixed, rows[i].seconds), rows[i].fit);
}

static void next_card_gets_what_is_left(void **state)
{
	(void)state;
	static const struct {
		int left, closing, households, seconds;
	} rows[] = {
		{42 * 60 + 300, 300, 12, 210}, /* as planned */
		{33 * 60, 300, 8, 210},        /* 27 minutes in, four done */
		{20 * 60, 300, 8, 112},        /* late: less for each */
		{33 * 60, 300, 4, 420},        /* early: more for each */
		{300, 300, 3, 0},              /* only the closing is left */
		{-60, 300, 3, 0},              /* past the end */
		{600, 300, 0, 0},              /* nobody left */
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(conference_next_seconds(rows[i].left, rows[i].closing, rows[i].households),
				 rows[i].seconds);
}

static void pace_compares_what_is_left_with_the_plan(void **state)
{
	(void)state;
	static const struct {
		struct conference_clock clock;
		const char *words;
	} rows[] = {
		{{3600, 27 * 60, 0, 300, 210, 8, false, 0, 0, 0}, "on pace"},
		{{3600, 27 * 60 + 59, 0, 300, 210, 8, false, 0, 0, 0}, "on pace"},
		{{3600, 29 * 60, 0, 300, 210, 8, false, 0, 0, 0}, "2 min behind"},
		/* Ahead by what the cards that are done have saved, and by no more than is to spare. */
		{{3600, 20 * 60, 0, 300, 210, 8, false, 0, 2, 120}, "5 min ahead"},
		{{3600, 24 * 60, 0, 300, 210, 8, false, 0, 4, 120}, "3 min ahead"},
		{{3600, 20 * 60, 0, 300, 210, 8, false, 0, 2, 430}, "on pace"},
		/* The open card counts with what remains of its time … */
		{{3600, 27 * 60 + 130, 0, 300, 210, 7, true, 130, 0, 0}, "on pace"},
		/* … and with nothing once it has run over. */
		{{3600, 27 * 60 + 330, 0, 300, 210, 7, true, 330, 0, 0}, "2 min behind"},
		{{3600, 55 * 60, 0, 300, 210, 0, false, 0, 0, 0}, "on pace"},
		/* At the start the opening is still to come, and time to spare is nobody's progress. */
		{{3600, 0, 13 * 60, 300, 210, 12, false, 0, 0, 0}, "on pace"},
		{{3600, 0, 13 * 60, 300, 210, 10, false, 0, 0, 0}, "on pace"},
		{{3600, 60, 0, 300, 210, 10, true, 5, 0, 0}, "on pace"}, /* the opening was cut short */
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_text(conference_pace(arena, conference_behind(&rows[i].clock)), rows[i].words);
}

static void clocks_read_like_clocks(void **state)
{
	(void)state;
	static const struct {
		int seconds;
		const char *text;
	} rows[] = {{0, "0:00"}, {9, "0:09"}, {130, "2:10"}, {3599, "59:59"}, {3900, "1:05:00"}, {-20, "−0:20"}};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_text(conference_clock_text(arena, rows[i].seconds), rows[i].text);
}

static void goal_gap_is_never_negative(void **state)
{
	(void)state;
	static const struct {
		int goal, moved_in, dated, gap;
	} rows[] = {{6, 1, 3, 2}, {6, 0, 0, 6}, {6, 4, 4, 0}, {0, 2, 1, 0}};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(conference_goal_gap(rows[i].goal, rows[i].moved_in, rows[i].dated), rows[i].gap);
}

static void template_fills_the_meeting_and_keeps_every_part(void **state)
{
	(void)state;
	for (int length = AGENDA_LENGTH_LEAST; length <= AGENDA_LENGTH_MOST; length++) {
		int minutes[AGENDA_PARTS];
		agenda_fill(length, minutes);
		int sum = 0;
		for (int i = 0; i < AGENDA_PARTS; i++) {
			assert_true(minutes[i] >= 1);
			sum += minutes[i];
		}
		assert_int_equal(sum, length);
		assert_int_equal(agenda_fixed_minutes(minutes), length - minutes[AGENDA_WORK]);
		assert_null(agenda_check(arena, minutes, length));
	}
	int hour[AGENDA_PARTS];
	agenda_fill(60, hour);
	assert_int_equal(hour[AGENDA_WORK], 42);
}

static void agenda_that_does_not_fit_says_by_how_much(void **state)
{
	(void)state;
	static const struct {
		int minutes[AGENDA_PARTS];
		int length;
		const char *say;
	} rows[] = {
		{{5, 3, 5, 42, 5}, 60, NULL},
		{{5, 3, 5, 30, 5}, 60, NULL}, /* room to spare is no fault */
		{{5, 3, 10, 42, 5}, 60, "The agenda takes 65 minutes, 5 more than the 60 of the meeting."},
		{{5, 0, 5, 42, 5},
		 60,
		 "“Agreements and roles” needs at least one minute: a part may be shortened, not left out."},
		{{1, 1, 1, 1, 1}, 10, "A conference takes between 15 and 240 minutes."},
		{{1, 1, 1, 1, 1}, 241, "A conference takes between 15 and 240 minutes."},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		err_t e = agenda_check(arena, rows[i].minutes, rows[i].length);
		if (rows[i].say == NULL) {
			assert_null(e);
			continue;
		}
		assert_non_null(e);
		assert_int_equal(e->class, ERR_INVALID);
		assert_text(e->say, rows[i].say);
	}
}

static void parts_may_what_their_role_is_for(void **state)
{
	(void)state;
	for (int s = 0; s < CONFERENCE_STATE_N; s++) {
		enum conference_state at = (enum conference_state)s;
		assert_int_equal(conference_acts(PART_NONE, at), 0);
		unsigned provider = conference_acts(PART_PROVIDER, at);
		assert_int_equal(provider & (CONFERENCE_WRITE | CONFERENCE_DRIVE | CONFERENCE_SETTLE), 0);
		/* A scribe never loses what a provider may do, nor a facilitator what a scribe may. */
		unsigned scribe = conference_acts(PART_SCRIBE, at);
		unsigned facilitator = conference_acts(PART_FACILITATOR, at);
		assert_int_equal(provider & ~scribe, 0);
		assert_int_equal(scribe & ~facilitator, 0);
	}
	for (int p = 0; p < CONFERENCE_PART_N; p++) {
		/* A closed record is locked: only addenda. */
		unsigned closed = conference_acts((enum conference_part)p, CONFERENCE_CLOSED);
		assert_int_equal(closed & ~(unsigned)(CONFERENCE_VIEW | CONFERENCE_ADDENDUM), 0);
	}
	assert_true(conference_acts(PART_SCRIBE, CONFERENCE_LIVE) & CONFERENCE_SETTLE);
	assert_true(conference_acts(PART_PROVIDER, CONFERENCE_LIVE) & CONFERENCE_OWN_STEPS);
	assert_false(conference_acts(PART_PROVIDER, CONFERENCE_PLANNED) & CONFERENCE_OWN_STEPS);
}

static void keys_come_back_as_they_were_stored(void **state)
{
	(void)state;
	for (int i = 0; i < CONFERENCE_STATE_N; i++) {
		enum conference_state at;
		assert_true(conference_state_parse(conference_state_table[i].key, &at));
		assert_int_equal(at, i);
	}
	for (int i = 0; i < CONFERENCE_PART_N; i++) {
		enum conference_part part;
		assert_true(conference_part_parse(conference_part_table[i].key, &part));
		assert_int_equal(part, i);
	}
	enum conference_state untouched = CONFERENCE_LIVE;
	assert_false(conference_state_parse(S("running"), &untouched));
	assert_int_equal(untouched, CONFERENCE_LIVE);
}

static void long_stayers_are_asked_the_question_for_them(void **state)
{
	(void)state;
	struct str asked[CONFERENCE_QUESTIONS];
	assert_int_equal(conference_questions(267, 0, 1, asked), 3);
	assert_text(asked[0], "What is one thing we haven’t tried yet that we can try this week?");
	assert_int_equal(conference_questions(20, 2, 0, asked), 3);
	assert_text(asked[0], "What was in the way, and who can help with it?");
	assert_int_equal(conference_questions(267, 1, 0, asked), 3);
	assert_int_equal(conference_questions(20, 0, 1, asked), 2);
}

static void a_card_that_stands_still_is_helped_on(void **state)
{
	(void)state;
	static const struct {
		bool over;
		int steps;
		const char *follow_up;
		bool nudged;
	} rows[] = {
		{false, 0, "", false},
		{false, 0, "The landlord called back.", false},
		{false, 0, "We are Working with them.", true},
		{false, 1, "We are working with them.", false},
		{true, 0, "", true},
		{true, 1, "", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(conference_nudge(rows[i].over, rows[i].steps, str_from(rows[i].follow_up)).n > 0,
				 rows[i].nudged);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(half_way_to_the_next_one),
		cmocka_unit_test(households_that_fit),
		cmocka_unit_test(next_card_gets_what_is_left),
		cmocka_unit_test(pace_compares_what_is_left_with_the_plan),
		cmocka_unit_test(clocks_read_like_clocks),
		cmocka_unit_test(goal_gap_is_never_negative),
		cmocka_unit_test(template_fills_the_meeting_and_keeps_every_part),
		cmocka_unit_test(agenda_that_does_not_fit_says_by_how_much),
		cmocka_unit_test(parts_may_what_their_role_is_for),
		cmocka_unit_test(keys_come_back_as_they_were_stored),
		cmocka_unit_test(long_stayers_are_asked_the_question_for_them),
		cmocka_unit_test(a_card_that_stands_still_is_helped_on),
	};
	return cmocka_run_group_tests_name("conference", tests, with_arena, without_arena);
}
