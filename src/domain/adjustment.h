/* Adjustments: people who know a household raise it within its band.
 *
 * The score misses things. "Supplementing VI-SPDAT scores with expert knowledge" (coordinated entry
 * redesign) is done in the open: a note on what the score misses, written with the person where that is
 * possible, a reason, two agencies, a day of review and an end. An adjustment only raises, within the band,
 * and never cites engagement or compliance; the score itself is never edited (DEFINITIONS "Priority").
 */
#ifndef DOMAIN_ADJUSTMENT_H
#define DOMAIN_ADJUSTMENT_H

#include "base/err.h"
#include "domain/policy.h"

enum { ADJUSTMENT_WORDS_LEAST = 20, ADJUSTMENT_WORDS_MOST = 2000 };

struct adjustment_new {
	struct str misses; /* what the score misses */
	struct str reason; /* why this raises the household */
	struct day review;
	struct day until; /* last day */
};

/* ERR_INVALID with one sentence about what is wrong with it; ERR_CONFLICT where the policy in force has no
 * adjustments. */
must err_t adjustment_check(struct arena *a, const struct policy *p, struct day today, const struct adjustment_new *n);

/* Whether what holds until `until` may next be looked at on `review`: after today, not after its end. ERR_INVALID. */
must err_t adjustment_check_review(struct arena *a, struct day today, struct day until, struct day review);

/* Whether another agency may agree to what `proposed` proposed: not the same one. ERR_CONFLICT. */
must err_t adjustment_check_second(struct arena *a, struct str proposed, struct str agreeing);

#endif
