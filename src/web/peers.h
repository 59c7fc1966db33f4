/* Deadlines per connection.
 *
 * The HTTP library closes a connection that is silent for a while, but a peer that sends one byte
 * now and then keeps it for ever. So every phase of a request has an end of its own, after which
 * the socket is shut; the library then notices that the peer is gone. */
#ifndef WEB_PEERS_H
#define WEB_PEERS_H

#include <stdint.h>

#include "base/err.h"

struct peers;
struct peer;

must err_t peers_start(struct arena *a, struct peers **out);
void peers_stop(struct peers **p);

/* A connection came (NULL where memory is short) and went. `fd` must be open until peer_close. */
struct peer *peer_open(struct peers *p, int fd);
void peer_close(struct peers *p, struct peer *peer);

/* The peer has this long for what comes next; 0: no end. NULL is allowed. */
void peer_allow(struct peer *peer, int64_t seconds);

#endif
