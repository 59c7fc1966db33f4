/* One person's own work between conferences: their steps, answered in one press, and the trip sheet.
 *
 * The trip sheet is what is to be done within ten days in the regions where somebody works, by county, as one worker
 * would drive it. It is read on a phone on the road and may be left open without a line, so every household on it is
 * its code and the words of a step have no name in them, whoever reads it. Another agency may take a stop along; the
 * step stays with its owner, who answers it.
 */
#ifndef APP_MINE_H
#define APP_MINE_H

#include "app/app.h"
#include "domain/step.h"

enum { TRIP_DAYS = 10 };

struct own_step {
	struct str id, called, words, due, state;
	int overdue_days;
};
struct trip_stop {
	struct str step_id;
	struct str code; /* "Maple 4821" */
	struct str words, due, owner, agency;
	struct str taken; /* who takes it along; empty: its owner goes */
	int overdue_days;
	bool mine;     /* the actor's own step */
	bool can_take; /* not the actor's, and nobody has */
	bool can_give; /* the actor has it */
};
struct trip_county {
	struct str county; /* "somewhere" where it is not known */
	struct trip_stop *stops;
	size_t stops_n;
};
struct mine_view {
	struct own_step *steps; /* overdue ones first, by date */
	size_t steps_n;
	int overdue;
	struct trip_county *trip;
	size_t trip_n;
	struct str until; /* last day of the trip sheet */
};

/* ERR_DENIED for who takes part in no conference. */
must err_t app_mine(struct call *c, struct mine_view *out);

/* What became of one's own step: done, not yet, changed, dropped, between conferences. ERR_MISSING: not the actor's;
 * ERR_CONFLICT: it has that answer already. */
must err_t app_mine_answer(struct call *c, struct str step, enum step_state answer);

/* A stop of somebody else's is taken along, or given back. ERR_CONFLICT: somebody else has it. */
must err_t app_mine_take(struct call *c, struct str step, bool give_back);

#endif
