#include <ctype.h>
#include <string.h>

#include "tpl_compiler.h"

static bool is_word(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

static bool is_identifier(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_word(s.p[i]))
			return false;
	return s.n > 0 && !isdigit((unsigned char)s.p[0]);
}

/* Takes the first word off *rest. */
static struct str take_word(struct str *rest)
{
	size_t n = 0;
	*rest = str_trim(*rest);
	while (n < rest->n && is_word(rest->p[n]))
		n++;
	struct str word = str_sub(*rest, 0, n);
	*rest = str_trim(str_sub(*rest, n, rest->n - n));
	return word;
}

/* An expression may not end the statement that it becomes part of. */
must static err_t check_expression(struct compiler *c, struct str e, int line)
{
	int nested = 0;
	char quote = '\0';
	if (e.n == 0)
		FAIL(c, line, "an expression is missing");
	for (size_t i = 0; i < e.n; i++) {
		char ch = e.p[i];
		if (quote != '\0') {
			if (ch == '\\')
				i++;
			else if (ch == quote)
				quote = '\0';
			continue;
		}
		if (ch == '"' || ch == '\'')
			quote = ch;
		else if (ch == '(' || ch == '[')
			nested++;
		else if ((ch == ')' || ch == ']') && --nested < 0)
			break;
		else if (ch == ';' || ch == '{' || ch == '}' || ch == '#' || ch == '\\' || ch == '\0' ||
			 (ch == '/' && i + 1 < e.n && (e.p[i + 1] == '/' || e.p[i + 1] == '*')))
			FAIL(c, line, "an expression is plain C without ; { } # \\ or comments");
	}
	if (nested != 0 || quote != '\0')
		FAIL(c, line, "the brackets or quotes of an expression do not match");
	return NULL;
}

/* What `for` walks: a path whose length stands beside it, such as view->rows or group.rows. */
static bool is_path(struct str e)
{
	for (size_t i = 0; i < e.n; i++)
		if (!is_word(e.p[i]) && strchr("->.[]", e.p[i]) == NULL)
			return false;
	return e.n > 0 && is_word(e.p[e.n - 1]);
}

must static err_t need_template(struct compiler *c, struct str name, int line)
{
	if (!is_identifier(name))
		FAIL(c, line, "the name of a template is missing");
	for (int i = 0; i < c->calls_n; i++)
		if (str_eq(c->calls[i], name))
			return NULL;
	if (c->calls_n == CALLS)
		FAIL(c, line, "a template calls at most %d others", CALLS);
	c->calls[c->calls_n++] = name;
	return NULL;
}

must static err_t do_view(struct compiler *c, struct str rest, int line)
{
	if (c->name.n > 0)
		FAIL(c, line, "a template has one view");
	struct str name = take_word(&rest);
	const char *quote = rest.n == 0 ? NULL : memchr(rest.p, '"', rest.n);
	if (!is_identifier(name) || quote == NULL)
		FAIL(c, line, "a view is written {%% view NAME struct TYPE \"header.h\" %%}");
	struct str type = str_trim(str_sub(rest, 0, (size_t)(quote - rest.p)));
	struct str words = type;
	struct str first = take_word(&words);
	if (!is_identifier(first) || (words.n > 0 && !is_identifier(words)))
		FAIL(c, line, "the type of a view is a struct, such as struct list_view");
	rest = str_sub(rest, (size_t)(quote - rest.p), rest.n);
	while (rest.n > 0) {
		const char *end = rest.p[0] != '"' ? NULL : memchr(rest.p + 1, '"', rest.n - 1);
		if (end == NULL)
			FAIL(c, line, "the headers of a view are quoted, such as \"app/list.h\"");
		size_t n = (size_t)(end + 1 - rest.p);
		buf_fmt(&c->includes, "#include %.*s\n", (int)n, rest.p);
		rest = str_trim(str_sub(rest, n, rest.n - n));
	}
	c->name = name;
	c->type = type;
	return NULL;
}

must static err_t do_use(struct compiler *c, struct str rest, int line)
{
	struct str name = take_word(&rest);
	if (c->has_content || c->layout.n > 0 || c->depth > 0)
		FAIL(c, line, "use stands once, right behind the view");
	TRY(need_template(c, name, line));
	TRY(check_expression(c, rest, line));
	tpl_line(c, line);
	buf_fmt(&c->code, "\tt_%.*s_open(out, ", STR_ARG(name));
	tpl_expression(&c->code, rest);
	buf_str(&c->code, S(");\n"));
	c->layout = name;
	c->layout_view = rest;
	return NULL;
}

must static err_t do_show(struct compiler *c, struct str rest, int line)
{
	struct str name = take_word(&rest);
	if (c->html.place != HTML_TEXT)
		FAIL(c, line, "show stands between tags only");
	TRY(need_template(c, name, line));
	TRY(check_expression(c, rest, line));
	tpl_line(c, line);
	buf_fmt(&c->code, "\tt_%.*s(out, ", STR_ARG(name));
	tpl_expression(&c->code, rest);
	buf_str(&c->code, S(");\n"));
	return NULL;
}

must static err_t do_body(struct compiler *c, struct str rest, int line)
{
	if (rest.n > 0 || c->has_body || c->depth > 0 || c->html.place != HTML_TEXT || c->layout.n > 0)
		FAIL(c, line, "body stands once, alone, between tags and outside of every block");
	buf_fmt(&c->code, "}\n\nvoid t_%.*s_close(struct buf *out, const %.*s *view)\n{\n\t(void)view;\n",
		STR_ARG(c->name), STR_ARG(c->type));
	c->has_body = true;
	return NULL;
}

must static err_t block_open(struct compiler *c, bool is_for, int line)
{
	if (c->depth == BLOCKS)
		FAIL(c, line, "blocks are nested deeper than %d", BLOCKS);
	c->blocks[c->depth++] = (struct block){.is_for = is_for, .line = line, .start = c->html};
	c->html.floor = c->html.depth;
	return NULL;
}

must static err_t do_for(struct compiler *c, struct str rest, int line)
{
	struct str name = take_word(&rest);
	struct str in = take_word(&rest);
	if (!is_identifier(name) || !str_eq(in, S("in")) || !is_path(rest))
		FAIL(c, line, "a loop is written {%% for NAME in view->array %%}, with the length in view->array_n");
	if (c->html.place == HTML_TAG)
		FAIL(c, line, "a loop cannot make attributes");
	TRY(check_expression(c, rest, line));
	TRY(block_open(c, true, line));
	c->blocks[c->depth - 1].array = rest;
	tpl_line(c, line);
	buf_fmt(&c->code, "\tfor (size_t %.*s_i = 0; %.*s_i < (size_t)(%.*s_n); %.*s_i++) {", STR_ARG(name),
		STR_ARG(name), STR_ARG(rest), STR_ARG(name));
	buf_fmt(&c->code, " const __typeof__((%.*s)[0]) *%.*s = &(%.*s)[%.*s_i]; (void)%.*s;\n", STR_ARG(rest),
		STR_ARG(name), STR_ARG(rest), STR_ARG(name), STR_ARG(name));
	return NULL;
}

/* A branch is done: it must stand where it began. The next one begins there again. */
must static err_t branch_end(struct compiler *c, int line)
{
	struct block *b = &c->blocks[c->depth - 1];
	if (!html_same_place(&c->html, &b->start)) {
		if (c->html.depth > b->start.depth)
			FAIL(c, line, "<%s> of line %d is still open at the end of the block of line %d",
			     c->html.open[c->html.depth - 1].name, c->html.open[c->html.depth - 1].line, b->line);
		FAIL(c, line, "the block of line %d ends elsewhere in the HTML than it began", b->line);
	}
	b->want_space |= c->html.want_space;
	b->value_begun |= c->html.value_begun;
	return NULL;
}

must static err_t do_else(struct compiler *c, bool is_elif, struct str rest, int line)
{
	struct block *b = c->depth == 0 ? NULL : &c->blocks[c->depth - 1];
	if (b == NULL || b->has_else || (is_elif && b->is_for))
		FAIL(c, line, "%s belongs to no %s here", is_elif ? "elif" : "else", is_elif ? "if" : "if or for");
	TRY(branch_end(c, line));
	c->html = b->start;
	c->html.floor = c->html.depth;
	tpl_line(c, line);
	if (is_elif) {
		TRY(check_expression(c, rest, line));
		buf_str(&c->code, S("\t} else if ("));
		tpl_expression(&c->code, rest);
		buf_str(&c->code, S(") {\n"));
		return NULL;
	}
	if (rest.n > 0)
		FAIL(c, line, "else takes nothing; a further condition is an elif");
	b->has_else = true;
	if (b->is_for)
		buf_fmt(&c->code, "\t}\n\tif ((size_t)(%.*s_n) == 0) {\n", STR_ARG(b->array));
	else
		buf_str(&c->code, S("\t} else {\n"));
	return NULL;
}

must static err_t do_end(struct compiler *c, struct str rest, int line)
{
	if (c->depth == 0 || rest.n > 0)
		FAIL(c, line, rest.n > 0 ? "end takes nothing" : "end closes no block");
	TRY(branch_end(c, line));
	const struct block *b = &c->blocks[--c->depth];
	c->html = b->start;
	c->html.want_space |= b->want_space;
	c->html.value_begun |= b->value_begun;
	buf_str(&c->code, S("\t}\n"));
	return NULL;
}

must static err_t do_if(struct compiler *c, struct str rest, int line)
{
	TRY(check_expression(c, rest, line));
	TRY(block_open(c, false, line));
	tpl_line(c, line);
	buf_str(&c->code, S("\tif ("));
	tpl_expression(&c->code, rest);
	buf_str(&c->code, S(") {\n"));
	return NULL;
}

err_t tpl_statement(struct compiler *c, struct str s, int line)
{
	struct str rest = s;
	struct str word = take_word(&rest);
	if (str_eq(word, S("view")))
		return do_view(c, rest, line);
	if (c->name.n == 0)
		FAIL(c, line, "a template begins with its view");
	html_boundary(&c->html);
	if (c->html.place != HTML_TEXT && c->html.place != HTML_PLAIN_TEXT && c->html.place != HTML_TAG &&
	    c->html.place != HTML_QUOTED)
		FAIL(c, line, "a statement stands between tags, between attributes or inside a quoted value");
	tpl_flush(c);
	if (str_eq(word, S("use")))
		return do_use(c, rest, line);
	c->has_content = true;
	if (str_eq(word, S("for")))
		return do_for(c, rest, line);
	if (str_eq(word, S("if")))
		return do_if(c, rest, line);
	if (str_eq(word, S("elif")) || str_eq(word, S("else")))
		return do_else(c, str_eq(word, S("elif")), rest, line);
	if (str_eq(word, S("end")))
		return do_end(c, rest, line);
	if (str_eq(word, S("show")))
		return do_show(c, rest, line);
	if (str_eq(word, S("body")))
		return do_body(c, rest, line);
	FAIL(c, line, "there is no statement {%% %.*s %%}", STR_ARG(s));
}

/* Which function of web/html.h writes a value that stands here. */
must static err_t value_writer(struct compiler *c, int line, const char **out)
{
	const struct html_context *h = &c->html;
	switch (h->place) {
	case HTML_TEXT:
		*out = "html_put";
		return NULL;
	case HTML_PLAIN_TEXT:
		*out = "html_put_quoted";
		return NULL;
	case HTML_QUOTED:
		if (h->attr == HTML_ATTR_CODE)
			FAIL(c, line, "a value in %s could be evaluated; use a data- attribute", h->attr_name);
		if (h->attr == HTML_ATTR_ADDRESS && h->value_begun)
			FAIL(c, line, "an address begins with its value; build the rest with url_path");
		*out = h->attr == HTML_ATTR_ADDRESS ? "html_put_url" : "html_put_quoted";
		return NULL;
	case HTML_NO_TEXT:
		FAIL(c, line, "a value cannot stand inside <%s>", h->open[h->depth - 1].name);
	case HTML_ATTR_EQUALS:
	case HTML_UNQUOTED:
		FAIL(c, line, "the value of %s needs quotes around it", h->attr_name);
	case HTML_TAG:
	case HTML_ATTR_NAME:
		FAIL(c, line, "a value cannot stand in the name of an attribute");
	default:
		FAIL(c, line, "a value cannot stand in the name of an element or in a declaration");
	}
}

err_t tpl_value(struct compiler *c, struct str e, int line)
{
	const char *writer = NULL;
	if (c->name.n == 0)
		FAIL(c, line, "a template begins with its view");
	TRY(value_writer(c, line, &writer));
	TRY(check_expression(c, e, line));
	tpl_flush(c);
	tpl_line(c, line);
	buf_fmt(&c->code, "\t%s(out, ", writer);
	tpl_expression(&c->code, e);
	buf_str(&c->code, S(");\n"));
	c->html.value_begun = true;
	c->has_content = true;
	return NULL;
}
