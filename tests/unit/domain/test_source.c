/* What columns and words of a list are taken for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/source.h"

static void columns_are_guessed(void **state)
{
	(void)state;
	static const struct {
		const char *header;
		unsigned kind;
		enum source_field field;
	} rows[] = {
		{"First Name", SOURCE_NAMED, SOURCE_FIRST},
		{"LAST_NAME", SOURCE_NAMED, SOURCE_LAST},
		{"Client name", SOURCE_NAMED, SOURCE_NAME},
		{"Name", SOURCE_NAMED, SOURCE_NAME},
		{"D.O.B.", SOURCE_NAMED, SOURCE_BIRTH},
		{"Date of birth", SOURCE_NAMED, SOURCE_BIRTH},
		{"SSN (last 4)", SOURCE_NAMED, SOURCE_SSN},
		{"Last contact", SOURCE_NAMED, SOURCE_CONTACT},
		{"Last contact", SOURCE_CODED, SOURCE_REACHED},
		{"Months homeless", SOURCE_NAMED, SOURCE_MONTHS},
		{"Months homeless", SOURCE_CODED, SOURCE_TIME},
		{"VI-SPDAT score", SOURCE_NAMED, SOURCE_SCORE},
		{"Date scored", SOURCE_NAMED, SOURCE_SCORED},
		{"Household size", SOURCE_CODED, SOURCE_SIZE},
		{"Code", SOURCE_CODED, SOURCE_KEY},
		{"County", SOURCE_CODED, SOURCE_REGION},
		{"Severity of need", SOURCE_CODED, SOURCE_NEED},
		{"First Name", SOURCE_CODED, SOURCE_FIELDS_N},
		{"Favourite colour", SOURCE_NAMED, SOURCE_FIELDS_N},
		{"", SOURCE_NAMED, SOURCE_FIELDS_N},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (source_guess(str_from(rows[i].header), rows[i].kind) != rows[i].field)
			fail_msg("%s", rows[i].header);
}

static void what_identifies_is_seen(void **state)
{
	(void)state;
	static const struct {
		const char *header;
		bool identifies;
	} headers[] = {
		{"Name", true},          {"Last name", true},       {"Client", true},  {"Survivor's name", true},
		{"DOB", true},           {"Birth year", true},      {"SSN", true},     {"Cell phone", true},
		{"E-mail", true},        {"Address", true},         {"HMIS ID", true}, {"Initials", true},
		{"Agency name", false},  {"Shelter name", false},   {"Code", false},   {"Last contact", false},
		{"Contact band", false}, {"Household size", false}, {"Need", false},   {"County", false},
	};
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		if ((source_identifies(str_from(headers[i].header)) != NULL) != headers[i].identifies)
			fail_msg("%s", headers[i].header);
	static const struct {
		const char *text;
		bool identifies;
	} texts[] = {
		{"900-12-3456", true},
		{"(555) 010-0199", true},
		{"555-010-0199", true},
		{"a@example.org", true},
		{"900123456", false},
		{"QH-0012", false},
		{"2026-11-21", false},
		{"11/21/2026", false},
		{"12 to 23", false},
		{"High", false},
		{"", false},
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if ((source_text_identifies(str_from(texts[i].text)) != NULL) != texts[i].identifies)
			fail_msg("%s", texts[i].text);
}

static void words_have_codes(void **state)
{
	(void)state;
	enum { NONE = -5 };
	static const struct {
		enum source_field field;
		const char *word;
		int code;
	} rows[] = {
		{SOURCE_SITUATION, "Unsheltered", 116},
		{SOURCE_SITUATION, " in a tent ", NONE},
		{SOURCE_SITUATION, "Tent", 116},
		{SOURCE_SITUATION, "SAFE-HAVEN", 118},
		{SOURCE_VETERAN, "Y", 1},
		{SOURCE_VETERAN, "no", 0},
		{SOURCE_VETERAN, "1", 1},
		{SOURCE_VETERAN, "2", NONE},
		{SOURCE_CHILDREN, "3", 1},
		{SOURCE_CHILDREN, "0", 0},
		{SOURCE_RELATION, "Self", 1},
		{SOURCE_TIME, "12 to 23 months", 17},
		{SOURCE_TIME, "14", 17},
		{SOURCE_TIME, "2", 1},
		{SOURCE_TIME, "24", 30},
		{SOURCE_NEED, "HIGH", 0},
		{SOURCE_NEED, "Moderate", 1},
		{SOURCE_NEED, "8", NONE},
		{SOURCE_REACHED, "45", 31},
		{SOURCE_REACHED, "Within 30 days", 0},
		{SOURCE_FIRST, "Joe", NONE},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int code = NONE;
		if (!source_word(rows[i].field, str_from(rows[i].word), &code))
			code = NONE;
		if (code != rows[i].code)
			fail_msg("%s is %d", rows[i].word, code);
	}
}

/* Every field has a word of its own, and every column of words has choices. */
static void the_table_is_whole(void **state)
{
	(void)state;
	for (enum source_field f = 0; f < SOURCE_FIELDS_N; f++) {
		size_t n;
		assert_int_equal(source_field_of(source_fields[f].word), f);
		const struct source_choice *choices = source_choices(f, &n);
		assert_int_equal(choices != NULL, source_fields[f].cells == SOURCE_WORDS);
		for (size_t i = 0; i < n; i++) {
			int code;
			assert_true(source_word(f, str_from(choices[i].say), &code));
			assert_int_equal(code, choices[i].code);
		}
	}
	assert_int_equal(source_field_of(S("")), SOURCE_FIELDS_N);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_guessed),
		cmocka_unit_test(what_identifies_is_seen),
		cmocka_unit_test(words_have_codes),
		cmocka_unit_test(the_table_is_whole),
	};
	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
