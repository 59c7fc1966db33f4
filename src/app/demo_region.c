#include "app/demo_region.h"

#include "app/list_image.h"
#include "app/region_move.h"
#include "store/q_agency.h"
#include "store/q_region.h"
#include "store/q_user.h"

enum { UNANCHORED = 9, WHICH = 3 };

static err_t anchor(struct db *db, struct arena *a, void *ctx)
{
	(void)ctx;
	struct q_regions *regions;
	size_t n, agencies_n;
	TRY(q_regions(db, a, &regions, &n));
	for (size_t i = 0; i < n; i++) {
		struct q_agencies_serving *agencies;
		int64_t changed;
		TRY(q_agencies_serving(db, a, regions[i].id, &agencies, &agencies_n));
		if (regions[i].number != UNANCHORED && agencies_n > 0)
			TRY(q_region_change(db, a, regions[i].id, regions[i].name, agencies[0].id, &changed));
	}
	return NULL;
}

err_t demo_anchor(struct call *c)
{
	return db_run(c->db, c->arena, DB_WRITE, anchor, NULL);
}

struct moving {
	struct call *call;
	struct str login;
	int number;
	struct actor actor;
	struct str household; /* empty: the region has too few */
};

err_t demo_holder(struct db *db, struct arena *a, struct str login, struct actor *out)
{
	struct q_user_by_login user;
	bool found;
	TRY(q_user_by_login(db, a, login, &user, &found));
	if (!found)
		return err_internal(a, "nobody is called %.*s", STR_ARG(login));
	*out = (struct actor){.kind = ACTOR_USER, .id = user.id, .role = ROLE_LIST_HOLDER, .region_id = user.region_id};
	return NULL;
}

static err_t choose(struct db *db, struct arena *a, void *ctx)
{
	struct moving *w = ctx;
	struct q_region_by_number region;
	struct list_image *image;
	bool there;
	TRY(q_region_by_number(db, a, w->number, &region, &there));
	if (!there)
		return NULL;
	TRY(demo_holder(db, a, w->login, &w->actor));
	TRY(list_image_take(w->call->app->lists, db, a, &image));
	const struct list_region *list = list_image_region(image, region.id);
	if (list != NULL && list->active > WHICH)
		w->household = str_dup(a, str_from(image->rows[list->first + WHICH].id));
	list_image_give(w->call->app->lists, &image);
	return NULL;
}

err_t demo_move(struct call *c, struct str login, int number)
{
	/* The command line keeps no picture of the list; this one is for the while. */
	struct app app = *c->app;
	struct call mine = *c;
	struct moving w = {.call = &mine, .login = login, .number = number};
	mine.app = &app;
	app.lists = list_cache_new();
	err_t e = db_run(c->db, c->arena, DB_READ, choose, &w);
	mine.actor = w.actor;
	if (e == NULL && w.household.n > 0)
		e = app_region_move_ask(&mine, w.household, w.actor.region_id,
					pii_new(c->arena, S("They have found work in Region 1 and look for a "
							    "home near it.")));
	list_cache_free(&app.lists);
	return e;
}
