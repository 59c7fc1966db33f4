/* Referrals: which step may follow which, whose it is, the clock of the request, declines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/referral.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Rows: from, columns: to, in the order of the states. "." never, "p" who plans alone, "a" the agency too. */
static void each_step_is_allowed_or_not(void **state)
{
	(void)state;
	static const char *const rows[REFERRAL_STATES_N] = {
		[REFERRAL_REQUESTED] = ".p.....ppapp",
		[REFERRAL_ISSUED] = "..aaaaaaappp",
		[REFERRAL_ACKNOWLEDGED] = "...aaaaaappp",
		[REFERRAL_CONTACT] = "....aaaaappp",
		[REFERRAL_INTAKE] = ".....aaaappp",
		[REFERRAL_ACCEPTED] = "......aaappp",
		[REFERRAL_MOVED_IN] = "............",
		[REFERRAL_CLIENT_DECLINED] = "............",
		[REFERRAL_PROVIDER_DECLINED] = ".p..........",
		[REFERRAL_WITHDRAWN] = "............",
		[REFERRAL_EXPIRED] = "............",
		[REFERRAL_FILLED] = "............",
	};
	for (int from = 0; from < REFERRAL_STATES_N; from++) {
		assert_int_equal(strlen(rows[from]), REFERRAL_STATES_N);
		for (int to = 0; to < REFERRAL_STATES_N; to++) {
			bool may = referral_may_become((enum referral_state)from, (enum referral_state)to);
			bool agencys = may && referral_is_agencys((enum referral_state)from, (enum referral_state)to);
			char got = agencys ? 'a' : may ? 'p' : '.';
			if (got != rows[from][to])
				print_error("%s to %s: %c\n", referral_state_table[from].key.p,
					    referral_state_table[to].key.p, got);
			assert_int_equal(got, rows[from][to]);
		}
		assert_false(referral_may_become((enum referral_state)from, REFERRAL_STATES_N));
	}
}

static void words_and_results(void **state)
{
	(void)state;
	static const int results[REFERRAL_STATES_N] = {
		[REFERRAL_ACCEPTED] = 1,
		[REFERRAL_MOVED_IN] = 1,
		[REFERRAL_CLIENT_DECLINED] = 2,
		[REFERRAL_PROVIDER_DECLINED] = 3,
	};
	enum referral_state s;
	enum referral_source source;
	for (int i = 0; i < REFERRAL_STATES_N; i++) {
		const struct referral_state_row *row = &referral_state_table[i];
		assert_true(referral_state_parse(row->key, &s));
		assert_int_equal(s, i);
		assert_int_equal(referral_result(s), results[i]);
		/* What is open waits for somebody, who has days to answer in, and fewer than until it expires. */
		assert_int_equal(referral_is_open(s), row->waits != WAITS_NOBODY);
		assert_int_equal(referral_is_open(s), row->answer_days > 0);
		assert_true(row->answer_days <= row->expire_days);
		struct day expires = referral_expires(s, (struct day){20000});
		assert_int_equal(day_known(expires), referral_is_open(s));
		if (day_known(expires))
			assert_int_equal(expires.n, 20000 + row->expire_days);
	}
	assert_false(referral_state_parse(S("gone"), &s));
	assert_true(referral_source_parse(S("board"), &source));
	assert_int_equal(source, REFERRAL_BOARD);
	assert_false(referral_source_parse(S(""), &source));
}

static struct day day_of(const char *iso)
{
	struct day d = DAY_NONE;
	assert_true(day_parse(str_from(iso), &d));
	return d;
}

static void the_clock_counts_business_days(void **state)
{
	(void)state;
	struct day closed[CALENDAR_FEDERAL + 1];
	calendar_federal(2026, closed);
	/* Behind Thanksgiving the CoC closes its Friday too. */
	closed[CALENDAR_FEDERAL] = closed[CALENDAR_FEDERAL - 1];
	closed[CALENDAR_FEDERAL - 1] = day_of("2026-11-27");
	const struct calendar with = {closed, CALENDAR_FEDERAL + 1};
	const struct calendar none = {0};
	static const struct {
		const char *what, *from, *due, *due_plain;
		int days;
	} rows[] = {
		{"on a Tuesday", "2026-11-17", "2026-11-18", "2026-11-18", 1},
		{"on a Friday", "2026-11-20", "2026-11-23", "2026-11-23", 1},
		{"on a Saturday", "2026-11-21", "2026-11-23", "2026-11-23", 1},
		{"on a Sunday", "2026-11-22", "2026-11-23", "2026-11-23", 1},
		{"before Thanksgiving", "2026-11-25", "2026-11-30", "2026-11-26", 1},
		{"on Thanksgiving", "2026-11-26", "2026-11-30", "2026-11-27", 1},
		{"two days", "2026-11-24", "2026-11-30", "2026-11-26", 2},
		{"the last of the year", "2026-12-31", "2027-01-01", "2027-01-01", 1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char got[DAY_TEXT];
		assert_string_equal(day_text(referral_due(&with, day_of(rows[i].from), rows[i].days), got),
				    rows[i].due);
		assert_string_equal(day_text(referral_due(&none, day_of(rows[i].from), rows[i].days), got),
				    rows[i].due_plain);
	}
	static const struct {
		int due, issued, today;
		enum referral_clock want;
	} clocks[] = {
		{100, 0, 99, CLOCK_TIME},      {100, 0, 100, CLOCK_AMBER},     {100, 0, 101, CLOCK_RED},
		{100, 99, 200, CLOCK_ON_TIME}, {100, 100, 200, CLOCK_ON_TIME}, {100, 101, 200, CLOCK_LATE},
	};
	for (size_t i = 0; i < COUNT(clocks); i++)
		assert_int_equal(referral_clock_of((struct day){clocks[i].due},
						   clocks[i].issued == 0 ? DAY_NONE : (struct day){clocks[i].issued},
						   (struct day){clocks[i].today}),
				 clocks[i].want);
}

static void declines_want_a_reason(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 20);
	static const struct {
		const char *reason;
		bool said;
		enum referral_state as;
		bool fine, question;
	} rows[] = {
		{"gone", true, REFERRAL_PROVIDER_DECLINED, true, false},
		{"gone", false, REFERRAL_PROVIDER_DECLINED, false, false},
		{"law", true, REFERRAL_PROVIDER_DECLINED, true, false},
		{"record", true, REFERRAL_PROVIDER_DECLINED, true, true},
		{"sobriety", true, REFERRAL_PROVIDER_DECLINED, true, true},
		{"income", true, REFERRAL_PROVIDER_DECLINED, true, true},
		{"credit", true, REFERRAL_PROVIDER_DECLINED, true, true},
		{"services", true, REFERRAL_PROVIDER_DECLINED, true, true},
		{"place", true, REFERRAL_PROVIDER_DECLINED, false, false},
		{"", true, REFERRAL_PROVIDER_DECLINED, false, false},
		{"place", false, REFERRAL_CLIENT_DECLINED, true, false},
		{"unsaid", false, REFERRAL_CLIENT_DECLINED, true, false},
		{"record", false, REFERRAL_CLIENT_DECLINED, false, false},
		{"place", false, REFERRAL_WITHDRAWN, false, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str reason = str_from(rows[i].reason);
		err_t e = referral_check_decline(a, rows[i].as, reason, rows[i].said);
		assert_int_equal(e == NULL, rows[i].fine);
		if (e == NULL)
			assert_int_equal(referral_reason_of(rows[i].as, reason)->question, rows[i].question);
		else
			assert_int_equal(e->class, ERR_INVALID);
	}
	const struct day ended = {20000};
	assert_true(referral_may_appeal(REFERRAL_PROVIDER_DECLINED, ended, day_add(ended, REFERRAL_APPEAL_DAYS)));
	assert_false(referral_may_appeal(REFERRAL_PROVIDER_DECLINED, ended, day_add(ended, REFERRAL_APPEAL_DAYS + 1)));
	assert_false(referral_may_appeal(REFERRAL_CLIENT_DECLINED, ended, ended));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_is_allowed_or_not),
		cmocka_unit_test(words_and_results),
		cmocka_unit_test(the_clock_counts_business_days),
		cmocka_unit_test(declines_want_a_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
