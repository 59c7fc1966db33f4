#include "app/mine.h"

#include <stdlib.h>

#include "app/household.h"
#include "app/meeting.h"
#include "app/record.h"
#include "app/step.h"
#include "store/q_contact.h"
#include "store/q_prepare.h"
#include "store/q_region.h"
#include "store/q_step.h"
#include "store/seal.h"

struct own_work {
	struct call *call;
	struct str step;
	enum step_state answer;
	bool give_back;
	struct mine_view view;
};

static err_t may_follow(const struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_CONFERENCE))
		return err_new(c->arena, ERR_DENIED, "Steps are of people who take part in conferences.");
	return NULL;
}

/* The stops of others are of the list, which a memorandum and a signature open. */
static bool is_covered(const struct call *c)
{
	return c->actor.cover.today == COVERED;
}

static err_t load_faces(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
			struct household_face **out)
{
	struct household_face *faces = arena_many(a, n, struct household_face);
	TRY(app_household_faces(c, db, a, nos, n, faces));
	TRY(app_household_unlisted(c, db, a, faces, n));
	TRY(app_household_names(c, db, a, faces, n));
	*out = faces;
	return NULL;
}

static err_t open_words(struct call *c, struct arena *a, struct str step, struct str sealed,
			const struct household_face *face, struct str *out)
{
	const struct pii *words;
	TRY(seal_open(a, c->app->keys, (struct seal_place){"step", "words", step}, sealed, &words));
	*out = step_words_for(c, a, face, false, words);
	return NULL;
}

static struct str due_words(struct arena *a, struct day due)
{
	char said[DAY_SAY];
	return day_known(due) ? str_dup(a, str_from(day_say(due, said))) : S("no date yet");
}

static struct str called(struct arena *a, const struct household_face *face)
{
	return face->named ? face->name : str_fmt(a, "Household %.*s", STR_ARG(face->code));
}

static err_t fill_steps(struct own_work *w, struct db *db, struct arena *a)
{
	struct call *c = w->call;
	struct mine_view *v = &w->view;
	struct q_own_steps *rows;
	struct household_face *faces;
	size_t n;
	TRY(q_own_steps(db, a, c->actor.id, &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(load_faces(c, db, a, nos, n, &faces));
	v->steps = arena_many(a, n, struct own_step);
	for (size_t i = 0; i < n; i++) {
		struct own_step *step = &v->steps[v->steps_n];
		enum step_state state;
		if (!faces[i].visible || !step_state_parse(rows[i].state, &state))
			continue;
		*step = (struct own_step){
			.id = rows[i].id,
			.called = called(a, &faces[i]),
			.due = due_words(a, rows[i].due),
			.state = step_state_table[state].words,
			.overdue_days = step_overdue_days(state, rows[i].due, c->today),
		};
		TRY(open_words(c, a, rows[i].id, rows[i].words, &faces[i], &step->words));
		v->overdue += step->overdue_days > 0 ? 1 : 0;
		v->steps_n++;
	}
	return NULL;
}

/* Coded, whoever reads it: a sheet lies open in a car. */
static void take_names_off(struct household_face *face)
{
	face->named = face->notes = false;
	face->name = face->called = face->hmis_id = S("");
}

static err_t fill_stop(const struct own_work *w, struct arena *a, const struct q_trip_steps *row,
		       const struct household_face *face, struct trip_stop *stop)
{
	const struct actor *actor = &w->call->actor;
	enum step_state state;
	if (!step_state_parse(row->state, &state))
		return err_internal(a, "step with an unknown state");
	*stop = (struct trip_stop){
		.step_id = row->id,
		.code = face->code,
		.due = due_words(a, row->due),
		.owner = row->owner,
		.agency = row->agency,
		.taken = row->taken,
		.overdue_days = step_overdue_days(state, row->due, w->call->today),
		.mine = str_eq(row->owner_id, actor->id),
	};
	stop->can_take = !stop->mine && row->taken_by.n == 0;
	stop->can_give = str_eq(row->taken_by, actor->id);
	return open_words(w->call, a, row->id, row->words, face, &stop->words);
}

/* The rows come by county. */
static err_t fill_region(struct own_work *w, struct db *db, struct arena *a, struct str region_id)
{
	struct mine_view *v = &w->view;
	struct q_trip_steps *rows;
	struct household_face *faces;
	size_t n;
	TRY(q_trip_steps(db, a, region_id, day_add(w->call->today, TRIP_DAYS), &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(load_faces(w->call, db, a, nos, n, &faces));
	for (size_t i = 0; i < n; i++) {
		struct str county = rows[i].county.n > 0 ? rows[i].county : S("Where is not known");
		if (!faces[i].visible || faces[i].coarse) /* a stop says in which county it is, and who goes there */
			continue;
		take_names_off(&faces[i]);
		if (v->trip_n == 0 || !str_eq(v->trip[v->trip_n - 1].county, county)) {
			v->trip = db_rows_room(a, v->trip, v->trip_n, sizeof *v->trip);
			v->trip[v->trip_n++] =
				(struct trip_county){.county = county, .stops = arena_many(a, n - i, struct trip_stop)};
		}
		struct trip_county *stops = &v->trip[v->trip_n - 1];
		TRY(fill_stop(w, a, &rows[i], &faces[i], &stops->stops[stops->stops_n++]));
	}
	return NULL;
}

static int silent_first(const void *x, const void *y)
{
	const struct own_household *a = x;
	const struct own_household *b = y;
	if (a->contact.n != b->contact.n)
		return a->contact.n < b->contact.n ? -1 : 1;
	return str_cmp(a->id, b->id);
}

/* Those whom the actor may write about. */
static err_t fill_households(struct own_work *w, struct db *db, struct arena *a)
{
	struct mine_view *v = &w->view;
	const struct actor *actor = &w->call->actor;
	struct q_contact_mine *rows;
	int64_t nos[MINE_MOST];
	struct household_face faces[MINE_MOST];
	size_t n;
	TRY(q_contact_mine(db, a, actor->id, actor->agency_id, day_add(w->call->today, -MINE_CONTACT_DAYS), MINE_MOST,
			   &rows, &n));
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(app_household_faces(w->call, db, a, nos, n, faces));
	v->households = arena_many(a, n, struct own_household);
	for (size_t i = 0; i < n; i++)
		if (faces[i].visible && faces[i].notes)
			v->households[v->households_n++] =
				(struct own_household){faces[i].id, called(a, &faces[i]), faces[i].last_contact};
	if (v->households_n > 0)
		qsort(v->households, v->households_n, sizeof *v->households, silent_first);
	return NULL;
}

static err_t load_trip(struct db *db, struct arena *a, void *ctx)
{
	struct own_work *w = ctx;
	struct q_regions *regions;
	size_t n;
	w->view = (struct mine_view){.until = due_words(a, day_add(w->call->today, TRIP_DAYS))};
	TRY(q_regions(db, a, &regions, &n));
	for (size_t i = 0; i < n && is_covered(w->call); i++) {
		bool works;
		TRY(meeting_region_works(w->call, db, a, regions[i].id, &works));
		if (works)
			TRY(fill_region(w, db, a, regions[i].id));
	}
	w->call->shown.n = 0; /* the sheet names nobody */
	TRY(fill_households(w, db, a));
	TRY(questions_mine(w->call, db, a, &w->view.questions, &w->view.questions_n));
	return fill_steps(w, db, a);
}

err_t app_mine(struct call *c, struct mine_view *out)
{
	struct own_work w = {.call = c};
	TRY(may_follow(c));
	TRY(db_run(c->db, c->arena, DB_READ, load_trip, &w));
	*out = w.view;
	return NULL;
}

static err_t answer(struct db *db, struct arena *a, void *ctx)
{
	struct own_work *w = ctx;
	struct call *c = w->call;
	struct q_step_by_id row;
	struct q_step_history_last last;
	enum step_state from;
	bool found;
	int64_t changed;
	TRY(q_step_by_id(db, a, w->step, &row, &found));
	if (!found || !str_eq(row.owner_id, c->actor.id) || !step_state_parse(row.state, &from))
		return err_new(a, ERR_MISSING, "There is no such step of yours.");
	if (!step_may_become(from, w->answer))
		return err_new(a, ERR_CONFLICT, "This step was answered so already.");
	TRY(q_step_set_state(db, a, w->step, step_state_table[w->answer].key, row.due, c->now, &changed));
	TRY(q_step_history_last(db, a, w->step, &last, &found));
	TRY(q_step_history_add(db, a,
			       &(struct q_step_history_add_in){
				       .step_id = w->step,
				       .no = last.lines + 1,
				       .state = step_state_table[w->answer].key,
				       .owner_id = row.owner_id,
				       .due = row.due,
				       .at = c->now,
				       .by_id = c->actor.id,
			       }));
	return app_record(c, db, a, "step.answer", "step", w->step,
			  str_fmt(a, "state=%.*s", STR_ARG(step_state_table[w->answer].key)));
}

err_t app_mine_answer(struct call *c, struct str step, enum step_state to)
{
	struct own_work w = {.call = c, .step = step, .answer = to};
	TRY(may_follow(c));
	return db_run(c->db, c->arena, DB_WRITE, answer, &w);
}

static err_t take(struct db *db, struct arena *a, void *ctx)
{
	struct own_work *w = ctx;
	struct call *c = w->call;
	struct q_step_by_id row;
	bool found, works = false;
	int64_t changed;
	TRY(q_step_by_id(db, a, w->step, &row, &found));
	if (found)
		TRY(meeting_region_works(c, db, a, row.region_id, &works));
	if (!works || !is_covered(c))
		return err_new(a, ERR_MISSING, "There is no such stop.");
	if (w->give_back)
		TRY(q_step_give_back(db, a, w->step, c->actor.id, c->now, &changed));
	else if (str_eq(row.owner_id, c->actor.id))
		return err_new(a, ERR_CONFLICT, "It is your own already.");
	else
		TRY(q_step_take(db, a, w->step, c->actor.id, c->now, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT,
			       w->give_back ? "You do not have this stop." : "Somebody takes this stop along already.");
	return app_record(c, db, a, w->give_back ? "step.give" : "step.take", "step", w->step, S(""));
}

err_t app_mine_take(struct call *c, struct str step, bool give_back)
{
	struct own_work w = {.call = c, .step = step, .give_back = give_back};
	TRY(may_follow(c));
	return db_run(c->db, c->arena, DB_WRITE, take, &w);
}
