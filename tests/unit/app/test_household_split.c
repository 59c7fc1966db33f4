/* Splitting a household on both engines: who is where afterwards, after the next import, and after it was taken back.
 * Expectations were written from app/household_split.h and DEFINITIONS "A household that splits". */
#include "import_fixture.h"

#include <string.h>

#include "app/cycle.h"
#include "app/household_page.h"
#include "app/household_split.h"
#include "app/list_image.h"
#include "app/region.h"

#define VISIBLE(table)                                                                                                 \
	" FROM " table " t WHERE t.from_import <= (SELECT import_no FROM hmis_now) AND t.to_import > "                 \
	"(SELECT import_no FROM hmis_now)"

/* Dates of the head and of the files behind it differ so that the second import is newer. */
static const struct export_head first = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-08-10", 2, 1};
static const struct export_head later = {"S1", "2026-09-01 12:00:00", "2024-01-01", "2026-09-01", 2, 1};

#define COMMON                                                                                                         \
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-08-01 09:00:00,\nO2,Fen Help,0,2026-08-01 "          \
					  "09:00:00,\n"},                                                              \
		{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-08-01 09:00:00,\nP2,O2,Fen Shelter,0,"          \
					"2026-08-01 09:00:00,\n"},                                                     \
		{"Client.csv", CLIENT "C1,Ann,,Abbot,,1980-01-01,0,2026-08-01 09:00:00,\n"                             \
				      "C2,Bob,,Abbot,,1978-01-01,0,2026-08-01 09:00:00,\n"                             \
				      "C3,Cal,,Abbot,,2018-01-01,0,2026-08-01 09:00:00,\n"},                           \
	{                                                                                                              \
		"regions.csv", "region,county,project_id\nRegion 1,Larkmere County,P1\nRegion 1,Larkmere County,P2\n"  \
	}
#define FAMILY                                                                                                         \
	"E1,C1,P1,2026-06-01,H1,1,116,2026-08-01 09:00:00,\n"                                                          \
	"E2,C2,P1,2026-06-01,H1,3,116,2026-08-01 09:00:00,\n"                                                          \
	"E3,C3,P1,2026-06-01,H1,2,116,2026-08-01 09:00:00,\n"

static const struct export_file before[] = {COMMON, {"Enrollment.csv", ENROLLMENT FAMILY}, {0}};

/* Still one household, with the same HouseholdID; and Ann, who left, has entered another shelter. */
static const struct export_file after[] = {COMMON,
					   {"Enrollment.csv",
					    ENROLLMENT FAMILY "E4,C1,P2,2026-08-30,H2,1,116,2026-08-31 09:00:00,\n"
							      "E5,C3,P2,2026-08-30,H2,2,116,2026-08-31 09:00:00,\n"},
					   {0}};

struct scene {
	struct store *s;
	struct call *c;
	struct str family;
};

static int64_t client(struct store *s, const char *personal_id)
{
	return store_number(
		s, str_c(s->a, str_fmt(s->a, "SELECT client_no FROM client WHERE personal_id = '%s'", personal_id)));
}

static int64_t home_of(struct store *s, const char *personal_id)
{
	return store_number(
		s,
		str_c(s->a, str_fmt(s->a, "SELECT household_no" VISIBLE("household_member") " AND t.client_no = %lld",
				    (long long)client(s, personal_id))));
}

static void open_scene(struct store *s, struct scene *w)
{
	struct import_view v;
	struct region_import_view r;
	struct call *c = import_operator(s);
	const char *path = export_write(s, &first, before);
	import_apply(s, path, &v);
	release_all(s);
	assert_ok(s, app_region_import(c, str_c(s->a, str_fmt(s->a, "%s/regions.csv", path)), &r));
	store_force(s, "UPDATE household SET id = 'family'");
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES ('lark', "
		       "'Larkmere Center', 'provider', 0, 0)");
	store_force(s,
		    "INSERT INTO app_user (id, login, name, agency_id, role, password, must_change, created_at) VALUES "
		    "('u1', 'lee', 'Lee Tran', 'lark', 'list-holder', 'x', 0, 0), "
		    "('u2', 'max', 'Max Orr', NULL, 'list-holder', 'x', 0, 0)");
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = list_cache_new();
	c->app = app;
	c->actor = (struct actor){.kind = ACTOR_USER,
				  .id = S("u1"),
				  .role = ROLE_LIST_HOLDER,
				  .agency_id = S("lark"),
				  .cover = SIGNED_EVERYWHERE};
	*w = (struct scene){s, c, S("family")};
	struct household_view page;
	assert_ok(s, app_household_page(c, w->family, &page));
	assert_int_equal(page.members_n, 3);
}

static void close_scene(struct scene *w)
{
	struct list_cache *lists = w->c->app->lists;
	list_cache_free(&lists);
}

/* The ids of regions are random: the test's own takes the place of the one that was loaded. */
static void holds_region(struct scene *w)
{
	struct store *s = w->s;
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 99, 'Region of the test')");
	store_force(s, "UPDATE county SET region_id = 'r1'");
	w->c->actor.region_id = S("r1");
	assert_ok(s, app_listing_refresh(w->c, w->c->today));
}

static struct str split(struct scene *w, enum apart_reason reason)
{
	struct str id;
	int64_t leaving[] = {client(w->s, "C1"), client(w->s, "C3")};
	assert_ok(w->s, app_household_split(w->c, &(struct split_new){w->family, leaving, 2, reason}, &id));
	return id;
}

/* Whether the agency of the later rows serves the household, and so reads its names. */
static int64_t served_by_fen_help(struct store *s, int64_t household)
{
	return store_number(
		s,
		str_c(s->a, str_fmt(s->a,
				    "SELECT count(*)" VISIBLE("household_agency") " AND t.household_no = "
										  "%lld AND t.agency_id = (SELECT id "
										  "FROM agency WHERE hmis_id = 'O2')",
				    (long long)household)));
}

static void they_part_and_stay_apart(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct split_done done;
	struct household_view page;
	open_scene(s, &w);
	holds_region(&w);
	int64_t family = home_of(s, "C2");
	int64_t start = store_number(s, "SELECT start" VISIBLE("listing"));
	struct str id = split(&w, APART_SAFETY);
	assert_ok(s, app_household_split_done(w.c, id, &done));
	assert_true(done.safety && done.can_undo && !done.ended);
	/* Who stays keeps the number; who leaves, the head with her child, has a new one and a code of her own. */
	assert_int_equal(home_of(s, "C2"), family);
	assert_int_not_equal(home_of(s, "C1"), family);
	assert_int_equal(home_of(s, "C3"), home_of(s, "C1"));
	assert_int_equal(store_number(s, "SELECT count(DISTINCT code) FROM household"), 2);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing") " AND t.region_id = 'r1' AND status = 1"),
			 2);
	assert_int_equal(store_number(s, "SELECT min(start)" VISIBLE("listing")), start);
	assert_int_equal(store_number(s, "SELECT max(start)" VISIBLE("listing")), start);
	/* The page of who stays shows one person, and nothing of the others. */
	assert_ok(s, app_household_page(w.c, w.family, &page));
	assert_int_equal(page.members_n, 1);
	assert_ok(s, app_household_page(w.c, done.new_id, &page));
	assert_int_equal(page.members_n, 2);

	/* An import that still has them as one household does not join them; its later rows are of one half alone. */
	struct import_view v;
	import_apply(s, export_write(s, &later, after), &v);
	assert_int_equal(home_of(s, "C2"), family);
	assert_int_not_equal(home_of(s, "C1"), family);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing")), 2);
	assert_int_equal(served_by_fen_help(s, family), 0);
	assert_int_equal(served_by_fen_help(s, home_of(s, "C1")), 1);
	/* New facts came. */
	assert_err(s, ERR_CONFLICT, app_household_split_undo(w.c, id)); /* new facts came */
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'household.split' AND noun_id = "
					 "'family'"),
			 1);
	close_scene(&w);
}

static void it_is_taken_back(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct split_done done;
	open_scene(s, &w);
	holds_region(&w);
	assert_ok(s, app_cycle_start(w.c, (struct worklist_ref){.region_id = S("r1")}, 10, 0));
	int64_t family = home_of(s, "C2");
	struct str id = split(&w, APART_MISTAKE);
	assert_int_equal(store_number(s, "SELECT count(*) FROM cycle_household WHERE left_as IS NULL"), 2);
	/* Another agency reaches nothing of it. */
	struct call other = *w.c;
	other.actor.agency_id = S("another");
	assert_err(s, ERR_MISSING, app_household_split_done(&other, id, &done));
	assert_err(s, ERR_MISSING, app_household_split_undo(&other, id));
	other = *w.c;
	other.today = day_add(w.c->today, APART_UNDO_DAYS + 1);
	assert_err(s, ERR_CONFLICT, app_household_split_undo(&other, id));
	assert_ok(s, app_household_split_undo(w.c, id));
	for (int i = 0; i < 3; i++)
		assert_int_equal(home_of(s, (const char *[]){"C1", "C2", "C3"}[i]), family);
	assert_int_equal(store_number(s, "SELECT count(*)" VISIBLE("listing")), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM cycle_household WHERE left_as IS NULL"), 1);
	assert_err(s, ERR_CONFLICT, app_household_split_undo(w.c, id));
	/* And they can part again. */
	id = split(&w, APART_MOVED);
	w.c->now.ms += 1000;
	store_force(s, "INSERT INTO household_entry (household_no, item, no, at, by_id, newest) SELECT household_no, "
		       "'needs', 1, 4000000000000, 'u1', 1 FROM household WHERE id = 'family'");
	assert_err(s, ERR_CONFLICT, app_household_split_undo(w.c, id)); /* something new was written down */
	close_scene(&w);
}

static void who_may_and_what_is_refused(void **state)
{
	struct store *s = *state;
	struct scene w;
	struct str id;
	struct split_page page;
	open_scene(s, &w);
	int64_t everybody[] = {client(s, "C1"), client(s, "C2"), client(s, "C3"), 999};
	struct split_new n = {w.family, everybody, 1, APART_MOVED};
	assert_err(s, ERR_DENIED, app_household_split(w.c, &n, &id)); /* holds another list */
	assert_err(s, ERR_DENIED, app_household_split_page(w.c, w.family, &page));
	holds_region(&w);
	assert_ok(s, app_household_split_page(w.c, w.family, &page));
	assert_int_equal(page.members_n, 3);
	n.leaving_n = 0;
	assert_err(s, ERR_INVALID, app_household_split(w.c, &n, &id));
	n.leaving_n = 3;
	assert_err(s, ERR_INVALID, app_household_split(w.c, &n, &id));
	n.leaving = everybody + 2;
	n.leaving_n = 2;
	assert_err(s, ERR_INVALID, app_household_split(w.c, &n, &id));
	n.household_id = S("nobody");
	assert_err(s, ERR_MISSING, app_household_split(w.c, &n, &id));
	assert_int_equal(store_number(s, "SELECT count(*) FROM household"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM household_split"), 0);
	static const enum role no_part[] = {ROLE_LEAD, ROLE_ADMINISTRATOR};
	for (size_t i = 0; i < 2; i++) {
		w.c->actor.role = no_part[i];
		assert_err(s, ERR_MISSING, app_household_split_page(w.c, w.family, &page));
	}
	close_scene(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(they_part_and_stay_apart),
		BOTH(it_is_taken_back),
		BOTH(who_may_and_what_is_refused),
	};
	return cmocka_run_group_tests_name("household_split", tests, NULL, NULL);
}
