/* The directory of services: how one is referred, whom to call, how long it takes. */
#ifndef WEB_PAGE_DIRECTORY_H
#define WEB_PAGE_DIRECTORY_H

#include "app/service.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct service_line {
	const struct service_row *row;
	struct str where; /* "Region 4" or "everywhere" */
	struct str wait;  /* "about 14 days"; empty: not said */
	struct str days;  /* the same as it is typed */
};

struct service_group {
	struct str label;
	const struct service_line *lines;
	size_t lines_n;
};

struct agency_line {
	const struct service_agency *row;
	struct str roles; /* "access point; receives referrals" */
};

struct directory_page {
	const struct layout *layout;
	const struct services_view *view;
	struct str csrf, error;
	const struct service_group *groups;
	size_t groups_n;
	const struct agency_line *agencies;
	size_t agencies_n;
	const struct option_view *regions, *for_regions, *kinds;
	size_t regions_n, for_regions_n, kinds_n;
	struct str name, provider, how, contact, wait; /* as typed */
};

extern const struct form_spec directory_query, directory_form, directory_change_form;
must err_t page_directory(struct request *rq, struct reply *out);
must err_t page_directory_add(struct request *rq, struct reply *out);
must err_t page_directory_change(struct request *rq, struct reply *out);

/* The rows of the site's table of routes. */
#define DIRECTORY_ROUTES                                                                                               \
	{METHOD_GET, "/directory", CAN_OPENINGS, 0, &directory_query, page_directory},                                 \
		{METHOD_POST, "/directory", CAN_OPENINGS, 0, &directory_form, page_directory_add},                     \
	{                                                                                                              \
		METHOD_POST, "/directory/change", CAN_OPENINGS, 0, &directory_change_form, page_directory_change       \
	}

#endif
