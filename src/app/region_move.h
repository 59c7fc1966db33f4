/* Moves of households between the lists of regions (domain/region_move.h has the rule).
 *
 * One list holder asks, with a reason; the other accepts or refuses with a reason; who asked may withdraw. Both see
 * what waits on their list's page, on the household's page and under /moves. The household itself is shown to each as
 * access decides: until it has moved, the receiving list holder sees its code.
 *
 * With an acceptance the household keeps everything: the start of its time on the list, its score and its papers; open
 * steps and the target date are the other region's from then on, and a seat in an open cycle goes along. The region
 * stays as agreed, whatever projects say later, until the next move. Reasons are sealed; every act is journalled on the
 * household.
 */
#ifndef APP_REGION_MOVE_H
#define APP_REGION_MOVE_H

#include "app/household.h"

struct region_move_row {
	struct str id;
	struct household_face face;
	struct str from; /* "Region 4"; "no region's list" */
	struct str to;
	struct str asked_by; /* "Lee Tran" */
	struct day asked;
	struct str reason; /* as the viewer may read it */
	struct str state;  /* asked, accepted, refused, withdrawn */
	struct str ended_by;
	struct day ended;
	struct str answer; /* why it was refused */
	bool can_answer;
	bool can_withdraw;
};

struct region_moves_view {
	struct region_move_row *rows; /* those that wait, oldest first */
	size_t rows_n;
};

/* What waits for the list holder's region. ERR_DENIED for others. */
must err_t app_region_moves(struct call *c, struct region_moves_view *out);

/* How many wait: for the viewer's answer, and for the other list holder's. 0 for whoever holds no list. */
struct region_moves_count {
	int mine, theirs;
};
must err_t app_region_moves_waiting(struct call *c, struct region_moves_count *out);

struct region_move_choice {
	struct str id, name;
};

struct region_move_page {
	struct household_face face;
	struct str region;            /* whose list it is on; "no region's list" */
	struct region_move_row *rows; /* of this household, newest first */
	size_t rows_n;
	struct region_move_choice *to; /* where the viewer may ask it to go; none where a move waits */
	size_t to_n;
	bool alone; /* nobody else is asked */
};

/* ERR_MISSING: no such household, or not for the viewer. ERR_DENIED for who holds no list. */
must err_t app_region_move_page(struct call *c, struct str household_id, struct region_move_page *out);

/* Asks, or takes at once where the household is on no region's list. ERR_MISSING, ERR_DENIED, ERR_INVALID: no
 * reason; ERR_CONFLICT: one waits already. */
must err_t app_region_move_ask(struct call *c, struct str household_id, struct str to_region, const struct pii *reason);

#define REGION_MOVE_ANSWERS(X)                                                                                         \
	X(REGION_MOVE_ACCEPT, "accept", "accepted")                                                                    \
	X(REGION_MOVE_REFUSE, "refuse", "refused")                                                                     \
	X(REGION_MOVE_WITHDRAW, "withdraw", "withdrawn")
enum region_move_answer {
#define X(name, word, state) name,
	REGION_MOVE_ANSWERS(X)
#undef X
};

/* The other list holder accepts, or refuses with a reason; or who asked withdraws (`reason` may be NULL then). The
 * list is derived anew after an acceptance. *household_id is whom it was about. ERR_CONFLICT: it was answered already,
 * or the household is on another list meanwhile. */
must err_t app_region_move_answer(struct call *c, struct str move_id, enum region_move_answer answer,
				  const struct pii *reason, struct str *household_id);

/* For the household's page, inside its transaction: what waits about it, and whether the viewer, who holds a list, may
 * ask for a move. `region` is whose list it is on, or empty. */
must err_t region_move_say(struct call *c, struct db *db, struct arena *a, int64_t household, struct str region,
			   struct str *say, bool *can_move);

#endif
