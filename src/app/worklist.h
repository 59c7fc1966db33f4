/* Working lists: a part of a region's list with cycles, a goal and conferences of its own.
 *
 * "End homelessness for a subset of list" (case conferencing training): veterans, youth, families, one county. A
 * working list is a filter over the region's active households, kept under a name. Whom it takes is worked out from
 * the list whenever it is asked, in the list's own order, so no working list has an order of its own, and a household
 * may have a seat in the cycles of several.
 *
 * Wherever cycles and conferences are, a struct worklist_ref says of which list: all of a region's, or a part.
 *
 *     struct worklist_ref list = {.region_id = region};          // the whole list
 *     struct worklist_ref list = {.region_id = region, .id = id} // a working list
 *
 * Whoever has to do with the region's conferences reads the names of its working lists; whoever plans them makes and
 * ends them. A filter has no words to look somebody up by, so none names a person; names are sealed like all that
 * people write. It has no status either, for a working list is of active households; and none of the CoC's own
 * columns, for these are read by some people only and a cycle is the same whoever looks at the list again. (ours)
 */
#ifndef APP_WORKLIST_H
#define APP_WORKLIST_H

#include "app/app.h"
#include "base/pii.h"

enum { WORKLIST_NAME_MAX = 60, WORKLIST_MOST = 30 };

struct worklist_ref {
	struct str region_id;
	struct str id; /* empty: the region's whole list */
};

struct worklist {
	struct str id;
	struct str name;
	struct str where; /* domain/filter.h */
};

/* The working lists of a region, by name; those that ended are left out. `db` is in a transaction, here and below. */
must err_t worklists_load(struct call *c, struct db *db, struct arena *a, struct str region_id, struct worklist **out,
			  size_t *n);

/* One, also when it has ended; all empty for a region's whole list. ERR_MISSING where the region has none of that id.
 */
must err_t worklist_load(struct call *c, struct db *db, struct arena *a, struct worklist_ref list,
			 struct worklist *out);

/* Its active households, most critical first: at most `most` of them (0: all). A filter that cannot be read any more
 * (the county that it names is gone) takes nobody. Numbers alone, so no access question arises. */
must err_t worklist_order(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, size_t most,
			  int64_t **nos, size_t *n);

/* Keeps those of n household numbers that are of the list, whatever became of them: the filter takes them, or they
 * had a seat in one of its cycles. Of a region's whole list, all are. */
must err_t worklist_keep(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, int64_t *nos,
			 size_t *n);

/* What a working list would be. */
struct worklist_look {
	struct str region;
	struct str where; /* as it would be kept */
	struct str say;   /* "veteran: yes"; empty: the filter is */
	struct str wrong; /* why it cannot be one */
	size_t takes;     /* active households */
	size_t of;        /* of so many */
};
must err_t app_worklist_look(struct call *c, struct str region_id, struct str where, struct worklist_look *out);

struct worklist_new {
	struct str region_id;
	const struct pii *name;
	struct str where;
	int size; /* of its first cycle, which is started */
	int goal;
};

/* ERR_INVALID for a bad name, size or goal or a filter that cannot be one; ERR_CONFLICT for a name that is taken, a
 * filter that takes nobody, or more than WORKLIST_MOST; ERR_DENIED. */
must err_t app_worklist_make(struct call *c, const struct worklist_new *new, struct str *id);

/* Ends it, and its cycle. ERR_CONFLICT while a conference of it is planned or runs; ERR_MISSING, ERR_DENIED. */
must err_t app_worklist_end(struct call *c, struct worklist_ref list);

#endif
