/* The list's page: what its template takes. */
#ifndef WEB_PAGE_LIST_H
#define WEB_PAGE_LIST_H

#include "app/list.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct column_view {
	struct str say;
	struct url href;
	struct str style; /* classes of the column */
	bool first;       /* the columns of identification stand behind it */
	bool sorted;
	bool down;
};

struct pill_view {
	struct str say;
	struct url href;
	bool on;
};

struct line_view {
	const struct list_line *line;
	struct url href; /* opens the panel */
	struct url page; /* the household's page */
	struct chip_view contact;
	struct chip_view step;
	struct str flags;  /* "2 flags"; empty: none */
	struct str scored; /* "9 Nov 2026", "old: 3 Mar 2025" */
	struct str due;    /* "by 24 Nov"; empty: no day or no step */
	struct str target; /* "4 Dec 2026"; empty: none is set */
};

struct list_page {
	const struct layout *layout;
	const struct list_view *list;
	struct tiles_view tiles;
	const struct pill_view *lanes;
	size_t lanes_n;
	const struct pill_view *chips;
	size_t chips_n;
	const struct column_view *columns;
	size_t columns_n;
	const struct line_view *lines;
	size_t lines_n;
	struct pager_view pager;
	struct empty_view empty;
	const struct panel_page *panel; /* NULL: none */
	struct url plan;
	struct str csrf;
};

struct panel_page {
	const struct list_panel *panel;
	struct why_view why;
	struct url page;
};

extern const struct form_spec list_form;
must err_t page_list(struct request *rq, struct reply *out);

/* "Why this place?" as the part of that name shows it. */
struct why_view page_why(struct arena *a, const struct list_why *whys, size_t n, struct str sentence);

#endif
