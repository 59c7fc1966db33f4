/* Assessed but not listed, from an export to the page and onto the list. On both engines. */
#include "import_fixture.h"

#include "app/household_page.h"
#include "app/list.h"
#include "app/list_image.h"
#include "app/listing.h"
#include "app/omission.h"
#include "store/q_agency.h"

#define ASSESSMENT                                                                                                     \
	"AssessmentID,EnrollmentID,PersonalID,AssessmentDate,AssessmentType,AssessmentLevel,PrioritizationStatus,"     \
	"DateUpdated,DateDeleted\n"

static struct list_cache *lists;

/* Wren is in a shelter, Flint was assessed and came from friends. */
static void begin(struct store *s)
{
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},
		{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"
					"P2,O1,Millpond Entry,14,2026-01-01 00:00:00,\n"},
		{"Client.csv", CLIENT "C1,Wren,,Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"
				      "C2,Flint,,Marrow,900777777,1971-07-07,0,2026-07-02 09:00:00,\n"},
		{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"
					      "E2,C2,P2,2026-07-01,H2,1,336,2026-07-02 09:00:00,\n"},
		{"Assessment.csv", ASSESSMENT "A1,E2,C2,2026-07-03,3,2,2,2026-07-03 09:00:00,\n"},
		{0}};
	struct import_view v;
	lists = list_cache_new();
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1'), ('r2', 2, 'Region 2')");
	store_force(s, "INSERT INTO county (name, region_id) VALUES ('Maple', 'r1')");
	store_force(s, "INSERT INTO project_county (project_id, county) VALUES ('P1', 'Maple'), ('P2', 'Maple')");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at, region_id) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'list-holder', 'x', 0, 0, 'r1')");
	import_apply(s,
		     export_write(s,
				  &(struct export_head){.source = "S1",
							.date = "2026-08-10 12:00:00",
							.start = "2024-01-01",
							.end = "2026-12-31",
							.directive = 2,
							.hash = 1},
				  files),
		     &v);
	assert_int_equal(v.households_after, 1); /* nobody else is on the list */
	store_force(s, "UPDATE household SET id = 'two' WHERE household_no = 2");
}

static struct call *as_user(struct store *s, enum role role, struct str agency, const char *region)
{
	struct call *c = import_operator(s);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = lists;
	c->app = app;
	c->actor = (struct actor){.kind = ACTOR_USER,
				  .id = S("u1"),
				  .role = role,
				  .agency_id = agency,
				  .region_id = str_from(region),
				  .cover = SIGNED_EVERYWHERE};
	c->shown.arena = s->a;
	return c;
}

static err_t find_agency(struct db *db, struct arena *a, void *ctx)
{
	bool found;
	return q_agency_by_name(db, a, S("Millpond Aid"), ctx, &found);
}

static size_t missing(struct store *s, enum role role, struct str agency, const char *region)
{
	struct omissions_view v;
	assert_ok(s, app_omissions(as_user(s, role, agency, region), S(""), &v));
	assert_int_equal(v.lines_n, v.total);
	return v.total;
}

/* The number beside the lanes of region one's list. */
static int64_t told_on_the_list(struct store *s, enum role role, const char *region, enum policy_kind opening)
{
	struct list_view v;
	const struct list_query q = {.region = S("r1"), .as_of = DAY_NONE, .page = 1, .opening = opening};
	assert_ok(s, app_list(as_user(s, role, S("holders"), region), &q, &v));
	return v.omitted;
}

static void somebody_is_missing(void **state)
{
	struct store *s = *state;
	struct omissions_view v;
	char day[DAY_TEXT];
	begin(s);
	struct call *holder = as_user(s, ROLE_LIST_HOLDER, S("holders"), "r1");
	assert_ok(s, app_omissions(holder, S(""), &v));
	assert_true(v.whole);
	assert_int_equal(v.groups_n, 1);
	assert_int_equal(v.groups[0].n, 1);
	assert_int_equal(v.lines_n, 1);
	assert_true(str_eq(v.lines[0].face.id, S("two")));
	assert_true(v.lines[0].row == &omission_table[OMITTED_SHELTERED]);
	assert_true(str_eq(v.lines[0].agency, S("Millpond Aid")));
	assert_string_equal(day_text(v.lines[0].day, day), "2026-07-03");
	/* No release: to the list holder a code, like any household. */
	assert_false(v.lines[0].face.named);
	assert_int_equal(v.lines[0].face.hmis_id.n, 0);

	assert_ok(s, app_omissions(holder, S("not_homeless"), &v));
	assert_int_equal(v.lines_n, 1);
	assert_ok(s, app_omissions(holder, S("exited"), &v));
	assert_int_equal(v.lines_n, 0);
	assert_int_equal(v.groups_n, 1);
	assert_err(s, ERR_MISSING, app_omissions(holder, S("nothing"), &v));
	assert_err(s, ERR_DENIED, app_omissions(as_user(s, ROLE_LEAD, S("holders"), "r1"), S(""), &v));

	/* The agency that assessed sees it, another one and the holder of another region do not. */
	struct q_agency_by_name agency = {0};
	assert_ok(s, db_run(s->db, s->a, DB_READ, find_agency, &agency));
	assert_int_equal(missing(s, ROLE_PROVIDER, agency.id, ""), 1);
	assert_int_equal(missing(s, ROLE_PROVIDER, S("other"), ""), 0);
	assert_int_equal(missing(s, ROLE_LIST_HOLDER, S("holders"), "r2"), 0);
	assert_int_equal(told_on_the_list(s, ROLE_LIST_HOLDER, "r1", POLICY_LIST), 1);
	assert_int_equal(told_on_the_list(s, ROLE_LIST_HOLDER, "r2", POLICY_LIST), 0);
	assert_int_equal(told_on_the_list(s, ROLE_PROVIDER, "", POLICY_LIST), 0);
	assert_int_equal(told_on_the_list(s, ROLE_LIST_HOLDER, "r1", POLICY_LIST + 1), 0);

	/* Its page says so. */
	struct household_view page;
	assert_ok(s, app_household_page(as_user(s, ROLE_PROVIDER, agency.id, ""), S("two"), &page));
	assert_true(str_starts(page.omitted, S("Assessed on 3 Jul 2026 by Millpond Aid, and not on the list. ")));
	list_cache_free(&lists);
}

static err_t add(struct store *s, const char *region, bool back)
{
	struct call *c = as_user(s, ROLE_LIST_HOLDER, S("holders"), region);
	const struct household_mark_new m = {
		.household_id = S("two"),
		.kind = MARK_ADD,
		.day = (struct day){c->today.n - 3},
		.reason = pii_new(s->a, S("Sleeps in the car since March.")),
		.take_back = back,
	};
	return app_household_mark(c, &m);
}

static void a_person_adds_them(void **state)
{
	struct store *s = *state;
	begin(s);
	assert_err(s, ERR_DENIED, add(s, "r2", false));
	assert_int_equal(missing(s, ROLE_LIST_HOLDER, S("holders"), "r1"), 1);
	assert_ok(s, add(s, "r1", false));
	assert_int_equal(missing(s, ROLE_LIST_HOLDER, S("holders"), "r1"), 0);
	assert_int_equal(store_number(s, "SELECT count(*) FROM listing WHERE status = 1 AND to_import = 2147483647"),
			 2);
	assert_ok(s, add(s, "r1", true));
	assert_int_equal(missing(s, ROLE_LIST_HOLDER, S("holders"), "r1"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM listing WHERE status = 1 AND to_import = 2147483647"),
			 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM household_mark WHERE kind = 'add'"), 1);
	list_cache_free(&lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {BOTH(somebody_is_missing), BOTH(a_person_adds_them)};
	return cmocka_run_group_tests_name("omission", tests, NULL, NULL);
}
