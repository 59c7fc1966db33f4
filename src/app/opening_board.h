/* The board: every opening of a region beside the household that is proposed for it, and what people decided.
 *
 * It is computed anew each time it is looked at, by domain/assign.h: the most critical households that can be housed at
 * once are, and each of them gets the home that meets most of its wishes. A household has one place on the board. Where
 * all openings that take part are of one kind it is that kind's order; where they are of several it is the list's own,
 * which everybody knows, and whom an opening is for still comes from its kind. So a kind's written order may say
 * otherwise about one of its homes: then the line says so, with the number of households that stand before the proposed
 * one in that order, fit, and get nothing (CPD-16-11: the order that is written is the order that is followed, or the
 * reason is recorded).
 *
 * Who is accepted is referred there and then (app/referral.h), and the decision ends with the referral. A household
 * with a referral under way is not on the board, nor is a home that one holds.
 *
 * It proposes; people accept, take somebody else who fits, or pass over somebody, the latter two with a reason that is
 * kept sealed. A decision stands until it is taken back or the opening ends; the rest of the board is computed around
 * it. Wishes count whoever looks, so that the board is the same for everybody; they are shown to who may read them.
 *
 * For who plans the region's conferences. Faces are what access decides.
 *
 *     struct opening_board_view view;
 *     TRY(app_opening_board(c, region_id, &view));
 *     TRY(app_board_accept(c, opening_id, household_id, NULL));
 */
#ifndef APP_OPENING_BOARD_H
#define APP_OPENING_BOARD_H

#include "app/household.h"
#include "app/opening.h"

enum { BOARD_OTHERS = 3 };

enum board_state {
	BOARD_PROPOSED,
	BOARD_NOBODY, /* nobody fits, or everybody who fits has a home */
	BOARD_ACCEPTED,
	BOARD_HELD,     /* for a paper */
	BOARD_REFERRED, /* otherwise: app/referral.h */
	BOARD_STALE,    /* not confirmed: nobody is matched to it */
};

/* What somebody decided. */
struct board_said {
	struct str id;
	struct household_face face;
	struct str reason; /* empty: none, or not the viewer's to read */
	bool proposed;     /* by the board, then */
	struct str by;
	struct day day;
	struct day until; /* of a home that is held */
	struct str fetcher;
	bool ready; /* the papers for which it is held are there */
};

struct board_line {
	struct opening_row opening;
	enum board_state state;
	struct household_face face; /* who is proposed */
	int place;                  /* on the board */
	struct str wants;           /* of its wishes, what the home offers; empty: none, or not the viewer's to read */
	size_t fits_n;              /* of the households that have no accepted home */
	size_t elsewhere;           /* who fit, stand before it, and get another home of the board */
	size_t skipped;             /* who fit, stand before it in the order of the home's kind, and get none */
	struct household_face others[BOARD_OTHERS]; /* the next who fit, in the order of its kind */
	size_t others_n;
	struct board_said *taken;  /* accepted, or held for; NULL */
	struct board_said *passed; /* over, for this home */
	size_t passed_n;
};

struct opening_board_view {
	struct str region_id, region;
	struct opening_choice_row *regions; /* whose boards the actor sees */
	size_t regions_n;
	bool by_list;      /* households stand in the order of the list; else in that of `kind` */
	const char *order; /* "openings in permanent supportive housing" */
	size_t active;     /* households on it */
	size_t proposed_n;
	struct board_line *lines; /* by opening, the soonest first */
	size_t lines_n;
};

/* `region_id` empty: the actor's own, or the first that it plans for. ERR_DENIED for who does not plan conferences of
 * the region. */
must err_t app_opening_board(struct call *c, struct str region_id, struct opening_board_view *out);

/* The opening is this household's. Where the board proposes another one, or the written order of its kind says
 * otherwise, the reason is wanted: ERR_INVALID without it. ERR_CONFLICT, and by whom, where home or household went
 * otherwise meanwhile, or it does not fit. */
must err_t app_board_accept(struct call *c, struct str opening_id, struct str household_id, const struct pii *why);

/* The home waits for this household until a day, while somebody fetches the papers that alone are missing; until then
 * it is proposed to nobody else. ERR_INVALID for a day that is past or after what the policy of its kind allows, and
 * for a fetcher who takes no part in the region's conferences. */
must err_t app_board_hold(struct call *c, struct str opening_id, struct str household_id, struct str fetcher_id,
			  struct day until);

/* The board passes it over for this opening. Not for missed appointments and the like: ERR_INVALID. */
must err_t app_board_reject(struct call *c, struct str opening_id, struct str household_id, const struct pii *why);

/* A decision is taken back. ERR_CONFLICT: somebody has already. */
must err_t app_board_undo(struct call *c, struct str decision_id);

/* --- for app/opening_decide.c --- */

/* Whom the board proposes for an opening now. Inside a transaction. */
struct board_proposal {
	int64_t household_no; /* 0: nobody */
	size_t skipped;       /* of board_line */
};
must err_t board_propose(struct call *c, struct db *db, struct arena *a, const struct opening_row *opening,
			 struct board_proposal *out);

#endif
