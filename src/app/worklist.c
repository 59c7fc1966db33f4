#include "app/worklist.h"

#include <stdlib.h>

#include "app/cycle.h"
#include "app/household.h"
#include "app/list_facts.h"
#include "app/list_names.h"
#include "app/list_saved.h"
#include "app/meeting.h"
#include "app/record.h"
#include "store/q_conference.h"
#include "store/q_region.h"
#include "store/q_worklist.h"
#include "store/seal.h"

/* --- which there are --- */

static struct seal_place name_place(struct str id)
{
	return (struct seal_place){"worklist", "name", id};
}

static int name_compare(const void *x, const void *y)
{
	return str_cmp(((const struct worklist *)x)->name, ((const struct worklist *)y)->name);
}

err_t worklists_load(struct call *c, struct db *db, struct arena *a, struct str region_id, struct worklist **out,
		     size_t *n)
{
	struct q_worklists_of_region *rows;
	TRY(q_worklists_of_region(db, a, region_id, &rows, n));
	struct worklist *lists = arena_many(a, *n, struct worklist);
	for (size_t i = 0; i < *n; i++) {
		const struct pii *name;
		TRY(seal_open(a, c->app->keys, name_place(rows[i].id), rows[i].name, &name));
		lists[i] = (struct worklist){.id = rows[i].id, .name = pii_reveal(name), .where = rows[i].filter};
	}
	qsort(lists, *n, sizeof *lists, name_compare);
	*out = lists;
	return NULL;
}

/* Its row, where it is one of the region's. */
static err_t row_of(struct db *db, struct arena *a, struct worklist_ref list, struct q_worklist_by_id *out)
{
	bool found;
	TRY(q_worklist_by_id(db, a, list.id, out, &found));
	if (!found || !str_eq(out->region_id, list.region_id))
		return err_new(a, ERR_MISSING, "There is no such working list in this region.");
	return NULL;
}

err_t worklist_load(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, struct worklist *out)
{
	struct q_worklist_by_id row;
	const struct pii *name;
	*out = (struct worklist){0};
	if (list.id.n == 0)
		return NULL;
	TRY(row_of(db, a, list, &row));
	TRY(seal_open(a, c->app->keys, name_place(list.id), row.name, &name));
	*out = (struct worklist){.id = list.id, .name = pii_reveal(name), .where = row.filter};
	return NULL;
}

/* --- whom they take --- */

/* A filter that is asked of the list; without one (it cannot be read any more) nobody passes. */
struct asking {
	struct list_image *image;
	const struct filter *filter;
	struct list_facts facts;
};

static void finish(struct call *c, struct asking *w)
{
	list_facts_give(c, &w->facts);
	list_image_give(c->app->lists, &w->image);
}

static err_t read_filter(struct call *c, struct db *db, struct arena *a, struct str where, struct asking *w)
{
	struct filter_names names;
	struct filter *f;
	TRY(list_names(db, a, w->image, &names));
	err_t e = filter_parse(a, where, &names, &f);
	if (e != NULL)
		return e->class == ERR_INVALID ? NULL : e;
	w->filter = f;
	return list_facts_load(c, db, a, filter_keys(f), &w->facts);
}

/* Followed by finish(). */
static err_t begin(struct call *c, struct db *db, struct arena *a, struct str where, struct asking *w)
{
	*w = (struct asking){0};
	TRY(list_image_take(c->app->lists, db, a, &w->image));
	w->facts = (struct list_facts){.image = w->image, .today = c->today};
	err_t e = read_filter(c, db, a, where, w);
	if (e != NULL)
		finish(c, w);
	return e;
}

static bool takes(const struct asking *w, const struct list_row *row)
{
	return w->filter != NULL && row != NULL && list_row_passes(&w->facts, w->filter, row);
}

/* The active ones of a region that pass, in its order. */
static void take(const struct asking *w, struct arena *a, struct str region_id, size_t most, int64_t **nos, size_t *n)
{
	const struct list_region *region = list_image_region(w->image, region_id);
	size_t active = region == NULL ? 0 : region->active;
	*nos = arena_many(a, active, int64_t);
	*n = 0;
	for (size_t i = 0; i < active && (most == 0 || *n < most); i++) {
		const struct list_row *row = &w->image->rows[region->first + i];
		if (takes(w, row))
			(*nos)[(*n)++] = row->no;
	}
}

err_t worklist_order(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, size_t most,
		     int64_t **nos, size_t *n)
{
	struct q_worklist_by_id row;
	struct asking w;
	if (list.id.n == 0)
		return app_household_order(c, db, a, list.region_id, most, nos, n);
	TRY(row_of(db, a, list, &row));
	TRY(begin(c, db, a, row.filter, &w));
	take(&w, a, list.region_id, most, nos, n);
	finish(c, &w);
	return NULL;
}

static bool had_seat(const struct q_worklist_seats *seats, size_t n, int64_t no)
{
	for (size_t i = 0; i < n; i++)
		if (seats[i].household_no == no)
			return true;
	return false;
}

err_t worklist_keep(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, int64_t *nos, size_t *n)
{
	struct q_worklist_by_id row;
	struct q_worklist_seats *seats;
	struct asking w;
	size_t seats_n;
	size_t kept = 0;
	if (list.id.n == 0)
		return NULL;
	TRY(row_of(db, a, list, &row));
	TRY(q_worklist_seats(db, a, list.id, &seats, &seats_n));
	TRY(begin(c, db, a, row.filter, &w));
	for (size_t i = 0; i < *n; i++)
		if (had_seat(seats, seats_n, nos[i]) || takes(&w, list_image_row(w.image, nos[i])))
			nos[kept++] = nos[i];
	*n = kept;
	finish(c, &w);
	return NULL;
}

/* --- making and ending them --- */

static err_t may_plan(struct call *c, struct str region_id)
{
	if (!meeting_may_plan(&c->actor, region_id))
		return err_new(c->arena, ERR_DENIED,
			       "Working lists are for the list holder and the specialists of the region.");
	return NULL;
}

/* A filter that can be one, and its text as it is kept. */
static err_t check_filter(struct call *c, struct db *db, struct arena *a, struct str where, struct filter **out)
{
	struct filter *f;
	TRY(list_saved_filter(c, db, a, where, &f));
	if (f->terms_n == 0)
		return err_new(a, ERR_INVALID, "Say whom the working list takes: “veteran:yes”, for example.");
	for (size_t i = 0; i < f->terms_n; i++) {
		if (f->terms[i].key == FILTER_STATUS)
			return err_new(a, ERR_INVALID,
				       "A working list is of active households: take the status out of the filter.");
		if (f->terms[i].key >= FILTER_OWN)
			return err_new(a, ERR_INVALID,
				       "Columns of your own are read by some people only, so no working list is made "
				       "of them: take “%s” out of the filter.",
				       f->terms[i].row->word);
	}
	*out = f;
	return NULL;
}

struct looking {
	struct call *call;
	struct str region_id;
	struct str where;
	struct worklist_look look;
};

static err_t count(const struct looking *w, struct db *db, struct arena *a, struct worklist_look *out)
{
	struct asking ask;
	int64_t *nos;
	TRY(begin(w->call, db, a, out->where, &ask));
	take(&ask, a, w->region_id, 0, &nos, &out->takes);
	const struct list_region *region = list_image_region(ask.image, w->region_id);
	out->of = region == NULL ? 0 : region->active;
	finish(w->call, &ask);
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	struct q_region_by_id region;
	struct filter *f;
	bool found;
	TRY(q_region_by_id(db, a, w->region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	w->look = (struct worklist_look){.region = region.name, .where = w->where};
	if (w->where.n == 0)
		return NULL;
	err_t e = check_filter(w->call, db, a, w->where, &f);
	if (e != NULL && e->class != ERR_INVALID)
		return e;
	if (e != NULL) {
		w->look.wrong = e->say;
		return NULL;
	}
	w->look.where = filter_text(a, f);
	w->look.say = filter_say(a, f);
	return count(w, db, a, &w->look);
}

err_t app_worklist_look(struct call *c, struct str region_id, struct str where, struct worklist_look *out)
{
	struct looking w = {.call = c, .region_id = region_id, .where = str_trim(where)};
	TRY(may_plan(c, region_id));
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.look;
	return NULL;
}

struct making {
	struct call *call;
	const struct worklist_new *new;
	struct str name;
	struct str id;
};

static err_t check_room(struct making *w, struct db *db, struct arena *a, struct str region_id)
{
	struct worklist *lists;
	size_t n;
	TRY(worklists_load(w->call, db, a, region_id, &lists, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(lists[i].name, w->name))
			return err_new(a, ERR_CONFLICT, "The region has a working list of that name already.");
	if (n >= WORKLIST_MOST)
		return err_new(a, ERR_CONFLICT, "The region has %d working lists; end one first.", WORKLIST_MOST);
	return NULL;
}

static err_t make(struct db *db, struct arena *a, void *ctx)
{
	struct making *w = ctx;
	struct call *c = w->call;
	struct worklist_ref list = {.region_id = w->new->region_id, .id = meeting_new_id(a)};
	struct filter *f;
	int64_t *nos;
	size_t n;
	TRY(check_room(w, db, a, list.region_id));
	TRY(check_filter(c, db, a, w->new->where, &f));
	TRY(q_worklist_add(db, a,
			   &(struct q_worklist_add_in){
				   .id = list.id,
				   .region_id = list.region_id,
				   .name = seal_pii(a, c->app->keys, name_place(list.id), pii_new(a, w->name)),
				   .filter = filter_text(a, f),
				   .made_at = c->now,
				   .made_by = c->actor.id,
			   }));
	TRY(worklist_order(c, db, a, list, 1, &nos, &n));
	if (n == 0)
		return err_new(a, ERR_CONFLICT, "Nobody on the list passes this filter now.");
	TRY(app_record(c, db, a, "worklist.make", "region", list.region_id,
		       str_fmt(a, "worklist=%.*s", STR_ARG(list.id))));
	w->id = str_dup(c->arena, list.id);
	return cycle_begin(c, db, a, list, w->new->size, w->new->goal);
}

err_t app_worklist_make(struct call *c, const struct worklist_new *new, struct str *id)
{
	struct making w = {.call = c, .new = new, .name = str_trim(pii_reveal(new->name))};
	TRY(may_plan(c, new->region_id));
	if (w.name.n == 0 || str_utf8_len(w.name) > WORKLIST_NAME_MAX || !str_is_clean_text(w.name))
		return err_new(c->arena, ERR_INVALID, "Give the working list a name of at most %d characters.",
			       WORKLIST_NAME_MAX);
	TRY(cycle_check(c->arena, new->size, new->goal));
	TRY(db_run(c->db, c->arena, DB_WRITE, make, &w));
	*id = w.id;
	return NULL;
}

struct ending_list {
	struct call *call;
	struct worklist_ref list;
};

static err_t end(struct db *db, struct arena *a, void *ctx)
{
	const struct ending_list *w = ctx;
	struct call *c = w->call;
	struct q_worklist_by_id row;
	struct q_conference_open_of_list conference;
	bool found;
	int64_t changed;
	TRY(row_of(db, a, w->list, &row));
	TRY(q_conference_open_of_list(db, a, w->list.region_id, w->list.id, &conference, &found));
	if (found)
		return err_new(a, ERR_CONFLICT,
			       "A conference of this working list is planned: hold and close it first.");
	TRY(q_worklist_end(db, a, w->list.id, c->now, c->actor.id, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "This working list has ended already.");
	TRY(cycle_end(c, db, a, w->list));
	return app_record(c, db, a, "worklist.end", "region", w->list.region_id,
			  str_fmt(a, "worklist=%.*s", STR_ARG(w->list.id)));
}

err_t app_worklist_end(struct call *c, struct worklist_ref list)
{
	struct ending_list w = {c, list};
	TRY(may_plan(c, list.region_id));
	return db_run(c->db, c->arena, DB_WRITE, end, &w);
}
