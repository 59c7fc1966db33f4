/* Assessed but not listed: who, why not, who can mend it, and putting somebody on the list. */
#ifndef WEB_PAGE_OMISSION_H
#define WEB_PAGE_OMISSION_H

#include "app/omission.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct omission_line_view {
	const struct omission_line *line;
	struct str called;
	struct str since; /* 2026-11-03: the day of the assessment, from which it may hold */
	struct url href;  /* the household's page */
};

struct omission_group_view {
	const struct omission_group *group;
	struct url href; /* these alone */
	bool on;
};

struct omission_page {
	const struct layout *layout;
	const struct omissions_view *omissions;
	const struct omission_group_view *groups;
	size_t groups_n;
	const struct omission_line_view *lines;
	size_t lines_n;
	int64_t households;
	struct str csrf;
	struct str today; /* 2026-11-21 */
	struct str error;
	struct str more; /* "50 of 83 are shown"; empty: these are all */
	struct empty_view empty;
};

extern const struct form_spec omission_form;
extern const struct form_spec omission_add_form;
must err_t page_omission(struct request *rq, struct reply *out);
must err_t page_omission_add(struct request *rq, struct reply *out);

#define OMISSION_ROUTES                                                                                                \
	{METHOD_GET, "/flags/assessed", CAN_MEND, 0, &omission_form, page_omission},                                   \
	{                                                                                                              \
		METHOD_POST, "/flags/assessed", CAN_MEND, 0, &omission_add_form, page_omission_add                     \
	}

#endif
