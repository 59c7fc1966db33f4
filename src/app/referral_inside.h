/* What the files of referrals share. Private to src/app. */
#ifndef APP_REFERRAL_INSIDE_H
#define APP_REFERRAL_INSIDE_H

#include "app/referral.h"
#include "store/q_referral.h"

/* One referral in one transaction. */
struct referral_work {
	struct call *call;
	struct db *db;
	struct arena *arena;
	struct str id;
	struct q_referral_by_id row;
	enum referral_state state;
	bool plans;    /* the actor plans the region's conferences */
	bool receives; /* the actor's agency receives it */
};

/* ERR_MISSING where there is none. */
must err_t referral_open(struct call *c, struct db *db, struct arena *a, struct str id, struct referral_work *out);

/* One line of its history. */
must err_t referral_event(const struct referral_work *w, struct str what, struct str reason, const struct pii *note);

struct referral_put {
	enum referral_state to;
	struct str reason, review;
	const struct pii *note;
	struct str what; /* of the event; empty: the state */
};
/* The new state with its event and its journal row. ERR_CONFLICT where it is another by now. */
must err_t referral_put(struct referral_work *w, const struct referral_put *put);

/* The same with what follows from it: one that is accepted, or moved in, sets the household free of its others, and
 * with the move-in the opening is filled. */
must err_t referral_take(struct referral_work *w, const struct referral_put *put);

/* A match that the room of a live conference made: its facilitator and scribe write it down, whoever they are. */
must err_t referral_match(struct call *c, struct db *db, struct arena *a, const struct referral_ask *ask,
			  struct str *id);

/* ERR_CONFLICT where the opening it is for has ended, or another holds it. */
must err_t referral_check_opening(const struct referral_work *w);

#endif
