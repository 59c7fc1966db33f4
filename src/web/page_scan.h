/* The quick scan of a conference: what its template takes, and its routes.
 *
 * One page of lines, each with three answers. With a script the part is fetched anew after an answer and the focus
 * goes to the next line; without one the page comes back at that line.
 */
#ifndef WEB_PAGE_SCAN_H
#define WEB_PAGE_SCAN_H

#include "app/conference_view.h"
#include "app/scan.h"
#include "web/layout.h"
#include "web/parts.h"
#include "web/route.h"

struct scan_row {
	const struct scan_line *line;
	struct url href; /* the household's page */
	struct url mark, step;
	struct chip_view chip;
	bool fine, next, stepped; /* what was answered */
};

struct scan_page {
	const struct layout *layout;
	const struct scan_view *view;
	struct str csrf;
	struct str error;
	struct str told; /* the sentence to read back */
	struct url self; /* the fragment */
	struct str live;
	struct url back;
	const struct scan_row *rows;
	size_t rows_n;
	const struct option_view *owners;
	size_t owners_n;
	struct str pace; /* "About 6 seconds each: 4 minutes for the 36 left." */
	struct pager_view pager;
};

#define SCAN_ROUTES                                                                                                     \
	{METHOD_GET, "/conference/:id/scan", CAN_CONFERENCE, ROUTE_LIVE, &scan_form, page_scan},                        \
		{METHOD_GET,     "/conference/:id/scan/lines", CAN_CONFERENCE, ROUTE_LIVE | ROUTE_FRAGMENT, &scan_form, \
		 page_scan_lines},                                                                                      \
		{METHOD_POST, "/conference/:id/scan/:household", CAN_CONFERENCE, 0, &scan_mark_form, page_scan_mark},   \
		{METHOD_POST,   "/conference/:id/scan/:household/step", CAN_CONFERENCE, 0, &scan_step_form,             \
		 page_scan_step},

extern const struct form_spec scan_form, scan_mark_form, scan_step_form;

must err_t page_scan(struct request *rq, struct reply *out);
must err_t page_scan_lines(struct request *rq, struct reply *out);
must err_t page_scan_mark(struct request *rq, struct reply *out);
must err_t page_scan_step(struct request *rq, struct reply *out);

#endif
