#include "app/list_day.h"

#include "app/listing_moves.h"
#include "store/q_list.h"

enum { DAY_MEMORY = 2047 << 20 };

struct making {
	struct call *c; /* with an arena of its own */
	struct day day;
	struct q_list_now now;
	struct roster_fill *fill;
	struct listing_derivation list;
	struct listing_moving *moving;
	struct list_image *image;
};

static err_t load_now(struct db *db, struct arena *a, void *ctx)
{
	struct q_list_now *now = ctx;
	bool found;
	return q_list_now(db, a, now, &found);
}

static err_t begin_roster(struct db *db, struct arena *a, void *ctx)
{
	struct making *m = ctx;
	(void)a;
	/* A retry must not leak what a first try has made. */
	roster_fill_free(&m->fill);
	return roster_fill_new(m->c->arena, db, m->now.import_no, m->day, m->c->today, m->c->app->data, &m->fill);
}

static struct str region_of(const struct making *m, const struct listing_row *row)
{
	return row->region != REGION_NONE ? m->fill->regions[row->region - 1] : (struct str){0};
}

/* The county that the region comes from, as app/listing_store.c says it. */
static struct str county_of(const struct making *m, const struct listing_row *row)
{
	if (row->project == ROSTER_NONE || row->region == REGION_NONE)
		return (struct str){0};
	const struct roster_project_row *project = &m->fill->projects[row->project];
	return project->region == row->region ? project->county : (struct str){0};
}

static bool has_veteran(const struct roster *r, const struct listing_row *row)
{
	for (uint32_t p = r->people[row->household].member; p != ROSTER_NONE; p = r->people[p].next)
		if ((r->people[p].bits & PERSON_VETERAN) != 0)
			return true;
	return false;
}

static void fill_row(const struct making *m, const struct list_row *today, const struct listing_row *from,
		     struct list_row *to)
{
	*to = *today; /* number, id, code and lot are for good */
	to->flags = from->flags & ~today->confirmed;
	to->rank = 0;
	to->since = listing_moves_since(m->moving, from);
	to->start = from->start;
	to->situation_day = from->situated;
	to->contact = from->contact;
	to->scored = from->scored;
	to->score = from->score;
	to->tool = from->tool;
	to->raised = from->raised;
	to->tags = from->tags;
	to->region = list_image_region_index(m->image, region_of(m, from));
	to->county = list_image_county_index(m->image, county_of(m, from));
	to->members = from->members;
	to->status = from->status;
	to->omitted = from->omitted;
	to->assessed = from->assessed;
	to->assessor = from->assessor != ROSTER_NONE ? m->fill->projects[from->assessor].project_no : 0;
	to->situation = from->situation;
	to->chronic = from->chronic;
	to->months = from->months;
	to->type = from->type;
	to->veteran = has_veteran(m->fill->r, from);
	list_image_judge(m->image, to);
}

static err_t fill_image(struct making *m, const struct list_image *today)
{
	const struct listing *list = &m->list.list;
	TRY(list_image_blank(m->c->arena, today, m->day, list->n, &m->image));
	for (size_t i = 0; i < list->n; i++) {
		const struct listing_home *home = &m->list.homes[i];
		const struct list_row *row = home->fresh ? NULL : list_image_row(today, home->number);
		if (row == NULL)
			m->image->lost += list->rows[home->row].status != STATUS_NONE;
		else
			fill_row(m, row, &list->rows[home->row], &m->image->rows[m->image->n++]);
	}
	return list_image_order(m->image, m->c->arena);
}

static err_t make_image(struct db *db, struct arena *a, void *ctx)
{
	struct making *m = ctx;
	struct list_image *today;
	TRY(list_image_take(m->c->app->lists, db, a, &today));
	err_t e = NULL;
	if (today->version != m->now.import_no)
		e = err_new(a, ERR_RETRY, "The list has just changed; ask again.");
	list_image_free(&m->image); /* of a try that was repeated */
	if (e == NULL)
		e = fill_image(m, today);
	list_image_give(m->c->app->lists, &today);
	return e;
}

static err_t derive(struct making *m)
{
	struct call *c = m->c;
	int64_t before;
	TRY(db_run(c->db, c->arena, DB_READ, begin_roster, m));
	TRY(roster_fill_all(m->fill, c, c->db, m->now.import_no, 0));
	m->list = (struct listing_derivation){.c = c, .a = c->arena, .f = m->fill, .now = m->now.import_no};
	m->fill->history = true;
	TRY(listing_work_out(&m->list, &before));
	struct listing_moving moving;
	m->moving = &moving;
	listing_moving_new(&m->list, &moving);
	err_t e = db_run(c->db, c->arena, DB_READ, make_image, m);
	listing_moving_free(&moving);
	return e;
}

static err_t make(struct call *c, struct day day, const struct q_list_now *now, struct list_image **out)
{
	struct call inner = *c;
	struct making m = {.c = &inner, .day = day, .now = *now};
	inner.arena = arena_new("list of another day", DAY_MEMORY);
	err_t e = derive(&m);
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	if (e != NULL)
		list_image_free(&m.image);
	roster_fill_free(&m.fill);
	arena_free(&inner.arena);
	*out = m.image;
	return e;
}

err_t list_day_take(struct call *c, struct day day, struct list_image **out)
{
	struct list_cache *cache = c->app->lists;
	struct q_list_now now = {0};
	struct list_image *image;
	if (!day_known(day) || day.n > c->today.n)
		return err_new(c->arena, ERR_INVALID,
			       "“As of” takes a day that is past; today's list is shown without it.");
	TRY(db_run(c->db, c->arena, DB_READ, load_now, &now));
	list_days_lock(cache);
	err_t e = NULL;
	image = list_days_find(cache,
			       &(struct list_image){.version = now.import_no,
						    .policy_version = (int)now.policy,
						    .confirmed = now.confirmed,
						    .laws = now.laws},
			       day);
	if (image == NULL) {
		e = make(c, day, &now, &image);
		if (e == NULL)
			list_days_keep(cache, image);
	}
	list_days_unlock(cache);
	if (e == NULL)
		*out = image;
	return e;
}
