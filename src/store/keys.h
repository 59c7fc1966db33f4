/* The keys behind store/seal.h. Only keys.c and seal.c include it. */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#include <sodium.h>

#include "store/seal.h"

enum { KEY_LEN = 32, KEY_CHECK_LEN = 16, BLIND_PURPOSES = BLIND_RECOVERY };

_Static_assert(KEY_LEN == crypto_kdf_KEYBYTES && KEY_LEN == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
	       "one size of key everywhere");

/* Lies in memory of sodium_malloc: locked, between guard pages, read-only once it is filled. */
struct keys {
	unsigned char seal[KEY_LEN];
	unsigned char check[KEY_LEN];
	unsigned char blind[BLIND_PURPOSES][KEY_LEN]; /* purpose − 1 */
};

#endif
