/* The by-name list. */
#include "web/page_list.h"

#include <string.h>

#include "base/limit.h"
#include "web/site.h"
#include "web/t_list.h"

enum { FIND_MAX = 100 };

static const struct form_field list_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = 40},
	{.name = "lane", .label = "Lane", .kind = FIELD_TEXT, .max = 20},
	{.name = "only", .label = "Filter", .kind = FIELD_MANY, .max = 20},
	{.name = "sort", .label = "Order", .kind = FIELD_TEXT, .max = 20},
	{.name = "down", .label = "Order", .kind = FIELD_INT, .least = 0, .most = 1},
	{.name = "page", .label = "Page", .kind = FIELD_INT, .least = 1, .most = 1000000},
	{.name = "find", .label = "Find", .kind = FIELD_TEXT, .max = FIND_MAX},
	{.name = "chosen", .label = "Household", .kind = FIELD_TEXT, .max = 40},
};
const struct form_spec list_form = FORM(list_fields);

/* Words that the address bar may hold and we do not know are left aside: the list is shown anyway. */
static struct list_query query_of(const struct request *rq)
{
	const struct form *f = &rq->form;
	struct list_query q = {
		.region = form_text(f, "region"),
		.own = !form_value(f, "region")->given,
		.page = (int)form_int(f, "page", 1),
		.down = form_int(f, "down", 0) == 1,
		.find = form_text(f, "find"),
		.chosen = form_text(f, "chosen"),
	};
	if (str_eq(q.region, S("none")))
		q.region = (struct str){0};
	for (int l = 0; l < LIST_LANES_N; l++)
		if (str_eq(form_text(f, "lane"), str_from(list_lane_word((enum list_lane)l))))
			q.lane = (enum list_lane)l;
	for (int s = 0; s < LIST_SORTS_N; s++)
		if (str_eq(form_text(f, "sort"), str_from(list_sort_word((enum list_sort)s))))
			q.sort = (enum list_sort)s;
	size_t n;
	const struct str *only = form_many(f, "only", &n);
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < LIST_FILTERS_N; k++)
			if (str_eq(only[i], str_from(list_filter_word((enum list_filter)k))))
				q.filters |= 1U << k;
	return q;
}

/* The address of a list; what is at its default is left out. */
static struct url address(struct arena *a, const struct list_query *q)
{
	struct url u = url_path_parts(a, "/list", NULL, 0);
	u = url_query(a, u, "region", q->region.n > 0 ? q->region : S("none"));
	if (q->lane != LIST_ACTIVE)
		u = url_query(a, u, "lane", str_from(list_lane_word(q->lane)));
	for (int f = 0; f < LIST_FILTERS_N; f++)
		if ((q->filters & 1U << f) != 0)
			u = url_query(a, u, "only", str_from(list_filter_word((enum list_filter)f)));
	if (q->sort != LIST_BY_RANK || q->down) {
		u = url_query(a, u, "sort", str_from(list_sort_word(q->sort)));
		u = url_query(a, u, "down", q->down ? S("1") : S("0"));
	}
	if (q->page > 1)
		u = url_query(a, u, "page", str_fmt(a, "%d", q->page));
	if (q->chosen.n > 0)
		u = url_query(a, u, "chosen", q->chosen);
	return u;
}

static void build_head(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct tile_view *tiles = arena_many(a, view->tiles_n, struct tile_view);
	for (size_t i = 0; i < view->tiles_n; i++)
		tiles[i] = (struct tile_view){.value = view->tiles[i].value, .label = view->tiles[i].say};
	page->tiles = (struct tiles_view){.tiles = tiles, .tiles_n = view->tiles_n};

	struct list_query plain = view->query;
	plain.page = 1;
	plain.chosen = (struct str){0};
	struct pill_view *lanes = arena_many(a, LIST_LANES_N, struct pill_view);
	for (int l = 0; l < LIST_LANES_N; l++) {
		struct list_query q = plain;
		q.lane = (enum list_lane)l;
		lanes[l] = (struct pill_view){
			.say = str_fmt(a, "%s %lld", list_lane_say(q.lane), (long long)view->lanes[l]),
			.href = address(a, &q),
			.on = q.lane == view->query.lane,
		};
	}
	page->lanes = lanes;
	page->lanes_n = LIST_LANES_N;

	struct pill_view *chips = arena_many(a, LIST_FILTERS_N, struct pill_view);
	for (int f = 0; f < LIST_FILTERS_N; f++) {
		struct list_query q = plain;
		q.filters ^= 1U << f;
		chips[f] = (struct pill_view){
			.say = str_from(list_filter_say((enum list_filter)f)),
			.href = address(a, &q),
			.on = (view->query.filters & 1U << f) != 0,
		};
	}
	page->chips = chips;
	page->chips_n = LIST_FILTERS_N;

	static const char *const styles[] = {
		[LIST_BY_RANK] = "number",       [LIST_BY_SITUATION] = "is-wide",
		[LIST_BY_DAYS] = "number",       [LIST_BY_MONTHS] = "number is-middle",
		[LIST_BY_SINCE] = "is-wide",     [LIST_BY_SCORE] = "number is-middle",
		[LIST_BY_CONTACT] = "is-middle",
	};
	struct column_view *columns = arena_many(a, LIST_SORTS_N, struct column_view);
	for (int s = 0; s < LIST_SORTS_N; s++) {
		struct list_query q = plain;
		bool sorted = (int)q.sort == s;
		q.sort = (enum list_sort)s;
		q.down = sorted ? !q.down : list_sort_down_first(q.sort);
		columns[s] = (struct column_view){
			.say = str_from(list_sort_heading(q.sort)),
			.href = address(a, &q),
			.style = str_from(styles[s]),
			.first = s == LIST_BY_RANK,
			.sorted = sorted,
			.down = view->query.down,
		};
	}
	page->columns = columns;
	page->columns_n = LIST_SORTS_N;
}

/* "9 Nov 2026": short, and never of a doubtful year. */
static const char *say_date(struct day d, char day[DAY_SAY])
{
	const char *text = day_say(d, day);
	return text + strcspn(text, " ") + 1;
}

static void build_lines(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct line_view *lines = arena_many(a, view->lines_n, struct line_view);
	for (size_t i = 0; i < view->lines_n; i++) {
		const struct list_line *line = &view->lines[i];
		struct list_query q = view->query;
		q.chosen = line->face.id;
		lines[i] = (struct line_view){
			.line = line,
			.href = address(a, &q),
			.contact = {.tone = TONE_BAD},
			.step = {.tone = TONE_BAD},
		};
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
		if (line->flags > 0)
			lines[i].flags = str_fmt(a, "%d flag%s", line->flags, line->flags == 1 ? "" : "s");
	}
	page->lines = lines;
	page->lines_n = view->lines_n;
}

struct why_view page_why(struct arena *a, const struct list_why *whys, size_t n, struct str sentence)
{
	struct reason_view *reasons = arena_many(a, n, struct reason_view);
	for (size_t i = 0; i < n; i++)
		reasons[i] = (struct reason_view){
			.number = whys[i].place,
			.label = whys[i].key,
			.value = whys[i].value,
			.chip = {whys[i].effect, whys[i].decides ? TONE_GOOD : TONE_IDLE},
		};
	return (struct why_view){.reasons = reasons, .reasons_n = n, .note = sentence};
}

static void build_panel(struct arena *a, const struct list_view *view, struct list_page *page)
{
	if (view->panel == NULL)
		return;
	const struct list_panel *from = view->panel;
	struct panel_page *panel = arena_one(a, struct panel_page);
	*panel = (struct panel_page){
		.panel = from,
		.why = page_why(a, from->whys, from->whys_n, from->sentence),
		.page = url_path(a, "/household/{}", from->face.id),
	};
	page->panel = panel;
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
	page->pager.previous = address(a, &q);
	q.page = view->query.page + 1;
	page->pager.has_next = view->first + view->lines_n <= view->total && view->lines_n == LIMIT_LIST_PAGE;
	page->pager.next = address(a, &q);
	page->empty = (struct empty_view){
		.title = S("Nobody here"),
		.text = view->query.find.n > 0 ? S("No household that you may see fits these words.")
					       : S("No household fits these filters."),
	};
}

err_t page_list(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct list_query query = query_of(rq);
	struct list_view view;
	TRY(app_list(site_call(rq), &query, &view));
	struct list_page page = {
		.layout = site_layout(rq, S("By-name list"), view.panel != NULL ? "page--aside" : ""),
		.list = &view,
		.csrf = rq->csrf,
	};
	build_head(a, &view, &page);
	build_lines(a, &view, &page);
	build_panel(a, &view, &page);
	build_pager(a, &view, &page);
	if (view.can_plan)
		page.plan = url_query(a, URL("/conferences"), "region", view.query.region);
	t_list(reply_html(out, 200), &page);
	return NULL;
}
