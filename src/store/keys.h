/* The keys behind store/seal.h. Only keys.c and seal.c include it. */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>

#include "store/seal.h"

enum { KEY_LEN = 32, KEY_CHECK_LEN = 16, BLIND_PURPOSES = BLIND_MATCH, KEY_FIRST = 1 };

_Static_assert(KEY_LEN == crypto_kdf_KEYBYTES && KEY_LEN == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
	       "one size of key everywhere");

/* What is derived from one master key. In memory of sodium_malloc, as struct keys is: locked, between guard pages,
 * read-only once it is filled. */
struct key {
	unsigned char seal[KEY_LEN];
	unsigned char check[KEY_LEN];
};

/* The keys by number. One that is there stays until keys_free; others may be added while threads read. */
struct key_ring {
	_Atomic(struct key *) of[KEYS_MOST + 1];
	atomic_int now; /* the number that seals */
	pthread_mutex_t reading;
};

struct keys {
	struct key_ring *ring;
	char *path;                                   /* where more keys may have come to lie */
	unsigned char blind[BLIND_PURPOSES][KEY_LEN]; /* purpose − 1; of the first key */
};

/* NULL where the file has no such key; it is looked at again before that is said. */
const struct key *keys_numbered(const struct keys *keys, int number);

#endif
