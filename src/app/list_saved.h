/* Saved views of the list: a filter, an order and columns under a name, private or shared with a region;
 * one may be what its user begins with.
 *
 * A view holds no words to look somebody up by, so none names a person; its name is sealed like all that
 * people write. Whoever sees the list may save views; whoever plans a region's conferences may share them
 * there. What a view shows is decided for whoever looks through it. */
#ifndef APP_LIST_SAVED_H
#define APP_LIST_SAVED_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/filter.h"

enum { LIST_SAVED_NAME_MAX = 60, LIST_SAVED_MOST = 50 };

struct list_saved {
	struct str id;
	struct str name;
	struct str where;
	struct str sort;
	struct str columns;
	bool own;
	bool shared;
	bool begins; /* the actor's default */
	bool may_delete;
};

/* The actor's views and those shared in the region, by name. `db` is in a transaction. */
must err_t list_saved_load(struct call *c, struct db *db, struct arena *a, struct str region_id,
			   struct list_saved **out, size_t *n);

/* The same for a page of its own. ERR_DENIED for who sees no list. */
must err_t app_list_saved(struct call *c, struct str region_id, struct list_saved **out, size_t *n);

/* A filter that can be kept: ERR_INVALID for one that cannot be read, or that has words to look somebody up by. `db` is
 * in a transaction. */
must err_t list_saved_filter(struct call *c, struct db *db, struct arena *a, struct str where, struct filter **out);

struct list_saved_new {
	const struct pii *name;
	struct str where; /* a filter that was read before */
	struct str sort;
	struct str columns;
	struct str region_id; /* shared there; empty: private */
	bool begins;          /* the actor's default from now on */
};

/* Saves it; one of the actor's of that name is replaced. ERR_INVALID for a bad name or a filter with
 * words, ERR_DENIED for who may not share, ERR_CONFLICT for more than LIST_SAVED_MOST. */
must err_t app_list_save(struct call *c, const struct list_saved_new *v, struct str *id);

/* Deletes a view: one's own, or one that is shared where the actor plans the conferences, so that nobody's leaving
 * leaves a view that nobody can take away. ERR_MISSING. */
must err_t app_list_forget(struct call *c, struct str id);

/* What the actor's list begins with; empty: with the plain list. ERR_MISSING where the view is not there
 * or not theirs to see. */
must err_t app_list_begin_with(struct call *c, struct str id);

#endif
