/* The workers: a few threads, each with its own arena and database connection, that run handlers.
 *
 * What waits is taken in small groups: the handlers of a group run one after the other, then
 * hooks.settle commits what they disclosed in one go, then their replies are sent.
 */
#ifndef WEB_WORKER_H
#define WEB_WORKER_H

#include "base/err.h"
#include "web/server.h"

struct exchange;
struct workers;

/* What every worker knows of the server. */
struct world {
	const struct web_options *options; /* lives as long as the workers */
	struct hub *hub;                   /* NULL: no events */
	bool tls;
};

must err_t workers_start(struct arena *a, const struct world *world, int n, struct workers **out);

/* Queues an exchange whose connection has been suspended; once the workers are finished it is
 * answered at once with "try again". */
void workers_take(struct workers *w, struct exchange *ex);

/* Answers what is queued, and what still comes, with "try again": browsers that live on their connections would keep
 * the queue full for ever. Waits until no handler runs, at most `ms`; then ends the threads. False: a handler still
 * runs; its exchange stays suspended and the process has to end with it. */
bool workers_finish(struct workers *w, int64_t ms);
void workers_free(struct workers **w); /* after workers_finish was true */

#endif
