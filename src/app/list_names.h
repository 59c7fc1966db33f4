/* The regions and counties that a filter of the list may name. */
#ifndef APP_LIST_NAMES_H
#define APP_LIST_NAMES_H

#include "app/list_image.h"
#include "domain/filter.h"

/* In the order of the picture, so that a row's region and county are their numbers (list_value). Texts
 * live in the arena. `db` is in a transaction. */
must err_t list_names(struct db *db, struct arena *a, const struct list_image *image, struct filter_names *out);

#endif
