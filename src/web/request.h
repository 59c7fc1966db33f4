/* What a handler is given: one request, parsed, checked and signed in.
 *
 * Lives on one worker thread until the handler returns; every text points into the arena or into
 * memory that lives as long. Nothing here belongs to the HTTP library.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "web/form.h"

struct actor;
struct arena;
struct route;

struct request {
	const struct route *route; /* NULL only in render_error, where no route was found */
	struct str path;           /* decoded, starts with '/' */
	struct str raw_path;       /* as sent, for links back here */
	struct str query;          /* as sent, without '?' */
	const struct str *params;  /* values of the pattern's ":name"s, in order */
	struct form form;

	bool head;     /* a HEAD request: the body is made and not sent */
	bool fragment; /* htmx asks: answer with the part that changes, without the layout */
	bool tls;

	const struct actor *actor; /* who is asking; NULL: nobody is signed in. Set by session_load */
	struct str owner;          /* the topic of who is asking: events of it may end streams. Set by session_load */
	struct str session;        /* the session cookie's token; empty without one */
	struct str away; /* the token of who comes back from a provider of single sign-on; empty without one */
	struct str csrf; /* goes into every form as a hidden input named "csrf" */

	struct str address;    /* of the peer, for the brake on guessing */
	struct str user_agent; /* at most 200 bytes, printable */

	struct instant now; /* one reading of the clock per request */
	struct day today;   /* in the CoC's time zone */

	struct arena *arena; /* at most LIMIT_REQUEST_MEMORY; wiped after the request */
	void *worker;        /* what hooks.worker_open made for this thread: the database connection */
};

/* The value of ":name" in the route's pattern. */
struct str request_param(const struct request *rq, const char *name);

/* The path with its query, as a "next" that sign-in can come back to; "/" for a POST. */
struct str request_here(const struct request *rq);

/* True for a path of our own: "/", not "//", no backslash, no control characters. Every "next" and
 * every redirect passes it. */
bool path_is_local(struct str path);

/* A session can end while a form is being filled. The sign-in page then carries the words over:
 *
 * 1. hooks.signed_out is called with the POST. It shows the sign-in form with carry_action() in a
 *    hidden input "keep_action" and each pair of carry_fields() as a hidden input.
 * 2. The sign-in POST (right or wrong password) calls carry_fields() again: the same pairs.
 * 3. After a right password, if carry_action() is not empty, the page answers with a form whose
 *    action is carry_action() and whose hidden inputs are carry_restored() and the new csrf: "You
 *    are signed in. Your words are still here." and one button that sends them.
 *
 * Secrets, files and the csrf field are not carried. carry_action is empty unless it is a local
 * path. */
struct str carry_action(const struct request *rq);
size_t carry_fields(const struct request *rq, struct form_pair **pairs);   /* named "keep.NAME" */
size_t carry_restored(const struct request *rq, struct form_pair **pairs); /* named "NAME" again */

#endif
