/* What a list is asked for, made whole: the saved view, the filter, the order and the columns of a query.
 * Private to src/app. */
#ifndef APP_LIST_ASK_H
#define APP_LIST_ASK_H

#include "app/list.h"

/* Fills v->saved, and what the query leaves to a saved view or to its default. */
must err_t list_ask_saved(struct call *c, struct db *db, struct arena *a, struct list_query *q, struct list_view *v);

/* Reads the filter with v->names. q->where becomes its text without words, which join q->find;
 * `conditions` is that filter, `rows` the same with the lane: what the rows of the page must pass. A filter
 * that cannot be read is left out and v->wrong says why. Fills the switches and the stamp's text. */
struct list_asked {
	const struct filter *conditions;
	const struct filter *rows;
};
must err_t list_ask_filter(struct arena *a, struct list_query *q, struct list_view *v, struct list_asked *out);

/* Fills v->keys, v->sorted, v->shows and which of v->own are shown. Words that are no columns are left aside. */
void list_ask_columns(const struct list_query *q, struct list_view *v);

#endif
