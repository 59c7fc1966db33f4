/* Finding households by what somebody types: a name, an HMIS id or a code.
 *
 * Names are found through the blind index: candidates are opened and compared, and only those stay
 * whose name (or HMIS id) the searcher may see. So a search tells nobody who is on the list. */
#ifndef APP_FIND_H
#define APP_FIND_H

#include "app/list_image.h"

/* The households that fit, unordered, each once. All candidates are compared, LIMIT_FIND_OPENED at most; *more says
 * that there are others, because LIMIT_FIND households fit already or that limit was reached: whoever shows them says
 * so. `db` is in a transaction. */
must err_t app_find(struct call *c, struct db *db, struct arena *a, const struct list_image *image, struct str text,
		    int64_t **nos, size_t *n, bool *more);

#endif
