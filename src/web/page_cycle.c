/* The cycle of a list with its conferences, and the action register. */
#include "web/page_conference.h"

#include "domain/cycle.h"
#include "web/page_support.h"
#include "web/site.h"
#include "web/t_conference_decisions.h"
#include "web/t_conference_steps.h"
#include "web/t_cycle.h"

enum { ID_MOST = 40, REASON_MOST = 1000 };

static const struct form_field cycle_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "list", .label = "Working list", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "openings",
	 .label = "Openings expected in a month",
	 .kind = FIELD_INT,
	 .least = 0,
	 .most = PLANNER_OPENINGS_MOST},
	{.name = "sitting", .label = "Business meeting", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec cycle_form = FORM(cycle_fields);

static const struct form_field start_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "list", .label = "Working list", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "size",
	 .label = "Households",
	 .kind = FIELD_INT,
	 .required = true,
	 .least = 1,
	 .most = CYCLE_SIZE_MOST},
	{.name = "goal", .label = "Goal", .kind = FIELD_INT, .least = 0, .most = 1000},
	{.name = "what", .label = "Act", .kind = FIELD_TEXT, .max = 10},
};
const struct form_spec cycle_start_form = FORM(start_fields);

static const char *const seat_acts[] = {"skip", "add", "free", NULL};
static const struct form_field seat_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "list", .label = "Working list", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "household", .label = "Household", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "act", .label = "Act", .kind = FIELD_CHOICE, .required = true, .choices = seat_acts},
	{.name = "ending", .label = "Ending", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "why", .label = "Why this household", .kind = FIELD_MANY, .max = ID_MOST},
	{.name = "reason", .label = "The reason", .kind = FIELD_PRIVATE, .required = true, .max = REASON_MOST},
};
const struct form_spec cycle_seat_form = FORM(seat_fields);

static const struct form_field habits_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "list", .label = "Working list", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "on", .label = "What the region does", .kind = FIELD_MANY, .max = ID_MOST},
};
const struct form_spec habits_form = FORM(habits_fields);

static struct str called(struct arena *a, const struct household_face *face)
{
	if (!face->visible)
		return S("A household");
	return face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code));
}

static const struct cycle_line *seat_lines(struct arena *a, const struct cycle_seat *seats, size_t n)
{
	struct cycle_line *lines = arena_many(a, n, struct cycle_line);
	for (size_t i = 0; i < n; i++) {
		const struct cycle_seat *seat = &seats[i];
		struct chip_view chip = {S(""), TONE_IDLE};
		if (seat->face.unlisted)
			chip = (struct chip_view){S("no longer on the list"), TONE_WARN};
		else if (seat->reconnect)
			chip = (struct chip_view){S("to reconnect"), TONE_WARN};
		else if (seat->out_of_order)
			chip = (struct chip_view){S("out of order"), TONE_WARN};
		else if (str_starts(seat->ended, S("housed")))
			chip = (struct chip_view){S("housed"), TONE_GOOD};
		lines[i] = (struct cycle_line){seat, called(a, &seat->face), chip};
	}
	return lines;
}

static const struct cycle_line *next_lines(struct arena *a, const struct cycle_view *v)
{
	struct cycle_line *lines = arena_many(a, v->next_n, struct cycle_line);
	struct cycle_seat *seats = arena_many(a, v->next_n, struct cycle_seat);
	for (size_t i = 0; i < v->next_n; i++) {
		seats[i].face = v->next[i];
		lines[i] = (struct cycle_line){&seats[i], called(a, &v->next[i]), {S(""), TONE_IDLE}};
	}
	return lines;
}

static err_t build_conferences(struct request *rq, struct worklist_ref of, struct cycle_page *page)
{
	struct arena *a = rq->arena;
	struct conference_list_view list;
	TRY(app_conference_list(site_call(rq), of, &list));
	struct conference_link *links = arena_many(a, list.lines_n, struct conference_link);
	for (size_t i = 0; i < list.lines_n; i++) {
		const struct conference_line *line = &list.lines[i];
		links[i] = (struct conference_link){
			.line = line,
			.href = url_path(a, "/conference/{}", line->id),
			.notes = url_path(a, "/conference/{}/notes", line->id),
			.chip = {line->state, line->live      ? TONE_GOOD
					      : line->planned ? TONE_INFO
							      : TONE_IDLE},
		};
	}
	page->conferences = links;
	page->conferences_n = list.lines_n;
	return NULL;
}

static const struct option_view *ending_options(struct arena *a, size_t *n)
{
	struct option_view *options = arena_many(a, CYCLE_ENDING_N, struct option_view);
	*n = 0;
	for (int i = 0; i < CYCLE_ENDING_N; i++) {
		const struct cycle_ending_row *row = &cycle_ending_table[i];
		if (row->by_person && i != CYCLE_SKIPPED)
			options[(*n)++] = (struct option_view){row->key, row->words, false};
	}
	return options;
}

static err_t region_of(const struct request *rq, struct str wanted, const struct region_choice *regions, size_t n,
		       struct str *out)
{
	struct str own = rq->actor->region_id;
	*out = wanted.n > 0 ? wanted : own.n > 0 ? own : n > 0 ? regions[0].id : S("");
	if (out->n == 0)
		return err_new(rq->arena, ERR_MISSING, "No region’s conferences are yours yet; ask your list holder.");
	return NULL;
}

err_t conference_region(struct request *rq, struct str wanted, struct str *out)
{
	struct region_choice *regions;
	size_t n;
	TRY(app_conference_regions(site_call(rq), &regions, &n));
	return region_of(rq, wanted, regions, n, out);
}

err_t conference_list(struct request *rq, struct worklist_ref *out)
{
	*out = (struct worklist_ref){.id = form_text(&rq->form, "list")};
	return conference_region(rq, form_text(&rq->form, "region"), &out->region_id);
}

struct url conference_list_url(struct arena *a, struct url page, struct worklist_ref list)
{
	struct url u = url_query(a, page, "region", list.region_id);
	return list.id.n > 0 ? url_query(a, u, "list", list.id) : u;
}

/* The region's lists, where it has working lists: the whole one first. */
static void build_lists(struct arena *a, const struct cycle_view *v, struct cycle_page *page)
{
	struct pill_view *pills = arena_many(a, v->lists_n + 1, struct pill_view);
	for (size_t i = 0; i <= v->lists_n; i++) {
		struct worklist_ref list = {v->region_id, i > 0 ? v->lists[i - 1].id : S("")};
		pills[i] = (struct pill_view){
			.say = i > 0 ? v->lists[i - 1].name : S("Whole list"),
			.href = conference_list_url(a, URL("/conferences"), list),
			.on = str_eq(list.id, v->list.id),
		};
	}
	page->lists = pills;
	page->lists_n = v->lists_n + 1;
}

/* What the planner suggests; openings that are no number are not said. */
static err_t build_planner(struct request *rq, struct worklist_ref list, struct cycle_page *page)
{
	struct planner_view *view = arena_one(rq->arena, struct planner_view);
	bool asked = rq->route->method == METHOD_GET; /* what is posted comes with another form */
	int openings = asked ? (int)form_int(&rq->form, "openings", PLANNER_NOT_SAID) : PLANNER_NOT_SAID;
	TRY(app_planner(site_call(rq), list, openings, view));
	page->planner = view;
	if (openings != PLANNER_NOT_SAID)
		page->openings = str_fmt(rq->arena, "%d", openings);
	return NULL;
}

static err_t build_habits(struct request *rq, struct str region_id, struct cycle_page *page)
{
	struct habits *habits = arena_one(rq->arena, struct habits);
	struct option_view *options = arena_many(rq->arena, HABITS_N, struct option_view);
	TRY(app_habits(site_call(rq), region_id, habits));
	for (int i = 0; i < HABITS_N; i++)
		options[i] = (struct option_view){habit_table[i].key, habit_table[i].label, habits->on[i]};
	page->habits = habits;
	page->habit_options = options;
	page->habit_options_n = HABITS_N;
	return NULL;
}

/* The same, with all that can be chosen. */
static err_t choose_region(struct request *rq, struct str wanted, struct str *out, const struct option_view **options,
			   size_t *n)
{
	struct region_choice *regions;
	TRY(app_conference_regions(site_call(rq), &regions, n));
	TRY(region_of(rq, wanted, regions, *n, out));
	struct option_view *rows = arena_many(rq->arena, *n, struct option_view);
	for (size_t i = 0; i < *n; i++)
		rows[i] = (struct option_view){regions[i].id, regions[i].name, str_eq(regions[i].id, *out)};
	*options = rows;
	return NULL;
}

static err_t show(struct request *rq, struct reply *out, struct worklist_ref list, int status, struct str error)
{
	struct arena *a = rq->arena;
	struct cycle_view view;
	struct cycle_page page = {.csrf = rq->csrf, .error = error};
	TRY(choose_region(rq, list.region_id, &list.region_id, &page.regions, &page.regions_n));
	TRY(app_cycle(site_call(rq), list, &view));
	page.cycle = &view;
	page.layout = site_layout(rq, S("Conferences"), "page--aside");
	page.seats = seat_lines(a, view.seats, view.seats_n);
	page.seats_n = view.seats_n;
	page.freed = seat_lines(a, view.freed, view.freed_n);
	page.freed_n = view.freed_n;
	page.next = next_lines(a, &view);
	page.next_n = view.next_n;
	page.endings = ending_options(a, &page.endings_n);
	page.whys = airtime_options(a, &page.whys_n);
	page.plan = conference_list_url(a, URL("/conferences/plan"), list);
	page.steps = url_query(a, URL("/conferences/steps"), "region", list.region_id);
	page.ready = conference_list_url(a, URL("/conferences/ready"), list);
	page.decisions = conference_list_url(a, URL("/conferences/decisions"), list);
	page.worklist = url_query(a, URL("/conferences/lists"), "region", list.region_id);
	if (view.can_plan) {
		TRY(build_planner(rq, list, &page));
		TRY(build_habits(rq, list.region_id, &page));
	}
	build_lists(a, &view, &page);
	if (view.conference_id.n > 0) {
		page.conference = url_path(a, "/conference/{}", view.conference_id);
		page.prepare = url_path(a, "/conference/{}/prepare", view.conference_id);
	}
	page.empty = (struct empty_view){
		.title = S("No cycle yet"),
		.text = S("A cycle takes the most critical households, in the order of the list."),
	};
	TRY(build_conferences(rq, list, &page));
	t_cycle(reply_html(out, status), &page);
	return NULL;
}

static struct worklist_ref list_of_form(const struct request *rq)
{
	return (struct worklist_ref){form_text(&rq->form, "region"), form_text(&rq->form, "list")};
}

err_t page_cycle(struct request *rq, struct reply *out)
{
	return show(rq, out, list_of_form(rq), 200, S(""));
}

err_t page_decisions(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct cycle_decisions_view view;
	struct worklist_ref list;
	TRY(conference_list(rq, &list));
	TRY(app_cycle_decisions(site_call(rq), list, &view));
	struct decision_line *lines = arena_many(a, view.rows_n, struct decision_line);
	for (size_t i = 0; i < view.rows_n; i++)
		lines[i] = (struct decision_line){&view.rows[i], called(a, &view.rows[i].face)};
	struct decisions_page page = {
		.layout = site_layout(rq, S("Out of order"), ""),
		.view = &view,
		.back = conference_list_url(a, URL("/conferences"), list),
		.lines = lines,
		.lines_n = view.rows_n,
	};
	t_conference_decisions(reply_html(out, 200), &page);
	return NULL;
}

static err_t go_on(struct request *rq, struct reply *out, struct worklist_ref list, err_t e)
{
	if (e != NULL && (e->class == ERR_INVALID || e->class == ERR_CONFLICT))
		return show(rq, out, list, err_http_status(e->class), e->say);
	TRY(e);
	reply_redirect(out, conference_list_url(rq->arena, URL("/conferences"), list).s);
	return NULL;
}

err_t page_habits(struct request *rq, struct reply *out)
{
	struct worklist_ref list = list_of_form(rq);
	struct habits habits = {0};
	size_t n;
	const struct str *keys = form_many(&rq->form, "on", &n);
	err_t e = conference_form_fault(rq);
	for (size_t i = 0; i < n && e == NULL; i++) {
		enum habit habit;
		if (habit_parse(keys[i], &habit))
			habits.on[habit] = true;
		else
			e = err_new(rq->arena, ERR_INVALID, "Choose from the lines that are there.");
	}
	if (e == NULL)
		e = app_habits_put(site_call(rq), list.region_id, &habits);
	return go_on(rq, out, list, e);
}

err_t page_cycle_start(struct request *rq, struct reply *out)
{
	struct worklist_ref list = list_of_form(rq);
	int size = (int)form_int(&rq->form, "size", CYCLE_SIZE);
	int goal = (int)form_int(&rq->form, "goal", 0);
	err_t e = conference_form_fault(rq);
	if (e == NULL && str_eq(form_text(&rq->form, "what"), S("set")))
		e = app_cycle_set(site_call(rq), list, size, goal);
	else if (e == NULL)
		e = app_cycle_start(site_call(rq), list, size, goal);
	return go_on(rq, out, list, e);
}

err_t page_worklist_end(struct request *rq, struct reply *out)
{
	struct worklist_ref list = list_of_form(rq);
	err_t e = app_worklist_end(site_call(rq), list);
	if (e == NULL)
		list.id = (struct str){0};
	return go_on(rq, out, list, e);
}

err_t page_cycle_refresh(struct request *rq, struct reply *out)
{
	struct worklist_ref list = list_of_form(rq);
	return go_on(rq, out, list, app_cycle_refresh(site_call(rq), list));
}

err_t page_cycle_seat(struct request *rq, struct reply *out)
{
	enum { SKIP, ADD, FREE };
	struct call *c = site_call(rq);
	struct worklist_ref list = list_of_form(rq);
	struct str household = form_text(&rq->form, "household");
	const struct pii *reason = form_pii(rq->arena, &rq->form, "reason");
	enum cycle_ending ending = CYCLE_STAYS;
	err_t e = conference_form_fault(rq);
	if (e != NULL)
		return go_on(rq, out, list, e);
	switch (form_choice(&rq->form, "act")) {
	case SKIP:
		e = app_cycle_skip(c, list, household, reason);
		break;
	case ADD:
		e = app_cycle_add(c, list, household, airtime_picked(rq), reason);
		break;
	default:
		if (cycle_ending_parse(form_text(&rq->form, "ending"), &ending))
			e = app_cycle_free(c, list, household, ending, reason);
		else
			e = err_new(rq->arena, ERR_INVALID, "Choose how the household’s place ended.");
	}
	return go_on(rq, out, list, e);
}

static struct chip_view step_chip(struct arena *a, const struct step_line *line)
{
	if (line->lacks.n > 0)
		return (struct chip_view){str_fmt(a, "lacks %.*s", STR_ARG(line->lacks)), TONE_BAD};
	if (line->overdue_days > 0)
		return (struct chip_view){str_fmt(a, "%d days over", line->overdue_days), TONE_WARN};
	return (struct chip_view){line->state, TONE_IDLE};
}

err_t page_register(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct step_register_view view;
	struct register_page page = {0};
	struct str region;
	const struct option_view *regions;
	size_t regions_n;
	TRY(choose_region(rq, form_text(&rq->form, "region"), &region, &regions, &regions_n));
	TRY(app_step_register(site_call(rq), region, &view));
	struct register_line *lines = arena_many(a, view.steps_n, struct register_line);
	for (size_t i = 0; i < view.steps_n; i++)
		lines[i] = (struct register_line){&view.steps[i], called(a, &view.steps[i].face),
						  step_chip(a, &view.steps[i])};
	struct evidence_mine *mine;
	size_t mine_n;
	TRY(app_evidence_mine(site_call(rq), &mine, &mine_n));
	struct register_month *months = arena_many(a, mine_n, struct register_month);
	for (size_t i = 0; i < mine_n; i++)
		months[i] = (struct register_month){&mine[i], called(a, &mine[i].face),
						    url_path(a, "/household/{}/months", mine[i].face.id)};
	enum { TILES = 3 };
	struct tile_view *tiles = arena_many(a, TILES, struct tile_view);
	tiles[0] = (struct tile_view){str_fmt(a, "%zu", view.steps_n), S("Open steps")};
	tiles[1] = (struct tile_view){str_fmt(a, "%d", view.overdue), S("Overdue")};
	tiles[2] = (struct tile_view){str_fmt(a, "%d", view.lacking), S("Without an owner or a date")};
	page = (struct register_page){
		.layout = site_layout(rq, S("Action register"), ""),
		.view = &view,
		.lines = lines,
		.lines_n = view.steps_n,
		.questions = page_question_rows(a, view.questions, view.questions_n),
		.questions_n = view.questions_n,
		.months = months,
		.months_n = mine_n,
		.tiles = {.tiles = tiles, .tiles_n = TILES},
		.empty = {.title = S("Nothing is owed"), .text = S("Every step of this region is finished.")},
		.back = url_query(a, URL("/conferences"), "region", region),
	};
	t_conference_steps(reply_html(out, 200), &page);
	return NULL;
}
