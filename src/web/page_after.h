/* After a conference: its notes and tasks handed out in one press; and the questions that it left open. */
#ifndef WEB_PAGE_AFTER_H
#define WEB_PAGE_AFTER_H

#include "app/handout.h"
#include "app/hmis_block.h"
#include "app/question.h"
#include "web/layout.h"
#include "web/route.h"

struct after_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct handout_view *view;
	struct url here, notes, file;
};

struct hmis_block_page {
	const struct layout *layout;
	const struct hmis_blocks *view;
	struct url notes;
};

struct question_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct question_view *view;
	struct url answer, give, steps;
	struct str answered; /* as typed */
	bool ask_sure;       /* it was taken for somebody */
	const struct option_view *people;
	size_t people_n;
	struct str due;
};

/* A question in a list: the action register, one's own page. */
struct question_row {
	const struct question_line *line;
	struct url href;
	struct chip_view chip;
};
const struct question_row *page_question_rows(struct arena *a, const struct question_line *lines, size_t n);

#define AFTER_ROUTES                                                                                                   \
	{METHOD_GET, "/conference/:id/after", CAN_CONFERENCE, 0, NULL, page_after},                                    \
		{METHOD_POST, "/conference/:id/after", CAN_CONFERENCE, 0, &after_form, page_after_make},               \
		{METHOD_GET, "/conference/:id/handout", CAN_CONFERENCE, 0, NULL, page_handout},                        \
		{METHOD_GET, "/conference/:id/hmis", CAN_CONFERENCE, 0, NULL, page_hmis_block},                        \
		{METHOD_POST, "/conference/:id/question", CAN_CONFERENCE, 0, &question_ask_form, page_question_ask},   \
		{METHOD_GET, "/question/:id", CAN_CONFERENCE, 0, NULL, page_question},                                 \
		{METHOD_POST, "/question/:id/answer", CAN_CONFERENCE, 0, &question_answer_form, page_question_answer}, \
	{                                                                                                              \
		METHOD_POST, "/question/:id/give", CAN_CONFERENCE_PLAN, 0, &question_give_form, page_question_give     \
	}

extern const struct form_spec after_form, question_ask_form, question_answer_form, question_give_form;
must err_t page_after(struct request *rq, struct reply *out);
must err_t page_after_make(struct request *rq, struct reply *out);
must err_t page_handout(struct request *rq, struct reply *out);
must err_t page_hmis_block(struct request *rq, struct reply *out);
must err_t page_question_ask(struct request *rq, struct reply *out);
must err_t page_question(struct request *rq, struct reply *out);
must err_t page_question_answer(struct request *rq, struct reply *out);
must err_t page_question_give(struct request *rq, struct reply *out);

#endif
