/* Redaction: what a text becomes. How much it finds is measured in tests/unit/app/test_redact.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/redact.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;
static struct redact_person people[] = {
	{STR_INIT("Joseph Alan Smith"), {0}, STR_INIT("Maple 4821")},
	{STR_INIT("Ana Smith"), {0}, STR_INIT("Maple 4821")},
	{STR_INIT("Will de la Cruz"), {0}, STR_INIT("Heron 1174")},
	{STR_INIT("Jane Smith"), {0}, STR_INIT("Cedar 2290")},
	{STR_INIT("J Q"), {0}, STR_INIT("Otter 7023")},
};

static bool is_ordinary(void *ctx, struct str word)
{
	static const char *const words[] = {"will", "was", "the", "here", "cares", "smithy", "met", "with"};
	(void)ctx;
	for (size_t i = 0; i < COUNT(words); i++)
		if (str_eq(word, str_from(words[i])))
			return true;
	return false;
}

static struct redactor *redactor_of(bool knows_words)
{
	struct day today;
	assert_true(day_from_ymd(2026, 11, 22, &today));
	return redactor_new(arena, people, COUNT(people),
			    knows_words ? (struct redact_words){is_ordinary, NULL} : (struct redact_words){0}, today);
}

static int with_arena(void **state)
{
	(void)state;
	arena = arena_new("test", 16 << 20);
	for (size_t i = 0; i < COUNT(people); i++)
		people[i].birth = DAY_NONE;
	assert_true(day_from_ymd(2019, 3, 4, &people[1].birth));
	return 0;
}

static int without_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void what_a_text_becomes(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"Joe Smith was here", "Maple 4821 was here"},
		{"Smith, Joseph A.", "Maple 4821."},
		{"Joe S. was here", "Maple 4821. was here"},
		{"joe's papers", "Maple 4821's papers"},
		{"Joes papers", "Maple 4821 papers"},
		{"J. Smith", "(a person)"}, /* Joseph or Jane */
		{"Smith was here", "(a person) was here"},
		{"Joe, Ana and Jane", "Maple 4821, Maple 4821 and Cedar 2290"},
		{"Will will", "Heron 1174 will"},
		{"the will was here", "the will was here"},
		{"will de la Cruz", "Heron 1174"},
		{"de la", "de la"},
		{"Smihty was here", "Smihty was here"}, /* two letters away */
		{"Simth was here", "(a person) was here"},
		{"Smithy was here", "Smithy was here"}, /* a word, first in its sentence */
		{"Met Smithy here", "Met (a person) here"},
		{"Joey met a blacksmith", "Maple 4821 met a blacksmith"},
		{"J waits", "J waits"},
		{"born 3/4/2019", "born (date of birth)"},
		{"since 3/4/2019", "since (date of birth)"},
		{"since 3/5/2019", "since 3/5/2019"},
		{"since 3/5/1999", "since (date of birth)"},
		{"born 3/5/2019", "born (date of birth)"},
		{"SSN 123-45-6789.", "SSN (SSN)."},
		{"ends in 6789", "ends in 6789"},
		{"SSN ends in 6789", "SSN ends in (SSN)"},
		{"(555) 010-0134, 555-0134", "(telephone), (telephone)"},
		{"12-15 or 2026-11-22", "12-15 or 2026-11-22"},
		{"a.b@example.org.", "(mail address)."},
		{"at @ noon", "at @ noon"},
		{"412 Oak Street, Apt 4B", "(address)"},
		{"10 people on the street", "10 people on the street"},
		{"2 weeks in the court", "2 weeks in the court"},
		{"12 Smith Street", "(address)"}, /* one find, not two */
		{"", ""},
	};
	struct redactor *r = redactor_of(true);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct redact_find *finds;
		struct str text = str_from(rows[i][0]);
		size_t n = redact_find(arena, r, text, &finds);
		assert_string_equal(str_c(arena, redact_apply(arena, text, finds, n)), rows[i][1]);
	}
}

static void without_a_dictionary_every_name_is_found(void **state)
{
	(void)state;
	struct redact_find *finds;
	struct str text = S("will met smithy");
	size_t n = redact_find(arena, redactor_of(false), text, &finds);
	assert_string_equal(str_c(arena, redact_apply(arena, text, finds, n)), "Heron 1174 met (a person)");
}

static void a_writer_adds_what_was_missed(void **state)
{
	(void)state;
	struct redact_find *finds;
	struct str text = S("Joe at the red van, the RED VAN by the mill");
	size_t n = redact_find(arena, redactor_of(true), text, &finds);
	n = redact_mark(arena, text, S(" red van "), &finds, n);
	assert_int_equal(n, 3);
	assert_string_equal(str_c(arena, redact_apply(arena, text, finds, n)),
			    "Maple 4821 at the (left out), the (left out) by the mill");
	assert_int_equal(redact_mark(arena, text, S("Joe at"), &finds, n), 3);
	assert_string_equal(str_c(arena, redact_apply(arena, text, finds, 3)),
			    "(left out) the (left out), the (left out) by the mill");
	assert_int_equal(redact_mark(arena, text, S("blue"), &finds, 3), 3);
	assert_int_equal(redact_mark(arena, text, S("  "), &finds, 3), 3);
}

/* Any bytes: finds lie in the text, in order, apart. */
static void any_bytes_are_a_text(void **state)
{
	(void)state;
	static const char some[] = "Smith ,.-'\xe2\x80\x99\xc3\xa9\xe2(0123456789@#xX/ Jo\n";
	struct redactor *r = redactor_of(true);
	uint64_t seed = 20261122;
	for (int round = 0; round < 20000; round++) {
		struct arena_mark mark = arena_mark(arena);
		struct redact_find *finds;
		char bytes[40];
		size_t at = 0;
		for (size_t i = 0; i < sizeof bytes; i++) {
			seed = seed * 6364136223846793005U + 1442695040888963407U;
			bytes[i] = some[(seed >> 33) % (sizeof some - 1)];
		}
		struct str text = {bytes, (size_t)((seed >> 40) % sizeof bytes)};
		size_t n = redact_find(arena, r, text, &finds);
		for (size_t i = 0; i < n; i++) {
			assert_true(finds[i].at >= at && finds[i].n > 0 && finds[i].at + finds[i].n <= text.n);
			at = finds[i].at + finds[i].n;
		}
		arena_rewind(arena, mark);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_text_becomes),
		cmocka_unit_test(without_a_dictionary_every_name_is_found),
		cmocka_unit_test(a_writer_adds_what_was_missed),
		cmocka_unit_test(any_bytes_are_a_text),
	};
	return cmocka_run_group_tests_name("redact", tests, with_arena, without_arena);
}
