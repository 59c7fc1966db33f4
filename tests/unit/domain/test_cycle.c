/* Cycles follow the list's order: nobody is displaced, and only a named ending frees a seat. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/cycle.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { LONGEST = 32 };

/* A list as letters, most critical first: '.' has no seat, 'i' is in, 's' was skipped. The answer
 * marks who joins with 'J'. */
static void who_joins(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		int size;
		const char *list, *after;
	} rows[] = {
		{"the start takes the ten most critical", 10, "............", "JJJJJJJJJJ.."},
		{"a short list gives what it has", 10, "...", "JJJ"},
		{"nobody new, nobody joins", 3, "iii..", "iii.."},
		{"who rises joins, nobody is displaced", 3, ".iii.", "Jiii."},
		{"two rise: the cycle exceeds its size", 3, "..iii", "JJiii"},
		{"a member who sank keeps the seat", 3, ".i.i....i", "JiJi....i"},
		{"a freed seat goes to the next on the list", 3, "ii.", "iiJ"},
		{"one skipped: the next takes the turn", 3, "s....", "sJJJ."},
		{"one added out of order takes no seat from the top", 3, "iii..i", "iii..i"},
		{"an empty list", 3, "", ""},
	};
	for (size_t r = 0; r < COUNT(rows); r++) {
		struct cycle_candidate list[LONGEST] = {0};
		bool joins[LONGEST];
		size_t n = strlen(rows[r].list), expected = 0;
		for (size_t i = 0; i < n; i++) {
			list[i] = (struct cycle_candidate){rows[r].list[i] == 'i', rows[r].list[i] == 's'};
			expected += rows[r].after[i] == 'J';
		}
		print_message("# %s\n", rows[r].what);
		assert_int_equal(cycle_fill(list, n, rows[r].size, joins), expected);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(joins[i], rows[r].after[i] == 'J');
	}
}

static void out_of_order_needs_a_reason(void **state)
{
	struct arena *a = *state;
	assert_non_null(cycle_check_reason(a, S("")));
	assert_non_null(cycle_check_reason(a, S("   because   ")));
	assert_null(cycle_check_reason(a, S("In hospital until March, asked to wait")));
}

static void keys_come_back_as_they_were_stored(void **state)
{
	(void)state;
	for (unsigned i = 0; i < CYCLE_JOIN_N; i++) {
		enum cycle_join join;
		assert_true(cycle_join_parse(cycle_join_table[i].key, &join));
		assert_int_equal(join, i);
	}
	for (unsigned i = 0; i < CYCLE_ENDING_N; i++) {
		enum cycle_ending ending;
		assert_true(cycle_ending_parse(cycle_ending_table[i].key, &ending));
		assert_int_equal(ending, i);
	}
	enum cycle_ending ending;
	assert_false(cycle_ending_parse(S("timed out"), &ending));
}

static void target_dates_are_told_as_they_turned_out(void **state)
{
	struct arena *a = *state;
	static const struct {
		int late[4];
		size_t n;
		const char *says;
	} rows[] = {
		{{0}, 0, ""},
		{{0}, 1, "The household that moved in and had a target date moved in by it; it was on the day."},
		{{1}, 1, "The household that moved in and had a target date did not move in by it; it was 1 day late."},
		{{-3}, 1, "The household that moved in and had a target date moved in by it; it was 3 days early."},
		{{30, -2, 11},
		 3,
		 "Of the 3 households that moved in and had a target date, 1 moved in by it; the middle one was 11 "
		 "days "
		 "late."},
		{{9, -1, 0, -8},
		 4,
		 "Of the 4 households that moved in and had a target date, 3 moved in by it; the middle one was 1 day "
		 "early."},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int late[4];
		memcpy(late, rows[i].late, sizeof late);
		assert_string_equal(str_c(a, cycle_dates_held(a, late, rows[i].n)), rows[i].says);
	}
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_joins),
		cmocka_unit_test(out_of_order_needs_a_reason),
		cmocka_unit_test(target_dates_are_told_as_they_turned_out),
		cmocka_unit_test(keys_come_back_as_they_were_stored),
	};
	return cmocka_run_group_tests_name("cycle", tests, with_arena, without_arena);
}
