/* Single sign-on: somebody signs in at their employer's provider (OpenID Connect, authorization code with PKCE), and
 * the provider's signed word opens a session here. The settings oidc_… name the provider (docs/OPERATING.md).
 *
 * It finds accounts and never makes one, nor gives a role: by an identity (issuer and subject) that was connected
 * before, else by an e-mail address that the provider has verified and that is an account's sign-in name; that
 * connects the two for good, so an address that is given to somebody else later opens nothing. An account with a
 * second step is asked for its code as after a password, unless the provider says that it took one.
 *
 * Nothing is stored while somebody is away: a cookie holds a random token; the state is a ticket bound to that token,
 * good for ten minutes; nonce and verifier are computed from it. What is refused is journalled with its reason in a
 * word, counts towards a brake on the address, and is told to the person in a sentence that helps nobody else.
 *
 *     TRY(app_sso_begin(c, next, &away));           … away.url, with the cookie away.token
 *     TRY(app_sso_back(c, &back, &in));             … in.signed_in as after a password, in.next
 */
#ifndef APP_SSO_H
#define APP_SSO_H

#include "app/sign.h"

enum { SSO_NEXT_MOST = 300 };

struct sso_view {
	bool on;
	struct str button;    /* "your work account" */
	bool connected;       /* the account of the call's actor is; always false for nobody */
	struct instant since; /* that it is */
};
must err_t app_sso(struct call *c, struct sso_view *out);

struct sso_away {
	struct str token; /* the cookie's value */
	struct str url;   /* of the provider */
};

/* `next`: a path of this site, to go to afterwards. ERR_MISSING: there is no single sign-on. ERR_RETRY: the provider
 * does not answer. */
must err_t app_sso_begin(struct call *c, struct str next, struct sso_away *out);

/* The same, to connect the account of the call's actor, who proves the password; ERR_DENIED. */
must err_t app_sso_connect(struct call *c, struct str password, struct sso_away *out);

/* Parts the actor's account from the provider. ERR_CONFLICT: it is not connected. */
must err_t app_sso_part(struct call *c);

/* Parts somebody's, whoever the provider says it is, and ends all its sessions. Administrators and operators.
 * ERR_MISSING: no such account. ERR_CONFLICT as above. */
must err_t app_sso_part_user(struct call *c, struct str login);

struct sso_back {
	struct str token; /* the cookie's */
	struct str state, code, issuer, error;
	struct str address;
};
struct sso_in {
	struct signed_in signed_in; /* empty where an account was connected: its session goes on */
	struct str next;
};

/* ERR_DENIED: refused. ERR_MISSING, ERR_RETRY as above, and ERR_RETRY behind the brake. */
must err_t app_sso_back(struct call *c, const struct sso_back *back, struct sso_in *out);

#endif
