/* Where one is signed in. */
#ifndef WEB_PAGE_SESSION_H
#define WEB_PAGE_SESSION_H

#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct session_view {
	struct str id;
	struct str device;
	struct html_words since_day, since_clock, seen_day, seen_clock;
	bool here;
};

struct sessions_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	struct str done;
	const struct session_view *sessions;
	size_t sessions_n;
};

extern const struct form_spec session_form;
must err_t page_sessions(struct request *rq, struct reply *out);
must err_t page_session_end(struct request *rq, struct reply *out);
must err_t page_session_end_others(struct request *rq, struct reply *out);

#endif
