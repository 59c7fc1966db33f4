/* What was tried with a household, and why it gets time in a conference: one page of both.
 *
 * Attempts and wishes to step up are entries of the item "tried": append only, sealed, for who may read notes about
 * the household. Who has its list or serves it writes them.
 */
#ifndef APP_SUPPORT_H
#define APP_SUPPORT_H

#include "app/checkin.h"
#include "domain/airtime.h"
#include "domain/intervention.h"

#define TRIED_ITEM S("tried")

struct support_row {
	struct intervention tried;
	struct str before; /* of a wish to step up: what was tried until then */
	struct str by;
	struct day at; /* when it was written down */
};

struct support_view {
	struct household_face face;
	bool may_write;
	struct support_row *rows; /* newest first */
	size_t rows_n;
	bool ask_solving; /* no problem-solving attempt is on file */
	bool housed;
	struct day at_risk; /* since when the tenancy is; DAY_NONE: it is not */
	struct str risk;    /* why */
	struct checkin_view checkins;
	struct str region_id;
	bool can_add;    /* the viewer may add it to the region's open cycle, and it has no seat there */
	struct str here; /* "Several needs that meet; …": why it is in the cycle out of order; empty: it is not */
};

/* ERR_MISSING for a household that the actor sees nothing of. */
must err_t app_support(struct call *c, struct str household_id, struct support_view *out);

/* Why the household is in its region's open cycle out of order, in words; empty: it is not. `db` is in a
 * transaction. */
must err_t support_here(struct db *db, struct arena *a, struct str region_id, int64_t household_no, struct str *here);

/* Writes an attempt, or a wish to step up. ERR_INVALID for a day to come, and for a step up that does not say in ten
 * characters or more why more is needed. */
must err_t app_support_record(struct call *c, struct str household_id, const struct intervention *tried,
			      const struct pii *words);

#endif
