#include "web/session_cookie.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"

enum { CSRF_BYTES = 16, CSRF_TEXT = 2 * CSRF_BYTES + 1, TOKEN_TEXT = 2 * COOKIE_TOKEN_BYTES };

/* The guest cookie holds nothing worth stealing, and the session cookie survives a click in a mail,
 * which is answered with a page that asks again from here (serve.c); so both can be Strict. Who comes
 * back from a provider comes from another site: that cookie has to be Lax. The first two go when the
 * browser is closed. */
static const struct {
	struct str name;
	struct str tls_name;
	const char *site;
	const char *age;
} cookies[] = {
	[COOKIE_SESSION] = {STR_INIT("byname"), STR_INIT("__Host-byname"), "Strict", ""},
	[COOKIE_GUEST] = {STR_INIT("byname-guest"), STR_INIT("__Host-byname-guest"), "Strict", ""},
	[COOKIE_AWAY] = {STR_INIT("byname-away"), STR_INIT("__Host-byname-away"), "Lax", "; Max-Age=600"},
	[COOKIE_ASKED] = {STR_INIT("byname-asked"), STR_INIT("__Host-byname-asked"), "Lax", "; Max-Age=10"},
};

static struct str cookie_name(enum cookie which, bool tls)
{
	return tls ? cookies[which].tls_name : cookies[which].name;
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
	return str_fmt(a, "%.*s=%.*s; Path=/; HttpOnly; SameSite=%s%s%s", STR_ARG(cookie_name(which, tls)),
		       STR_ARG(token), cookies[which].site, token.n == 0 ? "; Max-Age=0" : cookies[which].age,
		       tls ? "; Secure" : "");
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
