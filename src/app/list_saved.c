#include "app/list_saved.h"

#include <stdlib.h>

#include "app/list_names.h"
#include "app/list_own.h"
#include "app/meeting.h"
#include "app/record.h"
#include "store/q_list_view.h"
#include "store/seal.h"

static struct seal_place name_place(struct str id)
{
	return (struct seal_place){"list_view", "name", id};
}

static int name_compare(const void *x, const void *y)
{
	return str_cmp(((const struct list_saved *)x)->name, ((const struct list_saved *)y)->name);
}

static bool may_delete(const struct call *c, struct str owner_id, struct str region_id)
{
	return str_eq(owner_id, c->actor.id) || (region_id.n > 0 && meeting_may_plan(&c->actor, region_id));
}

err_t list_saved_load(struct call *c, struct db *db, struct arena *a, struct str region_id, struct list_saved **out,
		      size_t *n)
{
	struct q_list_views *rows;
	size_t rows_n;
	TRY(q_list_views(db, a, c->actor.id, region_id, &rows, &rows_n));
	struct list_saved *views = arena_many(a, rows_n, struct list_saved);
	for (size_t i = 0; i < rows_n; i++) {
		const struct pii *name;
		TRY(seal_open(a, c->app->keys, name_place(rows[i].id), rows[i].name, &name));
		views[i] = (struct list_saved){
			.id = rows[i].id,
			.name = pii_reveal(name),
			.where = rows[i].filter,
			.sort = rows[i].sort,
			.columns = rows[i].columns,
			.own = str_eq(rows[i].owner_id, c->actor.id),
			.shared = rows[i].region_id.n > 0,
			.begins = rows[i].begins,
			.may_delete = may_delete(c, rows[i].owner_id, rows[i].region_id),
		};
	}
	qsort(views, rows_n, sizeof *views, name_compare);
	*out = views;
	*n = rows_n;
	return NULL;
}

err_t list_saved_filter(struct call *c, struct db *db, struct arena *a, struct str where, struct filter **out)
{
	struct list_image *image;
	struct filter_names names;
	struct list_own *own;
	size_t own_n;
	struct filter *f = NULL;
	TRY(list_image_take(c->app->lists, db, a, &image));
	err_t e = list_names(db, a, image, &names);
	if (e == NULL)
		e = list_own_load(db, a, &names, &own, &own_n);
	list_image_give(c->app->lists, &image);
	if (e == NULL)
		e = filter_parse(a, where, &names, &f);
	if (e != NULL)
		return e;
	if (f->words.n > 0)
		return err_new(a, ERR_INVALID,
			       "Words to look somebody up by are not saved; take them out of the filter.");
	*out = f;
	return NULL;
}

struct saving {
	struct call *call;
	const struct list_saved_new *new;
	struct str id; /* of the view that is meant, or that was made */
};

static err_t forget(struct db *db, struct arena *a, struct str id)
{
	TRY(q_list_view_undefault(db, a, id));
	return q_list_view_delete(db, a, id);
}

static err_t run_save(struct db *db, struct arena *a, void *ctx)
{
	struct saving *s = ctx;
	struct call *c = s->call;
	const struct list_saved_new *v = s->new;
	struct list_saved *views;
	size_t n;
	size_t own = 0;
	bool begins = v->begins;
	struct filter *filter;
	TRY(list_saved_filter(c, db, a, v->where, &filter));
	TRY(list_saved_load(c, db, a, S(""), &views, &n));
	for (size_t i = 0; i < n; i++) {
		own += views[i].own;
		if (!views[i].own || !str_eq(views[i].name, str_trim(pii_reveal(v->name))))
			continue;
		begins = begins || views[i].begins;
		TRY(forget(db, a, views[i].id));
		own--;
	}
	if (own >= LIST_SAVED_MOST)
		return err_new(a, ERR_CONFLICT, "You have %d saved views; delete one first.", LIST_SAVED_MOST);
	struct str id = meeting_new_id(a);
	const struct pii *name = pii_new(a, str_trim(pii_reveal(v->name)));
	TRY(q_list_view_add(db, a,
			    &(struct q_list_view_add_in){
				    .id = id,
				    .owner_id = c->actor.id,
				    .region_id = v->region_id,
				    .name = seal_pii(a, c->app->keys, name_place(id), name),
				    .filter = filter_text(a, filter),
				    .sort = v->sort,
				    .columns = v->columns,
				    .created_at = c->now,
			    }));
	if (begins)
		TRY(q_list_view_begin(db, a, c->actor.id, id));
	s->id = str_dup(c->arena, id);
	return app_record(c, db, a, "list_view.save", "list_view", id, S(""));
}

static err_t may_save(struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_LIST))
		return err_new(c->arena, ERR_DENIED, "Your role sees counts only, not the list.");
	return NULL;
}

struct seeing {
	struct call *call;
	struct str region_id;
	struct list_saved *views;
	size_t n;
};

static err_t run_see(struct db *db, struct arena *a, void *ctx)
{
	struct seeing *s = ctx;
	return list_saved_load(s->call, db, a, s->region_id, &s->views, &s->n);
}

err_t app_list_saved(struct call *c, struct str region_id, struct list_saved **out, size_t *n)
{
	struct seeing s = {.call = c, .region_id = region_id};
	TRY(may_save(c));
	TRY(db_run(c->db, c->arena, DB_READ, run_see, &s));
	*out = s.views;
	*n = s.n;
	return NULL;
}

err_t app_list_save(struct call *c, const struct list_saved_new *v, struct str *id)
{
	struct saving s = {.call = c, .new = v};
	struct str name = str_trim(pii_reveal(v->name));
	TRY(may_save(c));
	if (name.n == 0 || str_utf8_len(name) > LIST_SAVED_NAME_MAX || !str_is_clean_text(name))
		return err_new(c->arena, ERR_INVALID, "Give the view a name of at most %d characters.",
			       LIST_SAVED_NAME_MAX);
	if (v->region_id.n > 0 && !meeting_may_plan(&c->actor, v->region_id))
		return err_new(c->arena, ERR_DENIED,
			       "Views are shared by those who plan the region's conferences; save it for yourself.");
	TRY(db_run(c->db, c->arena, DB_WRITE, run_save, &s));
	*id = s.id;
	return NULL;
}

static err_t run_forget(struct db *db, struct arena *a, void *ctx)
{
	struct saving *s = ctx;
	struct q_list_view_by_id row;
	bool found;
	TRY(q_list_view_by_id(db, a, s->id, &row, &found));
	if (!found || !may_delete(s->call, row.owner_id, row.region_id))
		return err_new(a, ERR_MISSING, "There is no such view of yours.");
	TRY(forget(db, a, s->id));
	return app_record(s->call, db, a, "list_view.delete", "list_view", s->id, S(""));
}

err_t app_list_forget(struct call *c, struct str id)
{
	struct saving s = {.call = c, .id = id};
	TRY(may_save(c));
	return db_run(c->db, c->arena, DB_WRITE, run_forget, &s);
}

static err_t run_begin(struct db *db, struct arena *a, void *ctx)
{
	struct saving *s = ctx;
	struct q_list_view_by_id row;
	bool found;
	TRY(q_list_view_by_id(db, a, s->id, &row, &found));
	bool theirs = found && (row.region_id.n > 0 || str_eq(row.owner_id, s->call->actor.id));
	if (s->id.n > 0 && !theirs)
		return err_new(a, ERR_MISSING, "There is no such view.");
	TRY(q_list_view_plain(db, a, s->call->actor.id));
	if (s->id.n > 0)
		TRY(q_list_view_begin(db, a, s->call->actor.id, s->id));
	return app_record(s->call, db, a, "list_view.begin", "user", s->call->actor.id, S(""));
}

err_t app_list_begin_with(struct call *c, struct str id)
{
	struct saving s = {.call = c, .id = id};
	TRY(may_save(c));
	return db_run(c->db, c->arena, DB_WRITE, run_begin, &s);
}
