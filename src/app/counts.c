#include "app/counts.h"

#include "domain/small_table.h"
#include "store/q_region.h"

struct work {
	struct call *call;
	struct counts_view *view;
};

static void count_region(const struct list_region *region, struct count_row *row, struct count_row *all)
{
	int64_t lanes[LIST_LANES_N];
	list_lanes(region, lanes);
	for (int lane = 0; lane < LIST_LANES_N; lane++) {
		row->lanes[lane].n += lanes[lane];
		all->lanes[lane].n += lanes[lane];
	}
}

/* Per lane, down the regions: one column has one total, so it is hidden as one. */
static void hide(struct arena *a, struct counts_view *view)
{
	size_t regions = view->rows_n - 1;
	int64_t *counts = arena_many(a, regions, int64_t);
	bool *hidden = arena_many(a, regions, bool);
	for (int lane = 0; lane < LIST_LANES_N; lane++) {
		for (size_t i = 0; i < regions; i++)
			counts[i] = view->rows[i].lanes[lane].n;
		access_hide_small(counts, (int)regions, hidden);
		for (size_t i = 0; i < regions; i++)
			view->rows[i].lanes[lane].hidden = hidden[i];
		struct count *total = &view->rows[regions].lanes[lane];
		total->hidden = access_small(total->n);
		for (size_t i = 0; i <= regions; i++)
			view->hidden = view->hidden || view->rows[i].lanes[lane].hidden;
	}
}

static void round_off(struct counts_view *view)
{
	for (size_t i = 0; i < view->rows_n; i++)
		for (int lane = 0; lane < LIST_LANES_N; lane++) {
			int64_t *n = &view->rows[i].lanes[lane].n;
			*n = view->rows[i].lanes[lane].hidden ? 0 : small_rounded(*n);
		}
	view->rounded = true;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct list_image *image;
	struct q_regions *regions;
	size_t n;
	TRY(q_regions(db, a, &regions, &n));
	TRY(list_image_take(w->call->app->lists, db, a, &image));
	struct counts_view *view = w->view;
	*view = (struct counts_view){.as_of = image->as_of, .rows_n = n + 2};
	view->rows = arena_many(a, n + 2, struct count_row);
	struct count_row *all = &view->rows[n + 1];
	all->region = S("All");
	view->rows[n].region = S("Unassigned");
	for (size_t i = 0; i < n; i++) {
		const struct list_region *region = list_image_region(image, regions[i].id);
		view->rows[i].region = regions[i].name;
		if (region != NULL)
			count_region(region, &view->rows[i], all);
	}
	count_region(list_image_region(image, (struct str){0}), &view->rows[n], all);
	list_image_give(w->call->app->lists, &image);
	return NULL;
}

err_t app_counts(struct call *c, struct counts_view *out)
{
	struct counts_view view;
	struct work w = {.call = c, .view = &view};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_COUNTS))
		return err_new(c->arena, ERR_DENIED, "Please sign in to see the counts.");
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	if (!access_may(c->actor.role, CAN_LIST)) {
		hide(c->arena, &view);
		round_off(&view);
	}
	*out = view;
	return NULL;
}
