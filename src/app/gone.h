/* Households that the newest full-refresh export of their HMIS does not have any more, whole or in part, for a
 * person to decide: still here, moved away, or ended.
 *
 * Nothing leaves the list by absence. A decision (app/listing.h: marks) takes a household off this page; so
 * does a later export that has the client again. What goes missing again after that is here again. */
#ifndef APP_GONE_H
#define APP_GONE_H

#include "app/household.h"

struct gone_line {
	struct household_face face;
	struct str source; /* name of the HMIS */
	struct day since;  /* day of the first export without it; DAY_NONE: not known */
};

struct gone_view {
	struct gone_line *lines; /* in the order of the list */
	size_t lines_n;
	size_t total; /* more than lines_n: the others follow once these are decided */
};

/* Of the region whose list the actor holds, and of the unassigned. ERR_DENIED for anybody else. */
must err_t app_gone(struct call *c, struct gone_view *out);

#endif
