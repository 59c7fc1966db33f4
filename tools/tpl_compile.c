#include "tpl.h"

#include <string.h>

#include "base/arena.h"
#include "tpl_compiler.h"

err_t tpl_fail(struct compiler *c, int line, err_t e)
{
	return err_new(c->a, ERR_INVALID, "%.*s:%d: %.*s", STR_ARG(c->file), line, STR_ARG(e->say));
}

static bool is_blank(char ch)
{
	return ch == ' ' || ch == '\t';
}

/* s as one line of C. */
void tpl_expression(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t' ? ' ' : s.p[i]);
}

/* s inside a C string literal; a line of the page becomes a line of C. */
static void add_literal(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		if (ch == '\n')
			buf_str(b, i + 1 < s.n ? S("\\n\"\n\t\t\"") : S("\\n"));
		else if (ch == '"' || ch == '\\' || ch == '?')
			buf_fmt(b, "\\%c", ch);
		else if (ch < ' ' || ch == 0x7f)
			buf_fmt(b, "\\%03o", ch);
		else
			buf_char(b, (char)ch);
	}
}

void tpl_line(struct compiler *c, int line)
{
	buf_fmt(&c->code, "#line %d \"", line);
	add_literal(&c->code, c->file);
	buf_str(&c->code, S("\"\n"));
}

/* Writes the waiting static text as C. */
void tpl_flush(struct compiler *c)
{
	if (c->fixed.n > 0) {
		buf_str(&c->code, S("\thtml_lit(out, \""));
		add_literal(&c->code, buf_text(&c->fixed));
		buf_str(&c->code, S("\");\n"));
	}
	c->fixed.n = 0;
	c->after_space = false;
}

/* Feeds static text to the tracker and keeps it, white space shrunk where it is not content. */
must static err_t static_text(struct compiler *c, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool space = ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
		bool shrinks = (c->html.place == HTML_TEXT && !html_keeps_space(&c->html)) ||
			       c->html.place == HTML_TAG || c->html.place == HTML_TAG_NAME ||
			       c->html.place == HTML_ATTR_NAME || c->html.place == HTML_NO_TEXT;
		err_t e = html_feed(&c->html, c->a, ch, c->line);
		if (e != NULL)
			return tpl_fail(c, c->line, e);
		if (ch == '\n')
			c->line++;
		if (!space || !shrinks) {
			buf_char(&c->fixed, ch);
			c->has_content = true;
			c->after_space = false;
			continue;
		}
		bool in_text = c->html.place == HTML_TEXT;
		if (!c->after_space)
			buf_char(&c->fixed, in_text && ch == '\n' ? '\n' : ' ');
		else if (in_text && ch == '\n' && c->fixed.n > 0)
			c->fixed.p[c->fixed.n - 1] = '\n';
		c->after_space = true;
	}
	return NULL;
}

static int count_lines(struct str s)
{
	int n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

/* Where the text from `from` on has the two bytes of `pair`, outside of string literals when
 * `literals` is set; text.n where it has not. */
static size_t find_pair(struct str text, size_t from, const char *pair, bool literals)
{
	char quote = '\0';
	for (size_t i = from; i + 1 < text.n; i++) {
		char ch = text.p[i];
		if (quote != '\0') {
			if (ch == '\\')
				i++;
			else if (ch == quote)
				quote = '\0';
			continue;
		}
		if (literals && (ch == '"' || ch == '\''))
			quote = ch;
		else if (ch == pair[0] && text.p[i + 1] == pair[1])
			return i;
	}
	return text.n;
}

/* True where {% … %} or {# … #} from `open` to `end` has its line for itself; *next is then the
 * start of the following line. */
static bool stands_alone(struct str text, size_t open, size_t end, size_t *next)
{
	while (open > 0 && is_blank(text.p[open - 1]))
		open--;
	while (end < text.n && (is_blank(text.p[end]) || text.p[end] == '\r'))
		end++;
	if ((open > 0 && text.p[open - 1] != '\n') || (end < text.n && text.p[end] != '\n'))
		return false;
	*next = end < text.n ? end + 1 : end;
	return true;
}

/* The static text up to the next "{{", "{%" or "{#", and then that. */
must static err_t step(struct compiler *c)
{
	static const char *const closers[] = {['{'] = "}}", ['%'] = "%}", ['#'] = "#}"};
	size_t open = c->at;
	while (open < c->text.n &&
	       !(c->text.p[open] == '{' && open + 1 < c->text.n && memchr("{%#", c->text.p[open + 1], 3) != NULL))
		open++;
	struct str before = str_sub(c->text, c->at, open - c->at);
	if (open == c->text.n) {
		c->at = open;
		return static_text(c, before);
	}
	char kind = c->text.p[open + 1];
	size_t close = find_pair(c->text, open + 2, closers[(unsigned char)kind], kind != '#');
	struct str inner = str_sub(c->text, open + 2, close - open - 2);
	size_t next = close + 2;
	bool alone = close < c->text.n && kind != '{' && stands_alone(c->text, open, close + 2, &next);
	while (alone && before.n > 0 && is_blank(before.p[before.n - 1]))
		before.n--;
	TRY(static_text(c, before));
	if (close == c->text.n)
		FAIL(c, c->line, "{%c is not closed by %s", kind, closers[(unsigned char)kind]);
	int line = c->line;
	c->line += count_lines(str_sub(c->text, open, next - open));
	c->at = next;
	if (kind == '{')
		return tpl_value(c, str_trim(inner), line);
	if (kind == '%')
		TRY(tpl_statement(c, str_trim(inner), line));
	if (alone)
		c->after_space = true; /* the line before ended, so the next needs no indentation */
	return NULL;
}

must static err_t finish(struct compiler *c)
{
	if (c->name.n == 0)
		FAIL(c, 1, "a template begins with {%% view NAME struct TYPE \"header.h\" %%}");
	if (c->depth > 0)
		FAIL(c, c->line, "the %s of line %d has no end", c->blocks[c->depth - 1].is_for ? "for" : "if",
		     c->blocks[c->depth - 1].line);
	if (c->html.place != HTML_TEXT && c->html.depth == 0)
		FAIL(c, c->line, "the template ends inside a tag");
	if (c->html.depth > 0)
		FAIL(c, c->line, "<%s> of line %d is never closed", c->html.open[c->html.depth - 1].name,
		     c->html.open[c->html.depth - 1].line);
	if (c->html.place != HTML_TEXT)
		FAIL(c, c->line, "the template ends inside a tag");
	tpl_flush(c);
	if (c->layout.n > 0) {
		buf_fmt(&c->code, "\tt_%.*s_close(out, ", STR_ARG(c->layout));
		tpl_expression(&c->code, c->layout_view);
		buf_str(&c->code, S(");\n"));
	}
	buf_str(&c->code, S("}\n"));
	return NULL;
}

static struct str header_of(struct compiler *c)
{
	struct buf b = buf_new(c->a, CODE_MAX);
	buf_fmt(&b, "/* Compiled from a template. */\n#pragma once\n\n%.*s\nstruct buf;\n\n",
		STR_ARG(buf_text(&c->includes)));
	const char *const parts[] = {c->has_body ? "_open" : "", c->has_body ? "_close" : NULL};
	for (size_t i = 0; i < 2 && parts[i] != NULL; i++)
		buf_fmt(&b, "void t_%.*s%s(struct buf *out, const %.*s *view);\n", STR_ARG(c->name), parts[i],
			STR_ARG(c->type));
	return buf_text(&b);
}

static struct str source_of(struct compiler *c)
{
	struct buf b = buf_new(c->a, CODE_MAX);
	buf_fmt(&b, "/* Compiled from a template. */\n#include \"t_%.*s.h\"\n\n#include \"web/html.h\"\n",
		STR_ARG(c->name));
	for (int i = 0; i < c->calls_n; i++)
		buf_fmt(&b, "#include \"%.*st_%.*s.h\"\n", STR_ARG(c->folder), STR_ARG(c->calls[i]));
	buf_fmt(&b, "\nvoid t_%.*s%s(struct buf *out, const %.*s *view)\n{\n\t(void)view;\n", STR_ARG(c->name),
		c->has_body ? "_open" : "", STR_ARG(c->type));
	buf_str(&b, buf_text(&c->code));
	return buf_text(&b);
}

err_t tpl_compile(struct arena *a, struct str file, struct str folder, struct str text, struct tpl_code *out)
{
	struct compiler *c = arena_one(a, struct compiler);
	*c = (struct compiler){
		.a = a,
		.file = file,
		.folder = folder,
		.text = text,
		.line = 1,
		.fixed = buf_new(a, CODE_MAX),
		.code = buf_new(a, CODE_MAX),
		.includes = buf_new(a, CODE_MAX),
	};
	while (c->at < text.n)
		TRY(step(c));
	TRY(finish(c));
	struct tpl_code code = {.header = header_of(c), .source = source_of(c)};
	if (c->fixed.full || c->code.full || code.source.n >= CODE_MAX)
		FAIL(c, c->line, "the template makes more than %d bytes of C", CODE_MAX);
	*out = code;
	return NULL;
}
