/* Protecting a household (app/release.h). */
#include "app/record.h"
#include "app/release.h"
#include "store/q_household.h"
#include "store/q_release.h"
#include "store/seal.h"

enum { REASON_MOST = 1000 };

struct work {
	struct call *call;
	struct str household;
	bool protect;
	const struct pii *reason;
};

static bool is_machine(const struct call *c)
{
	return c->actor.kind == ACTOR_OPERATOR || c->actor.kind == ACTOR_SYSTEM;
}

static err_t find(const struct work *w, struct db *db, struct arena *a, struct q_household_by_id *row, struct str *id)
{
	struct q_household_by_code by_code;
	bool found;
	*id = w->household;
	TRY(q_household_by_id(db, a, w->household, row, &found));
	if (!found && is_machine(w->call)) {
		TRY(q_household_by_code(db, a, w->household, &by_code, &found));
		row->household_no = found ? by_code.household_no : 0;
		*id = found ? by_code.id : *id;
	}
	return found ? NULL : err_new(a, ERR_MISSING, "There is no such household.");
}

static err_t may_protect(const struct work *w, struct db *db, struct arena *a, int64_t no)
{
	struct household_face face;
	if (is_machine(w->call))
		return NULL;
	TRY(app_household_faces(w->call, db, a, &no, 1, &face));
	w->call->shown.n = 0; /* nothing of it is shown */
	return face.visible && face.records ? NULL : err_new(a, ERR_DENIED, RELEASE_NOT_YOURS);
}

static err_t protect(const struct work *w, struct db *db, struct arena *a, int64_t household_no, int64_t no)
{
	struct call *c = w->call;
	struct str row = str_fmt(a, "%lld/%lld", (long long)household_no, (long long)no);
	return q_protection_add(db, a,
				&(struct q_protection_add_in){
					.household_no = household_no,
					.no = no,
					.day = c->today,
					.reason = seal_pii(a, c->app->keys,
							   (struct seal_place){"protection", "reason", row}, w->reason),
					.user_id = c->actor.kind == ACTOR_USER ? c->actor.id : S(""),
					.at = c->now,
				});
}

static err_t run(struct db *db, struct arena *a, void *ctx)
{
	const struct work *w = ctx;
	struct call *c = w->call;
	struct q_household_by_id row = {0};
	struct q_protection_last last;
	struct str id;
	bool found;
	int64_t changed;
	TRY(find(w, db, a, &row, &id));
	TRY(may_protect(w, db, a, row.household_no));
	TRY(q_protection_last(db, a, row.household_no, &last, &found));
	bool now = found && !instant_known(last.ended_at);
	if (now == w->protect)
		return err_new(a, ERR_CONFLICT, now ? "It is protected already." : "It is not protected.");
	if (w->protect)
		TRY(protect(w, db, a, row.household_no, found ? last.no + 1 : 1));
	else
		TRY(q_protection_end(db, a, row.household_no, c->now, c->actor.kind == ACTOR_USER ? c->actor.id : S(""),
				     &changed));
	return app_record(c, db, a, w->protect ? "household.protect" : "household.unprotect", "household", id, S(""));
}

err_t app_household_protect(struct call *c, struct str household_id, bool protect, const struct pii *reason)
{
	struct work w = {.call = c, .household = household_id, .protect = protect, .reason = reason};
	struct str words = protect ? pii_reveal(reason) : S("-");
	if (str_trim(words).n == 0 || words.n > REASON_MOST || !str_is_clean_text(words))
		return err_new(c->arena, ERR_INVALID, "Say in a few words why.");
	return db_run(c->db, c->arena, DB_WRITE, run, &w);
}
