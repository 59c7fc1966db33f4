/* What the files of the filter share. */
#ifndef DOMAIN_FILTER_INSIDE_H
#define DOMAIN_FILTER_INSIDE_H

#include "domain/filter.h"

/* Alike but for case, and for which of blank, "-" and "_" joins words. ASCII alone is folded. */
bool filter_same(struct str a, struct str b);

/* The word nearest to what was typed, of those offered one by one; empty while none is near. */
struct filter_guess {
	struct str typed;
	struct str word;
	size_t distance;
};
void filter_near(struct filter_guess *g, struct str word);

#endif
