/* How soon facts are entered, by agency and project. */
#ifndef WEB_PAGE_TIMELY_H
#define WEB_PAGE_TIMELY_H

#include "app/timely.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct timely_cell_view {
	const struct timely_cell *cell;
	struct str share; /* "81 % of 120 in time" */
};

struct timely_line_view {
	const struct timely_line *line;
	struct timely_cell_view cells[TIMELY_KINDS_N];
	size_t cells_n;
};

/* Agencies, or the projects of one. */
struct timely_table {
	struct str label; /* for who does not see the heading above it */
	struct str first; /* the head of its first column */
	struct timely_kind_view {
		struct str say;
	} kinds[TIMELY_KINDS_N];
	size_t kinds_n;
	struct timely_line_view *lines;
	size_t lines_n;
};

struct timely_agency {
	const struct timely_line *line;
	struct timely_table projects;
};

struct timely_page {
	const struct layout *layout;
	const struct timely_view *timely;
	struct timely_table all;
	struct timely_agency *agencies;
	size_t agencies_n;
	struct str within; /* "on the day or before", "within 3 days" */
	bool dated;        /* the export's day is known */
	bool hidden;       /* something is */
	struct empty_view empty;
};

must err_t page_timely(struct request *rq, struct reply *out);

#endif
