/* The event loops: what the HTTP library calls, from the first byte of a request to the last of its
 * response. Handlers never run here; assets and nothing else are answered here. */
#ifndef WEB_LOOP_H
#define WEB_LOOP_H

#include <microhttpd.h>
#include <stdatomic.h>

#include "web/peers.h"
#include "web/server.h"
#include "web/worker.h"

struct asset_answers;

/* What the loops know of the server; filled before the first loop starts, then constant. */
struct loop_world {
	const struct web_options *options;
	const char *upload_dir;
	struct workers *workers;
	struct peers *peers;
	struct asset_answers *assets;
	int idle_seconds;
	atomic_long open; /* requests that have begun and not ended */
};

/* One loop with its thread, on a listening socket that it takes over. NULL where the library
 * refuses; it has said why to its logger. `tls_cert` and `tls_key` are PEM texts or NULL. */
struct MHD_Daemon *loop_start(struct loop_world *world, int fd, int connections, const char *tls_cert,
			      const char *tls_key);

/* The responses for assets, made once. */
struct asset_answers *asset_answers_new(const struct asset *assets, size_t n, bool tls);
void asset_answers_free(struct asset_answers **answers);

#endif
