#include "app/demo_opening.h"

#include "app/demo_referral.h"
#include "app/demo_region.h"
#include "app/list_image.h"
#include "app/opening.h"
#include "domain/preference.h"

static const struct made_up {
	enum policy_kind kind;
	const char *program, *unit;
	int bedrooms, from; /* days from today */
	unsigned features;
	struct opening_choice fits;
} openings[] = {
	{POLICY_PSH,
	 "Example Street Homes",
	 "Unit 4",
	 1,
	 -19,
	 1U << PREFERENCE_OWN | 1U << PREFERENCE_STEPS,
	 {.people_most = 2, .chronic = true}},
	{POLICY_PSH,
	 "Example Street Homes",
	 "Unit 11",
	 2,
	 12,
	 1U << PREFERENCE_PETS | 1U << PREFERENCE_SUPPORT,
	 {.people_most = 4, .chronic = true, .extra = {"months>=12", 10}}},
	{POLICY_RRH,
	 "Invented Rapid Rehousing",
	 "",
	 3,
	 -3,
	 1U << PREFERENCE_TRANSIT,
	 {.people_least = 2, .people_most = 6, .children = true}},
	{POLICY_RRH, "Invented Rapid Rehousing for Veterans", "", -1, -40, 0, {.veteran = true}},
	{POLICY_VOUCHER, "Made-Up Housing Vouchers", "", -1, 30, 1U << PREFERENCE_OWN, {.extra = {"ready>=50", 9}}},
};

struct holding {
	struct str login;
	struct actor actor;
};

static err_t find_holder(struct db *db, struct arena *a, void *ctx)
{
	struct holding *w = ctx;
	return demo_holder(db, a, w->login, &w->actor);
}

enum { OPENINGS = sizeof openings / sizeof *openings };

static err_t enter_all(struct call *c, const struct str *agencies, size_t n)
{
	struct str ids[OPENINGS];
	for (size_t i = 0; i < OPENINGS; i++) {
		const struct made_up *m = &openings[i];
		struct opening_new in = {
			.region = c->actor.region_id,
			.agency = agencies[i % n],
			.kind = m->kind,
			.program = str_from(m->program),
			.unit = str_from(m->unit),
			.bedrooms = m->bedrooms,
			.features = m->features,
			.from = day_add(c->today, m->from),
			.fits = m->fits,
		};
		TRY(app_opening_add(c, &in, &ids[i]));
	}
	return demo_referrals(c, ids, OPENINGS);
}

err_t demo_openings(struct call *c, struct str login, const struct str *agencies, size_t n)
{
	/* The command line keeps no picture of the list; this one is for the while. */
	struct app app = *c->app;
	struct call mine = *c;
	struct holding w = {.login = login};
	mine.app = &app;
	app.lists = list_cache_new();
	err_t e = db_run(c->db, c->arena, DB_READ, find_holder, &w);
	mine.actor = w.actor;
	if (e == NULL && n > 0)
		e = enter_all(&mine, agencies, n);
	list_cache_free(&app.lists);
	return e;
}
