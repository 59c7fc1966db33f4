/* Nights of one person as spans: from a first to a last night, both included.
 *
 * A set is filled in any order (spans_add) and settled once; the other functions want settled sets, whose
 * spans come by their first night and lie apart, at least one night between two of them. Spans live in
 * the arena of whoever adds them; a zeroed struct is an empty set. Days outside DAY_FIRST to DAY_LAST do
 * not come from facts, so adding to a day does not overflow.
 *
 *     struct spans s = {0};
 *     spans_add(a, &s, entry, day_add(exit, -1));
 *     spans_add(a, &s, night, night);
 *     spans_settle(&s);
 *     int nights = spans_nights(&s, first, last);
 */
#ifndef DOMAIN_SPANS_H
#define DOMAIN_SPANS_H

#include <stddef.h>

#include "base/day.h"

struct arena;

struct span {
	struct day first;
	struct day last;
};

struct spans {
	struct span *of;
	size_t n;
	size_t room;
};

/* Nothing where last comes before first. */
void spans_add(struct arena *a, struct spans *s, struct day first, struct day last);

/* Puts them in order and makes one of those that touch or overlap: the union. */
void spans_settle(struct spans *s);

/* The nights of `from` that are not in `what`, added to the empty set *out; settled. */
void spans_cut(struct arena *a, const struct spans *from, const struct spans *what, struct spans *out);

/* Joins spans where the first night of one is at most `apart` days after the last night of the one before. */
void spans_bridge(struct spans *s, int apart);

/* How many nights there are from first to last. */
int spans_nights(const struct spans *s, struct day first, struct day last);

#endif
