/* Records that may be of one person, side by side: to be decided, and decided ones to be taken back. */
#ifndef WEB_PAGE_DUPLICATE_H
#define WEB_PAGE_DUPLICATE_H

#include "app/duplicate.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct duplicate_side_view {
	const struct duplicate_side *side;
	struct str called; /* "Joe Smith", "Household Heron 4821" */
	struct str facts;  /* "Region 4 · on the list for 67 days · last contact 3 Nov 2026" */
	struct url href;
};

struct duplicate_row_view {
	struct str label, one, other;
	struct chip_view chip; /* what it says */
};

struct duplicate_line_view {
	const struct duplicate_pair_view *pair;
	struct chip_view chip; /* "likely" */
	struct duplicate_side_view one, other;
	const struct duplicate_row_view *rows;
	size_t rows_n;
	struct str said; /* who decided, when and why; of a half: who has still to; empty: nothing yet */
	struct str key;  /* of its controls */
};

struct duplicates_page {
	const struct layout *layout;
	struct str csrf, error;
	struct str looked; /* when and how far records were compared */
	const struct duplicate_line_view *open;
	size_t open_n;
	struct str more; /* "20 of 83 are shown"; empty: these are all */
	const struct duplicate_line_view *decided;
	size_t decided_n;
	struct empty_view empty;
};

extern const struct form_spec duplicate_form, duplicate_undo_form;
must err_t page_duplicates(struct request *rq, struct reply *out);
must err_t page_duplicate_decide(struct request *rq, struct reply *out);
must err_t page_duplicate_undo(struct request *rq, struct reply *out);
must err_t page_duplicate_look(struct request *rq, struct reply *out);

#define DUPLICATE_ROUTES                                                                                               \
	{METHOD_GET, "/duplicates", CAN_SOURCES, 0, NULL, page_duplicates},                                            \
		{METHOD_POST, "/duplicates", CAN_SOURCES, 0, &duplicate_form, page_duplicate_decide},                  \
		{METHOD_POST, "/duplicates/undo", CAN_SOURCES, 0, &duplicate_undo_form, page_duplicate_undo},          \
	{                                                                                                              \
		METHOD_POST, "/duplicates/look", CAN_SOURCES, 0, NULL, page_duplicate_look                             \
	}

#endif
