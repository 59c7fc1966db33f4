#include "web/page_opening.h"

#include "domain/preference.h"
#include "web/site.h"
#include "web/t_opening.h"
#include "web/t_openings.h"

enum { ID_MOST = 40 };

static const struct form_field add_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "agency", .label = "Agency", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "kind", .label = "Kind", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "program", .label = "Program", .kind = FIELD_TEXT, .required = true, .max = OPENING_TEXT_MOST},
	{.name = "unit", .label = "Unit", .kind = FIELD_TEXT, .max = OPENING_TEXT_MOST},
	{.name = "bedrooms", .label = "Bedrooms", .kind = FIELD_INT, .most = OPENING_BEDROOMS_MOST},
	{.name = "county", .label = "County", .kind = FIELD_TEXT, .max = OPENING_TEXT_MOST},
	{.name = "from", .label = "From", .kind = FIELD_DAY, .required = true},
	{.name = "most", .label = "At most so many people", .kind = FIELD_INT, .least = 1, .most = OPENING_PEOPLE_MOST},
	{.name = "children", .label = "Families with children", .kind = FIELD_CHECK},
	{.name = "chronic", .label = "Chronically homeless", .kind = FIELD_CHECK},
	{.name = "veteran", .label = "Veterans", .kind = FIELD_CHECK},
	{.name = "youth", .label = "Youth", .kind = FIELD_CHECK},
	{.name = "feature", .label = "What it offers", .kind = FIELD_MANY, .max = 20},
	{.name = "over", .label = "Why there is one more", .kind = FIELD_PRIVATE, .max = OPENING_WHY_MOST},
	{.name = "extra", .label = "More conditions", .kind = FIELD_TEXT, .max = 1000},
};
const struct form_spec opening_form = FORM(add_fields);

static const struct form_field confirm_fields[] = {
	{.name = "opening", .label = "Opening", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec opening_confirm_form = FORM(confirm_fields);

enum { FILLED, WITHDRAWN };
static const char *const endings[] = {[FILLED] = "filled", [WITHDRAWN] = "withdrawn", NULL};
static const struct form_field end_fields[] = {
	{.name = "opening", .label = "Opening", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "as", .label = "What happened", .kind = FIELD_CHOICE, .required = true, .choices = endings},
	{.name = "why", .label = "Why", .kind = FIELD_PRIVATE, .required = true, .max = OPENING_WHY_MOST},
};
const struct form_spec opening_end_form = FORM(end_fields);

static struct chip_view chip_of(const struct opening_row *row)
{
	static const enum tone tones[OPENING_STATES_N] = {
		[OPENING_NOW] = TONE_GOOD,  [OPENING_FORECAST] = TONE_INFO, [OPENING_ASK] = TONE_WARN,
		[OPENING_STALE] = TONE_BAD, [OPENING_FILLED] = TONE_IDLE,   [OPENING_WITHDRAWN] = TONE_IDLE,
	};
	return (struct chip_view){str_from(opening_state_say(row->state)), tones[row->state]};
}

static struct str bedrooms_say(struct arena *a, int n)
{
	if (n == 0)
		return S("Room or studio");
	return str_fmt(a, "%d %s", n, n == 1 ? "bedroom" : "bedrooms");
}

static void add_part(struct buf *b, struct str text)
{
	if (text.n == 0)
		return;
	if (b->n > 0)
		buf_lit(b, " · ");
	buf_str(b, text);
}

struct opening_line opening_line_of(struct arena *a, const struct opening_row *row)
{
	struct buf what = buf_new(a, 2000);
	char day[DAY_SAY];
	add_part(&what, row->unit);
	if (row->bedrooms >= 0)
		add_part(&what, bedrooms_say(a, row->bedrooms));
	add_part(&what, row->county);
	add_part(&what, preference_set_labels(a, row->features));
	struct opening_line line = {
		.row = row,
		.what = buf_text(&what),
		.whom = row->rule_say.n > 0 ? row->rule_say : S("everybody on the list"),
		.chip = chip_of(row),
		.fit = url_path(a, "/openings/{}", row->id),
	};
	if (day_known(row->waits))
		line.chip = (struct chip_view){str_fmt(a, "held for a paper until %s", day_say_date(row->waits, day)),
					       TONE_WARN};
	else if (row->held)
		line.chip = (struct chip_view){S("a household is on its way"), TONE_INFO};
	const char *from = day_say_date(row->times.from, day);
	if (row->state == OPENING_FORECAST)
		line.since = str_fmt(a, "from %s", from);
	else
		line.since =
			str_fmt(a, "since %s, empty for %d %s", from, row->vacant, row->vacant == 1 ? "day" : "days");
	return line;
}

static struct str change_of(struct request *rq, const struct openings_view *view)
{
	struct opening_change change = {0};
	struct arena *a = rq->arena;
	for (size_t i = 0; i < view->regions_n && change.doors == 0; i++) {
		err_t e = app_opening_change(site_call(rq), view->regions[i].id, &change);
		if (e != NULL) /* one more thing to know, never a reason not to show the register */
			return (struct str){0};
	}
	if (change.doors == 0)
		return (struct str){0};
	struct str where = change.openings > 1 ? str_fmt(a, " of %zu openings", change.openings)
					       : str_fmt(a, " of %.*s", STR_ARG(change.program));
	struct str seated = change.seated > 0 ? str_fmt(a, ", %zu of them in a cycle", change.seated) : (struct str){0};
	return str_fmt(a, "Without the condition “%.*s”%.*s, %zu more %s fit an opening%.*s.", STR_ARG(change.say),
		       STR_ARG(where), change.doors, change.doors == 1 ? "household would" : "households would",
		       STR_ARG(seated));
}

const struct option_view *opening_options(struct arena *a, const struct opening_choice_row *rows, size_t n,
					  struct str chosen)
{
	struct option_view *options = arena_many(a, n, struct option_view);
	for (size_t i = 0; i < n; i++)
		options[i] = (struct option_view){rows[i].id, rows[i].name, str_eq(rows[i].id, chosen)};
	return options;
}

static bool is_chosen(const struct request *rq, bool again, const char *name, struct str value)
{
	size_t n;
	const struct str *all;
	if (!again)
		return false;
	all = form_many(&rq->form, name, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i], value))
			return true;
	return false;
}

static void fill_form(struct request *rq, const struct openings_view *v, bool again, struct openings_page *page)
{
	struct arena *a = rq->arena;
	char day[DAY_TEXT];
	struct option_view *kinds = arena_many(a, POLICY_KINDS_N, struct option_view);
	for (int k = POLICY_LIST + 1; k < POLICY_KINDS_N; k++) {
		struct str word = policy_kind_table[k].word;
		kinds[page->kinds_n++] =
			(struct option_view){word, str_from(policy_kind_table[k].say),
					     str_eq(word, form_typed(&rq->form, again, "kind", (struct str){0}))};
	}
	struct option_view *bedrooms = arena_many(a, OPENING_BEDROOMS_MOST + 1, struct option_view);
	for (int n = 0; n <= OPENING_BEDROOMS_MOST; n++) {
		struct str value = str_fmt(a, "%d", n);
		bedrooms[page->bedrooms_n++] =
			(struct option_view){value, bedrooms_say(a, n),
					     str_eq(value, form_typed(&rq->form, again, "bedrooms", (struct str){0}))};
	}
	struct option_view *features = arena_many(a, PREFERENCES_N, struct option_view);
	for (int p = 0; p < PREFERENCES_N; p++)
		if (p != PREFERENCE_NO_SHELTER && p != PREFERENCE_AREA && p != PREFERENCE_FAMILY)
			features[page->features_n++] =
				(struct option_view){preference_table[p].key, preference_table[p].label,
						     is_chosen(rq, again, "feature", preference_table[p].key)};
	page->may_add = v->may_add;
	page->kinds = kinds;
	page->bedrooms = bedrooms;
	page->features = features;
	page->regions = opening_options(a, v->regions, v->regions_n,
					form_typed(&rq->form, again, "region", rq->actor->region_id));
	page->regions_n = v->regions_n;
	page->agencies = opening_options(a, v->agencies, v->agencies_n,
					 form_typed(&rq->form, again, "agency", rq->actor->agency_id));
	page->agencies_n = v->agencies_n;
	page->programs = v->programs;
	page->programs_n = v->programs_n;
	page->counties = v->counties;
	page->counties_n = v->counties_n;
	page->program = form_typed(&rq->form, again, "program", (struct str){0});
	page->unit = form_typed(&rq->form, again, "unit", (struct str){0});
	page->county = form_typed(&rq->form, again, "county", (struct str){0});
	page->from = form_typed(&rq->form, again, "from", str_dup(a, str_from(day_text(rq->today, day))));
	page->most = form_typed(&rq->form, again, "most", (struct str){0});
	page->extra = form_typed(&rq->form, again, "extra", (struct str){0});
	page->children = again && form_checked(&rq->form, "children");
	page->chronic = again && form_checked(&rq->form, "chronic");
	page->veteran = again && form_checked(&rq->form, "veteran");
	page->youth = again && form_checked(&rq->form, "youth");
}

static err_t show(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct arena *a = rq->arena;
	struct openings_view view;
	TRY(app_openings(site_call(rq), &view));
	struct openings_page page = {
		.layout = site_layout(rq, S("Openings"), ""),
		.csrf = rq->csrf,
		.error = error,
	};
	struct opening_line *open = arena_many(a, view.rows_n, struct opening_line);
	struct opening_line *ended = arena_many(a, view.rows_n, struct opening_line);
	for (size_t i = 0; i < view.rows_n; i++) {
		page.plans = page.plans || view.rows[i].plans;
		if (day_known(view.rows[i].times.ended))
			ended[page.ended_n++] = opening_line_of(a, &view.rows[i]);
		else
			open[page.lines_n++] = opening_line_of(a, &view.rows[i]);
	}
	page.ask_over = again && (status == err_http_status(ERR_CONFLICT) || form_value(&rq->form, "over")->text.n > 0);
	page.lines = open;
	page.ended = ended;
	page.change = change_of(rq, &view);
	fill_form(rq, &view, again, &page);
	t_openings(reply_html(out, status), &page);
	return NULL;
}

err_t page_openings(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, false, out);
}

static err_t written(struct request *rq, err_t e, bool again, struct reply *out)
{
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_MISSING))
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, again, out);
	reply_redirect(out, S("/openings"));
	return NULL;
}

err_t page_opening_add(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id;
	size_t features_n;
	const struct str *features = form_many(f, "feature", &features_n);
	struct opening_new in = {
		.region = form_text(f, "region"),
		.agency = form_text(f, "agency"),
		.program = form_text(f, "program"),
		.unit = form_text(f, "unit"),
		.county = form_text(f, "county"),
		.from = form_day(f, "from"),
		.over = form_pii(rq->arena, f, "over"),
		.fits = {.children = form_checked(f, "children"),
			 .chronic = form_checked(f, "chronic"),
			 .veteran = form_checked(f, "veteran"),
			 .youth = form_checked(f, "youth"),
			 .extra = form_text(f, "extra")},
	};
	err_t e = form_error(rq->arena, f);
	if (e == NULL && !policy_kind_parse(form_text(f, "kind"), &in.kind))
		e = err_new(rq->arena, ERR_INVALID, "Say what kind of housing it is.");
	if (e == NULL && !preference_set_of(features, features_n, &in.features))
		e = err_new(rq->arena, ERR_INVALID, "There is no such thing for a home to offer.");
	if (e == NULL) {
		in.bedrooms = (int)form_int(f, "bedrooms", -1);
		in.fits.people_most = (int)form_int(f, "most", 0);
		if (in.fits.people_most == 0 && in.bedrooms >= 0)
			in.fits.people_most = opening_room(in.bedrooms);
		e = app_opening_add(site_call(rq), &in, &id);
	}
	return written(rq, e, true, out);
}

err_t page_opening_confirm(struct request *rq, struct reply *out)
{
	if (!form_ok(&rq->form))
		return show(rq, 422, S("Choose an opening."), false, out);
	return written(rq, app_opening_confirm(site_call(rq), form_text(&rq->form, "opening")), false, out);
}

err_t page_opening_end(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Say what happened to the opening, and why in a few words."), false, out);
	return written(rq,
		       app_opening_end(site_call(rq), form_text(f, "opening"), form_choice(f, "as") == FILLED,
				       form_pii(rq->arena, f, "why")),
		       false, out);
}

/* --- one opening --- */

struct str opening_called(struct arena *a, const struct household_face *face)
{
	return face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code));
}

struct str opening_facts(struct arena *a, const struct household_face *face, int place)
{
	struct buf facts = buf_new(a, 500);
	buf_fmt(&facts, "place %d", place);
	add_part(&facts, face->type);
	if (face->days_on_list >= 0)
		add_part(&facts, str_fmt(a, "%d days on the list", face->days_on_list));
	return buf_text(&facts);
}

const struct str *opening_papers(struct arena *a, const struct paper_row *rows, size_t rows_n, size_t *n)
{
	struct str *lines = arena_many(a, rows_n + 1, struct str);
	struct buf nobody = buf_new(a, 1000);
	char day[DAY_SAY];
	*n = 0;
	for (size_t i = 0; i < rows_n; i++) {
		const struct paper_row *row = &rows[i];
		if (row->fetcher.n == 0) {
			buf_fmt(&nobody, "%s%.*s", nobody.n > 0 ? ", " : "Nobody fetches yet: ", STR_ARG(row->label));
			continue;
		}
		lines[*n] = str_fmt(a, "%.*s: %.*s fetches it", STR_ARG(row->label), STR_ARG(row->fetcher));
		if (day_known(row->due))
			lines[*n] = str_fmt(a, "%.*s by %s", STR_ARG(lines[*n]), day_say_date(row->due, day));
		(*n)++;
	}
	if (nobody.n > 0)
		lines[(*n)++] = buf_text(&nobody);
	return lines;
}

static const struct fit_line *fit_lines(struct arena *a, const struct fit_row *rows, size_t n)
{
	struct fit_line *lines = arena_many(a, n, struct fit_line);
	for (size_t i = 0; i < n; i++) {
		const struct household_face *face = &rows[i].face;
		struct str facts = opening_facts(a, face, face->rank);
		lines[i] = (struct fit_line){
			.row = &rows[i],
			.called = opening_called(a, face),
			.facts = rows[i].seated ? str_fmt(a, "%.*s · in the cycle", STR_ARG(facts)) : facts,
			.href = url_path(a, "/household/{}", face->id),
		};
		lines[i].papers = opening_papers(a, rows[i].papers, rows[i].papers_n, &lines[i].papers_n);
	}
	return lines;
}

err_t page_opening(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct opening_fit_view view;
	char day[DAY_TEXT];
	TRY(app_opening_fit(site_call(rq), request_param(rq, "id"), &view));
	struct opening_page page = {
		.layout = site_layout(rq, S("Who fits"), ""),
		.view = &view,
		.may_refer =
			opening_offered(view.opening.state) && !view.opening.held && !day_known(view.opening.waits),
		.line = opening_line_of(a, &view.opening),
		.summary = str_fmt(a, "%zu of %zu active households fit.", view.fits_n, view.active),
		.fits = fit_lines(a, view.fits, view.shown_n),
		.fits_n = view.shown_n,
		.near = fit_lines(a, view.near, view.near_n),
		.near_n = view.near_n,
		.passed = fit_lines(a, view.passed, view.passed_n),
		.passed_n = view.passed_n,
		.csrf = rq->csrf,
		.can_hold = opening_offered(view.opening.state) && !view.opening.held && !day_known(view.opening.waits),
		.people_n = view.people_n,
		.soonest = str_dup(a, str_from(day_text(rq->today, day))),
		.latest = str_dup(a, str_from(day_text(view.hold_most, day))),
	};
	struct option_view *people = arena_many(a, view.people_n, struct option_view);
	for (size_t i = 0; i < view.people_n; i++)
		people[i] = (struct option_view){view.people[i].id, view.people[i].name,
						 str_eq(view.people[i].id, rq->actor->id)};
	page.people = people;
	t_opening(reply_html(out, 200), &page);
	return NULL;
}
