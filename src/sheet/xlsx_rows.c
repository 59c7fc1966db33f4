/* The rows of one sheet, as its XML goes by. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "sheet/inside.h"

enum { VALUE_MOST = LIMIT_CSV_FIELD, ROW_MOST = 1 << 20 /* rows of the largest sheet */ };

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_INLINE, CELL_BOOL, CELL_ERROR, CELL_TEXT, CELL_ISO };

struct rows {
	const struct sheet *s;
	void *ctx;
	err_t (*row)(void *ctx, const struct sheet_row *row);
	int64_t line;  /* of the row at hand, or the last one */
	int64_t given; /* rows that held cells */
	size_t column; /* of the cell at hand */
	enum cell_type type;
	bool date;    /* its format shows a date */
	bool formula; /* it has one */
	bool value;   /* inside v, or t of an inline text */
	bool any;     /* a value was there */
	int phonetic;
	struct sheet_line *l;
	size_t n;
	char text[VALUE_MOST];
};

/* "AB12" as column 27 and row 12; false for anything else. */
static bool place_read(struct str ref, size_t *column, int64_t *row)
{
	size_t i = 0;
	size_t c = 0;
	for (; i < ref.n && ref.p[i] >= 'A' && ref.p[i] <= 'Z' && i < 3; i++)
		c = c * 26 + (size_t)(ref.p[i] - 'A' + 1);
	if (c == 0 || !str_to_i64(str_sub(ref, i, ref.n), row) || *row < 1 || *row > ROW_MOST)
		return false;
	*column = c - 1;
	return true;
}

static void row_open(struct xlsx_xml *x, struct rows *r, const char **attributes)
{
	int64_t line;
	if (!str_to_i64(xlsx_attribute(attributes, S("r")), &line) || line <= r->line || line > ROW_MOST)
		line = r->line + 1;
	r->line = line;
	r->column = 0;
	r->l->n = r->l->text_n = 0;
	if (++r->given > LIMIT_SHEET_ROWS)
		xlsx_fail(x, err_new(x->arena, ERR_INVALID, "The sheet has more than %d rows. Divide it.",
				     LIMIT_SHEET_ROWS));
}

static enum cell_type type_of(struct str t)
{
	static const struct {
		struct str word;
		enum cell_type type;
	} types[] = {
		{STR_INIT("s"), CELL_SHARED}, {STR_INIT("inlineStr"), CELL_INLINE}, {STR_INIT("b"), CELL_BOOL},
		{STR_INIT("e"), CELL_ERROR},  {STR_INIT("str"), CELL_TEXT},         {STR_INIT("d"), CELL_ISO},
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq(t, types[i].word))
			return types[i].type;
	return CELL_NUMBER;
}

static void cell_open(struct rows *r, const char **attributes)
{
	int64_t row;
	int64_t format;
	size_t column;
	if (place_read(xlsx_attribute(attributes, S("r")), &column, &row))
		r->column = column;
	r->type = type_of(xlsx_attribute(attributes, S("t")));
	bool known = str_to_i64(xlsx_attribute(attributes, S("s")), &format) && format >= 0 &&
		     (size_t)format < r->s->dates_n;
	r->date = known && r->s->dates[format];
	r->formula = r->any = r->value = false;
	r->n = 0;
}

static void rows_open(struct xlsx_xml *x, struct str name, const char **attributes)
{
	struct rows *r = x->ctx;
	if (str_eq(name, S("row"))) {
		row_open(x, r, attributes);
	} else if (str_eq(name, S("c"))) {
		cell_open(r, attributes);
	} else if (str_eq(name, S("f"))) {
		r->formula = true;
	} else if (str_eq(name, S("rPh"))) {
		r->phonetic++;
	} else if (str_eq(name, S("v")) || (str_eq(name, S("t")) && r->phonetic == 0)) {
		r->value = r->any = true;
	}
}

static void rows_text(struct xlsx_xml *x, struct str text)
{
	struct rows *r = x->ctx;
	if (!r->value)
		return;
	if (r->n + text.n > sizeof r->text) {
		xlsx_fail(x, err_new(x->arena, ERR_INVALID, "A cell in row %lld holds more than %d bytes.",
				     (long long)r->line, VALUE_MOST));
		return;
	}
	memcpy(r->text + r->n, text.p, text.n);
	r->n += text.n;
}

/* A number without the noise of its last binary digits, as the workbook shows it. */
static struct str number_text(struct rows *r, double *value)
{
	char copy[64];
	size_t n = r->n < sizeof copy - 1 ? r->n : sizeof copy - 1;
	memcpy(copy, r->text, n);
	copy[n] = '\0';
	char *end;
	*value = strtod(copy, &end);
	if (end == copy)
		return (struct str){r->text, r->n};
	int w = snprintf(r->text, sizeof r->text, "%.15g", *value);
	return (struct str){r->text, (size_t)w};
}

static bool iso_day(struct str text, struct day *out)
{
	return day_parse(str_sub(text, 0, 10), out);
}

/* The cell at hand: what kind it is, its text and its day. */
static struct sheet_cell cell_value(struct rows *r, char day[DAY_TEXT])
{
	struct sheet_cell c = {SHEET_TEXT, {r->text, r->n}, DAY_NONE};
	int64_t index;
	double value = 0;
	if (!r->any)
		return (struct sheet_cell){r->formula ? SHEET_ERROR : SHEET_EMPTY, {0}, DAY_NONE};
	switch (r->type) {
	case CELL_SHARED:
		if (!str_to_i64(c.text, &index) || index < 0 || (size_t)index >= r->s->ends_n) {
			c = (struct sheet_cell){SHEET_ERROR, {0}, DAY_NONE};
		} else {
			size_t from = index == 0 ? 0 : r->s->ends[index - 1];
			c.text = (struct str){r->s->strings + from, r->s->ends[index] - from};
		}
		break;
	case CELL_BOOL:
		c.kind = SHEET_YES_NO;
		c.text = str_eq(c.text, S("1")) || str_eq(c.text, S("true")) ? S("yes") : S("no");
		break;
	case CELL_ERROR:
		c.kind = SHEET_ERROR;
		break;
	case CELL_ISO:
		if (iso_day(c.text, &c.day)) {
			c.kind = SHEET_DAY;
			c.text = str_from(day_text(c.day, day));
		}
		break;
	case CELL_NUMBER:
		if (r->n == 0)
			return (struct sheet_cell){SHEET_EMPTY, {0}, DAY_NONE};
		c.kind = SHEET_NUMBER;
		c.text = number_text(r, &value);
		c.day = sheet_serial_day(value, r->s->from_1904);
		if (r->date && day_known(c.day)) {
			c.kind = SHEET_DAY;
			c.text = str_from(day_text(c.day, day));
		}
		break;
	case CELL_INLINE:
	case CELL_TEXT:
		break;
	}
	return c;
}

static void cell_close(struct xlsx_xml *x, struct rows *r)
{
	struct sheet_line *l = r->l;
	char day[DAY_TEXT];
	struct sheet_cell c = cell_value(r, day);
	size_t column = r->column++;
	if (c.kind == SHEET_EMPTY)
		return;
	if (column >= LIMIT_SHEET_COLUMNS || l->text_n + c.text.n > sizeof l->text) {
		xlsx_fail(x, err_new(x->arena, ERR_INVALID, "Row %lld has too many columns, or is too long.",
				     (long long)r->line));
		return;
	}
	for (; l->n < column; l->n++)
		l->cells[l->n] = (struct sheet_cell){SHEET_EMPTY, {0}, DAY_NONE};
	if (column < l->n)
		return; /* the same place a second time */
	if (c.text.n > 0)
		memcpy(l->text + l->text_n, c.text.p, c.text.n);
	l->from[column] = l->text_n;
	l->text_n += c.text.n;
	l->cells[l->n++] = c;
}

static void rows_close(struct xlsx_xml *x, struct str name)
{
	struct rows *r = x->ctx;
	if (str_eq(name, S("v")) || str_eq(name, S("t"))) {
		r->value = false;
	} else if (str_eq(name, S("rPh"))) {
		r->phonetic--;
	} else if (str_eq(name, S("c"))) {
		cell_close(x, r);
	} else if (str_eq(name, S("row"))) {
		err_t e = sheet_line_end(r->l, r->line, r->ctx, r->row);
		if (e != NULL)
			xlsx_fail(x, e);
	} else if (str_eq(name, S("sheetData"))) {
		x->done = true;
	}
}

static void rows_free(struct rows *r)
{
	if (r == NULL)
		return;
	if (r->l != NULL)
		explicit_bzero(r->l, sizeof *r->l);
	free(r->l);
	explicit_bzero(r, sizeof *r);
	free(r);
}

err_t xlsx_read(struct arena *a, const struct sheet *s, size_t tab, void *ctx,
		err_t (*row)(void *ctx, const struct sheet_row *row))
{
	struct rows *r = calloc(1, sizeof *r);
	if (r != NULL)
		r->l = calloc(1, sizeof *r->l);
	if (r == NULL || r->l == NULL) {
		rows_free(r);
		return err_internal(a, "no memory for a row");
	}
	r->s = s;
	r->ctx = ctx;
	r->row = row;
	struct xlsx_xml x = {.arena = a, .ctx = r, .open = rows_open, .close = rows_close, .text = rows_text};
	err_t e = xlsx_xml_read(&x, s, s->parts[tab].path);
	rows_free(r);
	return e;
}

/* --- merged cells, which stand behind the rows --- */

struct merges {
	struct arena *arena;
	int64_t rows;
	struct sheet_merge *of;
	size_t n, room;
};

static void merges_open(struct xlsx_xml *x, struct str name, const char **attributes)
{
	enum { MERGES_MOST = 4096 };
	struct merges *m = x->ctx;
	struct str first;
	struct str last;
	struct sheet_merge one;
	if (!str_eq(name, S("mergeCell")) || m->n == MERGES_MOST)
		return;
	str_cut(xlsx_attribute(attributes, S("ref")), ':', &first, &last);
	if (!place_read(first, &one.column_first, &one.row_first) ||
	    !place_read(last, &one.column_last, &one.row_last) || one.row_first > m->rows)
		return;
	one.row_first--;
	one.row_last--;
	if (m->n == m->room) {
		size_t room = m->room == 0 ? 32 : 2 * m->room;
		struct sheet_merge *grown = arena_many(m->arena, room, struct sheet_merge);
		if (m->n > 0)
			memcpy(grown, m->of, m->n * sizeof *grown);
		m->of = grown;
		m->room = room;
	}
	m->of[m->n++] = one;
}

static void merges_close(struct xlsx_xml *x, struct str name)
{
	x->done = str_eq(name, S("mergeCells"));
}

err_t xlsx_merges(struct arena *a, const struct sheet *s, size_t tab, int64_t rows, struct sheet_merge **out, size_t *n)
{
	struct merges m = {.arena = a, .rows = rows};
	struct xlsx_xml x = {.arena = a, .ctx = &m, .open = merges_open, .close = merges_close};
	TRY(xlsx_xml_read(&x, s, s->parts[tab].path));
	*out = m.of;
	*n = m.n;
	return NULL;
}
