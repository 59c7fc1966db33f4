/* Signatures of a provider, checked by OpenSSL. Pure; for oidc/token.c. */
#ifndef OIDC_KEY_H
#define OIDC_KEY_H

#include <stdbool.h>

#include "base/str.h"

/* The kinds of signature that are taken. The table is all there is: what is not in it cannot be chosen by a token. */
struct oidc_algorithm {
	const char *word; /* "alg" of a token */
	const char *kty;  /* of the keys that make it */
};

/* NULL: not taken. */
const struct oidc_algorithm *oidc_algorithm(struct str word);

/* A public key as a provider publishes it (RFC 7518, section 6): numbers in base64url. */
struct oidc_jwk {
	struct str crv;
	struct str n, e; /* RSA */
	struct str x, y; /* EC */
};

/* Whether `key` made `signature` (bytes) over `text`. False for a key that is weak or no key at all. */
bool oidc_signed(struct arena *a, const struct oidc_algorithm *alg, const struct oidc_jwk *key, struct str text,
		 struct str signature);

/* base64url without padding, whole; false for anything else. */
bool oidc_base64(struct arena *a, struct str text, struct str *out);

#endif
