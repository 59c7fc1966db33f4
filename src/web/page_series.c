#include "web/page_series.h"

#include "app/sitting.h"
#include "web/site.h"
#include "web/t_series.h"
#include "web/t_series_list.h"
#include "web/t_series_new.h"

enum { ID_MOST = 40, HOUR = 60, LENGTH_MOST = 240 };

static const struct form_field region_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec series_region_form = FORM(region_fields);

#define KEY(name, key, words) key,
static const char *const rhythms[] = {SERIES_RHYTHMS(KEY) NULL};
#undef KEY
static const struct form_field plan_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "name", .label = "Name", .kind = FIELD_TEXT, .required = true, .max = SERIES_NAME},
	{.name = "list", .label = "Of whom", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "rhythm", .label = "How often", .kind = FIELD_CHOICE, .required = true, .choices = rhythms},
	{.name = "first", .label = "The first meeting", .kind = FIELD_DAY, .required = true},
	{.name = "time", .label = "Time", .kind = FIELD_TEXT, .required = true, .max = 5},
	{.name = "business",
	 .label = "Business meeting",
	 .kind = FIELD_INT,
	 .required = true,
	 .least = 0,
	 .most = LENGTH_MOST},
	{.name = "conference",
	 .label = "Case conference",
	 .kind = FIELD_INT,
	 .required = true,
	 .least = 0,
	 .most = LENGTH_MOST},
	{.name = "place", .label = "Place", .kind = FIELD_TEXT, .max = SERIES_PLACE},
	{.name = "link", .label = "Video link", .kind = FIELD_TEXT, .max = SERIES_PLACE},
	{.name = "lead", .label = "Leads", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "alternate", .label = "Alternate", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "secretary", .label = "Secretary", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "stand-in", .label = "Stand-in", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "quorum", .label = "Quorum", .kind = FIELD_INT, .required = true, .least = 0, .most = 100},
};
const struct form_spec series_form = FORM(plan_fields);

static const char *const acts[] = {"make", "agency", "objective", "objective-end", "end", NULL};
enum act { ACT_MAKE, ACT_AGENCY, ACT_OBJECTIVE, ACT_OBJECTIVE_END, ACT_END };
static const struct form_field act_fields[] = {
	{.name = "act", .label = "What", .kind = FIELD_CHOICE, .required = true, .choices = acts},
	{.name = "day", .label = "Day", .kind = FIELD_DAY},
	{.name = "agency", .label = "Agency", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "person", .label = "Who comes", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "deputy", .label = "Who stands in", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "objective", .label = "Line", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "words", .label = "What they are for", .kind = FIELD_PRIVATE, .max = OBJECTIVE_WORDS},
};
const struct form_spec series_act_form = FORM(act_fields);

const struct option_view *series_people_options(struct arena *a, const struct q_series_people *people, size_t n,
						struct str chosen, size_t *options_n)
{
	struct option_view *options = arena_many(a, n + 1, struct option_view);
	options[0] = (struct option_view){S(""), S("Nobody yet"), chosen.n == 0};
	for (size_t i = 0; i < n; i++)
		options[i + 1] =
			(struct option_view){people[i].id,
					     people[i].agency.n > 0 ? str_fmt(a, "%.*s · %.*s", STR_ARG(people[i].name),
									      STR_ARG(people[i].agency))
								    : people[i].name,
					     str_eq(people[i].id, chosen)};
	*options_n = n + 1;
	return options;
}

int series_minute(struct str text)
{
	struct str h, m;
	int64_t hours, minutes;
	if (!str_cut(text, ':', &h, &m) || m.n != 2 || !str_to_i64(h, &hours) || !str_to_i64(m, &minutes))
		return -1;
	if (hours < 0 || hours > 23 || minutes < 0 || minutes >= HOUR)
		return -1;
	return (int)(hours * HOUR + minutes);
}

/* --- cards --- */

static struct sitting_link link_of(struct arena *a, const struct sitting_line *line)
{
	struct sitting_link link = {
		.line = line,
		.day = say_day(line->day),
		.rule_day = say_day(line->rule_day),
		.rule_iso = str_fmt(a, "%s", day_text(line->rule_day, (char[DAY_TEXT]){0})),
		.chip = {line->state, line->live                        ? TONE_GOOD
				      : line->cancelled || line->closed ? TONE_IDLE
									: TONE_INFO},
	};
	if (line->id.n > 0)
		link.href = url_path(a, "/sitting/{}", line->id);
	return link;
}

static const struct sitting_link *links_of(struct arena *a, const struct sitting_line *lines, size_t n)
{
	struct sitting_link *links = arena_many(a, n, struct sitting_link);
	for (size_t i = 0; i < n; i++)
		links[i] = link_of(a, &lines[i]);
	return links;
}

static struct series_card card_of(struct arena *a, const struct series_line *line)
{
	return (struct series_card){
		.line = line,
		.href = url_path(a, "/series/{}", line->id),
		.act = url_path(a, "/series/{}", line->id),
		.ahead = links_of(a, line->ahead, line->ahead_n),
		.ahead_n = line->ahead_n,
	};
}

/* --- the list --- */

static err_t choose_region(struct request *rq, struct str wanted, struct str *out, const struct option_view **options,
			   size_t *n)
{
	struct region_choice *regions;
	struct str own = rq->actor->region_id;
	TRY(app_series_regions(site_call(rq), &regions, n));
	*out = wanted.n > 0 ? wanted : own.n > 0 ? own : *n > 0 ? regions[0].id : S("");
	if (out->n == 0)
		return err_new(rq->arena, ERR_MISSING, "No region’s meetings are yours yet; ask your list holder.");
	struct option_view *rows = arena_many(rq->arena, *n, struct option_view);
	for (size_t i = 0; i < *n; i++)
		rows[i] = (struct option_view){regions[i].id, regions[i].name, str_eq(regions[i].id, *out)};
	*options = rows;
	return NULL;
}

err_t page_series_list(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct series_list_view view;
	struct series_list_page page = {.csrf = rq->csrf};
	struct str region;
	TRY(choose_region(rq, form_text(&rq->form, "region"), &region, &page.regions, &page.regions_n));
	TRY(app_series_of_region(site_call(rq), region, &view));
	struct series_card *cards = arena_many(a, view.series_n, struct series_card);
	for (size_t i = 0; i < view.series_n; i++)
		cards[i] = card_of(a, &view.series[i]);
	page.layout = site_layout(rq, S("Meetings"), "");
	page.view = &view;
	page.cards = cards;
	page.cards_n = view.series_n;
	page.conferences = url_query(a, URL("/conferences"), "region", region);
	page.conferences_too = access_may(rq->actor->role, CAN_CONFERENCE);
	page.empty = (struct empty_view){
		.title = S("No meetings yet"),
		.text = S("A series says how often the region meets: a business meeting, and a case conference behind "
			  "it."),
	};
	if (view.can_add) {
		page.empty.action = S("Set up the monthly meeting");
		page.empty.href = url_query(a, URL("/series/new"), "region", region);
	}
	t_series_list(reply_html(out, 200), &page);
	return NULL;
}

/* --- setting one up --- */

static bool sent(const struct request *rq)
{
	return rq->route->method == METHOD_POST && rq->form.spec == &series_form;
}

/* A field with what was typed, or what there is. */
static struct field_view field(const struct request *rq, enum input_kind kind, const char *name, const char *label,
			       struct str value, const char *hint, bool required)
{
	return (struct field_view){
		.kind = kind,
		.name = str_from(name),
		.label = str_from(label),
		.hint = str_from(hint),
		.error = sent(rq) ? form_value(&rq->form, name)->error : S(""),
		.value = sent(rq) ? form_value(&rq->form, name)->text : value,
		.required = required,
	};
}

static struct field_view choice(const struct request *rq, const char *name, const char *label,
				const struct series_words *table, int n, struct str value, const char *hint)
{
	struct field_view f = field(rq, INPUT_CHOICE, name, label, value, hint, true);
	struct option_view *options = arena_many(rq->arena, (size_t)n, struct option_view);
	for (int i = 0; i < n; i++)
		options[i] = (struct option_view){table[i].key, table[i].words, str_eq(table[i].key, f.value)};
	f.options = options;
	f.options_n = (size_t)n;
	return f;
}

static struct field_view person(const struct request *rq, const struct q_series_people *people, size_t n,
				const char *name, const char *label, struct str value, const char *hint)
{
	struct field_view f = field(rq, INPUT_CHOICE, name, label, value, hint, false);
	f.options = series_people_options(rq->arena, people, n, f.value, &f.options_n);
	return f;
}

static struct str number(struct arena *a, int64_t n)
{
	return str_fmt(a, "%lld", (long long)n);
}

/* The region's working lists. */
static struct field_view list_field(const struct request *rq, const struct series_candidates *c, struct str value)
{
	struct field_view f = field(rq, INPUT_CHOICE, "list", "Whom the case conference speaks of", value, "", false);
	struct option_view *options = arena_many(rq->arena, c->lists_n + 1, struct option_view);
	options[0] = (struct option_view){S(""), S("Everybody on the list"), f.value.n == 0};
	for (size_t i = 0; i < c->lists_n; i++)
		options[i + 1] =
			(struct option_view){c->lists[i].id, c->lists[i].name, str_eq(c->lists[i].id, f.value)};
	f.options = options;
	f.options_n = c->lists_n + 1;
	return f;
}

static void build_fields(const struct request *rq, const struct q_series_by_id *row, const struct series_candidates *c,
			 struct series_fields *f)
{
	struct arena *a = rq->arena;
	const struct q_series_people *people = c->people;
	size_t n = c->people_n;
	char first[DAY_TEXT];
	*f = (struct series_fields){
		.name = field(rq, INPUT_LINE, "name", "Name", row->name, "Like “Monthly meeting” or “Veterans”.", true),
		.list = list_field(rq, c, row->worklist_id),
		.rhythm = choice(rq, "rhythm", "How often", series_rhythm_table, RHYTHMS_N, row->rhythm,
				 "Every month is on the same weekday: the third Tuesday, when the first meeting is on "
				 "one."),
		.first = field(rq, INPUT_DAY, "first", "The first meeting",
			       str_dup(a, str_from(day_text(row->first_day, first))), "", true),
		.time = field(rq, INPUT_LINE, "time", "Time", series_clock(a, (int)row->starts), "Like 9:30 or 14:00.",
			      true),
		.business =
			field(rq, INPUT_NUMBER, "business", "Business meeting, minutes",
			      number(a, row->business_minutes), "Lead agencies come to it. 0: there is none.", true),
		.conference =
			field(rq, INPUT_NUMBER, "conference", "Case conference behind it, minutes",
			      number(a, row->conference_minutes), "Without lead agencies. 0: there is none.", true),
		.place = field(rq, INPUT_LINE, "place", "Place", row->place, "", false),
		.link = field(rq, INPUT_LINE, "link", "Video link", row->link, "", false),
		.lead = person(rq, people, n, "lead", "Leads the meetings", row->lead_id, ""),
		.alternate = person(rq, people, n, "alternate", "Alternate", row->alternate_id,
				    "Takes over in one step, with all that was prepared."),
		.secretary = person(rq, people, n, "secretary", "Secretary", row->secretary_id,
				    "Invites, writes, sends out; keeps the series."),
		.stand_in = person(rq, people, n, "stand-in", "Stands in for the secretary", row->stand_in_id, ""),
		.quorum = field(rq, INPUT_NUMBER, "quorum", "Quorum, percent of the agencies", number(a, row->quorum),
				"For a vote: one for each agency.", true),
	};
}

static err_t read_form(struct request *rq, struct series_put *s)
{
	const struct form *f = &rq->form;
	TRY(form_error(rq->arena, f));
	*s = (struct series_put){
		.region_id = form_text(f, "region"),
		.name = form_text(f, "name"),
		.worklist_id = form_text(f, "list"),
		.rhythm = (enum series_rhythm)form_choice(f, "rhythm"),
		.first = form_day(f, "first"),
		.minute = series_minute(form_text(f, "time")),
		.business_minutes = (int)form_int(f, "business", 0),
		.conference_minutes = (int)form_int(f, "conference", 0),
		.place = form_text(f, "place"),
		.link = form_text(f, "link"),
		.lead_id = form_text(f, "lead"),
		.alternate_id = form_text(f, "alternate"),
		.secretary_id = form_text(f, "secretary"),
		.stand_in_id = form_text(f, "stand-in"),
		.quorum = (int)form_int(f, "quorum", 0),
	};
	return NULL;
}

static bool can_be_mended(err_t e)
{
	return e->class == ERR_INVALID || e->class == ERR_CONFLICT;
}

static err_t show_new(struct request *rq, int status, struct str error, struct reply *out)
{
	enum { FIRST_HOUR = 10, MEETING = 60, BUSINESS = 45, HALF = 50, WEEK = 7 };
	struct arena *a = rq->arena;
	struct str region = form_text(&rq->form, "region");
	struct series_candidates candidates;
	TRY(app_series_candidates(site_call(rq), region, &candidates));
	const struct q_series_by_id row = {
		.name = S("Monthly meeting"),
		.rhythm = series_rhythm_table[RHYTHM_MONTH].key,
		.first_day = day_add(rq->today, WEEK),
		.starts = FIRST_HOUR * HOUR,
		.business_minutes = BUSINESS,
		.conference_minutes = MEETING,
		.lead_id = rq->actor->id,
		.quorum = HALF,
	};
	struct series_new_page page = {
		.layout = site_layout(rq, S("A series of meetings"), "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.region_id = region,
		.title = S("Set up a series of meetings"),
		.where = candidates.where,
		.action = URL("/series/new"),
		.back = region.n > 0 ? url_query(a, URL("/series"), "region", region) : URL("/series"),
	};
	build_fields(rq, &row, &candidates, &page.fields);
	t_series_new(reply_html(out, status), &page);
	return NULL;
}

err_t page_series_new(struct request *rq, struct reply *out)
{
	return show_new(rq, 200, S(""), out);
}

err_t page_series_new_post(struct request *rq, struct reply *out)
{
	struct series_put put;
	struct str id;
	err_t e = read_form(rq, &put);
	if (e == NULL)
		e = app_series_put(site_call(rq), &put, &id);
	if (e != NULL && can_be_mended(e))
		return show_new(rq, err_http_status(e->class), e->say, out);
	TRY(e);
	reply_redirect(out, url_path(rq->arena, "/series/{}", id).s);
	return NULL;
}

static err_t show_plan(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct series_view view;
	struct str id = request_param(rq, "id");
	TRY(app_series(site_call(rq), id, &view));
	if (!view.line.keeps)
		return err_new(a, ERR_DENIED, "This is for who plans the conferences, and for the secretary.");
	struct series_new_page page = {
		.layout = site_layout(rq, view.line.name, "page--narrow"),
		.csrf = rq->csrf,
		.error = error,
		.title = S("Change the series"),
		.where = view.line.region.n > 0 ? view.line.region : S("Statewide"),
		.action = url_path(a, "/series/{}/plan", id),
		.back = url_path(a, "/series/{}", id),
	};
	const struct series_candidates candidates = {page.where, view.people, view.people_n, view.lists, view.lists_n};
	build_fields(rq, &view.line.row, &candidates, &page.fields);
	t_series_new(reply_html(out, status), &page);
	return NULL;
}

err_t page_series_plan(struct request *rq, struct reply *out)
{
	return show_plan(rq, 200, S(""), out);
}

err_t page_series_plan_post(struct request *rq, struct reply *out)
{
	struct series_put put;
	struct str id;
	err_t e = read_form(rq, &put);
	if (e == NULL) {
		put.id = request_param(rq, "id");
		e = app_series_put(site_call(rq), &put, &id);
	}
	if (e != NULL && can_be_mended(e))
		return show_plan(rq, err_http_status(e->class), e->say, out);
	TRY(e);
	reply_redirect(out, url_path(rq->arena, "/series/{}", id).s);
	return NULL;
}

/* --- one series --- */

/* People of one agency alone. */
static const struct option_view *agency_people(struct arena *a, const struct series_view *v, struct str agency_id,
					       struct str chosen, size_t *n)
{
	struct option_view *options = arena_many(a, v->people_n + 1, struct option_view);
	options[0] = (struct option_view){S(""), S("Nobody yet"), chosen.n == 0};
	*n = 1;
	for (size_t i = 0; i < v->people_n; i++)
		if (str_eq(v->people[i].agency_id, agency_id))
			options[(*n)++] = (struct option_view){v->people[i].id, v->people[i].name,
							       str_eq(v->people[i].id, chosen)};
	return options;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct series_view view;
	struct str id = request_param(rq, "id");
	TRY(app_series(site_call(rq), id, &view));
	struct series_agency_row *agencies = arena_many(a, view.agencies_n, struct series_agency_row);
	for (size_t i = 0; i < view.agencies_n; i++) {
		const struct q_series_agencies *row = &view.agencies[i].row;
		struct series_agency_row *line = &agencies[i];
		line->agency = &view.agencies[i];
		line->key = number(a, (int64_t)i);
		line->people = agency_people(a, &view, row->agency_id, row->user_id, &line->people_n);
		line->deputies = agency_people(a, &view, row->agency_id, row->deputy_id, &line->deputies_n);
	}
	struct series_page page = {
		.layout = site_layout(rq, view.line.name, "page--aside"),
		.csrf = rq->csrf,
		.error = error,
		.view = &view,
		.card = card_of(a, &view.line),
		.where = view.line.region.n > 0 ? view.line.region : S("Statewide"),
		.self = url_path(a, "/series/{}", id),
		.plan = url_path(a, "/series/{}/plan", id),
		.back = view.line.region_id.n > 0 ? url_query(a, URL("/series"), "region", view.line.region_id)
						  : URL("/series"),
		.agencies = agencies,
		.agencies_n = view.agencies_n,
		.before = links_of(a, view.before, view.before_n),
		.before_n = view.before_n,
	};
	if (error.n > 0)
		page.words = form_value(&rq->form, "words")->text;
	t_series(reply_html(out, status), &page);
	return NULL;
}

err_t page_series(struct request *rq, struct reply *out)
{
	return show(rq, 200, S(""), out);
}

err_t page_series_act(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct call *c = site_call(rq);
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id"), sitting;
	struct url to = url_path(a, "/series/{}", id);
	err_t e = form_error(a, f);
	if (e != NULL)
		return site_written(rq, e, show, to.s, out);
	switch ((enum act)form_choice(f, "act")) {
	case ACT_MAKE:
		e = app_sitting_make(c, id, form_day(f, "day"), &sitting);
		if (e == NULL)
			to = url_path(a, "/sitting/{}", sitting);
		break;
	case ACT_AGENCY:
		e = app_series_agency(c, id, form_text(f, "agency"), form_text(f, "person"), form_text(f, "deputy"));
		break;
	case ACT_OBJECTIVE:
		e = app_series_objective(c, id, form_pii(a, f, "words"));
		break;
	case ACT_OBJECTIVE_END:
		e = app_series_objective_end(c, id, form_text(f, "objective"));
		break;
	case ACT_END:
		e = app_series_end(c, id);
		break;
	}
	return site_written(rq, e, show, to.s, out);
}
