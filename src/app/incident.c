#include "app/incident.h"

#include "app/meeting.h"
#include "app/record.h"
#include "base/buf.h"
#include "store/q_incident.h"
#include "store/seal.h"

enum { OFFICERS_SAY = 1000 };

struct incident_work {
	struct call *call;
	struct str id;
	struct str step;
	enum incident_kind kind;
	const struct pii *words;
	struct incidents_view *view;
	struct str officers;
};

static err_t may_see(const struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_JOURNAL))
		return err_new(c->arena, ERR_DENIED, "Only privacy officers see what was told to them.");
	return NULL;
}

static err_t check_words(struct arena *a, const struct pii *words)
{
	struct str text = words == NULL ? (struct str){0} : str_trim(pii_reveal(words));
	if (text.n == 0 || str_utf8_len(text) > INCIDENT_WORDS)
		return err_new(a, ERR_INVALID, "Say in at most %d characters what happened.", INCIDENT_WORDS);
	return NULL;
}

/* The step's note is sealed under the incident and the step. */
static struct str step_place(struct arena *a, struct str id, struct str step)
{
	return str_fmt(a, "%.*s.%.*s", STR_ARG(id), STR_ARG(step));
}

static err_t load_officers(struct db *db, struct arena *a, void *ctx)
{
	struct incident_work *w = ctx;
	struct q_privacy_officers *rows;
	size_t n;
	struct buf names = buf_new(a, OFFICERS_SAY);
	TRY(q_privacy_officers(db, a, &rows, &n));
	for (size_t i = 0; i < n; i++)
		buf_fmt(&names, "%s%.*s", i > 0 ? ", " : "", STR_ARG(rows[i].name));
	w->officers = str_dup(w->call->arena, buf_text(&names));
	return NULL;
}

err_t app_incident_officers(struct call *c, struct str *names)
{
	struct incident_work w = {.call = c};
	TRY(db_run(c->db, c->arena, DB_READ, load_officers, &w));
	*names = w.officers;
	return NULL;
}

static err_t tell(struct db *db, struct arena *a, void *ctx)
{
	const struct incident_work *w = ctx;
	struct call *c = w->call;
	struct seal_place place = {"incident", "about", w->id};
	TRY(q_incident_add(db, a,
			   &(struct q_incident_add_in){
				   .id = w->id,
				   .kind = str_from(incident_kind_word(w->kind)),
				   .about = seal_pii(a, c->app->keys, place, w->words),
				   .told_by = c->actor.id,
				   .told_at = c->now,
				   .due_day = day_add(c->today, incident_days(w->kind)),
			   }));
	return app_record(c, db, a, "incident.tell", "incident", w->id, S(""));
}

err_t app_incident_tell(struct call *c, enum incident_kind kind, const struct pii *words)
{
	struct incident_work w = {.call = c, .id = meeting_new_id(c->arena), .kind = kind, .words = words};
	if (c->actor.kind != ACTOR_USER)
		return err_new(c->arena, ERR_DENIED, "Sign in first, so that the officer knows whom to ask.");
	TRY(check_words(c->arena, words));
	return db_run(c->db, c->arena, DB_WRITE, tell, &w);
}

static err_t open_words(const struct incident_work *w, struct arena *a, struct seal_place place, struct str sealed,
			struct str *out)
{
	const struct pii *words;
	TRY(seal_open(a, w->call->app->keys, place, sealed, &words));
	*out = words == NULL ? (struct str){0} : pii_reveal(words);
	return NULL;
}

static err_t fill_steps(const struct incident_work *w, struct db *db, struct arena *a, struct incident_row *row)
{
	const struct incident_step *steps = incident_steps(row->kind, &row->steps_n);
	struct q_incident_steps_done *done;
	size_t done_n;
	TRY(q_incident_steps_done(db, a, row->id, &done, &done_n));
	row->steps = arena_many(a, row->steps_n, struct incident_step_row);
	for (size_t i = 0; i < row->steps_n; i++) {
		struct incident_step_row *s = &row->steps[i];
		s->step = &steps[i];
		for (size_t k = 0; k < done_n; k++) {
			if (!str_eq(done[k].step, str_from(steps[i].word)))
				continue;
			struct seal_place place = {"incident_step", "note", step_place(a, row->id, done[k].step)};
			s->done = true;
			s->by = done[k].done_by;
			s->on = instant_day(done[k].done_at);
			row->done_n++;
			TRY(open_words(w, a, place, done[k].note, &s->note));
		}
	}
	return NULL;
}

static err_t load_all(struct db *db, struct arena *a, void *ctx)
{
	const struct incident_work *w = ctx;
	struct incidents_view *v = w->view;
	struct q_incidents *rows;
	*v = (struct incidents_view){0};
	TRY(q_incidents(db, a, &rows, &v->rows_n));
	v->rows = arena_many(a, v->rows_n, struct incident_row);
	for (size_t i = 0; i < v->rows_n; i++) {
		struct incident_row *row = &v->rows[i];
		*row = (struct incident_row){
			.id = rows[i].id,
			.told_by = rows[i].told_by,
			.told = instant_day(rows[i].told_at),
			.due = rows[i].due_day,
			.closed_by = rows[i].closed_by,
			.closed = rows[i].closed_by.n > 0 ? instant_day(rows[i].closed_at) : DAY_NONE,
		};
		if (!incident_kind_from_word(str_c(a, rows[i].kind), &row->kind))
			return err_internal(a, "incident of an unknown kind");
		bool open = row->closed_by.n == 0;
		row->late = open && row->due.n < w->call->today.n;
		v->open_n += open;
		TRY(open_words(w, a, (struct seal_place){"incident", "about", row->id}, rows[i].about, &row->about));
		TRY(open_words(w, a, (struct seal_place){"incident", "outcome", row->id}, rows[i].outcome,
			       &row->outcome));
		TRY(fill_steps(w, db, a, row));
	}
	return NULL;
}

err_t app_incidents(struct call *c, struct incidents_view *out)
{
	struct incident_work w = {.call = c, .view = out};
	TRY(may_see(c));
	return db_run(c->db, c->arena, DB_READ, load_all, &w);
}

/* The open incident, with its kind. */
static err_t find_open(struct incident_work *w, struct db *db, struct arena *a)
{
	struct q_incident_by_id row;
	bool found;
	TRY(q_incident_by_id(db, a, w->id, &row, &found));
	if (!found || !incident_kind_from_word(str_c(a, row.kind), &w->kind))
		return err_new(a, ERR_MISSING, "There is no such incident.");
	if (instant_known(row.closed_at))
		return err_new(a, ERR_CONFLICT, "It is closed already.");
	return NULL;
}

static err_t do_step(struct db *db, struct arena *a, void *ctx)
{
	struct incident_work *w = ctx;
	struct call *c = w->call;
	int64_t added;
	TRY(find_open(w, db, a));
	if (incident_step_of(w->kind, str_c(a, w->step)) == NULL)
		return err_new(a, ERR_MISSING, "There is no such step.");
	struct seal_place place = {"incident_step", "note", step_place(a, w->id, w->step)};
	TRY(q_incident_step_add(db, a,
				&(struct q_incident_step_add_in){
					.incident_id = w->id,
					.step = w->step,
					.note = seal_pii(a, c->app->keys, place, w->words),
					.done_by = c->actor.id,
					.done_at = c->now,
				},
				&added));
	if (added == 0)
		return err_new(a, ERR_CONFLICT, "This step is done already.");
	return app_record(c, db, a, "incident.step", "incident", w->id, str_fmt(a, "step=%.*s", STR_ARG(w->step)));
}

err_t app_incident_step(struct call *c, struct str id, struct str step, const struct pii *note)
{
	struct incident_work w = {.call = c, .id = id, .step = step, .words = note};
	TRY(may_see(c));
	if (note != NULL)
		TRY(check_words(c->arena, note));
	return db_run(c->db, c->arena, DB_WRITE, do_step, &w);
}

static err_t close_one(struct db *db, struct arena *a, void *ctx)
{
	struct incident_work *w = ctx;
	struct call *c = w->call;
	int64_t closed;
	TRY(find_open(w, db, a));
	struct seal_place place = {"incident", "outcome", w->id};
	TRY(q_incident_close(db, a, w->id, seal_pii(a, c->app->keys, place, w->words), c->actor.id, c->now, &closed));
	return app_record(c, db, a, "incident.close", "incident", w->id, S(""));
}

err_t app_incident_close(struct call *c, struct str id, const struct pii *outcome)
{
	struct incident_work w = {.call = c, .id = id, .words = outcome};
	TRY(may_see(c));
	TRY(check_words(c->arena, outcome));
	return db_run(c->db, c->arena, DB_WRITE, close_one, &w);
}
