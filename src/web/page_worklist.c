/* Making a working list. */
#include "web/page_conference.h"

#include "app/list_saved.h"
#include "domain/filter.h"
#include "web/site.h"
#include "web/t_worklist.h"

enum { ID_MOST = 40 };

static const struct form_field look_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "where", .label = "Whom it takes", .kind = FIELD_TEXT, .max = FILTER_TEXT_MAX},
};
const struct form_spec worklist_form = FORM(look_fields);

static const struct form_field new_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "where", .label = "Whom it takes", .kind = FIELD_TEXT, .required = true, .max = FILTER_TEXT_MAX},
	{.name = "name", .label = "Name", .kind = FIELD_PRIVATE, .required = true, .max = WORKLIST_NAME_MAX},
	{.name = "size",
	 .label = "Households",
	 .kind = FIELD_INT,
	 .required = true,
	 .least = 1,
	 .most = CYCLE_SIZE_MOST},
	{.name = "goal", .label = "Goal", .kind = FIELD_INT, .least = 0, .most = 1000},
};
const struct form_spec worklist_new_form = FORM(new_fields);

/* Saved views that have a filter. */
static err_t build_saved(struct request *rq, struct str region, struct str where, struct worklist_page *page)
{
	struct arena *a = rq->arena;
	struct list_saved *views;
	size_t n;
	TRY(app_list_saved(site_call(rq), region, &views, &n));
	struct pill_view *pills = arena_many(a, n, struct pill_view);
	for (size_t i = 0; i < n; i++) {
		struct url u = url_query(a, URL("/conferences/lists"), "region", region);
		if (views[i].where.n > 0)
			pills[page->saved_n++] = (struct pill_view){
				.say = views[i].name,
				.href = url_query(a, u, "where", views[i].where),
				.on = str_eq(views[i].where, where),
			};
	}
	page->saved = pills;
	return NULL;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct worklist_look look;
	struct str region;
	TRY(conference_region(rq, form_text(&rq->form, "region"), &region));
	TRY(app_worklist_look(site_call(rq), region, form_text(&rq->form, "where"), &look));
	bool typed = rq->route->method == METHOD_POST;
	struct worklist_page page = {
		.layout = site_layout(rq, S("A part of the list"), "page--narrow"),
		.look = &look,
		.region_id = region,
		.name = typed ? form_value(&rq->form, "name")->text : S(""),
		.size = typed ? (int)form_int(&rq->form, "size", CYCLE_SIZE) : CYCLE_SIZE,
		.goal = typed ? (int)form_int(&rq->form, "goal", 0) : 0,
		.csrf = rq->csrf,
		.error = error,
		.back = url_query(rq->arena, URL("/conferences"), "region", region),
	};
	TRY(build_saved(rq, region, look.where, &page));
	t_worklist(reply_html(out, status), &page);
	return NULL;
}

err_t page_worklist(struct request *rq, struct reply *out)
{
	return show(rq, 200, S(""), out);
}

err_t page_worklist_post(struct request *rq, struct reply *out)
{
	struct worklist_ref list = {.region_id = form_text(&rq->form, "region")};
	const struct worklist_new new = {
		.region_id = list.region_id,
		.name = form_pii(rq->arena, &rq->form, "name"),
		.where = form_text(&rq->form, "where"),
		.size = (int)form_int(&rq->form, "size", CYCLE_SIZE),
		.goal = (int)form_int(&rq->form, "goal", 0),
	};
	err_t e = form_error(rq->arena, &rq->form);
	if (e == NULL)
		e = app_worklist_make(site_call(rq), &new, &list.id);
	return site_written(rq, e, show, conference_list_url(rq->arena, URL("/conferences"), list).s, out);
}
