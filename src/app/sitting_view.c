/* One meeting as people see it. */
#include "app/meeting.h"
#include "app/sitting.h"
#include "app/unnamed.h"

struct viewing {
	struct call *call;
	struct str id;
	struct sitting_view view;
};

static struct str day_text_of(struct arena *a, struct day d)
{
	char said[DAY_SAY];
	return str_dup(a, str_from(day_say(d, said)));
}

static struct str clock_of(struct arena *a, struct instant t)
{
	char said[CLOCK_TEXT];
	return instant_known(t) ? str_dup(a, str_from(instant_clock(t, said))) : S("");
}

static void fill_head(struct call *c, struct arena *a, const struct sitting_open *open, struct sitting_view *v)
{
	const struct q_sitting_by_id *row = &open->row;
	struct calendar calendar = meeting_calendar(a, c->today);
	struct str where = open->series.region.n > 0 ? open->series.region : S("statewide");
	v->row = *row;
	v->series_row = open->series;
	v->series_id = row->series_id;
	v->series = open->series.name;
	v->region_id = open->series.region_id;
	v->region = where;
	v->title = str_fmt(a, "%s, %.*s", row->minutes > 0 ? "Business meeting" : "Meeting", STR_ARG(where));
	v->day = day_text_of(a, row->day);
	v->clock = series_clock(a, (int)row->starts);
	v->until = series_clock(a, (int)(row->starts + row->minutes));
	v->planned = str_eq(row->state, S("planned"));
	v->live = str_eq(row->state, S("live"));
	v->closed = str_eq(row->state, S("closed"));
	v->cancelled = str_eq(row->state, S("cancelled"));
	v->keeps = open->keeps;
	v->leads = open->leads;
	v->conferences_too = access_may(c->actor.role, CAN_CONFERENCE);
	if (row->day.n != row->rule_day.n)
		v->moved = str_fmt(a, "moved from %.*s", STR_ARG(day_text_of(a, row->rule_day)));
	if (v->planned && !calendar_is_open(&calendar, row->day))
		v->holiday = S("Offices are closed that day: move it.");
	v->next_leader = str_eq(row->chair_id, open->series.alternate_id) ? open->series.lead : open->series.alternate;
}

static err_t fill_items(struct db *db, struct arena *a, struct sitting_view *v)
{
	struct q_sitting_items *rows;
	size_t n;
	struct sitting_item *items = arena_many(a, BUSINESS_ITEMS_N, struct sitting_item);
	TRY(q_sitting_items(db, a, v->id, &rows, &n));
	for (int i = 0; i < BUSINESS_ITEMS_N; i++)
		items[i].row = &business_table[i];
	for (size_t i = 0; i < n; i++) {
		if (rows[i].position < 0 || rows[i].position >= BUSINESS_ITEMS_N)
			continue;
		items[rows[i].position].minutes = (int)rows[i].minutes;
		v->items_minutes += (int)rows[i].minutes;
	}
	v->items = items;
	v->items_n = BUSINESS_ITEMS_N;
	return NULL;
}

static err_t fill_seats(struct call *c, struct db *db, struct arena *a, struct sitting_view *v)
{
	struct q_sitting_seats *rows;
	TRY(q_sitting_seats(db, a, v->id, &rows, &v->seats_n));
	v->seats = arena_many(a, v->seats_n, struct sitting_seat);
	for (size_t i = 0; i < v->seats_n; i++) {
		struct sitting_seat *seat = &v->seats[i];
		*seat = (struct sitting_seat){
			.user_id = rows[i].user_id,
			.name = rows[i].name,
			.agency = rows[i].agency,
			.in = clock_of(a, rows[i].in_at),
			.out = clock_of(a, rows[i].out_at),
			.here = !instant_known(rows[i].out_at),
			.lead = str_eq(rows[i].role, str_from(role_word(ROLE_LEAD))),
		};
		v->here_n += seat->here ? 1 : 0;
		v->leads_n += seat->here && seat->lead ? 1 : 0;
		v->here = v->here || (seat->here && str_eq(seat->user_id, c->actor.id));
	}
	v->can_enter = v->live && !v->here;
	return NULL;
}

static err_t fill_notes(struct call *c, struct db *db, struct arena *a, struct sitting_view *v)
{
	struct q_sitting_notes *rows;
	TRY(q_sitting_notes(db, a, v->id, &rows, &v->notes_n));
	v->notes = arena_many(a, v->notes_n, struct sitting_note);
	for (size_t i = 0; i < v->notes_n; i++) {
		struct sitting_note *note = &v->notes[i];
		note->decision = str_eq(rows[i].kind, S("decision"));
		note->by = rows[i].by_name;
		note->at = clock_of(a, rows[i].at);
		TRY(unnamed_open(c, a, "sitting_note", "words", rows[i].id, rows[i].words, &note->words));
	}
	return NULL;
}

/* A lead agency is told that one follows, and not which. */
static err_t fill_conferences(struct call *c, struct db *db, struct arena *a, struct sitting_view *v)
{
	struct q_sitting_conferences *rows;
	size_t n;
	v->conference_minutes = (int)v->series_row.conference_minutes;
	v->conference_day = v->row.day;
	v->conference_minute = (int)(v->row.starts + v->row.minutes);
	if (!v->conferences_too)
		return NULL;
	TRY(q_sitting_conferences(db, a, v->id, &rows, &n));
	v->conferences = arena_many(a, n, struct sitting_conference);
	v->conferences_n = n;
	for (size_t i = 0; i < n; i++)
		v->conferences[i] = (struct sitting_conference){
			.id = rows[i].conference_id,
			.region = rows[i].region,
			.clock = clock_of(a, rows[i].starts_at),
			.state = str_eq(rows[i].state, S("live")) ? S("running now") : rows[i].state,
			.live = str_eq(rows[i].state, S("live")),
			.closed = str_eq(rows[i].state, S("closed")),
		};
	v->can_conference = v->conference_minutes > 0 && !v->cancelled && v->row.day.n >= c->today.n &&
			    (v->region_id.n > 0 ? n == 0 && meeting_may_plan(&c->actor, v->region_id)
						: access_may(c->actor.role, CAN_CONFERENCE_PLAN));
	return NULL;
}

static err_t view_sitting(struct db *db, struct arena *a, void *ctx)
{
	struct viewing *w = ctx;
	struct sitting_view *v = &w->view;
	struct sitting_open open;
	*v = (struct sitting_view){.id = w->id};
	TRY(sitting_open(w->call, db, a, w->id, &open));
	fill_head(w->call, a, &open, v);
	TRY(fill_items(db, a, v));
	TRY(fill_seats(w->call, db, a, v));
	TRY(fill_notes(w->call, db, a, v));
	TRY(fill_conferences(w->call, db, a, v));
	TRY(series_objectives(w->call, db, a, v->series_id, &v->objectives, &v->objectives_n));
	return q_series_people(db, a, v->region_id, v->region_id.n == 0, &v->people, &v->people_n);
}

err_t app_sitting(struct call *c, struct str id, struct sitting_view *out)
{
	struct viewing w = {.call = c, .id = id};
	TRY(db_run(c->db, c->arena, DB_READ, view_sitting, &w));
	*out = w.view;
	return NULL;
}
