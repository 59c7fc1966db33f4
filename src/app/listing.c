#include "app/listing.h"

#include "app/import_number.h"
#include "app/record.h"
#include "app/roster.h"
#include "base/log.h"
#include "store/q_household.h"
#include "store/q_listing.h"
#include "store/seal.h"

enum { REFRESH_MEMORY = 2047 << 20 };

struct refresh {
	struct call *c;
	struct day as_of;
	int64_t now, no;
	struct roster_fill *fill;
	int64_t before, after;
};

static err_t begin_roster(struct db *db, struct arena *a, void *ctx)
{
	struct refresh *r = ctx;
	(void)a;
	/* A retry must not leak what a first try has made. */
	roster_fill_free(&r->fill);
	return roster_fill_new(r->c->arena, db, r->now, r->as_of, r->c->today, r->c->app->data, &r->fill);
}

static err_t write_staged(struct db *db, struct arena *a, void *ctx)
{
	const struct refresh *r = ctx;
	return q_hmis_import_staged(db, a,
				    &(struct q_hmis_import_staged_in){
					    .no = r->no,
					    .staged_at = r->c->now,
					    .households_before = r->before,
					    .households_after = r->after,
				    });
}

static err_t derive_all(struct refresh *r)
{
	struct call *c = r->c;
	struct q_hmis_now now;
	TRY(import_number_now(c, &now));
	if (now.import_no == 0)
		return NULL;
	r->now = now.import_no;
	struct q_hmis_import_begin_in in = {
		.kind = S("day"),
		.export_date = INSTANT_NONE,
		.period_start = DAY_NONE,
		.period_end = DAY_NONE,
		.as_of = r->as_of,
	};
	TRY(import_number_begin(c, &in));
	r->no = in.no;
	TRY(db_run(c->db, c->arena, DB_READ, begin_roster, r));
	TRY(roster_fill_all(r->fill, c, c->db, r->now, 0));
	TRY(listing_derive(c, r->fill, r->now, r->no, NULL, &r->before, &r->after));
	TRY(import_number_write(c, c->arena, r->no, write_staged, r));
	return import_number_apply(c, r->no, NULL);
}

static err_t derive(struct refresh *r)
{
	/* Nobody sees what is read for it, whoever caused it. */
	uint32_t was = db_serve(r->c->db, DB_FOR_PROGRAM);
	err_t e = derive_all(r);
	db_serve(r->c->db, was);
	return e;
}

struct waiting {
	struct day today;
	bool earlier; /* an import was staged on a day before */
};

static err_t staged_before(struct db *db, struct arena *a, void *ctx)
{
	struct waiting *w = ctx;
	struct q_hmis_imports_open *open;
	size_t n;
	bool found;
	TRY(q_hmis_imports_open(db, a, &open, &n));
	w->earlier = false;
	for (size_t i = 0; i < n; i++) {
		struct q_hmis_import_by_no row;
		TRY(q_hmis_import_by_no(db, a, open[i].no, &row, &found));
		w->earlier |= found && instant_day(row.begun_at).n < w->today.n;
	}
	return NULL;
}

err_t app_listing_refresh(struct call *c, struct day as_of)
{
	return app_listing_refresh_with(c, as_of, NULL, NULL);
}

err_t app_listing_refresh_with(struct call *c, struct day as_of, err_t (*first)(struct db *, struct arena *, void *),
			       void *ctx)
{
	int lock;
	struct waiting w = {.today = c->today};
	struct call inner = *c;
	struct refresh r = {.c = &inner, .as_of = as_of};
	TRY(import_lock(c, &lock));
	inner.arena = arena_new("list of a day", REFRESH_MEMORY);
	err_t e = db_run(c->db, inner.arena, DB_READ, staged_before, &w);
	if (e == NULL)
		e = import_number_clear(&inner, w.earlier ? WAITING_GIVES_WAY : WAITING_STAYS, NULL);
	if (e == NULL && first != NULL)
		e = db_run(c->db, inner.arena, DB_WRITE, first, ctx);
	if (e == NULL)
		e = derive(&r);
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	else
		LOG(LOG_INFO, "list.refreshed", log_int("households", r.after));
	roster_fill_free(&r.fill);
	arena_free(&inner.arena);
	import_unlock(&lock);
	return e;
}

static struct str mark_word(enum household_mark m)
{
	static const struct str words[] = {
#define X(name, word, say) [name] = STR_INIT(word),
		HOUSEHOLD_MARKS(X)
#undef X
	};
	return words[m];
}

struct marking {
	struct call *c;
	const struct household_mark_new *m;
};

/* The list holder of the household's region; of an unassigned one whoever holds a list. */
static err_t may_mark(const struct marking *w, struct db *db, struct arena *a, int64_t household_no)
{
	const struct actor *actor = &w->c->actor;
	struct q_hmis_now now;
	struct q_listing_region row;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_listing_region(db, a, household_no, now.import_no, &row, &found));
	bool own = actor->kind == ACTOR_USER && actor->role == ROLE_LIST_HOLDER && found &&
		   (row.region_id.n == 0 || str_eq(row.region_id, actor->region_id));
	return own ? NULL : err_new(a, ERR_DENIED, "Only the list holder of the household's region decides this.");
}

static err_t mark(struct db *db, struct arena *a, void *ctx)
{
	const struct marking *w = ctx;
	const struct household_mark_new *m = w->m;
	struct q_household_by_id household;
	struct q_household_mark_last last;
	struct q_hmis_now now;
	bool found;
	int64_t ended;
	TRY(q_household_by_id(db, a, m->household_id, &household, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such household.");
	int64_t no = household.household_no;
	TRY(may_mark(w, db, a, no));
	TRY(q_household_mark_end(db, a, no, mark_word(m->kind), w->c->now, w->c->actor.id, &ended));
	if (!m->take_back) {
		TRY(q_household_mark_last(db, a, no, &last, &found));
		TRY(q_hmis_now(db, a, &now, &found));
		struct seal_place place = {"household_mark", "reason",
					   str_fmt(a, "%lld.%lld", (long long)no, (long long)last.no + 1)};
		TRY(q_household_mark_add(db, a,
					 &(struct q_household_mark_add_in){
						 .household_no = no,
						 .no = last.no + 1,
						 .kind = mark_word(m->kind),
						 .day = m->day,
						 .reason = seal_pii(a, w->c->app->keys, place, m->reason),
						 .user_id = w->c->actor.id,
						 .at = w->c->now,
						 .import_no = now.import_no,
					 }));
	}
	return app_record(w->c, db, a, m->take_back ? "household.unmark" : "household.mark", "household",
			  m->household_id, str_fmt(a, "kind=%.*s", STR_ARG(mark_word(m->kind))));
}

err_t app_household_mark(struct call *c, const struct household_mark_new *m)
{
	if (m->reason == NULL && !m->take_back)
		return err_new(c->arena, ERR_INVALID, "Say why: the reason stays with the decision.");
	if (!day_known(m->day) && !m->take_back)
		return err_new(c->arena, ERR_INVALID, "Say from which day it holds.");
	struct marking w = {c, m};
	TRY(db_run(c->db, c->arena, DB_WRITE, mark, &w));
	struct q_hmis_now now;
	TRY(import_number_now(c, &now));
	return app_listing_refresh(c, now.as_of);
}
