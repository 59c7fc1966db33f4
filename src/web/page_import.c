#include "web/page_import.h"

#include "web/site.h"
#include "web/t_flags.h"
#include "web/t_import.h"
#include "web/t_import_progress.h"

enum { IMPORTS_SHOWN = 20, FLAGS_SHOWN = 100 };

static const struct form_field import_fields[] = {
	{.name = "export", .label = "HMIS export", .kind = FIELD_FILE, .required = true},
};
const struct form_spec import_form = FORM(import_fields);

static const char *const decisions[] = {"apply", "discard", NULL};
static const struct form_field decide_fields[] = {
	{.name = "no", .label = "Import", .kind = FIELD_INT, .required = true, .least = 1, .most = INT32_MAX},
	{.name = "what", .label = "Decision", .kind = FIELD_CHOICE, .required = true, .choices = decisions},
};
const struct form_spec import_decide_form = FORM(decide_fields);

static const struct form_field flags_fields[] = {
	{.name = "after", .label = "Page", .kind = FIELD_INT, .least = 0, .most = INT32_MAX},
};
const struct form_spec flags_form = FORM(flags_fields);

static struct chip_view state_chip(struct str state)
{
	if (str_eq(state, S("applied")))
		return (struct chip_view){state, TONE_GOOD};
	if (str_eq(state, S("staged")))
		return (struct chip_view){S("waits for you"), TONE_WARN};
	return (struct chip_view){state, TONE_IDLE};
}

static void build_preview(struct arena *a, const struct import_view *v, struct import_page *page)
{
	const struct import_count_view counts[] = {
#define X(name, say) {S(say), v->clients.name, v->enrollments.name},
		IMPORT_COUNTS(X)
#undef X
	};
	enum { N = sizeof counts / sizeof *counts };
	struct import_count_view *kept = arena_many(a, N, struct import_count_view);
	for (size_t i = 0; i < N; i++)
		kept[i] = counts[i];
	struct import_file_view *files = arena_many(a, v->files_n, struct import_file_view);
	for (size_t i = 0; i < v->files_n; i++)
		files[i] =
			(struct import_file_view){v->files[i].name, v->files[i].counts.rows, v->files[i].counts.aside,
						  v->files[i].counts.blanked, v->files[i].counts.refused};
	page->waits = v;
	page->counts = kept;
	page->counts_n = N;
	page->files = files;
	page->files_n = v->files_n;
}

static void fill_run(struct request *rq, struct import_page *page)
{
	page->run = app_import_run_state(rq->arena, site_call(rq)->app->imports);
	page->meter = (struct meter_view){
		.label = page->run.phase.n > 0 ? page->run.phase : S("Starting"),
		.value = page->run.total > 0 ? (int)(page->run.done * 1000 / page->run.total) : 0,
		.max = 1000,
		.tone = TONE_INFO,
	};
	if (page->error.n == 0)
		page->error = page->run.error;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct import_view *views;
	size_t n;
	int64_t waits;
	struct import_page page = {.layout = site_layout(rq, S("Import"), ""), .csrf = rq->csrf, .error = error};
	TRY(app_imports(site_call(rq), IMPORTS_SHOWN, &views, &n, &waits));
	struct import_line_view *lines = arena_many(a, n, struct import_line_view);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct import_line_view){
			.no = views[i].no,
			.begun = say_day(instant_day(views[i].begun_at)),
			.source = views[i].source,
			.state = state_chip(views[i].state),
			.households = views[i].households_after,
			.aside = views[i].rows_aside,
		};
	page.lines = lines;
	page.lines_n = n;
	fill_run(rq, &page);
	struct import_view waiting;
	if (waits > 0 && !page.run.running) {
		TRY(app_import_get(site_call(rq), waits, &waiting));
		build_preview(a, &waiting, &page);
	}
	t_import(reply_html(out, status), &page);
	return NULL;
}

err_t page_import(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

/* The bar alone, asked for every second while an import is at work. */
err_t page_import_progress(struct request *rq, struct reply *out)
{
	struct import_page page = {.csrf = rq->csrf};
	fill_run(rq, &page);
	if (page.run.running)
		t_import_progress(reply_html(out, 200), &page);
	else
		reply_redirect(out, S("/import"));
	return NULL;
}

err_t page_import_post(struct request *rq, struct reply *out)
{
	struct upload *file = form_upload(&rq->form, "export");
	if (!form_ok(&rq->form) || file == NULL)
		return show(rq, 422, S("Please choose the zip file of an HMIS CSV export."), out);
	struct str path = file->path;
	err_t e = app_import_run_stage(site_call(rq), site_call(rq)->app->imports, path, upload_take(file));
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, S("/import"));
	return NULL;
}

err_t page_import_decide(struct request *rq, struct reply *out)
{
	struct call *c = site_call(rq);
	if (!form_ok(&rq->form))
		return show(rq, 422, S("Please choose one of the two buttons."), out);
	int64_t no = form_int(&rq->form, "no", 0);
	err_t e = form_choice(&rq->form, "what") == 0 ? app_import_run_apply(c, c->app->imports, no)
						      : app_import_run_abandon(c, c->app->imports, no);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, S("/import"));
	return NULL;
}

static err_t fill_gone(struct request *rq, struct flags_page *page)
{
	struct arena *a = rq->arena;
	struct gone_view *gone = arena_one(a, struct gone_view);
	TRY(app_gone(site_call(rq), gone));
	struct gone_line_view *lines = arena_many(a, gone->lines_n, struct gone_line_view);
	for (size_t i = 0; i < gone->lines_n; i++)
		lines[i] = (struct gone_line_view){&gone->lines[i],
						   url_path(a, "/household/{}#decide", gone->lines[i].face.id)};
	page->gone = lines;
	page->gone_n = gone->lines_n;
	if (gone->total > gone->lines_n)
		page->gone_more = str_fmt(a, "%zu of %zu are shown; the others follow.", gone->lines_n, gone->total);
	return NULL;
}

err_t page_flags(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct import_flag *flags;
	size_t n;
	int64_t after = form_int(&rq->form, "after", 0);
	TRY(app_import_flags(site_call(rq), 0, after, FLAGS_SHOWN, &flags, &n));
	struct flag_line_view *lines = arena_many(a, n, struct flag_line_view);
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct flag_line_view){
			.file = flags[i].file,
			.line = flags[i].line,
			.done = flags[i].aside ? (struct chip_view){S("row set aside"), TONE_WARN}
					       : (struct chip_view){S("value left out"), TONE_IDLE},
			.sentence = flags[i].sentence,
		};
	struct flags_page page = {
		.layout = site_layout(rq, S("Set aside by the last import"), ""),
		.flags = lines,
		.flags_n = n,
	};
	if (after == 0)
		TRY(fill_gone(rq, &page));
	if (n == FLAGS_SHOWN) {
		page.pager.has_next = true;
		page.pager.next = url_query(a, url_path_parts(a, "/flags/import", NULL, 0), "after",
					    str_fmt(a, "%lld", (long long)flags[n - 1].no));
	}
	t_flags(reply_html(out, 200), &page);
	return NULL;
}
