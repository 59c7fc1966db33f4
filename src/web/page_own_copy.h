/* A household's own copy, to be printed and handed over. */
#ifndef WEB_PAGE_OWN_COPY_H
#define WEB_PAGE_OWN_COPY_H

#include "app/own_copy.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/sheet.h"

/* A line of a table: when, what, by whom; empty where it is not said. */
struct own_line {
	struct str when, what, who;
};

struct own_section {
	struct str heading;
	const struct own_line *lines;
	size_t lines_n;
};

struct own_copy_page {
	const struct layout *layout;
	const struct sheet *sheet; /* the words around it */
	struct str language;       /* "es" */
	struct str other_language; /* the next one's name */
	struct url other;
	struct str called;
	struct str error;
	struct url household, here, corrections, laws;
	struct str from; /* 2026-11-21 */
	struct str days; /* "21 Nov 2025 – 21 Nov 2026" */
	struct str today;
	const struct own_section *sections;
	size_t sections_n;
};

extern const struct form_spec own_copy_form;
must err_t page_own_copy(struct request *rq, struct reply *out);

#endif
