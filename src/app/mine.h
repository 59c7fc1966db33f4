/* One person's own work between conferences: their households, their steps, answered in one press, and the trip sheet.
 *
 * The trip sheet is what is to be done within ten days in the regions where somebody works, by county, as one worker
 * would drive it. It is read on a phone on the road and may be left open without a line, so every household on it is
 * its code and the words of a step have no name in them, whoever reads it. Another agency may take a stop along; the
 * step stays with its owner, who answers it.
 */
#ifndef APP_MINE_H
#define APP_MINE_H

#include "app/app.h"
#include "app/question.h"
#include "domain/step.h"

enum { TRIP_DAYS = 10, MINE_MOST = 50, MINE_CONTACT_DAYS = 60 };

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
/* A household that the actor works with: a step or a month is theirs, they were in contact lately, or their agency
 * serves it and it has a seat in a cycle. */
struct own_household {
	struct str id, called;
	struct day contact; /* DAY_NONE: never */
};
struct mine_view {
	struct own_household *households; /* whom nobody heard from longest first, MINE_MOST at most */
	size_t households_n;
	struct question_line *questions; /* that the actor sees to, by day */
	size_t questions_n;
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
