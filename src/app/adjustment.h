/* Adjustments of a household's place (domain/adjustment.h has the rules).
 *
 * Proposing, agreeing and taking back are for those who may read notes about the household (its list
 * holder and the agencies that serve it) and belong to an agency. What they write is sealed and shown to
 * the same people; others see that there is one, of whom and until when. From the day of the agreement the
 * household stands first in its band, until the last day.
 */
#ifndef APP_ADJUSTMENT_H
#define APP_ADJUSTMENT_H

#include "app/household.h"
#include "base/pii.h"
#include "domain/adjustment.h"

enum adjustment_state { ADJUSTMENT_WAITS, ADJUSTMENT_HOLDS, ADJUSTMENT_OVER, ADJUSTMENT_TAKEN_BACK };

struct adjustment_row {
	struct str id;
	enum adjustment_state state;
	struct str proposed; /* "Emberfen Access Network, 3 Nov 2026" */
	struct str agreed;   /* the same of the second agency; empty: nobody yet */
	struct str misses;   /* empty where the viewer may not read notes */
	struct str reason;
	bool with_person;
	struct day review;
	struct day until;
	bool can_agree;
	bool can_end;
};

struct adjustment_view {
	struct household_face face;
	struct adjustment_row *rows; /* newest first */
	size_t rows_n;
	int most_days; /* that one may last under the policy in force; 0: there are none */
	bool can_propose;
};

/* Those of a household, as the viewer may see them. ERR_MISSING: no such household, or not for them. */
must err_t app_adjustments(struct call *c, struct str household_id, struct adjustment_view *out);

struct adjustment_words {
	const struct pii *misses;
	const struct pii *reason;
	bool with_person;
	struct day review;
	struct day until;
};

/* ERR_MISSING: no such household, or not for the viewer. ERR_DENIED, ERR_INVALID, ERR_CONFLICT: one is
 * under way already. */
must err_t app_adjustment_propose(struct call *c, struct str household_id, const struct adjustment_words *w);

/* The second agency agrees, or one of the two takes it back; the list is derived anew. */
must err_t app_adjustment_agree(struct call *c, struct str household_id, struct str adjustment_id);
must err_t app_adjustment_end(struct call *c, struct str household_id, struct str adjustment_id);

/* One that holds was looked at and stays, until it is looked at again on `review`. */
must err_t app_adjustment_review(struct call *c, struct str household_id, struct str adjustment_id, struct day review);

#endif
