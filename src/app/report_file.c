/* A report as a file: commas for scripts, a workbook for people. */
#include "app/report.h"
#include "hmis/csv_out.h"

/* A table program would take it for a formula. */
static bool is_formula(struct str s)
{
	return s.n > 0 && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@');
}

void report_csv(struct arena *a, struct buf *out, const struct report_view *v)
{
	struct csv_out csv = csv_out(out);
	for (size_t c = 0; c < v->columns_n; c++)
		csv_out_text(&csv, str_from(v->columns[c].key));
	csv_out_end(&csv);
	for (size_t i = 0; i < v->rows_n * v->columns_n; i++) {
		const struct paper_cell *cell = &v->cells[i];
		if (cell->kind == PAPER_NUMBER)
			csv_out_i64(&csv, cell->number);
		else if (cell->kind == PAPER_DAY)
			csv_out_day(&csv, cell->day);
		else if (is_formula(cell->text))
			csv_out_text(&csv, str_fmt(a, "'%.*s", STR_ARG(cell->text)));
		else
			csv_out_text(&csv, cell->text);
		if ((i + 1) % v->columns_n == 0)
			csv_out_end(&csv);
	}
}

struct walk {
	const struct report_view *v;
	size_t row;
};

static err_t next(void *ctx, struct paper_cell *cells, bool *more)
{
	struct walk *w = ctx;
	*more = w->row < w->v->rows_n;
	for (size_t c = 0; *more && c < w->v->columns_n; c++)
		cells[c] = report_cells(w->v, w->row)[c];
	w->row++;
	return NULL;
}

struct str report_time_say(struct arena *a, const struct report_view *v)
{
	char from[DAY_SAY];
	char to[DAY_SAY];
	if (!day_known(v->from))
		return str_fmt(a, "as of %s", day_say_date(v->to, to));
	return str_fmt(a, "%s to %s", day_say_date(v->from, from), day_say_date(v->to, to));
}

err_t report_workbook(struct arena *a, const struct report_view *v, struct str *out)
{
	struct paper_column *columns = arena_many(a, v->columns_n, struct paper_column);
	struct walk walk = {.v = v};
	struct paper_stamp stamps[] = {
		{S("Time"), report_time_say(a, v)},
		{S("Of"), v->region.n > 0 ? v->region : S("the whole CoC")},
	};
	for (size_t c = 0; c < v->columns_n; c++)
		columns[c] = (struct paper_column){str_from(v->columns[c].title), v->columns[c].kind, 0};
	return paper_workbook(a,
			      &(struct paper_table){
				      .title = v->report->title,
				      .notice = v->report->about,
				      .stamps = stamps,
				      .stamps_n = sizeof stamps / sizeof *stamps,
				      .columns = columns,
				      .columns_n = v->columns_n,
				      .ctx = &walk,
				      .row = next,
			      },
			      out);
}
