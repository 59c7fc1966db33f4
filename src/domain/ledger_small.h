/* Which cells of a ledger may be told to those who see counts only.
 *
 * Small ones (1 to 10, of adjustments by size) are hidden, and as many others that none follows from what is
 * shown: in no month's balance is just one cell hidden, nor among the parts whose cells add up to the whole's;
 * the end of a month and the start of the next are one cell. Source: DEFINITIONS "Who may be named". Of
 * months that are closed, so that the same question asked another day gives the same answer, and all of
 * them at once, so that asking for fewer months gives no more.
 */
#ifndef DOMAIN_LEDGER_SMALL_H
#define DOMAIN_LEDGER_SMALL_H

#include "domain/ledger.h"

/* The cells of a month: its flows, then these. */
enum { LEDGER_START = LEDGER_FLOWS_N, LEDGER_END, LEDGER_CELLS_N };

int64_t ledger_cell(const struct ledger_month *m, int cell);

struct ledger_mask {
	bool hidden[LEDGER_CELLS_N];
};

/* The masks of ledgers[0 … n − 1], of the same months; the last ledger is the sum of the others. masks[i]
 * has one for each month. */
void ledger_hide_small(struct arena *a, const struct ledger *ledgers, size_t n, struct ledger_mask ***masks);

#endif
