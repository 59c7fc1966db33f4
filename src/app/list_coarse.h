/* What one viewer may ask of the list: who filters and orders learns no more than the rows show. Private to src/app.
 *
 * Of a household that is shown as bands (app/household.h `coarse`) filters know its region, status and place and the
 * bands. What was signed is known of the households whose releases the viewer may record; that a tenancy is at risk,
 * of those about whom the viewer may read notes. Of all others filters know nothing.
 *
 *     TRY(list_facts_load(c, db, a, keys, &facts));
 *     TRY(list_coarse_load(c, db, a, keys, &facts));
 */
#ifndef APP_LIST_COARSE_H
#define APP_LIST_COARSE_H

#include "app/list_facts.h"

/* Narrows what was loaded for the keys (bits as filter_keys) to the call's actor. `db` is in a transaction that
 * reads. */
must err_t list_coarse_load(struct call *c, struct db *db, struct arena *a, uint64_t keys, struct list_facts *f);

#endif
