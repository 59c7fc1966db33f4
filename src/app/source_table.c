/* A list's table from a file, and what a coded one must not hold. */
#include "app/source_work.h"
#include "base/buf.h"

/* Days older than so many years, in most rows, are birth dates. */
enum { BIRTH_YEARS = 12 };

static void note_cells(struct source_table *t, const struct sheet_row *row)
{
	struct day old = day_add_years(t->call->today, -BIRTH_YEARS);
	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *cell = &row->cells[i];
		struct day day;
		int64_t number;
		if (cell->kind == SHEET_EMPTY)
			continue;
		t->filled[i]++;
		bool number_alone = cell->kind != SHEET_DAY && str_to_i64(cell->text, &number);
		if (!number_alone && sheet_day(cell, t->source->order, t->call->today, &day) && day.n < old.n)
			t->old_days[i]++;
	}
}

static err_t take_row(void *ctx, const struct sheet_row *row)
{
	struct source_table *t = ctx;
	if (row->line <= t->head.line)
		return NULL;
	note_cells(t, row);
	t->rows++;
	return t->row(t->ctx, row);
}

/* A coded list must not tell who somebody is. */
static err_t check_headers(const struct source_table *t, struct arena *a)
{
	for (size_t i = 0; i < t->head.n && t->source->coded; i++) {
		const char *what = source_identifies(t->head.names[i]);
		if (what != NULL)
			return err_new(
				a, ERR_INVALID,
				"The column \"%.*s\" looks like %s. A victim service provider's list holds codes "
				"and bands alone: take the column out and choose the file again.",
				STR_ARG(t->head.names[i]), what);
	}
	return NULL;
}

static err_t check_cells(const struct source_table *t, struct arena *a)
{
	for (size_t i = 0; i < t->head.n && t->source->coded; i++)
		if (t->old_days[i] > 0 && 2 * t->old_days[i] > t->filled[i])
			return err_new(a, ERR_INVALID,
				       "The column \"%.*s\" looks like birth dates. A victim service provider's list "
				       "holds codes and bands alone: take the column out and choose the file again.",
				       STR_ARG(t->head.names[i]));
	return t->rows > 0 ? NULL : err_new(a, ERR_INVALID, "The table has a header and no rows.");
}

static err_t find_tab(struct arena *a, const struct sheet *s, struct str name, size_t *out)
{
	size_t n;
	const struct sheet_tab *tabs = sheet_tabs(s, &n);
	struct buf names = buf_new(a, 4096);
	for (size_t i = 0; i < n; i++) {
		if (name.n > 0 ? str_eq_nocase(tabs[i].name, name) : !tabs[i].hidden) {
			*out = i;
			return NULL;
		}
		if (!tabs[i].hidden)
			buf_fmt(&names, "%s\"%.*s\"", names.n > 0 ? ", " : "", STR_ARG(tabs[i].name));
	}
	return err_new(a, ERR_INVALID, "The workbook has no sheet of that name. It has %.*s.",
		       STR_ARG(buf_text(&names)));
}

static err_t read_open(struct source_table *t, struct arena *a, struct sheet *s, struct str tab)
{
	size_t at = 0;
	TRY(find_tab(a, s, tab, &at));
	TRY(sheet_head_read(a, s, at, &t->head));
	TRY(check_headers(t, a));
	if (t->begin != NULL)
		TRY(t->begin(t->ctx, &t->head));
	TRY(sheet_read(a, s, at, t, take_row));
	return check_cells(t, a);
}

err_t source_table_read(struct arena *a, struct source_table *t, const char *path, struct str tab)
{
	struct sheet *s;
	TRY(sheet_open(a, path, &s));
	err_t e = read_open(t, a, s, tab);
	sheet_close(&s);
	return e;
}
