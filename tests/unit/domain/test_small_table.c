/* Small cells: cases by hand, and every shape of random tables against what a reader could work out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/access.h"
#include "domain/small_table.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { CELLS = 16 };

static void tables_by_hand(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		size_t rows, columns;
		bool totals;
		int64_t cells[CELLS];
		const char *want; /* x: hidden */
	} cases[] = {
		{"nothing is small", 3, 1, false, {20, 30, 50}, "..."},
		{"nought may be told", 3, 1, false, {0, 30, 30}, "..."},
		{"one is small: the next goes too", 4, 1, false, {3, 20, 30, 53}, "xx.."},
		{"two small ones that are few together", 4, 1, false, {3, 4, 30, 37}, "xxx."},
		{"two small ones that are not", 4, 1, false, {9, 4, 30, 43}, "xx.."},
		{"a small total hides its parts", 3, 1, false, {0, 4, 4}, ".xx"},
		{"a part that is nothing goes where there is no other", 3, 1, false, {0, 3, 3}, ".xx"},
		{"both ways", 3, 3, true, {3, 20, 23, 40, 50, 90, 43, 70, 113}, "xx.xx...."},
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool hidden[CELLS];
		char got[CELLS + 1] = "";
		size_t n = cases[i].rows * cases[i].columns;
		small_table_hide(
			&(struct small_table){cases[i].cells, cases[i].rows, cases[i].columns, cases[i].totals},
			hidden);
		for (size_t k = 0; k < n; k++)
			got[k] = hidden[k] ? 'x' : '.';
		if (strcmp(got, cases[i].want) != 0)
			print_error("%s: %s\n", cases[i].what, got);
		assert_string_equal(got, cases[i].want);
	}
}

/* Of a line of parts and their total: no cell hidden alone, and no told total over few hidden ones. */
static void check_line(const int64_t *cells, const bool *hidden, size_t step, size_t n)
{
	size_t count = 0;
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++) {
		count += hidden[i * step];
		sum += i + 1 < n && hidden[i * step] ? cells[i * step] : 0;
	}
	assert_true(count != 1);
	if (!hidden[(n - 1) * step])
		assert_false(access_small(sum));
}

static void nothing_follows(void **state)
{
	(void)state;
	enum { TABLES = 3000, SIDE = 6 };
	srandom(20261122);
	for (int t = 0; t < TABLES; t++) {
		size_t rows = 2 + (size_t)random() % (SIDE - 1);
		size_t columns = 2 + (size_t)random() % (SIDE - 1);
		int64_t cells[SIDE * SIDE] = {0};
		bool hidden[SIDE * SIDE];
		for (size_t r = 0; r + 1 < rows; r++)
			for (size_t c = 0; c + 1 < columns; c++) {
				int64_t n = random() % 3 == 0 ? 0 : random() % 40;
				cells[r * columns + c] = n;
				cells[r * columns + columns - 1] += n;
				cells[(rows - 1) * columns + c] += n;
				cells[rows * columns - 1] += n;
			}
		small_table_hide(&(struct small_table){cells, rows, columns, true}, hidden);
		for (size_t i = 0; i < rows * columns; i++)
			assert_true(hidden[i] || !access_small(cells[i]));
		for (size_t r = 0; r < rows; r++)
			check_line(cells + r * columns, hidden + r * columns, 1, columns);
		for (size_t c = 0; c < columns; c++)
			check_line(cells + c, hidden + c, columns, rows);
	}
}

static void counts_of_every_day_are_told_in_tens(void **state)
{
	static const int64_t cases[][2] = {{0, 0}, {11, 10}, {14, 10}, {15, 20}, {104, 100}, {105, 110}, {1999, 2000}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(small_rounded(cases[i][0]), cases[i][1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_of_every_day_are_told_in_tens),
		cmocka_unit_test(tables_by_hand),
		cmocka_unit_test(nothing_follows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
