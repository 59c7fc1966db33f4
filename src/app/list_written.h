/* What people wrote about households that can be asked of all of them at once: papers, needs, and those of the CoC's
 * own columns that are numbers, days or choices. Private to src/app.
 *
 * One number per household and item, opened once and kept beside the picture of the list. The journal says which
 * households were written about since, and those alone are read anew; a picture never changes, the next reader gets
 * a newer one. Free text is not in it. Who may read an own column of whom is decided per viewer (app/list_own.h).
 *
 *     struct list_written *w;
 *     TRY(list_written_take(c, db, a, &w));
 *     …
 *     list_written_give(c, &w);
 */
#ifndef APP_LIST_WRITTEN_H
#define APP_LIST_WRITTEN_H

#include "app/app.h"
#include "domain/column.h"
#include "domain/document.h"
#include "domain/filter.h"

/* One array per item, by household number. */
enum { WRITTEN_HOUSING = DOCUMENTS_N, WRITTEN_SERVICE, WRITTEN_OWN, WRITTEN_MOST = WRITTEN_OWN + COLUMNS_MOST };

struct list_written {
	int64_t seq;     /* of the journal when it was read */
	size_t room;     /* numbers below it have a place; whoever has none was never written about */
	int32_t *value;  /* of a paper: its last day, INT32_MAX without an end; FILTER_UNKNOWN: not written */
	struct str *ids; /* of the own columns */
	size_t ids_n;
	int readers;
};

/* `db` is in a transaction that reads. */
must err_t list_written_take(struct call *c, struct db *db, struct arena *a, struct list_written **out);
void list_written_give(struct call *c, struct list_written **w); /* *w may be NULL */

/* The array of an item, or NULL for a column that it does not have. */
const int32_t *list_written_item(const struct list_written *w, int item);
int list_written_own(const struct list_written *w, struct str column_id); /* its item; −1 */

/* The keys that need it: bits as filter_keys. */
bool list_written_asked(uint64_t keys);

/* Percent of the papers that are there on a day, and bits of those that are missing. */
int32_t list_written_ready(const struct list_written *w, int64_t household_no, bool veteran, struct day today);
uint32_t list_written_missing(const struct list_written *w, int64_t household_no, bool veteran, struct day today);

/* Part of a list_cache. */
struct written_cache;
struct written_cache *written_cache_new(void);
void written_cache_free(struct written_cache **cache);

#endif
