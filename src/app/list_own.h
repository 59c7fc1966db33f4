/* The CoC's own columns on the list: which there are, how they are typed in a filter, and whose values a viewer may
 * ask by. Private to src/app.
 *
 * A value is read by who may read notes about the household. So a filter or an order by an own column knows nothing
 * of the other households, and tells nothing about them. */
#ifndef APP_LIST_OWN_H
#define APP_LIST_OWN_H

#include "app/column.h"
#include "app/list_select.h"

struct list_own {
	struct column column;
	struct str word;     /* "our.street_team" */
	enum filter_key key; /* FILTER_KEYS_N for text: it neither orders nor filters */
	bool shows;
};

/* Those in use, in their order; names->own gets the ones that filter. `db` is in a transaction. */
must err_t list_own_load(struct db *db, struct arena *a, struct filter_names *names, struct list_own **out, size_t *n);

/* Fills out->own for the own columns among `keys` (bits as filter_keys), from out->written. Reads only. */
must err_t list_own_facts(struct call *c, struct db *db, struct arena *a, const struct list_own *own, size_t n,
			  uint64_t keys, struct list_facts *out);

#endif
