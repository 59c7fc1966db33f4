/* How many homes a program has by its inventory in the HMIS. Private to src/app.
 *
 * The rule is in domain/opening.h; here is where the rows come from: the projects of an agency by that name, of the
 * kinds that have homes of their own. Rapid rehousing has none: its inventory counts who is housed by it already.
 */
#ifndef APP_OPENING_STOCK_H
#define APP_OPENING_STOCK_H

#include "app/app.h"

/* 0: the HMIS does not say. `db` is in a transaction. */
must err_t opening_stock_load(struct call *c, struct db *db, struct arena *a, struct str agency_id, struct str program,
			      int *homes);

#endif
