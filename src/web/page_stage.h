/* The stage of a conference, its lobby and the panel beside the cockpit: what their templates take, and their routes.
 */
#ifndef WEB_PAGE_STAGE_H
#define WEB_PAGE_STAGE_H

#include "app/stage.h"
#include "web/layout.h"
#include "web/route.h"

/* The page for the shared screen: no menu, no name of who is signed in, nothing to press. */
struct stage_page {
	const struct layout *layout;
	const struct stage_view *view;
	struct url now; /* the fragment */
	struct str live;
	const struct stage_mark *marks; /* the six steps */
	size_t marks_n;
	const struct str *agreements;
	size_t agreements_n;
};

struct stage_mark {
	struct str label;
	bool done;
};

/* The panel in the cockpit. */
struct stage_box {
	const struct stage_panel *panel;
	const struct check_row *checks;
	size_t checks_n;
	struct str statement;
	struct url check, lobby, guest;
	struct str csrf;
};

#define STAGE_ROUTES                                                                                                   \
	{METHOD_GET, "/conference/:id/stage", CAN_CONFERENCE, ROUTE_LIVE, NULL, page_stage},                           \
		{METHOD_GET,    "/conference/:id/stage/now", CAN_CONFERENCE, ROUTE_LIVE | ROUTE_FRAGMENT, NULL,        \
		 page_stage_now},                                                                                      \
		{METHOD_POST, "/conference/:id/stage/check", CAN_CONFERENCE, 0, &stage_check_form, page_stage_check},  \
		{METHOD_POST, "/conference/:id/lobby", CAN_CONFERENCE, 0, &lobby_form, page_lobby},                    \
		{METHOD_POST, "/conference/:id/guest", CAN_CONFERENCE, 0, &guest_form, page_guest},

extern const struct form_spec stage_check_form, lobby_form, guest_form;

must err_t page_stage(struct request *rq, struct reply *out);
must err_t page_stage_now(struct request *rq, struct reply *out);
must err_t page_stage_check(struct request *rq, struct reply *out);
must err_t page_lobby(struct request *rq, struct reply *out);
must err_t page_guest(struct request *rq, struct reply *out);

/* The panel of a conference; NULL for who has none. */
const struct stage_box *stage_box(const struct request *rq, struct str conference, const struct stage_panel *panel);

#endif
