/* Facts of a household under laws of their own, each with its notice. */
#ifndef WEB_PAGE_LAW_H
#define WEB_PAGE_LAW_H

#include "app/law.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct law_line_view {
	const struct law_line *line;
	struct str say;
	struct str notice;
	bool nothing; /* everything may be shown, and there is nothing */
};

struct law_page {
	const struct layout *layout;
	const struct law_view *view;
	struct str csrf, error, called;
	struct url household, write, take_back, releases;
	const struct law_line_view *lines;
	size_t lines_n;
	/* What was typed, or what the form begins with. */
	const struct option_view *members, *laws;
	size_t members_n, laws_n;
	struct str words;
};

extern const struct form_spec law_form, law_end_form;
must err_t page_laws(struct request *rq, struct reply *out);
must err_t page_law_write(struct request *rq, struct reply *out);
must err_t page_law_take_back(struct request *rq, struct reply *out);

#define LAW_ROUTES                                                                                                     \
	{METHOD_GET, "/household/:id/laws", CAN_LIST, 0, NULL, page_laws},                                             \
		{METHOD_POST, "/household/:id/laws", CAN_LIST, 0, &law_form, page_law_write},                          \
	{                                                                                                              \
		METHOD_POST, "/household/:id/laws/back", CAN_LIST, 0, &law_end_form, page_law_take_back                \
	}

#endif
