#include "app/ledger.h"

#include "app/list_facts.h"
#include "app/list_names.h"
#include "app/stored.h"
#include "app/user.h"
#include "store/q_movement.h"
#include "store/q_region.h"

struct work {
	struct call *c;
	const struct ledger_ask *ask;
	struct ledger_view *view;
	bool full; /* the viewer may know every number */
	struct list_image *image;
	struct q_regions *regions;
	size_t regions_n;
	size_t part; /* the region's index, regions_n for the unassigned, beyond for all */
	const struct filter *filter;
	struct list_facts facts; /* what it asks beside the picture */
	int32_t first;           /* in the books */
	struct ledger *ledgers;  /* of what is asked for; or of each part and the whole */
};

static err_t find_part(struct work *w, struct db *db, struct arena *a)
{
	const struct ledger_ask *ask = w->ask;
	struct str id;
	w->part = ask->unassigned ? w->regions_n : w->regions_n + 1;
	if (ask->unassigned)
		w->view->part = S("No region");
	if (ask->region.n == 0)
		return NULL;
	TRY(app_region_find(db, a, ask->region, &id));
	for (size_t i = 0; i < w->regions_n; i++)
		if (str_eq(w->regions[i].id, id))
			w->part = i;
	if (w->part > w->regions_n) /* it is new, and no list was made since */
		return err_new(a, ERR_MISSING, "There is no such region.");
	w->view->part = w->regions[w->part].name;
	w->view->region_id = id;
	return NULL;
}

static err_t read_filter(struct work *w, struct db *db, struct arena *a)
{
	struct filter *filter;
	if (w->ask->where.n == 0)
		return NULL;
	if (!w->full)
		return err_new(a, ERR_DENIED, "Only who may see the list can count a part of it by a filter.");
	struct filter_names names;
	TRY(list_names(db, a, w->image, &names));
	TRY(filter_parse(a, w->ask->where, &names, &filter));
	if (filter->words.n > 0)
		return err_new(a, ERR_INVALID,
			       "The ledger counts by facts, not by names: \"%.*s\" is no condition. Try one like "
			       "chronic:verified.",
			       STR_ARG(filter->words));
	w->filter = filter;
	w->facts = (struct list_facts){.image = w->image, .today = w->c->today};
	TRY(list_facts_load(w->c, db, a, filter_keys(filter), &w->facts));
	struct str say = filter_say(a, filter);
	if (say.n > 0)
		w->view->part =
			w->view->part.n > 0 ? str_fmt(a, "%.*s · %.*s", STR_ARG(w->view->part), STR_ARG(say)) : say;
	return NULL;
}

/* The months that are shown; LEDGER_MONTHS_USUAL of them unless asked for others. */
static err_t find_months(struct work *w, struct arena *a, int32_t *from, int32_t *to)
{
	const struct ledger_ask *ask = w->ask;
	struct ledger_view *view = w->view;
	char text[MONTH_TEXT];
	int32_t current = day_month(w->image->as_of);
	view->last = w->full ? current : current - 1;
	view->open = w->full;
	*to = ask->to == LEDGER_NO_MONTH ? view->last : ask->to;
	*from = ask->from != LEDGER_NO_MONTH ? ask->from : *to - LEDGER_MONTHS_USUAL + 1;
	if (ask->from == LEDGER_NO_MONTH && *from < w->first)
		*from = w->first < *to ? w->first : *to;
	if (*from > view->last)
		return err_new(a, ERR_INVALID, "The ledger ends with %s: nothing is known of later months.",
			       month_text(view->last, text));
	if (*from > *to)
		return err_new(a, ERR_INVALID, "The first month comes after the last one: turn them round.");
	if (*to - *from >= LEDGER_MONTHS_MOST)
		return err_new(a, ERR_INVALID, "That is more than %d months: ask for fewer.", LEDGER_MONTHS_MOST);
	if (*to > view->last)
		*to = view->last;
	return NULL;
}

/* The part a household is in by region; households that are no more are unassigned. */
static size_t part_of(const struct work *w, const struct list_row *row)
{
	return row != NULL && row->region < w->image->regions_n ? row->region : w->regions_n;
}

static bool is_asked(const struct work *w, const struct list_row *row)
{
	if (w->part <= w->regions_n && part_of(w, row) != w->part)
		return false;
	return w->filter == NULL || (row != NULL && list_row_passes(&w->facts, w->filter, row));
}

static err_t read_entry(struct arena *a, const struct q_movements_booked *row, struct ledger_entry *out)
{
	TRY(stored_within(a, row->was, STATUSES_N, "movement.was"));
	TRY(stored_within(a, row->became, STATUSES_N, "movement.became"));
	TRY(stored_within(a, row->cause, CAUSES_N, "movement.cause"));
	*out = (struct ledger_entry){
		.month = (int32_t)row->month,
		.from = (uint8_t)row->was,
		.to = (uint8_t)row->became,
		.cause = (uint8_t)row->cause,
		.adjustment = row->adjustment,
	};
	return NULL;
}

/* Calls fn for each entry and its household's row. */
static err_t each_entry(struct work *w, struct db *db, struct arena *a,
			void (*fn)(struct work *w, const struct list_row *row, const struct ledger_entry *e))
{
	struct db_rows rows;
	struct q_movements_booked row;
	err_t e = NULL;
	TRY(q_movements_booked(db, a, w->image->version, &rows));
	while (e == NULL && q_movements_booked_next(&rows, &row)) {
		struct ledger_entry entry;
		e = read_entry(a, &row, &entry);
		if (e == NULL)
			fn(w, list_image_row(w->image, row.household_no), &entry);
	}
	err_t end = db_rows_end(&rows);
	return e != NULL ? e : end;
}

static void count_asked(struct work *w, const struct list_row *row, const struct ledger_entry *e)
{
	if (is_asked(w, row))
		ledger_count(&w->ledgers[0], e);
}

/* For who may know every number: the one ledger that is asked for. */
static err_t count_part(struct work *w, struct db *db, struct arena *a, int32_t from, int32_t to)
{
	struct ledger l = ledger_new(a, from, to);
	w->ledgers = &l;
	TRY(each_entry(w, db, a, count_asked));
	ledger_close(&l);
	w->view->ledger = l;
	return NULL;
}

static void count_everywhere(struct work *w, const struct list_row *row, const struct ledger_entry *e)
{
	ledger_count(&w->ledgers[part_of(w, row)], e);
	ledger_count(&w->ledgers[w->regions_n + 1], e);
}

/* For the others: all regions and all months at once, so that what is hidden does not depend on what is asked. */
static err_t count_hiding(struct work *w, struct db *db, struct arena *a, int32_t from, int32_t to)
{
	struct ledger_view *view = w->view;
	size_t n = w->regions_n + 2;
	struct ledger_mask **masks;
	int32_t first = from < w->first ? from : w->first;
	w->ledgers = arena_many(a, n, struct ledger);
	for (size_t i = 0; i < n; i++)
		w->ledgers[i] = ledger_new(a, first, view->last);
	TRY(each_entry(w, db, a, count_everywhere));
	for (size_t i = 0; i < n; i++)
		ledger_close(&w->ledgers[i]);
	ledger_hide_small(a, w->ledgers, n, &masks);
	size_t skip = (size_t)(from - first);
	view->ledger = w->ledgers[w->part];
	view->ledger.months += skip;
	view->ledger.n = (size_t)(to - from) + 1;
	view->ledger.first = from;
	view->masks = masks[w->part] + skip;
	for (size_t m = 0; m < view->ledger.n; m++)
		for (int cell = 0; cell < LEDGER_CELLS_N; cell++)
			view->hidden = view->hidden || view->masks[m].hidden[cell];
	return NULL;
}

static void fill_regions(struct work *w, struct arena *a)
{
	struct ledger_view *view = w->view;
	view->regions = arena_many(a, w->regions_n + 2, struct list_choice);
	view->regions[view->regions_n++] =
		(struct list_choice){.say = S("Whole CoC"), .chosen = w->part > w->regions_n};
	for (size_t i = 0; i < w->regions_n; i++)
		view->regions[view->regions_n++] = (struct list_choice){
			.value = w->regions[i].id, .say = w->regions[i].name, .chosen = w->part == i};
	view->regions[view->regions_n++] =
		(struct list_choice){.value = S("none"), .say = S("No region"), .chosen = w->part == w->regions_n};
}

static err_t work_out(struct work *w, struct db *db, struct arena *a)
{
	struct q_movement_first first;
	bool found;
	int32_t from;
	int32_t to;
	w->view->as_of = w->image->as_of;
	TRY(find_part(w, db, a));
	TRY(read_filter(w, db, a));
	fill_regions(w, a);
	TRY(q_movement_first(db, a, w->image->version, &first, &found));
	w->first = found && first.month_known ? (int32_t)first.month : INT32_MAX;
	if (w->image->version == 0 && w->ask->from == LEDGER_NO_MONTH && w->ask->to == LEDGER_NO_MONTH)
		return NULL; /* no list yet */
	TRY(find_months(w, a, &from, &to));
	return w->full ? count_part(w, db, a, from, to) : count_hiding(w, db, a, from, to);
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	*w->view = (struct ledger_view){0};
	TRY(q_regions(db, a, &w->regions, &w->regions_n));
	TRY(list_image_take(w->c->app->lists, db, a, &w->image));
	err_t e = work_out(w, db, a);
	list_facts_give(w->c, &w->facts);
	list_image_give(w->c->app->lists, &w->image);
	return e;
}

err_t app_ledger(struct call *c, const struct ledger_ask *ask, struct ledger_view *out)
{
	const struct actor *actor = &c->actor;
	struct ledger_view view;
	struct work w = {.c = c, .ask = ask, .view = &view};
	bool user = actor->kind == ACTOR_USER;
	if (actor->kind != ACTOR_OPERATOR && !(user && access_may(actor->role, CAN_COUNTS)))
		return err_new(c->arena, ERR_DENIED, "Please sign in to see the ledger.");
	w.full = !user || access_may(actor->role, CAN_LIST);
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	*out = view;
	return NULL;
}
