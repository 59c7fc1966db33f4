#include "app/correction.h"

#include "app/meeting.h"
#include "app/record.h"
#include "app/setting.h"
#include "store/q_correction.h"
#include "store/seal.h"

struct work {
	struct call *call;
	struct db *db;
	struct arena *arena;
	struct str household_id;
	struct household_face face;
	struct str id;
	const struct correction_new *ask;
	struct str owner_id;
	enum correction answer;
	const struct pii *words;
	struct correction_view *view;
};

static err_t find(struct work *w, struct db *db, struct arena *a)
{
	struct call *c = w->call;
	c->shown.n = 0;
	w->db = db;
	w->arena = a;
	TRY(evidence_face(c, db, a, w->household_id, &w->face));
	if (c->actor.kind != ACTOR_USER || !(w->face.notes || (w->face.serves && w->face.records)))
		return err_new(a, ERR_DENIED,
			       "What people asked for is for the agencies that serve the household, and for who may "
			       "read its notes.");
	return NULL;
}

static err_t note(const struct work *w, const char *act)
{
	w->call->shown.n = 0; /* nothing of it is shown */
	return app_record(w->call, w->db, w->arena, act, "household", w->face.id,
			  str_fmt(w->arena, "correction=%.*s", STR_ARG(w->id)));
}

static struct str seal_words(const struct work *w, const char *column, const struct pii *words)
{
	return seal_pii(w->arena, w->call->app->keys, (struct seal_place){"correction", column, w->id}, words);
}

/* --- reading --- */

static err_t open_words(const struct work *w, const char *column, struct str id, struct str sealed, struct str *out)
{
	const struct pii *words;
	TRY(seal_open(w->arena, w->call->app->keys, (struct seal_place){"correction", column, id}, sealed, &words));
	*out = pii_reveal(words);
	return NULL;
}

static err_t fill_row(const struct work *w, const struct q_corrections_of *row, struct correction_row *out)
{
	*out = (struct correction_row){
		.id = row->id,
		.asked_on = row->asked_day,
		.due = row->due_day,
		.owner = row->owner,
		.recorded_by = row->recorded_by,
		.closed_by = row->closed_by,
		.closed_on = instant_known(row->closed_at) ? instant_day(row->closed_at) : DAY_NONE,
	};
	if (!correction_parse(row->outcome, &out->is))
		return err_internal(w->arena, "correction with an outcome that is not known");
	out->late = out->is == CORRECTION_OPEN && out->due.n < w->call->today.n;
	TRY(open_words(w, "asked", row->id, row->asked, &out->asked));
	TRY(open_words(w, "reason", row->id, row->reason, &out->reason));
	return open_words(w, "disagrees", row->id, row->disagrees, &out->disagrees);
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct correction_view *v = w->view;
	struct q_corrections_of *rows;
	struct settings settings;
	TRY(find(w, db, a));
	TRY(app_settings(db, a, &settings));
	*v = (struct correction_view){.face = w->face, .days = settings.correction_days};
	TRY(evidence_owners(w->call, db, a, w->face.no, &v->owners, &v->owners_n));
	TRY(q_corrections_of(db, a, w->face.no, &rows, &v->rows_n));
	v->rows = arena_many(a, v->rows_n, struct correction_row);
	for (size_t i = 0; i < v->rows_n; i++)
		TRY(fill_row(w, &rows[i], &v->rows[i]));
	return NULL;
}

err_t app_corrections(struct call *c, struct str household_id, struct correction_view *out)
{
	struct correction_view view;
	struct work w = {.call = c, .household_id = household_id, .view = &view};
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	*out = view;
	return NULL;
}

/* --- asking and answering --- */

static err_t check_owner(const struct work *w, struct str owner_id)
{
	struct evidence_choice *owners;
	size_t n;
	TRY(evidence_owners(w->call, w->db, w->arena, w->face.no, &owners, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(owners[i].value, owner_id))
			return NULL;
	return err_new(w->arena, ERR_INVALID, "Choose who sees to it.");
}

static err_t run_ask(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	const struct correction_new *k = w->ask;
	struct call *c = w->call;
	struct settings settings;
	TRY(find(w, db, a));
	TRY(check_owner(w, k->owner_id));
	TRY(app_settings(db, a, &settings));
	TRY(q_correction_add(db, a,
			     &(struct q_correction_add_in){
				     .id = w->id,
				     .household_no = w->face.no,
				     .asked = seal_words(w, "asked", k->words),
				     .asked_day = k->asked_on,
				     .due_day = day_add(k->asked_on, settings.correction_days),
				     .owner_id = k->owner_id,
				     .outcome = str_from(correction_word(CORRECTION_OPEN)),
				     .recorded_by = c->actor.id,
				     .recorded_at = c->now,
			     }));
	return note(w, "correction.ask");
}

err_t app_correction_ask(struct call *c, struct str household_id, const struct correction_new *k)
{
	struct work w = {.call = c, .household_id = household_id, .ask = k, .id = meeting_new_id(c->arena)};
	TRY(meeting_check_words(c->arena, k->words));
	if (!day_known(k->asked_on) || k->asked_on.n > c->today.n)
		return err_new(c->arena, ERR_INVALID, "The day on which they asked is today or before.");
	return db_run(c->db, c->arena, DB_WRITE, run_ask, &w);
}

static err_t find_one(struct work *w, struct db *db, struct arena *a, enum correction *is)
{
	struct q_correction_by_id row;
	bool found;
	TRY(find(w, db, a));
	TRY(q_correction_by_id(db, a, w->id, w->face.no, &row, &found));
	if (!found || !correction_parse(row.outcome, is))
		return err_new(a, ERR_MISSING, "There is no such request of this household.");
	return NULL;
}

static err_t run_give(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	enum correction is;
	int64_t changed;
	TRY(find_one(w, db, a, &is));
	TRY(check_owner(w, w->owner_id));
	TRY(q_correction_give(db, a, w->id, w->owner_id, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "It is answered already.");
	return note(w, "correction.give");
}

err_t app_correction_give(struct call *c, struct str household_id, struct str id, struct str owner_id)
{
	struct work w = {.call = c, .household_id = household_id, .id = id, .owner_id = owner_id};
	return db_run(c->db, c->arena, DB_WRITE, run_give, &w);
}

static err_t run_answer(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct call *c = w->call;
	enum correction is;
	int64_t changed;
	bool reason = w->words != NULL && str_trim(pii_reveal(w->words)).n > 0;
	TRY(find_one(w, db, a, &is));
	TRY(correction_answers(a, is, w->answer, reason));
	TRY(q_correction_answer(db, a,
				&(struct q_correction_answer_in){
					.id = w->id,
					.outcome = str_from(correction_word(w->answer)),
					.reason = seal_words(w, "reason", reason ? w->words : NULL),
					.by = c->actor.id,
					.now = c->now,
				},
				&changed));
	return note(w, "correction.answer");
}

err_t app_correction_answer(struct call *c, struct str household_id, struct str id, enum correction answer,
			    const struct pii *reason)
{
	struct work w = {.call = c, .household_id = household_id, .id = id, .answer = answer, .words = reason};
	if (reason != NULL && str_trim(pii_reveal(reason)).n > 0)
		TRY(meeting_check_words(c->arena, reason));
	return db_run(c->db, c->arena, DB_WRITE, run_answer, &w);
}

static err_t run_disagree(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	enum correction is;
	int64_t changed;
	TRY(find_one(w, db, a, &is));
	TRY(correction_disagrees(a, is));
	TRY(q_correction_disagree(db, a, w->id, seal_words(w, "disagrees", w->words), &changed));
	return note(w, "correction.disagree");
}

err_t app_correction_disagree(struct call *c, struct str household_id, struct str id, const struct pii *words)
{
	struct work w = {.call = c, .household_id = household_id, .id = id, .words = words};
	TRY(meeting_check_words(c->arena, words));
	return db_run(c->db, c->arena, DB_WRITE, run_disagree, &w);
}
