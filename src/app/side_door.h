/* What is asked about an entry that did not come through coordinated entry, answered and closed.
 *
 * Who plans the conferences of the household's region asks the agency and closes the question; the agency's people, and
 * whoever plans for them, answer. The rest of the CoC knows nothing of it but counts. An answer may be changed until it
 * is closed.
 *
 *     struct side_door_view view;
 *     TRY(app_side_door(c, handle, &view));
 *     if (view.may_ask)
 *             TRY(app_side_door_ask(c, handle));
 */
#ifndef APP_SIDE_DOOR_H
#define APP_SIDE_DOOR_H

#include "app/household.h"
#include "base/pii.h"
#include "domain/side_door.h"

enum { SIDE_DOOR_ANSWER_DAYS = 14, SIDE_DOOR_WORDS_MOST = 1000, SIDE_DOOR_YEAR = 365 };

struct side_door_view {
	struct str code; /* or "withheld" */
	struct str agency, project, region, kind, found, answer;
	struct day entry, asked, due, answered, closed; /* DAY_NONE: not yet */
	struct str words;                               /* of the answer */
	int64_t doors, entries;                         /* of the agency in the year up to today */
	bool again;                                     /* it happens again and again */
	bool may_ask, may_answer, may_close;
};

/* `handle` as a report gives it. ERR_MISSING: no such entry by the side door, or it is not the actor's. */
must err_t app_side_door(struct call *c, struct str handle, struct side_door_view *out);

/* Notes that the agency was asked today. ERR_CONFLICT: it was already. */
must err_t app_side_door_ask(struct call *c, struct str handle);

/* ERR_INVALID without an answer of the list; ERR_CONFLICT: nobody asked, or it is closed. `words`: may be NULL. */
must err_t app_side_door_answer(struct call *c, struct str handle, struct str answer, const struct pii *words);

/* ERR_CONFLICT: there is no answer yet, or it is closed. */
must err_t app_side_door_close(struct call *c, struct str handle);

#endif
