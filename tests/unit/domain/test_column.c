/* Columns of the CoC's own: how a name is typed, which choices there can be, what a value is kept as and orders by. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/column.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static int with_arena(void **state)
{
	(void)state;
	arena = arena_new("test", 4 << 20);
	return 0;
}

static int without_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void a_name_is_typed_as_one_word(void **state)
{
	(void)state;
	static const struct {
		const char *name, *word;
	} rows[] = {
		{"Team", "our.team"},
		{"Street team", "our.street_team"},
		{"Street-Team", "our.street_team"},
		{"Rent < 600: \"ok\"?", "our.rent___600___ok__"},
		{"Größe 2", "our.größe_2"},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(str_c(arena, column_word(arena, str_from(rows[i].name))), rows[i].word);
}

static void choices_in_one_form(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *kept; /* NULL: refused */
	} rows[] = {
		{"yes, no ,  maybe", "yes, no, maybe"},
		{",yes,,no,", "yes, no"},
		{"South side,North", "South side, North"},
		{"", NULL},
		{"yes", NULL},
		{"yes, Yes", NULL},
		{"a \"b\", c", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str kept;
		err_t e = column_choices(arena, str_from(rows[i].typed), &kept);
		if (rows[i].kept == NULL) {
			assert_non_null(e);
			assert_int_equal(e->class, ERR_INVALID);
			continue;
		}
		assert_null(e);
		assert_string_equal(str_c(arena, kept), rows[i].kept);
	}
	struct buf many = buf_new(arena, 1000);
	struct str kept;
	for (int i = 0; i < COLUMN_CHOICES_MAX; i++)
		buf_fmt(&many, "c%d,", i);
	assert_null(column_choices(arena, buf_text(&many), &kept));
	buf_lit(&many, "one more");
	assert_non_null(column_choices(arena, buf_text(&many), &kept));
}

static void values_are_kept_in_one_spelling_and_order_as_numbers(void **state)
{
	(void)state;
	enum { NONE = INT_MIN };
	static const struct {
		enum column_kind kind;
		const char *typed, *kept; /* NULL: refused */
		int32_t number;
	} rows[] = {
		{COLUMN_TEXT, "  as they say ", "as they say", NONE},
		{COLUMN_TEXT, "", "", NONE},
		{COLUMN_NUMBER, "", "", NONE},
		{COLUMN_NUMBER, "12", "12", 12},
		{COLUMN_NUMBER, " -7 ", "-7", -7},
		{COLUMN_NUMBER, "007", "7", 7},
		{COLUMN_NUMBER, "9999999999", "9999999999", NONE}, /* kept, and beyond what orders */
		{COLUMN_NUMBER, "1.5", NULL, NONE},
		{COLUMN_NUMBER, "many", NULL, NONE},
		{COLUMN_DATE, "1970-01-11", "1970-01-11", 10},
		{COLUMN_DATE, "11/21/2026", NULL, NONE},
		{COLUMN_DATE, "2026-02-30", NULL, NONE},
		{COLUMN_CHOICE, "north", "North", 0},
		{COLUMN_CHOICE, "SOUTH SIDE", "South side", 1},
		{COLUMN_CHOICE, "east", NULL, NONE},
		{COLUMN_CHOICE, "", "", NONE},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str kept = S("before");
		int32_t number = NONE;
		err_t e = column_value(arena, rows[i].kind, S("North, South side"), str_from(rows[i].typed), &kept);
		if (rows[i].kept == NULL) {
			assert_non_null(e);
			assert_int_equal(e->class, ERR_INVALID);
			continue;
		}
		assert_null(e);
		assert_string_equal(str_c(arena, kept), rows[i].kept);
		bool orders = column_number(rows[i].kind, S("North, South side"), kept, &number);
		assert_int_equal(orders, rows[i].number != NONE);
		assert_int_equal(number, rows[i].number);
	}
}

static void kinds_have_words(void **state)
{
	(void)state;
	for (int k = 0; k < COLUMN_KINDS_N; k++) {
		enum column_kind read;
		assert_true(column_kind_parse(str_from(column_kind_word((enum column_kind)k)), &read));
		assert_int_equal(read, k);
		assert_true(column_kind_say((enum column_kind)k)[0] != '\0');
	}
	enum column_kind none;
	assert_false(column_kind_parse(S("colour"), &none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_typed_as_one_word),
		cmocka_unit_test(choices_in_one_form),
		cmocka_unit_test(values_are_kept_in_one_spelling_and_order_as_numbers),
		cmocka_unit_test(kinds_have_words),
	};
	return cmocka_run_group_tests_name("column", tests, with_arena, without_arena);
}
