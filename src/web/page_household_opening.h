/* The openings of its region as one household meets them. */
#ifndef WEB_PAGE_HOUSEHOLD_OPENING_H
#define WEB_PAGE_HOUSEHOLD_OPENING_H

#include "app/household_opening.h"
#include "web/page_opening.h"

struct household_opening_line {
	const struct household_opening *row;
	struct opening_line home;
	struct chip_view chip;
	struct str say; /* "2 households who fit it too stand before it." */
	const struct str *papers;
	size_t papers_n;
};

struct household_openings_page {
	const struct layout *layout;
	const struct household_openings_view *view;
	struct str called;
	struct url household, ready;
	const struct household_opening_line *lines;
	size_t lines_n;
	const struct household_opening_line *others; /* that it does not fit */
	size_t others_n;
};

must err_t page_household_openings(struct request *rq, struct reply *out);

#define HOUSEHOLD_OPENING_ROUTES                                                                                       \
	{                                                                                                              \
		METHOD_GET, "/household/:id/openings", CAN_LIST, 0, NULL, page_household_openings                      \
	}

#endif
