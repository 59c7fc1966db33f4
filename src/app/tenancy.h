/* Tenancies at risk: households that are housed and may lose their home again.
 *
 * A lane of its own on the list, apart from who is homeless: the status stays "housed", so neither the ledger nor a
 * cycle's order counts them. The list holder and the agencies that serve a household put it there, with a day and a
 * reason, and take it back. Who is no longer housed shows in the lane of that status.
 */
#ifndef APP_TENANCY_H
#define APP_TENANCY_H

#include "app/entry.h"
#include "app/list_select.h"

#define TENANCY_ITEM S("tenancy") /* the day, a line break, the reason */

/* Puts a housed household into the lane since a day, or (`back`) takes it out of it; the reason is for either.
 * ERR_INVALID without a day that has come or a reason of ten characters, ERR_CONFLICT where the list does not say
 * that it is housed, or it is in the lane (out of it) already. */
must err_t app_tenancy_put(struct call *c, struct str household_id, struct day since, const struct pii *reason,
			   bool back);

/* Day and reason of the one among the entries, for who may read it; DAY_NONE: it is not in the lane. */
must err_t tenancy_of(struct call *c, struct arena *a, const struct entry *entries, size_t n, int64_t household_no,
		      struct day *since, struct str *reason);

/* The households that were put there, for list_value. `db` is in a transaction. */
must err_t tenancy_load(struct db *db, struct arena *a, struct list_facts *out);

/* How many of the rows are in the lane: housed, and at risk. */
int64_t tenancy_count(const struct list_facts *facts, const struct list_row *rows, size_t n);

#endif
