#include "app/meeting.h"

#include "app/record.h"
#include "base/id.h"
#include "base/limit.h"
#include "store/q_attendance.h"
#include "store/seal.h"

enum { CALENDAR_YEARS = 3, HOURS_MOST = 24 };

bool meeting_may_plan(const struct actor *actor, struct str region_id)
{
	if (actor->kind != ACTOR_USER || !access_may(actor->role, CAN_CONFERENCE_PLAN))
		return false;
	return str_eq(actor->region_id, region_id) || (actor->role == ROLE_SPECIALIST && actor->region_id.n == 0);
}

err_t meeting_person(struct db *db, struct arena *a, struct str region_id, struct str user_id, bool *out)
{
	struct q_conference_people *people;
	size_t n;
	TRY(q_conference_people(db, a, region_id, &people, &n));
	*out = false;
	for (size_t i = 0; i < n; i++)
		*out = *out || str_eq(people[i].id, user_id);
	return NULL;
}

err_t meeting_region_works(struct call *c, struct db *db, struct arena *a, struct str region_id, bool *out)
{
	struct q_attendance_agency agency;
	bool found;
	*out = meeting_may_plan(&c->actor, region_id);
	if (*out || c->actor.kind != ACTOR_USER || c->actor.role != ROLE_PROVIDER || c->actor.agency_id.n == 0)
		return NULL;
	*out = str_eq(c->actor.region_id, region_id);
	if (*out)
		return NULL;
	TRY(q_attendance_agency(db, a, c->actor.agency_id, region_id, &agency, &found));
	*out = found && agency.works > 0;
	return NULL;
}

err_t meeting_region_may(struct call *c, struct db *db, struct arena *a, struct str region_id)
{
	bool works;
	TRY(meeting_region_works(c, db, a, region_id, &works));
	if (!works)
		return err_new(a, ERR_DENIED, "This region’s conferences are for the people who work in it.");
	return NULL;
}

/* A provider's part: in the room now or, for the record, at any time. */
static err_t part_of_guest(struct meeting *m, enum conference_part *out)
{
	struct q_attendance_was was;
	bool found;
	*out = m->here ? PART_PROVIDER : PART_NONE;
	if (m->state != CONFERENCE_CLOSED)
		return NULL;
	TRY(q_attendance_was(m->db, m->arena, m->id, m->call->actor.id, &was, &found));
	if (found && was.times > 0)
		*out = PART_PROVIDER;
	return NULL;
}

static err_t part_of_actor(struct meeting *m)
{
	const struct actor *actor = &m->call->actor;
	struct q_attendance_here here;
	m->part = PART_NONE;
	if (actor->kind != ACTOR_USER || !access_may(actor->role, CAN_CONFERENCE))
		return NULL;
	bool came;
	TRY(q_attendance_here(m->db, m->arena, m->id, actor->id, &here, &came));
	m->here = came && instant_known(here.admitted_at);
	m->waits = came && !m->here;
	bool leads = true;
	if (meeting_may_plan(actor, m->row.region_id))
		m->part = PART_HOLDER;
	else if (str_eq(actor->id, m->row.facilitator_id))
		m->part = PART_FACILITATOR;
	else if (str_eq(actor->id, m->row.scribe_id))
		m->part = PART_SCRIBE;
	else
		leads = false;
	if (leads) {
		m->door = true;
		return NULL;
	}
	TRY(part_of_guest(m, &m->part));
	return meeting_region_works(m->call, m->db, m->arena, m->row.region_id, &m->door);
}

err_t meeting_open(struct call *c, struct db *db, struct arena *a, struct str id, struct meeting *out)
{
	struct meeting m = {.call = c, .db = db, .arena = a, .id = id};
	bool found;
	TRY(q_conference_by_id(db, a, id, &m.row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such conference.");
	if (!conference_state_parse(m.row.state, &m.state))
		return err_internal(a, "conference with an unknown state");
	TRY(part_of_actor(&m));
	m.acts = conference_acts(m.part, m.state);
	if (m.acts == 0 && !m.door) /* whether there is one is not told to others either */
		return err_new(a, ERR_MISSING, "There is no such conference.");
	*out = m;
	return NULL;
}

err_t meeting_may(const struct meeting *m, unsigned act)
{
	if ((m->acts & act) == act)
		return NULL;
	if (m->part == PART_NONE)
		return err_new(m->arena, ERR_DENIED, "Check in first: then you see the meeting.");
	if (m->state == CONFERENCE_CLOSED)
		return err_new(m->arena, ERR_CONFLICT,
			       "The conference is closed and its record locked; an addendum can be added.");
	if (m->state == CONFERENCE_PLANNED && (conference_acts(m->part, CONFERENCE_LIVE) & act) == act)
		return err_new(m->arena, ERR_CONFLICT, "The conference has not started yet.");
	if (m->state == CONFERENCE_LIVE && (conference_acts(m->part, CONFERENCE_PLANNED) & act) == act)
		return err_new(m->arena, ERR_CONFLICT, "The conference runs already.");
	return err_new(m->arena, ERR_DENIED, "This is for the facilitator and the scribe.");
}

struct doing {
	struct call *call;
	struct str id;
	unsigned act;
	err_t (*fn)(struct meeting *m, void *ctx);
	void *ctx;
};

static err_t run_doing(struct db *db, struct arena *a, void *ctx)
{
	const struct doing *w = ctx;
	struct meeting m;
	TRY(meeting_open(w->call, db, a, w->id, &m));
	TRY(meeting_may(&m, w->act));
	return w->fn(&m, w->ctx);
}

err_t meeting_do(struct call *c, struct str id, unsigned act, err_t (*fn)(struct meeting *m, void *ctx), void *ctx)
{
	struct doing w = {c, id, act, fn, ctx};
	return db_run(c->db, c->arena, DB_WRITE, run_doing, &w);
}

err_t meeting_record(struct meeting *m, const char *act, struct str more)
{
	return app_record(m->call, m->db, m->arena, act, "conference", m->id, more);
}

struct str meeting_seal(const struct meeting *m, const char *table, const char *column, struct str row,
			const struct pii *words)
{
	return seal_pii(m->arena, m->call->app->keys, (struct seal_place){table, column, row}, words);
}

err_t meeting_unseal(const struct meeting *m, const char *table, const char *column, struct str row, struct str sealed,
		     const struct pii **words)
{
	return seal_open(m->arena, m->call->app->keys, (struct seal_place){table, column, row}, sealed, words);
}

err_t meeting_check_words(struct arena *a, const struct pii *words)
{
	struct str text = pii_reveal(words);
	if (str_trim(text).n == 0)
		return err_new(a, ERR_INVALID, "Write a few words first.");
	if (text.n > LIMIT_NOTE)
		return err_new(a, ERR_INVALID, "The text may have at most %d characters.", LIMIT_NOTE);
	if (!str_is_clean_text(text))
		return err_new(a, ERR_INVALID, "The text holds characters that cannot be kept.");
	return NULL;
}

err_t meeting_check_id(struct arena *a, struct str id)
{
	if (id.n > 0 && !id_valid(id))
		return err_new(a, ERR_INVALID, "This page is an old one: load it again.");
	return NULL;
}

struct str meeting_new_id(struct arena *a)
{
	struct id id = id_new();
	return str_dup(a, id_str(&id));
}

struct calendar meeting_calendar(struct arena *a, struct day today)
{
	struct day *holidays = arena_many(a, (size_t)CALENDAR_YEARS * CALENDAR_FEDERAL, struct day);
	int year = day_to_ymd(today).year;
	for (int i = 0; i < CALENDAR_YEARS; i++)
		calendar_federal(year + i, holidays + (size_t)i * CALENDAR_FEDERAL);
	return (struct calendar){holidays, (size_t)CALENDAR_YEARS * CALENDAR_FEDERAL};
}

struct worklist_ref meeting_list(const struct meeting *m)
{
	return (struct worklist_ref){.region_id = m->row.region_id, .id = m->row.worklist_id};
}

int meeting_elapsed(const struct meeting *m)
{
	if (!instant_known(m->row.started_at))
		return 0;
	struct instant until = instant_known(m->row.closed_at) ? m->row.closed_at : m->call->now;
	int64_t ms = until.ms - m->row.started_at.ms;
	int64_t most = (int64_t)HOURS_MOST * 60 * 60 * 1000;
	return ms <= 0 ? 0 : (int)((ms < most ? ms : most) / 1000);
}
