/* The first page after signing in, and the counts that everybody may see. */
#ifndef WEB_PAGE_HOME_H
#define WEB_PAGE_HOME_H

#include "app/counts.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct error_page {
	const struct layout *layout;
	struct str title;
	struct str say;
};

struct counts_page {
	const struct layout *layout;
	const struct counts_view *counts;
};

must err_t page_home(struct request *rq, struct reply *out);
must err_t page_counts(struct request *rq, struct reply *out);

#endif
