/* Between list_report.c, which prints the kept list or another day's, and list_report_opening.c. */
#ifndef APP_LIST_REPORT_PARTS_H
#define APP_LIST_REPORT_PARTS_H

#include "app/list_facts.h"
#include "app/list_report.h"
#include "store/q_region.h"

struct report {
	struct call *c;
	const struct list_ask *ask;
	struct str region_id; /* empty: all */
	struct q_regions *regions;
	size_t regions_n;
	int64_t now;
	struct day listed; /* the day that the kept rows describe */
	int rank;
	const struct filter *filter; /* NULL: none */
	struct list_image *image;    /* the next two: where there is a filter */
	struct list_facts facts;     /* what it asks beside the picture */
};

/* Whether the filter lets a row of a picture through; never where there is no row. */
bool report_asked(const struct report *r, const struct list_image *image, const struct list_row *row);

/* Hands a row over with its rank; *more is false once enough were. */
must err_t report_give(struct report *r, struct list_report_row *row, bool *more);

/* A region's name; empty for no region. */
struct str report_region(const struct report *r, struct str id);

/* The rows in the order of r->ask->opening. */
must err_t report_opening(struct report *r);

#endif
