/* A region's series of meetings, and one of them: how often, where, who sees to it, who comes. */
#ifndef WEB_PAGE_SERIES_H
#define WEB_PAGE_SERIES_H

#include "app/series.h"
#include "web/layout.h"
#include "web/route.h"

struct sitting_link {
	const struct sitting_line *line;
	struct url href; /* where it was made ready */
	struct html_words day, rule_day;
	struct str rule_iso; /* to make it ready */
	struct chip_view chip;
};

struct series_card {
	const struct series_line *line;
	struct url href, act; /* the series, and where to make one ready */
	const struct sitting_link *ahead;
	size_t ahead_n;
};

/* What a series is set up with. */
struct series_fields {
	struct field_view name, list, rhythm, first, time, business, conference, place, link, lead, alternate,
		secretary, stand_in, quorum;
};

struct series_list_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct series_list_view *view;
	const struct option_view *regions;
	size_t regions_n;
	const struct series_card *cards;
	size_t cards_n;
	struct empty_view empty;
	struct url conferences;
	bool conferences_too;
};

struct series_new_page {
	const struct layout *layout;
	struct str csrf, error;
	struct str region_id; /* empty: statewide */
	struct str title, where;
	struct url action, back;
	struct series_fields fields;
};

struct series_agency_row {
	const struct series_agency *agency;
	const struct option_view *people, *deputies;
	size_t people_n, deputies_n;
	struct str key; /* for ids of the page */
};

struct series_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct series_view *view;
	struct series_card card;
	struct str where; /* "Region 4", "statewide" */
	struct url self, plan, back;
	const struct series_agency_row *agencies;
	size_t agencies_n;
	const struct sitting_link *before;
	size_t before_n;
	struct str words; /* an objective that was not kept */
};

#define SERIES_ROUTES                                                                                                  \
	{METHOD_GET, "/series", CAN_BUSINESS, 0, &series_region_form, page_series_list},                               \
		{METHOD_GET, "/series/new", CAN_BUSINESS, 0, &series_region_form, page_series_new},                    \
		{METHOD_POST, "/series/new", CAN_BUSINESS, 0, &series_form, page_series_new_post},                     \
		{METHOD_GET, "/series/:id", CAN_BUSINESS, 0, NULL, page_series},                                       \
		{METHOD_POST, "/series/:id", CAN_BUSINESS, 0, &series_act_form, page_series_act},                      \
		{METHOD_GET, "/series/:id/plan", CAN_BUSINESS, 0, NULL, page_series_plan},                             \
	{                                                                                                              \
		METHOD_POST, "/series/:id/plan", CAN_BUSINESS, 0, &series_form, page_series_plan_post                  \
	}

extern const struct form_spec series_region_form, series_form, series_act_form;

must err_t page_series_list(struct request *rq, struct reply *out);
must err_t page_series_new(struct request *rq, struct reply *out);
must err_t page_series_new_post(struct request *rq, struct reply *out);
must err_t page_series(struct request *rq, struct reply *out);
must err_t page_series_act(struct request *rq, struct reply *out);
must err_t page_series_plan(struct request *rq, struct reply *out);
must err_t page_series_plan_post(struct request *rq, struct reply *out);

/* For page_sitting.c: people to choose from, "Nobody yet" first; "9:30" as a minute of the day, −1 for anything else.
 */
const struct option_view *series_people_options(struct arena *a, const struct q_series_people *people, size_t n,
						struct str chosen, size_t *options_n);
int series_minute(struct str text);

#endif
