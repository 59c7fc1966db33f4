/* The list's page: what its template takes. */
#ifndef WEB_PAGE_LIST_H
#define WEB_PAGE_LIST_H

#include "app/list.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct column_view {
	struct str say;
	struct str style; /* classes of the column */
	bool sorts;
	struct url href;   /* orders by it alone, or turns the order round */
	struct url then;   /* orders by it behind the others */
	int sorted;        /* 1: first, 2: second …; 0: not by it */
	struct str degree; /* "2" behind the first one */
	bool down;
};

/* A select of the panel of filters. */
struct pick_view {
	struct str id;
	struct str label;
	const struct option_view *options;
	size_t options_n;
};

struct saved_view {
	const struct list_saved *saved;
	struct url href;
	bool on;
};

struct line_view {
	const struct list_line *line;
	struct url href; /* opens the panel */
	struct url page; /* the household's page */
	struct chip_view contact;
	struct chip_view step;
	struct chip_view ready; /* "4/6" */
	struct str flags;       /* "2 flags"; empty: none */
	struct str scored;      /* "9 Nov 2026", "old: 3 Mar 2025" */
	struct str due;         /* "by 24 Nov"; empty: no day or no step */
	struct str target;      /* "4 Dec 2026"; empty: none is set */
	struct str start;       /* "4 Dec 2025" */
	const struct own_cell *own;
	size_t own_n;
	struct str reviewed; /* empty: never */
};

/* A cell of one of the CoC's own columns. */
struct own_cell {
	struct str text;
	struct str style;
};

/* An adjustment or a nomination to be looked at again. */
struct review_line {
	struct url href;
	struct str called;
	struct str say;
};

struct list_page {
	const struct layout *layout;
	const struct list_view *list;
	struct str region;                   /* as forms and addresses say it: id, "none" or "all" */
	struct str lane;                     /* word */
	struct str opening;                  /* word of the kind whose order this is, or "list" */
	struct str title;                    /* "By-name list", "For housing vouchers" */
	const struct option_view *orders_of; /* the list and the kinds of openings */
	size_t orders_of_n;
	struct url standard; /* the written standard of this order */
	struct str as_of;    /* 2026-11-21; empty: today */
	struct url today;    /* the same as of today */
	struct tiles_view tiles;
	struct pill_view omitted; /* who was assessed and is not on the list; empty: nobody */
	const struct pill_view *lanes;
	size_t lanes_n;
	const struct pill_view *chips;
	size_t chips_n;
	const struct pill_view *conditions;
	size_t conditions_n;
	const struct saved_view *saved;
	size_t saved_n;
	const struct list_saved *using; /* the saved view that is shown, or NULL */
	bool begins;                    /* some view is the viewer's default */
	struct url plain;               /* the list without a filter, order or columns of its own */
	const struct pick_view *picks;
	size_t picks_n;
	const struct option_view *numbers; /* keys that are numbers */
	size_t numbers_n;
	const struct option_view *days; /* keys that are days */
	size_t days_n;
	const struct pick_view *orders;
	size_t orders_n;
	const struct option_view *shown; /* columns as checkboxes */
	size_t shown_n;
	const struct column_view *columns; /* those shown */
	size_t columns_n;
	struct str style[LIST_COLUMNS_N]; /* classes of each column's cells */
	const struct line_view *lines;
	size_t lines_n;
	struct pager_view pager;
	struct empty_view empty;
	const struct panel_page *panel; /* NULL: none */
	const struct review_line *reviews;
	size_t reviews_n;
	struct url plan;
	struct url worklist; /* to make the filter one; empty: there is none, or the viewer does not plan */
	struct str moves;    /* "1 move between regions waits for your answer."; empty: none */
	struct str csrf;
	struct str printed; /* "Printed Tue 17 Nov 2026 by Lee Tran" */
	bool open;          /* the panel of filters */
};

struct panel_page {
	const struct list_panel *panel;
	struct why_view why;
	struct url page;
};

extern const struct form_spec list_form;
extern const struct form_spec list_save_form;
extern const struct form_spec list_saved_form;
must err_t page_list(struct request *rq, struct reply *out);
must err_t page_list_save(struct request *rq, struct reply *out);
must err_t page_list_forget(struct request *rq, struct reply *out);
must err_t page_list_begin(struct request *rq, struct reply *out);

/* The address of a list; what is at its default is left out. */
struct url list_address(struct arena *a, const struct list_query *q);

/* Everything of the page but its rows: what stands above the table and in its head. */
void list_build_head(struct arena *a, const struct list_view *view, struct list_page *page);

/* Classes of an own column's cells. */
struct str list_own_style(enum column_kind kind);

/* "Why this place?" as the part of that name shows it. */
struct why_view page_why(struct arena *a, const struct list_panel *panel);

/* What is due for review, each with the page to do it on; `household` is whose they all are, or empty: each has a
 * face. */
const struct review_line *page_reviews(struct arena *a, const struct review_row *rows, size_t n, struct str household);

#endif
