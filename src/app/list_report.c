#include "app/list_report_parts.h"

#include "app/list_day.h"
#include "app/list_names.h"
#include "app/listing_derive.h"
#include "app/stored.h"
#include "app/user.h"
#include "store/q_list.h"
#include "store/q_report.h"

enum { DERIVE_MEMORY = 2047 << 20 };

bool report_asked(const struct report *r, const struct list_image *image, const struct list_row *row)
{
	struct list_facts facts = r->facts;
	facts.image = image;
	bool statuses = r->filter != NULL && (filter_keys(r->filter) >> FILTER_STATUS & 1) != 0;
	return row != NULL && (row->status != STATUS_NONE || statuses) &&
	       (r->filter == NULL || list_row_passes(&facts, r->filter, row));
}

/* Who never was on the list is printed only where a filter asks for a status. */
static bool is_asked(const struct report *r, int64_t household_no, int64_t status)
{
	if (r->filter == NULL)
		return status != STATUS_NONE;
	return report_asked(r, r->image, list_image_row(r->image, household_no));
}

static bool is_open(enum status s)
{
	return s == STATUS_ACTIVE || s == STATUS_INACTIVE;
}

err_t report_give(struct report *r, struct list_report_row *row, bool *more)
{
	bool active = row->status == STATUS_ACTIVE;
	*more = r->ask->top == 0 || (active && r->rank < r->ask->top);
	if (!*more)
		return NULL;
	row->rank = active ? ++r->rank : 0;
	return r->ask->row(r->ask->ctx, row);
}

static err_t give_kept(struct report *r, struct arena *a, const struct q_report_rows *q, bool *more)
{
	*more = true;
	if (!is_asked(r, q->household_no, q->status))
		return NULL;
	TRY(stored_within(a, q->status, STATUSES_N, "listing.status"));
	TRY(stored_within(a, q->situation, SITUATIONS_N, "listing.situation"));
	enum status status = (enum status)q->status;
	struct list_report_row row = {
		.personal_id = report_id(r, q->household_no, q->head_no, q->personal_id),
		.household_id = q->household_id,
		.code = q->code,
		.region = q->region,
		.status = status,
		.situation = (enum situation)q->situation,
		.days_on_list = day_diff(q->start, is_open(status) ? r->ask->as_of : q->since),
		.months_36 = (int)q->months_36,
		.last_contact = q->last_contact,
		.score = q->score_known ? (int)q->score : SCORE_NONE,
		.members = (int)q->members,
	};
	return report_give(r, &row, more);
}

static err_t report_kept(struct report *r, struct db *db, struct arena *a)
{
	struct db_rows rows;
	bool more = true;
	TRY(q_report_rows(db, a, r->now, r->region_id, &rows));
	for (struct q_report_rows row; more && q_report_rows_next(&rows, &row);) {
		err_t e = give_kept(r, a, &row, &more);
		if (e != NULL) {
			(void)!db_rows_end(&rows);
			return e;
		}
	}
	return db_rows_end(&rows);
}

struct str report_region(const struct report *r, struct str id)
{
	for (size_t i = 0; i < r->regions_n; i++)
		if (str_eq(r->regions[i].id, id))
			return r->regions[i].name;
	return (struct str){0};
}

static err_t give_derived(struct report *r, struct db *db, struct arena *a, const struct listing_derivation *d,
			  const struct listing_row *row, uint32_t number, bool *more)
{
	struct q_report_names names;
	bool found;
	struct str region = row->region == REGION_NONE ? (struct str){0} : d->f->regions[row->region - 1];
	*more = true;
	if ((r->region_id.n > 0 && !str_eq(region, r->region_id)) || !is_asked(r, number, row->status))
		return NULL;
	TRY(q_report_names(db, a, number, d->f->clients[row->head], r->now, &names, &found));
	if (!found)
		return err_internal(a, "no client %u", d->f->clients[row->head]);
	struct list_report_row out = {
		.personal_id = report_id(r, number, d->f->clients[row->head], names.personal_id),
		.household_id = names.household_id,
		.code = names.code,
		.region = report_region(r, region),
		.status = (enum status)row->status,
		.situation = (enum situation)row->situation,
		.days_on_list = listing_days(d->list.roster, row),
		.months_36 = row->months,
		.last_contact = row->contact,
		.score = score_is_number(row->score) ? row->score : SCORE_NONE,
		.members = row->members,
	};
	return report_give(r, &out, more);
}

/* The numbers of households are beside the rows, in an order of their own. */
static err_t report_derived(struct report *r, struct db *db, struct arena *a, const struct listing_derivation *d)
{
	uint32_t *numbers = arena_many(a, d->list.n, uint32_t);
	for (size_t i = 0; i < d->list.n; i++)
		numbers[d->homes[i].row] = d->homes[i].fresh ? 0 : d->homes[i].number;
	bool more = true;
	for (size_t i = 0; i < d->list.n && more; i++) {
		struct arena_mark mark = arena_mark(a);
		TRY(give_derived(r, db, a, d, &d->list.rows[i], numbers[i], &more));
		arena_rewind(a, mark);
	}
	return NULL;
}

struct filling {
	struct report *r;
	struct call *c;
	struct roster_fill *fill;
};

static err_t begin_fill(struct db *db, struct arena *a, void *ctx)
{
	struct filling *f = ctx;
	(void)a;
	roster_fill_free(&f->fill); /* of a try before */
	return roster_fill_new(f->c->arena, db, f->r->now, f->r->ask->as_of, f->r->ask->today, f->c->app->data,
			       &f->fill);
}

/* Works the list of another day out from the facts as they are known now. */
static err_t derive(struct filling *f)
{
	struct call *c = f->c;
	int64_t before;
	TRY(db_run(c->db, c->arena, DB_READ, begin_fill, f));
	TRY(roster_fill_all(f->fill, c, c->db, f->r->now, 0));
	struct listing_derivation d = {.c = c, .a = c->arena, .f = f->fill, .now = f->r->now};
	TRY(listing_work_out(&d, &before));
	TRY(db_begin(c->db, c->arena, DB_READ));
	err_t e = report_derived(f->r, c->db, c->arena, &d);
	db_rollback(c->db);
	return e;
}

static err_t report_day(struct report *r)
{
	struct call inner = *r->c;
	struct filling f = {.r = r, .c = &inner};
	inner.arena = arena_new("the list of a day", DERIVE_MEMORY);
	err_t e = derive(&f);
	if (e != NULL) /* it lives in the arena that goes */
		e = err_with_detail(r->c->arena, err_new(r->c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(r->c->arena, e));
	roster_fill_free(&f.fill);
	arena_free(&inner.arena);
	return e;
}

static err_t report_other_day(struct report *r)
{
	struct call *c = r->c;
	if (r->filter != NULL) {
		list_image_give(c->app->lists, &r->image);
		TRY(list_day_take(c, r->ask->as_of, &r->image));
	}
	return report_day(r);
}

/* The list of the day in memory, which is what a filter asks. */
static err_t read_filter(struct report *r, struct db *db, struct arena *a)
{
	struct filter_names names;
	struct filter *filter;
	TRY(list_image_take(r->c->app->lists, db, a, &r->image));
	TRY(list_names(db, a, r->image, &names));
	TRY(filter_parse(a, r->ask->where, &names, &filter));
	if (filter->words.n > 0)
		return err_new(a, ERR_INVALID,
			       "The list is printed by facts, not by names: \"%.*s\" is no condition. Try one like "
			       "chronic:verified.",
			       STR_ARG(filter->words));
	r->filter = filter;
	r->facts = (struct list_facts){.image = r->image, .today = r->ask->today};
	return list_facts_load(r->c, db, a, filter_keys(filter), &r->facts);
}

static err_t begin_report(struct db *db, struct arena *a, void *ctx)
{
	struct report *r = ctx;
	struct q_list_now now;
	bool found;
	TRY(q_list_now(db, a, &now, &found));
	TRY(q_regions(db, a, &r->regions, &r->regions_n));
	if (r->ask->region.n > 0)
		TRY(app_region_find(db, a, r->ask->region, &r->region_id));
	r->now = now.import_no;
	r->listed = now.as_of;
	TRY(report_ids_load(r, db, a));
	return r->ask->where.n > 0 && r->now != 0 ? read_filter(r, db, a) : NULL;
}

err_t app_list_report(struct call *c, const struct list_ask *ask)
{
	struct report r = {.c = c, .ask = ask};
	if (c->actor.kind != ACTOR_OPERATOR)
		return err_new(c->arena, ERR_DENIED, "Only the operator of this machine prints the whole list.");
	TRY(db_begin(c->db, c->arena, DB_READ));
	err_t e = begin_report(c->db, c->arena, &r);
	bool opening = ask->opening != POLICY_LIST;
	bool kept = !opening && r.listed.n == ask->as_of.n;
	/* One transaction from the number to the last row, and no second try: rows may be printed already. */
	if (e == NULL && kept && r.now != 0)
		e = report_kept(&r, c->db, c->arena);
	db_rollback(c->db);
	if (e == NULL && !kept && r.now != 0)
		e = opening ? report_opening(&r) : report_other_day(&r);
	if (r.image != NULL)
		list_image_give(c->app->lists, &r.image);
	list_facts_give(c, &r.facts);
	return e;
}
