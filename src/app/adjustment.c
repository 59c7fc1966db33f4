#include "app/adjustment.h"

#include "app/import_number.h"
#include "app/listing.h"
#include "app/meeting.h"
#include "app/policy.h"
#include "app/record.h"
#include "app/step.h"
#include "store/q_household.h"
#include "store/q_policy.h"
#include "store/seal.h"

/* Whether the call's actor may propose one, agree or take back. */
static bool may_adjust(const struct call *c, const struct household_face *face)
{
	return face->visible && face->notes && c->actor.kind == ACTOR_USER && c->actor.agency_id.n > 0;
}

static struct str signed_by(struct arena *a, struct str agency, struct str person, struct day day)
{
	char say[DAY_SAY];
	return str_fmt(a, "%.*s (%.*s), %s", STR_ARG(agency), STR_ARG(person), day_say_date(day, say));
}

static err_t open_words(struct call *c, struct arena *a, const struct household_face *face, const char *column,
			struct str id, struct str sealed, struct str *out)
{
	const struct pii *words;
	TRY(seal_open(a, c->app->keys, (struct seal_place){"adjustment", column, id}, sealed, &words));
	*out = step_words_for(c, a, face, false, words);
	return NULL;
}

static err_t fill_rows(struct call *c, struct db *db, struct arena *a, const struct household_face *face,
		       struct adjustment_row **out, size_t *n)
{
	struct q_adjustments_of *rows;
	*n = 0;
	if (face->coarse)
		return NULL;
	TRY(q_adjustments_of(db, a, face->no, &rows, n));
	*out = arena_many(a, *n, struct adjustment_row);
	bool may = may_adjust(c, face);
	for (size_t i = 0; i < *n; i++) {
		const struct q_adjustments_of *row = &rows[i];
		struct adjustment_row *to = &(*out)[i];
		bool agreed = day_known(row->agreed_day);
		*to = (struct adjustment_row){
			.id = row->id,
			.state = instant_known(row->ended_at)    ? ADJUSTMENT_TAKEN_BACK
				 : row->until_day.n < c->today.n ? ADJUSTMENT_OVER
				 : agreed                        ? ADJUSTMENT_HOLDS
								 : ADJUSTMENT_WAITS,
			.proposed = signed_by(a, row->proposed_name, row->proposed_by, instant_day(row->proposed_at)),
			.agreed = agreed ? signed_by(a, row->agreed_name, row->agreed_by, row->agreed_day)
					 : (struct str){0},
			.with_person = row->with_person,
			.review = row->review_day,
			.until = row->until_day,
		};
		to->can_agree =
			may && to->state == ADJUSTMENT_WAITS && !str_eq(row->proposed_agency, c->actor.agency_id);
		to->can_end = may && to->state <= ADJUSTMENT_HOLDS;
		if (!face->notes)
			continue;
		TRY(open_words(c, a, face, "misses", row->id, row->misses, &to->misses));
		TRY(open_words(c, a, face, "reason", row->id, row->reason, &to->reason));
	}
	return NULL;
}

struct adjusting {
	struct call *call;
	struct adjustment_view *view;
	struct str household_id;
	struct str id;
	const struct adjustment_words *words;
	struct household_face face;
	struct day review;
	bool was_held; /* what is taken back did hold */
};

static err_t find_face(struct adjusting *w, struct db *db, struct arena *a)
{
	struct q_household_by_id household;
	bool found;
	TRY(q_household_by_id(db, a, w->household_id, &household, &found));
	if (found)
		TRY(app_household_faces(w->call, db, a, &household.household_no, 1, &w->face));
	if (!found || !w->face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	return NULL;
}

static err_t find(struct adjusting *w, struct db *db, struct arena *a)
{
	TRY(find_face(w, db, a));
	if (!may_adjust(w->call, &w->face))
		return err_new(a, ERR_DENIED,
			       "Adjustments are for the list holder and the agencies that serve the household.");
	return NULL;
}

static err_t record(const struct adjusting *w, struct db *db, struct arena *a, const char *act)
{
	return app_record(w->call, db, a, act, "household", w->household_id,
			  str_fmt(a, "adjustment=%.*s", STR_ARG(w->id)));
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct adjusting *w = ctx;
	struct adjustment_view *v = w->view;
	struct policy policy;
	w->call->shown.n = 0;
	TRY(find_face(w, db, a));
	TRY(app_policy_in_force(db, a, POLICY_LIST, w->call->today, &policy, NULL));
	*v = (struct adjustment_view){.face = w->face, .most_days = policy.order.raise_days};
	TRY(fill_rows(w->call, db, a, &w->face, &v->rows, &v->rows_n));
	v->can_propose = v->most_days > 0 && w->face.active && may_adjust(w->call, &w->face);
	for (size_t i = 0; i < v->rows_n; i++)
		v->can_propose = v->can_propose && v->rows[i].state > ADJUSTMENT_HOLDS;
	return NULL;
}

err_t app_adjustments(struct call *c, struct str household_id, struct adjustment_view *out)
{
	struct adjustment_view view;
	struct adjusting w = {.call = c, .household_id = household_id, .view = &view};
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	*out = view;
	return NULL;
}

static struct str seal_words(const struct adjusting *w, struct arena *a, const char *column, const struct pii *words)
{
	return seal_pii(a, w->call->app->keys, (struct seal_place){"adjustment", column, w->id}, words);
}

static err_t propose(struct db *db, struct arena *a, void *ctx)
{
	struct adjusting *w = ctx;
	struct call *c = w->call;
	const struct adjustment_words *words = w->words;
	struct policy policy;
	struct q_adjustment_open open;
	bool found;
	TRY(find(w, db, a));
	TRY(app_policy_in_force(db, a, POLICY_LIST, c->today, &policy, NULL));
	TRY(adjustment_check(a, &policy, c->today,
			     &(struct adjustment_new){pii_reveal(words->misses), pii_reveal(words->reason),
						      words->review, words->until}));
	if (!w->face.active)
		return err_new(a, ERR_CONFLICT, "The household is not on the list any more.");
	TRY(q_adjustment_open(db, a, w->face.no, c->today.n, &open, &found));
	if (found)
		return err_new(a, ERR_CONFLICT,
			       "An adjustment of this household waits or holds already; take it back first.");
	w->id = meeting_new_id(a);
	TRY(q_adjustment_add(db, a,
			     &(struct q_adjustment_add_in){
				     .id = w->id,
				     .household_no = w->face.no,
				     .misses = seal_words(w, a, "misses", words->misses),
				     .reason = seal_words(w, a, "reason", words->reason),
				     .with_person = words->with_person,
				     .review_day = words->review,
				     .until_day = words->until,
				     .proposed_by = c->actor.id,
				     .proposed_agency = c->actor.agency_id,
				     .proposed_at = c->now,
			     }));
	return record(w, db, a, "adjustment.propose");
}

static err_t find_adjustment(struct adjusting *w, struct db *db, struct arena *a, struct q_adjustment_by_id *out)
{
	bool found;
	TRY(find(w, db, a));
	TRY(q_adjustment_by_id(db, a, w->id, out, &found));
	if (!found || out->household_no != w->face.no)
		return err_new(a, ERR_MISSING, "There is no such adjustment.");
	if (instant_known(out->ended_at) || out->until_day.n < w->call->today.n)
		return err_new(a, ERR_CONFLICT, "This adjustment is over.");
	return NULL;
}

static err_t agree(struct db *db, struct arena *a, void *ctx)
{
	struct adjusting *w = ctx;
	struct call *c = w->call;
	struct q_adjustment_by_id row;
	int64_t changed;
	TRY(find_adjustment(w, db, a, &row));
	if (day_known(row.agreed_day))
		return err_new(a, ERR_CONFLICT, "Two agencies agreed already.");
	TRY(adjustment_check_second(a, row.proposed_agency, c->actor.agency_id));
	TRY(q_adjustment_agree(db, a, w->id, c->actor.id, c->actor.agency_id, c->today, &changed));
	return record(w, db, a, "adjustment.agree");
}

static err_t take_back(struct db *db, struct arena *a, void *ctx)
{
	struct adjusting *w = ctx;
	struct q_adjustment_by_id row;
	int64_t changed;
	TRY(find_adjustment(w, db, a, &row));
	w->was_held = day_known(row.agreed_day);
	TRY(q_adjustment_end(db, a, w->id, w->call->actor.id, w->call->now, &changed));
	return record(w, db, a, "adjustment.end");
}

static err_t review(struct db *db, struct arena *a, void *ctx)
{
	struct adjusting *w = ctx;
	struct q_adjustment_by_id row;
	int64_t changed;
	TRY(find_adjustment(w, db, a, &row));
	TRY(adjustment_check_review(a, w->call->today, row.until_day, w->review));
	TRY(q_adjustment_review(db, a, w->id, w->review, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "Only an adjustment that holds is looked at again.");
	return record(w, db, a, "adjustment.review");
}

err_t app_adjustment_review(struct call *c, struct str household_id, struct str adjustment_id, struct day day)
{
	struct adjusting w = {.call = c, .household_id = household_id, .id = adjustment_id, .review = day};
	return db_run(c->db, c->arena, DB_WRITE, review, &w);
}

err_t app_adjustment_propose(struct call *c, struct str household_id, const struct adjustment_words *words)
{
	struct adjusting w = {.call = c, .household_id = household_id, .words = words};
	return db_run(c->db, c->arena, DB_WRITE, propose, &w);
}

static err_t refresh(struct call *c)
{
	struct q_hmis_now now;
	TRY(import_number_now(c, &now));
	err_t e = app_listing_refresh(c, now.as_of);
	return e == NULL ? NULL
			 : err_wrap(c->arena, e, "It is recorded, but the list is as it was: %.*s", STR_ARG(e->say));
}

err_t app_adjustment_agree(struct call *c, struct str household_id, struct str adjustment_id)
{
	struct adjusting w = {.call = c, .household_id = household_id, .id = adjustment_id};
	TRY(db_run(c->db, c->arena, DB_WRITE, agree, &w));
	return refresh(c);
}

err_t app_adjustment_end(struct call *c, struct str household_id, struct str adjustment_id)
{
	struct adjusting w = {.call = c, .household_id = household_id, .id = adjustment_id};
	TRY(db_run(c->db, c->arena, DB_WRITE, take_back, &w));
	return w.was_held ? refresh(c) : NULL;
}
