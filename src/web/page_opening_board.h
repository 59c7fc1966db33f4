/* The board: every opening of a region, who is proposed for it, and what people decide. */
#ifndef WEB_PAGE_OPENING_BOARD_H
#define WEB_PAGE_OPENING_BOARD_H

#include "app/opening_board.h"
#include "web/page_opening.h"

/* A decision that was made. */
struct board_said_line {
	const struct board_said *said;
	struct str called;
	struct url href;
};

struct board_card {
	const struct board_line *line;
	struct opening_line home;
	struct chip_view chip;
	bool proposed;
	struct str called; /* who is proposed */
	struct url href;
	struct str facts;   /* "place 3 · single adult · 412 days on the list" */
	struct str why;     /* why this household */
	struct str warning; /* the written order says otherwise; empty: it does not */
	struct str nobody;  /* why nobody is proposed; empty: somebody is, or the home is taken */
	const struct option_view *others;
	size_t others_n;
	const struct board_said_line *taken; /* NULL: it is not */
	struct str taken_as;                 /* "Accepted by Lee Tran on" */
	bool held;                           /* for a paper */
	const struct board_said_line *passed;
	size_t passed_n;
};

struct openings_board_page {
	const struct layout *layout;
	struct str csrf;
	struct str error;
	struct str region, region_id;
	const struct option_view *regions;
	size_t regions_n;
	struct str summary; /* "3 of 5 openings have a household, out of 202." */
	struct str order;
	const struct board_card *cards;
	size_t cards_n;
};

extern const struct form_spec opening_board_query, opening_board_form;
must err_t page_opening_board(struct request *rq, struct reply *out);
must err_t page_opening_board_put(struct request *rq, struct reply *out);

/* The rows of the site's table of routes. */
#define OPENING_BOARD_ROUTES                                                                                           \
	{METHOD_GET, "/openings/board", CAN_MATCH, 0, &opening_board_query, page_opening_board},                       \
	{                                                                                                              \
		METHOD_POST, "/openings/board", CAN_MATCH, 0, &opening_board_form, page_opening_board_put              \
	}

#endif
