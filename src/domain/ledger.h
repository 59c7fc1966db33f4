/* The monthly ledger: how many households were active, who came, who went, and whether it adds up.
 *
 *     active_end = active_start + newly_identified + returned_from_housing + returned_from_inactive
 *                  − move_ins − moved_to_inactive − no_longer_eligible + adjustments
 *
 * holds for every month and every part of the list, because the ledger is made of the status changes
 * themselves. Source: DEFINITIONS "Status and movement", after Built for Zero. Deceased and moved away count
 * under no_longer_eligible. Changes between statuses that are not active (housed out of the reconnect lane,
 * say) are in the history and not in the balance.
 *
 * Booking. A month is open until a list is derived in a later one; that derivation writes it for the last
 * time. Then it is closed: what was booked in it stays, whatever is learnt later. So a household has its
 * history as known today (`holds`) and what was booked of it (`month`); mostly they are the same entries. Where
 * the booked entries of closed months say another state than the history does, the difference is booked in the
 * month in which it was learnt, as an adjustment. Months before the first derivation are made from facts.
 *
 * A household is booked active or not, never twice: an entry of an open month older than the current one, which
 * would not fit what stands booked before it, is left to the adjustment.
 *
 *     size_t n;
 *     struct ledger_entry *entries = ledger_book(a, before, before_n, moves.list, moves.n, &when, &n);
 *     …
 *     struct ledger l = ledger_new(a, from, to);
 *     for each entry of each household: ledger_count(&l, &entry);
 *     ledger_close(&l);
 */
#ifndef DOMAIN_LEDGER_H
#define DOMAIN_LEDGER_H

#include "domain/movement.h"

#define LEDGER_NO_MONTH INT32_MIN /* not booked: in no column, or covered by an adjustment */

struct ledger_entry {
	struct day day; /* took effect; of an adjustment, the first of its month */
	int32_t month;  /* booked in (day_month), or LEDGER_NO_MONTH */
	uint8_t from;   /* enum status; of an adjustment, as it stood booked before */
	uint8_t to;
	uint8_t cause;
	bool adjustment;
	bool holds; /* true today; an adjustment never, it is bookkeeping */
};

/* When something is booked. */
struct ledger_when {
	int32_t open;  /* the first month that is open; LEDGER_NO_MONTH: nothing was booked yet */
	int32_t month; /* the current month, at or after `open` */
};

/* A list was derived last on `last` (DAY_NONE: never) and is now derived for `as_of`. */
struct ledger_when ledger_when(struct day last, struct day as_of);

/* A household's entries: those of closed months as they are in `before`, everything else anew from its history.
 * Entries that are in both are equal in all their fields. No moves: a household that is no more. */
struct ledger_entry *ledger_book(struct arena *a, const struct ledger_entry *before, size_t before_n,
				 const struct movement *moves, size_t moves_n, const struct ledger_when *when,
				 size_t *n);

bool ledger_same(const struct ledger_entry *a, const struct ledger_entry *b);

/* Column, its name in files, its heading, what it adds to the balance. */
#define LEDGER_FLOWS(X)                                                                                                \
	X(LEDGER_NEW, "newly_identified", "Newly identified", 1)                                                       \
	X(LEDGER_FROM_HOUSING, "returned_from_housing", "Returned from housing", 1)                                    \
	X(LEDGER_FROM_INACTIVE, "returned_from_inactive", "Returned from inactive", 1)                                 \
	X(LEDGER_MOVE_INS, "move_ins", "Housing move-ins", -1)                                                         \
	X(LEDGER_TO_INACTIVE, "moved_to_inactive", "Became inactive", -1)                                              \
	X(LEDGER_INELIGIBLE, "no_longer_eligible", "No longer eligible", -1)                                           \
	X(LEDGER_ADJUSTMENTS, "adjustments", "Adjustments", 1)

enum ledger_flow {
#define X(name, word, heading, sign) name,
	LEDGER_FLOWS(X)
#undef X
		LEDGER_FLOWS_N
};
const char *ledger_flow_word(enum ledger_flow f);
const char *ledger_flow_heading(enum ledger_flow f);
int ledger_flow_sign(enum ledger_flow f);

/* What was learnt late, in words that follow a number of households. */
#define LEDGER_LATES(X)                                                                                                \
	X(LATE_LISTED, "had been on the list already")                                                                 \
	X(LATE_ACTIVE, "had been active after all")                                                                    \
	X(LATE_HOUSED, "had been housed already")                                                                      \
	X(LATE_INACTIVE, "had become inactive already")                                                                \
	X(LATE_ENDED, "had left the list already")                                                                     \
	X(LATE_GONE, "turned out to be part of another household, or are in the HMIS no more")

enum ledger_late {
#define X(name, say) name,
	LEDGER_LATES(X)
#undef X
		LATES_N
};
const char *ledger_late_say(enum ledger_late l);

struct ledger_month {
	int32_t month;
	int64_t active_start;
	int64_t flows[LEDGER_FLOWS_N]; /* counts, not negative; adjustments signed */
	int64_t active_end;
	int64_t late[LATES_N]; /* what the adjustments are made of: the first two add, the others take away */
};

struct ledger {
	struct ledger_month *months;
	size_t n;
	int32_t first;  /* months[0].month */
	int64_t before; /* active at its start */
};

/* An empty ledger of the months from … to. */
struct ledger ledger_new(struct arena *a, int32_t from, int32_t to);

/* Counts an entry; those that are not booked, and of later months, pass. */
void ledger_count(struct ledger *l, const struct ledger_entry *e);

/* Works out the starts and the ends. */
void ledger_close(struct ledger *l);

/* "2026-03" and nothing else, within the days that a fact may have. */
bool month_parse(struct str s, int32_t *out);
enum { MONTH_TEXT = 8 };
const char *month_text(int32_t month, char out[MONTH_TEXT]);

#endif
