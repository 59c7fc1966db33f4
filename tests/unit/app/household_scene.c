#include "household_scene.h"

#include "app/household_page.h"
#include "app/list_image.h"
#include "app/region.h"

static const struct export_head head = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-08-10", 2, 1};

static const struct export_file files[] = {
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-08-01 09:00:00,\n"
					  "O2,Tern Program,0,2026-08-01 09:00:00,\n"},
	{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-08-01 09:00:00,\n"
				"P2,O2,Tern Support,6,2026-08-01 09:00:00,\n"
				"P3,O1,Millpond Rooms,2,2026-08-01 09:00:00,\n"},
	{"Funder.csv", "FunderID,ProjectID,Funder,DateUpdated,DateDeleted\n"
		       "F1,P1,8,2026-08-01 09:00:00,\n"
		       "F2,P2,15,2026-08-01 09:00:00,\n"
		       "F3,P3,19,2026-08-01 09:00:00,\n"},
	{"Client.csv", CLIENT "C1,Ann,,Abbot,,1980-01-01,0,2026-08-01 09:00:00,\n"
			      "C2,Bea,,Birch,,1985-01-01,0,2026-08-01 09:00:00,\n"
			      "C3,Cal,,Cole,,1990-01-01,0,2026-08-01 09:00:00,\n"
			      "C4,Ada,,Abbot,,2018-01-01,0,2026-08-01 09:00:00,\n"},
	{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-08-01 09:00:00,\n"
				      "E4,C4,P1,2026-06-01,H1,2,116,2026-08-01 09:00:00,\n"
				      "E5,C1,P2,2026-06-15,H5,1,116,2026-08-01 09:00:00,\n"
				      "E2,C2,P1,2026-05-01,H2,1,116,2026-08-01 09:00:00,\n"
				      "E3,C3,P1,2026-07-01,H3,1,116,2026-08-01 09:00:00,\n"},
	{"regions.csv", "region,county,project_id\nRegion 1,Larkmere County,P1\n"},
	{0}};

void scene_ann_signed(struct scene *w, int refused, const char *scope, const char *agency, int until, int ended,
		      unsigned laws)
{
	struct arena *a = w->s->a;
	struct str day = str_fmt(a, "%d", w->today.n + until);
	struct str end = str_fmt(a, "%d", w->today.n + ended);
	store_force(w->s, "DELETE FROM release_signature");
	store_force(w->s, "DELETE FROM release_agency");
	store_force(w->s, "DELETE FROM release");
	if (scope == NULL)
		return;
	store_force(
		w->s,
		str_c(a, str_fmt(a,
				 "INSERT INTO release (id, client_no, refused, scope, purposes, laws, given, language, "
				 "from_day, until_day, ended_day, recorded_at) SELECT 'r', client_no, %d, '%s', 7, %u, "
				 "'written', 'en', %d, %s, %s, 0 FROM client WHERE personal_id = 'C1'",
				 refused, scope, laws, w->today.n - 100, until == NEVER ? "NULL" : str_c(a, day),
				 ended == NEVER ? "NULL" : str_c(a, end))));
	if (agency != NULL)
		store_force(w->s, str_c(a, str_fmt(a,
						   "INSERT INTO release_agency (release_id, agency_id) VALUES ('r', "
						   "'%s')",
						   agency)));
}

void scene_open(struct store *s, struct scene *w)
{
	struct import_view v;
	struct region_import_view r;
	struct call *c = import_operator(s);
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider, hmis_id) VALUES "
		       "('millpond', 'Millpond Aid', 'provider', 0, 0, 'O1'), "
		       "('lark', 'Larkmere Center', 'provider', 0, 0, NULL), "
		       "('dell', 'Dell House', 'provider', 0, 0, NULL), "
		       "('tern', 'Tern Program', 'provider', 0, 0, 'O2')");
	const char *path = export_write(s, &head, files);
	import_apply(s, path, &v);
	assert_ok(s, app_region_import(c, str_c(s->a, str_fmt(s->a, "%s/regions.csv", path)), &r));
	store_force(s, "UPDATE household SET id = 'ann' WHERE household_no = (SELECT m.household_no FROM "
		       "household_member m JOIN client c ON c.client_no = m.client_no WHERE c.personal_id = 'C1' AND "
		       "m.to_import > 1000000)");
	store_force(s,
		    "INSERT INTO app_user (id, login, name, agency_id, role, password, must_change, created_at) VALUES "
		    "('u1', 'lee', 'Lee Tran', 'lark', 'list-holder', 'x', 0, 0), "
		    "('u2', 'dana', 'Dana Cole', 'millpond', 'provider', 'x', 0, 0), "
		    "('u3', 'kim', 'Kim Orr', 'dell', 'provider', 'x', 0, 0), "
		    "('u4', 'sol', 'Sol Ode', 'tern', 'provider', 'x', 0, 0)");
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = list_cache_new();
	c->app = app;
	*w = (struct scene){.s = s, .c = c, .ann = S("ann"), .today = c->today};
}

void scene_close(struct scene *w)
{
	struct list_cache *lists = w->c->app->lists;
	list_cache_free(&lists);
}

void scene_as(struct scene *w, const char *user, enum role role, const char *agency)
{
	struct str *works = arena_one(w->s->a, struct str);
	*works = w->region;
	w->c->actor = (struct actor){
		.kind = ACTOR_USER,
		.id = str_from(user),
		.role = role,
		.agency_id = str_from(agency),
		.region_id = role == ROLE_LIST_HOLDER ? w->region : S(""),
		.cover = {.today = COVERED, .everywhere = true, .works_in = works, .works_in_n = 1},
	};
}

void scene_as_holder(struct scene *w)
{
	struct household_view page;
	if (w->region.n == 0) { /* who serves the household sees which region it is in */
		scene_as(w, "u2", ROLE_PROVIDER, "millpond");
		assert_ok(w->s, app_household_page(w->c, w->ann, &page));
		w->region = page.panel->face.region_id;
	}
	scene_as(w, "u1", ROLE_LIST_HOLDER, "lark");
}
