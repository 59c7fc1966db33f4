/* A board is filled in the order of the list: checked against every possible filling of small boards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/assign.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { HOUSEHOLDS_MOST = 7, OPENINGS_MOST = 5, FITS_MOST = HOUSEHOLDS_MOST * OPENINGS_MOST, BOARDS = 20000 };

struct board {
	struct assign_board b;
	uint32_t first[HOUSEHOLDS_MOST + 1];
	uint32_t fits[FITS_MOST];
};

/* Fits as letters, best liked first: "ab,b,,ca" are four households. */
static void board_read(struct board *board, uint32_t openings, const char *text)
{
	uint32_t n = 0;
	uint32_t h = 0;
	memset(board, 0, sizeof *board);
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == ',')
			board->first[++h] = n;
		else
			board->fits[n++] = (uint32_t)(*c - 'a');
	}
	board->first[++h] = n;
	board->b = (struct assign_board){h, openings, board->first, board->fits};
}

static void written_boards(void **state)
{
	(void)state;
	static const struct {
		const char *what;
		uint32_t openings;
		const char *fits, *given;
	} rows[] = {
		{"nobody, nothing", 0, "", "."},
		{"one fits one", 1, "a", "a"},
		{"the first of two gets the only one", 1, "a,a", "a."},
		{"nothing fits the first: the second has it", 1, ",a", ".a"},
		{"the first moves on so that the second is housed too", 2, "ab,a", "ba"},
		{"it stays with what it likes where that costs nobody a home", 2, "ab,b", "ab"},
		{"a chain of three moves", 3, "ab,bc,a", "bca"},
		{"a later one costs an earlier one no home", 2, "ab,ab,ab", "ab."},
		{"what it likes goes by the order of the list", 3, "abc,abc,abc", "abc"},
		{"likes nothing that is free: what fits is better than nothing", 2, "a,ab,b", "ab."},
		{"an opening that fits nobody stays empty", 3, "b,b", "b."},
	};
	struct arena *a = arena_new("test", 1 << 20);
	for (size_t r = 0; r < COUNT(rows); r++) {
		struct board board;
		uint32_t got[HOUSEHOLDS_MOST];
		char text[HOUSEHOLDS_MOST + 1] = {0};
		board_read(&board, rows[r].openings, rows[r].fits);
		assign_board(a, &board.b, got);
		for (uint32_t h = 0; h < board.b.households; h++)
			text[h] = got[h] == ASSIGN_NONE ? '.' : (char)('a' + got[h]);
		if (strcmp(text, rows[r].given) != 0)
			print_error("%s: %s, not %s\n", rows[r].what, text, rows[r].given);
		assert_string_equal(text, rows[r].given);
		arena_reset(a);
	}
	arena_free(&a);
}

/* The place of what a household has among its fits; behind all of them for nothing. */
static uint32_t liking(const struct assign_board *b, uint32_t h, uint32_t opening)
{
	uint32_t k = b->first[h];
	while (k < b->first[h + 1] && b->fits[k] != opening)
		k++;
	return k - b->first[h];
}

/* Housed before not, household by household; then better liked before less, household by household. */
static bool is_better(const struct assign_board *b, const uint32_t *x, const uint32_t *y)
{
	for (uint32_t h = 0; h < b->households; h++)
		if ((x[h] == ASSIGN_NONE) != (y[h] == ASSIGN_NONE))
			return y[h] == ASSIGN_NONE;
	for (uint32_t h = 0; h < b->households; h++)
		if (x[h] != y[h])
			return liking(b, h, x[h]) < liking(b, h, y[h]);
	return false;
}

static void every_filling(const struct assign_board *b, uint32_t h, unsigned taken, uint32_t *now, uint32_t *best)
{
	if (h == b->households) {
		if (is_better(b, now, best))
			memcpy(best, now, h * sizeof *best);
		return;
	}
	now[h] = ASSIGN_NONE;
	every_filling(b, h + 1, taken, now, best);
	for (uint32_t k = b->first[h]; k < b->first[h + 1]; k++) {
		if (taken & 1U << b->fits[k])
			continue;
		now[h] = b->fits[k];
		every_filling(b, h + 1, taken | 1U << b->fits[k], now, best);
	}
}

static uint32_t dice(uint64_t *seed, uint32_t sides)
{
	*seed = *seed * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)(*seed >> 33) % sides;
}

/* Each household likes some of the openings, in an order of its own. */
static void board_draw(struct board *board, uint64_t *seed)
{
	uint32_t households = dice(seed, HOUSEHOLDS_MOST) + 1;
	uint32_t openings = dice(seed, OPENINGS_MOST) + 1;
	uint32_t chance = dice(seed, 4) + 1;
	uint32_t n = 0;
	for (uint32_t h = 0; h < households; h++) {
		board->first[h] = n;
		for (uint32_t o = 0; o < openings; o++)
			if (dice(seed, 5) < chance)
				board->fits[n++] = o;
		for (uint32_t k = n; k > board->first[h] + 1; k--) {
			uint32_t with = board->first[h] + dice(seed, k - board->first[h]);
			uint32_t swap = board->fits[k - 1];
			board->fits[k - 1] = board->fits[with];
			board->fits[with] = swap;
		}
	}
	board->first[households] = n;
	board->b = (struct assign_board){households, openings, board->first, board->fits};
}

static void as_good_as_every_filling(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 1 << 20);
	uint64_t seed = 20261122;
	uint32_t housed = 0;
	uint32_t moved = 0;
	for (int i = 0; i < BOARDS; i++) {
		struct board board;
		uint32_t got[HOUSEHOLDS_MOST];
		uint32_t now[HOUSEHOLDS_MOST];
		uint32_t best[HOUSEHOLDS_MOST];
		board_draw(&board, &seed);
		memset(best, 0xff, sizeof best);
		every_filling(&board.b, 0, 0, now, best);
		assign_board(a, &board.b, got);
		for (uint32_t h = 0; h < board.b.households; h++) {
			assert_int_equal(got[h], best[h]);
			housed += got[h] != ASSIGN_NONE;
			moved += got[h] != ASSIGN_NONE && liking(&board.b, h, got[h]) > 0;
		}
		arena_reset(a);
	}
	/* The boards ask something of it. */
	assert_true(housed > BOARDS && moved > BOARDS / 4);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_boards),
		cmocka_unit_test(as_good_as_every_filling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
