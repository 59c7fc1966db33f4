/* The second step of signing in: set up, and its recovery codes. */
#ifndef WEB_PAGE_FACTOR_H
#define WEB_PAGE_FACTOR_H

#include "app/factor.h"
#include "web/layout.h"
#include "web/qr.h"
#include "web/reply.h"
#include "web/request.h"

struct factor_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	const struct factor_view *factor;
	const struct factor_offer *offer;
	struct qr qr;
	struct html_words since;
	bool closed; /* nothing else is open until it is set up */
};

struct factor_codes_page {
	const struct layout *layout;
	const struct str *codes;
	size_t codes_n;
};

extern const struct form_spec factor_form, factor_codes_form;
must err_t page_factor(struct request *rq, struct reply *out);
must err_t page_factor_set(struct request *rq, struct reply *out);
must err_t page_factor_codes(struct request *rq, struct reply *out);

#endif
