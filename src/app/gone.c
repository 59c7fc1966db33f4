#include "app/gone.h"

#include "app/list_image.h"
#include "base/limit.h"
#include "store/q_list.h"

struct work {
	struct call *call;
	struct gone_view *view;
};

/* The rows of one region that wait for a decision; `nos` holds the first LIMIT_LIST_PAGE. */
static void collect(const struct list_image *image, struct str region_id, int64_t *nos, size_t *total)
{
	const struct list_region *region = list_image_region(image, region_id);
	for (size_t i = 0; region != NULL && i < region->n; i++) {
		const struct list_row *row = &image->rows[region->first + i];
		if ((row->flags & FLAG_GONE) == 0)
			continue;
		if (*total < LIMIT_LIST_PAGE)
			nos[*total] = row->no;
		++*total;
	}
}

static err_t fill(const struct work *w, struct db *db, struct arena *a, const struct list_image *image)
{
	int64_t nos[LIMIT_LIST_PAGE];
	struct household_face faces[LIMIT_LIST_PAGE];
	struct gone_view *v = w->view;
	*v = (struct gone_view){0};
	w->call->shown.n = 0;
	if (w->call->actor.region_id.n > 0)
		collect(image, w->call->actor.region_id, nos, &v->total);
	collect(image, (struct str){0}, nos, &v->total);
	size_t n = v->total < LIMIT_LIST_PAGE ? v->total : LIMIT_LIST_PAGE;
	struct q_list_gone *rows;
	size_t rows_n;
	TRY(app_household_faces(w->call, db, a, nos, n, faces));
	TRY(q_list_gone(db, a, nos, n, image->version, &rows, &rows_n));
	v->lines = arena_many(a, n, struct gone_line);
	for (size_t i = 0; i < n; i++) {
		if (!faces[i].visible)
			continue;
		struct gone_line *line = &v->lines[v->lines_n++];
		*line = (struct gone_line){.face = faces[i], .since = DAY_NONE};
		/* Oldest first, so the newest absence, which is the one to decide about, stays. */
		for (size_t k = 0; k < rows_n; k++) {
			if (rows[k].household_no != nos[i])
				continue;
			line->source = rows[k].source;
			line->since = instant_known(rows[k].exported) ? instant_day(rows[k].exported) : DAY_NONE;
		}
	}
	return NULL;
}

static err_t run_gone(struct db *db, struct arena *a, void *ctx)
{
	const struct work *w = ctx;
	struct list_image *image;
	TRY(list_image_take(w->call->app->lists, db, a, &image));
	err_t e = fill(w, db, a, image);
	list_image_give(w->call->app->lists, &image);
	return e;
}

err_t app_gone(struct call *c, struct gone_view *out)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_FLAGS))
		return err_new(c->arena, ERR_DENIED, "Only a list holder decides about households.");
	struct gone_view view;
	struct work w = {c, &view};
	TRY(db_run(c->db, c->arena, DB_READ, run_gone, &w));
	*out = view;
	return NULL;
}
