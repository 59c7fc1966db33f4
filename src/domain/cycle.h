/* A cycle: the households that a region's conferences work through.
 *
 * "Quick cycles of 10 households at a time per region. Always the most critical households. No aging
 * out / cycling off this list until housed" (coordinated entry redesign, Households to Case
 * Conference). So a cycle follows the order of the list and nothing else:
 *
 * - it starts with the ten most critical (the size is a setting of the region);
 * - who becomes more critical later joins, and nobody is displaced, so it can exceed ten;
 * - a seat is freed only by a named ending, never by a timer or by silence;
 * - a household that both list holders move to another region's list takes its seat along, into the cycle that
 *   is open there (ours); where none is, it waits for the next one as everybody does;
 * - a household that another one gave way to, because records of both are one person's, has that one's seat, which
 *   stays as well, for when that is taken back (ours);
 * - skipping a household, or adding one out of order, is a person's act with a recorded reason;
 * - one that is housed may come to an add-on review (domain/airtime.h): its seat lasts as long as the cycle, takes
 *   nobody's place, and ends when it is housed no more than others' do (ours).
 */
#ifndef DOMAIN_CYCLE_H
#define DOMAIN_CYCLE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { CYCLE_SIZE = 10, CYCLE_SIZE_MOST = 50, CYCLE_REASON_LEAST = 10 };

/* Why a household is in a cycle. */
#define CYCLE_JOINS(X)                                                                                                 \
	X(CYCLE_START, "start", "among the most critical at the start")                                                \
	X(CYCLE_KEPT, "kept", "kept from the cycle before")                                                            \
	X(CYCLE_ROSE, "rose", "became one of the most critical")                                                       \
	X(CYCLE_ADDED, "added", "added out of order")                                                                  \
	X(CYCLE_SHARED, "shared", "keeps the seat it had")                                                             \
	X(CYCLE_JOINED, "joined", "has the seat of a record that it was joined with")                                  \
	X(CYCLE_REVIEW, "review", "for an add-on review")                                                              \
	X(CYCLE_CAME, "came", "came with its seat from another region")

/* Why a seat was freed: key, words, whether a person says so (with a reason) or the list does. */
#define CYCLE_ENDINGS(X)                                                                                               \
	X(CYCLE_STAYS, "", "", false)                                                                                  \
	X(CYCLE_HOUSED, "housed", "housed", false)                                                                     \
	X(CYCLE_DECEASED, "deceased", "deceased", false)                                                               \
	X(CYCLE_MOVED, "moved", "moved away", true)                                                                    \
	X(CYCLE_WENT, "went", "went with its seat to another region", false)                                           \
	X(CYCLE_INELIGIBLE, "ineligible", "no longer eligible", true)                                                  \
	X(CYCLE_OTHER, "other", "ended for another reason", true)                                                      \
	X(CYCLE_SKIPPED, "skipped", "skipped", true)

enum cycle_join {
#define X(name, key, words) name,
	CYCLE_JOINS(X)
#undef X
		CYCLE_JOIN_N
};

enum cycle_ending {
#define X(name, key, words, by_person) name,
	CYCLE_ENDINGS(X)
#undef X
		CYCLE_ENDING_N
};

struct cycle_join_row {
	struct str key;
	struct str words;
};

struct cycle_ending_row {
	struct str key;
	struct str words;
	bool by_person;
};

extern const struct cycle_join_row cycle_join_table[CYCLE_JOIN_N];
extern const struct cycle_ending_row cycle_ending_table[CYCLE_ENDING_N];

bool cycle_join_parse(struct str key, enum cycle_join *out);
bool cycle_ending_parse(struct str key, enum cycle_ending *out);

/* One active household of the region, in the order of the list. */
struct cycle_candidate {
	bool in;      /* has a seat */
	bool skipped; /* a person passed over it, with a reason: the next one takes its turn */
};

/* Which candidates join now: sets joins[i] for those among the first `size` that were not skipped
 * and have no seat yet, and returns how many. Nobody who has a seat loses it. */
size_t cycle_fill(const struct cycle_candidate *list, size_t n, int size, bool *joins);

/* A reason for skipping, adding or ending must say something: ERR_INVALID for one that is shorter
 * than ten characters. */
must err_t cycle_check_reason(struct arena *a, struct str reason);

/* How target move-in dates turned out, for learning: days late (negative: early) of the n households that
 * have moved in, in any order, which this sorts. "Of the 14 households that moved in and had a target date, 6
 * moved in by it; the middle one was 11 days late." Empty for none. (ours) */
struct str cycle_dates_held(struct arena *a, int *late, size_t n);

#endif
