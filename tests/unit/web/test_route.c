#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "web/encode.h"
#include "web/guard.h"
#include "web/route.h"
#include "web/session_cookie.h"
#include "web/static.h"

static struct arena *a;

static int setup(void **state)
{
	(void)state;
	a = arena_new("test", 4 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

static void text_equal(struct str have, const char *want)
{
	assert_string_equal(str_c(a, have), want);
}

static err_t page(struct request *rq, struct reply *out)
{
	(void)rq;
	(void)out;
	return NULL;
}

static const struct route routes[] = {
	{METHOD_GET, "/", CAN_NOTHING, 0, NULL, page},       {METHOD_GET, "/list/:region", CAN_LIST, 0, NULL, page},
	{METHOD_GET, "/list/new", CAN_LIST, 0, NULL, page},  {METHOD_POST, "/list/:region", CAN_LIST, 0, NULL, page},
	{METHOD_GET, "/a/:x/b/:y", CAN_LIST, 0, NULL, page}, {METHOD_GET, "/a/:x/:z/c", CAN_LIST, 0, NULL, page},
};
enum { ROUTES = sizeof routes / sizeof routes[0] };

static void routes_are_found(void **state)
{
	(void)state;
	static const struct {
		enum method method;
		const char *path;
		int index; /* -1: none */
		bool get, post;
	} cases[] = {
		{METHOD_GET, "/", 0, true, false},           {METHOD_POST, "/", -1, true, false},
		{METHOD_GET, "", -1, false, false},          {METHOD_GET, "//", -1, false, false},
		{METHOD_GET, "/list", -1, false, false},     {METHOD_GET, "/list/", -1, false, false},
		{METHOD_GET, "/list/north", 1, true, true},  {METHOD_GET, "/list/north/", -1, false, false},
		{METHOD_GET, "/list/new", 2, true, false},   {METHOD_POST, "/list/new", -1, true, false},
		{METHOD_POST, "/list/north", 3, true, true}, {METHOD_GET, "/a/1/b/2", 4, true, false},
		{METHOD_GET, "/a/1/q/c", 5, true, false},    {METHOD_GET, "/a/1/b/c", 4, true, false},
		{METHOD_GET, "/a//b/2", -1, false, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct route_match m = route_find(routes, ROUTES, cases[i].method, str_from(cases[i].path));
		if (cases[i].index < 0)
			assert_null(m.route);
		else
			assert_ptr_equal(m.route, &routes[cases[i].index]);
		assert_int_equal(m.allow_get, cases[i].get);
		assert_int_equal(m.allow_post, cases[i].post);
	}
	struct route_match m = route_find(routes, ROUTES, METHOD_GET, S("/a/1/b/2"));
	text_equal(route_param(m.route, m.params, "x"), "1");
	text_equal(route_param(m.route, m.params, "y"), "2");
	text_equal(route_param(m.route, m.params, "z"), "");
}

static void tables_that_cannot_work(void **state)
{
	(void)state;
	static const struct form_field file[] = {{.name = "f", .label = "F", .kind = FIELD_FILE}};
	static const struct form_spec file_form = FORM(file);
	static const struct {
		struct route two[2];
		const char *says;
	} cases[] = {
		{{{METHOD_GET, "/x", CAN_LIST, 0, NULL, page}, {METHOD_POST, "/x", CAN_LIST, 0, NULL, page}}, NULL},
		{{{METHOD_GET, "/:x", CAN_LIST, 0, NULL, page}, {METHOD_GET, "/:y", CAN_LIST, 0, NULL, page}}, "twice"},
		{{{METHOD_GET, "/x", CAN_LIST, 0, NULL, page}, {METHOD_GET, "y", CAN_LIST, 0, NULL, page}},
		 "start with"},
		{{{METHOD_GET, "/x", CAN_LIST, 0, NULL, page}, {METHOD_GET, "/y", CAN_LIST, 0, NULL, NULL}},
		 "no handler"},
		{{{METHOD_GET, "/x", CAN_LIST, 0, NULL, page},
		  {METHOD_GET, "/:a/:b/:c/:d/:e", CAN_LIST, 0, NULL, page}},
		 "too many"},
		{{{METHOD_GET, "/x", CAN_LIST, 0, NULL, page}, {METHOD_GET, "/y", CAN_LIST, ROUTE_UPLOAD, NULL, page}},
		 "POST"},
		{{{METHOD_GET, "/x", CAN_LIST, 0, NULL, page}, {METHOD_POST, "/y", CAN_LIST, 0, &file_form, page}},
		 "not an upload"},
		{{{METHOD_GET, "/x", CAN_LIST, ROUTE_PUBLIC, NULL, page}, {METHOD_GET, "/y", CAN_LIST, 0, NULL, page}},
		 "public"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *fault = route_table_fault(a, cases[i].two, 2);
		if (cases[i].says == NULL) {
			assert_null(fault);
		} else {
			assert_non_null(fault);
			assert_non_null(strstr(fault, cases[i].says));
		}
	}
}

static void paths_are_decoded(void **state)
{
	(void)state;
	static const struct {
		const char *in;
		const char *out; /* NULL: refused */
	} cases[] = {
		{"/", "/"},
		{"/a%20b", "/a b"},
		{"/%C3%BC", "/\xc3\xbc"},
		{"/a..b/...", "/a..b/..."},
		{"", NULL},
		{"a", NULL},
		{"*", NULL},
		{"/..", NULL},
		{"/a/./b", NULL},
		{"/%2E%2e/x", NULL},
		{"/a%2Fb", NULL},
		{"/a\\b", NULL},
		{"/a%00", NULL},
		{"/a%0a", NULL},
		{"/a%7f", NULL},
		{"/%C3", NULL},
		{"/%", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char room[64];
		struct str out;
		bool ok = path_decode(str_from(cases[i].in), room, &out);
		assert_int_equal(ok, cases[i].out != NULL);
		if (ok)
			text_equal(out, cases[i].out);
	}
}

static void local_paths(void **state)
{
	(void)state;
	static const char *const local[] = {"/", "/a?b=c", "/a//b"};
	static const char *const foreign[] = {"",      "a",    "//x",   "/\\x",         "\\x", "http://x",  "/a\nb",
					      "/a\tb", "/a b", "/\x7f", "javascript:x", "?a",  "/a\r\nX: y"};
	for (size_t i = 0; i < sizeof local / sizeof local[0]; i++)
		assert_true(path_is_local(str_from(local[i])));
	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
		assert_false(path_is_local(str_from(foreign[i])));
}

static void hosts_and_origins(void **state)
{
	(void)state;
	assert_true(host_allowed(S(""), S("anything")));
	assert_true(host_allowed(S("a.example,b.example"), S("B.example:81")));
	assert_true(host_allowed(S("[::1]"), S("[::1]:8080")));
	assert_false(host_allowed(S("a.example"), S("a.example.evil")));
	assert_false(host_allowed(S("a.example:80"), S("a.example:81")));
	assert_false(host_allowed(S("a.example"), S("")));
	static const struct {
		const char *site, *origin, *host;
		bool allowed;
	} cases[] = {
		{"", "", "a", true},           {"", "null", "a", true},
		{"", "http://a", "a", true},   {"", "https://A:8", "a:8", true},
		{"", "http://b", "a", false},  {"", "http://a.b", "a", false},
		{"", "ftp://a", "a", false},   {"same-origin", "null", "a", true},
		{"none", "", "a", true},       {"cross-site", "http://a", "a", false},
		{"same-site", "", "a", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(
			origin_allowed(str_from(cases[i].site), str_from(cases[i].origin), str_from(cases[i].host)),
			cases[i].allowed);
}

#define T16 "0123456789abcdef"
#define TOKEN T16 T16 T16 T16

static void cookies(void **state)
{
	(void)state;
	text_equal(cookie_token(S("a=b; byname=" TOKEN "; c=d"), COOKIE_SESSION, false), TOKEN);
	text_equal(cookie_token(S("__Host-byname=" TOKEN), COOKIE_SESSION, true), TOKEN);
	text_equal(cookie_token(S("byname=" TOKEN), COOKIE_SESSION, true), ""); /* without TLS's prefix: planted */
	text_equal(cookie_token(S("xbyname=" TOKEN), COOKIE_SESSION, false), "");
	text_equal(cookie_token(S("byname=" TOKEN "0"), COOKIE_SESSION, false), "");
	text_equal(cookie_token(S("byname=" T16), COOKIE_SESSION, false), "");
	text_equal(cookie_token(S("byname=short; byname=" TOKEN), COOKIE_SESSION, false), TOKEN);
	text_equal(cookie_set(a, COOKIE_SESSION, S(TOKEN), true),
		   "__Host-byname=" TOKEN "; Path=/; HttpOnly; SameSite=Strict; Secure");
	text_equal(cookie_set(a, COOKIE_SESSION, S(""), false),
		   "byname=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
	struct str one = csrf_of(a, S(TOKEN));
	assert_int_equal(one.n, 32);
	assert_true(csrf_equal(one, csrf_of(a, S(TOKEN))));
	assert_false(csrf_equal(one, csrf_of(a, S(T16))));
	assert_false(csrf_equal((struct str){0}, (struct str){0}));
}

static void file_names(void **state)
{
	(void)state;
	text_equal(disposition(a, S("list 1.csv")),
		   "attachment; filename=\"list 1.csv\"; filename*=UTF-8''list%201.csv");
	text_equal(disposition(a, S("a\"\r\n/\\b")), "attachment; filename=\"a_____b\"; filename*=UTF-8''a%22____b");
}

static void encodings_and_etags(void **state)
{
	(void)state;
	static const struct asset table[] = {
		{.path = "/a", .etag = "\"1\"", .plain = S("p"), .gzip = S("g"), .brotli = S("b")},
		{.path = "/b", .etag = "\"2\"", .plain = S("p"), .gzip = S("g")},
	};
	assert_ptr_equal(asset_find(table, 2, S("/b")), &table[1]);
	assert_null(asset_find(table, 2, S("/")));
	assert_null(asset_find(NULL, 0, S("/")));
	static const struct {
		size_t asset;
		const char *accept;
		enum encoding want;
	} cases[] = {
		{0, "", ENCODING_PLAIN},
		{0, "br", ENCODING_BROTLI},
		{0, "gzip, deflate, br", ENCODING_BROTLI},
		{0, "GZIP", ENCODING_GZIP},
		{0, "gzip;q=0", ENCODING_PLAIN},
		{0, "br;q=0.00, gzip;q=0.1", ENCODING_GZIP},
		{1, "br, gzip", ENCODING_GZIP},
		{1, "br", ENCODING_PLAIN},
		{0, "brx", ENCODING_PLAIN},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(asset_encoding(&table[cases[i].asset], str_from(cases[i].accept)), cases[i].want);
	assert_true(etag_matches(S("\"1\""), "\"1\""));
	assert_true(etag_matches(S("\"0\", W/\"1\""), "\"1\""));
	assert_true(etag_matches(S("*"), "\"1\""));
	assert_false(etag_matches(S(""), "\"1\""));
	assert_false(etag_matches(S("1"), "\"1\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(routes_are_found),  cmocka_unit_test(tables_that_cannot_work),
		cmocka_unit_test(paths_are_decoded), cmocka_unit_test(local_paths),
		cmocka_unit_test(hosts_and_origins), cmocka_unit_test(cookies),
		cmocka_unit_test(file_names),        cmocka_unit_test(encodings_and_etags),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
