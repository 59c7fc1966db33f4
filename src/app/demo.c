#include "app/demo.h"

#include "app/demo_opening.h"
#include "app/demo_region.h"
#include "app/demo_release.h"
#include "app/region.h"
#include "app/user.h"
#include "base/id.h"
#include "store/q_agency.h"
#include "store/q_setting.h"

enum { OF_REGION_1 = 100, LEAD = 200, NO_AGENCY = 300, ENDED = 5, NAMED = 2 };

/* The people of the README's tour. Providers work for an agency that serves Region 4. */
static const struct {
	const char *login;
	const char *name;
	enum role role;
	const char *region;
	int agency; /* which of the agencies that serve Region 4, the first of Region 1, the lead agency, or none */
} accounts[] = {
	{"lee", "Lee Tanglewick", ROLE_LIST_HOLDER, "4", 0},
	{"sam", "Sam Rookhollow", ROLE_SPECIALIST, "4", 1},
	{"dana", "Dana Ottermere", ROLE_PROVIDER, "4", 2},
	{"priya", "Priya Nettlebright", ROLE_PROVIDER, "4", 3},
	{"kofi", "Kofi Mossanvil", ROLE_PROVIDER, "4", 4},
	{"robin", "Robin Valeburr", ROLE_LIST_HOLDER, "1", OF_REGION_1},
	{"chris", "Chris Adderstone", ROLE_SPECIALIST, "", 1},
	{"pat", "Pat Morrowmint", ROLE_LEAD, "", LEAD},
	{"quinn", "Quinn Larkspindle", ROLE_PRIVACY, "", NO_AGENCY},
};

struct filling {
	struct call *call;
	struct str region;   /* Region 4's id */
	struct str *serving; /* agencies with households there, the one with most first */
	size_t serving_n;
	struct str other; /* the agency with most households in Region 1 */
	struct str lead;  /* an agency to be the lead agency */
};

static err_t find_agencies(struct db *db, struct arena *a, void *ctx)
{
	struct filling *f = ctx;
	struct q_agencies_serving *rows;
	size_t n;
	TRY(app_region_find(db, a, S("4"), &f->region));
	TRY(q_agencies_serving(db, a, f->region, &rows, &n));
	f->serving = arena_many(a, n, struct str);
	f->serving_n = n;
	for (size_t i = 0; i < n; i++)
		f->serving[i] = rows[i].id;
	struct str region;
	TRY(app_region_find(db, a, S("1"), &region));
	TRY(q_agencies_serving(db, a, region, &rows, &n));
	f->other = n > 0 ? rows[0].id : (struct str){0};
	return NULL;
}

static err_t mark_demo(struct db *db, struct arena *a, void *ctx)
{
	struct filling *f = ctx;
	struct id id = id_new();
	f->lead = str_dup(f->call->arena, id_str(&id));
	TRY(q_agency_add(db, a,
			 &(struct q_agency_add_in){
				 .id = f->lead,
				 .name = S("Example Balance of State Lead Agency"),
				 .kind = S("lead"),
				 .is_lead = true,
			 }));
	TRY(q_setting_put(db, a, S("demo"), S("1"), f->call->now));
	/* Its accounts share a password that everybody knows. */
	return q_setting_put(db, a, S("second_factor"), S("none"), f->call->now);
}

err_t app_demo_fill(struct call *c, struct str folder, const struct import_progress *progress)
{
	struct arena *a = c->arena;
	struct region_import_view regions;
	struct import_view imported;
	struct filling f = {.call = c};
	TRY(app_import_stage(c, str_c(a, folder), IMPORT_STAGE, progress, &imported));
	TRY(app_import_apply(c, imported.no, progress));
	TRY(app_region_import(c, str_c(a, str_fmt(a, "%.*s/regions.csv", STR_ARG(folder))), &regions));
	TRY(db_run(c->db, a, DB_READ, find_agencies, &f));
	TRY(db_run(c->db, a, DB_WRITE, mark_demo, &f));
	for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++) {
		struct user_new u = {
			.login = str_from(accounts[i].login),
			.name = str_from(accounts[i].name),
			.role = accounts[i].role,
			.region = str_from(accounts[i].region),
			.chosen = S(DEMO_PASSWORD),
		};
		if (accounts[i].agency == LEAD)
			u.agency = f.lead;
		else if (accounts[i].agency == OF_REGION_1)
			u.agency = f.other;
		else if ((size_t)accounts[i].agency < f.serving_n)
			u.agency = f.serving[accounts[i].agency];
		struct str password;
		TRY(app_user_add(c, &u, &password));
	}
	TRY(demo_sign(c, f.serving_n > ENDED ? f.serving[ENDED] : (struct str){0}));
	TRY(demo_releases(c, f.serving_n > NAMED ? f.serving[NAMED] : (struct str){0}));
	TRY(demo_anchor(c));
	TRY(demo_openings(c, S("lee"), f.serving, f.serving_n < 3 ? f.serving_n : 3));
	return demo_move(c, S("robin"), 4);
}
