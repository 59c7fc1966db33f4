/* The ID token of OpenID Connect: a provider's signed word about who has just signed in there.
 *
 * Pure. Two kinds of signature are taken, RS256 with keys of at least 2048 bits and ES256; everything else is refused,
 * "none" and the ones that are made with a shared secret included, whatever the token says of itself. A token is good
 * for the one visit whose nonce it holds. OpenID Connect Core 1.0, section 3.1.3.7; RFC 7515; RFC 7518.
 *
 *     struct oidc_claims claims;
 *     enum oidc_fault fault = oidc_token_check(a, token, keys, &expect, &claims);
 *     if (fault != OIDC_GOOD) …oidc_fault_word(fault) to the journal, one sentence to the person
 */
#ifndef OIDC_TOKEN_H
#define OIDC_TOKEN_H

#include "base/day.h"
#include "base/str.h"

enum { OIDC_TOKEN_MOST = 32 << 10, OIDC_SUBJECT_MOST = 255, OIDC_GRACE_MS = 60 * 1000 };

#define OIDC_FAULTS(X)                                                                                                 \
	X(OIDC_GOOD, "good")                                                                                           \
	X(OIDC_UNREADABLE, "unreadable")                                                                               \
	X(OIDC_ALGORITHM, "algorithm")                                                                                 \
	X(OIDC_KEY, "key")                                                                                             \
	X(OIDC_SIGNATURE, "signature")                                                                                 \
	X(OIDC_ISSUER, "issuer")                                                                                       \
	X(OIDC_AUDIENCE, "audience")                                                                                   \
	X(OIDC_EXPIRED, "expired")                                                                                     \
	X(OIDC_EARLY, "early")                                                                                         \
	X(OIDC_OLD, "old")                                                                                             \
	X(OIDC_NONCE, "nonce")                                                                                         \
	X(OIDC_SUBJECT, "subject")

enum oidc_fault {
#define X(name, word) name,
	OIDC_FAULTS(X)
#undef X
};

struct oidc_expect {
	struct str issuer;
	struct str client;
	struct str nonce;
	struct str second_step; /* the "acr" that says a second step was taken; empty: none does */
	struct instant since;   /* when the person was sent: an older token is not of this visit */
	struct instant now;
};

/* Texts live in the arena. */
struct oidc_claims {
	struct str subject;
	struct str email;
	bool email_verified;
	bool second_step; /* "amr" has "mfa" (RFC 8176), or "acr" is the one that was agreed */
};

/* `keys`: the provider's JWK set as it came. *out is untouched unless the token is good. */
enum oidc_fault oidc_token_check(struct arena *a, struct str token, struct str keys, const struct oidc_expect *expect,
				 struct oidc_claims *out);

const char *oidc_fault_word(enum oidc_fault fault);

#endif
