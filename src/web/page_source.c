#include "web/page_source.h"

#include "base/limit.h"
#include "web/site.h"
#include "web/t_source_draft.h"
#include "web/t_sources.h"

static const char *const kinds[] = {"named", "coded", NULL};
static const struct form_field source_form_fields[] = {
	{.name = "name", .label = "Name of the list", .kind = FIELD_TEXT, .required = true, .max = 80},
	{.name = "kind", .label = "What it holds", .kind = FIELD_CHOICE, .required = true, .choices = kinds},
	{.name = "agency", .label = "Whose list it is", .kind = FIELD_TEXT, .max = 64},
	{.name = "region", .label = "On which region's list", .kind = FIELD_TEXT, .max = 64},
	{.name = "stated", .label = "The people on it agreed to be on the by-name list", .kind = FIELD_CHECK},
};
const struct form_spec source_form = FORM(source_form_fields);

static const struct form_field file_fields[] = {
	{.name = "file", .label = "File", .kind = FIELD_FILE, .required = true},
	{.name = "tab", .label = "Sheet", .kind = FIELD_TEXT, .max = 100},
};
const struct form_spec source_file_form = FORM(file_fields);

#define X(name, word, say) word,
static const char *const orders[] = {SHEET_ORDERS(X) NULL};
#undef X
#define X(name, word, say) say,
static const char *const order_says[] = {SHEET_ORDERS(X)};
#undef X

static const struct form_field map_fields[] = {
	{.name = "order", .label = "How dates are written", .kind = FIELD_CHOICE, .required = true, .choices = orders},
	{.name = "column", .label = "Columns", .kind = FIELD_MANY, .max = 40},
	{.name = "word", .label = "Words", .kind = FIELD_MANY, .max = 300},
};
const struct form_spec source_map_form = FORM(map_fields);

/* --- all lists --- */

static void build_form(struct request *rq, const struct source_list *list, bool again, struct sources_page *page)
{
	static const char *const hints[] = {
		"As people call it: \"Winter shelter, paper\".",
		"A victim service provider's list holds codes and bands alone; a column of names is refused.",
		"The agency that serves these people sees their names. A coded list needs its victim service provider.",
		"Its people come on this list.",
		"You state it for everybody on the list, now and with every later file.",
	};
	struct arena *a = rq->arena;
	enum { N = sizeof source_form_fields / sizeof *source_form_fields };
	struct field_view *fields = arena_many(a, N, struct field_view);
	enum { NAME, KIND, AGENCY, REGION };
	for (size_t i = 0; i < N; i++) {
		const struct form_field *f = &source_form_fields[i];
		const struct form_value *v = again ? form_value(&rq->form, f->name) : NULL;
		fields[i] = (struct field_view){
			.kind = f->kind == FIELD_CHECK ? INPUT_CHECK
				: i == NAME            ? INPUT_LINE
						       : INPUT_CHOICE,
			.name = str_from(f->name),
			.label = str_from(f->label),
			.hint = str_from(hints[i]),
			.required = f->required,
			.max = f->max,
			.value = f->kind == FIELD_CHECK ? S("on")
				 : v != NULL            ? v->text
							: (struct str){0},
			.checked = f->kind == FIELD_CHECK && v != NULL && v->given,
			.error = v != NULL ? v->error : (struct str){0},
		};
	}
	struct option_view *kind = arena_many(a, 2, struct option_view);
	kind[0] = (struct option_view){S("named"), S("People by name"), str_eq(fields[KIND].value, S("named"))};
	kind[1] = (struct option_view){S("coded"), S("Codes of a victim service provider"),
				       str_eq(fields[KIND].value, S("coded"))};
	fields[KIND].options = kind;
	fields[KIND].options_n = 2;
	struct option_view *agencies = arena_many(a, list->agencies_n + 1, struct option_view);
	agencies[0] = (struct option_view){(struct str){0}, S("No agency's"), false};
	for (size_t i = 0; i < list->agencies_n; i++)
		agencies[i + 1] = (struct option_view){
			list->agencies[i].id,
			str_fmt(a, "%.*s%s", STR_ARG(list->agencies[i].name),
				list->agencies[i].victim ? " (victim service provider)" : ""),
			str_eq(list->agencies[i].id, fields[AGENCY].value),
		};
	fields[AGENCY].options = agencies;
	fields[AGENCY].options_n = list->agencies_n + 1;
	struct option_view *regions = arena_many(a, list->regions_n, struct option_view);
	for (size_t i = 0; i < list->regions_n; i++)
		regions[i] = (struct option_view){list->regions[i].id, list->regions[i].name,
						  str_eq(list->regions[i].id, fields[REGION].value)};
	fields[REGION].options = regions;
	fields[REGION].options_n = list->regions_n;
	page->fields = fields;
	page->fields_n = N;
	if (list->regions_n > 1)
		return;
	/* There is nothing to choose. */
	for (size_t i = REGION; i + 1 < N; i++)
		fields[i] = fields[i + 1];
	page->fields_n = N - 1;
}

static err_t show_all(struct request *rq, int status, bool again, struct str error, struct str done, struct reply *out)
{
	struct arena *a = rq->arena;
	struct source_list list;
	TRY(app_sources(site_call(rq), &list));
	struct source_line_view *lines = arena_many(a, list.sources_n, struct source_line_view);
	for (size_t i = 0; i < list.sources_n; i++) {
		const struct source_line *s = &list.sources[i];
		lines[i] = (struct source_line_view){
			.name = s->name,
			.what = str_fmt(a, "%.*s%s%s%s%.*s", STR_ARG(list.regions_n > 1 ? s->region : S("")),
					list.regions_n > 1 ? " · " : "", s->coded ? "codes" : "names",
					s->agency.n > 0 ? " · " : "", STR_ARG(s->agency)),
			.people = s->people,
			.absent = s->absent,
			.last = say_day(instant_known(s->last) ? instant_day(s->last) : DAY_NONE),
			.file = url_path(a, "/sources/{}/file", s->id),
			.paper = url_path(a, "/sources/{}/paper", s->id),
			.key = str_fmt(a, "%zu", i),
		};
	}
	struct draft_line_view *drafts = arena_many(a, list.drafts_n, struct draft_line_view);
	for (size_t i = 0; i < list.drafts_n; i++)
		drafts[i] = (struct draft_line_view){
			.source = list.drafts[i].source,
			.made = say_day(instant_day(list.drafts[i].made)),
			.href = url_path(a, "/sources/draft/{}", list.drafts[i].id),
		};
	struct sources_page page = {
		.layout = site_layout(rq, S("Other lists"), ""),
		.csrf = rq->csrf,
		.error = error,
		.done = done,
		.regions = list.regions_n == 1 ? list.regions[0].name : S("All regions"),
		.lines = lines,
		.lines_n = list.sources_n,
		.drafts = drafts,
		.drafts_n = list.drafts_n,
	};
	build_form(rq, &list, again, &page);
	t_sources(reply_html(out, status), &page);
	return NULL;
}

err_t page_sources_show(struct request *rq, int status, struct str error, struct str done, struct reply *out)
{
	return show_all(rq, status, false, error, done, out);
}

err_t page_sources(struct request *rq, struct reply *out)
{
	return show_all(rq, 200, false, (struct str){0}, (struct str){0}, out);
}

err_t page_source_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id;
	if (!form_ok(f))
		return show_all(rq, 422, true, S("Something is missing or cannot be read; see below."), (struct str){0},
				out);
	struct source_new s = {
		.name = form_text(f, "name"),
		.coded = form_choice(f, "kind") == 1,
		.agency_id = form_text(f, "agency"),
		.region_id = form_text(f, "region"),
		.stated = form_checked(f, "stated"),
	};
	err_t e = app_source_add(site_call(rq), &s, &id);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show_all(rq, err_http_status(e->class), true, e->say, (struct str){0}, out);
	reply_redirect(out, S("/sources"));
	return NULL;
}

err_t page_source_file(struct request *rq, struct reply *out)
{
	struct upload *file = form_upload(&rq->form, "file");
	struct str draft;
	if (!form_ok(&rq->form) || file == NULL)
		return show_all(rq, 422, false, S("Please choose a spreadsheet (.xlsx) or a table as text (.csv)."),
				(struct str){0}, out);
	err_t e = app_source_draft(site_call(rq), request_param(rq, "id"), str_c(rq->arena, file->path),
				   form_text(&rq->form, "tab"), &draft);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show_all(rq, err_http_status(e->class), false, e->say, (struct str){0}, out);
	reply_redirect(out, str_fmt(rq->arena, "/sources/draft/%.*s", STR_ARG(draft)));
	return NULL;
}

/* --- the file that waits --- */

static void build_columns(struct arena *a, const struct source_look *look, struct source_draft_page *page)
{
	unsigned kind = look->coded ? SOURCE_CODED : SOURCE_NAMED;
	struct source_column_line *lines = arena_many(a, look->columns_n, struct source_column_line);
	for (size_t i = 0; i < look->columns_n; i++) {
		const struct source_column_view *c = &look->columns[i];
		struct source_choice_view *choices = arena_many(a, SOURCE_FIELDS_N + 1, struct source_choice_view);
		struct buf samples = buf_new(a, 1024);
		size_t n = 0;
		choices[n++] = (struct source_choice_view){str_fmt(a, "%zu=", c->at), S("not loaded"),
							   c->field == SOURCE_FIELDS_N};
		for (enum source_field f = 0; f < SOURCE_FIELDS_N; f++)
			if (source_fields[f].kinds & kind)
				choices[n++] = (struct source_choice_view){
					str_fmt(a, "%zu=%.*s", c->at, STR_ARG(source_fields[f].word)),
					str_from(source_fields[f].say), c->field == f};
		for (size_t k = 0; k < c->samples_n; k++)
			buf_fmt(&samples, "%s%.*s", k > 0 ? " · " : "", STR_ARG(c->samples[k]));
		lines[page->columns_n++] = (struct source_column_line){
			.header = c->header,
			.samples = buf_text(&samples),
			.key = str_fmt(a, "%zu", c->at),
			.chip = c->remembered                 ? (struct chip_view){S("remembered"), TONE_GOOD}
				: c->field != SOURCE_FIELDS_N ? (struct chip_view){S("a guess"), TONE_WARN}
							      : (struct chip_view){(struct str){0}, TONE_IDLE},
			.choices = choices,
			.choices_n = n,
		};
	}
	page->columns = lines;
}

static void build_words(struct arena *a, const struct source_look *look, struct source_draft_page *page)
{
	struct source_word_line *lines = arena_many(a, look->words_n, struct source_word_line);
	for (size_t i = 0; i < look->words_n; i++) {
		const struct source_word_view *w = &look->words[i];
		size_t n;
		const struct source_choice *meanings = source_choices(w->field, &n);
		struct source_choice_view *choices = arena_many(a, n + 1, struct source_choice_view);
		struct str field = source_fields[w->field].word;
		choices[0] = (struct source_choice_view){str_fmt(a, "%.*s==%.*s", STR_ARG(field), STR_ARG(w->word)),
							 S("left out"), !w->known || w->code < 0};
		for (size_t k = 0; k < n; k++)
			choices[k + 1] = (struct source_choice_view){
				str_fmt(a, "%.*s=%d=%.*s", STR_ARG(field), meanings[k].code, STR_ARG(w->word)),
				str_from(meanings[k].say), w->known && w->code == meanings[k].code};
		lines[i] = (struct source_word_line){
			.field = str_from(source_fields[w->field].say),
			.word = w->word,
			.key = str_fmt(a, "%zu", i),
			.rows = w->rows,
			.choices = choices,
			.choices_n = n + 1,
		};
	}
	page->words = lines;
	page->words_n = look->words_n;
}

static void build_rows(struct arena *a, const struct source_look *look, struct source_draft_page *page)
{
	struct source_row_line *rows = arena_many(a, look->rows_n, struct source_row_line);
	struct source_row_line *asides = arena_many(a, look->asides_n, struct source_row_line);
	for (size_t i = 0; i < look->rows_n; i++)
		rows[i] = (struct source_row_line){look->rows[i].line, look->rows[i].who, look->rows[i].what};
	for (size_t i = 0; i < look->asides_n; i++)
		asides[i] = (struct source_row_line){look->asides[i].line, (struct str){0},
						     str_from(source_problem_say(look->asides[i].problem))};
	page->rows = rows;
	page->rows_n = look->rows_n;
	page->asides = asides;
	page->asides_n = look->asides_n;
	const struct {
		int64_t n;
		const char *label;
	} counts[] = {
		{look->counts.added, "New"},           {look->counts.changed, "Changed"},
		{look->counts.unchanged, "As before"}, {look->counts.absent, "Not in this file: flagged, kept"},
		{look->counts.aside, "Set aside"},     {look->counts.blanked, "Values left out"},
	};
	enum { N = sizeof counts / sizeof *counts };
	struct tile_view *tiles = arena_many(a, N, struct tile_view);
	for (size_t i = 0; i < N; i++)
		tiles[i] = (struct tile_view){str_fmt(a, "%lld", (long long)counts[i].n), str_from(counts[i].label)};
	page->tiles = (struct tiles_view){.tiles = tiles, .tiles_n = N, .joined = true};
}

static err_t show_draft(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct source_look *look = arena_one(a, struct source_look);
	TRY(app_source_look(site_call(rq), id, look));
	struct source_choice_view *order = arena_many(a, SHEET_ORDERS_N, struct source_choice_view);
	for (int i = 0; i < SHEET_ORDERS_N; i++)
		order[i] = (struct source_choice_view){str_from(orders[i]), str_from(order_says[i]),
						       look->order == (enum sheet_order)i};
	struct source_draft_page page = {
		.layout = site_layout(rq, look->source, ""),
		.csrf = rq->csrf,
		.error = error,
		.source = look->source,
		.coded = look->coded,
		.look = look,
		.orders = order,
		.orders_n = SHEET_ORDERS_N,
		.map = url_path(a, "/sources/draft/{}/map", id),
		.load = url_path(a, "/sources/draft/{}/load", id),
		.discard = url_path(a, "/sources/draft/{}/discard", id),
	};
	build_columns(a, look, &page);
	build_words(a, look, &page);
	build_rows(a, look, &page);
	t_source_draft(reply_html(out, status), &page);
	return NULL;
}

err_t page_source_draft(struct request *rq, struct reply *out)
{
	return show_draft(rq, 200, (struct str){0}, out);
}

static err_t again(struct request *rq, err_t e, struct reply *out)
{
	if (e->class == ERR_INTERNAL || e->class == ERR_MISSING || e->class == ERR_DENIED)
		return e;
	return show_draft(rq, err_http_status(e->class), e->say, out);
}

static err_t back_to(struct request *rq, struct reply *out)
{
	reply_redirect(out, str_fmt(rq->arena, "/sources/draft/%.*s", STR_ARG(request_param(rq, "id"))));
	return NULL;
}

static struct str *copied(struct arena *a, const struct str *from, size_t n)
{
	struct str *to = arena_many(a, n, struct str);
	for (size_t i = 0; i < n; i++)
		to[i] = from[i];
	return to;
}

err_t page_source_map(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show_draft(rq, 422, S("Say how dates are written, and what each column is."), out);
	struct source_mapping_new m = {.order = (enum sheet_order)form_choice(f, "order")};
	const struct str *columns = form_many(f, "column", &m.columns_n);
	const struct str *words = form_many(f, "word", &m.words_n);
	m.columns = copied(rq->arena, columns, m.columns_n);
	m.words = copied(rq->arena, words, m.words_n);
	err_t e = app_source_map(site_call(rq), request_param(rq, "id"), &m);
	return e != NULL ? again(rq, e, out) : back_to(rq, out);
}

err_t page_source_load(struct request *rq, struct reply *out)
{
	struct source_counts n;
	err_t e = app_source_load(site_call(rq), request_param(rq, "id"), &n);
	if (e != NULL)
		return again(rq, e, out);
	return show_all(
		rq, 200, false, (struct str){0},
		str_fmt(rq->arena,
			"It is on the list: %lld new, %lld changed, %lld as before, %lld flagged as not in this "
			"file, %lld rows set aside.",
			(long long)n.added, (long long)n.changed, (long long)n.unchanged, (long long)n.absent,
			(long long)n.aside),
		out);
}

err_t page_source_discard(struct request *rq, struct reply *out)
{
	TRY(app_source_discard(site_call(rq), request_param(rq, "id")));
	reply_redirect(out, S("/sources"));
	return NULL;
}
