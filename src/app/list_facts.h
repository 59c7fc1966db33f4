/* What filters and orders of the list ask beside its picture: papers, needs and own columns, tenancies at risk,
 * releases of information, the last time that a conference spoke of a household. Private to src/app.
 *
 * Only what the keys ask for is loaded, for every household at once.
 *
 *     struct list_facts facts = {.image = image, .today = c->today};
 *     TRY(list_facts_load(c, db, a, filter_keys(f), &facts));
 *     … list_row_passes(&facts, f, row) …
 *     list_facts_give(c, &facts);
 */
#ifndef APP_LIST_FACTS_H
#define APP_LIST_FACTS_H

#include "app/list_select.h"

/* Adds to *f, whose picture and day are given, what the keys (bits as filter_keys) ask for and is not there yet. `db`
 * is in a transaction that reads; arrays live in the arena. Own columns are another matter: app/list_own.h. */
must err_t list_facts_load(struct call *c, struct db *db, struct arena *a, uint64_t keys, struct list_facts *f);

/* Lets go of what was taken; also where loading failed. */
void list_facts_give(struct call *c, struct list_facts *f);

#endif
