#include "tpl_html.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *const void_elements[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
					    "input", "link", "meta", "source", "track", "wbr", NULL};

static const char *const plain_text_elements[] = {"title", "textarea", NULL};
static const char *const no_text_elements[] = {"script", "style", NULL};

static const char *const address_attributes[] = {"href",     "src",      "action",     "formaction",  "poster",
						 "cite",     "data",     "xlink:href", "hx-get",      "hx-post",
						 "hx-put",   "hx-patch", "hx-delete",  "hx-push-url", "hx-replace-url",
						 "manifest", "ping",     "background", "data-url",    NULL};

/* Read as a list of addresses, as a whole document, or as an expression: no value is safe there. */
static const char *const code_attributes[] = {"srcset",     "srcdoc",     "imagesrcset", "http-equiv", "hx-vals",
					      "hx-vars",    "hx-headers", "hx-request",  "hx-trigger", "hx-config",
					      "hx-include", "hx-ext",     NULL};

static bool in_list(const char *const *list, const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Appends to a name of HTML_NAME bytes, in lower case; false where it does not fit. */
static bool name_add(char *name, char c)
{
	size_t n = strlen(name);
	if (n + 1 >= HTML_NAME)
		return false;
	name[n] = (char)tolower((unsigned char)c);
	name[n + 1] = '\0';
	return true;
}

static bool inside(const struct html_context *c, const char *element)
{
	for (int i = 0; i < c->depth; i++)
		if (strcmp(c->open[i].name, element) == 0)
			return true;
	return false;
}

static enum html_place content_of(const struct html_context *c)
{
	const char *name = c->depth == 0 ? "" : c->open[c->depth - 1].name;
	if (in_list(plain_text_elements, name))
		return HTML_PLAIN_TEXT;
	return in_list(no_text_elements, name) ? HTML_NO_TEXT : HTML_TEXT;
}

static bool ends_in_url(const char *name)
{
	size_t n = strlen(name);
	return strncmp(name, "data-", 5) == 0 && n > 9 && strcmp(name + n - 4, "-url") == 0;
}

must static err_t attr_begin(struct html_context *c, struct arena *a)
{
	const char *name = c->attr_name;
	if (strncmp(name, "on", 2) == 0 || strncmp(name, "hx-on", 5) == 0)
		return err_new(a, ERR_INVALID, "the attribute %s holds a script; scripts live in assets/", name);
	if (strcmp(name, "style") == 0)
		return err_new(a, ERR_INVALID, "a style attribute is refused by the browser here; use a class");
	c->attr = HTML_ATTR_PLAIN;
	if (in_list(address_attributes, name) || ends_in_url(name))
		c->attr = HTML_ATTR_ADDRESS;
	else if (in_list(code_attributes, name))
		c->attr = HTML_ATTR_CODE;
	c->value_begun = false;
	c->place = HTML_ATTR_EQUALS;
	return NULL;
}

must static err_t element_open(struct html_context *c, struct arena *a)
{
	if (in_list(void_elements, c->tag.name)) {
		c->place = content_of(c);
		return NULL;
	}
	if (c->slash) {
		if (!inside(c, "svg") && strcmp(c->tag.name, "svg") != 0)
			return err_new(a, ERR_INVALID, "<%s/> does not close itself in HTML; write </%s>", c->tag.name,
				       c->tag.name);
		c->place = content_of(c);
		return NULL;
	}
	if (c->depth == HTML_DEPTH)
		return err_new(a, ERR_INVALID, "elements are nested deeper than %d", HTML_DEPTH);
	c->open[c->depth++] = c->tag;
	c->place = content_of(c);
	return NULL;
}

must static err_t element_close(struct html_context *c, struct arena *a)
{
	if (c->depth == c->floor)
		return err_new(a, ERR_INVALID, "</%s> closes nothing that was opened in this block", c->tag.name);
	const struct html_element *top = &c->open[c->depth - 1];
	if (strcmp(top->name, c->tag.name) != 0)
		return err_new(a, ERR_INVALID, "</%s> stands where </%s> of line %d is due", c->tag.name, top->name,
			       top->line);
	c->depth--;
	c->place = content_of(c);
	return NULL;
}

must static err_t tag_end(struct html_context *c, struct arena *a)
{
	c->want_space = false;
	return c->closing ? element_close(c, a) : element_open(c, a);
}

must static err_t feed_opening(struct html_context *c, struct arena *a, char byte, int line)
{
	bool only_close = content_of(c) != HTML_TEXT;
	if (byte == '/' && !c->closing) {
		c->closing = true;
		return NULL;
	}
	if (byte == '!' && !c->closing && !only_close) {
		c->place = HTML_DECLARATION;
		c->attr_name[0] = '\0';
		return NULL;
	}
	if (!isalpha((unsigned char)byte) || (only_close && !c->closing))
		return err_new(a, ERR_INVALID, "a < that begins no tag is written &lt;");
	c->tag = (struct html_element){.line = line};
	c->place = HTML_TAG_NAME;
	c->slash = false;
	c->want_space = true;
	(void)name_add(c->tag.name, byte);
	return NULL;
}

must static err_t feed_tag(struct html_context *c, struct arena *a, char byte)
{
	if (byte == '>')
		return tag_end(c, a);
	if (is_space(byte)) {
		c->want_space = false;
		return NULL;
	}
	if (c->slash)
		return err_new(a, ERR_INVALID, "a / inside a tag stands right before the >");
	if (byte == '/' && !c->closing) {
		c->slash = true;
		return NULL;
	}
	if (c->closing)
		return err_new(a, ERR_INVALID, "a closing tag takes no attributes");
	if (byte == '"' || byte == '\'' || byte == '<' || byte == '=')
		return err_new(a, ERR_INVALID, "%c cannot begin an attribute", byte);
	if (c->want_space)
		return err_new(a, ERR_INVALID, "a space is missing before an attribute");
	c->attr_name[0] = '\0';
	c->place = HTML_ATTR_NAME;
	(void)name_add(c->attr_name, byte);
	return NULL;
}

must static err_t feed_attr_name(struct html_context *c, struct arena *a, char byte)
{
	if (byte == '=')
		return attr_begin(c, a);
	if (is_space(byte) || byte == '>' || byte == '/') {
		c->place = HTML_TAG;
		return feed_tag(c, a, byte);
	}
	if (byte == '"' || byte == '\'' || byte == '<')
		return err_new(a, ERR_INVALID, "%c cannot stand in the name of an attribute", byte);
	if (!name_add(c->attr_name, byte))
		return err_new(a, ERR_INVALID, "the name of an attribute is longer than %d bytes", HTML_NAME - 1);
	return NULL;
}

must static err_t feed_value(struct html_context *c, struct arena *a, char byte)
{
	if (c->place == HTML_ATTR_EQUALS) {
		if (is_space(byte) || byte == '>')
			return err_new(a, ERR_INVALID, "the value of %s is missing", c->attr_name);
		c->quote = byte == '"' || byte == '\'' ? byte : '\0';
		c->place = c->quote == '\0' ? HTML_UNQUOTED : HTML_QUOTED;
		if (c->quote != '\0')
			return NULL;
	}
	if (c->place == HTML_QUOTED && byte == c->quote) {
		c->place = HTML_TAG;
		c->want_space = true;
	} else if (c->place == HTML_UNQUOTED && (is_space(byte) || byte == '>')) {
		c->place = HTML_TAG;
		return feed_tag(c, a, byte);
	} else {
		c->value_begun = true;
	}
	return NULL;
}

must static err_t feed_declaration(struct html_context *c, struct arena *a, char byte)
{
	static const char doctype[] = "doctype html";
	if (byte == '>') {
		if (strcmp(c->attr_name, doctype) != 0)
			return err_new(a, ERR_INVALID, "the only declaration is <!doctype html>");
		c->place = HTML_TEXT;
		return NULL;
	}
	if (byte == '-')
		return err_new(a, ERR_INVALID, "a comment is written {# … #}; an HTML comment would be sent");
	if (!name_add(c->attr_name, byte))
		return err_new(a, ERR_INVALID, "the only declaration is <!doctype html>");
	return NULL;
}

err_t html_feed(struct html_context *c, struct arena *a, char byte, int line)
{
	switch (c->place) {
	case HTML_TEXT:
	case HTML_PLAIN_TEXT:
	case HTML_NO_TEXT:
		if (byte == '<') {
			c->place = HTML_OPENING;
			c->closing = false;
		} else if (c->place == HTML_NO_TEXT && !is_space(byte)) {
			return err_new(a, ERR_INVALID, "<%s> stays empty; scripts and styles live in assets/",
				       c->open[c->depth - 1].name);
		}
		return NULL;
	case HTML_OPENING:
		return feed_opening(c, a, byte, line);
	case HTML_DECLARATION:
		return feed_declaration(c, a, byte);
	case HTML_TAG_NAME:
		if (isalnum((unsigned char)byte) || byte == '-' || byte == ':') {
			if (name_add(c->tag.name, byte))
				return NULL;
			return err_new(a, ERR_INVALID, "the name of an element is longer than %d bytes", HTML_NAME - 1);
		}
		c->place = HTML_TAG;
		return feed_tag(c, a, byte);
	case HTML_TAG:
		return feed_tag(c, a, byte);
	case HTML_ATTR_NAME:
		return feed_attr_name(c, a, byte);
	case HTML_ATTR_EQUALS:
	case HTML_QUOTED:
	case HTML_UNQUOTED:
		return feed_value(c, a, byte);
	}
	return NULL;
}

void html_boundary(struct html_context *c)
{
	if (c->place != HTML_TAG_NAME && c->place != HTML_ATTR_NAME)
		return;
	c->place = HTML_TAG;
	c->want_space = true;
}

bool html_same_place(const struct html_context *a, const struct html_context *b)
{
	if (a->place != b->place || a->depth != b->depth)
		return false;
	for (int i = 0; i < a->depth; i++)
		if (strcmp(a->open[i].name, b->open[i].name) != 0 || a->open[i].line != b->open[i].line)
			return false;
	if (a->place == HTML_QUOTED && (a->quote != b->quote || strcmp(a->attr_name, b->attr_name) != 0))
		return false;
	return a->place == HTML_TEXT || a->place == HTML_PLAIN_TEXT ||
	       (strcmp(a->tag.name, b->tag.name) == 0 && a->closing == b->closing && a->slash == b->slash);
}

bool html_keeps_space(const struct html_context *c)
{
	return inside(c, "pre") || inside(c, "textarea");
}
