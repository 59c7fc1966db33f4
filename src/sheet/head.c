#include <string.h>

#include "base/arena.h"
#include "sheet/inside.h"

enum { LABEL_MOST = 80 }; /* letters of a label: longer texts are notes above the table */

/* The first rows, as far as the header may reach. */
struct beginning {
	struct arena *arena;
	struct head_row {
		int64_t line;
		struct sheet_cell *cells; /* `width` of them */
		size_t n, filled;
	} rows[SHEET_HEAD_ROWS];
	size_t n;
	size_t width;
	struct sheet_merge *merges;
	size_t merges_n;
	bool enough;
};

static err_t take(void *ctx, const struct sheet_row *row)
{
	struct beginning *b = ctx;
	if (row->n > b->width)
		b->width = row->n;
	struct head_row *r = &b->rows[b->n++];
	*r = (struct head_row){.line = row->line, .n = row->n};
	r->cells = arena_many(b->arena, LIMIT_SHEET_COLUMNS, struct sheet_cell);
	memcpy(r->cells, row->cells, row->n * sizeof *r->cells);
	for (size_t i = 0; i < row->n; i++) {
		r->cells[i].text = str_dup(b->arena, row->cells[i].text);
		r->filled += row->cells[i].kind != SHEET_EMPTY;
	}
	/* An error without words ends the reading; sheet_head_read knows it by `enough`. */
	b->enough = b->n == SHEET_HEAD_ROWS;
	return b->enough ? err_new(b->arena, ERR_INVALID, "enough rows") : NULL;
}

/* The merged cells that a cell is part of, with its row counted from 0; NULL where it is alone. */
static const struct sheet_merge *merge_of(const struct beginning *b, int64_t row, size_t column)
{
	for (size_t i = 0; i < b->merges_n; i++) {
		const struct sheet_merge *m = &b->merges[i];
		if (row >= m->row_first && row <= m->row_last && column >= m->column_first && column <= m->column_last)
			return m;
	}
	return NULL;
}

/* The label that stands at a cell: of merged cells that of the first one. */
static struct str label(const struct beginning *b, const struct head_row *r, size_t column)
{
	const struct sheet_merge *m = merge_of(b, r->line - 1, column);
	int64_t line = m != NULL ? m->row_first + 1 : r->line;
	size_t at = m != NULL ? m->column_first : column;
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].line == line && at < b->rows[i].n)
			return b->rows[i].cells[at].text;
	return (struct str){0};
}

/* A row of labels: texts alone, none of them long, as many as half of the widest row has. */
static bool is_header(const struct beginning *b, const struct head_row *r)
{
	size_t widest = 0;
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].filled > widest)
			widest = b->rows[i].filled;
	for (size_t i = 0; i < r->n; i++)
		if (r->cells[i].kind != SHEET_EMPTY &&
		    (r->cells[i].kind != SHEET_TEXT || str_utf8_len(r->cells[i].text) > LABEL_MOST))
			return false;
	return r->filled > 0 && 2 * r->filled >= widest;
}

/* Merged over several columns, but not over the whole table, which a title is. */
static bool has_group(const struct beginning *b, const struct head_row *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct sheet_merge *m = merge_of(b, r->line - 1, i);
		if (m != NULL && m->column_last > m->column_first && m->column_last - m->column_first + 1 < b->width &&
		    r->cells[i].kind != SHEET_EMPTY)
			return true;
	}
	return false;
}

static bool taken(const struct sheet_head *head, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(head->names[i], name))
			return true;
	return false;
}

/* "D", "AB": as workbooks call their columns. */
static struct str column_letters(struct arena *a, size_t column)
{
	char letters[8];
	size_t at = sizeof letters;
	for (size_t n = column + 1; n > 0; n = (n - 1) / 26)
		letters[--at] = (char)('A' + (n - 1) % 26);
	return str_dup(a, (struct str){letters + at, sizeof letters - at});
}

static struct str one_line(struct arena *a, struct str text)
{
	char *p = arena_many(a, text.n, char);
	for (size_t i = 0; i < text.n; i++)
		p[i] = text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t' ? ' ' : text.p[i];
	return (struct str){p, text.n};
}

static void name_columns(const struct beginning *b, const struct head_row *upper, const struct head_row *r,
			 struct sheet_head *out)
{
	struct arena *a = b->arena;
	out->line = r->line;
	out->n = b->width;
	out->names = arena_many(a, b->width, struct str);
	for (size_t i = 0; i < b->width; i++) {
		struct str name = label(b, r, i);
		struct str group = upper != NULL ? label(b, upper, i) : (struct str){0};
		if (name.n == 0)
			name = group;
		else if (group.n > 0 && !str_eq(group, name))
			name = str_fmt(a, "%.*s: %.*s", STR_ARG(group), STR_ARG(name));
		if (name.n == 0)
			name = str_fmt(a, "Column %.*s", STR_ARG(column_letters(a, i)));
		name = one_line(a, name);
		struct str once = name;
		for (int k = 2; taken(out, i, name); k++)
			name = str_fmt(a, "%.*s (%d)", STR_ARG(once), k);
		out->names[i] = name;
	}
}

err_t sheet_head_read(struct arena *a, struct sheet *s, size_t tab, struct sheet_head *out)
{
	struct beginning *b = arena_one(a, struct beginning);
	b->arena = a;
	err_t e = sheet_read(a, s, tab, b, take);
	if (e != NULL && !b->enough)
		return e;
	if (b->n == 0)
		return err_new(a, ERR_INVALID, "There is nothing in this table.");
	if (s->zip != NULL)
		TRY(xlsx_merges(a, s, tab, b->rows[b->n - 1].line, &b->merges, &b->merges_n));
	size_t at = 0;
	while (at < b->n && !is_header(b, &b->rows[at]))
		at++;
	if (at == b->n)
		return err_new(a, ERR_INVALID,
			       "No row within the first %d says what the columns are. Put a row of labels above the "
			       "table and choose the file again.",
			       SHEET_HEAD_ROWS);
	const struct head_row *upper = NULL;
	if (has_group(b, &b->rows[at]) && at + 1 < b->n && is_header(b, &b->rows[at + 1]))
		upper = &b->rows[at++];
	else if (at > 0 && has_group(b, &b->rows[at - 1]))
		upper = &b->rows[at - 1];
	name_columns(b, upper, &b->rows[at], out);
	return NULL;
}
