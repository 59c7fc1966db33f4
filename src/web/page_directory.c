#include "web/page_directory.h"

#include "web/site.h"
#include "web/t_directory.h"

enum { ID_MOST = 40 };

static const struct form_field query_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec directory_query = FORM(query_fields);

static const struct form_field add_fields[] = {
	{.name = "for", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "kind", .label = "Kind", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "name", .label = "Name", .kind = FIELD_TEXT, .required = true, .max = SERVICE_NAME_MOST},
	{.name = "provider", .label = "Who offers it", .kind = FIELD_TEXT, .max = SERVICE_NAME_MOST},
	{.name = "how", .label = "How one is referred", .kind = FIELD_TEXT, .required = true, .max = SERVICE_HOW_MOST},
	{.name = "contact", .label = "Whom to call", .kind = FIELD_TEXT, .max = SERVICE_NAME_MOST},
	{.name = "wait", .label = "Wait in days", .kind = FIELD_INT, .most = SERVICE_WAIT_MOST},
};
const struct form_spec directory_form = FORM(add_fields);

enum { ACT_CONFIRM, ACT_END };
static const char *const acts[] = {[ACT_CONFIRM] = "confirm", [ACT_END] = "end", NULL};
static const struct form_field change_fields[] = {
	{.name = "service", .label = "Service", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "act", .label = "What to do", .kind = FIELD_CHOICE, .required = true, .choices = acts},
	{.name = "wait", .label = "Wait in days", .kind = FIELD_INT, .most = SERVICE_WAIT_MOST},
};
const struct form_spec directory_change_form = FORM(change_fields);

static struct service_line line_of(struct arena *a, const struct service_row *row)
{
	struct service_line line = {.row = row, .where = row->region.n > 0 ? row->region : S("everywhere")};
	if (row->wait >= 0) {
		line.wait = row->wait == 0 ? S("no wait")
					   : str_fmt(a, "wait about %d %s", row->wait, row->wait == 1 ? "day" : "days");
		line.days = str_fmt(a, "%d", row->wait);
	}
	return line;
}

/* Rows come by kind. */
static void fill_groups(struct arena *a, const struct services_view *v, struct directory_page *page)
{
	struct service_line *lines = arena_many(a, v->rows_n, struct service_line);
	struct service_group *groups = arena_many(a, SERVICES_N, struct service_group);
	struct service_group *group = NULL;
	for (size_t i = 0; i < v->rows_n; i++) {
		lines[i] = line_of(a, &v->rows[i]);
		if (i == 0 || v->rows[i].kind != v->rows[i - 1].kind) {
			group = &groups[page->groups_n++];
			*group = (struct service_group){service_table[v->rows[i].kind].label, &lines[i], 0};
		}
		group->lines_n++;
	}
	page->groups = groups;
	struct agency_line *agencies = arena_many(a, v->agencies_n, struct agency_line);
	for (size_t i = 0; i < v->agencies_n; i++) {
		static const char *const roles[] = {
			[0] = "",
			[CE_ACCESS_POINT] = "access point",
			[CE_RECEIVES] = "receives referrals",
			[CE_ACCESS_POINT | CE_RECEIVES] = "access point; receives referrals",
		};
		agencies[i] = (struct agency_line){&v->agencies[i], str_from(roles[v->agencies[i].roles])};
	}
	page->agencies = agencies;
	page->agencies_n = v->agencies_n;
}

/* All of them behind one that stands for none. */
static const struct option_view *regions_of(struct arena *a, const struct services_view *v, struct str none,
					    struct str chosen)
{
	struct option_view *options = arena_many(a, v->regions_n + 1, struct option_view);
	options[0] = (struct option_view){(struct str){0}, none, chosen.n == 0};
	for (size_t i = 0; i < v->regions_n; i++)
		options[i + 1] =
			(struct option_view){v->regions[i].id, v->regions[i].name, str_eq(v->regions[i].id, chosen)};
	return options;
}

static err_t show_with(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct arena *a = rq->arena;
	const struct form *f = &rq->form;
	struct services_view view;
	struct str region = f->spec == &directory_query ? form_text(f, "region") : (struct str){0};
	TRY(app_services(site_call(rq), region, &view));
	struct directory_page page = {
		.layout = site_layout(rq, S("Services"), ""),
		.view = &view,
		.csrf = rq->csrf,
		.error = error,
		.regions = regions_of(a, &view, S("All regions"), region),
		.regions_n = view.regions_n + 1,
		.for_regions = regions_of(a, &view, S("Everywhere"), form_typed(f, again, "for", rq->actor->region_id)),
		.for_regions_n = view.regions_n + 1,
		.kinds_n = SERVICES_N,
		.name = form_typed(f, again, "name", (struct str){0}),
		.provider = form_typed(f, again, "provider", (struct str){0}),
		.how = form_typed(f, again, "how", (struct str){0}),
		.contact = form_typed(f, again, "contact", (struct str){0}),
		.wait = form_typed(f, again, "wait", (struct str){0}),
	};
	struct option_view *kinds = arena_many(a, SERVICES_N, struct option_view);
	for (int k = 0; k < SERVICES_N; k++)
		kinds[k] = (struct option_view){
			service_table[k].key, service_table[k].label,
			str_eq(service_table[k].key, form_typed(f, again, "kind", (struct str){0}))};
	page.kinds = kinds;
	fill_groups(a, &view, &page);
	t_directory(reply_html(out, status), &page);
	return NULL;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	return show_with(rq, status, error, rq->form.spec == &directory_form, out);
}

err_t page_directory(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_directory_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id;
	struct service_new in = {
		.region = form_text(f, "for"),
		.name = form_text(f, "name"),
		.provider = form_text(f, "provider"),
		.how = form_text(f, "how"),
		.contact = form_text(f, "contact"),
	};
	err_t e = form_error(rq->arena, f);
	if (e == NULL && !service_kind_parse(form_text(f, "kind"), &in.kind))
		e = err_new(rq->arena, ERR_INVALID, "Say what kind of service it is.");
	if (e == NULL) {
		in.wait = (int)form_int(f, "wait", -1);
		e = app_service_add(site_call(rq), &in, &id);
	}
	return site_written(rq, e, show, S("/directory"), out);
}

err_t page_directory_change(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id = form_text(f, "service");
	err_t e = form_error(rq->arena, f);
	if (e == NULL && form_choice(f, "act") == ACT_CONFIRM)
		e = app_service_confirm(site_call(rq), id, (int)form_int(f, "wait", -1));
	else if (e == NULL)
		e = app_service_end(site_call(rq), id);
	return site_written(rq, e, show, S("/directory"), out);
}
