/* The template compiler: HTML with statements becomes C over a typed view struct.
 *
 *     {% view list struct list_view "app/list.h" %}    first: name, type, headers
 *     {% use layout view->layout %}                    the page stands in the layout's {% body %}
 *     {{ row->code }}                                  a value; its type picks the escaping
 *     {% for row in view->rows %}…{% else %}…{% end %} array `rows` of length `rows_n`; row points
 *                                                      to an element, row_i counts from 0
 *     {% if E %}…{% elif E %}…{% else %}…{% end %}
 *     {% show chip &row->chip %}                       calls another template with its view
 *     {# a comment #}
 *
 * Expressions are C and are checked by the C compiler at the template's own line. What the type of
 * a value must be depends on where it stands; web/html.h has the three tables. A statement that
 * has a line for itself leaves no trace; other white space between tags shrinks to one byte.
 *
 * A template `list` becomes t_list(out, view); one with a {% body %} becomes t_layout_open and
 * t_layout_close.
 */
#ifndef TOOLS_TPL_H
#define TOOLS_TPL_H

#include "base/err.h"

struct tpl_code {
	struct str header;
	struct str source;
};

/* `file` is the name for messages and #line; errors read "file:line: sentence". The headers of
 * other templates are included from `folder` ("web/" gives "web/t_layout.h"). */
must err_t tpl_compile(struct arena *a, struct str file, struct str folder, struct str text, struct tpl_code *out);

#endif
