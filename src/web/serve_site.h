/* Serving the application: the pool, the list in memory, the disclosure record and the server. */
#ifndef WEB_SERVE_SITE_H
#define WEB_SERVE_SITE_H

#include "app/app.h"

struct site_options {
	struct str listen;
	struct str tls_cert, tls_key;
	struct str hosts;
};

/* Serves until SIGTERM or SIGINT. `app` is opened (app/instance.h); `call` is the operator's, for the
 * list's turn to a new day. */
must err_t serve_site(struct arena *a, struct app *app, struct call *call, const struct site_options *options);

#endif
