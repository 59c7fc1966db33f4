#include "web/page_household.h"

#include "app/listing.h"
#include "base/limit.h"
#include "web/page_list.h"
#include "web/site.h"
#include "web/t_household.h"

#define X(name, word, say) word,
static const char *const mark_words[] = {HOUSEHOLD_MARKS(X) NULL};
#undef X
#define X(name, word, say) say,
static const char *const mark_says[] = {HOUSEHOLD_MARKS(X)};
#undef X

enum { MARKS = sizeof mark_says / sizeof *mark_says };

static const struct form_field mark_fields[] = {
	{.name = "kind", .label = "What is decided", .kind = FIELD_CHOICE, .required = true, .choices = mark_words},
	{.name = "day", .label = "From which day", .kind = FIELD_DAY, .required = true},
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = 40},
	{.name = "reason", .label = "Why", .kind = FIELD_PRIVATE, .required = true, .max = 1000},
	{.name = "back", .label = "Take back", .kind = FIELD_CHECK},
};
const struct form_spec mark_form = FORM(mark_fields);

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct household_view view;
	TRY(app_household_page(site_call(rq), id, &view));
	const struct list_panel *panel = view.panel;
	struct tile_view *tiles = arena_many(a, view.tiles_n, struct tile_view);
	for (size_t i = 0; i < view.tiles_n; i++)
		tiles[i] = (struct tile_view){.value = view.tiles[i].value, .label = view.tiles[i].say};
	struct mark_view *marks = arena_many(a, MARKS, struct mark_view);
	bool again = error.n > 0;
	for (int i = 0; i < MARKS; i++)
		marks[i] =
			(struct mark_view){str_from(mark_words[i]), str_from(mark_says[i]),
					   again ? form_choice(&rq->form, "kind") == i : view.absent && i == MARK_HERE};
	char today[DAY_TEXT];
	struct household_page page = {
		.layout = site_layout(rq, S("Household"), ""),
		.household = &view,
		.tiles = {.tiles = tiles, .tiles_n = view.tiles_n, .joined = true},
		.why = page_why(a, panel->whys, panel->whys_n, panel->sentence),
		.standing = url_path(a, "/household/{}/standing", id),
		.months = url_path(a, "/household/{}/months", id),
		.csrf = rq->csrf,
		.mark = url_path(a, "/household/{}/mark", id),
		.adjustment = url_path(a, "/household/{}/adjustment", id),
		.ready = url_path(a, "/household/{}/ready", id),
		.marks = marks,
		.marks_n = MARKS,
		.error = error,
		.today = str_dup(a, str_from(day_text(rq->today, today))),
		.reason = again ? form_value(&rq->form, "reason")->text : (struct str){0},
	};
	t_household(reply_html(out, status), &page);
	return NULL;
}

err_t page_household(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_household_mark(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id = request_param(rq, "id");
	bool back = form_checked(f, "back");
	if (!form_ok(f) && !(back && form_choice(f, "kind") >= 0))
		return show(rq, 422, S("Say what is decided, from which day, and why."), out);
	struct household_mark_new m = {
		.household_id = id,
		.kind = (enum household_mark)form_choice(f, "kind"),
		.day = form_day(f, "day"),
		.region_id = form_text(f, "region"),
		.reason = form_pii(rq->arena, f, "reason"),
		.take_back = back,
	};
	err_t e = app_household_mark(site_call(rq), &m);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, str_fmt(rq->arena, "/household/%.*s", STR_ARG(id)));
	return NULL;
}
