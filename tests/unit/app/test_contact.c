/* Contact with a household: what the list says of it at once and when it is derived anew, who writes it and who takes
 * it back. On both engines. */
#include "import_fixture.h"

#include "app/contact.h"
#include "app/household.h"
#include "app/list_image.h"
#include "domain/flag.h"
#include "domain/spell.h"

enum { SEEN_AGO = 100 };

static struct list_cache *lists;

static struct call *as_user(struct store *s, const char *user, enum role role, const char *agency)
{
	struct call *c = import_operator(s);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = lists;
	c->app = app;
	c->actor = (struct actor){.kind = ACTOR_USER,
				  .id = str_from(user),
				  .role = role,
				  .agency_id = str_from(agency),
				  .cover = SIGNED_EVERYWHERE};
	if (role == ROLE_LIST_HOLDER)
		c->actor.region_id = S("r1");
	c->shown.arena = s->a;
	return c;
}

static const char *day_before(struct store *s, int days)
{
	char day[DAY_TEXT];
	return str_c(s->a, str_from(day_text(day_add(import_operator(s)->today, -days), day)));
}

/* One person whom outreach met long ago, and who is inactive for it. */
static struct call *begin(struct store *s)
{
	const struct export_head head = {.source = "S1",
					 .date = "2026-08-10 12:00:00",
					 .start = "2024-01-01",
					 .end = "2026-12-31",
					 .directive = 2,
					 .hash = 1};
	const char *then = day_before(s, SEEN_AGO);
	const char *entry = str_c(
		s->a, str_fmt(s->a, ENROLLMENT "E1,C1,P1,%s,H1,1,116,2026-07-02 09:00:00,\n", day_before(s, 300)));
	const char *seen = str_c(s->a, str_fmt(s->a, SITUATION "L1,E1,C1,%s,116,2026-07-02 09:00:00,\n", then));
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},
		{"Project.csv", PROJECT "P1,O1,Millpond Street Team,4,2026-01-01 00:00:00,\n"},
		{"Client.csv", CLIENT "C1,Wren,,Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"},
		{"Enrollment.csv", entry},
		{"CurrentLivingSituation.csv", seen},
		{0}};
	struct import_view v;
	lists = list_cache_new();
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider, hmis_id) VALUES "
		       "('millpond', 'Millpond Aid', 'provider', 0, 0, 'O1'), "
		       "('holders', 'Holders Aid', 'provider', 0, 0, NULL)");
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1')");
	store_force(s, "INSERT INTO county (name, region_id) VALUES ('Maple', 'r1')");
	store_force(s, "INSERT INTO project_county (project_id, county) VALUES ('P1', 'Maple')");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at, region_id) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'list-holder', 'x', 0, 0, 'r1'), "
		       "('u2', 'dana', 'Dana Cole', 'provider', 'x', 0, 0, NULL)");
	import_apply(s, export_write(s, &head, files), &v);
	release_all(s);
	store_force(s, "UPDATE household SET id = 'one'");
	return as_user(s, "u1", ROLE_LIST_HOLDER, "holders");
}

static int64_t listed(struct store *s, const char *column)
{
	return store_number(s, str_c(s->a, str_fmt(s->a, "SELECT %s FROM listing WHERE to_import > 1000", column)));
}

static err_t log_it(struct call *c, enum contact_way way, int ago, const char *said)
{
	const struct contact_new n = {way, PLACE_STREET, day_add(c->today, -ago), pii_new(c->arena, str_from(said))};
	return app_contact_log(c, S("one"), &n);
}

/* What a page says of the last contact, days ago. */
static int heard(struct store *s, struct call *c)
{
	struct contact_view v;
	assert_ok(s, app_contact(c, S("one"), &v));
	return day_diff(v.face.last_contact, c->today);
}

static void a_try_changes_nothing(void **state)
{
	struct store *s = *state;
	struct contact_view v;
	struct call *c = begin(s);
	assert_int_equal(listed(s, "status"), STATUS_INACTIVE);
	assert_int_equal(heard(s, c), SEEN_AGO);
	assert_ok(s, log_it(c, CONTACT_TRIED, 0, "At the bridge, nobody there"));
	assert_int_equal(heard(s, c), SEEN_AGO);
	assert_int_equal(listed(s, "status"), STATUS_INACTIVE);
	assert_ok(s, app_listing_refresh(import_operator(s), c->today));
	assert_int_equal(heard(s, c), SEEN_AGO);
	assert_ok(s, app_contact(c, S("one"), &v));
	assert_int_equal(v.lines_n, 1);
	assert_true(str_eq(v.lines[0].words, S("At the bridge, nobody there")));
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'contact.log'"), 1);
	list_cache_free(&lists);
}

static void who_is_heard_from_is_active_at_once(void **state)
{
	struct store *s = *state;
	struct call *c = begin(s);
	int64_t start = listed(s, "start");
	int64_t months = listed(s, "months_36");
	assert_true((listed(s, "flags") & FLAG_CONTACT_OVERDUE) != 0);
	assert_ok(s, log_it(c, CONTACT_PHONE, 2, ""));
	assert_int_equal(heard(s, c), 2);
	assert_int_equal(listed(s, "status"), STATUS_ACTIVE);
	assert_true((listed(s, "flags") & FLAG_CONTACT_OVERDUE) == 0);
	/* It says nothing about where they stay: the spell is the old one, and no month is more. */
	assert_int_equal(listed(s, "start"), start);
	assert_int_equal(listed(s, "months_36"), months);

	/* An older one, written later, and a newer one: without a new version of the list. */
	int64_t version = store_number(s, "SELECT import_no FROM hmis_now");
	assert_ok(s, log_it(c, CONTACT_MET, 9, ""));
	assert_int_equal(heard(s, c), 2);
	assert_ok(s, log_it(c, CONTACT_TEXT, 0, "Will come on Friday"));
	assert_int_equal(heard(s, c), 0);
	assert_int_equal(store_number(s, "SELECT import_no FROM hmis_now"), version);

	/* A new day of the list says the same. */
	int64_t last = listed(s, "last_contact");
	assert_ok(s, app_listing_refresh(import_operator(s), c->today));
	assert_int_equal(listed(s, "last_contact"), last);
	assert_int_equal(listed(s, "status"), STATUS_ACTIVE);
	list_cache_free(&lists);
}

static void what_was_a_mistake_is_taken_back(void **state)
{
	struct store *s = *state;
	struct contact_view v;
	struct call *c = begin(s);
	assert_ok(s, log_it(c, CONTACT_MET, 0, ""));
	assert_int_equal(listed(s, "status"), STATUS_ACTIVE);
	assert_ok(s, app_contact(c, S("one"), &v));
	assert_true(v.lines[0].can_take_back);
	assert_err(s, ERR_MISSING, app_contact_take_back(c, S("one"), v.lines[0].no + 1));
	assert_ok(s, app_contact_take_back(c, S("one"), v.lines[0].no));
	assert_err(s, ERR_MISSING, app_contact_take_back(c, S("one"), v.lines[0].no));
	assert_int_equal(heard(s, c), SEEN_AGO);
	assert_int_equal(listed(s, "status"), STATUS_INACTIVE);
	list_cache_free(&lists);
}

static void it_is_for_who_works_with_them(void **state)
{
	struct store *s = *state;
	struct contact_view v;
	struct call *c = begin(s);
	const struct contact_new tomorrow = {CONTACT_MET, CONTACT_PLACES_N, day_add(c->today, 1), NULL};
	struct call *other = as_user(s, "u2", ROLE_PROVIDER, "other");
	assert_err(s, ERR_DENIED, log_it(other, CONTACT_MET, 0, ""));
	assert_err(s, ERR_INVALID, app_contact_log(c, S("one"), &tomorrow));
	assert_err(s, ERR_MISSING, app_contact(c, S("none"), &v));
	assert_ok(s, log_it(c, CONTACT_TRIED, 0, "Left a note"));
	assert_ok(s, app_contact(other, S("one"), &v));
	assert_false(v.may);
	assert_int_equal(v.lines_n, 0);

	/* Who serves it writes, and takes back their own alone. */
	struct call *dana = as_user(s, "u2", ROLE_PROVIDER, "millpond");
	assert_ok(s, log_it(dana, CONTACT_TRIED, 0, ""));
	assert_ok(s, app_contact(dana, S("one"), &v));
	assert_int_equal(v.lines_n, 2);
	assert_true(v.lines[0].can_take_back);
	assert_false(v.lines[1].can_take_back);
	assert_err(s, ERR_MISSING, app_contact_take_back(dana, S("one"), v.lines[1].no));
	list_cache_free(&lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_try_changes_nothing),
		BOTH(who_is_heard_from_is_active_at_once),
		BOTH(what_was_a_mistake_is_taken_back),
		BOTH(it_is_for_who_works_with_them),
	};
	return cmocka_run_group_tests_name("contact", tests, NULL, NULL);
}
