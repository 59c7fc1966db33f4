#include "web/session_cookie.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"

enum { CSRF_BYTES = 16, CSRF_TEXT = 2 * CSRF_BYTES + 1, TOKEN_TEXT = 2 * COOKIE_TOKEN_BYTES };

static struct str cookie_name(enum cookie which, bool tls)
{
	if (which == COOKIE_GUEST)
		return tls ? S("__Host-byname-guest") : S("byname-guest");
	return tls ? S("__Host-byname") : S("byname");
}

static bool is_token(struct str s)
{
	if (s.n != TOKEN_TEXT)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (strchr("0123456789abcdef", s.p[i]) == NULL || s.p[i] == '\0')
			return false;
	}
	return true;
}

struct str cookie_token(struct str header, enum cookie which, bool tls)
{
	struct str wanted = cookie_name(which, tls);
	while (header.n > 0) {
		struct str item;
		struct str name;
		struct str value;
		str_cut(header, ';', &item, &header);
		str_cut(str_trim(item), '=', &name, &value);
		if (str_eq(name, wanted) && is_token(value))
			return value;
	}
	return (struct str){0};
}

struct str cookie_set(struct arena *a, enum cookie which, struct str token, bool tls)
{
	/* The guest cookie holds nothing worth stealing and the session cookie must survive a click in
	 * a mail, which the server answers with a page that asks again from here (see worker.c); so
	 * both can be Strict. Neither has an age: both go when the browser is closed. */
	return str_fmt(a, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Strict%s%s", STR_ARG(cookie_name(which, tls)),
		       STR_ARG(token), tls ? "; Secure" : "", token.n == 0 ? "; Max-Age=0" : "");
}

struct str csrf_of(struct arena *a, struct str token)
{
	static const unsigned char key[] = "byname csrf token, 1";
	unsigned char hash[CSRF_BYTES];
	crypto_generichash(hash, sizeof hash, (const unsigned char *)token.p, token.n, key, sizeof key - 1);
	char *text = arena_many(a, CSRF_TEXT, char);
	sodium_bin2hex(text, CSRF_TEXT, hash, sizeof hash);
	return (struct str){text, CSRF_TEXT - 1};
}

bool csrf_equal(struct str expected, struct str given)
{
	return expected.n > 0 && expected.n == given.n && sodium_memcmp(expected.p, given.p, given.n) == 0;
}
