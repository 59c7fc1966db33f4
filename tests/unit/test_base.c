/* The lowest floor: what every other room relies on without looking. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "base/json.h"
#include "base/pii.h"
#include "base/str.h"

#define assert_str(got, want)                                                                                          \
	do {                                                                                                           \
		struct str got_ = (got);                                                                               \
		assert_int_equal(got_.n, strlen(want));                                                                \
		assert_memory_equal(got_.p, (want), got_.n);                                                           \
	} while (0)

static int with_arena(void **state)
{
	*state = arena_new("test", 1 << 20);
	return 0;
}

static int without_arena(void **state)
{
	struct arena *a = *state;
	arena_free(&a);
	return 0;
}

static void arena_hands_out_zeroed_memory_again_after_reset(void **state)
{
	struct arena *a = *state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++) {
			unsigned char *p = arena_many(a, 333, unsigned char);
			for (int k = 0; k < 333; k++)
				assert_int_equal(p[k], 0);
			memset(p, 0xAB, 333);
		}
		assert_true(arena_used(a) >= (size_t)100 * 333);
		arena_reset(a);
		assert_int_equal(arena_used(a), 0);
	}
}

#define assert_formats(...)                                                                                            \
	do {                                                                                                           \
		char want[1000];                                                                                       \
		int n = snprintf(want, sizeof want, __VA_ARGS__);                                                      \
		struct str got = str_fmt(a, __VA_ARGS__);                                                              \
		assert_string_equal(got.p, want);                                                                      \
		assert_int_equal(got.n, n);                                                                            \
	} while (0)

/* Simple formats are written by hand, the others by the C library: nobody can tell which. */
static void texts_are_formatted_as_the_c_library_does(void **state)
{
	struct arena *a = *state;
	char line[400];
	memset(line, 'x', sizeof line - 1);
	line[sizeof line - 1] = '\0';
	assert_formats("%s", "");
	assert_formats("plain");
	assert_formats("%d day%s", 1, "");
	assert_formats("%d, %d, %d", 0, INT_MIN, INT_MAX);
	assert_formats("%lld and %lld", LLONG_MIN, LLONG_MAX);
	assert_formats("%zu of %zu%s", (size_t)0, (size_t)SSIZE_MAX, "!");
	assert_formats("<%.*s>%.*s", 3, "abcdef", 0, "");
	assert_formats("%.*s", 10, "ab\0cd");
	assert_formats("%s%s", line, line);
	assert_formats("100%% of %s", "them");
	assert_formats("%04d-%02u %x %5.1f%c", 7, 3U, 255U, 2.25, 'z');
	assert_formats("%s, then %03d", "text", 5);
}

static void arena_extends_what_was_handed_out_last(void **state)
{
	struct arena *a = *state;
	char *first = arena_many(a, 10, char);
	char *last = arena_many(a, 10, char);
	memset(last, 'x', 10);
	size_t used = arena_used(a);
	assert_false(arena_extend(a, first, 10, 20));
	assert_false(arena_extend(a, last, 10, 64 << 20)); /* more than a block */
	assert_int_equal(arena_used(a), used);
	if (!arena_extend(a, last, 10, 200))
		skip(); /* under the address sanitizer each stands alone */
	for (int i = 0; i < 200; i++)
		assert_int_equal(last[i], i < 10 ? 'x' : 0);
	char *next = arena_many(a, 1, char);
	assert_true(next >= last + 200);
}

static void arena_rewinds_to_a_mark(void **state)
{
	struct arena *a = *state;
	struct arena_mark empty = arena_mark(a);
	char *keep = arena_many(a, 10, char);
	memcpy(keep, "unchanged", 10);
	struct arena_mark mark = arena_mark(a);
	size_t used = arena_used(a);
	for (int i = 0; i < 200; i++)
		memset(arena_many(a, 1000, char), 'x', 1000);
	arena_rewind(a, mark);
	assert_int_equal(arena_used(a), used);
	assert_string_equal(keep, "unchanged");
	char *again = arena_many(a, 1000, char);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(again[i], 0);
	arena_rewind(a, empty);
	assert_int_equal(arena_used(a), 0);
}

static void arena_that_is_full_goes_to_its_guard(void **state)
{
	(void)state;
	struct arena *volatile a = arena_new("small", 1000);
	volatile int reached = 0;
	if (ARENA_GUARD(a)) {
		reached++;
	} else {
		(void)arena_many(a, 900, char);
		(void)arena_many(a, SIZE_MAX / 4, int64_t);
		fail();
	}
	assert_int_equal(reached, 1);
	if (ARENA_GUARD(a)) {
		reached++;
	} else {
		(void)arena_many(a, 900, char);
		fail();
	}
	assert_int_equal(reached, 2);
	arena_unguard(a);
	struct arena *done = a;
	arena_free(&done);
	assert_null(done);
}

static void str_cuts_and_trims(void **state)
{
	(void)state;
	static const struct {
		const char *in, *head, *rest;
		bool cut;
	} cases[] = {
		{"a=b=c", "a", "b=c", true}, {"=b", "", "b", true}, {"a=", "a", "", true},
		{"none", "none", "", false}, {"", "", "", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str head;
		struct str rest;
		assert_int_equal(str_cut(str_from(cases[i].in), '=', &head, &rest), cases[i].cut);
		assert_str(head, cases[i].head);
		assert_str(rest, cases[i].rest);
	}
	assert_str(str_trim(S(" \t two words\r\n")), "two words");
	assert_str(str_trim(S("   ")), "");
	assert_str(str_sub(S("abc"), 1, 100), "bc");
	assert_str(str_sub(S("abc"), 3, 1), "");
	assert_true(str_ends(S("Client.csv"), S(".csv")));
	assert_false(str_ends(S("csv"), S("Client.csv")));
	assert_true(str_cmp(S("a"), S("ab")) < 0 && str_cmp(S("b"), S("ab")) > 0 && str_cmp(S(""), S("")) == 0);
}

static void str_reads_whole_numbers_only(void **state)
{
	(void)state;
	static const struct {
		const char *in;
		bool ok;
		int64_t v;
	} cases[] = {
		{"0", true, 0},
		{"-17", true, -17},
		{"9223372036854775807", true, INT64_MAX},
		{"-9223372036854775808", true, INT64_MIN},
		{"9223372036854775808", false, 0},
		{"-9223372036854775809", false, 0},
		{"", false, 0},
		{"-", false, 0},
		{"+1", false, 0},
		{" 1", false, 0},
		{"1.0", false, 0},
		{"0x10", false, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t v = 4711;
		assert_int_equal(str_to_i64(str_from(cases[i].in), &v), cases[i].ok);
		assert_true(v == (cases[i].ok ? cases[i].v : 4711));
	}
}

static void str_knows_clean_text(void **state)
{
	(void)state;
	static const struct {
		const char *in;
		bool clean;
	} cases[] = {
		{"plain, tab\tand\r\nlines", true},
		{"Jos\xC3\xA9", true},
		{"\xF0\x9F\x8C\xB3", true},
		{"\xC3", false},
		{"\xC0\xAF", false},
		{"\xED\xA0\x80", false},
		{"\xF5\x80\x80\x80", false},
		{"bell\a", false},
		{"\x7F", false},
		{"\xE2\x82", false},
		{"a\x80", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(str_is_clean_text(str_from(cases[i].in)), cases[i].clean);
	assert_int_equal(str_utf8_len(S("Jos\xC3\xA9 \xF0\x9F\x8C\xB3")), 6);
	assert_int_equal(str_utf8_len(S("\xFF\xFE")), 2);
}

static void buf_stops_at_its_maximum(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a, 1000);
	for (int i = 0; i < 50; i++)
		buf_fmt(&b, "%019d.", i);
	assert_int_equal(b.n, 1000);
	assert_false(b.full);
	buf_char(&b, 'x');
	assert_true(b.full);
	assert_int_equal(b.n, 1000);
	buf_lit(&b, "");
	assert_int_equal(buf_text(&b).n, 1000);
	assert_str(str_sub(buf_text(&b), 980, 20), "0000000000000000049.");
}

static void every_day_of_four_centuries_goes_there_and_back(void **state)
{
	(void)state;
	struct day d;
	assert_true(day_from_ymd(1900, 1, 1, &d));
	assert_int_equal(d.n, DAY_FIRST.n);
	int weekday = 1; /* 1900-01-01 was a Monday */
	for (; d.n <= DAY_LAST.n; d.n++) {
		struct ymd y = day_to_ymd(d);
		struct day back;
		assert_true(day_from_ymd(y.year, y.month, y.day, &back));
		assert_int_equal(back.n, d.n);
		assert_int_equal(day_weekday(d), weekday);
		weekday = (weekday + 1) % 7;
		char text[DAY_TEXT];
		assert_true(day_parse(str_from(day_text(d, text)), &back));
		assert_int_equal(back.n, d.n);
		int32_t m = day_month(d);
		assert_true(month_first(m).n <= d.n && d.n <= month_last(m).n);
	}
	assert_string_equal(day_text((struct day){d.n - 1}, (char[DAY_TEXT]){0}), "2199-12-31");
}

static void days_that_do_not_exist_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"2026-02-31",  "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
					  "2026-1-1",    "20260101",   "2026/01/01", "1899-12-31", "2200-01-01",
					  "2026-01-01 ", "",           "0000-00-00", "12-31-2015", "2026-01-0a"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct day d = {4711};
		assert_false(day_parse(str_from(bad[i]), &d));
		assert_int_equal(d.n, 4711);
	}
	assert_string_equal(day_text(DAY_NONE, (char[DAY_TEXT]){0}), "");
}

static struct day date(const char *s)
{
	struct day d = DAY_NONE;
	assert_true(day_parse(str_from(s), &d));
	return d;
}

static void day_arithmetic(void **state)
{
	(void)state;
	static const struct {
		const char *birth, *on;
		int age;
	} ages[] = {{"2000-02-29", "2018-02-28", 17},
		    {"2000-02-29", "2018-03-01", 18},
		    {"2008-11-21", "2026-11-21", 18},
		    {"2008-11-22", "2026-11-21", 17}};
	for (size_t i = 0; i < sizeof ages / sizeof *ages; i++)
		assert_int_equal(day_age(date(ages[i].birth), date(ages[i].on)), ages[i].age);
	assert_int_equal(day_add_years(date("2024-02-29"), -3).n, date("2021-02-28").n);
	assert_int_equal(day_min(DAY_NONE, date("2026-01-01")).n, date("2026-01-01").n);
	assert_int_equal(day_max(DAY_NONE, date("2026-01-01")).n, date("2026-01-01").n);
	assert_string_equal(day_say(date("2026-11-21"), (char[DAY_SAY]){0}), "Sat 21 Nov 2026");
	assert_string_equal(day_say_short(date("2026-11-03"), (char[DAY_SAY]){0}), "3 Nov");
	assert_string_equal(day_say_date(date("2025-11-09"), (char[DAY_SAY]){0}), "9 Nov 2025");
}

static void instants_are_read_as_hmis_software_writes_them(void **state)
{
	(void)state;
	static const struct {
		const char *in;
		bool ok;
		const char *text;
	} cases[] = {
		{"2026-11-21 14:02:31", true, "2026-11-21 14:02:31"},
		{"2026-11-21T14:02:31Z", true, "2026-11-21 14:02:31"},
		{"2026-11-21 14:02:31.123", true, "2026-11-21 14:02:31"},
		{"2026-11-21 14:02", true, "2026-11-21 14:02:00"},
		{"2026-11-21", true, "2026-11-21 00:00:00"},
		{"1969-12-31 23:59:59", true, "1969-12-31 23:59:59"},
		{"2026-11-21 25:00:00", false, ""},
		{"2026-11-21 1:00", false, ""},
		{"2026-11-21x14:02:31", false, ""},
		{"2026-02-31 14:02:31", false, ""},
		{"2026-11-21 14:02:31 PM", false, ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct instant t = INSTANT_NONE;
		assert_int_equal(instant_parse(str_from(cases[i].in), &t), cases[i].ok);
		char text[INSTANT_TEXT];
		assert_string_equal(instant_text(t, text), cases[i].text);
	}
}

static void wall_clock_follows_the_time_zone(void **state)
{
	(void)state;
	setenv("TZ", "America/Chicago", 1);
	tzset();
	struct instant late;
	assert_true(instant_parse(S("2026-11-22 03:30:00"), &late)); /* UTC: still the 21st in Missouri's zone */
	assert_int_equal(instant_day(late).n, date("2026-11-21").n);
	assert_string_equal(instant_clock(late, (char[CLOCK_TEXT]){0}), "21:30");
	assert_true(day_at(date("2026-11-21"), 21, 30).ms == late.ms);
	unsetenv("TZ");
	tzset();
}

static void ids_are_valid_and_differ(void **state)
{
	(void)state;
	struct id seen[200];
	for (int i = 0; i < 200; i++) {
		seen[i] = id_new();
		assert_true(id_valid(id_str(&seen[i])));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(seen[i].s, seen[k].s);
	}
	static const char *const bad[] = {"", "0123456789abcdefghj", "0123456789abcdefghjkm", "0123456789abcdefghjI",
					  "0123456789abcdefghji"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(id_valid(str_from(bad[i])));
}

static void errors_carry_a_sentence_and_a_class(void **state)
{
	struct arena *a = *state;
	err_t low = err_new(a, ERR_CONFLICT, "The row changed while you were typing.");
	err_t high = err_wrap(a, low, "The step was not saved.");
	high = err_with_detail(a, high, S("step version 3, expected 2"));
	assert_int_equal(high->class, ERR_CONFLICT);
	assert_int_equal(err_exit_code(high->class), 5);
	assert_int_equal(err_http_status(high->class), 409);
	assert_str(err_describe(a, high),
		   "The step was not saved. [step version 3, expected 2]; The row changed while you were typing.");
	err_t own = err_internal(a, "rows_n is %d", -1);
	assert_int_equal(err_exit_code(own->class), 1);
	assert_str(own->detail, "rows_n is -1");
}

static void json_is_written_in_order(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a, 4096);
	struct json j = {.out = &b};
	json_open(&j, NULL, '[');
	json_open(&j, NULL, '{');
	json_str(&j, "code", S("quote \" slash \\ line\n bell\a \xC3\xA9"));
	json_str_or_null(&j, "region", (struct str){0});
	json_int(&j, "days", -5);
	json_day(&j, "since", date("2026-11-21"));
	json_day(&j, "until", DAY_NONE);
	json_bool(&j, "active", true);
	json_open(&j, "list", '[');
	json_int(&j, NULL, 1);
	json_int(&j, NULL, 2);
	json_close(&j, ']');
	json_close(&j, '}');
	json_null(&j, NULL);
	json_close(&j, ']');
	assert_str(buf_text(&b),
		   "[{\"code\":\"quote \\\" slash \\\\ line\\n bell\\u0007 \xC3\xA9\",\"region\":null,\"days\":-5,"
		   "\"since\":\"2026-11-21\",\"until\":null,\"active\":true,\"list\":[1,2]},null]");
}

static void personal_data_is_opened_by_name_only(void **state)
{
	struct arena *a = *state;
	char name[] = "Sorrel";
	const struct pii *p = pii_new(a, str_from(name));
	name[0] = 'X';
	assert_str(pii_reveal(p), "Sorrel");
	assert_null(pii_new(a, (struct str){0}));
	assert_int_equal(pii_reveal(NULL).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_hands_out_zeroed_memory_again_after_reset),
		cmocka_unit_test(texts_are_formatted_as_the_c_library_does),
		cmocka_unit_test(arena_extends_what_was_handed_out_last),
		cmocka_unit_test(arena_rewinds_to_a_mark),
		cmocka_unit_test(arena_that_is_full_goes_to_its_guard),
		cmocka_unit_test(str_cuts_and_trims),
		cmocka_unit_test(str_reads_whole_numbers_only),
		cmocka_unit_test(str_knows_clean_text),
		cmocka_unit_test(buf_stops_at_its_maximum),
		cmocka_unit_test(every_day_of_four_centuries_goes_there_and_back),
		cmocka_unit_test(days_that_do_not_exist_are_refused),
		cmocka_unit_test(day_arithmetic),
		cmocka_unit_test(instants_are_read_as_hmis_software_writes_them),
		cmocka_unit_test(wall_clock_follows_the_time_zone),
		cmocka_unit_test(ids_are_valid_and_differ),
		cmocka_unit_test(errors_carry_a_sentence_and_a_class),
		cmocka_unit_test(json_is_written_in_order),
		cmocka_unit_test(personal_data_is_opened_by_name_only),
	};
	/* Each test gets an arena of its own. */
	struct CMUnitTest with[sizeof tests / sizeof *tests];
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		with[i] = tests[i];
		with[i].setup_func = with_arena;
		with[i].teardown_func = without_arena;
	}
	return cmocka_run_group_tests_name("base", with, NULL, NULL);
}
