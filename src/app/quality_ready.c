/* What is to be mended before a region's next conference. */
#include <stdlib.h>

#include "app/meeting.h"
#include "app/quality_inside.h"
#include "store/q_cycle.h"
#include "store/q_region.h"

struct preparing {
	struct quality_work base;
	struct worklist_ref list;
	struct quality_ready *view;
	int64_t *seats; /* household numbers of the list's open cycle */
	size_t seats_n;
};

static err_t load_seats(struct preparing *w)
{
	struct q_cycle_open cycle;
	struct q_cycle_seats_standing *rows;
	size_t n;
	bool open;
	TRY(q_cycle_open(w->base.db, w->base.arena, w->list.region_id, w->list.id, &cycle, &open));
	if (!open)
		return NULL;
	TRY(q_cycle_seats_standing(w->base.db, w->base.arena, cycle.id, &rows, &n));
	w->seats = arena_many(w->base.arena, n, int64_t);
	for (size_t i = 0; i < n; i++)
		w->seats[w->seats_n++] = rows[i].household_no;
	return NULL;
}

static bool has_seat(const struct preparing *w, int64_t household_no)
{
	for (size_t i = 0; i < w->seats_n; i++)
		if (w->seats[i] == household_no)
			return true;
	return false;
}

static void count_row(struct preparing *w, const struct list_row *row)
{
	struct quality_ready *v = w->view;
	const struct q_flag_agencies *agency = quality_agency(&w->base, row);
	struct str name = agency != NULL ? agency->name : S("No agency");
	size_t i = 0;
	while (i < v->agencies_n && !str_eq(v->agencies[i].agency, name))
		i++;
	if (i == v->agencies_n) {
		v->agencies = db_rows_room(w->base.arena, v->agencies, i, sizeof *v->agencies);
		v->agencies[v->agencies_n++] = (struct quality_owed){.agency = name};
	}
	v->agencies[i].households++;
	v->agencies[i].flags += __builtin_popcountll(row->flags);
	v->agencies[i].seats += has_seat(w, row->no);
}

static int owed_compare(const void *x, const void *y)
{
	const struct quality_owed *a = x;
	const struct quality_owed *b = y;
	if (a->seats != b->seats)
		return a->seats < b->seats ? 1 : -1;
	if (a->households != b->households)
		return a->households < b->households ? 1 : -1;
	return str_cmp(a->agency, b->agency);
}

/* In the order of the list, as rows are. */
static err_t fill_seat(struct preparing *w, const struct list_row *row)
{
	struct quality_ready *v = w->view;
	struct quality_seat *seat = &v->seats[v->seats_n];
	TRY(app_household_faces(w->base.call, w->base.db, w->base.arena, &row->no, 1, &seat->face));
	if (!seat->face.visible)
		return NULL;
	TRY(quality_items_of(w->base.call, w->base.db, w->base.arena, w->base.image, row, &seat->face, &seat->items));
	size_t open = 0;
	while (open < seat->items.list_n && !seat->items.list[open].silent)
		open++;
	seat->items.list_n = open;
	if (open > 0)
		v->seats_n++;
	else if (!seat->face.coarse)
		v->clear++;
	return NULL;
}

static err_t prepare(void *ctx)
{
	struct preparing *w = ctx;
	struct quality_ready *v = w->view;
	const struct list_image *image = w->base.image;
	const struct list_region *region = list_image_region(image, w->list.region_id);
	struct q_region_by_id named;
	bool found;
	TRY(q_region_by_id(w->base.db, w->base.arena, w->list.region_id, &named, &found));
	if (!found || region == NULL)
		return err_new(w->base.arena, ERR_MISSING, "There is no such region.");
	TRY(meeting_region_may(w->base.call, w->base.db, w->base.arena, w->list.region_id));
	TRY(load_seats(w));
	*v = (struct quality_ready){
		.region = named.name,
		.meeting = DAY_NONE,
		.due = w->base.dues[region - image->regions],
		.seats = arena_many(w->base.arena, w->seats_n, struct quality_seat),
	};
	for (size_t i = 0; i < w->base.meetings_n; i++)
		if (str_eq(w->base.meetings[i].region_id, w->list.region_id))
			v->meeting = w->base.meetings[i].day;
	for (size_t i = 0; i < region->n; i++) {
		const struct list_row *row = &image->rows[region->first + i];
		if (row->status != STATUS_ACTIVE && row->status != STATUS_INACTIVE)
			continue;
		if (row->flags != 0)
			count_row(w, row);
		if (has_seat(w, row->no))
			TRY(fill_seat(w, row));
	}
	if (v->agencies_n > 0)
		qsort(v->agencies, v->agencies_n, sizeof *v->agencies, owed_compare);
	return NULL;
}

static err_t run(struct db *db, struct arena *a, void *ctx)
{
	struct preparing *w = ctx;
	w->seats_n = 0;
	return quality_with_image(&w->base, db, a, prepare, w);
}

err_t app_quality_ready(struct call *c, struct worklist_ref list, struct quality_ready *out)
{
	struct quality_ready view;
	struct preparing w = {.base.call = c, .list = list, .view = &view};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_MEND))
		return err_new(c->arena, ERR_DENIED, "Only who works with a list sees its flags.");
	TRY(db_run(c->db, c->arena, DB_READ, run, &w));
	*out = view;
	return NULL;
}
