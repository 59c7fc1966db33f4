#include "app/planner.h"

#include "app/household.h"
#include "app/list_image.h"
#include "app/meeting.h"
#include "domain/agenda.h"
#include "domain/spell.h"

enum { MEETING_MINUTES = 60 }; /* until the list has had a meeting */

struct work {
	struct call *call;
	struct worklist_ref list;
	struct planner_facts facts;
};

/* Came onto the list since a day, whatever became of them, or came back to it. */
static bool came_since(const struct list_row *row, struct day since)
{
	return row->start.n >= since.n || (row->status == STATUS_ACTIVE && row->since.n >= since.n);
}

static err_t count_came(const struct work *w, struct db *db, struct arena *a, struct day since, size_t *n)
{
	struct list_image *image;
	TRY(list_image_take(w->call->app->lists, db, a, &image));
	const struct list_region *region = list_image_region(image, w->list.region_id);
	int64_t *nos = arena_many(a, region == NULL ? 0 : region->listed, int64_t);
	*n = 0;
	for (size_t i = 0; region != NULL && i < region->listed; i++) {
		const struct list_row *row = &image->rows[region->first + i];
		if (came_since(row, since))
			nos[(*n)++] = row->no;
	}
	list_image_give(w->call->app->lists, &image);
	return worklist_keep(w->call, db, a, w->list, nos, n);
}

/* Of a meeting as long as the list's last one. */
static err_t find_minutes(const struct work *w, struct db *db, struct arena *a, int *out)
{
	struct q_conferences_of_list *last;
	size_t n;
	int minutes[AGENDA_PARTS];
	TRY(q_conferences_of_list(db, a, w->list.region_id, w->list.id, 1, &last, &n));
	agenda_fill(n > 0 ? (int)last[0].minutes : MEETING_MINUTES, minutes);
	*out = minutes[AGENDA_WORK];
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct day today = w->call->today;
	struct day since = day_add(today, -PLANNER_DAYS);
	int64_t *nos;
	size_t active, came, moved_in;
	TRY(worklist_order(w->call, db, a, w->list, 0, &nos, &active));
	TRY(count_came(w, db, a, since, &came));
	TRY(app_household_housed(w->call, db, a, w->list.region_id, since, today, &nos, &moved_in));
	TRY(worklist_keep(w->call, db, a, w->list, nos, &moved_in));
	w->facts.active = (int)active;
	w->facts.came = (int)came;
	w->facts.moved_in = (int)moved_in;
	return find_minutes(w, db, a, &w->facts.work_minutes);
}

err_t app_planner(struct call *c, struct worklist_ref list, int openings, struct planner_view *out)
{
	struct work w = {.call = c, .list = list, .facts.openings = openings};
	if (!meeting_may_plan(&c->actor, list.region_id))
		return err_new(c->arena, ERR_DENIED,
			       "Cycles are planned by the list holder and the specialists of the region.");
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	struct planner_view view = {.plan = planner_suggest(&w.facts), .openings = openings};
	if (view.plan.size > 0) {
		view.say = planner_say(c->arena, &view.plan);
		view.why = planner_why(c->arena, &w.facts, &view.plan);
	}
	*out = view;
	return NULL;
}
