/* The page of one household. */
#ifndef WEB_PAGE_HOUSEHOLD_H
#define WEB_PAGE_HOUSEHOLD_H

#include "app/household_page.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct household_page {
	const struct layout *layout;
	const struct household_view *household;
	struct tiles_view tiles;
	struct why_view why;
};

must err_t page_household(struct request *rq, struct reply *out);

#endif
