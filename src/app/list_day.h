/* The list as the facts known today describe another day: pictures made on demand, the latest few kept.
 *
 * Making one derives the whole list from the facts, as the turn to a new day does, but writes nothing; it
 * takes as long and one is made at a time. Households are those of today, found again by the person they
 * are named after: one whose family has since been put together otherwise has no number, no code and no
 * row, and is counted in `lost`.
 *
 *     struct list_image *image;
 *     TRY(list_day_take(c, day, &image));
 *     …
 *     list_image_give(c->app->lists, &image);
 */
#ifndef APP_LIST_DAY_H
#define APP_LIST_DAY_H

#include "app/list_image.h"

/* Not inside a transaction. ERR_INVALID for a day that is still to come; ERR_RETRY where an import was switched
 * on meanwhile. */
must err_t list_day_take(struct call *c, struct day day, struct list_image **out);

#endif
