/* A match in a conference: the household of a card and an opening, which makes a referral to be issued.
 *
 * The facilitator and the scribe write it down for the room. The clock of the referral runs from then; in a meeting
 * that nobody closed, from its scheduled end at the latest (DEFINITIONS "Referral clock").
 */
#ifndef APP_CARD_MATCH_H
#define APP_CARD_MATCH_H

#include "app/app.h"

struct card_home {
	struct str id, say; /* "Example Street Homes, Unit 4 · Example Agency" */
};

/* ERR_CONFLICT: the home is taken, over or not confirmed, or they are matched already. */
must err_t app_card_match(struct call *c, struct str conference, struct str card, struct str opening);

#endif
