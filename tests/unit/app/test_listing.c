/* What stands behind a row of the list beside the rules: who serves a household, what the newest export does
 * not have, what people decided about it, and who is found. On both engines. */
#include "import_fixture.h"

#include <string.h>

#include "app/gone.h"
#include "app/list_image.h"
#include "app/listing.h"
#include "app/setting.h"
#include "domain/flag.h"

#define VISIBLE " from_import <= (SELECT import_no FROM hmis_now) AND to_import > (SELECT import_no FROM hmis_now) "

static int64_t visible(struct store *s, const char *table, const char *where)
{
	return store_number(s, str_c(s->a, str_fmt(s->a, "SELECT count(*) FROM %s WHERE" VISIBLE "%s", table, where)));
}

static const struct export_head *head_of(struct store *s, const char *day, int directive)
{
	struct export_head *head = arena_one(s->a, struct export_head);
	*head = (struct export_head){
		.source = "S1",
		.date = str_c(s->a, str_fmt(s->a, "2026-%s 12:00:00", day)),
		.start = "2024-01-01",
		.end = "2026-12-31",
		.directive = directive,
		.hash = 1,
	};
	return head;
}

#define ORGANIZATIONS                                                                                                  \
	{                                                                                                              \
		"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"                            \
	}
#define PROJECTS                                                                                                       \
	{                                                                                                              \
		"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"                               \
	}
#define CLIENT_1 "C1,Wren,,Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"
#define CLIENT_2 "C2,Flint,,Marrow,900777777,1971-07-07,0,2026-07-02 09:00:00,\n"
#define STAY_1 "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"
#define STAY_2 "E2,C2,P1,2026-07-01,H2,1,116,2026-07-02 09:00:00,\n"

static const struct export_file both[] = {ORGANIZATIONS,
					  PROJECTS,
					  {"Client.csv", CLIENT CLIENT_1 CLIENT_2},
					  {"Enrollment.csv", ENROLLMENT STAY_1 STAY_2},
					  {0}};
static const struct export_file first_alone[] = {
	ORGANIZATIONS, PROJECTS, {"Client.csv", CLIENT CLIENT_1}, {"Enrollment.csv", ENROLLMENT STAY_1}, {0}};

static void import(struct store *s, const char *day, const struct export_file *files)
{
	struct import_view v;
	import_apply(s, export_write(s, head_of(s, day, 2), files), &v);
}

static int64_t flagged(struct store *s)
{
	int64_t n = 0;
	for (int64_t no = 1; no <= 2; no++)
		n += store_number(
			     s, str_c(s->a,
				      str_fmt(s->a, "SELECT flags FROM listing WHERE" VISIBLE "AND household_no = %lld",
					      (long long)no))) &
				     FLAG_GONE
			     ? no
			     : 0;
	return n;
}

/* The pictures of the list that the call at hand takes; freed when it is done. */
static struct list_cache *lists;

static struct call *as_user(struct store *s, enum role role, const char *region)
{
	struct call *c = import_operator(s);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = lists = list_cache_new();
	c->app = app;
	c->actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = role, .region_id = str_from(region)};
	c->shown.arena = s->a;
	return c;
}

static void add_holder(struct store *s)
{
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1')");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at, region_id) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'list-holder', 'x', 0, 0, 'r1')");
	store_force(s, "UPDATE household SET id = 'two' WHERE household_no = 2");
}

static void decide(struct store *s, enum household_mark kind)
{
	struct call *c = as_user(s, ROLE_LIST_HOLDER, "r1");
	struct household_mark_new m = {
		.household_id = S("two"),
		.kind = kind,
		.day = c->today,
		.reason = pii_new(s->a, S("Seen at the pantry this week.")),
	};
	assert_ok(s, app_household_mark(c, &m));
	list_cache_free(&lists);
}

static size_t waits(struct store *s)
{
	struct call *c = as_user(s, ROLE_LIST_HOLDER, "r1");
	struct gone_view v;
	assert_ok(s, app_gone(c, &v));
	list_cache_free(&lists);
	assert_int_equal(v.lines_n, v.total);
	if (v.total == 1) {
		char day[DAY_TEXT];
		assert_true(str_eq(v.lines[0].source, S("An invented HMIS")));
		assert_string_equal(day_text(v.lines[0].since, day), "2026-08-20");
		assert_true(str_eq(v.lines[0].face.id, S("two")));
		assert_false(v.lines[0].face.named); /* of no region: coded to everybody */
	}
	return v.total;
}

static void test_gone_waits_for_a_person(void **state)
{
	struct store *s = *state;
	import(s, "08-10", both);
	add_holder(s);
	assert_int_equal(flagged(s), 0);
	assert_int_equal(waits(s), 0);
	import(s, "08-20", first_alone);
	assert_int_equal(flagged(s), 2);
	assert_int_equal(waits(s), 1);
	/* A new day makes the same list from the database. */
	struct call *c = import_operator(s);
	assert_ok(s, app_listing_refresh(c, day_add(c->today, 1)));
	assert_int_equal(flagged(s), 2);
	decide(s, MARK_HERE);
	assert_int_equal(flagged(s), 0);
	assert_int_equal(waits(s), 0);
	import(s, "08-21", first_alone); /* still absent, and decided */
	assert_int_equal(flagged(s), 0);
	import(s, "08-22", both); /* back … */
	assert_int_equal(flagged(s), 0);
	import(s, "08-23", first_alone); /* … and gone again, after what was decided */
	assert_int_equal(flagged(s), 2);
	decide(s, MARK_MOVED_AWAY);
	assert_int_equal(flagged(s), 0);
	import(s, "08-24", both);
	assert_int_equal(flagged(s), 0);
}

static void test_gone_comes_back_by_itself(void **state)
{
	struct store *s = *state;
	import(s, "08-10", both);
	add_holder(s);
	import(s, "08-20", first_alone);
	assert_int_equal(flagged(s), 2);
	import(s, "08-21", both);
	assert_int_equal(flagged(s), 0);
	assert_int_equal(waits(s), 0);
}

/* The client is there, one of two enrollments is not. */
static void test_gone_enrollment(void **state)
{
	static const struct export_file two[] = {
		ORGANIZATIONS,
		PROJECTS,
		{"Client.csv", CLIENT CLIENT_1 CLIENT_2},
		{"Enrollment.csv", ENROLLMENT STAY_1 STAY_2 "E3,C2,P1,2026-07-20,H3,1,116,2026-07-21 09:00:00,\n"},
		{0}};
	struct store *s = *state;
	import(s, "08-10", two);
	import(s, "08-20", both);
	assert_int_equal(visible(s, "enrollment", "AND gone = 1"), 1);
	assert_int_equal(flagged(s), 2);
}

static void test_gone_is_for_list_holders(void **state)
{
	struct store *s = *state;
	static const enum role others[] = {ROLE_SPECIALIST, ROLE_PROVIDER, ROLE_LEAD, ROLE_ADMINISTRATOR};
	struct gone_view v;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct call *c = as_user(s, others[i], "");
		assert_err(s, ERR_DENIED, app_gone(c, &v));
		list_cache_free(&lists);
	}
}

/* An agency serves a household with an open enrollment; after an exit it hands over for some days. */
static void test_handover(void **state)
{
	static const struct {
		const char *days; /* setting handover_days */
		int left;         /* days since the exit */
		int served;
	} rows[] = {{NULL, 0, 1}, {NULL, 30, 1}, {NULL, 31, 0}, {"0", 0, 1}, {"0", 1, 0}, {"60", 60, 1}, {"60", 61, 0}};
	struct store *s = *state;
	struct call *c = import_operator(s);
	import(s, "08-10",
	       (const struct export_file[]){ORGANIZATIONS,
					    PROJECTS,
					    {"Client.csv", CLIENT CLIENT_1},
					    {"Enrollment.csv", ENROLLMENT STAY_1},
					    {"Exit.csv", EXIT "X1,E1,C1,2026-08-01,30,2026-08-01 09:00:00,\n"},
					    { 0 }});
	struct day exit;
	assert_true(day_parse(S("2026-08-01"), &exit));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		store_force(s, "DELETE FROM setting WHERE key = 'handover_days'");
		if (rows[i].days != NULL)
			assert_ok(s, app_setting_put(c, S("handover_days"), str_from(rows[i].days)));
		assert_ok(s, app_listing_refresh(c, day_add(exit, rows[i].left)));
		assert_int_equal(visible(s, "household_agency", ""), rows[i].served);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_gone_waits_for_a_person),
		BOTH(test_gone_comes_back_by_itself),
		BOTH(test_gone_enrollment),
		BOTH(test_gone_is_for_list_holders),
		BOTH(test_handover),
	};
	return cmocka_run_group_tests_name("listing", tests, NULL, NULL);
}
