#include "web/page_ledger.h"

#include <string.h>

#include "base/limit.h"
#include "domain/filter.h"
#include "web/site.h"
#include "web/t_ledger.h"

static const struct form_field ledger_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = 40},
	{.name = "from", .label = "From", .kind = FIELD_TEXT, .max = 20},
	{.name = "to", .label = "To", .kind = FIELD_TEXT, .max = 20},
	{.name = "where", .label = "Filter", .kind = FIELD_TEXT, .max = FILTER_TEXT_MAX},
};
const struct form_spec ledger_form = FORM(ledger_fields);

static struct str month_say(struct arena *a, int32_t month)
{
	char text[DAY_SAY];
	/* "Sun 01 Nov 2026" without its day. */
	struct str day = str_from(day_say(month_first(month), text));
	return str_dup(a, str_sub(day, day.n - 8, 8));
}

static struct str signed_text(struct arena *a, int64_t n)
{
	return n < 0 ? str_fmt(a, "\u2212%lld", (long long)-n) : str_fmt(a, "+%lld", (long long)n);
}

static struct str cell_text(struct arena *a, const struct ledger_month *m, const struct ledger_mask *mask, int cell)
{
	int64_t n = ledger_cell(m, cell);
	if (mask != NULL && mask->hidden[cell])
		return S("hidden");
	if (cell == LEDGER_ADJUSTMENTS && n != 0)
		return signed_text(a, n);
	return str_fmt(a, "%lld", (long long)n);
}

/* The balance as a sum that people can follow. */
static struct str check_text(struct arena *a, const struct ledger_month *m, const struct ledger_mask *mask)
{
	int64_t in = 0;
	int64_t out = 0;
	for (int cell = 0; mask != NULL && cell < LEDGER_CELLS_N; cell++)
		if (mask->hidden[cell])
			return (struct str){0};
	for (enum ledger_flow f = 0; f < LEDGER_ADJUSTMENTS; f++)
		*(ledger_flow_sign(f) > 0 ? &in : &out) += m->flows[f];
	int64_t late = m->flows[LEDGER_ADJUSTMENTS];
	return str_fmt(a, "%lld + %lld \u2212 %lld %s %lld = %lld", (long long)m->active_start, (long long)in,
		       (long long)out, late < 0 ? "\u2212" : "+", (long long)(late < 0 ? -late : late),
		       (long long)m->active_end);
}

static void fill_rows(struct arena *a, const struct ledger_view *v, struct ledger_page *page)
{
	static const int order[LEDGER_CELLS_N] = {LEDGER_START,         LEDGER_NEW,         LEDGER_FROM_HOUSING,
						  LEDGER_FROM_INACTIVE, LEDGER_MOVE_INS,    LEDGER_TO_INACTIVE,
						  LEDGER_INELIGIBLE,    LEDGER_ADJUSTMENTS, LEDGER_END};
	size_t n = v->ledger.n;
	struct ledger_row_view *rows = arena_many(a, n, struct ledger_row_view);
	for (size_t i = 0; i < n; i++) {
		size_t at = n - 1 - i;
		const struct ledger_month *m = &v->ledger.months[at];
		const struct ledger_mask *mask = v->masks != NULL ? &v->masks[at] : NULL;
		struct ledger_cell_view *cells = arena_many(a, LEDGER_CELLS_N, struct ledger_cell_view);
		for (int k = 0; k < LEDGER_CELLS_N; k++)
			cells[k].text = cell_text(a, m, mask, order[k]);
		rows[i] = (struct ledger_row_view){
			.month = month_say(a, m->month),
			.open = v->open && m->month == v->last,
			.cells = cells,
			.cells_n = LEDGER_CELLS_N,
			.check = check_text(a, m, mask),
		};
	}
	page->rows = rows;
	page->rows_n = n;
}

/* Only for who may know every number: each reason is a small number. */
static void fill_notes(struct arena *a, const struct ledger_view *v, struct ledger_page *page)
{
	size_t n = v->masks == NULL ? v->ledger.n : 0;
	struct ledger_note_view *notes = arena_many(a, n, struct ledger_note_view);
	for (size_t i = n; i > 0; i--) {
		const struct ledger_month *m = &v->ledger.months[i - 1];
		struct buf text = buf_new(a, 1000);
		for (enum ledger_late l = 0; l < LATES_N; l++)
			if (m->late[l] > 0)
				buf_fmt(&text, "%s%lld %s", text.n > 0 ? "; " : "", (long long)m->late[l],
					ledger_late_say(l));
		if (text.n > 0)
			notes[page->notes_n++] =
				(struct ledger_note_view){.month = month_say(a, m->month), .text = buf_text(&text)};
	}
	page->notes = notes;
}

enum { NARROW = 3 }; /* every third label of a month stays on a narrow screen */
enum { WIDTH = 720, HEIGHT = 220, LEFT = 48, RIGHT = 24, TOP = 16, BOTTOM = 36, MONTH_LABELS = 12 };

/* The smallest round number by which four steps reach the most. */
static int64_t chart_step(int64_t most)
{
	static const int64_t of_ten[] = {1, 2, 3, 4, 5, 6, 8};
	for (int64_t ten = 1;; ten *= 10)
		for (size_t i = 0; i < sizeof of_ten / sizeof of_ten[0]; i++)
			if (of_ten[i] * ten * 4 >= most)
				return of_ten[i] * ten;
}

static bool end_hidden(const struct ledger_view *v, size_t month)
{
	return v->masks != NULL && v->masks[month].hidden[LEDGER_END];
}

/* A line through the ends of the months; it breaks where one is hidden. */
static void draw_lines(struct arena *a, const struct ledger_view *v, const struct chart_tick *at,
		       struct chart_view *out)
{
	size_t n = v->ledger.n;
	struct chart_line *lines = arena_many(a, n, struct chart_line);
	struct chart_tick *dots = arena_many(a, n, struct chart_tick);
	struct buf points = buf_new(a, 16 * n + 16);
	for (size_t i = 0; i <= n; i++) {
		if (i < n && !end_hidden(v, i)) {
			buf_fmt(&points, "%s%d,%d", points.n > 0 ? " " : "", at[i].x, at[i].y);
			dots[out->dots_n++] = at[i];
		} else if (points.n > 0) {
			lines[out->lines_n++].points = str_dup(a, buf_text(&points));
			points.n = 0;
		}
	}
	out->lines = lines;
	out->dots = dots;
}

static const struct chart_view *chart_of(struct arena *a, const struct ledger_view *v)
{
	size_t n = v->ledger.n;
	int64_t most = 1;
	size_t told = 0;
	struct chart_view *out = arena_one(a, struct chart_view);
	struct chart_tick *at = arena_many(a, n, struct chart_tick);
	struct chart_tick *months = arena_many(a, n, struct chart_tick);
	struct chart_tick *levels = arena_many(a, 5, struct chart_tick);
	for (size_t i = 0; i < n; i++) {
		told += !end_hidden(v, i);
		if (!end_hidden(v, i) && v->ledger.months[i].active_end > most)
			most = v->ledger.months[i].active_end;
	}
	if (n < 2 || told < 2)
		return NULL;
	int64_t step = chart_step(most);
	for (int k = 0; k <= 4; k++)
		levels[out->levels_n++] = (struct chart_tick){.x = LEFT,
							      .y = TOP + (HEIGHT - TOP - BOTTOM) * (4 - k) / 4,
							      .label = str_fmt(a, "%lld", (long long)(step * k))};
	size_t every = (n + MONTH_LABELS - 1) / MONTH_LABELS;
	for (size_t i = 0; i < n; i++) {
		const struct ledger_month *m = &v->ledger.months[i];
		at[i].x = LEFT + (int)((WIDTH - LEFT - RIGHT) * i / (n - 1));
		at[i].y = HEIGHT - BOTTOM - (int)((HEIGHT - TOP - BOTTOM) * m->active_end / (4 * step));
		at[i].label = str_fmt(a, "%.*s: %lld", STR_ARG(month_say(a, m->month)), (long long)m->active_end);
		struct str month = month_say(a, m->month);
		if ((n - 1 - i) % every == 0)
			months[out->months_n++] = (struct chart_tick){
				.x = at[i].x,
				.y = HEIGHT - BOTTOM + 20,
				.label = str_fmt(a, "%.*s %.*s", 3, month.p, 2, month.p + month.n - 2),
				.wide = (n - 1 - i) / every % NARROW != 0};
	}
	out->levels = levels;
	out->months = months;
	out->said = str_fmt(
		a, "Active households at the end of each month, from %.*s to %.*s; the table has the numbers.",
		STR_ARG(month_say(a, v->ledger.months[0].month)), STR_ARG(month_say(a, v->ledger.months[n - 1].month)));
	draw_lines(a, v, at, out);
	return out;
}

static err_t read_month(struct request *rq, const char *field, int32_t *out)
{
	struct str text = form_text(&rq->form, field);
	*out = LEDGER_NO_MONTH;
	if (text.n == 0 || month_parse(text, out))
		return NULL;
	return err_new(rq->arena, ERR_INVALID, "A month is written like 2026-03.");
}

static err_t read_ask(struct request *rq, struct ledger_ask *ask)
{
	struct str region = form_text(&rq->form, "region");
	*ask = (struct ledger_ask){.where = form_text(&rq->form, "where")};
	if (str_eq(region, S("none")))
		ask->unassigned = true;
	else
		ask->region = region;
	TRY(read_month(rq, "from", &ask->from));
	return read_month(rq, "to", &ask->to);
}

/* What was asked for cannot be answered: the page says why, shows no numbers and keeps what was typed. */
static err_t refuse(struct request *rq, err_t why, struct ledger_view *view)
{
	bool ours = why->class == ERR_INVALID || why->class == ERR_MISSING;
	if (!ours)
		return why;
	TRY(app_ledger(site_call(rq), &(struct ledger_ask){.from = LEDGER_NO_MONTH, .to = LEDGER_NO_MONTH}, view));
	view->ledger.n = 0;
	view->hidden = false;
	return NULL;
}

static struct str month_typed(struct request *rq, const char *field, const struct ledger_view *v, size_t i)
{
	char text[MONTH_TEXT];
	struct str typed = form_text(&rq->form, field);
	if (typed.n > 0 || v->ledger.n == 0)
		return typed;
	return str_dup(rq->arena, str_from(month_text(v->ledger.months[i].month, text)));
}

err_t page_ledger(struct request *rq, struct reply *out)
{
	struct ledger_ask ask;
	struct ledger_view view;
	struct ledger_page page = {.csrf = rq->csrf};
	err_t e = read_ask(rq, &ask);
	if (e == NULL)
		e = app_ledger(site_call(rq), &ask, &view);
	if (e != NULL) {
		TRY(refuse(rq, e, &view));
		page.error = e->say;
	}
	page.layout = site_layout(rq, S("Ledger"), "");
	page.ledger = &view;
	page.filters = access_may(rq->actor->role, CAN_LIST);
	page.from = month_typed(rq, "from", &view, 0);
	page.to = month_typed(rq, "to", &view, view.ledger.n - 1);
	page.where = form_text(&rq->form, "where");
	fill_rows(rq->arena, &view, &page);
	fill_notes(rq->arena, &view, &page);
	page.chart = chart_of(rq->arena, &view);
	t_ledger(reply_html(out, e != NULL ? err_http_status(e->class) : 200), &page);
	return NULL;
}
