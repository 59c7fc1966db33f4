/* Corrections that people asked for: of one household, and all that is to be seen to. */
#ifndef WEB_PAGE_CORRECTION_H
#define WEB_PAGE_CORRECTION_H

#include "app/correction.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct correction_line {
	const struct correction_row *row;
	struct chip_view chip;
	bool open, declined;
};

struct correction_page {
	const struct layout *layout;
	const struct correction_view *view;
	struct str csrf, error, called;
	struct url household, shown, here, give, answer, disagree;
	const struct correction_line *lines;
	size_t lines_n;
	/* What was typed, or what the form begins with. */
	const struct option_view *owners;
	size_t owners_n;
	struct str words, asked_on;
	bool again;
};

struct request_line {
	const struct request_row *row;
	struct url href;
	struct str called;
	bool dated;
};
struct request_page {
	const struct layout *layout;
	const struct request_view *view;
	const struct request_line *corrections, *renew, *offer;
	size_t corrections_n, renew_n, offer_n;
	struct empty_view empty;
};

extern const struct form_spec correction_form, correction_give_form, correction_answer_form, correction_disagree_form;
must err_t page_corrections(struct request *rq, struct reply *out);
must err_t page_correction_ask(struct request *rq, struct reply *out);
must err_t page_correction_give(struct request *rq, struct reply *out);
must err_t page_correction_answer(struct request *rq, struct reply *out);
must err_t page_correction_disagree(struct request *rq, struct reply *out);
must err_t page_requests(struct request *rq, struct reply *out);

#define CORRECTION_ROUTES                                                                                              \
	{METHOD_GET, "/household/:id/corrections", CAN_LIST, 0, NULL, page_corrections},                               \
		{METHOD_POST, "/household/:id/corrections", CAN_LIST, 0, &correction_form, page_correction_ask},       \
		{METHOD_POST,         "/household/:id/corrections/give", CAN_LIST, 0, &correction_give_form,           \
		 page_correction_give},                                                                                \
		{METHOD_POST,           "/household/:id/corrections/answer", CAN_LIST, 0, &correction_answer_form,     \
		 page_correction_answer},                                                                              \
		{METHOD_POST,                                                                                          \
		 "/household/:id/corrections/disagree",                                                                \
		 CAN_LIST,                                                                                             \
		 0,                                                                                                    \
		 &correction_disagree_form,                                                                            \
		 page_correction_disagree},                                                                            \
	{                                                                                                              \
		METHOD_GET, "/requests", CAN_LIST, 0, NULL, page_requests                                              \
	}

#endif
