#include "app/mou.h"

#include "app/record.h"
#include "app/release.h"
#include "app/user.h"
#include "base/buf.h"
#include "base/id.h"
#include "domain/mou_due.h"
#include "store/q_mou.h"
#include "store/q_user.h"

enum { REGIONS_SAY = 2000 };

static err_t may_register(struct call *c)
{
	if (c->actor.kind == ACTOR_OPERATOR || c->actor.kind == ACTOR_SYSTEM ||
	    (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_USERS)))
		return NULL;
	return err_new(c->arena, ERR_DENIED, "Only administrators record memoranda and agreements.");
}

err_t mou_agency_cover(struct db *db, struct arena *a, struct str agency_id, struct day today, struct cover *out)
{
	struct q_mou_reach *rows;
	size_t n;
	size_t spans_n = 0;
	struct cover cover = {.today = COVERED_NOT_AGENCY};
	TRY(q_mou_reach(db, a, agency_id, today, &rows, &n));
	struct mou_span *spans = arena_many(a, n, struct mou_span);
	cover.regions = arena_many(a, n, struct str);
	cover.works_in = arena_many(a, n + 1, struct str); /* and the region of a list holder */
	for (size_t i = 0; i < n; i++) {
		if (rows[i].kind == 2) {
			cover.works_in[cover.works_in_n++] = rows[i].region_id;
			continue;
		}
		spans[spans_n++] = (struct mou_span){rows[i].from_day, rows[i].until_day};
		if (rows[i].from_day.n > today.n)
			continue;
		cover.today = COVERED;
		if (rows[i].region_id.n > 0)
			cover.regions[cover.regions_n++] = rows[i].region_id;
		else
			cover.everywhere = true;
	}
	cover.mou_until = mou_covered_until(spans, spans_n, today);
	*out = cover;
	return NULL;
}

err_t mou_cover(struct call *c, struct db *db, struct arena *a, struct actor *actor)
{
	struct q_signed_by_user signed_by;
	struct cover cover;
	bool found;
	TRY(mou_agency_cover(db, a, actor->agency_id, c->today, &cover));
	TRY(q_signed_by_user(db, a, actor->id, c->today, &signed_by, &found));
	cover.agreed_until = found ? signed_by.agreed_until : DAY_NONE;
	if (actor->region_id.n > 0)
		cover.works_in[cover.works_in_n++] = actor->region_id;
	bool agreed = day_known(cover.agreed_until) && cover.agreed_until.n >= c->today.n;
	bool overdue = found && day_known(signed_by.trained_until) && signed_by.trained_until.n < c->today.n;
	if (cover.today == COVERED && (!agreed || overdue))
		cover.today = agreed ? COVERED_NOT_TRAINED : COVERED_NOT_SIGNED;
	actor->cover = cover;
	return NULL;
}

static bool among(struct str id, const struct str *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(ids[i], id))
			return true;
	return false;
}

bool mou_works_in(const struct cover *cover, struct str region_id)
{
	return among(region_id, cover->works_in, cover->works_in_n);
}

enum covered mou_covers_region(const struct cover *cover, struct str region_id)
{
	if (cover->today != COVERED || cover->everywhere || region_id.n == 0)
		return cover->today;
	return among(region_id, cover->regions, cover->regions_n) ? COVERED : COVERED_NOT_AGENCY;
}

/* --- memoranda --- */

struct adding {
	struct call *call;
	const struct mou_new *mou;
	struct str id;
};

static err_t check_text(struct arena *a, struct str s, const char *what)
{
	if (s.n > MOU_TEXT_MAX || !str_is_clean_text(s))
		return err_new(a, ERR_INVALID, "%s is one line of at most %d characters.", what, MOU_TEXT_MAX);
	return NULL;
}

static err_t run_add(struct db *db, struct arena *a, void *ctx)
{
	struct adding *w = ctx;
	const struct mou_new *m = w->mou;
	struct str agency;
	TRY(agency_find(db, a, m->agency, &agency));
	TRY(q_mou_add(db, a,
		      &(struct q_mou_add_in){
			      .id = w->id,
			      .agency_id = agency,
			      .from_day = m->from,
			      .until_day = m->until,
			      .signed_by = m->signed_by,
			      .document = m->document,
			      .now = w->call->now,
		      }));
	for (size_t i = 0; i < m->regions_n; i++) {
		struct str region;
		TRY(app_region_find(db, a, m->regions[i], &region));
		TRY(q_mou_region_add(db, a, w->id, region));
	}
	return app_record(w->call, db, a, "mou.add", "agency", agency, str_fmt(a, "mou=%.*s", STR_ARG(w->id)));
}

err_t app_mou_add(struct call *c, const struct mou_new *m, struct str *id)
{
	TRY(may_register(c));
	if (!day_known(m->from) || !day_known(m->until) || m->until.n < m->from.n)
		return err_new(c->arena, ERR_INVALID,
			       "A memorandum has a first day and a last day that is no earlier.");
	TRY(check_text(c->arena, m->signed_by, "Who signed"));
	TRY(check_text(c->arena, m->document, "Where the paper is kept"));
	struct id made = id_new();
	struct adding w = {.call = c, .mou = m, .id = str_dup(c->arena, id_str(&made))};
	TRY(db_run(c->db, c->arena, DB_WRITE, run_add, &w));
	*id = w.id;
	return NULL;
}

struct ending {
	struct call *call;
	struct str id;
	struct day last;
};

static err_t run_end(struct db *db, struct arena *a, void *ctx)
{
	const struct ending *w = ctx;
	struct q_mou_by_id row;
	bool found;
	int64_t changed;
	TRY(q_mou_by_id(db, a, w->id, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such memorandum.");
	TRY(q_mou_end(db, a, w->id, w->last, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "It ends by then already.");
	return app_record(w->call, db, a, "mou.end", "agency", row.agency_id, str_fmt(a, "mou=%.*s", STR_ARG(w->id)));
}

err_t app_mou_end(struct call *c, struct str id, struct day last)
{
	struct ending w = {c, id, last};
	TRY(may_register(c));
	return db_run(c->db, c->arena, DB_WRITE, run_end, &w);
}

struct looking {
	struct call *call;
	void *view;
};

static err_t run_list(struct db *db, struct arena *a, void *ctx)
{
	const struct looking *w = ctx;
	struct mou_view *v = w->view;
	struct q_mous *rows;
	struct q_mou_regions *regions;
	size_t regions_n;
	TRY(q_mous(db, a, &rows, &v->rows_n));
	TRY(q_mou_regions(db, a, &regions, &regions_n));
	v->rows = arena_many(a, v->rows_n, struct mou_row);
	for (size_t i = 0; i < v->rows_n; i++) {
		struct buf names = buf_new(a, REGIONS_SAY);
		for (size_t k = 0; k < regions_n; k++)
			if (str_eq(regions[k].mou_id, rows[i].id))
				buf_fmt(&names, "%s%.*s", names.n > 0 ? ", " : "", STR_ARG(regions[k].name));
		v->rows[i] = (struct mou_row){
			.id = rows[i].id,
			.agency_id = rows[i].agency_id,
			.agency = rows[i].agency,
			.from = rows[i].from_day,
			.until = rows[i].until_day,
			.regions = buf_text(&names),
			.signed_by = rows[i].signed_by,
			.document = rows[i].document,
			.holds = rows[i].from_day.n <= w->call->today.n && rows[i].until_day.n >= w->call->today.n,
		};
	}
	return NULL;
}

err_t app_mou_list(struct call *c, struct mou_view *out)
{
	struct mou_view view;
	struct looking w = {c, &view};
	TRY(may_register(c));
	TRY(db_run(c->db, c->arena, DB_READ, run_list, &w));
	*out = view;
	return NULL;
}

/* --- what people sign --- */

struct signing {
	struct call *call;
	struct str login; /* empty: the actor's own */
	struct day from, until;
	const char *act;
	struct str form_id;
};

static err_t signer_id(const struct signing *w, struct db *db, struct arena *a, struct str *id)
{
	struct q_user_by_login row;
	bool found;
	if (w->login.n == 0) {
		*id = w->call->actor.id;
		return NULL;
	}
	TRY(q_user_by_login(db, a, w->login, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no account %.*s.", STR_ARG(w->login));
	*id = row.id;
	return NULL;
}

static err_t put_agreement(const struct signing *w, struct db *db, struct arena *a, struct str form_id)
{
	struct str id;
	TRY(signer_id(w, db, a, &id));
	TRY(q_agreement_put(db, a,
			    &(struct q_agreement_put_in){.user_id = id,
							 .signed_day = w->from,
							 .until_day = w->until,
							 .form_id = form_id,
							 .now = w->call->now}));
	return app_record(w->call, db, a, w->act, "user", id, S(""));
}

/* On paper it was signed in the words of that day. */
static err_t run_sign(struct db *db, struct arena *a, void *ctx)
{
	const struct signing *w = ctx;
	struct consent_form *texts;
	size_t n;
	TRY(consent_agreements(db, a, w->from, &texts, &n));
	return put_agreement(w, db, a, n > 0 ? texts[0].id : S(""));
}

static bool is_text(const struct consent_form *texts, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(texts[i].id, id))
			return true;
	return false;
}

static err_t run_accept(struct db *db, struct arena *a, void *ctx)
{
	const struct signing *w = ctx;
	struct consent_form *texts;
	size_t n;
	TRY(consent_agreements(db, a, w->from, &texts, &n));
	if (n > 0 ? !is_text(texts, n, w->form_id) : w->form_id.n > 0)
		return err_new(a, ERR_INVALID, "There are other words by now: read them, and sign those.");
	return put_agreement(w, db, a, w->form_id);
}

struct owning {
	struct call *call;
	struct agreement_own *view;
};

static err_t run_own(struct db *db, struct arena *a, void *ctx)
{
	const struct owning *w = ctx;
	struct agreement_own *v = w->view;
	struct day today = w->call->today;
	struct q_agreement_last last;
	bool found;
	*v = (struct agreement_own){.until = DAY_NONE};
	TRY(consent_agreements(db, a, today, &v->texts, &v->texts_n));
	TRY(q_agreement_last(db, a, w->call->actor.id, &last, &found));
	if (!found || last.until_day.n < today.n)
		return NULL;
	v->until = last.until_day;
	v->older = v->texts_n > 0 && !is_text(v->texts, v->texts_n, last.form_id);
	return NULL;
}

err_t app_agreement_own(struct call *c, struct agreement_own *out)
{
	struct agreement_own view;
	struct owning w = {c, &view};
	TRY(db_run(c->db, c->arena, DB_READ, run_own, &w));
	*out = view;
	return NULL;
}

err_t app_agreement_accept(struct call *c, struct str form_id)
{
	struct signing w = {.call = c,
			    .from = c->today,
			    .until = day_add(c->today, AGREEMENT_DAYS - 1),
			    .act = "agreement.sign",
			    .form_id = form_id};
	if (c->actor.kind != ACTOR_USER)
		return err_new(c->arena, ERR_DENIED, "Everybody signs for themselves.");
	return db_run(c->db, c->arena, DB_WRITE, run_accept, &w);
}

static err_t run_sign_end(struct db *db, struct arena *a, void *ctx)
{
	const struct signing *w = ctx;
	struct str id;
	int64_t changed;
	TRY(signer_id(w, db, a, &id));
	TRY(q_agreement_end(db, a, id, w->until, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "No agreement of theirs is in force.");
	return app_record(w->call, db, a, w->act, "user", id, S(""));
}

static err_t run_training(struct db *db, struct arena *a, void *ctx)
{
	const struct signing *w = ctx;
	struct str id;
	TRY(signer_id(w, db, a, &id));
	TRY(q_training_put(db, a, id, w->from, w->until, w->call->now));
	return app_record(w->call, db, a, w->act, "user", id, S(""));
}

err_t app_agreement_sign(struct call *c, struct str login, struct day signed_day)
{
	struct signing w = {.call = c,
			    .login = login,
			    .from = signed_day,
			    .until = day_add(signed_day, AGREEMENT_DAYS - 1),
			    .act = "agreement.sign"};
	TRY(may_register(c));
	if (!day_known(signed_day) || signed_day.n > c->today.n)
		return err_new(c->arena, ERR_INVALID, "An agreement is signed on a day that has come.");
	return db_run(c->db, c->arena, DB_WRITE, run_sign, &w);
}

err_t app_agreement_end(struct call *c, struct str login)
{
	struct signing w = {
		.call = c, .login = login, .from = c->today, .until = day_add(c->today, -1), .act = "agreement.end"};
	TRY(may_register(c));
	return db_run(c->db, c->arena, DB_WRITE, run_sign_end, &w);
}

err_t app_training_done(struct call *c, struct str login, struct day done, struct day until)
{
	struct signing w = {.call = c, .login = login, .from = done, .until = until, .act = "training.done"};
	TRY(may_register(c));
	if (!day_known(done) || !day_known(until) || done.n > c->today.n || until.n < done.n)
		return err_new(c->arena, ERR_INVALID,
			       "Training was done on a day that has come, and holds for a while.");
	return db_run(c->db, c->arena, DB_WRITE, run_training, &w);
}

static err_t run_agreements(struct db *db, struct arena *a, void *ctx)
{
	struct agreement_view *v = ctx;
	struct q_agreements *rows;
	TRY(q_agreements(db, a, &rows, &v->rows_n));
	v->rows = arena_many(a, v->rows_n, struct agreement_row);
	for (size_t i = 0; i < v->rows_n; i++)
		v->rows[i] = (struct agreement_row){
			.login = rows[i].login,
			.name = rows[i].name,
			.agency = rows[i].agency,
			.agreed = rows[i].agreed_until,
			.trained = rows[i].trained_until,
		};
	return NULL;
}

err_t app_agreement_list(struct call *c, struct agreement_view *out)
{
	struct agreement_view view;
	TRY(may_register(c));
	TRY(db_run(c->db, c->arena, DB_READ, run_agreements, &view));
	*out = view;
	return NULL;
}
