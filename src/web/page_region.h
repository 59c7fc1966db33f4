/* The administrator's page of regions: agencies that anchor them, counties, borders and coverage. */
#ifndef WEB_PAGE_REGION_H
#define WEB_PAGE_REGION_H

#include "app/region_page.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

/* Counties, of a region or of none. */
struct region_table {
	struct str label; /* for who does not see the heading above it */
	const struct region_county_row *rows;
	size_t rows_n;
};

struct region_section {
	const struct region_card *card;
	struct str key; /* of its heading and controls */
	struct region_table table;
	struct str counties;                /* "3 counties" */
	bool open;                          /* its borders are to be looked at */
	const struct option_view *agencies; /* for its anchor */
	size_t agencies_n;
};

struct region_page {
	const struct layout *layout;
	struct str csrf, error;
	int per_agency;
	bool hidden;
	const struct str *unanchored; /* regions without an anchor agency, by name */
	size_t unanchored_n;
	struct region_table loose;
	const struct region_section *sections;
	size_t sections_n;
	const struct option_view *counties, *neighbours, *regions, *agencies; /* of the forms below */
	size_t counties_n, neighbours_n, regions_n, agencies_n;
	struct str name; /* of a new region, as it was typed */
};

extern const struct form_spec region_form, county_form, border_form;
must err_t page_regions(struct request *rq, struct reply *out);
must err_t page_region_put(struct request *rq, struct reply *out);
must err_t page_county_move(struct request *rq, struct reply *out);
must err_t page_county_add(struct request *rq, struct reply *out);
must err_t page_county_border(struct request *rq, struct reply *out);

#endif
