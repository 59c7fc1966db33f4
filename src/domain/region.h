/* Regions of counties: do a region's counties hang together, and do enough agencies work in each?
 *
 * A region is "multi-county; geographically contiguous; locally coherent; at least one strong CE provider" (ICF, CE
 * redesign), and the CoC is to "ensure less well-resourced areas are supported". Two counties of a region hang
 * together where one can go from one to the other over borders without leaving the region. What is said is a sentence
 * about the smaller pieces; the piece with most counties (of two such the one that is named first) is taken for the
 * region itself. A county of which no border is written down is not said to be apart: that is asked for instead.
 *
 *     region_check(a, counties, n, borders, borders_n, 2, S("Region 3"), &say, &say_n);
 *     say[0]: "Larkmere County touches no other county of Region 3."
 */
#ifndef DOMAIN_REGION_H
#define DOMAIN_REGION_H

#include "base/arena.h"
#include "base/str.h"

struct region_county {
	struct str name;
	int region; /* −1: of none */
};

/* Two counties that border each other, by their place in the array of counties; once, in either order. */
struct region_border {
	int a, b;
};

/* The sentences about region `region`, called `name`; none where its counties hang together. */
void region_check(struct arena *a, const struct region_county *counties, size_t n, const struct region_border *borders,
		  size_t borders_n, int region, struct str name, struct str **say, size_t *say_n);

/* Whether a county's coverage is marked as low: households on the list and no agency, or more than `per_agency`
 * households to each. A count that is hidden (access_small) gives no more away than that it is not nought. */
bool region_coverage_low(int64_t households, bool hidden, size_t agencies, int per_agency);

/* The number that a region called so gets: the one at the end of its name ("Region 7") where that is free, else the
 * lowest that is. */
int64_t region_number(struct str name, const int64_t *taken, size_t n);

#endif
