/* The active households of a region in the order of some other policy, beside today's.
 *
 * Nothing but the picture in memory is read: one number is worked out for each household, and these are
 * sorted. `a` needs some 70 bytes for each household.
 */
#ifndef APP_LIST_RANK_H
#define APP_LIST_RANK_H

#include "app/list_image.h"

struct list_ranked {
	const struct list_row *row;
	uint64_t order; /* under that policy */
	int place;      /* 1 to n under it */
	int was;        /* 1 to n in today's order, among the same households */
};

/* By place. Households that an opening of the policy is not for are left out on both sides. */
void list_rank(const struct list_image *image, const struct list_region *region, const struct policy *p,
	       struct arena *a, struct list_ranked **out, size_t *n);

#endif
