/* Writing the journal in a use case's words. */
#ifndef APP_RECORD_H
#define APP_RECORD_H

#include "app/app.h"

/* One journal row for what the call's actor does, inside the transaction of `db`; see
 * store/journal.h for what `more` may hold. The pair noun, noun_id is also the topic of the live
 * event: "conference:9p3k…". */
must err_t app_record(struct call *c, struct db *db, struct arena *a, const char *act, const char *noun,
		      struct str noun_id, struct str more);

#endif
