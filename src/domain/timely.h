/* How soon facts are entered: days from the day of an event to the day its record was made (DateCreated).
 *
 * Source: HUD's annual performance report, question 6e "Timeliness", which counts entries and exits by the days
 * between the two. (ours) Living situations are counted alike, and the events are those of the year before the export.
 * Delays are kept as counts in few, bounded buckets: exact up to 30 days, which is what settings may ask about.
 *
 *     int64_t counts[TIMELY_BUCKETS] = {0};
 *     counts[timely_bucket(entry, created, exported)]++;      for every fact
 *     timely_sum(counts, 3, &t);                              t.n facts, t.within of them within three days
 */
#ifndef DOMAIN_TIMELY_H
#define DOMAIN_TIMELY_H

#include "base/day.h"

/* Kinds of facts: a word for files, what a column of them is called. */
#define TIMELY_KINDS(X)                                                                                                \
	X(TIMELY_ENTRY, "Entries")                                                                                     \
	X(TIMELY_EXIT, "Exits")                                                                                        \
	X(TIMELY_SITUATION, "Where they stay")
enum timely_kind {
#define X(name, say) name,
	TIMELY_KINDS(X)
#undef X
};
#define X(name, say) +1
enum { TIMELY_KINDS_N = TIMELY_KINDS(X) };
#undef X
const char *timely_kind_say(enum timely_kind k);

/* Buckets are stored, and fit into six bits: never renumber. */
enum {
	TIMELY_NONE,                                /* does not count: no date, or not of the year */
	TIMELY_BEFORE,                              /* entered before the day of the event */
	TIMELY_SAME,                                /* on that day; the next one is one day later, and so on */
	TIMELY_EXACT = 30,                          /* as far as days are counted one by one */
	TIMELY_60 = TIMELY_SAME + TIMELY_EXACT + 1, /* 31 to 60 days */
	TIMELY_90,                                  /* 61 to 90 */
	TIMELY_OVER,                                /* more */
	TIMELY_BUCKETS,
	TIMELY_BITS = 6,
};
_Static_assert(TIMELY_BUCKETS <= 1 << TIMELY_BITS, "a bucket fits");

/* Of an event that was entered on a day and exported on another. */
unsigned timely_bucket(struct day event, struct day created, struct day exported);

struct timely {
	int64_t n;
	int64_t within; /* so many were entered by the days asked about, those before the day among them */
	int share;      /* the same in percent, rounded down: 100 are all */
	int median;     /* the first bucket by which at least half were entered; TIMELY_NONE of none */
};
void timely_sum(const int64_t counts[TIMELY_BUCKETS], int days, struct timely *out);

/* "the same day", "2 days", "31 to 60 days". */
struct str timely_say(struct arena *a, int bucket);

#endif
