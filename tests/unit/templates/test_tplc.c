/* The template compiler: what it makes of each statement, and that it refuses what could break out
 * of its place on the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "tpl.h"

#define VIEW "{% view t struct v \"v.h\" %}\n"

struct good {
	const char *text; /* behind the view */
	const char *want; /* stands in the C */
};

static const struct good goods[] = {
	{"<p>{{ view->a }}</p>", "html_put(out, view->a);"},
	{"<p class=\"{{ view->a }}\"></p>", "html_put_quoted(out, view->a);"},
	{"<p class='{{ view->a }}'></p>", "html_put_quoted(out, view->a);"},
	{"<a href=\"{{ view->a }}\">x</a>", "html_put_url(out, view->a);"},
	{"<form action=\"{{ view->a }}\"></form>", "html_put_url(out, view->a);"},
	{"<button formaction=\"{{ view->a }}\">x</button>", "html_put_url(out, view->a);"},
	{"<p hx-post=\"{{ view->a }}\"></p>", "html_put_url(out, view->a);"},
	{"<p data-stream-url=\"{{ view->a }}\"></p>", "html_put_url(out, view->a);"},
	{"<a HREF=\"{{ view->a }}#notes\">x</a>", "html_put_url(out, view->a);"},
	{"<a href=\"{% if view->b %}{{ view->a }}{% else %}/{% end %}\">x</a>", "html_put_url(out, view->a);"},
	{"<title>{{ view->a }}</title>", "html_put_quoted(out, view->a);"},
	{"<textarea>{{ view->a }}</textarea>", "html_put_quoted(out, view->a);"},
	{"<script src=\"{{ view->a }}\"></script>", "html_put_url(out, view->a);"},
	{"{% if view->a > 3 && f(\"%}\") %}x{% end %}", "if (view->a > 3 && f(\"%}\")) {"},
	{"{% if a %}1{% elif b %}2{% else %}3{% end %}", "} else if (b) {"},
	{"{% for r in view->rows %}{{ r->x }}{% end %}",
	 "for (size_t r_i = 0; r_i < (size_t)(view->rows_n); r_i++) { const __typeof__((view->rows)[0]) *r = "
	 "&(view->rows)[r_i]; (void)r;"},
	{"{% for r in view->rows %}x{% else %}none{% end %}", "if ((size_t)(view->rows_n) == 0) {"},
	{"{% show chip &view->chip %}", "t_chip(out, &view->chip);"},
	{"{% show chip &view->chip %}", "#include \"web/t_chip.h\""},
	{"{% use layout &view->layout %}<p></p>", "t_layout_open(out, &view->layout);"},
	{"{% use layout &view->layout %}<p></p>", "t_layout_close(out, &view->layout);"},
	{"<main>{% body %}</main>", "void t_t_close(struct buf *out, const struct v *view)"},
	{"<input {% if a %}checked{% end %}>", "html_lit(out, \"<input \");"},
	{"<input{% if a %} checked{% end %}>", "html_lit(out, \" checked\");"},
	{"<!doctype html><p></p>", "\"<!doctype html><p></p>\""},
	{"<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>", "<path d=\\\"M0 0\\\"/>"},
	{"<p>a{# not <sent> #}b</p>", "\"<p>ab</p>\""},
	{"<p>  a \t b\n\n   c</p>", "\"<p> a b\\n\"\n\t\t\"c</p>\""},
	{"<pre>  a \n\n  b</pre>", "\"<pre>  a \\n\"\n\t\t\"\\n\"\n\t\t\"  b</pre>\""},
	{"<p\n\tid=\"a\"\n\tclass=\"b\n c\">x</p>", "\"<p id=\\\"a\\\" class=\\\"b\\n\"\n\t\t\" c\\\">x</p>\""},
	{"<ul>\n\t{% if a %}\n\t<li>x</li>\n\t{% end %}\n</ul>", "\thtml_lit(out, \"<li>x</li>\\n\");"},
	{"<p>?\?= \\ \"é\" \x01</p>", "\"<p>\\?\\?= \\\\ \\\"é\\\" \\001</p>\""},
	{"\n\n<b>{{ view->a }}</b>", "#line 4 \"t.html\""},
};

static const struct good bads[] = {
	{"<script>{{ view->a }}</script>", "t.html:2: a value cannot stand inside <script>"},
	{"<style>{{ view->a }}</style>", "t.html:2: a value cannot stand inside <style>"},
	{"<script>x()</script>", "t.html:2: <script> stays empty; scripts and styles live in assets/"},
	{"<style>p{}</style>", "t.html:2: <style> stays empty; scripts and styles live in assets/"},
	{"<p onclick=\"{{ view->a }}\"></p>",
	 "t.html:2: the attribute onclick holds a script; scripts live in assets/"},
	{"<p ONclick=\"x\"></p>", "t.html:2: the attribute onclick holds a script; scripts live in assets/"},
	{"<p hx-on:click=\"x\"></p>", "t.html:2: the attribute hx-on:click holds a script; scripts live in assets/"},
	{"<p style=\"color: red\"></p>", "t.html:2: a style attribute is refused by the browser here; use a class"},
	{"<p hx-vals=\"{{ view->a }}\"></p>", "t.html:2: a value in hx-vals could be evaluated; use a data- attribute"},
	{"<img srcset=\"{{ view->a }}\">", "t.html:2: a value in srcset could be evaluated; use a data- attribute"},
	{"<p class={{ view->a }}></p>", "t.html:2: the value of class needs quotes around it"},
	{"<p class=a{{ view->a }}></p>", "t.html:2: the value of class needs quotes around it"},
	{"<p {{ view->a }}></p>", "t.html:2: a value cannot stand in the name of an attribute"},
	{"<p data-{{ view->a }}=\"\"></p>", "t.html:2: a value cannot stand in the name of an attribute"},
	{"<{{ view->a }}>", "t.html:2: a value cannot stand in the name of an element or in a declaration"},
	{"<h{{ view->a }}>x</h>", "t.html:2: a value cannot stand in the name of an element or in a declaration"},
	{"<!doctype {{ view->a }}>", "t.html:2: a value cannot stand in the name of an element or in a declaration"},
	{"<a href=\"/x{{ view->a }}\">x</a>",
	 "t.html:2: an address begins with its value; build the rest with url_path"},
	{"<a href=\"{{ view->a }}{{ view->a }}\">x</a>",
	 "t.html:2: an address begins with its value; build the rest with url_path"},
	{"<a href=\"{% if a %}java{% end %}{{ view->a }}\">x</a>",
	 "t.html:2: an address begins with its value; build the rest with url_path"},
	{"<!-- {{ view->a }} -->", "t.html:2: a comment is written {# … #}; an HTML comment would be sent"},
	{"{{ view->a", "t.html:2: {{ is not closed by }}"},
	{"{% if a", "t.html:2: {% is not closed by %}"},
	{"{# a", "t.html:2: {# is not closed by #}"},
	{"{{ \"a }}", "t.html:2: {{ is not closed by }}"},
	{"{{ }}", "t.html:2: an expression is missing"},
	{"{{ a; b }}", "t.html:2: an expression is plain C without ; { } # \\ or comments"},
	{"{{ a /* b }}", "t.html:2: an expression is plain C without ; { } # \\ or comments"},
	{"{{ a) + (b }}", "t.html:2: the brackets or quotes of an expression do not match"},
	{"{{ (a }}", "t.html:2: the brackets or quotes of an expression do not match"},
	{"\n{% if a %}<p></p>", "t.html:3: the if of line 3 has no end"},
	{"{% for r in a %}", "t.html:2: the for of line 2 has no end"},
	{"{% end %}", "t.html:2: end closes no block"},
	{"{% else %}", "t.html:2: else belongs to no if or for here"},
	{"{% if a %}{% else %}{% else %}{% end %}", "t.html:2: else belongs to no if or for here"},
	{"{% for r in a %}{% elif a %}{% end %}", "t.html:2: elif belongs to no if here"},
	{"{% for r of a %}{% end %}",
	 "t.html:2: a loop is written {% for NAME in view->array %}, with the length in view->array_n"},
	{"{% for r in f(a) %}{% end %}",
	 "t.html:2: a loop is written {% for NAME in view->array %}, with the length in view->array_n"},
	{"<p {% for r in a %}x{% end %}></p>", "t.html:2: a loop cannot make attributes"},
	{"{% if a %}<p>{% end %}</p>", "t.html:2: <p> of line 2 is still open at the end of the block of line 2"},
	{"<p>{% if a %}</p>{% end %}", "t.html:2: </p> closes nothing that was opened in this block"},
	{"<p>{% if a %}</p><p>{% end %}</p>", "t.html:2: </p> closes nothing that was opened in this block"},
	{"<p>{% if a %}x{% else %}</p>{% end %}", "t.html:2: </p> closes nothing that was opened in this block"},
	{"<p {% if a %}class=\"{% end %}\"></p>",
	 "t.html:2: the block of line 2 ends elsewhere in the HTML than it began"},
	{"<p{% if a %}class=\"b\"{% end %}></p>", "t.html:2: a space is missing before an attribute"},
	{"<p {% if a %}b{% end %}c></p>", "t.html:2: a space is missing before an attribute"},
	{"<p class={% if a %}b{% end %}></p>",
	 "t.html:2: a statement stands between tags, between attributes or inside a quoted value"},
	{"<p>\n<b></p>", "t.html:3: </p> stands where </b> of line 3 is due"},
	{"<div>", "t.html:2: <div> of line 2 is never closed"},
	{"<div", "t.html:2: the template ends inside a tag"},
	{"<p class=\"a", "t.html:2: the template ends inside a tag"},
	{"<div/>", "t.html:2: <div/> does not close itself in HTML; write </div>"},
	{"<p>a < b</p>", "t.html:2: a < that begins no tag is written &lt;"},
	{"<title><b></b></title>", "t.html:2: a < that begins no tag is written &lt;"},
	{"{% show chip %}", "t.html:2: an expression is missing"},
	{"<p class=\"{% show chip x %}\"></p>", "t.html:2: show stands between tags only"},
	{"<p></p>{% use layout x %}", "t.html:2: use stands once, right behind the view"},
	{"{% if a %}{% body %}{% end %}", "t.html:2: body stands once, alone, between tags and outside of every block"},
	{"{% use layout x %}{% body %}", "t.html:2: body stands once, alone, between tags and outside of every block"},
	{"{% view t struct v \"v.h\" %}", "t.html:2: a template has one view"},
	{"{% while a %}", "t.html:2: there is no statement {% while a %}"},
};

static const struct good bad_views[] = {
	{"", "t.html:1: a template begins with {% view NAME struct TYPE \"header.h\" %}"},
	{"<p></p>{{ a }}", "t.html:1: a template begins with its view"},
	{"{% if a %}{% end %}", "t.html:1: a template begins with its view"},
	{"{% view t struct v %}", "t.html:1: a view is written {% view NAME struct TYPE \"header.h\" %}"},
	{"{% view t struct v; int \"v.h\" %}", "t.html:1: the type of a view is a struct, such as struct list_view"},
	{"{% view t struct v \"v.h\" v %}", "t.html:1: the headers of a view are quoted, such as \"app/list.h\""},
};

static err_t compile(struct arena *a, const char *view, const char *text, struct tpl_code *out)
{
	struct str s = str_fmt(a, "%s%s", view, text);
	return tpl_compile(a, S("t.html"), S("web/"), s, out);
}

static void test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
		struct arena *a = arena_new("test", 64 << 20);
		struct tpl_code code = {0};
		err_t e = compile(a, VIEW, goods[i].text, &code);
		if (e != NULL)
			fail_msg("%s: %.*s", goods[i].text, STR_ARG(e->say));
		if (memmem(code.source.p, code.source.n, goods[i].want, strlen(goods[i].want)) == NULL)
			fail_msg("%s\nlacks %s\nin %.*s", goods[i].text, goods[i].want, STR_ARG(code.source));
		arena_free(&a);
	}
}

static void check_bad(const char *view, const struct good *bad, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena *a = arena_new("test", 64 << 20);
		struct tpl_code code = {0};
		err_t e = compile(a, view, bad[i].text, &code);
		if (e == NULL)
			fail_msg("%s compiles", bad[i].text);
		assert_string_equal(str_c(a, e->say), bad[i].want);
		assert_null(code.source.p);
		arena_free(&a);
	}
}

static void test_bad(void **state)
{
	(void)state;
	check_bad(VIEW, bads, sizeof bads / sizeof *bads);
	check_bad("", bad_views, sizeof bad_views / sizeof *bad_views);
}

static void test_limits(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 64 << 20);
	struct tpl_code code = {0};
	struct str deep = S("");
	for (int i = 0; i < 33; i++)
		deep = str_fmt(a, "%.*s{%% if a %%}", STR_ARG(deep));
	err_t e = compile(a, VIEW, str_c(a, deep), &code);
	assert_non_null(e);
	assert_string_equal(str_c(a, e->say), "t.html:2: blocks are nested deeper than 32");
	deep = S("");
	for (int i = 0; i < 65; i++)
		deep = str_fmt(a, "%.*s<p>", STR_ARG(deep));
	e = compile(a, VIEW, str_c(a, deep), &code);
	assert_non_null(e);
	assert_string_equal(str_c(a, e->say), "t.html:2: elements are nested deeper than 64");
	arena_free(&a);
}

static void test_header(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 64 << 20);
	struct tpl_code code = {0};
	assert_null(compile(a, "{% view t struct v \"v.h\" \"w.h\" %}\n", "<p></p>", &code));
	assert_string_equal(str_c(a, code.header), "/* Compiled from a template. */\n#pragma once\n\n#include \"v.h\"\n"
						   "#include \"w.h\"\n\nstruct buf;\n\n"
						   "void t_t(struct buf *out, const struct v *view);\n");
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_header),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
