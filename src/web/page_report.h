/* Reports: one page for all of them, their files, and the question about an entry by the side door. */
#ifndef WEB_PAGE_REPORT_H
#define WEB_PAGE_REPORT_H

#include "app/report.h"
#include "app/side_door.h"
#include "web/form.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct report_tab {
	struct str title;
	struct url href;
	bool here;
};

struct report_cell_view {
	struct str text;
	struct url href; /* empty: no link */
	bool number, day;
};

struct report_line {
	const struct report_cell_view *cells;
	size_t cells_n;
	bool total;
	struct url ask; /* of an entry by the side door; empty: none */
};

struct report_head {
	struct str title;
	bool number;
};

struct report_page {
	const struct layout *layout;
	const struct report_view *view;
	struct str error;
	const struct report_tab *tabs;
	size_t tabs_n;
	struct str time; /* "1 Sep 2026 to 22 Nov 2026" */
	struct str report, from, to;
	const struct option_view *regions; /* none for who sees counts only */
	size_t regions_n;
	const struct report_head *heads;
	size_t heads_n;
	const struct report_line *lines;
	size_t lines_n;
	size_t left_out; /* rows past the page's; the files have them */
	bool asks;       /* rows have a question */
	bool own;        /* rows are of households that the viewer works with */
	struct url csv, xlsx;
};

struct side_door_page {
	const struct layout *layout;
	const struct side_door_view *view;
	struct str error, csrf;
	struct str entry, asked, due, answered, closed; /* days for people; empty: not yet */
	struct str share;                               /* "4 of 9"; empty: none */
	struct url ask, answer, close, back;
	const struct option_view *answers;
	size_t answers_n;
};

extern const struct form_spec report_form, side_door_answer_form;
must err_t page_reports(struct request *rq, struct reply *out);
must err_t page_report_file(struct request *rq, struct reply *out);
must err_t page_side_door(struct request *rq, struct reply *out);
must err_t page_side_door_ask(struct request *rq, struct reply *out);
must err_t page_side_door_answer(struct request *rq, struct reply *out);
must err_t page_side_door_close(struct request *rq, struct reply *out);

#define REPORT_ROUTES                                                                                                  \
	{METHOD_GET, "/reports", CAN_COUNTS, 0, &report_form, page_reports},                                           \
		{METHOD_GET, "/reports/file", CAN_COUNTS, 0, &report_form, page_report_file},                          \
		{METHOD_GET, "/reports/side-door/:id", CAN_LIST, 0, NULL, page_side_door},                             \
		{METHOD_POST, "/reports/side-door/:id/ask", CAN_LIST, 0, NULL, page_side_door_ask},                    \
		{METHOD_POST, "/reports/side-door/:id/answer", CAN_LIST,                                               \
		 0,           &side_door_answer_form,          page_side_door_answer},                                 \
	{                                                                                                              \
		METHOD_POST, "/reports/side-door/:id/close", CAN_LIST, 0, NULL, page_side_door_close                   \
	}

#endif
