/* How often people meet, what a business meeting goes through, and what a vote needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/board.h"
#include "domain/series.h"

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

static struct day day_of(const char *iso)
{
	struct day d = DAY_NONE;
	assert_true(day_parse(str_from(iso), &d));
	return d;
}

/* 15 December 2026 is the third Tuesday, 29 December the fifth, which not every month has. */
static void a_rhythm_is_a_rule_and_a_sentence(void **state)
{
	(void)state;
	static const struct {
		enum series_rhythm rhythm;
		const char *first, *rule, *say;
	} rows[] = {
		{RHYTHM_MONTH, "2026-12-15", "FREQ=MONTHLY;BYDAY=3TU", "every month on the third Tuesday, at 10:05"},
		{RHYTHM_MONTH, "2026-12-01", "FREQ=MONTHLY;BYDAY=1TU", "every month on the first Tuesday, at 10:05"},
		{RHYTHM_MONTH, "2026-12-07", "FREQ=MONTHLY;BYDAY=1MO", "every month on the first Monday, at 10:05"},
		{RHYTHM_MONTH, "2026-12-08", "FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday, at 10:05"},
		{RHYTHM_MONTH, "2026-12-28", "FREQ=MONTHLY;BYDAY=4MO", "every month on the fourth Monday, at 10:05"},
		{RHYTHM_MONTH, "2026-12-29", "FREQ=MONTHLY;BYDAY=-1TU", "every month on the last Tuesday, at 10:05"},
		{RHYTHM_QUARTER, "2026-12-17", "FREQ=MONTHLY;INTERVAL=3;BYDAY=3TH",
		 "every three months on the third Thursday, at 10:05"},
		{RHYTHM_FORTNIGHT, "2026-12-16", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
		 "every two weeks on Wednesday, at 10:05"},
		{RHYTHM_WEEK, "2026-12-18", "FREQ=WEEKLY;BYDAY=FR", "every week on Friday, at 10:05"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct day first = day_of(rows[i].first);
		assert_string_equal(str_c(arena, series_rule(arena, rows[i].rhythm, first)), rows[i].rule);
		assert_string_equal(str_c(arena, series_say(arena, rows[i].rhythm, first, 605)), rows[i].say);
	}
}

static void a_business_agenda_fits_any_length(void **state)
{
	(void)state;
	int minutes[BUSINESS_ITEMS_N];
	for (int length = 0; length <= 240; length++) {
		business_fill(length, minutes);
		assert_null(business_check(arena, minutes, length));
	}
	business_fill(60, minutes);
	int sum = 0;
	for (int i = 0; i < BUSINESS_ITEMS_N; i++)
		sum += minutes[i];
	assert_int_equal(sum, 60);
	err_t e = business_check(arena, minutes, 45);
	assert_non_null(e);
	assert_string_equal(str_c(arena, e->say),
			    "The agenda takes 60 minutes and the business meeting has 45: shorten something by 15.");
	minutes[BUSINESS_EVENTS] = -1;
	assert_non_null(business_check(arena, minutes, 60));
}

static void votes_need_a_quorum_and_more_yes_than_no(void **state)
{
	(void)state;
	static const struct {
		struct motion_count n;
		int needed;
		enum motion_result result;
	} rows[] = {
		{{3, 1, 0, 8, 50}, 4, MOTION_CARRIED},    {{2, 1, 0, 8, 50}, 4, MOTION_NO_QUORUM},
		{{2, 1, 1, 8, 50}, 4, MOTION_CARRIED}, /* who abstains counts for the quorum */
		{{2, 2, 0, 8, 50}, 4, MOTION_LOST},    /* a tie */
		{{0, 0, 4, 8, 50}, 4, MOTION_LOST},       {{4, 1, 0, 9, 50}, 5, MOTION_CARRIED},
		{{4, 0, 0, 9, 50}, 5, MOTION_NO_QUORUM},  {{1, 0, 0, 9, 0}, 0, MOTION_CARRIED},
		{{0, 0, 0, 9, 0}, 0, MOTION_LOST},        {{3, 0, 0, 3, 100}, 3, MOTION_CARRIED},
		{{2, 0, 0, 3, 100}, 3, MOTION_NO_QUORUM}, {{0, 0, 0, 0, 50}, 0, MOTION_LOST},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(motion_needed(&rows[i].n), rows[i].needed);
		assert_int_equal(motion_result(&rows[i].n), rows[i].result);
	}
}

static void keys_come_back_as_they_were_stored(void **state)
{
	(void)state;
	for (int i = 0; i < RHYTHMS_N; i++) {
		enum series_rhythm out = RHYTHMS_N;
		assert_true(series_rhythm_parse(series_rhythm_table[i].key, &out));
		assert_int_equal(out, i);
	}
	for (int i = 0; i < NOTICE_KINDS_N; i++) {
		enum notice_kind out = NOTICE_KINDS_N;
		assert_true(notice_kind_parse(notice_table[i].key, &out));
		assert_int_equal(out, i);
	}
	for (int i = 0; i < ISSUE_LEVELS_N; i++) {
		enum issue_level out = ISSUE_LEVELS_N;
		assert_true(issue_level_parse(issue_table[i].key, &out));
		assert_int_equal(out, i);
	}
	enum series_rhythm rhythm;
	assert_false(series_rhythm_parse(S("yearly"), &rhythm));
}

static void a_notice_has_a_last_day_within_a_year(void **state)
{
	(void)state;
	struct day today = day_of("2026-11-17");
	assert_true(notice_until_fits(today, today));
	assert_true(notice_until_fits(day_add(today, NOTICE_DAYS_MOST), today));
	assert_false(notice_until_fits(day_add(today, NOTICE_DAYS_MOST + 1), today));
	assert_false(notice_until_fits(day_add(today, -1), today));
	assert_false(notice_until_fits(DAY_NONE, today));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rhythm_is_a_rule_and_a_sentence),
		cmocka_unit_test(a_business_agenda_fits_any_length),
		cmocka_unit_test(votes_need_a_quorum_and_more_yes_than_no),
		cmocka_unit_test(keys_come_back_as_they_were_stored),
		cmocka_unit_test(a_notice_has_a_last_day_within_a_year),
	};
	return cmocka_run_group_tests_name("series", tests, with_arena, without_arena);
}
