/* The table of routes, and what a handler is.
 *
 * One table (web/pages.c) names everything that can be asked for. A request is matched against it,
 * its session loaded, its capability decided and its form parsed before a handler runs; so a
 * handler cannot forget any of it, and a route without a capability is open to nobody.
 *
 *     static const struct form_field step_fields[] = {
 *             {.name = "what", .label = "Step", .kind = FIELD_TEXT, .required = true, .max = LIMIT_NOTE},
 *             {.name = "by", .label = "By when", .kind = FIELD_DAY, .required = true},
 *     };
 *     static const struct form_spec step_form = FORM(step_fields);
 *
 *     const struct route routes[] = {
 *             {METHOD_GET, "/list/:region", CAN_LIST, .handler = page_list},
 *             {METHOD_POST, "/conference/:id/step", CAN_CONFERENCE, ROUTE_LIVE, &step_form, page_step_add},
 *     };
 *
 *     err_t page_step_add(struct request *rq, struct reply *out)
 *     {
 *             struct str conference = request_param(rq, "id");
 *             if (!form_ok(&rq->form))
 *                     return page_conference_again(rq, out); (renders the form with its errors, status 422)
 *             TRY(step_add(rq->worker, rq->arena, rq->actor, conference, form_text(&rq->form, "what"),
 *                          form_day(&rq->form, "by"), rq->now));
 *             reply_redirect(out, str_fmt(rq->arena, "/conference/%.*s", STR_ARG(conference)));
 *             return NULL;
 *     }
 *
 * A handler runs on a worker thread, owns nothing and keeps nothing: the request, its arena and
 * the reply's buffer are gone when the reply has been handed over. What it returns as err_t becomes
 * a friendly page by its class (hooks.render_error); whatever the reply held is then dropped.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "base/err.h"
#include "base/limit.h"
#include "domain/access.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/request.h"

/* HEAD is answered by the GET route without its body; every other method is refused with 405. */
enum method { METHOD_GET, METHOD_POST };

enum route_flag {
	ROUTE_PUBLIC = 1 << 0,   /* needs no session and no capability: sign-in, first look */
	ROUTE_LIVE = 1 << 1,     /* part of a running meeting: session_load may keep the session awake for it */
	ROUTE_UPLOAD = 1 << 2,   /* takes multipart/form-data; FIELD_FILE goes to an unlinked file */
	ROUTE_FRAGMENT = 1 << 3, /* answers with a part of a page; so do its errors */
};

/* A pattern is segments of plain text or ":name"; a parameter matches one segment that is not
 * empty. Where two patterns fit, plain text wins over a parameter, from the left. */
struct route {
	enum method method;
	const char *pattern;
	int capability;               /* an enum capability of domain/access.h; 0 is nobody's */
	unsigned flags;               /* enum route_flag */
	const struct form_spec *form; /* the body of a POST, the query of a GET; NULL: none is read */
	err_t (*handler)(struct request *rq, struct reply *out);
};

enum { ROUTE_PARAMS = 4 };

struct route_match {
	const struct route *route; /* NULL: no such path, or not with this method */
	struct str params[ROUTE_PARAMS];
	bool allow_get; /* what the path does offer, for 405 */
	bool allow_post;
};

/* Finds the route of a decoded path. The table is small; a handful of comparisons per route. */
struct route_match route_find(const struct route *routes, size_t n, enum method method, struct str path);

/* The value of ":name" in a match of `route`; empty where the pattern has no such name. */
struct str route_param(const struct route *route, const struct str *params, const char *name);

/* A sentence about the first route that cannot work (no handler, a live or upload flag on the wrong
 * method, a pattern with too many parameters or written twice), or NULL. The server refuses to
 * start on such a table. */
const char *route_table_fault(struct arena *a, const struct route *routes, size_t n);

#endif
