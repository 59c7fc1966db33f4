/* The record of who was shown to whom.
 *
 * Before a response that shows a person is sent, the worker that made it records it here and waits
 * until the row is on disk. One thread collects what has come in, commits it as one group and wakes
 * all who wait, so a hundred pages cost one flush. Where the row could not be written the worker
 * gets the error, and nothing is shown.
 */
#ifndef STORE_DISCLOSURE_H
#define STORE_DISCLOSURE_H

#include <stddef.h>

#include "base/day.h"
#include "store/pool.h"

struct disclosure_log;

struct disclosure {
	struct instant at;
	struct str user_id;
	const char *route; /* a literal: the route's name */
	const struct str *households;
	size_t households_n;
	uint32_t laws, general; /* what another agency recorded under laws of their own: bits of domain/access.h */
};

/* Starts the thread, which takes a connection of the pool for each group. */
must err_t disclosure_start(struct arena *a, struct db_pool *pool, struct disclosure_log **out);

/* Writes what is waiting, ends the thread, sets *log to NULL; NULL is allowed. Nobody may record
 * any more. */
void disclosure_stop(struct disclosure_log **log);

/* Records n responses, all or none, and returns when they are on disk, or why they are not. Called by
 * any thread. A response without households is not recorded. */
must err_t disclosure_record(struct disclosure_log *log, struct arena *a, const struct disclosure *d, size_t n);

/* The same inside the caller's transaction, however many households: for what is made and recorded in one. */
must err_t disclosure_write(struct db *db, struct arena *a, const struct disclosure *d);

#endif
