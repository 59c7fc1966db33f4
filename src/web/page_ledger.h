/* The monthly ledger: a table that shows that it adds up, and the line of who was active. */
#ifndef WEB_PAGE_LEDGER_H
#define WEB_PAGE_LEDGER_H

#include "app/ledger.h"
#include "web/form.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct ledger_cell_view {
	struct str text;
};

struct ledger_row_view {
	struct str month;                     /* "Nov 2026" */
	bool open;                            /* still changing */
	const struct ledger_cell_view *cells; /* start, flows, end */
	size_t cells_n;
	struct str check; /* "617 + 50 − 52 + 0 = 615"; empty where a number is hidden */
};

/* What adjustments were: "Nov 2026: 3 households had been housed already." */
struct ledger_note_view {
	struct str month;
	struct str text;
};

struct chart_line {
	struct str points; /* of a polyline */
};

struct chart_tick {
	int x;
	int y;
	struct str label;
	bool wide; /* where there is room */
};

struct chart_view {
	struct str said;                /* what somebody hears who does not see it */
	const struct chart_line *lines; /* more than one where months in between are hidden */
	size_t lines_n;
	const struct chart_tick *dots;
	size_t dots_n;
	const struct chart_tick *months; /* along the bottom */
	size_t months_n;
	const struct chart_tick *levels; /* up the side */
	size_t levels_n;
};

struct ledger_page {
	const struct layout *layout;
	const struct ledger_view *ledger;
	struct str csrf;
	struct str error; /* a sentence; empty: none */
	struct str from;
	struct str to;
	struct str where;
	bool filters;                       /* the viewer may count by a filter */
	const struct ledger_row_view *rows; /* newest first */
	size_t rows_n;
	const struct ledger_note_view *notes;
	size_t notes_n;
	const struct chart_view *chart; /* NULL: too little to draw */
};

extern const struct form_spec ledger_form;
must err_t page_ledger(struct request *rq, struct reply *out);

#endif
