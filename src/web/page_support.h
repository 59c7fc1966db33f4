/* What was tried with a household, its tenancy, and more time for it in a conference. */
#ifndef WEB_PAGE_SUPPORT_H
#define WEB_PAGE_SUPPORT_H

#include "app/support.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct support_page {
	const struct layout *layout;
	const struct support_view *support;
	struct str csrf;
	struct str error;
	struct url back;
	struct url put_tried;
	struct url put_tenancy;
	const struct support_line *lines;
	size_t lines_n;
	const struct option_view *kinds;
	size_t kinds_n;
	const struct option_view *outcomes; /* but stepping up, which has a form of its own */
	size_t outcomes_n;
	const struct option_view *whys;
	size_t whys_n;
	bool at_risk;
	struct str today;
	struct url put_checkin;
	const struct support_checkin *checkins; /* none where it is not housed */
	size_t checkins_n;
	const struct option_view *whiches, *founds;
	size_t whiches_n, founds_n;
};

struct support_checkin {
	struct str days; /* "90 days" */
	struct str said; /* "still housed" */
	const struct checkin_row *row;
	bool now; /* it is the one that is asked for */
};

struct support_line {
	const struct support_row *row;
	struct str kind;
	struct str outcome;
	bool step_up;
};

/* The picker of the six reasons, wherever a household is added out of order, and what was picked of it. */
const struct option_view *airtime_options(struct arena *a, size_t *n);
unsigned airtime_picked(struct request *rq);

extern const struct form_spec tried_form;
extern const struct form_spec tenancy_form;
extern const struct form_spec checkin_form;

must err_t page_support(struct request *rq, struct reply *out);
must err_t page_support_tried(struct request *rq, struct reply *out);
must err_t page_support_tenancy(struct request *rq, struct reply *out);
must err_t page_support_checkin(struct request *rq, struct reply *out);

#define SUPPORT_ROUTES                                                                                                 \
	{METHOD_GET, "/household/:id/support", CAN_LIST, 0, NULL, page_support},                                       \
		{METHOD_POST, "/household/:id/tried", CAN_LIST, 0, &tried_form, page_support_tried},                   \
		{METHOD_POST, "/household/:id/checkin", CAN_LIST, 0, &checkin_form, page_support_checkin},             \
	{                                                                                                              \
		METHOD_POST, "/household/:id/tenancy", CAN_LIST, 0, &tenancy_form, page_support_tenancy                \
	}

#endif
