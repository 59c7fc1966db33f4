/* A provider of OpenID Connect, over HTTPS: what it publishes about itself, and the exchange of a code for a token.
 *
 * The operator names the issuer; all else is read from its discovery document. Addresses are https, but for a provider
 * on 127.0.0.1; redirects are not followed; an answer has at most 256 KiB and five seconds.
 *
 * What a provider publishes is kept for ten minutes for all threads of the process, so that whoever presses the button
 * often does not make us knock often, and a provider that hangs holds up one thread, not all.
 *
 *     TRY(oidc_provider(a, issuer, now, false, &provider));
 *     url = oidc_leave_url(a, &provider, &client, &visit);       … the person comes back with a code
 *     TRY(oidc_exchange(a, &provider, &client, code, visit.verifier, &token));
 */
#ifndef OIDC_PROVIDER_H
#define OIDC_PROVIDER_H

#include "base/day.h"
#include "base/err.h"

/* https://… or http://127.0.0.1…, without blanks, quotes and fragment. */
bool oidc_address_valid(struct str url);

struct oidc_provider {
	struct str authorization; /* where the person is sent */
	struct str token;         /* where the code is exchanged */
	struct str keys;          /* the JWK set, as it came */
	bool post;                /* takes the client's secret in the form; else as HTTP Basic */
};

struct oidc_client {
	struct str id;
	struct str secret; /* empty: a client without one, which PKCE alone protects */
	struct str back;   /* the address that the provider sends people back to */
};

/* The secrets of one visit. */
struct oidc_visit {
	struct str state, nonce;
	struct str verifier;    /* of PKCE: 43 to 128 letters and digits */
	struct str second_step; /* an "acr" to ask for; empty: none */
};

/* What the issuer publishes. `fresh`: a key is not known, so ask again unless that was done within the minute.
 * ERR_RETRY: it does not answer, answers what is no discovery document of this issuer, or somebody is asking just now.
 */
must err_t oidc_provider(struct arena *a, struct str issuer, struct instant now, bool fresh, struct oidc_provider *out);

/* Where the person goes to sign in (authorization code, PKCE with S256). */
struct str oidc_leave_url(struct arena *a, const struct oidc_provider *provider, const struct oidc_client *client,
			  const struct oidc_visit *visit);

/* The ID token for a code; unchecked. ERR_DENIED: the provider refuses the code. ERR_RETRY: it does not answer. */
must err_t oidc_exchange(struct arena *a, const struct oidc_provider *provider, const struct oidc_client *client,
			 struct str code, struct str verifier, struct str *token);

#endif
