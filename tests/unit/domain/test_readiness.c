/* Papers, needs and wishes: what counts, what is stored, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "domain/document.h"
#include "domain/needs.h"
#include "domain/preference.h"

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
	if (text[0] != '\0')
		assert_true(day_parse(str_from(text), &d));
	return d;
}

static void a_paper_counts_while_it_holds(void **state)
{
	(void)state;
	static const struct {
		bool have;
		const char *expires;
		bool holds;
	} rows[] = {
		{true, "", true},
		{true, "2026-11-17", true}, /* its last day */
		{true, "2026-11-16", false},
		{false, "", false},
		{false, "2030-01-01", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct document d = document_none();
		d.have = rows[i].have;
		d.expires = on(rows[i].expires);
		assert_int_equal(document_holds(&d, on("2026-11-17")), rows[i].holds);
	}
}

static void readiness_counts_what_is_needed(void **state)
{
	(void)state;
	struct document docs[DOCUMENTS_N];
	for (int k = 0; k < DOCUMENTS_N; k++)
		docs[k] = document_none();
	struct readiness r = document_readiness(docs, false, on("2026-11-17"));
	assert_int_equal(r.have, 0);
	assert_int_equal(r.of, DOCUMENTS_N - 1); /* the VA form is for veterans */
	docs[DOCUMENT_VA].have = true;
	assert_int_equal(document_readiness(docs, false, on("2026-11-17")).have, 0);
	r = document_readiness(docs, true, on("2026-11-17"));
	assert_int_equal(r.have, 1);
	assert_int_equal(r.of, DOCUMENTS_N);
	assert_int_equal(r.percent, 14); /* 1 of 7, rounded down */
	for (int k = 0; k < DOCUMENTS_N; k++)
		docs[k].have = true;
	assert_int_equal(document_readiness(docs, true, on("2026-11-17")).percent, 100);
}

static void a_paper_is_stored_and_read_again(void **state)
{
	(void)state;
	static const char *const texts[] = {"need - - - -", "have 2026-10-01 2031-10-01 - -",
					    "need - - 9p3k 2026-12-01"};
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct document d;
		assert_true(document_read(str_from(texts[i]), &d));
		assert_string_equal(str_c(arena, document_text(arena, &d)), texts[i]);
	}
	static const char *const bad[] = {
		"", "have", "have - - -", "had - - - -", "have - - - - -", "have 2026-02-30 - - -"};
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct document d;
		assert_false(document_read(str_from(bad[i]), &d));
	}
}

static void a_paper_that_cannot_be_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *day, *expires, *fetcher, *due;
		bool fine;
	} rows[] = {
		{"", "", "", "", true},
		{"2026-11-17", "2026-11-17", "", "", true},
		{"2026-11-18", "", "", "", false},
		{"2026-11-10", "2026-11-09", "", "", false},
		{"", "2020-01-01", "", "", true}, /* an expired one, of unknown date */
		{"", "", "9p3k", "2026-12-01", true},
		{"", "", "9p3k", "", true},
		{"", "", "", "2026-12-01", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct document d = {
			.day = on(rows[i].day),
			.expires = on(rows[i].expires),
			.fetcher = str_from(rows[i].fetcher),
			.due = on(rows[i].due),
		};
		err_t e = document_check(arena, &d, on("2026-11-17"));
		assert_int_equal(e == NULL, rows[i].fine);
	}
}

static void needs_are_stored_and_have_the_seeds_menu(void **state)
{
	(void)state;
	for (int h = 0; h < NEED_LEVELS_N; h++)
		for (int s = 0; s < NEED_LEVELS_N; s++) {
			struct needs n = {(enum need_level)h, (enum need_level)s};
			struct needs again;
			assert_true(needs_read(needs_text(arena, n), &again));
			assert_int_equal(again.housing, h);
			assert_int_equal(again.service, s);
			assert_true(needs_menu(n).n > 0);
		}
	struct needs n;
	assert_false(needs_read(S("high"), &n));
	assert_false(needs_read(S("high much"), &n));
	assert_string_equal(str_c(arena, needs_menu((struct needs){NEED_HIGH, NEED_HIGH})),
			    "Permanent Supportive Housing; long-term living; LIHTC/EHV/HCV with supportive services");
	/* Housing first, then services: the two off-diagonal corners are told apart. */
	assert_string_equal(str_c(arena, needs_menu((struct needs){.housing = NEED_HIGH, .service = NEED_LOW})),
			    "Income supports; affordable housing; LIHTC/EHV/HCV or other PHA resources");
}

static void the_facts_suggest_a_housing_need(void **state)
{
	(void)state;
	assert_int_equal(needs_suggest(CHRONIC_LIKELY, SITUATION_SHELTER), NEED_HIGH);
	assert_int_equal(needs_suggest(CHRONIC_VERIFIED, SITUATION_HOUSED), NEED_HIGH);
	assert_int_equal(needs_suggest(CHRONIC_NOT, SITUATION_DOUBLED_UP), NEED_LOW);
	assert_int_equal(needs_suggest(CHRONIC_NOT, SITUATION_UNSHELTERED), NEED_MODERATE);
	assert_int_equal(needs_suggest(CHRONIC_UNKNOWN, SITUATION_UNKNOWN), NEED_MODERATE);
}

static void wishes_are_keys_and_labels(void **state)
{
	(void)state;
	unsigned set;
	assert_true(preference_set_parse(S("quiet  pets"), &set));
	assert_string_equal(str_c(arena, preference_set_keys(arena, set)), "pets quiet");
	assert_string_equal(str_c(arena, preference_set_labels(arena, set)), "With a pet, Quiet");
	assert_true(preference_set_parse(S(""), &set));
	assert_int_equal(set, 0);
	assert_false(preference_set_parse(S("pets castle"), &set));
	const struct str ticked[] = {S("quiet"), S(""), S("pets"), S("castle")};
	assert_true(preference_set_of(ticked, 3, &set));
	assert_string_equal(str_c(arena, preference_set_keys(arena, set)), "pets quiet");
	assert_false(preference_set_of(ticked, 4, &set));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paper_counts_while_it_holds),
		cmocka_unit_test(readiness_counts_what_is_needed),
		cmocka_unit_test(a_paper_is_stored_and_read_again),
		cmocka_unit_test(a_paper_that_cannot_be_is_refused),
		cmocka_unit_test(needs_are_stored_and_have_the_seeds_menu),
		cmocka_unit_test(the_facts_suggest_a_housing_need),
		cmocka_unit_test(wishes_are_keys_and_labels),
	};
	return cmocka_run_group_tests(tests, with_arena, without_arena);
}
