/* Series as people see them: the days ahead, and who comes. */
#include "app/meeting.h"
#include "app/series.h"
#include "papers/recurrence.h"
#include "store/q_region.h"

enum { LOOK_BACK = 7 };

/* What became of a day ahead. */
static struct sitting_line stored_line(struct arena *a, const struct q_sittings_of_series *row)
{
	char said[DAY_SAY];
	struct sitting_line line = {
		.id = row->id,
		.rule_day = row->rule_day,
		.day = row->day,
		.clock = series_clock(a, (int)row->starts),
		.state = str_eq(row->state, S("live")) ? S("running now") : row->state,
		.live = str_eq(row->state, S("live")),
		.closed = str_eq(row->state, S("closed")),
		.cancelled = str_eq(row->state, S("cancelled")),
	};
	if (row->day.n != row->rule_day.n)
		line.moved = str_fmt(a, "moved from %s", day_say(row->rule_day, said));
	return line;
}

static const struct q_sittings_of_series *stored_for(const struct q_sittings_of_series *rows, size_t n, struct day rule)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].rule_day.n == rule.n)
			return &rows[i];
	return NULL;
}

static void say_holiday(struct arena *a, struct day today, struct sitting_line *line)
{
	struct calendar calendar = meeting_calendar(a, today);
	if (!line->cancelled && !line->closed && !calendar_is_open(&calendar, line->day))
		line->holiday = S("offices are closed that day: move it");
}

/* Those of the last days that were not closed, and the next ones by the rhythm. */
static err_t fill_ahead(struct call *c, struct db *db, struct arena *a, struct series_line *line,
			enum series_rhythm rhythm)
{
	struct q_sittings_of_series *stored;
	struct day days[SERIES_AHEAD];
	size_t stored_n, days_n = 0;
	TRY(q_sittings_of_series(db, a, line->id, day_add(c->today, -LOOK_BACK), &stored, &stored_n));
	if (!instant_known(line->row.ended_at))
		TRY(recurrence_days(a, series_rule(a, rhythm, line->row.first_day), line->row.first_day, c->today,
				    SERIES_AHEAD, days, &days_n));
	line->ahead = arena_many(a, stored_n + SERIES_AHEAD, struct sitting_line);
	for (size_t i = 0; i < stored_n; i++) {
		struct sitting_line one = stored_line(a, &stored[i]);
		if (one.day.n >= c->today.n || (!one.closed && !one.cancelled))
			line->ahead[line->ahead_n++] = one;
	}
	for (size_t i = 0; i < days_n; i++)
		if (stored_for(stored, stored_n, days[i]) == NULL)
			line->ahead[line->ahead_n++] = (struct sitting_line){
				.rule_day = days[i],
				.day = days[i],
				.clock = series_clock(a, (int)line->row.starts),
			};
	for (size_t i = 0; i < line->ahead_n; i++)
		say_holiday(a, c->today, &line->ahead[i]);
	for (size_t i = 1; i < line->ahead_n; i++) /* few, and nearly in order */
		for (size_t k = i; k > 0 && line->ahead[k].day.n < line->ahead[k - 1].day.n; k--) {
			struct sitting_line earlier = line->ahead[k];
			line->ahead[k] = line->ahead[k - 1];
			line->ahead[k - 1] = earlier;
		}
	return NULL;
}

static struct str sessions_say(struct arena *a, const struct q_series_by_id *row)
{
	long long business = (long long)row->business_minutes, conference = (long long)row->conference_minutes;
	if (conference == 0)
		return str_fmt(a, "business meeting, %lld minutes", business);
	if (business == 0)
		return str_fmt(a, "case conference, %lld minutes", conference);
	return str_fmt(a, "business meeting, %lld minutes; then the case conference, %lld minutes", business,
		       conference);
}

static err_t fill_line(struct call *c, struct db *db, struct arena *a, struct str id, struct series_line *line)
{
	enum series_rhythm rhythm;
	*line = (struct series_line){.id = id};
	TRY(series_open(c, db, a, id, &line->row, &line->keeps));
	if (!series_rhythm_parse(line->row.rhythm, &rhythm))
		return err_internal(a, "series with an unknown word");
	line->name = line->row.name;
	line->region_id = line->row.region_id;
	line->region = line->row.region;
	line->say = series_say(a, rhythm, line->row.first_day, (int)line->row.starts);
	line->sessions = sessions_say(a, &line->row);
	if (line->row.worklist_id.n > 0 && access_may(c->actor.role, CAN_CONFERENCE)) {
		struct worklist list;
		TRY(worklist_load(c, db, a, (struct worklist_ref){line->region_id, line->row.worklist_id}, &list));
		line->of = list.name;
	}
	return fill_ahead(c, db, a, line, rhythm);
}

struct listing_series {
	struct call *call;
	struct series_list_view view;
};

static err_t list_series(struct db *db, struct arena *a, void *ctx)
{
	struct listing_series *w = ctx;
	struct series_list_view *v = &w->view;
	struct call *c = w->call;
	struct q_series_of_region *rows;
	struct q_region_by_id region;
	size_t n;
	bool found;
	TRY(q_region_by_id(db, a, v->region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	if (c->actor.role != ROLE_LEAD)
		TRY(meeting_region_may(c, db, a, v->region_id));
	*v = (struct series_list_view){
		.region_id = v->region_id,
		.region = region.name,
		.can_add = meeting_may_plan(&c->actor, v->region_id),
		.can_add_statewide = c->actor.role == ROLE_SPECIALIST,
	};
	TRY(q_series_of_region(db, a, v->region_id, &rows, &n));
	v->series = arena_many(a, n, struct series_line);
	v->series_n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_line(c, db, a, rows[i].id, &v->series[i]));
	return NULL;
}

static err_t may_business(const struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_BUSINESS))
		return err_new(c->arena, ERR_DENIED, "Meetings are for the agencies that come to them.");
	return NULL;
}

err_t app_series_of_region(struct call *c, struct str region_id, struct series_list_view *out)
{
	struct listing_series w = {.call = c, .view = {.region_id = region_id}};
	TRY(may_business(c));
	TRY(db_run(c->db, c->arena, DB_READ, list_series, &w));
	*out = w.view;
	return NULL;
}

struct choosing {
	struct region_choice *regions;
	size_t n;
};

static err_t all_regions(struct db *db, struct arena *a, void *ctx)
{
	struct choosing *w = ctx;
	struct q_regions *rows;
	TRY(q_regions(db, a, &rows, &w->n));
	w->regions = arena_many(a, w->n, struct region_choice);
	for (size_t i = 0; i < w->n; i++)
		w->regions[i] = (struct region_choice){rows[i].id, rows[i].name};
	return NULL;
}

err_t app_series_regions(struct call *c, struct region_choice **out, size_t *n)
{
	struct choosing w = {0};
	TRY(may_business(c));
	if (c->actor.role != ROLE_LEAD)
		return app_conference_regions(c, out, n);
	TRY(db_run(c->db, c->arena, DB_READ, all_regions, &w));
	*out = w.regions;
	*n = w.n;
	return NULL;
}

struct offering {
	struct call *call;
	struct str region_id;
	struct series_candidates out;
};

static err_t load_candidates(struct db *db, struct arena *a, void *ctx)
{
	struct offering *w = ctx;
	struct series_candidates *v = &w->out;
	struct q_region_by_id region;
	bool found = true;
	*v = (struct series_candidates){.where = S("Statewide")};
	TRY(series_may_add(w->call, a, w->region_id));
	if (w->region_id.n > 0) {
		TRY(q_region_by_id(db, a, w->region_id, &region, &found));
		if (!found)
			return err_new(a, ERR_MISSING, "There is no such region.");
		v->where = region.name;
		TRY(worklists_load(w->call, db, a, w->region_id, &v->lists, &v->lists_n));
	}
	return q_series_people(db, a, w->region_id, w->region_id.n == 0, &v->people, &v->people_n);
}

err_t app_series_candidates(struct call *c, struct str region_id, struct series_candidates *out)
{
	struct offering w = {.call = c, .region_id = region_id};
	TRY(db_run(c->db, c->arena, DB_READ, load_candidates, &w));
	*out = w.out;
	return NULL;
}

struct viewing {
	struct call *call;
	struct str id;
	struct series_view view;
};

static err_t fill_agencies(struct call *c, struct db *db, struct arena *a, struct series_view *v)
{
	struct q_series_agencies *rows;
	struct str region = v->line.region_id;
	TRY(q_series_agencies(db, a, v->line.id, region, region.n == 0, &rows, &v->agencies_n));
	v->agencies = arena_many(a, v->agencies_n, struct series_agency);
	for (size_t i = 0; i < v->agencies_n; i++) {
		v->agencies[i].row = rows[i];
		v->agencies[i].mine = v->line.keeps ||
				      (c->actor.role == ROLE_PROVIDER && str_eq(c->actor.agency_id, rows[i].agency_id));
		v->unnamed += rows[i].user_id.n == 0 ? 1 : 0;
	}
	return q_series_people(db, a, region, region.n == 0, &v->people, &v->people_n);
}

static err_t fill_before(struct call *c, struct db *db, struct arena *a, struct series_view *v)
{
	struct q_sittings_before *rows;
	TRY(q_sittings_before(db, a, v->line.id, c->today, SERIES_BEFORE, &rows, &v->before_n));
	v->before = arena_many(a, v->before_n, struct sitting_line);
	for (size_t i = 0; i < v->before_n; i++)
		v->before[i] = (struct sitting_line){
			.id = rows[i].id,
			.day = rows[i].day,
			.state = rows[i].state,
			.cancelled = str_eq(rows[i].state, S("cancelled")),
		};
	return NULL;
}

static err_t view_series(struct db *db, struct arena *a, void *ctx)
{
	struct viewing *w = ctx;
	struct series_view *v = &w->view;
	*v = (struct series_view){0};
	TRY(fill_line(w->call, db, a, w->id, &v->line));
	if (!series_rhythm_parse(v->line.row.rhythm, &v->rhythm))
		return err_internal(a, "series with an unknown rhythm");
	if (v->line.keeps && v->line.region_id.n > 0)
		TRY(worklists_load(w->call, db, a, v->line.region_id, &v->lists, &v->lists_n));
	TRY(fill_agencies(w->call, db, a, v));
	TRY(series_objectives(w->call, db, a, w->id, &v->objectives, &v->objectives_n));
	return fill_before(w->call, db, a, v);
}

err_t app_series(struct call *c, struct str id, struct series_view *out)
{
	struct viewing w = {.call = c, .id = id};
	TRY(may_business(c));
	TRY(db_run(c->db, c->arena, DB_READ, view_series, &w));
	*out = w.view;
	return NULL;
}
