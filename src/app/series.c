#include "app/series.h"

#include "app/meeting.h"
#include "app/record.h"
#include "app/unnamed.h"
#include "store/q_region.h"

enum { DAY_MINUTES = 24 * 60, LENGTH_MOST = 240, TWO_YEARS = 731 };

#define LINK_BEGINS "https://"

static bool may_keep(const struct actor *actor, const struct q_series_by_id *row, struct str region_id)
{
	if (actor->kind != ACTOR_USER)
		return false;
	if (row != NULL && (str_eq(actor->id, row->secretary_id) || str_eq(actor->id, row->stand_in_id)))
		return access_may(actor->role, CAN_CONFERENCE);
	return region_id.n == 0 ? actor->role == ROLE_SPECIALIST : meeting_may_plan(actor, region_id);
}

static err_t may_follow(struct call *c, struct db *db, struct arena *a, struct str region_id, bool *out)
{
	*out = false;
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_BUSINESS))
		return NULL;
	*out = region_id.n == 0 || c->actor.role == ROLE_LEAD;
	return *out ? NULL : meeting_region_works(c, db, a, region_id, out);
}

err_t series_open(struct call *c, struct db *db, struct arena *a, struct str id, struct q_series_by_id *row,
		  bool *keeps)
{
	bool found, follows = false;
	TRY(q_series_by_id(db, a, id, row, &found));
	if (found)
		TRY(may_follow(c, db, a, row->region_id, &follows));
	if (!follows)
		return err_new(a, ERR_MISSING, "There is no such series of meetings.");
	*keeps = may_keep(&c->actor, row, row->region_id);
	return NULL;
}

err_t series_keep(struct call *c, struct db *db, struct arena *a, struct str id, struct q_series_by_id *row)
{
	bool keeps;
	TRY(series_open(c, db, a, id, row, &keeps));
	if (!keeps)
		return err_new(a, ERR_DENIED, "This is for who plans the conferences, and for the secretary.");
	if (instant_known(row->ended_at))
		return err_new(a, ERR_CONFLICT, "This series has ended.");
	return NULL;
}

err_t series_person(struct db *db, struct arena *a, const struct q_series_by_id *row, struct str user_id,
		    const char *what)
{
	struct q_series_people *people;
	size_t n;
	if (user_id.n == 0)
		return NULL;
	TRY(q_series_people(db, a, row->region_id, row->region_id.n == 0, &people, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(people[i].id, user_id))
			return NULL;
	return err_new(a, ERR_INVALID, "Choose %s who works there, and not for a lead agency.", what);
}

err_t series_place(struct arena *a, struct str place, struct str link)
{
	if (place.n > SERIES_PLACE || link.n > SERIES_PLACE || !str_is_clean_text(place) || !str_is_clean_text(link))
		return err_new(a, ERR_INVALID, "The place and the link have at most %d characters each.", SERIES_PLACE);
	if (link.n > 0 && !str_starts(link, S(LINK_BEGINS)))
		return err_new(a, ERR_INVALID, "The link to the video call begins with https://");
	return NULL;
}

/* --- keeping one --- */

struct putting {
	struct call *call;
	const struct series_put *in;
	struct str id;
};

static err_t check_put(struct arena *a, const struct series_put *s, struct day today)
{
	if (s->name.n == 0 || str_utf8_len(s->name) > SERIES_NAME || !str_is_clean_text(s->name))
		return err_new(a, ERR_INVALID, "Give it a name of at most %d characters.", SERIES_NAME);
	if (!day_known(s->first) || s->first.n < today.n - TWO_YEARS || s->first.n > today.n + TWO_YEARS)
		return err_new(a, ERR_INVALID, "Choose the day of the first meeting; it says the weekday too.");
	if (s->minute < 0 || s->minute >= DAY_MINUTES)
		return err_new(a, ERR_INVALID, "The time is not one of the clock; write it like 9:30.");
	if (s->business_minutes < 0 || s->business_minutes > LENGTH_MOST || s->conference_minutes < 0 ||
	    s->conference_minutes > LENGTH_MOST || s->business_minutes + s->conference_minutes == 0)
		return err_new(a, ERR_INVALID,
			       "Say how many minutes the business meeting and the case conference take, each at most "
			       "%d; 0 leaves one out.",
			       LENGTH_MOST);
	if (s->minute + s->business_minutes + s->conference_minutes >= DAY_MINUTES)
		return err_new(a, ERR_INVALID, "The meeting would go past midnight.");
	if (s->quorum < 0 || s->quorum > 100)
		return err_new(a, ERR_INVALID, "A quorum is between 0 and 100 percent of the agencies.");
	if ((s->lead_id.n > 0 && str_eq(s->lead_id, s->alternate_id)) ||
	    (s->secretary_id.n > 0 && str_eq(s->secretary_id, s->stand_in_id)))
		return err_new(a, ERR_INVALID, "Whoever stands in is somebody else.");
	return series_place(a, s->place, s->link);
}

static err_t check_choices(struct call *c, struct db *db, struct arena *a, const struct q_series_by_id *row,
			   const struct series_put *s)
{
	struct worklist list;
	if (s->worklist_id.n > 0) /* ERR_MISSING where the region has none of that id */
		TRY(worklist_load(c, db, a, (struct worklist_ref){row->region_id, s->worklist_id}, &list));
	TRY(series_person(db, a, row, s->lead_id, "a person to lead"));
	TRY(series_person(db, a, row, s->alternate_id, "an alternate"));
	TRY(series_person(db, a, row, s->secretary_id, "a secretary"));
	return series_person(db, a, row, s->stand_in_id, "a stand-in");
}

static err_t write(struct db *db, struct arena *a, const struct putting *w, const char *act)
{
	const struct series_put *s = w->in;
	struct call *c = w->call;
	TRY(q_series_put(db, a,
			 &(struct q_series_put_in){
				 .id = w->id,
				 .region_id = s->region_id,
				 .name = s->name,
				 .worklist_id = s->worklist_id,
				 .rhythm = series_rhythm_table[s->rhythm].key,
				 .first_day = s->first,
				 .starts = s->minute,
				 .business_minutes = s->business_minutes,
				 .conference_minutes = s->conference_minutes,
				 .place = s->place,
				 .link = s->link,
				 .lead_id = s->lead_id,
				 .alternate_id = s->alternate_id,
				 .secretary_id = s->secretary_id,
				 .stand_in_id = s->stand_in_id,
				 .quorum = s->quorum,
				 .made_at = c->now,
				 .made_by = c->actor.id,
			 }));
	return app_record(c, db, a, act, "series", w->id, S(""));
}

err_t series_may_add(const struct call *c, struct arena *a, struct str region_id)
{
	if (may_keep(&c->actor, NULL, region_id))
		return NULL;
	return err_new(a, ERR_DENIED,
		       "Meetings are set up by the list holder and the specialists of the region, statewide ones by "
		       "specialists.");
}

static err_t put(struct db *db, struct arena *a, void *ctx)
{
	struct putting *w = ctx;
	struct q_series_by_id row = {.region_id = w->in->region_id};
	struct q_region_by_id region;
	bool found;
	if (w->in->id.n > 0) {
		w->id = w->in->id;
		TRY(series_keep(w->call, db, a, w->id, &row));
		TRY(check_choices(w->call, db, a, &row, w->in));
		return write(db, a, w, "series.change");
	}
	TRY(series_may_add(w->call, a, row.region_id));
	if (row.region_id.n > 0) {
		TRY(q_region_by_id(db, a, row.region_id, &region, &found));
		if (!found)
			return err_new(a, ERR_MISSING, "There is no such region.");
	}
	TRY(check_choices(w->call, db, a, &row, w->in));
	w->id = meeting_new_id(w->call->arena);
	return write(db, a, w, "series.add");
}

err_t app_series_put(struct call *c, const struct series_put *s, struct str *id)
{
	struct series_put in = *s;
	in.name = str_trim(s->name);
	in.place = str_trim(s->place);
	in.link = str_trim(s->link);
	struct putting w = {.call = c, .in = &in};
	TRY(check_put(c->arena, &in, c->today));
	TRY(db_run(c->db, c->arena, DB_WRITE, put, &w));
	*id = w.id;
	return NULL;
}

struct naming {
	struct call *call;
	struct str id, agency_id, user_id, deputy_id;
	struct str objective;
	const struct pii *words;
};

static err_t end(struct db *db, struct arena *a, void *ctx)
{
	const struct naming *w = ctx;
	struct q_series_by_id row;
	int64_t ended;
	TRY(series_keep(w->call, db, a, w->id, &row));
	TRY(q_series_end(db, a, w->id, w->call->now, &ended));
	return app_record(w->call, db, a, "series.end", "series", w->id, S(""));
}

err_t app_series_end(struct call *c, struct str id)
{
	struct naming w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, end, &w);
}

/* Somebody of that agency. */
static err_t check_of_agency(struct db *db, struct arena *a, const struct q_series_by_id *row, const struct naming *w,
			     struct str user_id)
{
	struct q_series_people *people;
	size_t n;
	if (user_id.n == 0)
		return NULL;
	TRY(q_series_people(db, a, row->region_id, row->region_id.n == 0, &people, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(people[i].id, user_id) && str_eq(people[i].agency_id, w->agency_id))
			return NULL;
	return err_new(a, ERR_INVALID, "Choose somebody who works for that agency.");
}

static err_t name_agency(struct db *db, struct arena *a, void *ctx)
{
	const struct naming *w = ctx;
	struct q_series_by_id row;
	bool keeps;
	TRY(series_open(w->call, db, a, w->id, &row, &keeps));
	if (!keeps && !(w->call->actor.role == ROLE_PROVIDER && str_eq(w->call->actor.agency_id, w->agency_id)))
		return err_new(a, ERR_DENIED, "Who comes for another agency is theirs to say.");
	if (w->user_id.n > 0 && str_eq(w->user_id, w->deputy_id))
		return err_new(a, ERR_INVALID, "Whoever stands in is somebody else.");
	TRY(check_of_agency(db, a, &row, w, w->user_id));
	TRY(check_of_agency(db, a, &row, w, w->deputy_id));
	TRY(q_series_agency_put(db, a, w->id, w->agency_id, w->user_id, w->deputy_id));
	return app_record(w->call, db, a, "series.agency", "series", w->id,
			  str_fmt(a, "agency=%.*s", STR_ARG(w->agency_id)));
}

err_t app_series_agency(struct call *c, struct str id, struct str agency_id, struct str user_id, struct str deputy_id)
{
	struct naming w = {.call = c, .id = id, .agency_id = agency_id, .user_id = user_id, .deputy_id = deputy_id};
	return db_run(c->db, c->arena, DB_WRITE, name_agency, &w);
}

static err_t add_objective(struct db *db, struct arena *a, void *ctx)
{
	const struct naming *w = ctx;
	struct call *c = w->call;
	struct q_series_by_id row;
	struct str id = meeting_new_id(a);
	TRY(series_keep(c, db, a, w->id, &row));
	TRY(unnamed_check(c, db, a, w->words, OBJECTIVE_WORDS, false)); /* it stands in invitations */
	TRY(q_series_objective_add(db, a,
				   &(struct q_series_objective_add_in){
					   .id = id,
					   .series_id = w->id,
					   .words = unnamed_seal(c, a, "series_objective", "words", id, w->words),
					   .at = c->now,
					   .by_id = c->actor.id,
				   }));
	return app_record(c, db, a, "series.objective", "series", w->id, S(""));
}

err_t app_series_objective(struct call *c, struct str id, const struct pii *words)
{
	struct naming w = {.call = c, .id = id, .words = words};
	return db_run(c->db, c->arena, DB_WRITE, add_objective, &w);
}

static err_t end_objective(struct db *db, struct arena *a, void *ctx)
{
	const struct naming *w = ctx;
	struct q_series_by_id row;
	int64_t ended;
	TRY(series_keep(w->call, db, a, w->id, &row));
	TRY(q_series_objective_end(db, a, w->objective, w->id, w->call->now, &ended));
	if (ended == 0)
		return err_new(a, ERR_MISSING, "There is no such line.");
	return app_record(w->call, db, a, "series.objective", "series", w->id, S("ended=1"));
}

err_t app_series_objective_end(struct call *c, struct str id, struct str objective)
{
	struct naming w = {.call = c, .id = id, .objective = objective};
	return db_run(c->db, c->arena, DB_WRITE, end_objective, &w);
}

err_t series_objectives(struct call *c, struct db *db, struct arena *a, struct str id, struct series_objective **out,
			size_t *n)
{
	struct q_series_objectives *rows;
	TRY(q_series_objectives(db, a, id, &rows, n));
	*out = arena_many(a, *n, struct series_objective);
	for (size_t i = 0; i < *n; i++) {
		(*out)[i].id = rows[i].id;
		TRY(unnamed_open(c, a, "series_objective", "words", rows[i].id, rows[i].words, &(*out)[i].words));
	}
	return NULL;
}
