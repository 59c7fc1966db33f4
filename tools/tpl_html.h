/* Where in an HTML page the template compiler stands.
 *
 * The page's static text is fed byte by byte; the place tells which values may stand there. The
 * tracker is stricter than a browser on purpose: every element is closed by hand, a lone `<` is
 * written &lt;, and scripts, styles, on… and style attributes do not exist, because the content
 * security policy of the pages would refuse them anyway.
 */
#ifndef TOOLS_TPL_HTML_H
#define TOOLS_TPL_HTML_H

#include "base/err.h"

enum html_place {
	HTML_TEXT,       /* between tags */
	HTML_PLAIN_TEXT, /* inside <title> or <textarea>, where tags mean nothing */
	HTML_NO_TEXT,    /* inside <script> or <style> */
	HTML_OPENING,    /* behind "<" */
	HTML_DECLARATION,
	HTML_TAG_NAME,
	HTML_TAG, /* inside a tag, between attributes */
	HTML_ATTR_NAME,
	HTML_ATTR_EQUALS, /* behind "name=" */
	HTML_QUOTED,
	HTML_UNQUOTED,
};

enum html_attr {
	HTML_ATTR_PLAIN,
	HTML_ATTR_ADDRESS, /* holds an address that the browser will follow */
	HTML_ATTR_CODE,    /* evaluated by the browser or by htmx */
};

enum { HTML_NAME = 40, HTML_DEPTH = 64 };

struct html_element {
	char name[HTML_NAME];
	int line;
};

struct html_context {
	enum html_place place;
	enum html_attr attr;
	char attr_name[HTML_NAME];
	char quote;
	bool value_begun; /* something stands in the attribute already */
	bool closing;     /* the tag began with "</" */
	bool slash;       /* a "/" stands before the ">" */
	bool want_space;  /* the next attribute needs a space before it */
	struct html_element tag;
	struct html_element open[HTML_DEPTH];
	int depth;
	int floor; /* elements below this were opened outside the current block */
};

/* Takes one byte of static text that stands on `line`. Errors are sentences without a position. */
must err_t html_feed(struct html_context *c, struct arena *a, char byte, int line);

/* A statement or a value follows: ends an unfinished tag or attribute name. */
void html_boundary(struct html_context *c);

/* Whether both stand at the same place in the same elements. */
bool html_same_place(const struct html_context *a, const struct html_context *b);

/* True inside <pre> and <textarea>, whose white space is content. */
bool html_keeps_space(const struct html_context *c);

#endif
