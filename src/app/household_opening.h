/* The openings of its region as one household meets them: which fit it, with its own wishes; which it is a paper or
 * another condition away from; and why not the others.
 *
 * For who plans the region's conferences, and for who may read what is written about the household: what a rule asks is
 * a fact about it.
 *
 *     struct household_openings_view view;
 *     TRY(app_household_openings(c, household_id, &view));
 */
#ifndef APP_HOUSEHOLD_OPENING_H
#define APP_HOUSEHOLD_OPENING_H

#include "app/household.h"
#include "app/opening.h"
#include "app/opening_paper.h"

enum household_opening_fit { HOME_FITS, HOME_PAPER, HOME_NEAR, HOME_NOT };

struct household_opening {
	struct opening_row opening;
	enum household_opening_fit fit;
	struct str but;   /* the conditions that do not hold */
	bool kind;        /* else: openings of this kind are not for it, and `but` says for whom they are */
	struct str wants; /* of its wishes, what the home offers; for who may read them */
	int met;          /* how many these are */
	size_t before;    /* who fit it and stand before the household in the order of its kind; of those that fit */
	struct paper_row *papers; /* of a home that is a paper away; for who may read notes */
	size_t papers_n;
	bool accepted; /* the home is this household's */
	bool waits;    /* or held for it */
};

struct household_openings_view {
	struct household_face face;
	bool plans;                     /* the viewer plans the region's conferences */
	struct household_opening *rows; /* those first that fit and meet most wishes, then the nearest */
	size_t rows_n;
};

/* ERR_MISSING for a household that the actor sees nothing of or that is on no list; ERR_DENIED as above. */
must err_t app_household_openings(struct call *c, struct str household_id, struct household_openings_view *out);

#endif
