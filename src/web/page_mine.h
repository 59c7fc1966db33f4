/* One's own steps, and the trip sheet: for a phone. */
#ifndef WEB_PAGE_MINE_H
#define WEB_PAGE_MINE_H

#include "app/mine.h"
#include "web/layout.h"
#include "web/page_after.h"
#include "web/route.h"

struct mine_line {
	const struct own_step *step;
	struct chip_view chip;
};

struct mine_household {
	const struct own_household *household;
	struct str heard; /* "12 days ago" */
	struct url log;
};

struct mine_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct mine_view *view;
	const struct mine_line *lines;
	size_t lines_n;
	const struct question_row *questions;
	size_t questions_n;
	const struct mine_household *households;
	size_t households_n;
	struct str said; /* "3 steps, 1 of them overdue" */
};

#define MINE_ROUTES                                                                                                    \
	{METHOD_GET, "/mine", CAN_CONFERENCE, 0, NULL, page_mine},                                                     \
	{                                                                                                              \
		METHOD_POST, "/mine", CAN_CONFERENCE, 0, &mine_form, page_mine_act                                     \
	}

extern const struct form_spec mine_form;
must err_t page_mine(struct request *rq, struct reply *out);
must err_t page_mine_act(struct request *rq, struct reply *out);

#endif
