#include "app/demo_release.h"

#include "app/household.h"
#include "app/list_head.h"
#include "app/list_image.h"
#include "app/mou.h"
#include "app/release.h"
#include "app/user.h"
#include "store/q_agency.h"

enum { YEAR = 365, LATELY = 30, LONG_AGO = 400, EVERY = 20, PROTECTED = 12, OFFER_DAYS = 60 };

/* Which of every twenty households is the odd one. */
enum { ODD_LAPSED = 4, ODD_REFUSED = 8, ODD_NAMED = 10, ODD_WITHDRAWN = 14, ODD_NONE = 17 };

struct agencies {
	struct q_agencies *rows;
	size_t n;
};

static err_t load_agencies(struct db *db, struct arena *a, void *ctx)
{
	struct agencies *all = ctx;
	return q_agencies(db, a, &all->rows, &all->n);
}

err_t demo_sign(struct call *c, struct str ended)
{
	struct agencies agencies;
	struct user_list_view users;
	struct str id;
	TRY(db_run(c->db, c->arena, DB_READ, load_agencies, &agencies));
	for (size_t i = 0; i < agencies.n; i++) {
		bool over = str_eq(agencies.rows[i].id, ended);
		const struct mou_new m = {
			.agency = agencies.rows[i].id,
			.from = day_add(c->today, over ? -YEAR : -LATELY),
			.until = day_add(c->today, over ? -LATELY : YEAR - LATELY),
			.signed_by = S("An invented director"),
			.document = S("Binder of memoranda, shelf 2"),
		};
		if (!agencies.rows[i].is_lead)
			TRY(app_mou_add(c, &m, &id));
	}
	TRY(app_user_list(c, &users));
	for (size_t i = 0; i < users.users_n; i++)
		TRY(app_agreement_sign(c, users.users[i].login, day_add(c->today, -LATELY)));
	return NULL;
}

struct signing {
	struct call *call;
	struct str named;
	struct str *protect; /* ids */
	size_t protect_n;
};

static struct release_new release_of(const struct signing *w, size_t place)
{
	struct day today = w->call->today;
	struct release_new r = {
		.scope = SCOPE_COC,
		.given = GIVEN_WRITTEN,
		.language = S("en"),
		.form = S("Example release of information"),
		.from = day_add(today, -LATELY),
		.until = day_add(today, YEAR - LATELY),
		.offer_again = DAY_NONE,
	};
	switch (place % EVERY) {
	case ODD_LAPSED:
		r.from = day_add(today, -LONG_AGO);
		r.until = day_add(r.from, YEAR);
		break;
	case ODD_REFUSED:
		r.refused = true;
		r.until = DAY_NONE;
		r.offer_again = day_add(r.from, OFFER_DAYS);
		break;
	case ODD_NAMED:
		r.scope = SCOPE_NAMED;
		r.agencies = &w->named;
		r.agencies_n = w->named.n > 0;
		break;
	default:
		break;
	}
	return r;
}

static err_t sign_region(struct signing *w, struct db *db, struct arena *a, const struct list_image *image,
			 const struct list_region *region)
{
	for (size_t i = 0; i < region->n; i++) {
		const struct list_row *row = &image->rows[region->first + i];
		const struct list_head *head;
		enum release_put put;
		struct arena_mark mark = arena_mark(a);
		TRY(list_heads(w->call, db, a, image, &row, 1, &head));
		const struct release_new r = release_of(w, i);
		struct day ended = i % EVERY == ODD_WITHDRAWN ? day_add(w->call->today, -1) : DAY_NONE;
		if (head->client_no != 0 && i % EVERY != ODD_NONE)
			TRY(release_put(w->call, db, a, head->client_no, &r, ended, false, &put));
		arena_rewind(a, mark);
		if (i == PROTECTED)
			w->protect[w->protect_n++] = str_dup(w->call->arena, str_from(row->id));
	}
	return NULL;
}

static err_t sign_all(struct db *db, struct arena *a, void *ctx)
{
	struct signing *w = ctx;
	struct list_image *image;
	err_t e = NULL;
	TRY(list_image_take(w->call->app->lists, db, a, &image));
	w->protect = arena_many(w->call->arena, image->regions_n, struct str);
	w->protect_n = 0;
	for (size_t i = 0; i < image->regions_n && e == NULL; i++)
		e = sign_region(w, db, a, image, &image->regions[i]);
	list_image_give(w->call->app->lists, &image);
	return e;
}

err_t demo_releases(struct call *c, struct str named)
{
	/* The command line keeps no picture of the list; this one is for the while. */
	struct app app = *c->app;
	struct call mine = *c;
	struct signing w = {.call = &mine, .named = named};
	mine.app = &app;
	app.lists = list_cache_new();
	err_t e = db_run(c->db, c->arena, DB_WRITE, sign_all, &w);
	list_cache_free(&app.lists);
	TRY(e);
	for (size_t i = 0; i < w.protect_n; i++)
		TRY(app_household_protect(c, w.protect[i], true,
					  pii_new(c->arena, S("An invented reason: safety plan."))));
	return NULL;
}
