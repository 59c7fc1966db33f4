/* What people decided against the order of the list: the audit list of its cycles. */
#include "app/cycle.h"
#include "app/meeting.h"
#include "app/step.h"
#include "store/q_cycle.h"
#include "store/q_region.h"
#include "store/seal.h"

struct looking {
	struct call *call;
	struct worklist_ref list;
	struct cycle_decisions_view view;
};

static struct str on_day(struct arena *a, struct instant at)
{
	char say[DAY_SAY];
	return str_dup(a, str_from(day_say_date(instant_day(at), say)));
}

/* The words of `column`, with the names taken out for who may not read them. */
static err_t reason_of(struct looking *w, struct arena *a, const struct household_face *face, const char *column,
		       struct str id, struct str sealed, struct str *out)
{
	const struct pii *reason;
	if (!meeting_may_plan(&w->call->actor, w->list.region_id))
		return NULL;
	TRY(seal_open(a, w->call->app->keys, (struct seal_place){"cycle_household", column, id}, sealed, &reason));
	*out = step_words_for(w->call, a, face, false, reason);
	return NULL;
}

static err_t add_row(struct looking *w, struct arena *a, const struct q_cycle_decisions *row,
		     const struct household_face *face)
{
	struct cycle_decisions_view *v = &w->view;
	enum cycle_join join;
	bool known = cycle_join_parse(row->joined_as, &join);
	enum cycle_ending ending;
	if (row->left_by.n > 0 && cycle_ending_parse(row->left_as, &ending)) {
		struct cycle_decision *d = &v->rows[v->rows_n++];
		*d = (struct cycle_decision){.face = *face,
					     .number = (int)row->number,
					     .what = cycle_ending_table[ending].words,
					     .when = on_day(a, row->left_at),
					     .by = row->left_by};
		TRY(reason_of(w, a, face, "left_reason", row->id, row->left_reason, &d->reason));
	}
	if (known && (join == CYCLE_ADDED || join == CYCLE_REVIEW)) {
		struct cycle_decision *d = &v->rows[v->rows_n++];
		*d = (struct cycle_decision){.face = *face,
					     .number = (int)row->number,
					     .what = cycle_join_table[join].words,
					     .when = on_day(a, row->joined_at),
					     .by = row->joined_by};
		TRY(reason_of(w, a, face, "joined_reason", row->id, row->joined_reason, &d->reason));
	}
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	struct q_cycle_decisions *rows;
	struct q_region_by_id region;
	struct worklist list;
	size_t n;
	bool found;
	w->view = (struct cycle_decisions_view){0};
	TRY(q_region_by_id(db, a, w->list.region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	TRY(meeting_region_may(w->call, db, a, w->list.region_id));
	TRY(worklist_load(w->call, db, a, w->list, &list));
	w->view.region = region.name;
	w->view.list = list.name;
	TRY(q_cycle_decisions(db, a, w->list.region_id, w->list.id, &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	struct household_face *faces = arena_many(a, n, struct household_face);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(app_household_faces(w->call, db, a, nos, n, faces));
	TRY(app_household_unlisted(w->call, db, a, faces, n));
	TRY(app_household_names(w->call, db, a, faces, n)); /* to be taken out of the reasons */
	w->view.rows = arena_many(a, 2 * n, struct cycle_decision);
	for (size_t i = 0; i < n; i++)
		TRY(add_row(w, a, &rows[i], &faces[i]));
	return NULL;
}

err_t app_cycle_decisions(struct call *c, struct worklist_ref list, struct cycle_decisions_view *out)
{
	struct looking w = {.call = c, .list = list};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.view;
	return NULL;
}
