#include "web/page_report.h"

#include "base/limit.h"
#include "papers/papers.h"
#include "web/site.h"
#include "web/t_reports.h"

enum { WORD_MOST = 40, CSV_BYTES = 8 << 20 };

static const char *const formats[] = {"csv", "xlsx", NULL};
enum { FORMAT_CSV, FORMAT_XLSX };
static const struct form_field fields[] = {
	{.name = "report", .label = "Report", .kind = FIELD_TEXT, .max = WORD_MOST},
	{.name = "from", .label = "From", .kind = FIELD_DAY},
	{.name = "to", .label = "To", .kind = FIELD_DAY},
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = WORD_MOST},
	{.name = "format", .label = "Format", .kind = FIELD_CHOICE, .choices = formats},
};
const struct form_spec report_form = FORM(fields);

static err_t read_ask(struct request *rq, struct report_ask *ask)
{
	const struct form *f = &rq->form;
	struct str word = form_text(f, "report");
	*ask = (struct report_ask){.report = REPORT_COUNTS, .from = DAY_NONE, .to = DAY_NONE};
	if (word.n > 0 && !report_parse(word, &ask->report))
		return err_new(rq->arena, ERR_MISSING, "There is no such report.");
	TRY(form_error(rq->arena, f));
	ask->to = form_day(f, "to");
	ask->region = form_text(f, "region");
	if (report_table[ask->report].period)
		ask->from = form_day(f, "from");
	return NULL;
}

/* --- the page --- */

static struct url address(struct arena *a, struct url u, const struct report_ask *ask)
{
	char day[DAY_TEXT];
	u = url_query(a, u, "report", report_table[ask->report].word);
	if (day_known(ask->from))
		u = url_query(a, u, "from", str_dup(a, str_from(day_text(ask->from, day))));
	if (day_known(ask->to))
		u = url_query(a, u, "to", str_dup(a, str_from(day_text(ask->to, day))));
	return ask->region.n > 0 ? url_query(a, u, "region", ask->region) : u;
}

static void fill_tabs(struct request *rq, const struct report_ask *ask, struct report_page *page)
{
	bool lists = access_may(rq->actor->role, CAN_LIST);
	struct report_tab *tabs = arena_many(rq->arena, REPORTS_N, struct report_tab);
	for (enum report r = 0; r < REPORTS_N; r++) {
		struct report_ask other = {
			.report = r,
			.from = report_table[r].period ? ask->from : DAY_NONE,
			.to = ask->to,
			.region = ask->region,
		};
		if (report_table[r].person && !lists)
			continue;
		tabs[page->tabs_n++] = (struct report_tab){
			report_table[r].title, address(rq->arena, URL("/reports"), &other), r == ask->report};
	}
	page->tabs = tabs;
}

static void fill_regions(struct arena *a, const struct report_view *v, const struct report_ask *ask,
			 struct report_page *page)
{
	struct option_view *options = arena_many(a, v->regions_n + 1, struct option_view);
	options[0] = (struct option_view){.label = S("Whole CoC"), .chosen = ask->region.n == 0};
	for (size_t i = 0; i < v->regions_n; i++)
		options[i + 1] = (struct option_view){v->regions[i].id, v->regions[i].name,
						      str_eq(v->regions[i].id, ask->region)};
	page->regions = options;
	page->regions_n = v->regions_n + 1;
}

static struct str cell_text(struct arena *a, const struct paper_cell *cell)
{
	char day[DAY_SAY];
	if (cell->kind == PAPER_NUMBER)
		return str_fmt(a, "%lld", (long long)cell->number);
	if (cell->kind == PAPER_DAY)
		return str_dup(a, str_from(day_say_date(cell->day, day)));
	return cell->text;
}

static struct report_line line_of(struct arena *a, const struct report_view *v, size_t row)
{
	struct report_cell_view *cells = arena_many(a, v->columns_n, struct report_cell_view);
	const struct report_about *about = v->abouts != NULL ? &v->abouts[row] : NULL;
	for (size_t c = 0; c < v->columns_n; c++)
		cells[c] = (struct report_cell_view){.text = cell_text(a, &report_cells(v, row)[c]),
						     .number = v->columns[c].kind == PAPER_NUMBER,
						     .day = v->columns[c].kind == PAPER_DAY};
	struct report_line line = {.cells = cells, .cells_n = v->columns_n, .total = v->totals && row + 1 == v->rows_n};
	if (about != NULL && about->face != NULL) {
		const struct household_face *face = about->face;
		if (face->named)
			cells[0].text = str_fmt(a, "%.*s · %.*s", STR_ARG(face->name), STR_ARG(face->code));
		cells[0].href = url_path(a, "/household/{}", face->id);
	}
	if (about != NULL && about->handle.n > 0)
		line.ask = url_path(a, "/reports/side-door/{}", about->handle);
	return line;
}

static void fill_table(struct arena *a, const struct report_view *v, struct report_page *page)
{
	size_t shown = v->abouts != NULL && v->rows_n > REPORT_FACES ? REPORT_FACES : v->rows_n;
	struct report_head *heads = arena_many(a, v->columns_n, struct report_head);
	struct report_line *lines = arena_many(a, shown, struct report_line);
	for (size_t c = 0; c < v->columns_n; c++)
		heads[c] = (struct report_head){str_from(v->columns[c].title), v->columns[c].kind == PAPER_NUMBER};
	for (size_t i = 0; i < shown; i++)
		lines[i] = line_of(a, v, i);
	page->heads = heads;
	page->heads_n = v->columns_n;
	page->lines = lines;
	page->lines_n = shown;
	page->left_out = v->rows_n - shown;
	page->asks = v->report == &report_table[REPORT_SIDE_DOOR];
	page->own = v->abouts != NULL;
}

static struct str day_typed(struct arena *a, struct day d)
{
	char day[DAY_TEXT];
	return str_dup(a, str_from(day_text(d, day)));
}

err_t page_reports(struct request *rq, struct reply *out)
{
	struct report_ask ask;
	struct report_view view = {0};
	struct arena *a = rq->arena;
	err_t e = read_ask(rq, &ask);
	ask.faces = true;
	if (e == NULL)
		e = app_report(site_call(rq), &ask, &view);
	if (e != NULL && e->class != ERR_INVALID)
		return e;
	struct report_page page = {
		.layout = site_layout(rq, S("Reports"), ""),
		.view = &view,
		.error = e != NULL ? e->say : (struct str){0},
		.report = report_table[ask.report].word,
		.from = day_typed(a, e == NULL ? view.from : ask.from),
		.to = day_typed(a, e == NULL ? view.to : ask.to),
		.csv = url_query(a, address(a, URL("/reports/file"), &ask), "format", S("csv")),
		.xlsx = url_query(a, address(a, URL("/reports/file"), &ask), "format", S("xlsx")),
	};
	view.report = &report_table[ask.report];
	fill_tabs(rq, &ask, &page);
	if (view.regions_n > 0)
		fill_regions(a, &view, &ask, &page);
	if (e == NULL) {
		page.time = report_time_say(a, &view);
		fill_table(a, &view, &page);
	}
	t_reports(reply_html(out, e != NULL ? err_http_status(e->class) : 200), &page);
	return NULL;
}

/* Codes and counts alone, so it leaves as it is. */
err_t page_report_file(struct request *rq, struct reply *out)
{
	struct report_ask ask;
	struct report_view view;
	struct str file;
	char day[DAY_TEXT];
	struct arena *a = rq->arena;
	bool xlsx = form_choice(&rq->form, "format") == FORMAT_XLSX;
	TRY(read_ask(rq, &ask));
	TRY(app_report(site_call(rq), &ask, &view));
	struct str name = str_fmt(a, "byname-%.*s-%s.%s", STR_ARG(view.report->word), day_text(view.to, day),
				  formats[xlsx ? FORMAT_XLSX : FORMAT_CSV]);
	if (xlsx) {
		TRY(report_workbook(a, &view, &file));
		buf_str(reply_file(out, paper_format_media(PAPER_XLSX), name), file);
		return NULL;
	}
	struct buf text = buf_new(a, CSV_BYTES);
	report_csv(a, &text, &view);
	if (text.full)
		return err_new(a, ERR_INVALID, "That is more than a file of %d MiB holds. Choose fewer days.",
			       CSV_BYTES >> 20);
	buf_str(reply_file(out, "text/csv; charset=utf-8", name), buf_text(&text));
	return NULL;
}
