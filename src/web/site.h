/* The site: byname's pages on the web server. Binds the server's hooks to the application.
 *
 * Each worker thread has a struct site_worker: its database connection and the call of the request it
 * serves. A handler asks for the call, runs one use case and renders the view it returned:
 *
 *     err_t page_list(struct request *rq, struct reply *out)
 *     {
 *             struct list_view view;
 *             TRY(app_list(site_call(rq), &query, &view));
 *             struct page page = {.title = S("By-name list"), .list = &view};
 *             t_list(reply_html(out, 200), &page);
 *             return NULL;
 *     }
 */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "app/app.h"
#include "web/layout.h"
#include "web/server.h"

/* The call of this request: its actor, clock, connection and arena. */
struct call *site_call(const struct request *rq);

/* The frame around every page: title, menu for the role, who is signed in. `body_class` is a literal
 * (web/layout.h). */
const struct layout *site_layout(const struct request *rq, struct str title, const char *body_class);

/* After something was written: on to `to`, or where it was refused the page again, with the sentence. */
must err_t site_written(struct request *rq, err_t e,
			err_t (*show)(struct request *rq, int status, struct str error, struct reply *out),
			struct str to, struct reply *out);

/* The hooks and routes for server_start. */
struct web_hooks site_hooks(void);
extern const struct route site_routes[];
extern const size_t site_routes_n;

#endif
