/* Who fits an opening, in the order of its kind, and why the others do not.
 *
 * Everybody active of the region is asked about, in the order that holds for the kind of opening (app/list_opening.h).
 * A household fits where every condition of the rule holds. Who does not is told which conditions stand in the way;
 * a near miss has one alone, and where that is a paper somebody can fetch it while the opening is held. A place on
 * the list is never lowered by a paper that is missing: it is looked at here and nowhere else.
 *
 * "One change, most doors": over all openings of the region, the condition without which the most households would
 * fit that fit none today. It is the system's barrier, not the household's.
 *
 * For who plans the region's conferences. Faces are what access decides.
 *
 *     struct opening_fit_view view;
 *     TRY(app_opening_fit(c, id, &view));
 */
#ifndef APP_OPENING_FIT_H
#define APP_OPENING_FIT_H

#include "app/household.h"
#include "app/opening.h"
#include "app/opening_paper.h"

enum { FIT_SHOWN = 20, FIT_NEAR = 10, FIT_NOT = 30 };

struct fit_row {
	struct household_face face;
	bool seated;      /* in an open cycle */
	struct str wants; /* of its own choices, what the home offers; empty: none, or not the viewer's to read */
	struct str but;   /* the conditions that do not hold; empty: it fits */
	bool paper;       /* of a near miss: papers are all that is missing */
	struct paper_row *papers; /* which; none where what is written about it is not for the viewer */
	size_t papers_n;
};

/* A condition of the rule, or the kind of opening's own. */
struct fit_term {
	struct str say;
	size_t fails; /* households for whom it does not hold */
	size_t alone; /* of them, for whom all others hold */
};

struct opening_fit_view {
	struct opening_row opening;
	const char *order;    /* "openings in permanent supportive housing": whose order it is */
	size_t active;        /* households asked about */
	size_t fits_n;        /* who fit, all of them */
	struct fit_row *fits; /* the first FIT_SHOWN */
	size_t shown_n;
	struct fit_row *near; /* the first FIT_NEAR of whom one condition alone does not hold */
	size_t near_n;
	struct fit_row *passed; /* who stands before the last one shown and does not fit, FIT_NOT at most */
	size_t passed_n;
	struct fit_term *terms;
	size_t terms_n;
	struct document_person *people; /* who may fetch a paper */
	size_t people_n;
	struct day hold_most; /* the last day until which it may be held for one */
};

/* ERR_DENIED for who does not plan conferences of the opening's region. */
must err_t app_opening_fit(struct call *c, struct str id, struct opening_fit_view *out);

struct opening_change {
	struct str say;     /* the condition in words; empty: no change of one condition opens a door */
	struct str program; /* of the first opening that has it */
	size_t openings;    /* that have it */
	size_t doors;       /* households that would fit one then and fit none today */
	size_t seated;      /* of them, in an open cycle */
};

/* Of one region, over its offered openings. Deny as app_opening_fit. */
must err_t app_opening_change(struct call *c, struct str region_id, struct opening_change *out);

#endif
