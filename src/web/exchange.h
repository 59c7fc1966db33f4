/* One request on its way through the server: read in an event loop, answered by a worker, sent by
 * the loop. Only the server's own files know this; a handler sees struct request and struct reply.
 *
 * Ownership goes back and forth and is never shared: the loop owns an exchange until it suspends
 * the connection and queues it; the worker owns it until it resumes the connection. All its memory
 * is its own, so that nothing a worker reads depends on the HTTP library.
 */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include <microhttpd.h>

#include "base/buf.h"
#include "web/request.h"
#include "web/route.h"

/* The request headers that matter; every other is ignored. */
#define HEADS(X)                                                                                                       \
	X(HEAD_HOST, "Host")                                                                                           \
	X(HEAD_COOKIE, "Cookie")                                                                                       \
	X(HEAD_ORIGIN, "Origin")                                                                                       \
	X(HEAD_FETCH_SITE, "Sec-Fetch-Site")                                                                           \
	X(HEAD_FETCH_MODE, "Sec-Fetch-Mode")                                                                           \
	X(HEAD_CSRF, "X-CSRF-Token")                                                                                   \
	X(HEAD_HX_REQUEST, "HX-Request")                                                                               \
	X(HEAD_LAST_EVENT_ID, "Last-Event-ID")                                                                         \
	X(HEAD_ACCEPT_ENCODING, "Accept-Encoding")                                                                     \
	X(HEAD_IF_NONE_MATCH, "If-None-Match")                                                                         \
	X(HEAD_USER_AGENT, "User-Agent")                                                                               \
	X(HEAD_CONTENT_TYPE, "Content-Type")                                                                           \
	X(HEAD_CONTENT_LENGTH, "Content-Length")                                                                       \
	X(HEAD_TRANSFER_ENCODING, "Transfer-Encoding")

enum head {
#define X(name, text) name,
	HEADS(X)
#undef X
		HEAD_N
};

struct upload_reader;

enum stage {
	STAGE_HEAD,  /* nothing decided yet */
	STAGE_CHECK, /* an upload, before its body: a worker decides whether it is wanted */
	STAGE_BODY,  /* the body is being read */
	STAGE_WORK,  /* a worker has it */
	STAGE_DONE,  /* response and status are set */
};

struct exchange {
	struct MHD_Connection *connection;
	struct exchange *next; /* in the workers' queue */
	enum stage stage;
	bool head;

	char *target_text; /* what the strings below point into */
	char *heads_text;
	struct str target; /* as sent: path and query */
	struct str path;   /* decoded */
	struct str heads[HEAD_N];
	char address[48];

	struct route_match match;
	int refused;             /* a status that was decided while reading; 0: none */
	const char *refused_say; /* its sentence */
	bool allowed;            /* an upload that passed STAGE_CHECK */

	char *body; /* of a form; malloc */
	size_t body_n;
	size_t body_cap;
	int64_t body_left;            /* of a body that nobody wants: how much is still read */
	struct upload_reader *upload; /* of a ROUTE_UPLOAD */

	struct reply *reply; /* while it is made: a handler that is cut off may have left a descriptor in it */
	struct MHD_Response *response;
	unsigned status;
	int64_t answer_n; /* bytes of the response */
	bool streams;     /* it has no end */
};

enum reply_kind { REPLY_NONE, REPLY_BODY, REPLY_REDIRECT, REPLY_FD, REPLY_EVENTS };

struct reply {
	struct arena *arena;
	enum reply_kind kind;
	int status;
	bool bad; /* a redirect that is not local: an internal error */
	const char *type;
	struct str name; /* of a file to keep; empty: shown in the browser */
	struct buf body;
	struct str location;
	int fd;
	int64_t size;
	struct str topics[8];
	size_t topics_n;
	int64_t after;
	bool session_set;
	struct str session;
	bool away_set;
	struct str away;  /* of who leaves for a provider, or empty: they are back */
	struct str guest; /* a new guest cookie, or empty */
	struct str asked; /* the same for the cookie of a page that asks again */
};

/* An empty reply, and back to one (a descriptor is closed). */
struct reply reply_new(struct arena *a);
void reply_drop(struct reply *out);

/* The HTTP library's response for a reply, with every header that belongs to it; NULL where memory
 * is short. `rq` says whether htmx asks and whether it is personal. */
struct MHD_Response *answer_make(const struct exchange *ex, const struct request *rq, const struct reply *out);

/* The headers of safety alone, for responses that no handler made. */
void answer_guard(struct MHD_Response *r, bool tls);

/* Those that mean something on a stream of events. Thousands of them stay open, and the library keeps a copy
 * of every header for each. */
void answer_guard_stream(struct MHD_Response *r, bool tls);

#endif
