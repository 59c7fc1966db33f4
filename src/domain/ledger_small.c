#include "domain/ledger_small.h"

#include <stdlib.h>

#include "domain/access.h"

struct hiding {
	const struct ledger *ledgers;
	size_t n; /* the last one is the whole */
	struct ledger_mask **masks;
	bool changed;
};

int64_t ledger_cell(const struct ledger_month *m, int cell)
{
	if (cell == LEDGER_START)
		return m->active_start;
	return cell == LEDGER_END ? m->active_end : m->flows[cell];
}

static int64_t size_of(const struct hiding *h, size_t ledger, size_t month, int cell)
{
	return llabs(ledger_cell(&h->ledgers[ledger].months[month], cell));
}

/* Hides a cell, and what is the same cell under another name. */
static void hide(struct hiding *h, size_t ledger, size_t month, int cell)
{
	struct ledger_mask *masks = h->masks[ledger];
	masks[month].hidden[cell] = true;
	if (cell == LEDGER_END && month + 1 < h->ledgers[ledger].n)
		masks[month + 1].hidden[LEDGER_START] = true;
	if (cell == LEDGER_START && month > 0)
		masks[month - 1].hidden[LEDGER_END] = true;
	h->changed = true;
}

/* Which sign a cell has in start + flows − end = 0. */
static int sign_of(int cell)
{
	if (cell == LEDGER_START)
		return 1;
	return cell == LEDGER_END ? -1 : ledger_flow_sign((enum ledger_flow)cell);
}

/* The only hidden cell of a balance would follow from the others: one more goes. A flow of the other
 * direction, so that not their sum but their difference can be worked out, and rather one that is something. */
static void hide_in_balance(struct hiding *h, size_t ledger, size_t month)
{
	const struct ledger_mask *mask = &h->masks[ledger][month];
	int alone = -1;
	int best = -1;
	int best_rank = 0;
	for (int cell = 0; cell < LEDGER_CELLS_N; cell++) {
		if (!mask->hidden[cell])
			continue;
		if (alone >= 0)
			return;
		alone = cell;
	}
	for (int cell = 0; alone >= 0 && cell < LEDGER_ADJUSTMENTS; cell++) {
		bool nothing = size_of(h, ledger, month, cell) == 0;
		bool same = sign_of(cell) == sign_of(alone);
		int rank = 1 + 2 * !nothing + !same;
		bool smaller = best >= 0 && rank == best_rank &&
			       size_of(h, ledger, month, cell) < size_of(h, ledger, month, best);
		if (cell != alone && (rank > best_rank || smaller)) {
			best = cell;
			best_rank = rank;
		}
	}
	if (best >= 0)
		hide(h, ledger, month, best);
}

/* The parts of a cell add up to the whole's: as for any column of counts, more than one is hidden and
 * together they are no small cell (access_hide_small). */
static void hide_in_sum(struct hiding *h, size_t month, int cell)
{
	size_t whole = h->n - 1;
	if (h->masks[whole][month].hidden[cell])
		return;
	for (;;) {
		size_t hidden = 0;
		int64_t sum = 0;
		size_t next = whole;
		for (size_t i = 0; i < whole; i++) {
			int64_t size = size_of(h, i, month, cell);
			if (h->masks[i][month].hidden[cell]) {
				hidden++;
				sum += size;
			} else if (next == whole || (size > 0 && (size < size_of(h, next, month, cell) ||
								  size_of(h, next, month, cell) == 0))) {
				next = i;
			}
		}
		if (hidden == 0 || (hidden > 1 && !access_small(sum)) || next == whole)
			return;
		hide(h, next, month, cell);
	}
}

void ledger_hide_small(struct arena *a, const struct ledger *ledgers, size_t n, struct ledger_mask ***masks)
{
	struct hiding h = {.ledgers = ledgers, .n = n, .masks = arena_many(a, n, struct ledger_mask *)};
	size_t months = n > 0 ? ledgers[0].n : 0;
	for (size_t i = 0; i < n; i++) {
		h.masks[i] = arena_many(a, months, struct ledger_mask);
		for (size_t m = 0; m < months; m++)
			for (int cell = 0; cell < LEDGER_CELLS_N; cell++)
				h.masks[i][m].hidden[cell] = access_small(size_of(&h, i, m, cell));
	}
	do {
		h.changed = false;
		for (size_t m = 0; m < months; m++) {
			for (size_t i = 0; i < n; i++)
				hide_in_balance(&h, i, m);
			for (int cell = 0; cell < LEDGER_CELLS_N; cell++)
				hide_in_sum(&h, m, cell);
		}
	} while (h.changed);
	*masks = h.masks;
}
