/* What the two halves of the template compiler share: tpl_compile.c reads and writes text,
 * tpl_statement.c knows the statements. */
#ifndef TOOLS_TPL_COMPILER_H
#define TOOLS_TPL_COMPILER_H

#include "base/buf.h"
#include "tpl.h"
#include "tpl_html.h"

enum { BLOCKS = 32, CALLS = 64, CODE_MAX = 4 << 20 };

struct block {
	bool is_for;
	bool has_else;
	int line;
	struct str array; /* of a for */
	struct html_context start;
	bool want_space; /* at the end of any branch */
	bool value_begun;
};

struct compiler {
	struct arena *a;
	struct str file;
	struct str folder;
	struct str text;
	size_t at;
	int line;
	struct html_context html;
	struct buf fixed; /* static text that waits to be written */
	bool after_space; /* it ends in white space that can take no more */
	struct buf code;
	struct buf includes;
	struct block blocks[BLOCKS];
	int depth;
	struct str name; /* of this template; empty until its view was read */
	struct str type;
	struct str layout; /* the template named by use */
	struct str layout_view;
	struct str calls[CALLS]; /* templates whose header is needed */
	int calls_n;
	bool has_body;
	bool has_content;
};

/* e with "file:line: " before it. */
must err_t tpl_fail(struct compiler *c, int line, err_t e);
#define FAIL(c, at_line, ...) return tpl_fail((c), (at_line), err_new((c)->a, ERR_INVALID, __VA_ARGS__))

/* Writes the static text that waits, a #line directive, an expression as one line of C. */
void tpl_flush(struct compiler *c);
void tpl_line(struct compiler *c, int line);
void tpl_expression(struct buf *b, struct str s);

/* What stands between {% and %}, and between {{ and }}. */
must err_t tpl_statement(struct compiler *c, struct str s, int line);
must err_t tpl_value(struct compiler *c, struct str e, int line);

#endif
