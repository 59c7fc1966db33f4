/* Finds everybody on the list, of every region, in a text that leaves the room: a note may speak of a neighbor. */
#ifndef APP_LIST_REDACT_H
#define APP_LIST_REDACT_H

#include "app/app.h"
#include "domain/redact.h"

/* Opens the names of the whole list: for a job, not for each text. It lives in the arena. `db` is in a transaction. */
must err_t list_redactor(struct call *c, struct db *db, struct arena *a, struct redactor **out);

#endif
