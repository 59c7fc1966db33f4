/* What stands behind a row of the list beside the rules: who serves a household, what the newest export does
 * not have, what people decided about it, and who is found. On both engines. */
#include "import_fixture.h"

#include <string.h>

#include "app/find.h"
#include "app/gone.h"
#include "app/list_image.h"
#include "app/listing.h"
#include "app/setting.h"
#include "base/buf.h"
#include "base/limit.h"
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
	c->actor = (struct actor){.kind = ACTOR_USER,
				  .id = S("u1"),
				  .role = role,
				  .agency_id = S("holders"),
				  .region_id = str_from(region),
				  .cover = SIGNED_EVERYWHERE};
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

/* Numbers that no table has are damage, and are told as such before anything is made of them. */
static void test_damaged_rows(void **state)
{
	static const char *const damage[] = {
		"status = 7",    "status = -1", "situation = 200",    "months_36 = 37",  "months_36 = -1",
		"score = 40000", "chronic = 4", "household_type = 4", "members = 70000", "flags = 4294967296",
	};
	struct store *s = *state;
	import(s, "08-10", both);
	struct gone_view v;
	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		struct call *c = as_user(s, ROLE_LIST_HOLDER, "r1");
		store_force(s, "CREATE TABLE was AS SELECT * FROM listing");
		store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE listing SET %s WHERE household_no = 1", damage[i])));
		err_t e = app_gone(c, &v);
		assert_non_null(e);
		assert_int_equal(e->class, ERR_INTERNAL);
		assert_non_null(strstr(str_c(s->a, err_describe(s->a, e)), "damaged: listing."));
		store_force(s, "DELETE FROM listing");
		store_force(s, "INSERT INTO listing SELECT * FROM was");
		store_force(s, "DROP TABLE was");
		assert_ok(s, app_gone(c, &v));
		list_cache_free(&lists);
	}
}

/* A household whose facts are masked can be spoken of, and no more. */
static void test_coarse_face(void **state)
{
	(void)state;
	struct household_face face = {
		.visible = true,
		.code = S("Maple 4821"),
		.days_on_list = 823,
		.months_36 = 19,
		.members = 3,
		.age = 34,
		.situation = S("Shelter"),
		.type = S("family of 3"),
		.last_contact = {20000},
		.rank = 5,
	};
	app_household_coarse(&face);
	assert_true(face.coarse);
	assert_int_equal(face.days_on_list, 810);
	assert_int_equal(face.months_36, 18);
	assert_int_equal(face.rank, 5);
	assert_int_equal(face.members, 0);
	assert_int_equal(face.age, -1);
	assert_int_equal(face.situation.n, 0);
	assert_false(day_known(face.last_contact));
	face.days_on_list = -1;
	app_household_coarse(&face);
	assert_int_equal(face.days_on_list, -1);
}

struct found {
	struct call *call;
	size_t n;
	bool more;
};

static err_t find_quandt(struct db *db, struct arena *a, void *ctx)
{
	struct found *f = ctx;
	struct list_image *image;
	int64_t *nos;
	TRY(list_image_take(f->call->app->lists, db, a, &image));
	err_t e = app_find(f->call, db, a, image, S("quandt"), &nos, &f->n, &f->more);
	list_image_give(f->call->app->lists, &image);
	return e;
}

/* Many of one last name: whom the searcher may see is found, however far behind; too many are said to be so. */
static void test_finding_goes_through_all(void **state)
{
	enum { MANY = 260 };
	struct store *s = *state;
	struct buf clients = buf_new(s->a, 1 << 20);
	struct buf stays = buf_new(s->a, 1 << 20);
	buf_lit(&clients, CLIENT);
	buf_lit(&stays, ENROLLMENT);
	for (int i = 0; i < MANY; i++) {
		buf_fmt(&clients, "C%d,Fen%d,,Quandt,,1980-01-01,0,2026-06-02 09:00:00,\n", i, i);
		buf_fmt(&stays, "E%d,C%d,P1,2026-06-01,H%d,1,116,2026-06-02 09:00:00,\n", i, i, i);
	}
	import(s, "08-10",
	       (const struct export_file[]){ORGANIZATIONS,
					    PROJECTS,
					    {"Client.csv", str_c(s->a, buf_text(&clients))},
					    {"Enrollment.csv", str_c(s->a, buf_text(&stays))},
					    { 0 }});
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1')");
	release_all(s);
	/* The last of them is in the holder's region; the others are of no region, and coded. */
	store_force(s, "UPDATE listing SET region_id = 'r1' WHERE household_no = 260");
	struct call *c = as_user(s, ROLE_LIST_HOLDER, "r1");
	struct found f = {.call = c};
	assert_ok(s, db_run(s->db, s->a, DB_READ, find_quandt, &f));
	assert_int_equal(f.n, 1);
	assert_false(f.more);
	list_cache_free(&lists);
	store_force(s, "UPDATE listing SET region_id = 'r1'");
	f.call = as_user(s, ROLE_LIST_HOLDER, "r1");
	assert_ok(s, db_run(s->db, s->a, DB_READ, find_quandt, &f));
	assert_int_equal(f.n, LIMIT_FIND);
	assert_true(f.more);
	list_cache_free(&lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_gone_waits_for_a_person),
		BOTH(test_gone_comes_back_by_itself),
		BOTH(test_gone_enrollment),
		BOTH(test_gone_is_for_list_holders),
		BOTH(test_handover),
		BOTH(test_damaged_rows),
		BOTH(test_finding_goes_through_all),
		cmocka_unit_test(test_coarse_face),
	};
	return cmocka_run_group_tests_name("listing", tests, NULL, NULL);
}
