/* The web server: one event loop per core does input and output, a few workers run the handlers.
 *
 * A request is read in a loop under the limits of base/limit.h and handed to a worker while its
 * connection waits; so a disk flush or a lock never stalls the listeners of that loop. The server
 * knows no SQL, no roles and no templates: these come in through `struct web_hooks`.
 *
 *     struct web_options options = {.listen = S("127.0.0.1:8080"), .routes = routes, .routes_n = n,
 *                                   .assets = assets, .assets_n = assets_n, .hooks = hooks};
 *     struct server *server;
 *     TRY(server_start(a, &options, &server));
 *     printf("http://%s\n", server_address(server));
 *     server_wait(server); (until SIGTERM or SIGINT)
 *     server_stop(&server);
 *
 * Thread rule: start, wait and stop from one thread; server_poke from any.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "base/err.h"
#include "web/events.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/route.h"
#include "web/static.h"

struct server;

/* The world outside. `app` is web_options.app; `worker` is what worker_open made. Functions marked
 * (may be NULL) can be left out. */
struct web_hooks {
	/* One per worker thread and one for the events thread: opens a database connection. The
	 * arena is for the error only. */
	err_t (*worker_open)(void *app, struct arena *a, void **worker);
	void (*worker_close)(void *worker);

	/* A handler ran out of memory and was cut off in the middle: roll back what is open. */
	void (*worker_abandon)(void *worker);

	/* The first thing that happens with a request: makes the worker ready for it. Finds the session of
	 * rq->session (empty: none) and sets rq->actor, or leaves it NULL. May look at
	 * rq->route->flags for ROUTE_LIVE; rq->route is NULL for an address that does not exist. */
	err_t (*session_load)(struct request *rq);

	/* domain/access: may this actor do that at all? Called for every route that is not public. */
	bool (*may)(const struct actor *actor, enum capability capability);

	/* Why what the role may is closed to this actor today, as a sentence; NULL: it is open. (may be NULL) */
	const char *(*closed)(const struct actor *actor, enum capability capability);

	/* Somebody who is not signed in asks for a route that is not public. */
	err_t (*signed_out)(struct request *rq, struct reply *out);

	/* Somebody who is signed in sends a form of an earlier session (signed out and in again in
	 * another tab): shows carry_fields() with a button that sends them again. Called only where the
	 * browser vouches that our own page sent it. (may be NULL: refused with 403) */
	err_t (*form_stale)(struct request *rq, struct reply *out);

	/* Turns a failure into a page. rq->route may be NULL and rq->actor too. `title` is a short
	 * heading ("Not found"). If this fails as well, the sentence is sent as plain text. */
	void (*render_error)(struct request *rq, int status, struct str title, struct str say, struct reply *out);

	/* Called after a group of handlers ran and before any of their replies is sent: commits the
	 * group's disclosure records. On failure none of the group's replies is sent. (may be NULL) */
	err_t (*settle)(void *worker, struct arena *a);

	/* The journal's rows that browsers are told about, see web/events.h. (may be NULL: no events) */
	err_t (*events_last)(void *worker, struct arena *a, int64_t *id);
	err_t (*events_after)(void *worker, struct arena *a, int64_t id, size_t max, struct event *out, size_t *n);
};

struct web_options {
	struct str listen; /* "127.0.0.1:8080", "[::1]:8080", ":8080" (every address), port 0: any free one */
	struct str tls_cert, tls_key; /* PEM files; both or none */
	struct str hosts;             /* allowed Host values, comma-separated; empty: any */
	struct str upload_dir;        /* where uploads are put while they are read */
	int loops;                    /* 0: one per core */
	int workers;                  /* 0: four per core */
	int connections;              /* 0: as many as open files allow, at most 20,000 */
	int idle_seconds;             /* a connection that sends nothing is closed; 0: 30 */

	const struct route *routes;
	size_t routes_n;
	const struct asset *assets;
	size_t assets_n;
	void *app;
	struct web_hooks hooks;
};

/* ERR_INVALID with one sentence for an address that cannot be read, a port in use, a certificate
 * that does not fit; whatever worker_open says. */
must err_t server_start(struct arena *a, const struct web_options *options, struct server **out);

/* Where it listens, with the real port: "http://127.0.0.1:8080". */
const char *server_url(const struct server *s);

/* Blocks until SIGTERM, SIGINT or server_finish. */
void server_wait(struct server *s);
void server_finish(struct server *s);

/* Stops accepting, lets running handlers finish, ends the streams; within two seconds. False: a handler hangs. What it
 * uses must stay, so nothing is taken apart, and the process has to end. */
bool server_stop(struct server **s);

/* The journal has grown: tell the listeners. Called by the server itself after every POST; for
 * changes from elsewhere (another node's NOTIFY). Without it they are found within a second. */
void server_poke(struct server *s);

/* How many listen to events, those included whose loss has not been noticed yet. */
size_t server_listeners(const struct server *s);

#endif
