/* What was refused to somebody who is signed in: a page that is not for the role, a form that another site sent, an id
 * that was guessed, a request that is too large. A row of the journal says which page and which answer, so that who
 * guards the list sees who tries doors; what was sent stands in no row.
 *
 * Whoever goes on gets the same answer and no more rows than REFUSALS_HOURLY an hour, so that nobody fills the journal.
 */
#ifndef APP_REFUSAL_H
#define APP_REFUSAL_H

#include "app/app.h"

enum { REFUSALS_HOURLY = 20 };

/* The page is c->route. Outside a transaction. */
must err_t app_refused(struct call *c, int status);

#endif
