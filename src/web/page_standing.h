/* The page that shows how long the people of a household have been homeless, and prints it. */
#ifndef WEB_PAGE_STANDING_H
#define WEB_PAGE_STANDING_H

#include "app/standing_view.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct standing_page {
	const struct layout *layout;
	const struct standing_view *standing;
	struct url back;   /* the household */
	struct url months; /* the twelve boxes */
};

must err_t page_standing(struct request *rq, struct reply *out);

#endif
