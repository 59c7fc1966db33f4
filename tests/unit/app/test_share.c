/* Files for agencies on both engines: who makes, fetches and withdraws them, and what ends them. What stands in a file
 * is tests/cli/test_share.sh. Expectations were written from app/share.h. */
#include "import_fixture.h"

#include <string.h>

#include "app/list_image.h"
#include "app/region.h"
#include "app/share.h"
#include "store/q_agency.h"
#include "store/q_region.h"

static const struct export_head head = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-08-10", 2, 1};

/* Ann and Bea are served by Millpond, on the list of Region 1. */
static const struct export_file files[] = {
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-08-01 09:00:00,\n"},
	{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-08-01 09:00:00,\n"},
	{"Client.csv", CLIENT "C1,Ann,,Abbot,,1980-01-01,0,2026-08-01 09:00:00,\n"
			      "C2,Bea,,Birch,,1985-01-01,0,2026-08-01 09:00:00,\n"},
	{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-08-01 09:00:00,\n"
				      "E2,C2,P1,2026-07-01,H2,1,116,2026-08-01 09:00:00,\n"},
	{"regions.csv", "region,county,project_id\nRegion 1,Larkmere County,P1\n"},
	{0}};

struct scene {
	struct store *s;
	struct call *c;
	struct app *app;
	struct str region, agency;
};

static err_t find_ids(struct db *db, struct arena *a, void *ctx)
{
	struct scene *w = ctx;
	struct q_region_by_number region;
	struct q_agency_by_hmis_id agency;
	bool found;
	TRY(q_region_by_number(db, a, 1, &region, &found));
	TRY(q_agency_by_hmis_id(db, a, S("O1"), &agency, &found));
	w->region = region.id;
	w->agency = agency.id;
	return NULL;
}

static void open_scene(struct store *s, struct scene *w)
{
	struct import_view v;
	struct region_import_view r;
	struct call *c = import_operator(s);
	const char *path = export_write(s, &head, files);
	import_apply(s, path, &v);
	release_all(s);
	assert_ok(s, app_region_import(c, str_c(s->a, str_fmt(s->a, "%s/regions.csv", path)), &r));
	*w = (struct scene){.s = s, .c = c, .app = arena_one(s->a, struct app)};
	*w->app = *c->app;
	w->app->lists = list_cache_new();
	c->app = w->app;
	assert_ok(s, db_run(s->db, s->a, DB_READ, find_ids, w));
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		       "('holders', 'Holders', 'provider', 0, 0), ('lead', 'Lead', 'lead', 1, 0)");
	store_force(
		s,
		"INSERT INTO mou (id, agency_id, from_day, until_day, signed_by, document, recorded_at) SELECT id, id, "
		"0, 90000, '', '', 0 FROM agency");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) VALUES "
		       "('u1', 'lee', 'Lee Tran', 'list-holder', 'x', 0, 0), "
		       "('u2', 'dana', 'Dana Reed', 'provider', 'x', 0, 0), "
		       "('u3', 'kofi', 'Kofi Ames', 'provider', 'x', 0, 0)");
}

static void close_scene(struct scene *w)
{
	list_cache_free(&w->app->lists);
}

static void is(struct scene *w, const char *user, enum role role, struct str agency, struct str region)
{
	w->c->actor = (struct actor){.kind = ACTOR_USER,
				     .id = str_from(user),
				     .name = S("Somebody"),
				     .role = role,
				     .agency_id = agency,
				     .region_id = region,
				     .cover = SIGNED_EVERYWHERE};
}

static void is_lee(struct scene *w)
{
	is(w, "u1", ROLE_LIST_HOLDER, S("holders"), w->region);
}

static void is_dana(struct scene *w)
{
	is(w, "u2", ROLE_PROVIDER, w->agency, (struct str){0});
}

static struct share_ask an_ask(const struct scene *w)
{
	return (struct share_ask){.agency = w->agency, .format = PAPER_ZIP, .days = SHARE_DAYS, .keep = true};
}

static struct str made(struct scene *w, int64_t named)
{
	struct share_ask ask = an_ask(w);
	struct share_made m;
	is_lee(w);
	ask.where = S("status:active,inactive");
	assert_ok(w->s, app_share_make(w->c, &ask, &m));
	assert_int_equal(m.households, 2);
	assert_int_equal(m.named, named);
	assert_int_equal(m.content.n, 0);
	return m.id;
}

static int64_t acts(struct scene *w, const char *act)
{
	return store_number(w->s,
			    str_c(w->s->a, str_fmt(w->s->a, "SELECT count(*) FROM journal WHERE act = '%s'", act)));
}

static void its_agency_fetches_it_and_nobody_else(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct share_made m;
	struct share_view v;
	open_scene(s, &w);
	struct str id = made(&w, 2);
	assert_int_equal(store_number(s, "SELECT count(*) FROM disclosure WHERE user_id = 'u1' AND route = '/share'"),
			 1);
	is(&w, "u3", ROLE_PROVIDER, S("holders"), (struct str){0});
	assert_err(s, ERR_MISSING, app_share_take(w.c, id, &m));
	assert_err(s, ERR_MISSING, app_share_end(w.c, id));
	is(&w, "u3", ROLE_LEAD, w.agency, (struct str){0});
	assert_err(s, ERR_MISSING, app_share_take(w.c, id, &m));
	is(&w, "u3", ROLE_LIST_HOLDER, S("holders"), S("elsewhere"));
	assert_err(s, ERR_MISSING, app_share_take(w.c, id, &m));
	is_dana(&w);
	w.c->actor.cover.today = COVERED_NOT_SIGNED;
	assert_err(s, ERR_DENIED, app_share_take(w.c, id, &m));
	assert_int_equal(acts(&w, "share.take"), 0);
	is_dana(&w);
	assert_ok(s, app_share_take(w.c, id, &m));
	assert_memory_equal(m.content.p, "PK", 2);
	assert_int_equal(acts(&w, "share.take"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM disclosure WHERE user_id = 'u2' AND route = '/share'"),
			 1);
	assert_ok(s, app_share_list(w.c, &v));
	assert_false(v.makes);
	assert_int_equal(v.rows_n, 1);
	assert_int_equal(v.rows[0].takings_n, 1);
	assert_err(s, ERR_DENIED, app_share_end(w.c, id));
	close_scene(&w);
}

static void it_ends_with_what_it_stood_on(void **state)
{
	static const struct {
		const char *undo;
		enum err_class class;
	} cases[] = {
		{"UPDATE mou SET until_day = 1 WHERE agency_id = (SELECT agency_id FROM share)", ERR_DENIED},
		{"UPDATE share SET expires_at = 1", ERR_CONFLICT},
		{"UPDATE household_agency SET to_import = from_import", ERR_CONFLICT},
	};
	struct store *s = *state;
	struct scene w;
	struct share_made m;
	open_scene(s, &w);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str id = made(&w, 2);
		store_force(s, cases[i].undo);
		list_cache_free(&w.app->lists); /* a picture belongs to its version */
		w.app->lists = list_cache_new();
		is_dana(&w);
		assert_err(s, cases[i].class, app_share_take(w.c, id, &m));
		store_force(s, "UPDATE mou SET until_day = 90000");
		store_force(s, "DELETE FROM share_household");
		store_force(s, "DELETE FROM share");
	}
	close_scene(&w);
}

static void withdrawn_and_expired_it_is_not_kept(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct share_made m;
	open_scene(s, &w);
	struct str id = made(&w, 2);
	assert_ok(s, app_share_end(w.c, id));
	assert_err(s, ERR_CONFLICT, app_share_end(w.c, id));
	assert_err(s, ERR_CONFLICT, app_share_take(w.c, id, &m));
	assert_int_equal(store_number(s, "SELECT count(*) FROM share WHERE content IS NOT NULL"), 0);
	made(&w, 2);
	assert_ok(s, app_share_sweep(w.c));
	assert_int_equal(store_number(s, "SELECT count(*) FROM share WHERE content IS NOT NULL"), 1);
	store_force(s, "UPDATE share SET expires_at = 1");
	assert_ok(s, app_share_sweep(w.c));
	assert_int_equal(store_number(s, "SELECT count(*) FROM share WHERE content IS NOT NULL"), 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM share"), 2); /* who had what stays */
	close_scene(&w);
}

static void it_names_nobody_whom_its_maker_may_not_read(void **state)
{
	struct store *s = *state;
	struct scene w;
	open_scene(s, &w);
	/* Millpond serves both and reads their names anyway; the list holder only by a release. */
	store_force(
		s,
		"UPDATE release SET ended_day = 1 WHERE client_no = (SELECT client_no FROM client WHERE personal_id = "
		"'C1')");
	made(&w, 1);
	close_scene(&w);
}

static void who_may_not_make_one(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct share_made m;
	open_scene(s, &w);
	struct share_ask ask = an_ask(&w);
	is_dana(&w);
	assert_err(s, ERR_DENIED, app_share_make(w.c, &ask, &m));
	is_lee(&w);
	w.c->actor.cover.today = COVERED_NOT_TRAINED;
	assert_err(s, ERR_DENIED, app_share_make(w.c, &ask, &m));
	is_lee(&w);
	ask.agency = S("lead");
	assert_err(s, ERR_DENIED, app_share_make(w.c, &ask, &m));
	ask = an_ask(&w);
	ask.days = 0;
	assert_err(s, ERR_INVALID, app_share_make(w.c, &ask, &m));
	ask = an_ask(&w);
	ask.notes = true; /* that nobody read */
	assert_err(s, ERR_CONFLICT, app_share_make(w.c, &ask, &m));
	assert_int_equal(store_number(s, "SELECT count(*) FROM share"), 0);
	close_scene(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(its_agency_fetches_it_and_nobody_else),       BOTH(it_ends_with_what_it_stood_on),
		BOTH(withdrawn_and_expired_it_is_not_kept),        BOTH(who_may_not_make_one),
		BOTH(it_names_nobody_whom_its_maker_may_not_read),
	};
	return cmocka_run_group_tests_name("share", tests, NULL, NULL);
}
