/* What people decide on the board. */
#include "app/document.h"
#include "app/list_image.h"
#include "app/meeting.h"
#include "app/opening_board.h"
#include "app/opening_match.h"
#include "app/record.h"
#include "app/referral.h"
#include "domain/policy.h"
#include "store/q_household.h"
#include "store/q_opening_decision.h"
#include "store/seal.h"

struct deciding {
	struct call *call;
	struct str id; /* of the decision */
	struct str opening_id, household_id;
	struct str what; /* accepted, rejected, held */
	const struct pii *why;
	struct str fetcher;
	struct day until;
	struct opening_row opening;
	int64_t household_no;
	struct board_proposal proposal;
	bool waits; /* the home is held for it */
};

static err_t load(struct deciding *w, struct db *db, struct arena *a)
{
	struct q_household_by_id household;
	bool found;
	TRY(opening_load(w->call, db, a, w->opening_id, &w->opening));
	if (!meeting_may_plan(&w->call->actor, w->opening.region_id))
		return err_new(a, ERR_DENIED, "Openings are matched by who plans the conferences of their region.");
	TRY(q_household_by_id(db, a, w->household_id, &household, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such household.");
	w->household_no = household.household_no;
	return NULL;
}

/* Before the transaction that writes: it takes as long as the board is large, and holds up nobody. */
static err_t propose(struct db *db, struct arena *a, void *ctx)
{
	struct deciding *w = ctx;
	TRY(load(w, db, a));
	return board_propose(w->call, db, a, &w->opening, &w->proposal);
}

/* What somebody else decided in the meantime. */
static err_t check_said(struct deciding *w, struct db *db, struct arena *a)
{
	struct q_opening_decisions_of_region *said;
	struct q_opening_accepted home;
	size_t n;
	bool found;
	if (!opening_offered(w->opening.state))
		return err_new(a, ERR_CONFLICT, "This opening is over, or nobody has confirmed it for two weeks.");
	TRY(q_opening_decisions_of_region(db, a, w->opening.region_id, w->call->today, &said, &n));
	for (size_t i = 0; i < n; i++) {
		bool same = said[i].household_no == w->household_no;
		if (!str_eq(said[i].opening_id, w->opening_id))
			continue;
		if (str_eq(said[i].what, S("accepted")))
			return err_new(a, ERR_CONFLICT, "%.*s has accepted a household for this home already.",
				       STR_ARG(said[i].made_by));
		if (same && str_eq(said[i].what, S("rejected")))
			return err_new(a, ERR_CONFLICT, "%.*s has passed over this household for this home already.",
				       STR_ARG(said[i].made_by));
		if (same && str_eq(w->what, S("held")) && str_eq(said[i].what, S("held")))
			return err_new(a, ERR_CONFLICT, "%.*s holds this home for it already.",
				       STR_ARG(said[i].made_by));
		w->waits = w->waits || (same && str_eq(said[i].what, S("held")));
		if (!same && str_eq(said[i].what, S("held")) && !str_eq(w->what, S("rejected")))
			return err_new(a, ERR_CONFLICT, "%.*s holds this home for another household.",
				       STR_ARG(said[i].made_by));
	}
	TRY(q_opening_accepted(db, a, w->household_no, &home, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "%.*s has accepted this household for %.*s already.",
			       STR_ARG(home.made_by), STR_ARG(home.program));
	return NULL;
}

static err_t check_holds(const struct deciding *w, struct db *db, struct arena *a, const struct match_set *set,
			 size_t o, uint64_t failing)
{
	struct day most = match_hold_most(set->image[set->openings[o].kind], w->call->today);
	struct document_person *people;
	char day[DAY_SAY];
	bool takes_part = false;
	size_t n;
	if (failing == 0)
		return err_new(a, ERR_CONFLICT, "This household fits the home now: accept it.");
	if (match_rule_papers(&set->rules[o], failing) == 0)
		return err_new(a, ERR_CONFLICT,
			       "More than a paper keeps this household from the home, and nobody can fetch it.");
	if (!day_known(w->until) || w->until.n < w->call->today.n || w->until.n > most.n)
		return err_new(a, ERR_INVALID, "Say until when it is held: from today to %s.", day_say_date(most, day));
	TRY(document_people(db, a, w->opening.region_id, &people, &n));
	for (size_t i = 0; i < n; i++)
		takes_part = takes_part || str_eq(people[i].id, w->fetcher);
	return takes_part ? NULL : err_new(a, ERR_INVALID, "Choose who fetches the paper.");
}

static err_t check_match(const struct deciding *w, struct db *db, struct arena *a, const struct match_set *set)
{
	for (size_t o = 0; o < set->n; o++) {
		if (!str_eq(set->openings[o].id, w->opening_id))
			continue;
		const struct list_row *row = match_row(set, o, w->household_no);
		if (row == NULL)
			break;
		uint64_t failing = match_failing(set, o, row);
		if (str_eq(w->what, S("held")))
			return check_holds(w, db, a, set, o, failing);
		if (failing == 0)
			return NULL;
	}
	return err_new(a, ERR_CONFLICT,
		       "This household does not fit the home: its facts or whom the home is for have changed.");
}

/* An accepted household fits; the one that a home is held for lacks a paper. */
static err_t check_fits(const struct deciding *w, struct db *db, struct arena *a)
{
	struct list_cache *cache = w->call->app->lists;
	struct list_image *list;
	struct match_set set;
	TRY(list_image_take(cache, db, a, &list));
	err_t e = match_set_take(w->call, db, a, list, w->opening.region_id, &set);
	if (e == NULL)
		e = check_match(w, db, a, &set);
	match_set_give(w->call, &set);
	list_image_give(cache, &list);
	return e;
}

static err_t check_why(const struct deciding *w, struct arena *a)
{
	bool accepts = str_eq(w->what, S("accepted"));
	bool proposed = w->proposal.household_no == w->household_no;
	if (str_eq(w->what, S("held")))
		return NULL;
	if (accepts && w->why == NULL && (w->waits || (proposed && w->proposal.skipped == 0)))
		return NULL;
	if (accepts && w->why == NULL && proposed)
		return err_new(
			a, ERR_INVALID,
			"The written order of this kind of opening puts others who fit before this household: say in "
			"a few words why it is this one.");
	if (accepts && w->why == NULL)
		return err_new(a, ERR_INVALID,
			       "The board proposes another household for this home now: say in a few words why it is "
			       "this one.");
	if (w->why == NULL)
		return err_new(a, ERR_INVALID, "Say in a few words why the household is passed over for this home.");
	TRY(meeting_check_words(a, w->why));
	struct str blames = policy_reason_blames(a, pii_reveal(w->why));
	return blames.n > 0 ? err_new(a, ERR_INVALID, "%.*s", STR_ARG(blames)) : NULL;
}

static err_t record(const struct deciding *w, struct db *db, struct arena *a, const char *act)
{
	return app_record(w->call, db, a, act, "household", w->household_id,
			  str_fmt(a, "opening=%.*s", STR_ARG(w->opening_id)));
}

static err_t decide(struct db *db, struct arena *a, void *ctx)
{
	struct deciding *w = ctx;
	struct call *c = w->call;
	bool passes = str_eq(w->what, S("rejected"));
	int64_t holds;
	TRY(load(w, db, a));
	TRY(check_said(w, db, a));
	if (!passes)
		TRY(check_fits(w, db, a));
	TRY(check_why(w, a));
	if (!passes)
		TRY(q_opening_holds_over(db, a, w->opening_id, w->household_no, c->actor.id, c->now, &holds));
	w->id = meeting_new_id(a);
	struct seal_place place = {"opening_decision", "reason", w->id};
	TRY(q_opening_decision_add(db, a,
				   &(struct q_opening_decision_add_in){
					   .id = w->id,
					   .opening_id = w->opening_id,
					   .household_no = w->household_no,
					   .what = w->what,
					   .proposed = w->proposal.household_no == w->household_no,
					   .reason = seal_pii(a, c->app->keys, place, w->why),
					   .fetcher = w->fetcher,
					   .until_day = w->until,
					   .made_by = c->actor.id,
					   .made_at = c->now,
				   }));
	if (str_eq(w->what, S("accepted"))) {
		const struct referral_ask ask = {
			.opening = w->opening_id, .household = w->household_id, .source = REFERRAL_BOARD};
		struct str referral;
		TRY(referral_refer(c, db, a, &ask, &referral));
	}
	const char *act = str_eq(w->what, S("held")) ? "opening.hold" : passes ? "opening.pass" : "opening.accept";
	return record(w, db, a, act);
}

static err_t decided(struct deciding *w)
{
	TRY(db_run(w->call->db, w->call->arena, DB_READ, propose, w));
	return db_run(w->call->db, w->call->arena, DB_WRITE, decide, w);
}

err_t app_board_accept(struct call *c, struct str opening_id, struct str household_id, const struct pii *why)
{
	return decided(&(struct deciding){.call = c,
					  .opening_id = opening_id,
					  .household_id = household_id,
					  .what = S("accepted"),
					  .why = why,
					  .until = DAY_NONE});
}

err_t app_board_reject(struct call *c, struct str opening_id, struct str household_id, const struct pii *why)
{
	return decided(&(struct deciding){.call = c,
					  .opening_id = opening_id,
					  .household_id = household_id,
					  .what = S("rejected"),
					  .why = why,
					  .until = DAY_NONE});
}

err_t app_board_hold(struct call *c, struct str opening_id, struct str household_id, struct str fetcher_id,
		     struct day until)
{
	return decided(&(struct deciding){.call = c,
					  .opening_id = opening_id,
					  .household_id = household_id,
					  .what = S("held"),
					  .fetcher = fetcher_id,
					  .until = until});
}

static err_t undo(struct db *db, struct arena *a, void *ctx)
{
	struct deciding *w = ctx;
	struct call *c = w->call;
	struct q_opening_decision_by_id row;
	int64_t changed;
	bool found;
	TRY(q_opening_decision_by_id(db, a, w->id, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such decision.");
	w->opening_id = row.opening_id;
	w->household_id = row.household_id;
	TRY(load(w, db, a));
	TRY(q_opening_decision_end(db, a, w->id, c->actor.id, c->now, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "This has been taken back already.");
	if (str_eq(row.what, S("accepted")))
		TRY(referral_withdraw(c, db, a, w->opening_id, w->household_no));
	return record(w, db, a, "opening.undo");
}

err_t app_board_undo(struct call *c, struct str decision_id)
{
	return db_run(c->db, c->arena, DB_WRITE, undo, &(struct deciding){.call = c, .id = decision_id});
}
