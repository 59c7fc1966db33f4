/* The session cookie, the guest cookie and the CSRF token.
 *
 * Whoever is signed in has a session cookie; whoever is not yet has a guest cookie, so that the
 * sign-in form is protected too. The CSRF token is a keyed hash of the cookie's token: nothing is
 * stored for it, every node computes the same, and it says nothing about the cookie.
 *
 * Under TLS both names carry the prefix __Host-, which browsers accept only with Secure, for the
 * whole path and from this very host.
 */
#ifndef WEB_SESSION_COOKIE_H
#define WEB_SESSION_COOKIE_H

#include <stdbool.h>

#include "base/str.h"

enum cookie {
	COOKIE_SESSION,
	COOKIE_GUEST,
	COOKIE_AWAY,  /* who signs in at another's provider; lives ten minutes (page_sso.c) */
	COOKIE_ASKED, /* lives ten seconds: the page that asks again has been shown (serve.c) */
};

enum { COOKIE_TOKEN_BYTES = 32 };

/* The token of a cookie in a Cookie header: 64 hexadecimal digits, or empty. */
struct str cookie_token(struct str header, enum cookie which, bool tls);

/* The value of a Set-Cookie header; an empty token ends the cookie. */
struct str cookie_set(struct arena *a, enum cookie which, struct str token, bool tls);

struct str csrf_of(struct arena *a, struct str token);

/* Compares in constant time; empty never equals. */
bool csrf_equal(struct str expected, struct str given);

#endif
