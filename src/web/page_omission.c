#include "web/page_omission.h"

#include "app/listing.h"
#include "web/site.h"
#include "web/t_omission.h"

enum { ID_MOST = 40, WORD_MOST = 30, REASON_MOST = 1000 };

static const struct form_field ask_fields[] = {
	{.name = "why", .label = "Why not", .kind = FIELD_TEXT, .max = WORD_MOST},
};
const struct form_spec omission_form = FORM(ask_fields);

static const struct form_field add_fields[] = {
	{.name = "household", .label = "Household", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "day", .label = "From which day", .kind = FIELD_DAY, .required = true},
	{.name = "reason", .label = "Why", .kind = FIELD_PRIVATE, .required = true, .max = REASON_MOST},
	{.name = "why", .label = "Why not", .kind = FIELD_TEXT, .max = WORD_MOST},
};
const struct form_spec omission_add_form = FORM(add_fields);

static struct url only_url(struct arena *a, struct str word)
{
	return word.n > 0 ? url_query(a, URL("/flags/assessed"), "why", word) : URL("/flags/assessed");
}

static void build_groups(struct arena *a, const struct omissions_view *view, struct omission_page *page)
{
	struct omission_group_view *groups = arena_many(a, view->groups_n, struct omission_group_view);
	for (size_t i = 0; i < view->groups_n; i++) {
		bool on = view->only == view->groups[i].row;
		groups[i] = (struct omission_group_view){
			.group = &view->groups[i],
			.href = only_url(a, on ? (struct str){0} : str_from(view->groups[i].row->word)),
			.on = on,
		};
		page->households += view->groups[i].n;
	}
	page->groups = groups;
	page->groups_n = view->groups_n;
}

static void build_lines(struct arena *a, const struct omissions_view *view, struct omission_page *page)
{
	struct omission_line_view *lines = arena_many(a, view->lines_n, struct omission_line_view);
	for (size_t i = 0; i < view->lines_n; i++) {
		const struct household_face *face = &view->lines[i].face;
		char day[DAY_TEXT];
		lines[i] = (struct omission_line_view){
			.line = &view->lines[i],
			.called = face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code)),
			.since = str_dup(a, str_from(day_text(view->lines[i].day, day))),
			.href = url_path(a, "/household/{}", face->id),
		};
	}
	page->lines = lines;
	page->lines_n = view->lines_n;
	if (view->total > view->lines_n)
		page->more = str_fmt(a, "%zu of %zu are shown; the others follow when these are mended.", view->lines_n,
				     view->total);
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct omissions_view view;
	char today[DAY_TEXT];
	TRY(app_omissions(site_call(rq), form_text(&rq->form, "why"), &view));
	struct omission_page page = {
		.layout = site_layout(rq, S("Assessed, not listed"), ""),
		.omissions = &view,
		.csrf = rq->csrf,
		.today = str_dup(a, str_from(day_text(rq->today, today))),
		.error = error,
		.empty =
			{
				.title = S("Nobody is missing"),
				.text = S("Everybody who was assessed in the last year is or was on the list."),
			},
	};
	build_groups(a, &view, &page);
	build_lines(a, &view, &page);
	t_omission(reply_html(out, status), &page);
	return NULL;
}

err_t page_omission(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_omission_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Say from which day they are on the list, and why."), out);
	const struct household_mark_new m = {
		.household_id = form_text(f, "household"),
		.kind = MARK_ADD,
		.day = form_day(f, "day"),
		.reason = form_pii(rq->arena, f, "reason"),
	};
	err_t e = app_household_mark(site_call(rq), &m);
	if (e != NULL && e->class == ERR_CONFLICT)
		return show(rq, 409, e->say, out);
	TRY(e);
	reply_redirect(out, only_url(rq->arena, form_text(f, "why")).s);
	return NULL;
}
