#include "web/page_policy.h"

#include "web/site.h"
#include "web/t_policy.h"
#include "web/t_standards.h"

static const struct form_field policy_fields[] = {
	{.name = "for", .label = "Kind", .kind = FIELD_TEXT, .max = 20},
	{.name = "set", .label = "Set", .kind = FIELD_INT, .least = 1, .most = 1000000},
};
const struct form_spec policy_form = FORM(policy_fields);

static const struct form_field draft_fields[] = {
	{.name = "text", .label = "The policy", .kind = FIELD_LINES, .required = true, .max = POLICY_TEXT_MAX},
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = 40},
	{.name = "from", .label = "From which day", .kind = FIELD_DAY},
	{.name = "for", .label = "Kind", .kind = FIELD_TEXT, .max = 20},
};
const struct form_spec policy_draft_form = FORM(draft_fields);

static err_t kind_of(const struct request *rq, enum policy_kind *out)
{
	struct str word = form_text(&rq->form, "for");
	*out = POLICY_LIST;
	if (word.n > 0 && !policy_kind_parse(word, out))
		return err_new(rq->arena, ERR_MISSING, "There is no policy for that; choose one from the page's head.");
	return NULL;
}

static struct str capital(struct arena *a, const char *say)
{
	return str_fmt(a, "%c%s", say[0] - 'a' + 'A', say + 1);
}

const struct option_view *page_policy_kinds(struct arena *a, enum policy_kind chosen)
{
	struct option_view *options = arena_many(a, POLICY_KINDS_N, struct option_view);
	for (int k = 0; k < POLICY_KINDS_N; k++)
		options[k] = (struct option_view){policy_kind_table[k].word, capital(a, policy_kind_table[k].say),
						  k == (int)chosen};
	return options;
}

static struct str holds_words(struct arena *a, const struct policy_view *v)
{
	char day[DAY_SAY];
	if (v->follows)
		return S("These openings follow the order of the list: no policy of their own has been set.");
	if (v->version == 0)
		return S("The program’s default: no policy has been set yet.");
	return str_fmt(a, "Version %d, in force since %s.", v->version, day_say_date(v->policy.from, day));
}

static const struct policy_version_line *version_lines(struct arena *a, const struct policy_view *v)
{
	struct policy_version_line *lines = arena_many(a, v->versions_n, struct policy_version_line);
	for (size_t i = 0; i < v->versions_n; i++) {
		const struct policy_version *version = &v->versions[i];
		lines[i].version = version;
		if (version->holds)
			lines[i].chip = (struct chip_view){S("in force"), TONE_GOOD};
		else if (version->comes)
			lines[i].chip = (struct chip_view){S("to come"), TONE_INFO};
	}
	return lines;
}

static err_t begin(struct request *rq, enum policy_kind kind, struct policy_page *page)
{
	struct arena *a = rq->arena;
	struct policy_view *view = arena_one(a, struct policy_view);
	TRY(app_policy(site_call(rq), kind, view));
	*page = (struct policy_page){
		.layout = site_layout(rq, S("Policy"), "page--aside"),
		.policy = view,
		.name = str_from(view->policy.name),
		.holds = holds_words(a, view),
		.csrf = rq->csrf,
		.here = url_path(a, "/policy?for={}", policy_kind_table[kind].word),
		.published = url_path(a, "/standards?for={}", policy_kind_table[kind].word),
		.kinds = page_policy_kinds(a, kind),
		.kinds_n = POLICY_KINDS_N,
		.versions = version_lines(a, view),
		.versions_n = view->versions_n,
		.text = view->text,
	};
	return NULL;
}

err_t page_policy(struct request *rq, struct reply *out)
{
	struct policy_page page;
	enum policy_kind kind;
	TRY(kind_of(rq, &kind));
	TRY(begin(rq, kind, &page));
	int64_t set = form_int(&rq->form, "set", 0);
	if (set > 0)
		page.done = str_fmt(rq->arena, "Version %lld is set.", (long long)set);
	t_policy(reply_html(out, 200), &page);
	return NULL;
}

err_t page_standards(struct request *rq, struct reply *out)
{
	struct policy_page page;
	enum policy_kind kind;
	TRY(kind_of(rq, &kind));
	TRY(begin(rq, kind, &page));
	page.layout = site_layout(rq, page.name, "page--narrow");
	t_standards(reply_html(out, 200), &page);
	return NULL;
}

static void add_faults(struct arena *a, const struct policy_faults *faults, struct policy_page *page)
{
	struct fault_line *lines = arena_many(a, faults->n, struct fault_line);
	for (size_t i = 0; i < faults->n; i++) {
		const struct policy_fault *f = &faults->of[i];
		lines[i].where = f->line > 0 ? str_fmt(a, "Line %d", f->line) : S("The whole");
		lines[i].say = f->say;
	}
	page->faults = lines;
	page->faults_n = faults->n;
}

/* The page with what was typed, whatever became of it. */
static err_t begin_draft(struct request *rq, struct policy_page *page)
{
	enum policy_kind kind;
	struct policy p;
	struct policy_faults faults;
	struct str text = form_value(&rq->form, "text")->text;
	TRY(kind_of(rq, &kind));
	if (policy_read(rq->arena, text, &p, &faults))
		kind = p.kind;
	TRY(begin(rq, kind, page));
	page->text = text;
	page->from = form_value(&rq->form, "from")->text;
	page->editing = true;
	return NULL;
}

static struct chip_view moved_chip(struct arena *a, const struct try_row *row)
{
	int by = row->was - row->place;
	if (by == 0)
		return (struct chip_view){S("as before"), TONE_IDLE};
	if (by > 0)
		return (struct chip_view){str_fmt(a, "up %d", by), TONE_GOOD};
	return (struct chip_view){str_fmt(a, "down %d", -by), TONE_WARN};
}

static void add_lines(struct arena *a, const struct policy_try_view *v, struct try_page *page)
{
	struct try_line *lines = arena_many(a, v->rows_n, struct try_line);
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct household_face *face = &v->rows[i].face;
		lines[i] = (struct try_line){
			.row = &v->rows[i],
			.called = face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code)),
			.href = url_path(a, "/household/{}", face->id),
			.moved = moved_chip(a, &v->rows[i]),
		};
	}
	page->lines = lines;
	page->lines_n = v->rows_n;
}

static void add_parts(struct arena *a, const struct policy_try_view *v, struct try_page *page)
{
	struct try_part *parts = arena_many(a, v->tables_n, struct try_part);
	for (size_t t = 0; t < v->tables_n; t++) {
		const struct try_table *table = &v->tables[t];
		struct try_cells *groups = arena_many(a, table->groups_n, struct try_cells);
		for (size_t g = 0; g < table->groups_n; g++) {
			groups[g].say = table->groups[g].say;
			for (int c = 0; c < TRY_COUNTS_N; c++) {
				const struct try_cell *cell = &table->groups[g].cells[c];
				groups[g].cells[c] =
					cell->hidden ? S("hidden") : str_fmt(a, "%lld", (long long)cell->n);
			}
		}
		parts[t] = (struct try_part){table->title, groups, table->groups_n};
	}
	page->parts = parts;
	page->parts_n = v->tables_n;
}

static const struct try_page *try_page_of(struct arena *a, const struct policy_try_view *v)
{
	struct try_page *page = arena_one(a, struct try_page);
	const struct {
		int n;
		const char *say;
	} tiles[] = {
		{v->households, "households"},
		{v->up, "move up"},
		{v->down, "move down"},
		{v->households - v->up - v->down, "stay"},
		{v->new_first, "new among the first ten"},
	};
	struct tile_view *views = arena_many(a, sizeof tiles / sizeof *tiles, struct tile_view);
	for (size_t i = 0; i < sizeof tiles / sizeof *tiles; i++)
		views[i] = (struct tile_view){str_fmt(a, "%d", tiles[i].n), str_from(tiles[i].say)};
	page->view = v;
	/* Counts of one region may be small: they are for who sees its households. */
	if (!v->traits)
		page->tiles = (struct tiles_view){.tiles = views, .tiles_n = sizeof tiles / sizeof *tiles};
	add_lines(a, v, page);
	add_parts(a, v, page);
	return page;
}

err_t page_policy_try(struct request *rq, struct reply *out)
{
	struct policy_page page;
	struct policy_try_view *view = arena_one(rq->arena, struct policy_try_view);
	TRY(begin_draft(rq, &page));
	err_t e = app_policy_try(site_call(rq), page.text, form_text(&rq->form, "region"), view);
	if (e != NULL)
		return e;
	if (!view->read) {
		page.error = S("The draft cannot be read yet. Nothing was changed.");
		add_faults(rq->arena, &view->faults, &page);
		t_policy(reply_html(out, 422), &page);
		return NULL;
	}
	page.drafted = true;
	page.trying = try_page_of(rq->arena, view);
	t_policy(reply_html(out, 200), &page);
	return NULL;
}

err_t page_policy_set(struct request *rq, struct reply *out)
{
	struct policy_faults faults = {.n = 0};
	struct policy_set set;
	err_t e = form_ok(&rq->form) ? NULL : err_new(rq->arena, ERR_INVALID, "Say from which day, as a date.");
	if (e == NULL)
		e = app_policy_set(site_call(rq), form_value(&rq->form, "text")->text, form_day(&rq->form, "from"),
				   &faults, &set);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e == NULL) {
		reply_redirect(out, str_fmt(rq->arena, "/policy?for=%.*s&set=%d",
					    STR_ARG(policy_kind_table[set.kind].word), set.version));
		return NULL;
	}
	struct policy_page page;
	TRY(begin_draft(rq, &page));
	page.error = faults.n > 0 ? S("The policy cannot be read. Nothing was changed.") : e->say;
	add_faults(rq->arena, &faults, &page);
	t_policy(reply_html(out, err_http_status(e->class)), &page);
	return NULL;
}
