#include "app/referral_inside.h"

#include "app/closed_day.h"
#include "app/household.h"
#include "app/meeting.h"
#include "app/mou.h"
#include "app/record.h"
#include "app/setting.h"
#include "domain/opening.h"
#include "store/q_agency.h"
#include "store/q_household.h"
#include "store/q_opening_decision.h"
#include "store/q_region.h"
#include "store/seal.h"

/* --- one referral --- */

err_t referral_open(struct call *c, struct db *db, struct arena *a, struct str id, struct referral_work *out)
{
	struct referral_work w = {.call = c, .db = db, .arena = a, .id = str_dup(a, id)};
	const struct actor *actor = &c->actor;
	bool found;
	TRY(q_referral_by_id(db, a, id, &w.row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such referral.");
	if (!referral_state_parse(w.row.state, &w.state))
		return err_internal(a, "referral %.*s with an unknown state", STR_ARG(id));
	w.plans = meeting_may_plan(actor, w.row.region_id);
	w.receives = actor->kind == ACTOR_USER && access_may(actor->role, CAN_OPENINGS) &&
		     str_eq(actor->agency_id, w.row.agency_id);
	*out = w;
	return NULL;
}

err_t referral_event(const struct referral_work *w, struct str what, struct str reason, const struct pii *note)
{
	struct call *c = w->call;
	struct q_referral_event_last last = {0};
	bool found;
	TRY(q_referral_event_last(w->db, w->arena, w->id, &last, &found));
	int64_t no = last.no + 1;
	struct str row = str_fmt(w->arena, "%.*s.%d", STR_ARG(w->id), (int)no);
	struct seal_place place = {"referral_event", "note", row};
	return q_referral_event_add(w->db, w->arena,
				    &(struct q_referral_event_add_in){
					    .referral_id = w->id,
					    .no = no,
					    .what = what,
					    .day = c->today,
					    .at = c->now,
					    .by_id = c->actor.kind == ACTOR_USER ? c->actor.id : (struct str){0},
					    .reason = reason,
					    .note = seal_pii(w->arena, c->app->keys, place, note),
				    });
}

static const char *act_of(enum referral_state to)
{
	static const char *const acts[REFERRAL_STATES_N] = {
		[REFERRAL_REQUESTED] = "referral.ask",
		[REFERRAL_ISSUED] = "referral.issue",
		[REFERRAL_ACKNOWLEDGED] = "referral.acknowledge",
		[REFERRAL_CONTACT] = "referral.contact",
		[REFERRAL_INTAKE] = "referral.intake",
		[REFERRAL_ACCEPTED] = "referral.accept",
		[REFERRAL_MOVED_IN] = "referral.move_in",
		[REFERRAL_CLIENT_DECLINED] = "referral.decline",
		[REFERRAL_PROVIDER_DECLINED] = "referral.decline",
		[REFERRAL_WITHDRAWN] = "referral.withdraw",
		[REFERRAL_EXPIRED] = "referral.expire",
		[REFERRAL_FILLED] = "referral.fill",
	};
	return acts[to];
}

static err_t journal(const struct referral_work *w, enum referral_state to)
{
	struct str more = w->row.opening_id.n > 0 ? str_fmt(w->arena, "opening=%.*s", STR_ARG(w->row.opening_id))
						  : (struct str){0};
	return app_record(w->call, w->db, w->arena, act_of(to), "referral", w->id, more);
}

static err_t overtaken(struct arena *a)
{
	return err_new(a, ERR_CONFLICT, "Somebody else has just changed this referral: look at it again.");
}

err_t referral_put(struct referral_work *w, const struct referral_put *put)
{
	struct call *c = w->call;
	struct str key = referral_state_table[put->to].key;
	int64_t changed;
	TRY(q_referral_move(w->db, w->arena,
			    &(struct q_referral_move_in){
				    .id = w->id,
				    .was = w->row.state,
				    .state = key,
				    .day = c->today,
				    .reason = put->reason,
				    .review = put->review,
				    .ended_day = referral_is_open(put->to) ? DAY_NONE : c->today,
			    },
			    &changed));
	if (changed == 0)
		return overtaken(w->arena);
	TRY(referral_event(w, put->what.n > 0 ? put->what : key, put->reason, put->note));
	w->state = put->to;
	w->row.state = key;
	if (!referral_is_open(put->to) && w->row.household_no_known)
		TRY(q_opening_accept_over(w->db, w->arena, w->row.opening_id, w->row.household_no,
					  c->actor.kind == ACTOR_USER ? c->actor.id : (struct str){0}, c->now,
					  &changed));
	return journal(w, put->to);
}

/* Whether an opening may have a referral more: it is open, and no other holds it. */
static err_t check_free(struct db *db, struct arena *a, struct str opening_id, struct str but,
			struct q_referral_opening *out)
{
	struct q_referral_holder holder;
	bool found;
	TRY(q_referral_opening(db, a, opening_id, out, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such opening.");
	if (day_known(out->ended_day))
		return err_new(a, ERR_CONFLICT, "This opening is %.*s already.", STR_ARG(out->ended_as));
	TRY(q_referral_holder(db, a, opening_id, &holder, &found));
	if (!found || str_eq(holder.id, but))
		return NULL;
	if (str_eq(holder.state, referral_state_table[REFERRAL_PROVIDER_DECLINED].key))
		return err_new(a, ERR_CONFLICT,
			       "The last decline for this home raises a question of Housing First: look at it first, "
			       "then the home can be offered again.");
	return err_new(a, ERR_CONFLICT,
		       "This home is taken: %.*s issued a referral to it, which holds it until it ends.",
		       STR_ARG(holder.by));
}

err_t referral_check_opening(const struct referral_work *w)
{
	struct q_referral_opening opening;
	return w->row.opening_id.n == 0 ? NULL : check_free(w->db, w->arena, w->row.opening_id, w->id, &opening);
}

/* --- asking --- */

struct asking {
	struct call *call;
	const struct referral_ask *ask;
	struct str region_id, agency_id, kind, program;
	struct household_face face; /* of whom; `no` 0: of nobody yet */
	bool room;                  /* of a live conference, which matched it */
	bool plans;
	struct str id;
};

static err_t of_opening(struct asking *w, struct db *db, struct arena *a)
{
	struct q_referral_opening opening;
	TRY(check_free(db, a, w->ask->opening, (struct str){0}, &opening));
	const struct opening_times times = {opening.from_day, opening.confirmed_day, DAY_NONE, false};
	if (!opening_offered(opening_state(&times, w->call->today)))
		return err_new(a, ERR_CONFLICT,
			       "Nobody has confirmed this opening for %d days: its agency confirms it first.",
			       OPENING_HELD_DAYS);
	w->region_id = opening.region_id;
	w->agency_id = opening.agency_id;
	w->kind = opening.kind;
	w->program = opening.program;
	return NULL;
}

static err_t of_program(struct asking *w, struct db *db, struct arena *a)
{
	const struct referral_ask *ask = w->ask;
	const struct actor *actor = &w->call->actor;
	struct q_region_by_id region;
	struct q_agency_by_id agency;
	bool found;
	w->region_id = ask->region.n > 0 ? ask->region : actor->region_id;
	if (w->region_id.n == 0 && actor->cover.works_in_n > 0)
		w->region_id = actor->cover.works_in[0];
	w->agency_id = ask->agency.n > 0 ? ask->agency : actor->agency_id;
	w->kind = policy_kind_table[ask->kind].word;
	w->program = str_trim(ask->program);
	if (ask->kind == POLICY_LIST || w->program.n == 0)
		return err_new(a, ERR_INVALID, "Say which kind of housing it is, and which program.");
	if (w->program.n > REFERRAL_TEXT_MOST || !str_is_clean_text(w->program))
		return err_new(a, ERR_INVALID, "The program’s name is too long, or cannot be kept.");
	TRY(q_region_by_id(db, a, w->region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_INVALID, "Choose the region from whose list it is filled.");
	TRY(q_agency_by_id(db, a, w->agency_id, &agency, &found));
	if (!found || agency.is_lead)
		return err_new(a, ERR_INVALID, "Choose the agency that has the home.");
	return NULL;
}

/* By id, or by the code that people say: who is on the list, for who may see them there. */
static err_t find_household(struct call *c, struct db *db, struct arena *a, struct str id, struct str region_id,
			    struct household_face *out)
{
	struct q_household_by_id row;
	struct q_household_by_code coded = {0};
	bool found;
	TRY(q_household_by_id(db, a, id, &row, &found));
	if (found)
		coded.household_no = row.household_no;
	else
		TRY(q_household_by_code(db, a, id, &coded, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such household: write its code, as Maple 4821.");
	TRY(app_household_faces(c, db, a, &coded.household_no, 1, out));
	if (!out->visible)
		return err_new(a, ERR_CONFLICT, "This household is not on the list any more.");
	if (out->region_id.n > 0 && !str_eq(out->region_id, region_id))
		return err_new(a, ERR_CONFLICT,
			       "This household is on another region’s list: ask that region for a move first.");
	return NULL;
}

static err_t check_asker(struct asking *w, struct arena *a)
{
	const struct actor *actor = &w->call->actor;
	w->plans = w->room || meeting_may_plan(actor, w->region_id);
	bool own = actor->kind == ACTOR_USER && access_may(actor->role, CAN_OPENINGS) && actor->agency_id.n > 0 &&
		   str_eq(actor->agency_id, w->agency_id);
	return w->plans || own ? NULL : err_new(a, ERR_DENIED, "You ask for referrals to your own agency.");
}

static err_t check_once(const struct asking *w, struct db *db, struct arena *a)
{
	struct q_referral_waiting waiting;
	struct q_referral_asked asked;
	bool found;
	if (w->ask->opening.n == 0)
		return NULL;
	if (w->face.no == 0) {
		TRY(q_referral_asked(db, a, w->ask->opening, &asked, &found));
		return found ? err_new(a, ERR_CONFLICT, "A referral to this opening was asked for already.") : NULL;
	}
	TRY(q_referral_waiting(db, a, w->ask->opening, w->face.no, &waiting, &found));
	return found ? err_new(a, ERR_CONFLICT, "This household has a referral to this opening already.") : NULL;
}

static err_t resolve(struct asking *w, struct db *db, struct arena *a)
{
	if (w->ask->opening.n > 0)
		TRY(of_opening(w, db, a));
	else
		TRY(of_program(w, db, a));
	TRY(check_asker(w, a));
	if (w->ask->household.n == 0)
		return NULL;
	TRY(find_household(w->call, db, a, w->ask->household, w->region_id, &w->face));
	if (!w->plans && !w->face.serves)
		return err_new(a, ERR_DENIED,
			       "Ask for whoever is next: the list is matched by who plans the conferences.");
	return NULL;
}

static err_t make(struct asking *w, struct db *db, struct arena *a)
{
	struct call *c = w->call;
	const struct referral_ask *ask = w->ask;
	struct referral_work made;
	TRY(check_once(w, db, a));
	w->id = meeting_new_id(c->arena);
	TRY(q_referral_add(db, a,
			   &(struct q_referral_add_in){
				   .id = w->id,
				   .household_no = w->face.no,
				   .household_no_known = w->face.no != 0,
				   .region_id = w->region_id,
				   .opening_id = ask->opening,
				   .agency_id = w->agency_id,
				   .kind = w->kind,
				   .program = w->program,
				   .source = referral_source_table[ask->source].key,
				   .conference_id = ask->conference,
				   .requested_at = ask->at.ms > 0 ? ask->at : c->now,
				   .requested_by = c->actor.id,
				   .rank = w->face.rank,
				   .rank_known = w->face.rank > 0,
				   .state = referral_state_table[REFERRAL_REQUESTED].key,
				   .state_day = c->today,
			   }));
	TRY(referral_open(c, db, a, w->id, &made));
	TRY(referral_event(&made, made.row.state, (struct str){0}, NULL));
	return journal(&made, REFERRAL_REQUESTED);
}

static err_t ask_as(struct call *c, struct db *db, struct arena *a, const struct referral_ask *ask, bool room,
		    struct str *id)
{
	struct asking w = {.call = c, .ask = ask, .room = room};
	TRY(resolve(&w, db, a));
	TRY(make(&w, db, a));
	*id = w.id;
	return NULL;
}

err_t referral_ask(struct call *c, struct db *db, struct arena *a, const struct referral_ask *ask, struct str *id)
{
	return ask_as(c, db, a, ask, false, id);
}

err_t referral_match(struct call *c, struct db *db, struct arena *a, const struct referral_ask *ask, struct str *id)
{
	return ask_as(c, db, a, ask, true, id);
}

static err_t ask_alone(struct db *db, struct arena *a, void *ctx)
{
	struct asking *w = ctx;
	return referral_ask(w->call, db, a, w->ask, &w->id);
}

err_t app_referral_ask(struct call *c, const struct referral_ask *ask, struct str *id)
{
	struct asking w = {.call = c, .ask = ask};
	TRY(db_run(c->db, c->arena, DB_WRITE, ask_alone, &w));
	*id = w.id;
	return NULL;
}

/* --- issuing --- */

static err_t check_agency(const struct referral_work *w)
{
	struct cover cover;
	TRY(mou_agency_cover(w->db, w->arena, w->row.agency_id, w->call->today, &cover));
	if (mou_covers_region(&cover, w->row.region_id) == COVERED)
		return NULL;
	return err_new(w->arena, ERR_CONFLICT,
		       "%.*s has no memorandum of understanding in force here today: it is renewed before a referral "
		       "goes there.",
		       STR_ARG(w->row.agency));
}

/* Whom: as it was asked, or as is said now. */
static err_t choose(const struct referral_work *w, struct str household, struct household_face *out)
{
	struct q_referral_waiting waiting;
	bool found = false;
	if (household.n == 0 && !w->row.household_no_known)
		return err_new(w->arena, ERR_INVALID, "Choose a household first: see who fits.");
	if (household.n > 0) {
		TRY(find_household(w->call, w->db, w->arena, household, w->row.region_id, out));
		if (w->row.household_no_known && out->no != w->row.household_no)
			return err_new(w->arena, ERR_CONFLICT, "This referral is for another household.");
	} else {
		TRY(app_household_faces(w->call, w->db, w->arena, &w->row.household_no, 1, out));
		if (!out->visible)
			return err_new(w->arena, ERR_CONFLICT, "This household is not on the list any more.");
	}
	if (w->row.opening_id.n > 0 && !w->row.household_no_known)
		TRY(q_referral_waiting(w->db, w->arena, w->row.opening_id, out->no, &waiting, &found));
	return found ? err_new(w->arena, ERR_CONFLICT, "This household has a referral to this opening already.") : NULL;
}

static err_t due_of(const struct referral_work *w, struct day *out)
{
	struct day asked = instant_day(w->row.requested_at);
	struct settings settings;
	struct calendar calendar;
	TRY(app_settings(w->db, w->arena, &settings));
	TRY(closed_day_calendar(w->call, w->db, w->arena, asked, &calendar));
	*out = referral_due(&calendar, asked, settings.referral_days);
	return NULL;
}

static err_t issue(struct call *c, struct db *db, struct arena *a, struct str id, struct str household)
{
	struct referral_work w;
	struct household_face face;
	struct day due;
	int64_t changed;
	TRY(referral_open(c, db, a, id, &w));
	if (!w.plans)
		return err_new(a, ERR_DENIED, "Referrals are issued by who plans the conferences of their region.");
	if (w.state != REFERRAL_REQUESTED)
		return err_new(a, ERR_CONFLICT, "This referral is %.*s already.",
			       STR_ARG(referral_state_table[w.state].words));
	TRY(referral_check_opening(&w));
	TRY(check_agency(&w));
	TRY(choose(&w, household, &face));
	TRY(due_of(&w, &due));
	TRY(q_referral_issue(db, a,
			     &(struct q_referral_issue_in){
				     .id = w.id,
				     .household_no = face.no,
				     .rank = face.rank,
				     .rank_known = face.rank > 0,
				     .day = c->today,
				     .due_day = due,
			     },
			     &changed));
	if (changed == 0)
		return overtaken(a);
	TRY(referral_event(&w, referral_state_table[REFERRAL_ISSUED].key, (struct str){0}, NULL));
	return journal(&w, REFERRAL_ISSUED);
}

static err_t issue_alone(struct db *db, struct arena *a, void *ctx)
{
	struct asking *w = ctx;
	return issue(w->call, db, a, w->id, w->ask->household);
}

err_t app_referral_issue(struct call *c, struct str id, struct str household)
{
	const struct referral_ask ask = {.household = household};
	struct asking w = {.call = c, .ask = &ask, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, issue_alone, &w);
}

/* What the agency asked, or somebody matched before, is what is issued now. */
static err_t refer(struct asking *w, struct db *db, struct arena *a)
{
	struct q_referral_waiting waiting;
	struct q_referral_asked asked;
	bool found = false;
	w->id = (struct str){0};
	TRY(resolve(w, db, a));
	if (w->face.no == 0)
		return err_new(a, ERR_INVALID, "Choose a household first: see who fits.");
	if (w->ask->opening.n > 0) {
		TRY(q_referral_waiting(db, a, w->ask->opening, w->face.no, &waiting, &found));
		if (found)
			w->id = str_dup(w->call->arena, waiting.id);
		else
			TRY(q_referral_asked(db, a, w->ask->opening, &asked, &found));
		if (found && w->id.n == 0)
			w->id = str_dup(w->call->arena, asked.id);
	}
	if (!found)
		TRY(make(w, db, a));
	return issue(w->call, db, a, w->id, w->ask->household);
}

err_t referral_refer(struct call *c, struct db *db, struct arena *a, const struct referral_ask *ask, struct str *id)
{
	struct asking w = {.call = c, .ask = ask};
	TRY(refer(&w, db, a));
	*id = w.id;
	return NULL;
}

static err_t refer_alone(struct db *db, struct arena *a, void *ctx)
{
	return refer(ctx, db, a);
}

err_t app_referral_refer(struct call *c, const struct referral_ask *ask, struct str *id)
{
	struct asking w = {.call = c, .ask = ask};
	TRY(db_run(c->db, c->arena, DB_WRITE, refer_alone, &w));
	*id = w.id;
	return NULL;
}
