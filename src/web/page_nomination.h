/* Nominations of one household for kinds of openings, and what the group decides. */
#ifndef WEB_PAGE_NOMINATION_H
#define WEB_PAGE_NOMINATION_H

#include "app/nomination.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct nomination_said_line {
	const struct nomination_said *said;
	struct str say;
};

struct nomination_line {
	const struct nomination_row *row;
	struct str kind; /* "housing vouchers" */
	struct chip_view chip;
	struct str level; /* what of a tie-break it was; empty: nothing */
	const struct nomination_said_line *said;
	size_t said_n;
	bool holds;
};

struct nomination_page {
	const struct layout *layout;
	const struct nomination_view *view;
	struct str called;
	struct url household;
	struct url here;
	struct url state;
	struct url decide;
	struct str csrf;
	struct str error;
	const struct nomination_line *lines;
	size_t lines_n;
	const struct option_view *kinds;
	size_t kinds_n;
	const struct option_view *stances;
	size_t stances_n;
	const struct option_view *agencies;
	size_t agencies_n;
	struct str reason, review, until; /* as it was typed */
	struct str soonest;               /* the first day that may be chosen */
};

extern const struct form_spec nomination_form, nomination_state_form, nomination_decide_form;
must err_t page_nomination(struct request *rq, struct reply *out);
must err_t page_nomination_add(struct request *rq, struct reply *out);
must err_t page_nomination_state(struct request *rq, struct reply *out);
must err_t page_nomination_decide(struct request *rq, struct reply *out);

/* The rows of the site's table of routes. */
#define NOMINATION_ROUTES                                                                                              \
	{METHOD_GET, "/household/:id/nomination", CAN_LIST, 0, NULL, page_nomination},                                 \
		{METHOD_POST, "/household/:id/nomination", CAN_LIST, 0, &nomination_form, page_nomination_add},        \
		{METHOD_POST,          "/household/:id/nomination/state", CAN_LIST, 0, &nomination_state_form,         \
		 page_nomination_state},                                                                               \
	{                                                                                                              \
		METHOD_POST, "/household/:id/nomination/decide", CAN_LIST, 0, &nomination_decide_form,                 \
			page_nomination_decide                                                                         \
	}

#endif
