/* `byname standing` from the database: everybody's facts as they are known now, seen from the day. */
#include "app/listing_derive.h"
#include "app/personal_ids.h"
#include "app/standing.h"
#include "store/q_list.h"
#include "store/q_pack.h"

enum { REPORT_MEMORY = 2047 << 20, FILL_WORKERS = 2 };

struct report {
	struct call *c;
	const struct standing_ask *ask;
	int64_t now;
	int64_t packs;
	struct roster_fill *fill;
	struct night_book *nights;
	struct personal_ids *ids;
};

static err_t begin(struct db *db, struct arena *a, void *ctx)
{
	struct report *r = ctx;
	struct q_list_now now;
	bool found;
	(void)a;
	roster_fill_free(&r->fill); /* of a try before */
	TRY(q_list_now(db, r->c->arena, &now, &found));
	r->now = now.import_no;
	struct q_pack_count count;
	TRY(q_pack_count(db, r->c->arena, r->now, &count, &found));
	r->packs = count.packs;
	return roster_fill_new(r->c->arena, db, r->now, r->ask->as_of, r->ask->today, r->c->app->data, &r->fill);
}

static struct str id_of(const void *ctx, uint32_t person)
{
	const struct report *r = ctx;
	return personal_ids_of(r->ids, r->fill->clients[person]);
}

static err_t report_facts(struct report *r)
{
	struct call *c = r->c;
	int64_t before;
	TRY(night_book_new(c->arena, FILL_WORKERS, &r->nights));
	r->fill->nights = r->nights;
	TRY(roster_fill_all(r->fill, c, c->db, r->now, 0));
	/* The list finds households again and what people decided about them, which endings of spells need. */
	struct listing_derivation d = {.c = c, .a = c->arena, .f = r->fill, .now = r->now};
	TRY(listing_work_out(&d, &before));
	TRY(night_book_settle(r->nights, c->arena, r->fill->r->stays_n));
	TRY(personal_ids_load(c, r->now, &r->ids));
	struct standing_book book = {
		.r = r->fill->r, .nights = night_book_lists(r->nights), .ctx = r, .personal_id = id_of};
	return standing_write(&book, c->arena, r->ask);
}

static err_t report(struct report *r, bool facts)
{
	TRY(db_run(r->c->db, r->c->arena, DB_READ, begin, r));
	if (facts || r->packs == 0)
		return report_facts(r);
	return standing_packs(r->c, r->ask, r->fill, r->now, r->packs);
}

static err_t standing(struct call *c, const struct standing_ask *ask, bool facts)
{
	if (c->actor.kind != ACTOR_OPERATOR)
		return err_new(c->arena, ERR_DENIED, "Only the operator of this machine prints everybody's standing.");
	struct call inner = *c;
	struct report r = {.c = &inner, .ask = ask};
	inner.arena = arena_new("everybody's standing", REPORT_MEMORY);
	err_t e = report(&r, facts);
	if (e != NULL) /* it lives in the arena that goes */
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	personal_ids_free(&r.ids);
	night_book_free(&r.nights);
	roster_fill_free(&r.fill);
	arena_free(&inner.arena);
	return e;
}

err_t app_standing(struct call *c, const struct standing_ask *ask)
{
	return standing(c, ask, false);
}

err_t app_standing_facts(struct call *c, const struct standing_ask *ask)
{
	return standing(c, ask, true);
}
