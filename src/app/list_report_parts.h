/* Between list_report.c, which prints the kept list or another day's, list_report_opening.c and
 * list_report_id.c. */
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
	const struct report_ids *ids; /* whose HMIS id is printed: report_id */
	const struct filter *filter;  /* NULL: none */
	struct list_image *image;     /* the next two: where there is a filter */
	struct list_facts facts;      /* what it asks beside the picture */
};

/* Whether the filter lets a row of a picture through; never where there is no row. */
bool report_asked(const struct report *r, const struct list_image *image, const struct list_row *row);

/* Hands a row over with its rank; *more is false once enough were. */
must err_t report_give(struct report *r, struct list_report_row *row, bool *more);

/* A region's name; empty for no region. */
struct str report_region(const struct report *r, struct str id);

/* What report_id asks, into r->ids. */
must err_t report_ids_load(struct report *r, struct db *db, struct arena *a);

/* The head's HMIS id, or nothing where it may not stand in a file beside the code. */
struct str report_id(const struct report *r, int64_t household_no, int64_t head_no, struct str personal_id);

/* The rows in the order of r->ask->opening. */
must err_t report_opening(struct report *r);

#endif
