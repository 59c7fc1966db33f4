#include "app/list_opening.h"

#include <stdlib.h>

#include "app/list_day.h"
#include "app/policy.h"
#include "store/q_nomination.h"

static int by_number(const void *x, const void *y)
{
	int64_t a = ((const struct q_nominations_in_force *)x)->household_no;
	int64_t b = ((const struct q_nominations_in_force *)y)->household_no;
	return (a > b) - (a < b);
}

/* So that a picture of other nominations is another one. */
static uint64_t digest_of(const struct q_nominations_in_force *rows, size_t n)
{
	uint64_t digest = 0xcbf29ce484222325U;
	for (size_t i = 0; i < n; i++)
		digest = (digest ^ (uint64_t)rows[i].household_no) * 0x100000001b3U;
	return digest;
}

static err_t make(struct arena *a, const struct list_image *list, const struct list_image *like,
		  const struct q_nominations_in_force *nominated, size_t nominated_n, struct list_image **out)
{
	struct list_image *image;
	TRY(list_image_blank(a, list, list->as_of, list->n, &image));
	image->policy = like->policy;
	image->opening_version = like->opening_version;
	image->nominated = like->nominated;
	image->rules = list->rules;
	for (size_t i = 0; i < list->n; i++) {
		struct priority_facts facts = list_row_facts(&list->rows[i]);
		struct list_row *row = &image->rows[image->n];
		if (!policy_admits(&image->policy, &facts, list->rows[i].veteran))
			continue;
		struct q_nominations_in_force wanted = {list->rows[i].no};
		*row = list->rows[i];
		row->rank = 0;
		row->nominated =
			nominated_n > 0 && bsearch(&wanted, nominated, nominated_n, sizeof wanted, by_number) != NULL;
		list_image_judge(image, row);
		image->n++;
	}
	err_t e = list_image_order(image, a);
	if (e != NULL) {
		list_image_free(&image);
		return e;
	}
	*out = image;
	return NULL;
}

err_t list_opening_of(struct call *c, struct db *db, struct arena *a, const struct list_image *list, struct day day,
		      enum policy_kind kind, struct list_image **out)
{
	struct list_cache *cache = c->app->lists;
	struct q_nominations_in_force *nominated;
	size_t n;
	struct list_image like = {
		.version = list->version, .policy_version = list->policy_version, .confirmed = list->confirmed};
	TRY(app_policy_in_force(db, a, kind, c->today, &like.policy, &like.opening_version));
	TRY(q_nominations_in_force(db, a, policy_kind_table[kind].word, day.n, &nominated, &n));
	if (n > 0)
		qsort(nominated, n, sizeof *nominated, by_number);
	like.nominated = digest_of(nominated, n);
	struct list_image *image = list_days_find(cache, &like, list->as_of);
	if (image == NULL) {
		/* Some milliseconds: two at once may make the same, and the older of them goes. */
		TRY(make(a, list, &like, nominated, n, &image));
		list_days_keep(cache, image);
	}
	*out = image;
	return NULL;
}

struct taking {
	struct call *c;
	struct day as_of;
	enum policy_kind kind;
	struct list_image *day; /* of another day; NULL: today's is taken */
	struct list_image *image;
};

static err_t take(struct db *db, struct arena *a, void *ctx)
{
	struct taking *t = ctx;
	struct list_cache *cache = t->c->app->lists;
	struct list_image *list = t->day;
	if (t->day == NULL)
		TRY(list_image_take(cache, db, a, &list));
	err_t e = list_opening_of(t->c, db, a, list, t->day != NULL ? t->as_of : t->c->today, t->kind, &t->image);
	if (t->day == NULL)
		list_image_give(cache, &list);
	return e;
}

err_t list_opening_take(struct call *c, struct day as_of, enum policy_kind kind, struct list_image **out)
{
	struct taking t = {.c = c, .as_of = as_of, .kind = kind};
	if (day_known(as_of))
		TRY(list_day_take(c, as_of, &t.day));
	err_t e = db_run(c->db, c->arena, DB_READ, take, &t);
	if (t.day != NULL)
		list_image_give(c->app->lists, &t.day);
	if (e == NULL)
		*out = t.image;
	return e;
}

/* The order without what a group or a lot decides. */
static uint64_t order_apart(const struct priority_policy *p, const struct list_row *row)
{
	struct priority_facts facts = list_row_facts(row);
	facts.nominated = false;
	facts.tie = 0;
	return priority_order(p, &facts);
}

int list_opening_level(const struct list_image *image, const struct list_row *row)
{
	const struct priority_policy *p = &image->policy.order;
	const struct list_region *region = &image->regions[row->region];
	uint64_t own = order_apart(p, row);
	int level = 0;
	if (row->rank == 0)
		return 0;
	for (size_t i = 0; i < region->active; i++)
		level += order_apart(p, &image->rows[region->first + i]) == own;
	return level;
}
