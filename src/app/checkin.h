/* Looking in after a move, as it is written down and read (domain/checkin.h).
 *
 * Each of the four is an entry of its own, "checkin.30", sealed like all that people write; one that was made before
 * the household moved into the home it has now says nothing about it. A home that is at risk goes into the lane of
 * tenancies at risk with the same words. A home that was lost brings the household back to the list, with its history,
 * where the list holder writes it; where an agency does, the list holder is told on the household's page.
 *
 *     struct checkin said = {FOUND_HOUSED, c->today, (struct str){0}};
 *     TRY(app_checkin_put(c, household_id, 1, &said, words));
 */
#ifndef APP_CHECKIN_H
#define APP_CHECKIN_H

#include "app/entry.h"
#include "domain/checkin.h"

struct str checkin_item(size_t which); /* "checkin.90" */

struct checkin_row {
	bool made;
	struct day due;
	struct checkin said;
	struct str by;
};

struct checkin_view {
	struct day housed; /* DAY_NONE: it is not */
	struct checkin_row rows[CHECKINS_N];
	size_t next; /* CHECKINS_N: none is left */
	bool lost;   /* the newest says so, and the list still has it as housed */
};

/* Of one household; texts for who may read notes about it. `db` is in a transaction. */
must err_t checkin_load(struct call *c, struct db *db, struct arena *a, int64_t household_no, struct checkin_view *out);

/* `words` (may be NULL) stand for said->words. ERR_INVALID: no such check-in, a day to come or before the move, words
 * that are too long, or none where the home is at risk or lost. ERR_CONFLICT: the list does not say that it is housed.
 */
must err_t app_checkin_put(struct call *c, struct str household_id, size_t which, const struct checkin *said,
			   const struct pii *words);

#endif
