/* The sheets that are handed to people say everything in each language, and fill in what they are given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "web/sheet.h"

enum { MEMORY = 1 << 20 };

static int placeholders(const char *text)
{
	int n = 0;
	for (const char *at = strstr(text, "{}"); at != NULL; at = strstr(at + 2, "{}"))
		n++;
	return n;
}

static void every_text_is_said_in_every_language(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", MEMORY);
	size_t n;
	const char *const *texts = sheet_texts(a, &n);
	assert_true(n > 15);
	for (size_t i = 0; i < n; i++) {
		assert_ptr_equal(po_say(LANGUAGE_EN, texts[i]), texts[i]);
		for (enum language l = LANGUAGE_EN + 1; l < LANGUAGES_N; l++) {
			const char *said = po_say(l, texts[i]);
			if (strcmp(said, texts[i]) == 0)
				fail_msg("in %s nobody says: %s", language_say(l), texts[i]);
			assert_int_equal(placeholders(said), placeholders(texts[i]));
		}
	}
	/* And the catalogue says nothing that no sheet asks for. */
	assert_int_equal(po_es_n, n);
	arena_free(&a);
}

static void what_is_not_in_the_catalogue_is_said_in_english(void **state)
{
	(void)state;
	assert_string_equal(po_say(LANGUAGE_ES, "Nobody has translated this."), "Nobody has translated this.");
}

static void a_sheet_is_whole_in_each_language(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", MEMORY);
	struct sheet english, spanish;
	const struct consent_form form = {.version = 3};
	sheet_plain(a, LANGUAGE_EN, S("Larkmere {} Region"), &english);
	sheet_plain(a, LANGUAGE_ES, S("Larkmere {} Region"), &spanish);
	assert_int_equal(english.parts_n, spanish.parts_n);
	for (size_t i = 0; i < english.parts_n; i++) {
		assert_int_equal(english.parts[i].items_n, spanish.parts[i].items_n);
		assert_int_equal(english.parts[i].text.n > 0, spanish.parts[i].text.n > 0);
		assert_false(str_eq(english.parts[i].heading, spanish.parts[i].heading));
	}
	/* What is filled in stands there as it was given, braces and all. */
	assert_non_null(strstr(str_c(a, english.parts[0].text), "The agencies of Larkmere {} Region meet"));
	assert_non_null(strstr(str_c(a, spanish.parts[0].text), "Las agencias de Larkmere {} Region se"));
	sheet_signed(a, LANGUAGE_ES, &form, &spanish);
	assert_true(str_eq(spanish.title, S("Versión 3")));
	assert_int_equal(spanish.lines_n, 3);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_text_is_said_in_every_language),
		cmocka_unit_test(what_is_not_in_the_catalogue_is_said_in_english),
		cmocka_unit_test(a_sheet_is_whole_in_each_language),
	};
	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
