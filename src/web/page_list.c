/* The by-name list. */
#include "web/page_list.h"

#include <string.h>

#include "app/region_move.h"
#include "base/limit.h"
#include "web/page_policy.h"
#include "web/site.h"
#include "web/t_list.h"

enum { FIND_MAX = 100, SORT_MAX = 300, COLUMNS_MAX = 2000 };

static const struct form_field list_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = 40},
	{.name = "lane", .label = "Lane", .kind = FIELD_TEXT, .max = 20},
	{.name = "opening", .label = "Order of", .kind = FIELD_TEXT, .max = 20},
	{.name = "where", .label = "Filter", .kind = FIELD_TEXT, .max = FILTER_TEXT_MAX},
	{.name = "add", .label = "Filter", .kind = FIELD_MANY, .max = 100},
	{.name = "number", .label = "Number", .kind = FIELD_TEXT, .max = 20},
	{.name = "number_sign", .label = "Number", .kind = FIELD_TEXT, .max = 10},
	{.name = "number_value", .label = "Number", .kind = FIELD_TEXT, .max = 10},
	{.name = "day", .label = "Day", .kind = FIELD_TEXT, .max = 20},
	{.name = "day_sign", .label = "Day", .kind = FIELD_TEXT, .max = 10},
	{.name = "day_value", .label = "Day", .kind = FIELD_TEXT, .max = 10},
	{.name = "sort", .label = "Order", .kind = FIELD_TEXT, .max = SORT_MAX},
	{.name = "order", .label = "Order", .kind = FIELD_MANY, .max = 100},
	{.name = "columns", .label = "Columns", .kind = FIELD_TEXT, .max = COLUMNS_MAX},
	{.name = "column", .label = "Columns", .kind = FIELD_MANY, .max = 100},
	{.name = "saved", .label = "View", .kind = FIELD_TEXT, .max = 40},
	{.name = "as_of", .label = "As of", .kind = FIELD_DAY},
	{.name = "page", .label = "Page", .kind = FIELD_INT, .least = 1, .most = 1000000},
	{.name = "find", .label = "Find", .kind = FIELD_TEXT, .max = FIND_MAX},
	{.name = "chosen", .label = "Household", .kind = FIELD_TEXT, .max = 40},
};
const struct form_spec list_form = FORM(list_fields);

static const struct form_field save_fields[] = {
	{.name = "name", .label = "Name", .kind = FIELD_PRIVATE, .required = true, .max = LIST_SAVED_NAME_MAX},
	{.name = "where", .label = "Filter", .kind = FIELD_TEXT, .max = FILTER_TEXT_MAX},
	{.name = "sort", .label = "Order", .kind = FIELD_TEXT, .max = SORT_MAX},
	{.name = "columns", .label = "Columns", .kind = FIELD_TEXT, .max = COLUMNS_MAX},
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = 40},
	{.name = "share", .label = "Share", .kind = FIELD_CHECK},
	{.name = "begins", .label = "Begin with it", .kind = FIELD_CHECK},
};
const struct form_spec list_save_form = FORM(save_fields);

static const struct form_field saved_fields[] = {
	{.name = "saved", .label = "View", .kind = FIELD_TEXT, .max = 40},
};
const struct form_spec list_saved_form = FORM(saved_fields);

static struct str joined(struct arena *a, const struct form *f, const char *name)
{
	size_t n;
	const struct str *many = form_many(f, name, &n);
	struct buf out = buf_new(a, COLUMNS_MAX + 1);
	for (size_t i = 0; i < n; i++)
		if (many[i].n > 0)
			buf_fmt(&out, "%s%.*s", out.n > 0 ? "," : "", STR_ARG(many[i]));
	return buf_text(&out);
}

/* What the panel of filters adds, in the filter's own words. */
static struct str where_of(struct arena *a, const struct form *f)
{
	struct buf out = buf_new(a, 2 * FILTER_TEXT_MAX);
	size_t n;
	const struct str *add = form_many(f, "add", &n);
	buf_str(&out, form_text(f, "where"));
	for (size_t i = 0; i < n; i++)
		if (add[i].n > 0)
			buf_fmt(&out, " %.*s", STR_ARG(add[i]));
	struct str number = form_text(f, "number_value");
	if (number.n > 0)
		buf_fmt(&out, " %.*s%s%.*s", STR_ARG(form_text(f, "number")),
			str_eq(form_text(f, "number_sign"), S("most")) ? "<=" : ">=", STR_ARG(number));
	struct str days = form_text(f, "day_value");
	bool never = str_eq(form_text(f, "day_sign"), S("never"));
	if (never || days.n > 0)
		buf_fmt(&out, " %.*s%s", STR_ARG(form_text(f, "day")),
			never                                           ? ":unknown"
			: str_eq(form_text(f, "day_sign"), S("longer")) ? ">"
									: "<=");
	if (!never && days.n > 0)
		buf_fmt(&out, "%.*sd", STR_ARG(days));
	return str_trim(buf_text(&out));
}

/* Words that the address bar may hold and we do not know are left aside: the list is shown anyway. */
static struct list_query query_of(const struct request *rq)
{
	const struct form *f = &rq->form;
	struct arena *a = rq->arena;
	struct list_query q = {
		.region = form_text(f, "region"),
		.own = !form_value(f, "region")->given,
		.where = where_of(a, f),
		.sort = form_text(f, "sort"),
		.columns = form_text(f, "columns"),
		.saved = form_text(f, "saved"),
		.as_of = form_day(f, "as_of"),
		.page = (int)form_int(f, "page", 1),
		.find = form_text(f, "find"),
		.chosen = form_text(f, "chosen"),
	};
	struct str order = joined(a, f, "order");
	struct str columns = joined(a, f, "column");
	q.sort = order.n > 0 ? order : q.sort;
	q.columns = columns.n > 0 ? columns : q.columns;
	q.everywhere = str_eq(q.region, S("all"));
	if (q.everywhere || str_eq(q.region, S("none")))
		q.region = (struct str){0};
	for (int l = 0; l < LIST_LANES_N; l++)
		if (str_eq(form_text(f, "lane"), str_from(list_lane_word((enum list_lane)l))))
			q.lane = (enum list_lane)l;
	(void)policy_kind_parse(form_text(f, "opening"), &q.opening);
	return q;
}

static struct str region_word(const struct list_query *q)
{
	return q->everywhere ? S("all") : q->region.n > 0 ? q->region : S("none");
}

struct url list_address(struct arena *a, const struct list_query *q)
{
	char day[DAY_TEXT];
	struct url u = url_query(a, url_path_parts(a, "/list", NULL, 0), "region", region_word(q));
	bool saved = q->saved.n > 0 && !str_eq(q->saved, S("none"));
	if (q->lane != LIST_ACTIVE)
		u = url_query(a, u, "lane", str_from(list_lane_word(q->lane)));
	if (q->opening != POLICY_LIST)
		u = url_query(a, u, "opening", policy_kind_table[q->opening].word);
	if (q->saved.n > 0)
		u = url_query(a, u, "saved", q->saved);
	if (!saved && q->where.n > 0)
		u = url_query(a, u, "where", q->where);
	if (!saved && q->sort.n > 0)
		u = url_query(a, u, "sort", q->sort);
	if (!saved && q->columns.n > 0)
		u = url_query(a, u, "columns", q->columns);
	if (day_known(q->as_of))
		u = url_query(a, u, "as_of", str_from(day_text(q->as_of, day)));
	if (q->page > 1)
		u = url_query(a, u, "page", str_fmt(a, "%d", q->page));
	if (q->chosen.n > 0)
		u = url_query(a, u, "chosen", q->chosen);
	return u;
}

/* "9 Nov 2026": short, and never of a doubtful year. */
static const char *say_date(struct day d, char day[DAY_SAY])
{
	const char *text = day_say(d, day);
	return text + strcspn(text, " ") + 1;
}

static enum tone ready_tone(int percent)
{
	enum { NEARLY = 50 };
	return percent == 100 ? TONE_GOOD : percent >= NEARLY ? TONE_WARN : TONE_IDLE;
}

/* The CoC's own columns that are shown: numbers flush right, days as days are written. */
static void build_own(struct arena *a, const struct list_view *view, const struct list_line *line,
		      struct line_view *out)
{
	struct own_cell *cells = arena_many(a, view->own_n, struct own_cell);
	for (size_t i = 0; i < view->own_n; i++) {
		const struct list_own *own = &view->own[i];
		struct day d;
		char day[DAY_SAY];
		if (!own->shows)
			continue;
		struct own_cell *cell = &cells[out->own_n++];
		cell->style = list_own_style(own->column.kind);
		cell->text = line->own[i].n > 0 ? line->own[i] : S("–");
		if (own->column.kind == COLUMN_DATE && day_parse(line->own[i], &d))
			cell->text = str_fmt(a, "%s", say_date(d, day));
	}
	out->own = cells;
}

static void build_lines(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct line_view *lines = arena_many(a, view->lines_n, struct line_view);
	struct list_query plain = view->query;
	plain.chosen = (struct str){0};
	struct url here = list_address(a, &plain);
	for (size_t i = 0; i < view->lines_n; i++) {
		const struct list_line *line = &view->lines[i];
		lines[i] = (struct line_view){
			.line = line,
			.href = url_query(a, here, "chosen", line->face.id),
			.contact = {.tone = TONE_BAD},
			.step = {.tone = TONE_BAD},
		};
		if (line->readiness.of > 0)
			lines[i].ready = (struct chip_view){
				.text = str_fmt(a, "%d/%d", line->readiness.have, line->readiness.of),
				.tone = ready_tone(line->readiness.percent)};
		if (line->contact_overdue)
			lines[i].contact.text = line->contact;
		if (line->step_overdue)
			lines[i].step.text = S("overdue");
		char day[DAY_SAY];
		if (day_known(line->scored))
			lines[i].scored =
				str_fmt(a, "%s%s", line->score_old ? "old: " : "", say_date(line->scored, day));
		if (day_known(line->target))
			lines[i].target = str_fmt(a, "%s", say_date(line->target, day));
		if (day_known(line->step_due))
			lines[i].due = str_fmt(a, "by %s", day_say_short(line->step_due, day));
		lines[i].start = str_fmt(a, "%s", say_date(line->start, day));
		if (day_known(line->reviewed))
			lines[i].reviewed = str_fmt(a, "%s", say_date(line->reviewed, day));
		build_own(a, view, line, &lines[i]);
		if (line->flags > 0)
			lines[i].flags = str_fmt(a, "%d flag%s", line->flags, line->flags == 1 ? "" : "s");
	}
	page->lines = lines;
	page->lines_n = view->lines_n;
}

struct why_view page_why(struct arena *a, const struct list_panel *panel)
{
	const struct list_why *whys = panel->whys;
	size_t n = panel->whys_n;
	struct reason_view *reasons = arena_many(a, n, struct reason_view);
	for (size_t i = 0; i < n; i++)
		reasons[i] = (struct reason_view){
			.number = whys[i].place,
			.label = whys[i].key,
			.value = whys[i].value,
			.chip = {whys[i].effect, whys[i].decides ? TONE_GOOD : TONE_IDLE},
		};
	struct layer_view *layers = arena_many(a, LAYERS_N, struct layer_view);
	for (int l = 0; l < LAYERS_N; l++)
		layers[l] = (struct layer_view){layer_table[l], panel->layers[l]};
	return (struct why_view){
		.reasons = reasons,
		.reasons_n = n,
		.note = panel->sentence,
		.layers = layers,
		.layers_n = panel->layered ? LAYERS_N : 0,
	};
}

static void build_panel(struct arena *a, const struct list_view *view, struct list_page *page)
{
	if (view->panel == NULL)
		return;
	const struct list_panel *from = view->panel;
	struct panel_page *panel = arena_one(a, struct panel_page);
	*panel = (struct panel_page){
		.panel = from,
		.why = page_why(a, from),
		.page = url_path(a, "/household/{}", from->face.id),
	};
	page->panel = panel;
}

const struct review_line *page_reviews(struct arena *a, const struct review_row *rows, size_t n, struct str household)
{
	struct review_line *lines = arena_many(a, n, struct review_line);
	char day[DAY_SAY];
	for (size_t i = 0; i < n; i++) {
		const struct review_row *row = &rows[i];
		const struct household_face *face = &row->face;
		bool adjustment = row->kind == POLICY_LIST;
		struct str id = household.n > 0 ? household : face->id;
		lines[i] = (struct review_line){
			.href = adjustment ? url_path(a, "/household/{}/adjustment", id)
					   : url_path(a, "/household/{}/nomination", id),
			.called = face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code)),
			.say = adjustment ? str_fmt(a, "The adjustment was to be looked at again by %s.",
						    day_say_date(row->day, day))
					  : str_fmt(a, "The nomination for %s was to be looked at again by %s.",
						    policy_kind_table[row->kind].say, day_say_date(row->day, day)),
		};
	}
	return lines;
}

static void build_pager(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct list_query q = view->query;
	q.chosen = (struct str){0};
	if (view->total > 0)
		page->pager.said =
			str_fmt(a, "Rows %zu–%zu of %zu", view->first, view->first + view->lines_n - 1, view->total);
	page->pager.keys = true;
	q.page = view->query.page - 1;
	page->pager.has_previous = q.page >= 1;
	page->pager.previous = list_address(a, &q);
	q.page = view->query.page + 1;
	page->pager.has_next = view->first + view->lines_n <= view->total && view->lines_n == LIMIT_LIST_PAGE;
	page->pager.next = list_address(a, &q);
	page->empty = (struct empty_view){
		.title = S("Nobody here"),
		.text = view->query.find.n > 0 ? S("No household that you may see fits these words.")
					       : S("No household fits these filters."),
	};
}

/* Moves between regions that somebody waits for. */
static err_t build_moves(struct request *rq, struct list_page *page)
{
	struct region_moves_count n;
	TRY(app_region_moves_waiting(site_call(rq), &n));
	if (n.mine > 0)
		page->moves = str_fmt(rq->arena, "%d %s for your answer.", n.mine,
				      n.mine == 1 ? "move between regions waits" : "moves between regions wait");
	else if (n.theirs > 0)
		page->moves = str_fmt(rq->arena, "%d %s that you asked for %s for an answer.", n.theirs,
				      n.theirs == 1 ? "move between regions" : "moves between regions",
				      n.theirs == 1 ? "waits" : "wait");
	return NULL;
}

err_t page_list(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct list_query query = query_of(rq);
	struct list_view view;
	TRY(app_list(site_call(rq), &query, &view));
	/* What was posted without a name in it gets an address of its own, to go back to and to keep. */
	if (rq->route->method == METHOD_POST && view.query.find.n == 0 && view.wrong.n == 0) {
		reply_redirect(out, list_address(a, &view.query).s);
		return NULL;
	}
	char day[DAY_SAY];
	char as_of[DAY_TEXT];
	struct list_page page = {
		.layout = site_layout(rq, S("By-name list"), view.panel != NULL ? "page--aside" : ""),
		.list = &view,
		.region = region_word(&view.query),
		.lane = str_from(list_lane_word(view.query.lane)),
		.opening = policy_kind_table[view.query.opening].word,
		.title = view.query.opening == POLICY_LIST
				 ? S("By-name list")
				 : str_fmt(a, "For %s", policy_kind_table[view.query.opening].say),
		.orders_of = page_policy_kinds(a, view.query.opening),
		.orders_of_n = POLICY_KINDS_N,
		.standard = url_path(a, "/standards?for={}", policy_kind_table[view.query.opening].word),
		.as_of = str_dup(a, str_from(day_text(view.query.as_of, as_of))),
		.csrf = rq->csrf,
		.printed = str_fmt(a, "Printed %s by %.*s", day_say(rq->today, day), STR_ARG(rq->actor->name)),
		.open = view.wrong.n > 0,
	};
	list_build_head(a, &view, &page);
	build_lines(a, &view, &page);
	build_panel(a, &view, &page);
	build_pager(a, &view, &page);
	TRY(build_moves(rq, &page));
	page.reviews = page_reviews(a, view.reviews, view.reviews_n, (struct str){0});
	page.reviews_n = view.reviews_n;
	if (view.can_plan)
		page.plan = url_query(a, URL("/conferences"), "region", view.query.region);
	if (view.can_plan && view.query.where.n > 0 && view.wrong.n == 0)
		page.worklist = url_query(a, url_query(a, URL("/conferences/lists"), "region", view.query.region),
					  "where", view.query.where);
	t_list(reply_html(out, view.wrong.n > 0 ? 422 : 200), &page);
	return NULL;
}

/* The list with this view, or with what it begins with. */
static void look_through(const struct request *rq, struct str saved, struct reply *out)
{
	struct url u = url_path_parts(rq->arena, "/list", NULL, 0);
	reply_redirect(out, saved.n > 0 ? url_query(rq->arena, u, "saved", saved).s : u.s);
}

err_t page_list_save(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str region = form_text(f, "region");
	bool shared = form_checked(f, "share") && !str_eq(region, S("none")) && !str_eq(region, S("all"));
	struct list_saved_new v = {
		.name = form_pii(rq->arena, f, "name"),
		.where = form_text(f, "where"),
		.sort = form_text(f, "sort"),
		.columns = form_text(f, "columns"),
		.region_id = shared ? region : (struct str){0},
		.begins = form_checked(f, "begins"),
	};
	struct str id;
	TRY(app_list_save(site_call(rq), &v, &id));
	look_through(rq, id, out);
	return NULL;
}

err_t page_list_forget(struct request *rq, struct reply *out)
{
	TRY(app_list_forget(site_call(rq), form_text(&rq->form, "saved")));
	look_through(rq, (struct str){0}, out);
	return NULL;
}

err_t page_list_begin(struct request *rq, struct reply *out)
{
	struct str saved = form_text(&rq->form, "saved");
	TRY(app_list_begin_with(site_call(rq), saved));
	look_through(rq, saved, out);
	return NULL;
}
