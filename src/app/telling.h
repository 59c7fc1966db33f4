/* Telling the person after a conference (domain/telling.h): what is agreed on each card, and at the next conference
 * whether they were told and what they said.
 *
 * The facilitator and the scribe write it. Whether somebody was told is said by them or by the agency of who was to
 * tell. Journal rows "card.tell" and "card.told" on the conference.
 */
#ifndef APP_TELLING_H
#define APP_TELLING_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/telling.h"

struct telling_new {
	const struct pii *words;
	enum telling_way way;
	struct str teller_id; /* one of the conference's people; empty where nobody tells now */
};

/* ERR_INVALID says what is missing. */
must err_t app_telling_put(struct call *c, struct str conference, struct str card, const struct telling_new *t);

/* In a later conference, about the card of an earlier one. `said` is what the person said; NULL: nothing is known. */
must err_t app_telling_answer(struct call *c, struct str conference, struct str earlier_card,
			      enum telling_answer answer, const struct pii *said);

/* The sheet for the person to take along: no name stands on it. ERR_MISSING where nothing is to be told. */
struct telling_sheet {
	struct str day;    /* of the conference */
	struct str words;  /* what happens next */
	struct str teller; /* whom to call: "Dana Ottermere" */
	struct str agency; /* empty where it would say too much */
};
must err_t app_telling_sheet(struct call *c, struct str conference, struct str card, struct telling_sheet *out);

#endif
