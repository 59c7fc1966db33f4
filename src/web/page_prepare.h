/* Getting a conference ready, and word from who cannot come. */
#ifndef WEB_PAGE_PREPARE_H
#define WEB_PAGE_PREPARE_H

#include "app/prepare.h"
#include "web/layout.h"
#include "web/route.h"

struct prepare_line {
	const struct prepare_check *check;
	struct chip_view chip;
	bool dated;
	struct html_words due;
};

struct prepare_page {
	const struct layout *layout;
	const struct prepare_view *view;
	const struct prepare_line *lines;
	size_t lines_n;
	struct meter_view meter;
	struct url back, plan, mend, sitting;
};

struct word_page {
	const struct layout *layout;
	struct str csrf, error, told;
	const struct word_view *view;
	const struct option_view *rows; /* households to choose from */
	size_t rows_n;
	struct str changed, blocked, next; /* as typed */
	struct empty_view empty;
};

#define PREPARE_ROUTES                                                                                                 \
	{METHOD_GET, "/conference/:id/prepare", CAN_CONFERENCE, 0, NULL, page_prepare},                                \
		{METHOD_GET, "/conferences/word", CAN_CONFERENCE, 0, &word_row_form, page_word},                       \
	{                                                                                                              \
		METHOD_POST, "/conferences/word", CAN_CONFERENCE, 0, &word_form, page_word_send                        \
	}

extern const struct form_spec word_row_form, word_form;
must err_t page_prepare(struct request *rq, struct reply *out);
must err_t page_word(struct request *rq, struct reply *out);
must err_t page_word_send(struct request *rq, struct reply *out);

#endif
