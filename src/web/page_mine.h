/* One's own steps, and the trip sheet: for a phone. */
#ifndef WEB_PAGE_MINE_H
#define WEB_PAGE_MINE_H

#include "app/mine.h"
#include "web/layout.h"
#include "web/route.h"

struct mine_line {
	const struct own_step *step;
	struct chip_view chip;
};

struct mine_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct mine_view *view;
	const struct mine_line *lines;
	size_t lines_n;
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
