/* Where to listen: reading the address, and sockets that share one port, one per event loop. */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include <sys/socket.h>

#include "base/err.h"

struct listen {
	struct sockaddr_storage address;
	socklen_t n;
};

/* "127.0.0.1:8080", "localhost:8080", "[::1]:8080" or ":8080" (every address of the machine). */
must err_t listen_parse(struct arena *a, struct str text, struct listen *out);

/* Opens n sockets on that address, listening; port 0 becomes a free one in *l. ERR_INVALID with a
 * sentence where that cannot be. */
must err_t listen_open(struct arena *a, struct listen *l, int *fds, int n);

/* "http://127.0.0.1:8080" */
struct str listen_url(struct arena *a, const struct listen *l, bool tls);

#endif
