/* Which cells of a table of counts of people may be told to those who see counts only.
 *
 * A table has rows that add up to its last one and, where it has a column of totals, columns that add up to the last.
 * Small counts (1 to 10) are hidden, and as many others that none of them follows from a sum: in no row and no column
 * is one cell hidden alone, nor do the hidden ones of a sum that is told come to less than eleven. Source: DEFINITIONS
 * "Who may be named": "Small cells: under 11 hidden, with complementary suppression".
 *
 *     bool *hidden = arena_many(a, rows * columns, bool);
 *     small_table_hide(&(struct small_table){cells, rows, columns, true}, hidden);
 */
#ifndef DOMAIN_SMALL_TABLE_H
#define DOMAIN_SMALL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct small_table {
	const int64_t *cells; /* row by row */
	size_t rows;          /* the last one holds the sums of the others */
	size_t columns;
	bool totals; /* the last column holds the sums of the others */
};

/* hidden[row * columns + column] is set for what must not be shown; linear in the cells but for a few rounds. */
void small_table_hide(const struct small_table *t, bool *hidden);

/* A count that is told anew each day to who sees counts only, in whole tens: of exact ones, today's less yesterday's
 * would be the few who came or left since. */
static inline int64_t small_rounded(int64_t count)
{
	return (count + 5) / 10 * 10;
}

#endif
