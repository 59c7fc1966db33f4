/* One household's members in a roster of their own, for pages that show how something was worked out. */
#ifndef APP_HOUSEHOLD_ROSTER_H
#define APP_HOUSEHOLD_ROSTER_H

#include "app/roster.h"

/* The members as known under the visible list, head first, with what people decided about the household; settled,
 * and with the spells of all. `nights` is told when they were seen (NULL: nobody), and still to be settled.
 * `db` is in a transaction. *out holds memory also where this fails: roster_fill_free. */
must err_t household_roster(struct call *c, struct db *db, struct arena *a, int64_t household_no,
			    struct night_book *nights, struct roster_fill **out);

#endif
