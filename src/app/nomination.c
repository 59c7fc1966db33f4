#include "app/nomination.h"

#include "app/list_opening.h"
#include "app/meeting.h"
#include "app/nomination_parts.h"
#include "app/policy.h"
#include "app/record.h"
#include "app/step.h"
#include "domain/adjustment.h"
#include "store/q_hmis.h"
#include "store/q_household.h"
#include "store/q_listing.h"
#include "store/q_nomination.h"
#include "store/seal.h"

err_t nomination_open(struct nominating *w, struct db *db, struct arena *a)
{
	struct call *c = w->call;
	struct q_household_by_id household;
	struct q_listing_region region;
	struct q_hmis_now now;
	bool found;
	TRY(q_household_by_id(db, a, w->household_id, &household, &found));
	if (found)
		TRY(app_household_faces(c, db, a, &household.household_no, 1, &w->face));
	if (!found || !w->face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	TRY(app_household_names(c, db, a, &w->face, 1)); /* to be taken out of what others read */
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_listing_region(db, a, w->face.no, now.import_no, &region, &found));
	w->region_id = found ? region.region_id : (struct str){0};
	w->plans = w->region_id.n > 0 && meeting_may_plan(&c->actor, w->region_id);
	w->of_group = false;
	if (w->region_id.n > 0 && c->actor.agency_id.n > 0)
		TRY(meeting_region_works(c, db, a, w->region_id, &w->of_group));
	w->knows = w->face.notes && c->actor.kind == ACTOR_USER && c->actor.agency_id.n > 0;
	return NULL;
}

static err_t record(const struct nominating *w, struct db *db, struct arena *a, const char *act)
{
	return app_record(w->call, db, a, act, "household", w->household_id,
			  str_fmt(a, "nomination=%.*s", STR_ARG(w->id)));
}

static err_t add(struct db *db, struct arena *a, void *ctx)
{
	struct nominating *w = ctx;
	struct call *c = w->call;
	const struct nomination_words *words = w->words;
	struct policy policy;
	struct q_nomination_open open;
	bool found;
	TRY(nomination_open(w, db, a));
	if (!w->knows)
		return err_new(a, ERR_DENIED,
			       "A household is nominated by an agency that serves it, or by its list holder for one.");
	TRY(app_policy_in_force(db, a, words->kind, c->today, &policy, NULL));
	TRY(nomination_check(a, &policy, c->today,
			     &(struct nomination_new){pii_reveal(words->reason), words->review, words->until}));
	if (!w->face.active)
		return err_new(a, ERR_CONFLICT, "The household is not on the list any more.");
	struct str kind = policy_kind_table[words->kind].word;
	TRY(q_nomination_open(db, a, w->face.no, kind, c->today.n, &open, &found));
	if (found)
		return err_new(a, ERR_CONFLICT,
			       "It is nominated for this kind of opening already; that one has to end first.");
	w->id = meeting_new_id(a);
	struct seal_place place = {"nomination", "reason", w->id};
	TRY(q_nomination_add(db, a,
			     &(struct q_nomination_add_in){
				     .id = w->id,
				     .household_no = w->face.no,
				     .kind = kind,
				     .reason = seal_pii(a, c->app->keys, place, words->reason),
				     .review_day = words->review,
				     .until_day = words->until,
				     .proposed_by = c->actor.id,
				     .proposed_agency = c->actor.agency_id,
				     .proposed_at = c->now,
			     }));
	return record(w, db, a, "nomination.add");
}

err_t app_nomination_add(struct call *c, struct str household_id, const struct nomination_words *words)
{
	struct nominating w = {.call = c, .household_id = household_id, .words = words};
	return db_run(c->db, c->arena, DB_WRITE, add, &w);
}

/* The nomination that an act is about; it is not over. */
static err_t find(struct nominating *w, struct db *db, struct arena *a, struct q_nomination_by_id *out)
{
	bool found;
	TRY(nomination_open(w, db, a));
	TRY(q_nomination_by_id(db, a, w->id, out, &found));
	if (!found || out->household_no != w->face.no)
		return err_new(a, ERR_MISSING, "There is no such nomination.");
	if (instant_known(out->ended_at) || out->until_day.n < w->call->today.n)
		return err_new(a, ERR_CONFLICT, "This nomination is over.");
	return NULL;
}

static err_t find_waiting(struct nominating *w, struct db *db, struct arena *a, struct q_nomination_by_id *out)
{
	TRY(find(w, db, a, out));
	return out->agreed_known ? err_new(a, ERR_CONFLICT, "The group has decided already.") : NULL;
}

/* Another agency's word is written down by who plans the region's conferences, for an agency of the region. */
static err_t check_agency(struct nominating *w, struct db *db, struct arena *a)
{
	struct q_nomination_agencies *agencies;
	size_t n;
	bool own = w->agency_id.n == 0 || str_eq(w->agency_id, w->call->actor.agency_id);
	if (own) {
		w->agency_id = w->call->actor.agency_id;
		return w->of_group ? NULL : err_new(a, ERR_DENIED, "The agencies of the household’s region decide.");
	}
	if (!w->plans)
		return err_new(a, ERR_DENIED, "You can say this for your own agency alone.");
	TRY(q_nomination_agencies(db, a, w->region_id, &agencies, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(agencies[i].id, w->agency_id))
			return NULL;
	return err_new(a, ERR_INVALID, "Choose one of the region’s agencies.");
}

static err_t state(struct db *db, struct arena *a, void *ctx)
{
	struct nominating *w = ctx;
	struct q_nomination_by_id row;
	TRY(find_waiting(w, db, a, &row));
	TRY(check_agency(w, db, a));
	TRY(nomination_check_part(a, row.proposed_agency, w->agency_id));
	TRY(q_nomination_part_put(db, a,
				  &(struct q_nomination_part_put_in){
					  .nomination_id = w->id,
					  .agency_id = w->agency_id,
					  .stance = nomination_stance_table[w->stance].word,
					  .stated_by = w->call->actor.id,
					  .stated_at = w->call->now,
				  }));
	return record(w, db, a, "nomination.state");
}

err_t app_nomination_state(struct call *c, struct str household_id, struct str id, struct str agency_id,
			   enum nomination_stance stance)
{
	struct nominating w = {
		.call = c, .household_id = household_id, .id = id, .agency_id = agency_id, .stance = stance};
	return db_run(c->db, c->arena, DB_WRITE, state, &w);
}

/* How many households were level with it but for this decision and the lot. */
static err_t level_of(const struct nominating *w, struct db *db, struct arena *a, enum policy_kind kind, int *out)
{
	struct list_cache *cache = w->call->app->lists;
	struct list_image *list, *opening = NULL;
	TRY(list_image_take(cache, db, a, &list));
	err_t e = list_opening_of(w->call, db, a, list, w->call->today, kind, &opening);
	if (e == NULL) {
		const struct list_row *row = list_image_row(opening, w->face.no);
		*out = row != NULL ? list_opening_level(opening, row) : 0;
		list_image_give(cache, &opening);
	}
	list_image_give(cache, &list);
	return e;
}

/* The conference of the region that runs now; empty: none does. */
static err_t running(const struct nominating *w, struct db *db, struct arena *a, struct str *out)
{
	struct q_conference_live_of_region conference;
	bool live;
	TRY(q_conference_live_of_region(db, a, w->region_id, &conference, &live));
	*out = live ? conference.id : (struct str){0};
	return NULL;
}

static err_t decide(struct db *db, struct arena *a, void *ctx)
{
	struct nominating *w = ctx;
	struct call *c = w->call;
	struct q_nomination_by_id row;
	struct nomination_count count;
	struct str conference;
	enum policy_kind kind;
	int64_t changed;
	bool agreed;
	int level;
	TRY(find_waiting(w, db, a, &row));
	if (!w->plans)
		return err_new(a, ERR_DENIED, "The decision is recorded by who plans the region’s conferences.");
	if (!policy_kind_parse(row.kind, &kind))
		return err_internal(a, "a nomination for an unknown kind of opening");
	TRY(nomination_said_load(db, a, w->id, &count, NULL, NULL));
	TRY(nomination_close(a, &count, &agreed));
	TRY(level_of(w, db, a, kind, &level));
	TRY(running(w, db, a, &conference));
	struct seal_place place = {"nomination", "why", w->id};
	TRY(q_nomination_decide(db, a,
				&(struct q_nomination_decide_in){
					.id = w->id,
					.agreed = agreed,
					.why = seal_pii(a, c->app->keys, place, w->why),
					.level = level,
					.decided_by = c->actor.id,
					.decided_day = c->today,
					.conference_id = conference,
				},
				&changed));
	return record(w, db, a, agreed ? "nomination.agree" : "nomination.refuse");
}

err_t app_nomination_decide(struct call *c, struct str household_id, struct str id, const struct pii *why)
{
	struct nominating w = {.call = c, .household_id = household_id, .id = id, .why = why};
	TRY(meeting_check_words(c->arena, why));
	struct str blames = policy_reason_blames(c->arena, pii_reveal(why));
	if (blames.n > 0)
		return err_new(c->arena, ERR_INVALID, "%.*s", STR_ARG(blames));
	return db_run(c->db, c->arena, DB_WRITE, decide, &w);
}

static err_t may_end(const struct nominating *w, struct arena *a)
{
	return w->knows || w->plans
		       ? NULL
		       : err_new(a, ERR_DENIED,
				 "This is for the agencies that serve the household and for its list holder.");
}

static err_t review(struct db *db, struct arena *a, void *ctx)
{
	struct nominating *w = ctx;
	struct q_nomination_by_id row;
	int64_t changed;
	TRY(find(w, db, a, &row));
	TRY(may_end(w, a));
	TRY(adjustment_check_review(a, w->call->today, row.until_day, w->review));
	TRY(q_nomination_review(db, a, w->id, w->review, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "Only a nomination that holds is looked at again.");
	return record(w, db, a, "nomination.review");
}

err_t app_nomination_review(struct call *c, struct str household_id, struct str id, struct day day)
{
	struct nominating w = {.call = c, .household_id = household_id, .id = id, .review = day};
	return db_run(c->db, c->arena, DB_WRITE, review, &w);
}

static err_t end(struct db *db, struct arena *a, void *ctx)
{
	struct nominating *w = ctx;
	struct q_nomination_by_id row;
	int64_t changed;
	TRY(find(w, db, a, &row));
	TRY(may_end(w, a));
	TRY(q_nomination_end(db, a, w->id, w->call->actor.id, w->call->now, &changed));
	return record(w, db, a, "nomination.end");
}

err_t app_nomination_end(struct call *c, struct str household_id, struct str id)
{
	struct nominating w = {.call = c, .household_id = household_id, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, end, &w);
}
