/* Planning a conference, and reading its notes. */
#include "web/page_conference.h"

#include "app/conference.h"
#include "web/site.h"
#include "web/t_conference_notes.h"
#include "web/t_conference_plan.h"

enum { ID_MOST = 40, MINUTE = 60 };

#define AGENDA_FIELDS                                                                                                  \
	{.name = "part0", .label = "Welcome", .kind = FIELD_INT, .required = true, .least = 0, .most = 240},           \
		{.name = "part1",                                                                                      \
		 .label = "Agreements",                                                                                \
		 .kind = FIELD_INT,                                                                                    \
		 .required = true,                                                                                     \
		 .least = 0,                                                                                           \
		 .most = 240},                                                                                         \
		{.name = "part2", .label = "Resources", .kind = FIELD_INT, .required = true, .least = 0, .most = 240}, \
		{.name = "part3",                                                                                      \
		 .label = "Work the list",                                                                             \
		 .kind = FIELD_INT,                                                                                    \
		 .required = true,                                                                                     \
		 .least = 0,                                                                                           \
		 .most = 240},                                                                                         \
	{                                                                                                              \
		.name = "part4", .label = "Closing", .kind = FIELD_INT, .required = true, .least = 0, .most = 240      \
	}

static const char *const focuses[] = {
#define X(name, key, words) key,
	CONFERENCE_FOCUSES(X)
#undef X
		NULL,
};
static const struct form_field plan_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "list", .label = "Working list", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "sitting", .label = "Business meeting", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "focus", .label = "Focus", .kind = FIELD_CHOICE, .required = true, .choices = focuses},
	{.name = "day", .label = "Day", .kind = FIELD_DAY, .required = true},
	{.name = "time", .label = "Time", .kind = FIELD_TEXT, .required = true, .max = 5},
	{.name = "minutes", .label = "Length", .kind = FIELD_INT, .required = true, .least = 15, .most = 240},
	{.name = "each", .label = "Minutes per household", .kind = FIELD_TEXT, .required = true, .max = 5},
	{.name = "facilitator", .label = "Facilitator", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "scribe", .label = "Scribe", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "next", .label = "Next meeting", .kind = FIELD_DAY},
	AGENDA_FIELDS,
};
const struct form_spec plan_form = FORM(plan_fields);

static const struct form_field notes_fields[] = {
	{.name = "names", .label = "Names", .kind = FIELD_INT, .least = 0, .most = 1},
};
const struct form_spec notes_form = FORM(notes_fields);

static const char *const part_names[AGENDA_PARTS] = {"part0", "part1", "part2", "part3", "part4"};

/* What was typed, where the form comes back; else what the plan says. */
static struct str typed(const struct request *rq, const char *name, struct str otherwise)
{
	return rq->form.n > 0 && rq->route->method == METHOD_POST ? form_value(&rq->form, name)->text : otherwise;
}

static struct str fault_of(const struct request *rq, const char *name)
{
	return rq->route->method == METHOD_POST ? form_value(&rq->form, name)->error : S("");
}

static struct field_view field(const struct request *rq, enum input_kind kind, const char *name, const char *label,
			       struct str value, const char *hint)
{
	return (struct field_view){
		.kind = kind,
		.name = str_from(name),
		.label = str_from(label),
		.hint = str_from(hint),
		.error = fault_of(rq, name),
		.value = typed(rq, name, value),
		.required = true,
	};
}

static struct field_view person_field(const struct request *rq, const struct plan_view *v, const char *name,
				      const char *label, struct str chosen)
{
	struct field_view f = field(rq, INPUT_CHOICE, name, label, chosen, "");
	struct option_view *options = arena_many(rq->arena, v->people_n + 1, struct option_view);
	options[f.options_n++] = (struct option_view){S(""), S("Choose…"), false};
	for (size_t i = 0; i < v->people_n; i++) {
		const struct person_row *p = &v->people[i];
		struct str label_text =
			p->agency.n > 0 ? str_fmt(rq->arena, "%.*s · %.*s", STR_ARG(p->name), STR_ARG(p->agency))
					: p->name;
		options[f.options_n++] = (struct option_view){p->id, label_text, str_eq(p->id, f.value)};
	}
	f.options = options;
	return f;
}

static struct field_view focus_field(const struct request *rq, const struct plan_view *v)
{
	struct field_view f = field(rq, INPUT_CHOICE, "focus", "Focus", v->focus, "");
	struct option_view *options = arena_many(rq->arena, CONFERENCE_FOCUS_N, struct option_view);
	for (int i = 0; i < CONFERENCE_FOCUS_N; i++) {
		const struct conference_focus_row *row = &conference_focus_table[i];
		options[f.options_n++] = (struct option_view){row->key, row->words, str_eq(row->key, f.value)};
	}
	f.options = options;
	return f;
}

/* The planner's words beside the minutes of a new plan: they are taken or not. */
static err_t build_each(struct request *rq, const struct plan_view *v, struct field_view *out)
{
	struct planner_view planner = {0};
	struct worklist_ref list = {v->region_id, v->list.id};
	if (v->id.n == 0)
		TRY(app_planner(site_call(rq), list, PLANNER_NOT_SAID, &planner));
	struct str hint = planner.say.n > 0
				  ? str_fmt(rq->arena, "Like 3.5. The planner suggests %.*s", STR_ARG(planner.say))
				  : S("Like 3.5.");
	*out = field(rq, INPUT_LINE, "each", "Minutes per household", v->per_household, str_c(rq->arena, hint));
	return NULL;
}

static void build(const struct request *rq, const struct plan_view *v, struct plan_page *page)
{
	struct arena *a = rq->arena;
	page->focus = focus_field(rq, v);
	page->day = field(rq, INPUT_DAY, "day", "Day", v->day_iso, "");
	page->time = field(rq, INPUT_LINE, "time", "Time", v->time, "Like 9:30 or 14:00.");
	page->minutes = field(rq, INPUT_NUMBER, "minutes", "Length in minutes", str_fmt(a, "%d", v->minutes), "");
	page->next_day = field(rq, INPUT_DAY, "next", "Next meeting", v->next_day_iso,
			       "The day on which households are looked at again, unless you choose another.");
	page->next_day.required = false;
	page->facilitator = person_field(rq, v, "facilitator", "Facilitator", v->facilitator_id);
	page->scribe = person_field(rq, v, "scribe", "Scribe", v->scribe_id);
	struct field_view *agenda = arena_many(a, v->agenda_n, struct field_view);
	for (size_t i = 0; i < v->agenda_n && i < AGENDA_PARTS; i++) {
		const struct agenda_row_view *row = &v->agenda[i];
		agenda[i] = field(rq, INPUT_NUMBER, part_names[i], str_c(a, row->title), str_fmt(a, "%d", row->minutes),
				  str_c(a, row->what));
	}
	page->agenda = agenda;
	page->agenda_n = v->agenda_n;
	page->arithmetic =
		str_fmt(a,
			"%d minutes are fixed; the other %d work the list: %d households at %.*s minutes each. "
			"This cycle has %d.",
			v->fixed_minutes, v->minutes - v->fixed_minutes, v->fits, STR_ARG(v->per_household),
			v->cycle_households);
}

static err_t show(struct request *rq, struct reply *out, const struct plan_view *v, int status, struct str error)
{
	struct arena *a = rq->arena;
	struct plan_page page = {
		.layout = site_layout(rq, S("Plan a conference"), "page--narrow"),
		.plan = v,
		.csrf = rq->csrf,
		.error = error,
		.action = v->id.n > 0 ? url_path(a, "/conference/{}/plan", v->id) : URL("/conferences/plan"),
		.back = conference_list_url(a, URL("/conferences"), (struct worklist_ref){v->region_id, v->list.id}),
	};
	build(rq, v, &page);
	TRY(build_each(rq, v, &page.per_household));
	t_conference_plan(reply_html(out, status), &page);
	return NULL;
}

/* "9:30" as hour and minute; −1 for anything else. */
static void parse_time(struct str text, int *hour, int *minute)
{
	struct str h, m;
	int64_t hours, minutes;
	*hour = *minute = -1;
	if (str_cut(text, ':', &h, &m) && str_to_i64(h, &hours) && str_to_i64(m, &minutes) && m.n == 2 && hours >= 0 &&
	    hours < 24 && minutes >= 0 && minutes < 60) {
		*hour = (int)hours;
		*minute = (int)minutes;
	}
}

/* "3.5" or "3" minutes as seconds; −1 for anything else. */
static int parse_minutes(struct str text)
{
	struct str whole, rest;
	int64_t minutes, tenths = 0;
	bool dot = str_cut(text, '.', &whole, &rest);
	if (!str_to_i64(whole, &minutes) || minutes < 0 || minutes > 60)
		return -1;
	if (dot && (rest.n != 1 || !str_to_i64(rest, &tenths) || tenths < 0))
		return -1;
	return (int)(minutes * MINUTE + tenths * MINUTE / 10);
}

static err_t read_plan(const struct request *rq, struct conference_plan *p)
{
	const struct form *f = &rq->form;
	TRY(conference_form_fault(rq));
	*p = (struct conference_plan){
		.focus = (enum conference_focus)form_choice(f, "focus"),
		.day = form_day(f, "day"),
		.minutes = (int)form_int(f, "minutes", 0),
		.household_seconds = parse_minutes(form_text(f, "each")),
		.facilitator_id = form_text(f, "facilitator"),
		.scribe_id = form_text(f, "scribe"),
		.next_day = form_day(f, "next"),
		.sitting_id = form_text(f, "sitting"),
	};
	parse_time(form_text(f, "time"), &p->hour, &p->minute);
	for (int i = 0; i < AGENDA_PARTS; i++)
		p->agenda[i] = (int)form_int(f, part_names[i], 0);
	return NULL;
}

err_t page_plan(struct request *rq, struct reply *out)
{
	struct plan_view view;
	struct worklist_ref list;
	TRY(conference_list(rq, &list));
	TRY(app_conference_plan_new(site_call(rq), list, form_text(&rq->form, "sitting"), &view));
	return show(rq, out, &view, 200, S(""));
}

static bool can_be_mended(err_t e)
{
	return e->class == ERR_INVALID || e->class == ERR_CONFLICT;
}

err_t page_plan_post(struct request *rq, struct reply *out)
{
	struct plan_view view;
	struct conference_plan plan;
	struct str id;
	struct worklist_ref list;
	TRY(conference_list(rq, &list));
	err_t e = read_plan(rq, &plan);
	if (e == NULL)
		e = app_conference_plan(site_call(rq), list, &plan, &id);
	if (e != NULL && can_be_mended(e)) {
		TRY(app_conference_plan_new(site_call(rq), list, form_text(&rq->form, "sitting"), &view));
		return show(rq, out, &view, err_http_status(e->class), e->say);
	}
	TRY(e);
	reply_redirect(out, url_path(rq->arena, "/conference/{}", id).s);
	return NULL;
}

err_t page_plan_change(struct request *rq, struct reply *out)
{
	struct plan_view view;
	TRY(app_conference_plan_of(site_call(rq), request_param(rq, "id"), &view));
	return show(rq, out, &view, 200, S(""));
}

err_t page_plan_change_post(struct request *rq, struct reply *out)
{
	struct plan_view view;
	struct conference_plan plan;
	struct str id = request_param(rq, "id");
	err_t e = read_plan(rq, &plan);
	if (e == NULL)
		e = app_conference_change(site_call(rq), id, &plan);
	if (e != NULL && can_be_mended(e)) {
		TRY(app_conference_plan_of(site_call(rq), id, &view));
		return show(rq, out, &view, err_http_status(e->class), e->say);
	}
	TRY(e);
	reply_redirect(out, url_path(rq->arena, "/conference/{}", id).s);
	return NULL;
}

err_t page_notes(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct conference_record record;
	struct str id = request_param(rq, "id");
	bool names = form_int(&rq->form, "names", 0) == 1;
	TRY(app_conference_record(site_call(rq), id, names, &record));
	struct notes_page page = {
		.layout = site_layout(rq, S("Notes"), ""),
		.record = &record,
		.view = &record.conference,
		.csrf = rq->csrf,
		.names = url_query(a, url_path(a, "/conference/{}/notes", id), "names", names ? S("0") : S("1")),
		.back = url_path(a, "/conference/{}", id),
		.hmis = url_path(a, "/conference/{}/hmis", id),
		.after = url_path(a, "/conference/{}/after", id),
		.file = url_path(a, "/conference/{}/handout", id),
		.note = url_path(a, "/conference/{}/note", id),
		.note_id = conference_new_id(rq),
	};
	t_conference_notes(reply_html(out, 200), &page);
	return NULL;
}
