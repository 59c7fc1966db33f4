/* The runtime of templates: escaping, addresses, and that what must not reach a page does not
 * compile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "web/html.h"

static struct arena *arena;

static int with_arena(void **state)
{
	(void)state;
	arena = arena_new("test", 8 << 20);
	return 0;
}

static int without_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* What html_escape must equal, written the slow way. */
static struct str escape_slowly(struct str s)
{
	static const char *const references[256] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
	struct buf b = buf_new(arena, 1 << 20);
	for (size_t i = 0; i < s.n; i++) {
		const char *r = references[(unsigned char)s.p[i]];
		if (r != NULL)
			buf_str(&b, str_from(r));
		else
			buf_char(&b, s.p[i]);
	}
	return buf_text(&b);
}

static void check_escape(const char *p, size_t n)
{
	/* An exact block, so that the sanitizer sees a read past its end. */
	char *exact = malloc(n + (n == 0));
	assert_non_null(exact);
	memcpy(exact, p, n);
	struct buf b = buf_new(arena, 1 << 20);
	html_escape(&b, (struct str){exact, n});
	struct str got = buf_text(&b);
	struct str want = escape_slowly((struct str){exact, n});
	assert_int_equal(got.n, want.n);
	if (want.n > 0)
		assert_memory_equal(got.p, want.p, want.n);
	free(exact);
}

static void test_escape_positions(void **state)
{
	(void)state;
	static const char specials[] = "&<>\"'";
	for (size_t n = 0; n < 50; n++) {
		char text[64];
		memset(text, 'x', sizeof text);
		check_escape(text, n);
		for (size_t at = 0; at < n; at++) {
			text[at] = specials[at % 5];
			check_escape(text, n);
			text[(at * 7) % n] = specials[n % 5];
			check_escape(text, n);
			memset(text, 'x', sizeof text);
		}
	}
}

static void test_escape_bytes(void **state)
{
	(void)state;
	char all[1024];
	for (size_t i = 0; i < sizeof all; i++)
		all[i] = (char)(i * 167);
	for (size_t from = 0; from < 40; from++)
		check_escape(all + from, sizeof all - from - from / 2);
}

static void check(const char *want, struct buf *b)
{
	struct str got = buf_text(b);
	assert_string_equal(str_c(arena, got), want);
	b->n = 0;
}

static void test_types(void **state)
{
	(void)state;
	struct buf b = buf_new(arena, 1 << 16);
	struct day day;
	struct instant instant;
	const struct id id = id_new();
	assert_true(day_parse(S("2026-11-21"), &day));
	assert_true(instant_parse(S("2026-11-21 14:02:31"), &instant));
	html_put(&b, S("<b>"));
	check("&lt;b&gt;", &b);
	html_put(&b, "a & b");
	check("a &amp; b", &b);
	html_put(&b, (const char *)NULL);
	check("", &b);
	html_put(&b, 0);
	check("0", &b);
	html_put(&b, INT64_MIN);
	check("-9223372036854775808", &b);
	html_put(&b, SIZE_MAX);
	check("18446744073709551615", &b);
	html_put(&b, (short)-7);
	check("-7", &b);
	html_put(&b, day);
	check("2026-11-21", &b);
	html_put_quoted(&b, DAY_NONE);
	check("", &b);
	html_put(&b, say_day(day));
	check("Sat 21 Nov 2026", &b);
	html_put(&b, say_day_short(day));
	check("21 Nov", &b);
	html_put(&b, say_day(DAY_NONE));
	check("–", &b);
	html_put(&b, say_day_short(DAY_NONE));
	check("–", &b);
	html_put(&b, say_clock(INSTANT_NONE));
	check("–", &b);
	html_put(&b, instant);
	check("2026-11-21T14:02:31Z", &b);
	html_put(&b, INSTANT_NONE);
	check("", &b);
	html_put(&b, id);
	check(id.s, &b);
	html_put(&b, ((struct html_raw){S("<b>")}));
	check("<b>", &b);
	html_put_quoted(&b, S("\"'"));
	check("&quot;&#39;", &b);
	html_put_url(&b, URL("/list?a=1&b=2"));
	check("/list?a=1&amp;b=2", &b);
}

static void check_url(const char *want, struct url u)
{
	assert_string_equal(str_c(arena, u.s), want);
}

static void test_urls(void **state)
{
	(void)state;
	check_url("/list", url_path_parts(arena, "/list", NULL, 0));
	check_url("/household/h_1/note", url_path(arena, "/household/{}/note", S("h_1")));
	check_url("/a/%2F%2Fevil.example%2F/b/%C3%A9%20%22%27%3C",
		  url_path(arena, "/a/{}/b/{}", S("//evil.example/"), S("é \"'<")));
	struct url u = url_query(arena, URL("/list"), "q", S("a&b=c"));
	check_url("/list?q=a%26b%3Dc", u);
	check_url("/list?q=a%26b%3Dc&page=2", url_query(arena, u, "page", S("2")));
}

static void test_full(void **state)
{
	(void)state;
	struct buf b = buf_new(arena, 8);
	html_put(&b, S("1234<5"));
	assert_true(b.full);
	assert_true(b.n <= 8);
}

struct snippet {
	const char *name;
	bool compiles;
	const char *statement;
};

static const struct snippet snippets[] = {
	{"text between tags", true, "html_put(out, v->text);"},
	{"url in an address", true, "html_put_url(out, v->url);"},
	{"raw between tags", true, "html_put(out, v->raw);"},
	{"a misspelt field", false, "html_put(out, v->texd);"},
	{"personal data", false, "html_put(out, v->name);"},
	{"personal data in an attribute", false, "html_put_quoted(out, v->name);"},
	{"personal data as text", false, "html_put_str(out, *v->name);"},
	{"url between tags", false, "html_put(out, v->url);"},
	{"url in another attribute", false, "html_put_quoted(out, v->url);"},
	{"text in an address", false, "html_put_url(out, v->text);"},
	{"a literal in an address", false, "html_put_url(out, \"javascript:x\");"},
	{"raw in an attribute", false, "html_put_quoted(out, v->raw);"},
	{"raw in an address", false, "html_put_url(out, v->raw);"},
	{"bool", false, "html_put(out, v->yes);"},
	{"double", false, "html_put(out, v->real);"},
	{"a pointer", false, "html_put(out, &v->text);"},
	{"a url from a variable", false, "html_put_url(out, URL(v->text.p));"},
	{"a path from a variable", false, "html_put_url(out, url_path(NULL, v->text.p, v->text));"},
};

/* Whether the compiler that built this test takes the snippet. */
static bool snippet_compiles(const struct snippet *s)
{
	char path[] = "/tmp/byname-snippet-XXXXXX.c";
	int fd = mkstemps(path, 2);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "w");
	assert_non_null(f);
	fprintf(f,
		"#include \"base/pii.h\"\n#include \"web/html.h\"\n"
		"struct view { struct str text; const struct pii *name; struct url url; struct html_raw raw; bool yes; "
		"double real; };\n"
		"void render(struct buf *out, const struct view *v);\n"
		"void render(struct buf *out, const struct view *v)\n{\n\t%s\n}\n",
		s->statement);
	assert_int_equal(fclose(f), 0);
	char command[4096];
	int n = snprintf(command, sizeof command, "%s -std=gnu17 -Werror -fsyntax-only -I'%s/src' '%s' 2>/dev/null",
			 TEST_CC, SOURCE_ROOT, path);
	assert_true(n > 0 && (size_t)n < sizeof command);
	int status = system(command);
	unlink(path);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status) == 0;
}

static void test_snippets(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof snippets / sizeof *snippets; i++)
		if (snippet_compiles(&snippets[i]) != snippets[i].compiles)
			fail_msg("%s: %s", snippets[i].name,
				 snippets[i].compiles ? "should compile" : "must not compile");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_escape_positions, with_arena, without_arena),
		cmocka_unit_test_setup_teardown(test_escape_bytes, with_arena, without_arena),
		cmocka_unit_test_setup_teardown(test_types, with_arena, without_arena),
		cmocka_unit_test_setup_teardown(test_urls, with_arena, without_arena),
		cmocka_unit_test_setup_teardown(test_full, with_arena, without_arena),
		cmocka_unit_test(test_snippets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
