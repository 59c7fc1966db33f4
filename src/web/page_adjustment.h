/* What the score misses of one household, and its adjustments. */
#ifndef WEB_PAGE_ADJUSTMENT_H
#define WEB_PAGE_ADJUSTMENT_H

#include "app/adjustment.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct adjustment_line {
	const struct adjustment_row *row;
	bool can_review;
	struct chip_view chip;
};

struct adjustment_page {
	const struct layout *layout;
	const struct adjustment_view *view;
	struct str called;
	struct url household;
	struct url here;
	struct url decide;
	struct str csrf;
	struct str error;
	const struct adjustment_line *lines;
	size_t lines_n;
	/* As it was typed. */
	struct str misses, reason, review, until;
	bool with_person;
	struct str most; /* the last day that may be chosen */
};

extern const struct form_spec adjustment_form, adjustment_decide_form;
must err_t page_adjustment(struct request *rq, struct reply *out);
must err_t page_adjustment_propose(struct request *rq, struct reply *out);
must err_t page_adjustment_decide(struct request *rq, struct reply *out);

#endif
