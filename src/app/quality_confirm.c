#include "app/quality_inside.h"

#include "app/household_access.h"
#include "app/record.h"
#include "store/q_household.h"

struct confirming {
	struct call *call;
	struct str household_id;
	const struct flag_row *flag;
	const struct pii *reason;
	bool take_back;
	bool mend; /* it is not confirmed but taken on, or given up */
	int64_t household_no;
};

struct seal_place quality_place(struct arena *a, int64_t no)
{
	return (struct seal_place){"flag_confirmed", "reason", str_fmt(a, "%lld", (long long)no)};
}

bool quality_may_confirm(const struct call *c, const struct list_image *image, const struct list_row *row, bool serves)
{
	bool unassigned = row->region == image->regions_n;
	return serves || app_household_holds(c, image, row) || (c->actor.role == ROLE_LIST_HOLDER && unassigned);
}

static err_t write(const struct confirming *w, struct db *db, struct arena *a, const struct list_image *image,
		   const struct list_row *row)
{
	struct q_flag_confirmed_last last;
	bool found;
	const char *word = w->flag->word;
	TRY(q_flag_confirmed_last(db, a, &last, &found));
	TRY(q_flag_confirmed_add(
		db, a,
		&(struct q_flag_confirmed_add_in){
			.no = last.no + 1,
			.household_no = row->no,
			.flag = str_from(word),
			.facts = w->take_back ? 0 : list_row_digest(image, row, w->flag->facts),
			.facts_known = !w->take_back,
			.reason = seal_pii(a, w->call->app->keys, quality_place(a, last.no + 1), w->reason),
			.user_id = w->call->actor.id,
			.at = w->call->now,
		}));
	return app_record(w->call, db, a, w->take_back ? "flag.unconfirm" : "flag.confirm", "household",
			  w->household_id, str_fmt(a, "flag=%s", word));
}

static err_t write_mending(const struct confirming *w, struct db *db, struct arena *a)
{
	struct str word = str_from(w->flag->word);
	int64_t ended;
	if (w->take_back)
		TRY(q_flag_mending_end(db, a, w->household_no, word, &ended));
	else
		TRY(q_flag_mending_put(db, a, w->household_no, word, w->call->actor.id, w->call->now));
	return app_record(w->call, db, a, w->take_back ? "flag.unmend" : "flag.mend", "household", w->household_id,
			  str_fmt(a, "flag=%s", w->flag->word));
}

static err_t decide(const struct confirming *w, struct db *db, struct arena *a, const struct list_image *image)
{
	struct household_face face;
	const struct list_row *row = list_image_row(image, w->household_no);
	if (row == NULL)
		return err_new(a, ERR_MISSING, "There is no such household on the list.");
	TRY(app_household_faces(w->call, db, a, &w->household_no, 1, &face));
	w->call->shown.n = 0; /* nothing of it is shown */
	if (!face.visible || !quality_may_confirm(w->call, image, row, face.serves))
		return err_new(a, ERR_DENIED,
			       "Only the list holder of the region and the agencies that serve the household %s this.",
			       w->mend ? "mend" : "confirm");
	uint64_t bit = (uint64_t)w->flag->flag;
	if (w->mend && w->take_back)
		return write_mending(w, db, a);
	if (((w->take_back ? row->confirmed : row->flags) & bit) == 0)
		return err_new(a, ERR_CONFLICT,
			       w->take_back
				       ? "This is not confirmed any more; look at the page again."
				       : "The household does not have this flag any more; look at the page again.");
	return w->mend ? write_mending(w, db, a) : write(w, db, a, image, row);
}

static err_t run(struct db *db, struct arena *a, void *ctx)
{
	struct confirming *w = ctx;
	struct q_household_by_id household;
	struct list_image *image;
	bool found;
	TRY(q_household_by_id(db, a, w->household_id, &household, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such household.");
	w->household_no = household.household_no;
	TRY(list_image_take(w->call->app->lists, db, a, &image));
	err_t e = decide(w, db, a, image);
	list_image_give(w->call->app->lists, &image);
	return e;
}

static err_t may_try(const struct call *c, const struct flag_row *flag)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_MEND))
		return err_new(c->arena, ERR_DENIED, "Only who works with a list mends and confirms its facts.");
	return flag != NULL ? NULL : err_new(c->arena, ERR_MISSING, "There is no such flag.");
}

err_t app_quality_mend(struct call *c, struct str household_id, struct str word, bool give_up)
{
	struct confirming w = {
		.call = c,
		.household_id = household_id,
		.flag = flag_by_word(str_c(c->arena, word)),
		.take_back = give_up,
		.mend = true,
	};
	TRY(may_try(c, w.flag));
	return db_run(c->db, c->arena, DB_WRITE, run, &w);
}

err_t app_quality_confirm(struct call *c, struct str household_id, struct str word, const struct pii *reason,
			  bool take_back)
{
	struct confirming w = {
		.call = c,
		.household_id = household_id,
		.flag = flag_by_word(str_c(c->arena, word)),
		.reason = reason,
		.take_back = take_back,
	};
	TRY(may_try(c, w.flag));
	if (w.flag->facts == FACTS_NONE)
		return err_new(c->arena, ERR_INVALID, "This flag goes away with a newer fact; it cannot be confirmed.");
	if (reason == NULL)
		return err_new(c->arena, ERR_INVALID, "Say why: the reason stays with the decision.");
	return db_run(c->db, c->arena, DB_WRITE, run, &w);
}
