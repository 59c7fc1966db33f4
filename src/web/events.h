/* Live events: browsers are told what changed, never the data.
 *
 * A use case writes a journal row; the row's number is the event's id. The hub reads new rows from
 * the journal in their order and tells each listener about those of its topics; so listeners see
 * no gap and no disorder, whichever thread, process or node wrote the row. A listener that lost its
 * connection comes back with the last id it saw and is told the rest, again from the journal.
 *
 *     id: 4711
 *     data: {"id":4711,"topic":"conference:9p3k…","noun":"step"}
 *
 * Several events may share an id (one row that concerns a conference and a list); only the last of
 * them carries the `id:` line, so that a connection lost between them repeats them all.
 */
#ifndef WEB_EVENTS_H
#define WEB_EVENTS_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum { EVENT_TOPICS = 8, EVENT_TOPIC_MAX = 64, EVENT_NOUN_MAX = 32 };

/* As hooks.events_after gives it: rows with an id above the one asked for, ascending, all events of
 * one id together or not at all; at most `max`. Texts live in the arena given. Topic and noun are
 * letters, digits and "-_:." (a topic names an id, never a person). */
struct event {
	int64_t id;
	struct str topic;
	struct str noun;
	bool ends; /* the sessions of whom the topic names: their streams end too */
};

/* The rest is the server's own.
 *
 * Lock order: the hub's lock, then the HTTP library's. A listener belongs to its response: the
 * library frees it with the connection, in the connection's loop. */
struct MHD_Connection;
struct MHD_Response;
struct hub;

struct hub_source {
	err_t (*open)(void *app, struct arena *a, void **worker);
	void (*close)(void *worker);
	err_t (*last)(void *worker, struct arena *a, int64_t *id);
	err_t (*after)(void *worker, struct arena *a, int64_t id, size_t max, struct event *out, size_t *n);
};

/* Starts the hub's thread with a worker of its own. */
must err_t hub_start(struct arena *a, void *app, const struct hub_source *source, struct hub **out);

/* The journal may have grown. Any thread. */
void hub_poke(struct hub *h);

/* A stream that tells of `topics` all that happened after `after` (-1: from now on). What lies in
 * the past is read with the caller's worker. `owner` is the topic of whose rights it runs by ("user:9p3k…", or
 * empty): an event of it that ends sessions ends the stream. A browser that is still signed in comes back at once. */
must err_t hub_listen(struct hub *h, struct arena *a, void *worker, struct MHD_Connection *connection,
		      const struct str *topics, size_t n, int64_t after, struct str owner, struct MHD_Response **out);

/* Ends every stream; new ones end at once. Then the HTTP library can stop, then hub_stop. */
void hub_finish(struct hub *h);
void hub_stop(struct hub **h);

/* How many listen. */
size_t hub_listeners(struct hub *h);

#endif
