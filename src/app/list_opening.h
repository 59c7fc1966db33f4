/* The list in the order of a kind of opening: its policy's keys, whom it is for, and who is nominated.
 *
 * A picture like that of the list itself, made from it in memory and kept for a while: the active households
 * that the opening is for (domain/policy.h "only"), ranked in each region by the policy for that kind, or by
 * the list's where it has none of its own. The list's own order is never touched by it.
 *
 *     struct list_image *image;
 *     TRY(list_opening_take(c, DAY_NONE, POLICY_PSH, &image));
 *     … image->policy.alternates …
 *     list_image_give(c->app->lists, &image);
 */
#ifndef APP_LIST_OPENING_H
#define APP_LIST_OPENING_H

#include "app/list_image.h"

/* Of today's list (DAY_NONE) or of a day that is past, by the policy that is in force today. Not inside a
 * transaction. Errors as list_day_take. */
must err_t list_opening_take(struct call *c, struct day as_of, enum policy_kind kind, struct list_image **out);

/* The same inside a transaction, from a picture of the list; nominations are those of `day`. */
must err_t list_opening_of(struct call *c, struct db *db, struct arena *a, const struct list_image *list,
			   struct day day, enum policy_kind kind, struct list_image **out);

/* How many active households of its region are level with the row in every key but "nominated" and the lot,
 * itself included: those between whom a group's decision is a tie-break. 0 for a row without a place. */
int list_opening_level(const struct list_image *image, const struct list_row *row);

#endif
