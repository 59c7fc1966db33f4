#include "app/region_move.h"

#include "app/cycle.h"
#include "app/import_number.h"
#include "app/listing.h"
#include "app/meeting.h"
#include "app/record.h"
#include "domain/region_move.h"
#include "store/q_household.h"
#include "store/q_listing.h"
#include "store/q_region.h"
#include "store/q_region_move.h"
#include "store/seal.h"

static const struct str answer_states[] = {
#define X(name, word, state) [name] = STR_INIT(state),
	REGION_MOVE_ANSWERS(X)
#undef X
};

static const struct str answer_acts[] = {
#define X(name, word, state) [name] = STR_INIT("region_move." word),
	REGION_MOVE_ANSWERS(X)
#undef X
};

struct moving {
	struct call *call;
	struct str household_id, to_region;
	struct str id;
	enum region_move_answer answer;
	const struct pii *reason;
	bool moved; /* the list must be derived anew */
};

static err_t may_move(const struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_MOVE))
		return err_new(c->arena, ERR_DENIED, "Moves between regions are for list holders.");
	return NULL;
}

/* Whose list a household is on; empty: on no region's. *listed: it is on the list at all. */
static err_t region_now(struct db *db, struct arena *a, int64_t household, struct str *region, bool *listed)
{
	struct q_hmis_now now;
	struct q_listing_region row;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_listing_region(db, a, household, now.import_no, &row, listed));
	*region = *listed ? row.region_id : (struct str){0};
	return NULL;
}

static err_t record(const struct moving *w, struct db *db, struct arena *a, struct str act)
{
	return app_record(w->call, db, a, str_c(a, act), "household", w->household_id,
			  str_fmt(a, "move=%.*s,to=%.*s", STR_ARG(w->id), STR_ARG(w->to_region)));
}

/* From now on the household is of the region, whatever its projects say, with all that is open for it. */
static err_t put_into(const struct moving *w, struct db *db, struct arena *a, int64_t household, struct str from_region,
		      const struct pii *reason)
{
	struct call *c = w->call;
	struct q_household_mark_last last;
	struct q_hmis_now now;
	bool found;
	int64_t changed;
	TRY(q_household_mark_end(db, a, household, S("region"), c->now, c->actor.id, &changed));
	TRY(q_household_mark_last(db, a, household, &last, &found));
	TRY(q_hmis_now(db, a, &now, &found));
	struct seal_place place = {"household_mark", "reason",
				   str_fmt(a, "%lld.%lld", (long long)household, (long long)last.no + 1)};
	TRY(q_household_mark_add(db, a,
				 &(struct q_household_mark_add_in){
					 .household_no = household,
					 .no = last.no + 1,
					 .kind = S("region"),
					 .day = c->today,
					 .region_id = w->to_region,
					 .reason = seal_pii(a, c->app->keys, place, reason),
					 .user_id = c->actor.id,
					 .at = c->now,
					 .import_no = now.import_no,
				 }));
	TRY(q_region_move_steps(db, a, household, w->to_region, &changed));
	TRY(q_region_move_target(db, a, household, w->to_region, &changed));
	return from_region.n > 0 ? cycle_move(c, db, a, household, from_region, w->to_region) : NULL;
}

static err_t check_ask(const struct moving *w, struct db *db, struct arena *a, int64_t household, struct str from,
		       enum region_move_way *way)
{
	struct q_region_by_id region;
	struct q_region_move_waiting waiting;
	bool found;
	TRY(q_region_by_id(db, a, w->to_region, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	if (str_eq(from, w->to_region))
		return err_new(a, ERR_CONFLICT, "The household is on that region’s list already.");
	*way = region_move_way(w->call->actor.region_id, from, w->to_region);
	if (*way == REGION_MOVE_NOT)
		return err_new(a, ERR_DENIED,
			       "Only the list holders of the two regions move a household between them.");
	TRY(q_region_move_waiting(db, a, household, &waiting, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "A move of this household waits for an answer already.");
	return NULL;
}

static err_t ask(struct db *db, struct arena *a, void *ctx)
{
	struct moving *w = ctx;
	struct call *c = w->call;
	struct q_household_by_id household;
	struct str from;
	enum region_move_way way = REGION_MOVE_ALONE; /* set by check_ask */
	bool found, listed = false;
	TRY(q_household_by_id(db, a, w->household_id, &household, &found));
	if (found)
		TRY(region_now(db, a, household.household_no, &from, &listed));
	if (!found || !listed)
		return err_new(a, ERR_MISSING, "There is no such household on the list.");
	TRY(check_ask(w, db, a, household.household_no, from, &way));
	w->id = meeting_new_id(a);
	w->moved = way == REGION_MOVE_ALONE;
	struct seal_place place = {"region_move", "reason", w->id};
	TRY(q_region_move_add(db, a,
			      &(struct q_region_move_add_in){
				      .id = w->id,
				      .household_no = household.household_no,
				      .from_region = from,
				      .to_region = w->to_region,
				      .asked_region = c->actor.region_id,
				      .state = w->moved ? S("accepted") : S("asked"),
				      .reason = seal_pii(a, c->app->keys, place, w->reason),
				      .asked_by = c->actor.id,
				      .asked_at = c->now,
				      .ended_by = w->moved ? c->actor.id : (struct str){0},
				      .ended_at = w->moved ? c->now : INSTANT_NONE,
			      }));
	if (w->moved)
		TRY(put_into(w, db, a, household.household_no, from, w->reason));
	return record(w, db, a, w->moved ? S("region_move.take") : S("region_move.ask"));
}

static err_t check_answer(const struct moving *w, struct db *db, struct arena *a, const struct q_region_move_by_id *m)
{
	struct str own = w->call->actor.region_id;
	struct str region;
	bool listed;
	bool may = w->answer == REGION_MOVE_WITHDRAW
			   ? region_move_withdraws(own, m->asked_region)
			   : region_move_answers(own, m->from_region, m->to_region, m->asked_region);
	/* Whether there is one is not told to others. */
	if (!may && !region_move_withdraws(own, m->asked_region) &&
	    !region_move_answers(own, m->from_region, m->to_region, m->asked_region))
		return err_new(a, ERR_MISSING, "There is no such move.");
	if (!may)
		return err_new(a, ERR_DENIED,
			       w->answer == REGION_MOVE_WITHDRAW ? "Only the list holder who asked may withdraw it."
								 : "The list holder of the other region answers this.");
	if (!str_eq(m->state, S("asked")))
		return err_new(a, ERR_CONFLICT, "This move was %.*s meanwhile.", STR_ARG(m->state));
	if (w->answer != REGION_MOVE_ACCEPT)
		return NULL;
	TRY(region_now(db, a, m->household_no, &region, &listed));
	if (!listed || !str_eq(region, m->from_region))
		return err_new(a, ERR_CONFLICT,
			       "The household is not on that list any more: refuse the move, or let it be withdrawn.");
	return NULL;
}

static err_t answer(struct db *db, struct arena *a, void *ctx)
{
	struct moving *w = ctx;
	struct call *c = w->call;
	struct q_region_move_by_id m;
	bool found;
	int64_t changed;
	TRY(q_region_move_by_id(db, a, w->id, &m, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such move.");
	TRY(check_answer(w, db, a, &m));
	w->household_id = str_dup(c->arena, m.household_id);
	w->to_region = m.to_region;
	struct seal_place place = {"region_move", "answer", w->id};
	TRY(q_region_move_end(db, a,
			      &(struct q_region_move_end_in){
				      .id = w->id,
				      .state = answer_states[w->answer],
				      .answer = seal_pii(a, c->app->keys, place, w->reason),
				      .ended_by = c->actor.id,
				      .ended_at = c->now,
			      },
			      &changed));
	w->moved = w->answer == REGION_MOVE_ACCEPT;
	if (w->moved) {
		const struct pii *why;
		TRY(seal_open(a, c->app->keys, (struct seal_place){"region_move", "reason", w->id}, m.reason, &why));
		TRY(put_into(w, db, a, m.household_no, m.from_region, why));
	}
	return record(w, db, a, answer_acts[w->answer]);
}

static err_t run(struct moving *w, err_t (*fn)(struct db *, struct arena *, void *))
{
	struct call *c = w->call;
	struct q_hmis_now now;
	TRY(db_run(c->db, c->arena, DB_WRITE, fn, w));
	if (!w->moved)
		return NULL;
	TRY(import_number_now(c, &now));
	err_t e = app_listing_refresh(c, now.as_of);
	return e == NULL ? NULL
			 : err_wrap(c->arena, e, "The move is recorded, but the list is as it was: %.*s",
				    STR_ARG(e->say));
}

static err_t check_reason(const struct call *c, const struct pii *reason)
{
	if (reason == NULL)
		return err_new(c->arena, ERR_INVALID, "Say why: the reason stays with the move.");
	return meeting_check_words(c->arena, reason);
}

err_t app_region_move_ask(struct call *c, struct str household_id, struct str to_region, const struct pii *reason)
{
	struct moving w = {.call = c, .household_id = household_id, .to_region = to_region, .reason = reason};
	TRY(may_move(c));
	TRY(check_reason(c, reason));
	return run(&w, ask);
}

err_t app_region_move_answer(struct call *c, struct str move_id, enum region_move_answer decision,
			     const struct pii *reason, struct str *household_id)
{
	struct moving w = {.call = c, .id = move_id, .answer = decision};
	TRY(may_move(c));
	if (decision == REGION_MOVE_REFUSE) {
		TRY(check_reason(c, reason));
		w.reason = reason;
	}
	TRY(run(&w, answer));
	*household_id = w.household_id;
	return NULL;
}
