#include "hmis/csv_out.h"

struct csv_out csv_out(struct buf *buf)
{
	return (struct csv_out){.buf = buf};
}

static void cell_begin(struct csv_out *o)
{
	if (o->cells++ != 0)
		buf_char(o->buf, ',');
	else
		o->row_at = o->buf->n;
}

static bool wants_quotes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	return false;
}

void csv_out_text(struct csv_out *o, struct str s)
{
	cell_begin(o);
	if (!wants_quotes(s)) {
		buf_str(o->buf, s);
		return;
	}
	buf_char(o->buf, '"');
	struct str part;
	while (str_cut(s, '"', &part, &s)) {
		buf_str(o->buf, part);
		buf_lit(o->buf, "\"\"");
	}
	buf_str(o->buf, part);
	buf_char(o->buf, '"');
}

void csv_out_i64(struct csv_out *o, int64_t n)
{
	cell_begin(o);
	buf_i64(o->buf, n);
}

void csv_out_day(struct csv_out *o, struct day d)
{
	char text[DAY_TEXT];
	cell_begin(o);
	buf_str(o->buf, str_from(day_text(d, text)));
}

void csv_out_instant(struct csv_out *o, struct instant t)
{
	char text[INSTANT_TEXT];
	cell_begin(o);
	buf_str(o->buf, str_from(instant_text(t, text)));
}

void csv_out_empty(struct csv_out *o, size_t cells)
{
	for (size_t i = 0; i < cells; i++)
		cell_begin(o);
}

void csv_out_end(struct csv_out *o)
{
	/* A row of one empty cell would be an empty line, which is no row. */
	if (o->cells == 1 && o->buf->n == o->row_at)
		buf_lit(o->buf, "\"\"");
	buf_char(o->buf, '\n');
	o->cells = 0;
}
