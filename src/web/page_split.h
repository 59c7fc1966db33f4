/* Somebody leaves a household: who, why, and what was done. */
#ifndef WEB_PAGE_SPLIT_H
#define WEB_PAGE_SPLIT_H

#include "app/household_split.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct split_line {
	struct str value; /* client number */
	struct str label;
	bool chosen;
};

struct split_view {
	const struct layout *layout;
	struct str csrf, error;
	struct str called;
	struct url household, here;
	const struct split_line *members;
	size_t members_n;
	const struct option_view *reasons;
	size_t reasons_n;
};

struct split_done_view {
	const struct layout *layout;
	struct str csrf, error;
	const struct split_done *done;
	struct url stays, left, undo;
};

extern const struct form_spec split_form;
must err_t page_split(struct request *rq, struct reply *out);
must err_t page_split_post(struct request *rq, struct reply *out);
must err_t page_split_done(struct request *rq, struct reply *out);
must err_t page_split_undo(struct request *rq, struct reply *out);

#endif
