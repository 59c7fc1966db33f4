/* The record of a conference to read and print, the form to plan one, and the list of a region's. */
#include "app/conference_load.h"
#include "app/cycle.h"
#include "app/handout.h"
#include "app/sitting.h"
#include "app/step.h"
#include "store/q_cycle.h"
#include "store/q_region.h"

enum { MEETING_MINUTES = 60, START_HOUR = 10, LIST_MOST = 50, FOUR_WEEKS = 28 };

struct recording {
	struct call *call;
	struct str id;
	bool names;
	struct conference_record record;
};

/* Faces without their names: what a coded record is made of. */
static bool take_names_off(struct conference_load *l)
{
	bool any = false;
	for (size_t i = 0; i < l->cards_n; i++) {
		any = any || l->faces[i].notes;
		l->faces[i].named = l->faces[i].notes = false;
		l->faces[i].name = l->faces[i].called = l->faces[i].hmis_id = S("");
	}
	return any;
}

static err_t fill_record(struct db *db, struct arena *a, void *ctx)
{
	struct recording *w = ctx;
	struct conference_record *r = &w->record;
	struct conference_load load;
	*r = (struct conference_record){.names = w->names};
	TRY(conference_load(w->call, db, a, w->id, &load));
	TRY(meeting_may(&load.m, CONFERENCE_VIEW));
	load.masked = true;
	TRY(scan_record(&load.m, w->names, &r->scan));
	if (!w->names) {
		r->can_name = take_names_off(&load);
		w->call->shown.n = 0; /* nobody is named */
	}
	TRY(conference_view_fill(&load, S(""), &r->conference));
	TRY(questions_of(w->call, db, a, w->id, &r->questions, &r->questions_n));
	TRY(handout_made(db, a, w->id, &r->handed_out));
	r->cards = arena_many(a, load.cards_n, struct record_card);
	for (size_t i = 0; i < load.cards_n; i++) {
		if (!load.faces[i].visible)
			continue;
		struct record_card *card = &r->cards[r->cards_n++];
		TRY(card_view_fill(&load, i, &card->card));
		card->printed = conference_called(a, &load.faces[i]);
	}
	return NULL;
}

err_t app_conference_record(struct call *c, struct str id, bool names, struct conference_record *out)
{
	struct recording w = {.call = c, .id = id, .names = names};
	TRY(db_run(c->db, c->arena, DB_READ, fill_record, &w));
	*out = w.record;
	return NULL;
}

struct preparing {
	struct call *call;
	struct worklist_ref list;
	struct str cycle_id; /* of a plan that exists */
	struct str id;       /* … its own */
	struct str sitting_id;
	struct plan_view view;
};

static void fill_agenda(struct arena *a, const int minutes[AGENDA_PARTS], struct plan_view *v)
{
	v->agenda = arena_many(a, AGENDA_PARTS, struct agenda_row_view);
	v->agenda_n = AGENDA_PARTS;
	for (int i = 0; i < AGENDA_PARTS; i++)
		v->agenda[i] = (struct agenda_row_view){
			.position = i,
			.key = agenda_table[i].key,
			.title = agenda_table[i].title,
			.what = agenda_table[i].what,
			.minutes = minutes[i],
		};
	v->fixed_minutes = agenda_fixed_minutes(minutes);
}

static struct str minutes_text(struct arena *a, int seconds)
{
	int tenths = seconds / 6;
	if (tenths % 10 == 0)
		return str_fmt(a, "%d", tenths / 10);
	return str_fmt(a, "%d.%d", tenths / 10, tenths % 10);
}

/* The cycle that is planned on. */
static err_t find_cycle(struct db *db, struct arena *a, const struct preparing *w, struct str *out)
{
	struct q_cycle_open cycle;
	bool found;
	*out = w->cycle_id;
	if (out->n > 0)
		return NULL;
	TRY(q_cycle_open(db, a, w->list.region_id, w->list.id, &cycle, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "This list has no cycle yet: start one first.");
	*out = cycle.id;
	return NULL;
}

/* What is the same in a new plan and in one that is changed. */
static err_t fill_choices(struct db *db, struct arena *a, struct preparing *w, int household_seconds)
{
	struct plan_view *v = &w->view;
	struct q_region_by_id region;
	struct str cycle;
	struct q_conference_people *people;
	struct q_cycle_seats_standing *seats;
	size_t people_n, seats_n;
	bool found;
	TRY(q_region_by_id(db, a, w->list.region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	v->region_id = w->list.region_id;
	v->region = region.name;
	TRY(worklist_load(w->call, db, a, w->list, &v->list));
	TRY(find_cycle(db, a, w, &cycle));
	TRY(q_cycle_seats_standing(db, a, cycle, &seats, &seats_n));
	v->cycle_households = (int)seats_n;
	TRY(step_carried_over(w->call, db, a, w->list, &v->carried_over));
	TRY(q_conference_people(db, a, w->list.region_id, &people, &people_n));
	v->people = arena_many(a, people_n, struct person_row);
	v->people_n = people_n;
	for (size_t i = 0; i < people_n; i++)
		v->people[i] = (struct person_row){people[i].id, people[i].name, people[i].agency, false};
	v->per_household = minutes_text(a, household_seconds);
	v->fits = conference_fit(v->minutes, v->fixed_minutes, household_seconds);
	return NULL;
}

/* Four weeks after the last meeting, or a week from now; on an open day. */
static err_t default_days(struct db *db, struct arena *a, struct preparing *w)
{
	struct plan_view *v = &w->view;
	struct day today = w->call->today;
	struct q_conferences_of_list *before;
	size_t n;
	TRY(q_conferences_of_list(db, a, w->list.region_id, w->list.id, 1, &before, &n));
	struct day day = day_add(today, 7);
	if (n > 0 && before[0].day.n + FOUR_WEEKS > today.n)
		day = day_add(before[0].day, FOUR_WEEKS);
	struct calendar calendar = meeting_calendar(a, today);
	day = calendar_open_from(&calendar, day);
	v->day_iso = text_iso(a, day);
	v->next_day_iso = text_iso(a, calendar_open_from(&calendar, day_add(day, FOUR_WEEKS)));
	return NULL;
}

/* What the business meeting before it leaves: its day, its end, the series' length, who leads. */
static err_t after_sitting(struct db *db, struct arena *a, struct preparing *w)
{
	struct plan_view *v = &w->view;
	struct sitting_open open;
	TRY(sitting_open(w->call, db, a, w->sitting_id, &open));
	v->sitting_id = w->sitting_id;
	v->day_iso = text_iso(a, open.row.day);
	v->time = series_clock(a, (int)(open.row.starts + open.row.minutes));
	if (open.row.chair_id.n > 0)
		v->facilitator_id = open.row.chair_id;
	return NULL;
}

/* The length that the series gives a case conference; `otherwise` where nothing is said. */
static err_t length_of(struct db *db, struct arena *a, struct preparing *w, int otherwise, int *minutes)
{
	struct sitting_open open;
	*minutes = otherwise;
	if (w->sitting_id.n == 0)
		return NULL;
	TRY(sitting_open(w->call, db, a, w->sitting_id, &open));
	if (open.series.conference_minutes >= AGENDA_LENGTH_LEAST)
		*minutes = (int)open.series.conference_minutes;
	return NULL;
}

static err_t prepare_new(struct db *db, struct arena *a, void *ctx)
{
	struct preparing *w = ctx;
	struct plan_view *v = &w->view;
	int minutes[AGENDA_PARTS], length;
	TRY(length_of(db, a, w, MEETING_MINUTES, &length));
	agenda_fill(length, minutes);
	*v = (struct plan_view){.minutes = length, .time = str_fmt(a, "%d:00", START_HOUR)};
	v->facilitator_id = w->call->actor.id;
	fill_agenda(a, minutes, v);
	TRY(fill_choices(db, a, w, HOUSEHOLD_SECONDS));
	v->focus = conference_focus_table[FOCUS_HIGHEST].key;
	TRY(default_days(db, a, w));
	return w->sitting_id.n > 0 ? after_sitting(db, a, w) : NULL;
}

err_t app_conference_plan_new(struct call *c, struct worklist_ref list, struct str sitting, struct plan_view *out)
{
	struct preparing w = {.call = c, .list = list, .sitting_id = sitting};
	if (!meeting_may_plan(&c->actor, list.region_id))
		return err_new(c->arena, ERR_DENIED,
			       "Conferences are planned by the list holder and the specialists of the region.");
	TRY(db_run(c->db, c->arena, DB_READ, prepare_new, &w));
	*out = w.view;
	return NULL;
}

static err_t prepare_change(struct db *db, struct arena *a, void *ctx)
{
	struct preparing *w = ctx;
	struct plan_view *v = &w->view;
	struct conference_load load;
	int minutes[AGENDA_PARTS];
	TRY(conference_load(w->call, db, a, w->id, &load));
	TRY(meeting_may(&load.m, CONFERENCE_PREPARE));
	const struct q_conference_by_id *row = &load.m.row;
	w->list = meeting_list(&load.m);
	w->cycle_id = row->cycle_id;
	agenda_fill((int)row->minutes, minutes);
	for (size_t i = 0; i < load.agenda_n; i++)
		if (load.agenda[i].position >= 0 && load.agenda[i].position < AGENDA_PARTS)
			minutes[load.agenda[i].position] = (int)load.agenda[i].minutes;
	*v = (struct plan_view){
		.id = w->id,
		.focus = row->focus,
		.day_iso = text_iso(a, row->day),
		.time = text_clock(a, row->starts_at),
		.next_day_iso = text_iso(a, row->next_day),
		.minutes = (int)row->minutes,
		.facilitator_id = row->facilitator_id,
		.scribe_id = row->scribe_id,
	};
	fill_agenda(a, minutes, v);
	return fill_choices(db, a, w, (int)row->household_seconds);
}

err_t app_conference_plan_of(struct call *c, struct str id, struct plan_view *out)
{
	struct preparing w = {.call = c, .id = id};
	TRY(db_run(c->db, c->arena, DB_READ, prepare_change, &w));
	*out = w.view;
	return NULL;
}

struct listing_all {
	struct call *call;
	struct worklist_ref list;
	struct conference_list_view view;
};

static err_t list_conferences(struct db *db, struct arena *a, void *ctx)
{
	struct listing_all *w = ctx;
	struct conference_list_view *v = &w->view;
	struct q_region_by_id region;
	struct q_conferences_of_list *rows;
	size_t n;
	bool found;
	*v = (struct conference_list_view){.region_id = w->list.region_id};
	TRY(q_region_by_id(db, a, v->region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	TRY(meeting_region_may(w->call, db, a, v->region_id));
	v->region = region.name;
	v->can_plan = meeting_may_plan(&w->call->actor, v->region_id);
	TRY(q_conferences_of_list(db, a, v->region_id, w->list.id, LIST_MOST, &rows, &n));
	v->lines = arena_many(a, n, struct conference_line);
	v->lines_n = n;
	for (size_t i = 0; i < n; i++) {
		enum conference_state state = CONFERENCE_CLOSED;
		bool known = conference_state_parse(rows[i].state, &state);
		v->lines[i] = (struct conference_line){
			.id = rows[i].id,
			.title = conference_title(a, region.name, rows[i].focus),
			.day = text_day(a, rows[i].day),
			.state = known ? conference_state_table[state].words : rows[i].state,
			.live = state == CONFERENCE_LIVE,
			.planned = state == CONFERENCE_PLANNED,
		};
	}
	return NULL;
}

err_t app_conference_list(struct call *c, struct worklist_ref list, struct conference_list_view *out)
{
	struct listing_all w = {.call = c, .list = list};
	TRY(db_run(c->db, c->arena, DB_READ, list_conferences, &w));
	*out = w.view;
	return NULL;
}

struct choosing {
	struct call *call;
	struct region_choice *regions;
	size_t n;
};

static err_t choose_regions(struct db *db, struct arena *a, void *ctx)
{
	struct choosing *w = ctx;
	struct q_regions *rows;
	size_t n;
	TRY(q_regions(db, a, &rows, &n));
	w->regions = arena_many(a, n, struct region_choice);
	w->n = 0;
	for (size_t i = 0; i < n; i++) {
		bool works;
		TRY(meeting_region_works(w->call, db, a, rows[i].id, &works));
		if (works)
			w->regions[w->n++] = (struct region_choice){rows[i].id, rows[i].name};
	}
	return NULL;
}

err_t app_conference_regions(struct call *c, struct region_choice **out, size_t *n)
{
	struct choosing w = {.call = c};
	TRY(db_run(c->db, c->arena, DB_READ, choose_regions, &w));
	*out = w.regions;
	*n = w.n;
	return NULL;
}
