/* What happens to one request between the queue and its reply, in the order of the contract:
 * session, origin, CSRF, capability, form, handler, error page. */
#ifndef WEB_SERVE_H
#define WEB_SERVE_H

#include "web/worker.h"

/* Runs the request and leaves response and status in the exchange; never fails: in the worst case
 * the response is a plain sentence, or NULL where even that did not fit into memory. */
void serve(const struct world *world, struct arena *a, void *worker, struct exchange *ex);

/* Replaces what serve() left by a plain sentence. */
void serve_refusal(const struct world *world, struct exchange *ex, int status, struct str say);

#endif
