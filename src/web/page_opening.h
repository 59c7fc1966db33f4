/* Openings: the register, and who fits one. */
#ifndef WEB_PAGE_OPENING_H
#define WEB_PAGE_OPENING_H

#include "app/opening.h"
#include "app/opening_fit.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct opening_line {
	const struct opening_row *row;
	struct str what;  /* "2 bedrooms · Larkmere County · without steps" */
	struct str whom;  /* "months in 36: 12 or more", or "everybody on the list" */
	struct str since; /* "open since 3 Nov 2026, 19 days empty" */
	struct chip_view chip;
	struct url fit;
};

struct openings_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	struct str change; /* one change, most doors; empty: nothing to say */
	const struct opening_line *lines;
	size_t lines_n;
	const struct opening_line *ended;
	size_t ended_n;
	bool ask_over; /* why there is one more than the HMIS says */
	bool plans;    /* some of them: there is a board */
	bool may_add;
	const struct option_view *regions;
	size_t regions_n;
	const struct option_view *agencies;
	size_t agencies_n;
	const struct option_view *kinds;
	size_t kinds_n;
	const struct option_view *bedrooms;
	size_t bedrooms_n;
	const struct option_view *features;
	size_t features_n;
	const struct str *programs;
	size_t programs_n;
	const struct str *counties;
	size_t counties_n;
	struct str program, unit, county, from, most, extra; /* as typed */
	bool children, chronic, veteran, youth;
};

struct fit_line {
	const struct fit_row *row;
	struct str called; /* a name or "Maple 4821" */
	struct str facts;  /* "place 3 · single adult · 412 days on the list" */
	struct url href;
	const struct str *papers; /* "Photo ID: Dana Reed fetches it by 3 Dec 2026" */
	size_t papers_n;
};

struct opening_page {
	const struct layout *layout;
	const struct opening_fit_view *view;
	struct opening_line line;
	bool may_refer;     /* it is offered, and no referral holds it */
	struct str summary; /* "14 of 202 active households fit." */
	struct str csrf;
	const struct option_view *people; /* who may fetch a paper */
	size_t people_n;
	struct str soonest, latest; /* days until which it may be held */
	bool can_hold;
	const struct fit_line *fits, *near, *passed;
	size_t fits_n, near_n, passed_n;
};

/* For the board and a household's openings too. */
struct opening_line opening_line_of(struct arena *a, const struct opening_row *row);
const struct option_view *opening_options(struct arena *a, const struct opening_choice_row *rows, size_t n,
					  struct str chosen);
struct str opening_called(struct arena *a, const struct household_face *face); /* its name or "Household Maple 4821" */
const struct str *opening_papers(struct arena *a, const struct paper_row *rows, size_t rows_n, size_t *n);
struct str opening_facts(struct arena *a, const struct household_face *face, int place);

extern const struct form_spec opening_form, opening_confirm_form, opening_end_form;
must err_t page_openings(struct request *rq, struct reply *out);
must err_t page_opening_add(struct request *rq, struct reply *out);
must err_t page_opening_confirm(struct request *rq, struct reply *out);
must err_t page_opening_end(struct request *rq, struct reply *out);
must err_t page_opening(struct request *rq, struct reply *out);

/* The rows of the site's table of routes. */
#define OPENING_ROUTES                                                                                                 \
	{METHOD_GET, "/openings", CAN_OPENINGS, 0, NULL, page_openings},                                               \
		{METHOD_POST, "/openings", CAN_OPENINGS, 0, &opening_form, page_opening_add},                          \
		{METHOD_POST, "/openings/confirm", CAN_OPENINGS, 0, &opening_confirm_form, page_opening_confirm},      \
		{METHOD_POST, "/openings/end", CAN_OPENINGS, 0, &opening_end_form, page_opening_end},                  \
	{                                                                                                              \
		METHOD_GET, "/openings/:id", CAN_MATCH, 0, NULL, page_opening                                          \
	}

#endif
