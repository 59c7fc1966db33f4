/* Nights of a window as a set of bits: their union, and what others take from it, without sorting.
 *
 * For sums over a window of three years, which is what reports have and most people fill with many short pieces.
 * Where the window is open or each piece is wanted by itself, spans.h.
 *
 *     struct night_set s = {.first = nights_window(last), .last = last};
 *     night_set_add(&s, entry, day_add(exit, -1));    in any order; what is outside the window is left out
 *     night_set_cut(&s, &housed);
 *     int nights = night_set_count(&s);
 *     night_set_runs(&s, NIGHTS_APART, a, &runs);
 */
#ifndef DOMAIN_NIGHT_SET_H
#define DOMAIN_NIGHT_SET_H

#include <stdint.h>

#include "domain/spans.h"

enum { NIGHT_SET_WORD = 64, NIGHT_SET_WORDS = 18 }; /* three years are 1,097 nights at most */

struct night_set {
	struct day first, last; /* the window: at most NIGHT_SET_WORDS words of nights */
	uint64_t bits[NIGHT_SET_WORDS];
};

void night_set_add(struct night_set *s, struct day first, struct day last);

/* Takes the nights of `what`, of the same window, away. */
void night_set_cut(struct night_set *s, const struct night_set *what);

int night_set_count(const struct night_set *s);

/* Adds the runs of nights to the empty set *out; those are one whose nights are at most `apart` days from each
 * other. */
void night_set_runs(const struct night_set *s, int apart, struct arena *a, struct spans *out);

#endif
