/* Adjustments and nominations that were to be looked at again by today, and hold. */
#ifndef APP_REVIEW_H
#define APP_REVIEW_H

#include "app/household.h"
#include "domain/policy.h"

struct review_row {
	struct household_face face; /* of app_reviews_due */
	enum policy_kind kind;      /* of a nomination; POLICY_LIST: it is an adjustment */
	struct day day;             /* by which it was to be looked at */
	struct day until;           /* its last day */
};

/* Those of a region's households, the longest due first; what the viewer may not see is left out. `db` is in a
 * transaction. */
must err_t app_reviews_due(struct call *c, struct db *db, struct arena *a, struct str region_id,
			   struct review_row **out, size_t *n);

/* Those of one household, without a face. `db` is in a transaction. */
must err_t app_reviews_of(struct call *c, struct db *db, struct arena *a, int64_t household_no, struct review_row **out,
			  size_t *n);

#endif
