/* What is to be mended: counts, what came and went with an import, and what a person confirmed. On both engines. */
#include "import_fixture.h"

#include <string.h>

#include "app/household_page.h"
#include "app/list_day.h"
#include "app/list_image.h"
#include "app/listing.h"
#include "app/quality.h"
#include "store/q_agency.h"

static const struct export_head *head_of(struct store *s, const char *day)
{
	struct export_head *head = arena_one(s->a, struct export_head);
	*head = (struct export_head){
		.source = "S1",
		.date = str_c(s->a, str_fmt(s->a, "2026-%s 12:00:00", day)),
		.start = "2024-01-01",
		.end = "2026-12-31",
		.directive = 2,
		.hash = 1,
	};
	return head;
}

/* Two people in a shelter, of whom nobody was asked about a disability. */
static void import(struct store *s, const char *day, const char *stays)
{
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},
		{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"},
		{"Client.csv", CLIENT "C1,Wren,,Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"
				      "C2,Flint,,Marrow,900777777,1971-07-07,0,2026-07-02 09:00:00,\n"},
		{"Enrollment.csv", stays},
		{0}};
	struct import_view v;
	import_apply(s, export_write(s, head_of(s, day), files), &v);
}
#define FIRST "E1,C1,P1,2026-06-01,H1,1,116,2026-06-02 09:00:00,\n"
#define BEFORE ENROLLMENT FIRST "E2,C2,P1,2026-07-01,H2,1,99,2026-07-02 09:00:00,\n"
#define MENDED ENROLLMENT FIRST "E2,C2,P1,2026-07-01,H2,1,116,2026-08-12 09:00:00,\n"

static struct list_cache *lists;

static struct call *as_user(struct store *s, enum role role, struct str agency)
{
	struct call *c = import_operator(s);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = lists;
	c->app = app;
	c->actor = (struct actor){
		.kind = ACTOR_USER, .id = S("u1"), .role = role, .agency_id = agency, .cover = SIGNED_EVERYWHERE};
	if (role == ROLE_LIST_HOLDER) {
		c->actor.region_id = S("r1");
		c->actor.agency_id = S("holders");
	}
	c->shown.arena = s->a;
	return c;
}

static void begin(struct store *s)
{
	lists = list_cache_new();
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1')");
	store_force(s, "INSERT INTO county (name, region_id) VALUES ('Maple', 'r1')");
	store_force(s, "INSERT INTO project_county (project_id, county) VALUES ('P1', 'Maple')");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at, region_id) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'list-holder', 'x', 0, 0, 'r1')");
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		       "('holders', 'Holders Aid', 'provider', 0, 0)");
	import(s, "08-10", BEFORE);
	release_all(s); /* so that the list holder reads what is said of them */
	store_force(s, "UPDATE household SET id = 'one' WHERE household_no = 1");
	store_force(s, "UPDATE household SET id = 'two' WHERE household_no = 2");
}

static err_t find_agency(struct db *db, struct arena *a, void *ctx)
{
	bool found;
	return q_agency_by_name(db, a, S("Millpond Aid"), ctx, &found);
}

static struct str agency(struct store *s)
{
	struct q_agency_by_name row = {0};
	assert_ok(s, db_run(s->db, s->a, DB_READ, find_agency, &row));
	return row.id;
}

static struct quality_line line_of(struct store *s, struct call *c, const char *word)
{
	struct quality_view v;
	assert_ok(s, app_quality(c, &v));
	for (size_t i = 0; i < v.lines_n; i++)
		if (strcmp(v.lines[i].flag->word, word) == 0)
			return v.lines[i];
	return (struct quality_line){0};
}

static err_t confirm(struct call *c, const char *household, const char *word, bool back)
{
	return app_quality_confirm(c, str_from(household), str_from(word),
				   pii_new(c->arena, S("Asked twice; wishes not to say.")), back);
}

static void test_counts(void **state)
{
	struct store *s = *state;
	begin(s);
	struct call *holder = as_user(s, ROLE_LIST_HOLDER, S(""));
	struct quality_line prior = line_of(s, holder, "prior");
	assert_int_equal(prior.n, 1);
	assert_int_equal(prior.fresh, 1);
	assert_int_equal(prior.agencies_n, 1);
	assert_true(str_eq(prior.agencies[0].name, S("Millpond Aid")));
	assert_int_equal(day_diff(holder->today, prior.due), 14); /* no meeting is planned */
	assert_int_equal(line_of(s, holder, "disability").n, 2);
	/* Mended in the HMIS: it is gone by itself, and said. */
	import(s, "08-20", MENDED);
	prior = line_of(s, as_user(s, ROLE_LIST_HOLDER, S("")), "prior");
	assert_int_equal(prior.n, 0);
	assert_int_equal(prior.fresh, 0);
	assert_int_equal(prior.mended, 1);
	/* An agency sees its own, another one nothing, and who sees no list nothing at all. */
	assert_int_equal(line_of(s, as_user(s, ROLE_PROVIDER, agency(s)), "disability").n, 2);
	assert_int_equal(line_of(s, as_user(s, ROLE_PROVIDER, S("other")), "disability").n, 0);
	struct quality_view v;
	assert_err(s, ERR_DENIED, app_quality(as_user(s, ROLE_LEAD, agency(s)), &v));
	list_cache_free(&lists);
}

static void test_confirmed(void **state)
{
	struct store *s = *state;
	begin(s);
	struct call *provider = as_user(s, ROLE_PROVIDER, agency(s));
	assert_err(s, ERR_DENIED, confirm(as_user(s, ROLE_PROVIDER, S("other")), "two", "disability", false));
	assert_err(s, ERR_DENIED, confirm(as_user(s, ROLE_LEAD, agency(s)), "two", "disability", false));
	assert_err(s, ERR_INVALID, confirm(provider, "two", "no_score", false)); /* only a score answers it */
	assert_err(s, ERR_CONFLICT, confirm(provider, "two", "twice", false));   /* it has none */
	assert_err(s, ERR_MISSING, confirm(provider, "nobody", "disability", false));
	assert_err(s, ERR_MISSING, confirm(provider, "two", "nothing", false));
	assert_err(s, ERR_CONFLICT, confirm(provider, "two", "disability", true));

	assert_ok(s, confirm(provider, "two", "disability", false));
	struct quality_line line = line_of(s, provider, "disability");
	assert_int_equal(line.n, 1);
	assert_int_equal(line.confirmed, 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'flag.confirm'"), 1);
	struct quality_flag_view one;
	assert_ok(s, app_quality_flag(provider, S("disability"), &one));
	assert_int_equal(one.lines_n, 2);
	assert_true(one.lines[1].silent);
	assert_true(str_eq(one.lines[1].face.id, S("two")));
	assert_true(str_eq(one.lines[1].by, S("Lee Holder")));
	assert_true(str_eq(one.lines[1].reason, S("Asked twice; wishes not to say.")));

	/* The next import says nothing new about it: silent. Another answer of that entry: it is asked again. */
	import(s, "08-15", BEFORE);
	assert_int_equal(line_of(s, provider, "disability").n, 1);
	import(s, "08-20", MENDED);
	assert_int_equal(line_of(s, provider, "disability").n, 2);

	assert_ok(s, confirm(provider, "two", "disability", false));
	assert_int_equal(line_of(s, provider, "disability").n, 1);
	assert_ok(s, confirm(provider, "two", "disability", true));
	assert_int_equal(line_of(s, provider, "disability").n, 2);
	assert_int_equal(line_of(s, provider, "disability").confirmed, 0);
	list_cache_free(&lists);
}

static struct quality_items items;
static struct household_view page;

static err_t look(struct store *s, struct call *c, const char *household)
{
	TRY(app_household_page(c, str_from(household), &page));
	items = page.flags;
	(void)s;
	return NULL;
}

static const struct quality_item *item_of(const char *word)
{
	for (size_t i = 0; i < items.list_n; i++)
		if (strcmp(items.list[i].flag->word, word) == 0)
			return &items.list[i];
	return NULL;
}

/* The same on the household's page, where somebody takes a flag on; and before the region's conference. */
static void test_mending(void **state)
{
	struct store *s = *state;
	begin(s);
	struct call *holder = as_user(s, ROLE_LIST_HOLDER, S(""));
	assert_ok(s, look(s, holder, "two"));
	assert_true(items.may && item_of("disability")->can_confirm && !item_of("no_score")->can_confirm);
	assert_int_equal(day_diff(holder->today, items.due), 14);
	assert_err(s, ERR_DENIED, app_quality_mend(as_user(s, ROLE_LEAD, S("")), S("two"), S("no_score"), false));
	assert_err(s, ERR_MISSING, app_quality_mend(holder, S("two"), S("nothing"), false));
	assert_err(s, ERR_CONFLICT, app_quality_mend(holder, S("two"), S("twice"), false));
	assert_ok(s, app_quality_mend(holder, S("two"), S("no_score"), false));
	assert_ok(s, look(s, holder, "two"));
	assert_true(item_of("no_score")->mine && str_eq(item_of("no_score")->mender, S("Lee Holder")));
	assert_int_equal(item_of("disability")->mender.n, 0);

	assert_ok(s, confirm(holder, "two", "disability", false));
	assert_ok(s, look(s, holder, "two"));
	assert_true(item_of("disability")->silent && str_eq(item_of("disability")->by, S("Lee Holder")));
	assert_true(str_eq(items.list[items.list_n - 1].reason, S("Asked twice; wishes not to say.")));
	/* Another agency reads a code: it may not act on it, nor learn why, nor whose it was last. */
	assert_ok(s, look(s, as_user(s, ROLE_PROVIDER, S("other")), "two"));
	assert_false(items.may || item_of("disability")->can_confirm);
	assert_int_equal(item_of("disability")->reason.n, 0);
	assert_int_equal(items.agency.n, 0);

	/* Nobody is on it for ever. */
	holder = as_user(s, ROLE_LIST_HOLDER, S(""));
	holder->now.ms += (int64_t)31 * 86400000;
	assert_ok(s, look(s, holder, "two"));
	assert_int_equal(item_of("no_score")->mender.n, 0);
	holder = as_user(s, ROLE_LIST_HOLDER, S(""));
	assert_ok(s, app_quality_mend(holder, S("two"), S("no_score"), true));
	assert_ok(s, look(s, holder, "two"));
	assert_false(item_of("no_score")->mine);
	list_cache_free(&lists);
}

static void test_ready(void **state)
{
	struct store *s = *state;
	struct quality_ready v;
	begin(s);
	struct call *holder = as_user(s, ROLE_LIST_HOLDER, S(""));
	assert_ok(s, app_quality_ready(holder, (struct worklist_ref){.region_id = S("r1")}, &v));
	assert_int_equal(v.seats_n, 0);
	assert_false(day_known(v.meeting));
	store_force(s, "INSERT INTO cycle (id, region_id, number, started_at, size, goal, started_by) "
		       "VALUES ('c1', 'r1', 1, 0, 10, 0, 'u1')");
	store_force(s, "INSERT INTO cycle_household (id, cycle_id, household_no, joined_as, joined_at, joined_by) "
		       "VALUES ('s1', 'c1', 2, 'start', 0, 'u1')");
	store_force(s, str_c(s->a, str_fmt(s->a,
					   "INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, "
					   "minutes, household_seconds, facilitator_id, scribe_id, state, part, "
					   "planned_at, planned_by) VALUES ('k1', "
					   "'r1', 'c1', 'highest', %d, 0, 60, 210, 'u1', 'u1', 'planned', 0, 0, 'u1')",
					   holder->today.n + 5)));
	assert_ok(s, app_quality_mend(holder, S("two"), S("no_score"), false));
	assert_ok(s, app_quality_ready(holder, (struct worklist_ref){.region_id = S("r1")}, &v));
	assert_int_equal(day_diff(holder->today, v.meeting), 5);
	assert_int_equal(day_diff(holder->today, v.due), 4);
	assert_int_equal(v.seats_n, 1);
	assert_true(str_eq(v.seats[0].face.id, S("two")));
	items = v.seats[0].items;
	assert_true(str_eq(item_of("no_score")->mender, S("Lee Holder")));
	assert_int_equal(v.agencies_n, 1);
	assert_true(str_eq(v.agencies[0].agency, S("Millpond Aid")));
	assert_int_equal(v.agencies[0].seats, 1);
	assert_int_equal(v.agencies[0].households, 2);
	assert_err(s, ERR_MISSING, app_quality_ready(holder, (struct worklist_ref){.region_id = S("r9")}, &v));
	assert_err(s, ERR_DENIED,
		   app_quality_ready(as_user(s, ROLE_PROVIDER, S("other")), (struct worklist_ref){.region_id = S("r1")},
				     &v));
	assert_err(s, ERR_DENIED,
		   app_quality_ready(as_user(s, ROLE_LEAD, S("")), (struct worklist_ref){.region_id = S("r1")}, &v));
	list_cache_free(&lists);
}

/* A shelter long ago, silence, and back: the status holds since the return, on the list and on that of another day;
 * somebody nobody has heard of for longer than the limit is asked after, again after as long. */
static void test_status_since(void **state)
{
	struct store *s = *state;
	lists = list_cache_new();
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},
		{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"},
		{"Client.csv", CLIENT "C1,Wren,,Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"
				      "C2,Flint,,Marrow,900777777,1971-07-07,0,2026-07-02 09:00:00,\n"},
		{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2025-02-01,H1,1,116,2026-06-02 09:00:00,\n"
					      "E2,C2,P1,2025-02-01,H2,1,116,2026-06-02 09:00:00,\n"
					      "E3,C1,P1,2026-06-01,H3,1,116,2026-06-02 09:00:00,\n"},
		{"Exit.csv", EXIT "X1,E1,C1,2025-03-01,30,2026-06-02 09:00:00,\n"
				  "X2,E2,C2,2025-03-01,30,2026-06-02 09:00:00,\n"},
		{0}};
	struct import_view v;
	struct day back;
	struct day silent;
	struct day other;
	assert_true(day_from_ymd(2026, 6, 1, &back) && day_from_ymd(2025, 4, 30, &silent) &&
		    day_from_ymd(2026, 7, 1, &other));
	import_apply(s, export_write(s, head_of(s, "08-10"), files), &v);
	assert_int_equal(store_number(s, "SELECT since FROM listing WHERE status = 1 AND to_import > 1000"), back.n);
	assert_int_equal(store_number(s, "SELECT since FROM listing WHERE status = 2 AND to_import > 1000"), silent.n);
	struct call *holder = as_user(s, ROLE_LIST_HOLDER, S(""));
	struct list_image *image;
	assert_ok(s, list_day_take(holder, other, &image));
	for (size_t i = 0; i < image->n; i++)
		assert_int_equal(image->rows[i].since.n, image->rows[i].status == STATUS_ACTIVE ? back.n : silent.n);
	assert_int_equal(image->n, 2);
	list_image_give(lists, &image);
	assert_int_equal(line_of(s, holder, "stale_status").n, 1);
	store_force(s, "UPDATE household SET id = 'stale' WHERE household_no = (SELECT household_no FROM listing "
		       "WHERE status = 2 AND to_import > 1000)");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'list-holder', 'x', 0, 0)");
	list_cache_free(&lists);
	lists = list_cache_new();
	holder = as_user(s, ROLE_LIST_HOLDER, S(""));
	assert_ok(s, confirm(holder, "stale", "stale_status", false));
	assert_int_equal(line_of(s, holder, "stale_status").n, 0);
	assert_int_equal(line_of(s, holder, "stale_status").confirmed, 1);
	assert_ok(s, app_listing_refresh(import_operator(s), day_add(holder->today, 90)));
	assert_int_equal(line_of(s, as_user(s, ROLE_LIST_HOLDER, S("")), "stale_status").n, 1);
	list_cache_free(&lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_counts), BOTH(test_confirmed), BOTH(test_status_since), BOTH(test_mending), BOTH(test_ready),
	};
	return cmocka_run_group_tests_name("quality", tests, NULL, NULL);
}
