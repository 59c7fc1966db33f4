/* What a household waits for, as a row of a list says it: obstacle, next step, who does it, move-in date. */
#ifndef APP_NEXT_STEP_H
#define APP_NEXT_STEP_H

#include "app/household.h"

struct next_step {
	struct str text;     /* empty: none, or not for this viewer */
	struct str barrier;  /* "Documents, Landlord": of the last meeting that spoke of it; empty: none */
	struct str who;      /* "Dana Reed, Housing Now"; empty: nobody has it yet */
	struct day due;      /* DAY_NONE: not set */
	struct day target;   /* move-in date aimed at, or DAY_NONE */
	struct day reviewed; /* when a conference last spoke of it, or DAY_NONE */
	bool overdue;
	bool in_cycle; /* has a seat in the region's open cycle */
};

/* For n faces at once (at most LIMIT_LIST_PAGE). The words of a step are shown to those who see the
 * household's name; others see that there is one, whose it is and by when. Barriers are words of the program, no free
 * text. Of a face that is coarse it is said that there is a step (`who` is "not shown") and a seat, and nothing else.
 */
must err_t app_next_steps(struct call *c, struct db *db, struct arena *a, const struct household_face *faces, size_t n,
			  struct next_step *out);

/* What the server remembers of them, words sealed. Whoever changes a step, a seat, a card or a target date
 * writes the journal in the same transaction, so what was read holds until the journal moves on. */
struct step_cache;
struct step_cache *step_cache_new(void);
void step_cache_free(struct step_cache **cache); /* NULL inside is allowed */

#endif
