/* The days on which offices are closed, beside the federal holidays. */
#ifndef WEB_PAGE_CALENDAR_H
#define WEB_PAGE_CALENDAR_H

#include "app/closed_day.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct calendar_line {
	struct str what, day, iso;
};

struct calendar_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct calendar_line *lines;
	size_t lines_n;
	struct str day, what; /* as typed */
};

extern const struct form_spec calendar_form, calendar_take_form;
must err_t page_calendar(struct request *rq, struct reply *out);
must err_t page_calendar_add(struct request *rq, struct reply *out);
must err_t page_calendar_take(struct request *rq, struct reply *out);

/* The rows of the site's table of routes. */
#define CALENDAR_ROUTES                                                                                                \
	{METHOD_GET, "/calendar", CAN_REGIONS, 0, NULL, page_calendar},                                                \
		{METHOD_POST, "/calendar", CAN_REGIONS, 0, &calendar_form, page_calendar_add},                         \
	{                                                                                                              \
		METHOD_POST, "/calendar/take", CAN_REGIONS, 0, &calendar_take_form, page_calendar_take                 \
	}

#endif
