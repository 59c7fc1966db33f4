/* Who has what. */
#include "app/mou.h"
#include "app/share.h"
#include "store/q_agency.h"
#include "store/q_region.h"
#include "store/q_share.h"

struct looking {
	struct call *call;
	struct share_view view;
};

static err_t load_takings(struct db *db, struct arena *a, struct share_row *row)
{
	struct q_share_takings *rows;
	TRY(q_share_takings(db, a, row->id, &rows, &row->takings_n));
	row->takings = arena_many(a, row->takings_n, struct share_taking);
	for (size_t i = 0; i < row->takings_n; i++)
		row->takings[i] = (struct share_taking){rows[i].at, rows[i].name};
	return NULL;
}

/* Two statements with the same columns but one. */
#define ROW_OF(q, whose)                                                                                               \
	(struct share_row)                                                                                             \
	{                                                                                                              \
		.id = (q)->id, .other = (q)->whose, .format = (q)->format, .stamp = (q)->stamp,                        \
		.made_by = (q)->made_by, .made = (q)->made_at, .expires = instant_day((q)->expires_at),                \
		.ended = (q)->ended_at, .households = (q)->households, .named = (q)->named,                            \
		.expired = (q)->expires_at.ms <= now.ms, .kept = (q)->kept && (q)->expires_at.ms > now.ms,             \
	}

static err_t load_made(struct looking *w, struct db *db, struct arena *a)
{
	struct share_view *v = &w->view;
	struct instant now = w->call->now;
	struct q_shares_of_region *rows;
	TRY(q_shares_of_region(db, a, w->call->actor.region_id, SHARE_ROWS, &rows, &v->rows_n));
	v->rows = arena_many(a, v->rows_n, struct share_row);
	for (size_t i = 0; i < v->rows_n; i++)
		v->rows[i] = ROW_OF(&rows[i], agency);
	return NULL;
}

static err_t load_received(struct looking *w, struct db *db, struct arena *a)
{
	struct share_view *v = &w->view;
	struct instant now = w->call->now;
	struct q_shares_of_agency *rows;
	TRY(q_shares_of_agency(db, a, w->call->actor.agency_id, SHARE_ROWS, &rows, &v->rows_n));
	v->rows = arena_many(a, v->rows_n, struct share_row);
	for (size_t i = 0; i < v->rows_n; i++)
		v->rows[i] = ROW_OF(&rows[i], region);
	return NULL;
}

/* Agencies whose memorandum is for the region today. */
static err_t load_agencies(struct looking *w, struct db *db, struct arena *a)
{
	struct share_view *v = &w->view;
	const struct actor *actor = &w->call->actor;
	struct q_agencies *rows;
	struct q_region_by_id region;
	size_t n;
	bool found;
	TRY(q_region_by_id(db, a, actor->region_id, &region, &found));
	v->region = found ? region.name : (struct str){0};
	TRY(q_agencies(db, a, &rows, &n));
	v->agencies = arena_many(a, n, struct share_agency);
	for (size_t i = 0; i < n; i++) {
		struct cover cover;
		TRY(mou_agency_cover(db, a, rows[i].id, w->call->today, &cover));
		if (!rows[i].is_lead && mou_covers_region(&cover, actor->region_id) == COVERED)
			v->agencies[v->agencies_n++] = (struct share_agency){rows[i].id, rows[i].name};
	}
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	const struct actor *actor = &w->call->actor;
	struct share_view *v = &w->view;
	*v = (struct share_view){.makes = access_may(actor->role, CAN_SHARE) && actor->region_id.n > 0};
	if (v->makes)
		TRY(load_agencies(w, db, a));
	TRY(v->makes ? load_made(w, db, a) : load_received(w, db, a));
	for (size_t i = 0; i < v->rows_n; i++)
		TRY(load_takings(db, a, &v->rows[i]));
	return NULL;
}

err_t app_share_list(struct call *c, struct share_view *out)
{
	struct looking w = {.call = c};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_LIST))
		return err_new(c->arena, ERR_DENIED, "Your role sees counts only, not the list.");
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.view;
	return NULL;
}
