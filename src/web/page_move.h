/* Moves of households between the lists of regions: of one household, and what waits for an answer. */
#ifndef WEB_PAGE_MOVE_H
#define WEB_PAGE_MOVE_H

#include "app/region_move.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct move_line {
	const struct region_move_row *row;
	struct str key; /* of its controls */
	struct str called;
	struct url household;
	struct chip_view chip;
};

struct move_page {
	const struct layout *layout;
	struct str csrf, error;
	bool all;          /* what waits for the region, not one household's */
	struct str called; /* of one household */
	struct str region; /* whose list it is on */
	struct url household, here;
	const struct move_line *lines;
	size_t lines_n;
	const struct option_view *to; /* where it can be asked to go */
	size_t to_n;
	bool alone;
	struct str reason; /* as it was typed */
};

extern const struct form_spec move_form, move_answer_form;
must err_t page_move(struct request *rq, struct reply *out);
must err_t page_move_ask(struct request *rq, struct reply *out);
must err_t page_moves(struct request *rq, struct reply *out);
must err_t page_move_answer(struct request *rq, struct reply *out);

#endif
