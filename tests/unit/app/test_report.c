/* Reports: what referrals and entries come to, who sees how much of it, and the question about an entry by the side
 * door. On both engines. */
#include "import_fixture.h"

#include <string.h>

#include "app/checkin.h"
#include "app/list_image.h"
#include "app/report.h"
#include "app/side_door.h"
#include "base/buf.h"
#include "store/q_agency.h"

#define STAYS                                                                                                          \
	"EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,LivingSituation,MoveInDate,"        \
	"DateUpdated,DateDeleted\n"
#define EVENTS                                                                                                         \
	"EventID,EnrollmentID,PersonalID,EventDate,Event,LocationCrisisOrPHHousing,ReferralResult,ResultDate,"         \
	"DateUpdated,DateDeleted\n"

static struct list_cache *lists; /* of the test that runs */

enum { PEOPLE = 40, REFERRED = 24, DOORS = 16, DECLINED = 3 };

/* Everybody came to the shelter in May and was seen by coordinated entry in June. On the 10th of July the first 40
 * entered rapid rehousing: 24 of them referred a week before, three after a referral that was declined, 13 without. */
static void import_people(struct store *s)
{
	struct buf clients = buf_new(s->a, 1 << 16);
	struct buf stays = buf_new(s->a, 1 << 16);
	struct buf events = buf_new(s->a, 1 << 16);
	buf_lit(&clients, CLIENT);
	buf_lit(&stays, STAYS);
	buf_lit(&events, EVENTS);
	for (int i = 0; i < PEOPLE; i++) {
		const char *at = "2026-08-01 09:00:00,";
		buf_fmt(&clients, "C%d,Fen%d,,Quandt,,1980-04-01,0,2026-06-02 09:00:00,\n", i, i);
		buf_fmt(&stays, "S%d,C%d,P0,2026-05-01,HS%d,1,116,,%s\n", i, i, i, at);
		buf_fmt(&stays, "A%d,C%d,P1,2026-06-01,HA%d,1,116,,%s\n", i, i, i, at);
		buf_fmt(&stays, "E%d,C%d,P2,2026-07-10,HE%d,1,101,2026-07-30,%s\n", i, i, i, at);
		if (i < REFERRED)
			buf_fmt(&events, "V%d,A%d,C%d,2026-07-03,13,%s,%s,%s,%s\n", i, i, i,
				i % 2 == 0 ? "" : "Millpond Rapid", i % 3 == 0 ? "" : "1",
				i % 3 == 0 ? "" : "2026-07-05", at);
		else if (i < REFERRED + DECLINED)
			buf_fmt(&events, "V%d,A%d,C%d,2026-07-03,13,,3,2026-07-08,%s\n", i, i, i, at);
	}
	/* A child in a household is no entry; a household that names no head is one. */
	buf_lit(&clients, "K1,Kid,,Quandt,,2018-04-01,0,2026-06-02 09:00:00,\n"
			  "N1,Nan,,Quandt,,1978-04-01,0,2026-06-02 09:00:00,\n"
			  "N2,Ned,,Quandt,,1979-04-01,0,2026-06-02 09:00:00,\n");
	buf_lit(&stays, "EK,K1,P2,2026-07-10,HE0,2,101,,2026-08-01 09:00:00,\n"
			"EN1,N1,P3,2026-07-10,HN,99,101,,2026-08-01 09:00:00,\n"
			"EN2,N2,P3,2026-07-10,HN,99,101,,2026-08-01 09:00:00,\n");
	/* Not to housing, and deleted. */
	buf_lit(&events, "Vx,A39,C39,2026-07-03,4,,,,2026-08-01 09:00:00,\n"
			 "Vd,A39,C39,2026-07-03,13,,,,2026-08-01 09:00:00,2026-08-02 09:00:00\n");
	struct export_head head = {
		.source = "S1",
		.date = "2026-08-20 12:00:00",
		.start = "2023-01-01",
		.end = "2026-12-31",
		.directive = 2,
		.hash = 1,
	};
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"
						  "O2,Fernhill Homes,0,2026-01-01 00:00:00,\n"},
		{"Project.csv", PROJECT "P0,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"
					"P1,O1,Millpond Access,14,2026-01-01 00:00:00,\n"
					"P2,O1,Millpond Rapid,13,2026-01-01 00:00:00,\n"
					"P3,O2,Fernhill House,3,2026-01-01 00:00:00,\n"},
		{"Client.csv", str_c(s->a, buf_text(&clients))},
		{"Enrollment.csv", str_c(s->a, buf_text(&stays))},
		{"Event.csv", str_c(s->a, buf_text(&events))},
		{0},
	};
	struct import_view v;
	import_apply(s, export_write(s, &head, files), &v);
	list_cache_free(&lists);
	lists = list_cache_new();
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) "
		       "VALUES ('u1', 'lee', 'Lee Tran', 'specialist', 'x', 0, 0)");
}

static struct call *call_as(struct store *s, enum role role, const char *agency)
{
	struct call *c = import_operator(s);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = lists;
	c->app = app;
	assert_true(day_parse(S("2026-11-22"), &c->today));
	c->now = (struct instant){c->today.n * INT64_C(86400000) + 72000000};
	if (role != ROLE_NOBODY)
		c->actor = (struct actor){.kind = ACTOR_USER,
					  .id = S("u1"),
					  .role = role,
					  .agency_id = str_from(agency),
					  .cover = SIGNED_EVERYWHERE};
	return c;
}

static struct report_ask july(enum report report)
{
	struct report_ask ask = {.report = report, .from = DAY_NONE};
	assert_true(day_parse(S("2026-09-30"), &ask.to));
	if (report_table[report].period)
		assert_true(day_parse(S("2026-07-01"), &ask.from));
	return ask;
}

static struct report_view look(struct store *s, enum role role, enum report report)
{
	struct report_view v;
	struct report_ask ask = july(report);
	assert_ok(s, app_report(call_as(s, role, ""), &ask, &v));
	return v;
}

static const struct paper_cell *cell(const struct report_view *v, size_t row, const char *key)
{
	for (size_t c = 0; c < v->columns_n; c++)
		if (strcmp(v->columns[c].key, key) == 0)
			return &report_cells(v, row)[c];
	fail_msg("no column %s", key);
	return NULL;
}

static int64_t number(const struct report_view *v, size_t row, const char *key)
{
	const struct paper_cell *at = cell(v, row, key);
	assert_int_equal(at->kind, PAPER_NUMBER);
	return at->number;
}

static void test_numbers(void **state)
{
	struct store *s = *state;
	import_people(s);
	struct report_view v = look(s, ROLE_NOBODY, REPORT_SIDE_DOOR);
	assert_int_equal(v.rows_n, DOORS + 1); /* and the household of supportive housing */
	size_t declined = 0;
	for (size_t i = 0; i < v.rows_n; i++) {
		assert_true(cell(&v, i, "code")->text.n > 0);
		declined += str_eq(cell(&v, i, "found")->text, str_from(side_door_say(DOOR_DECLINED)));
	}
	assert_int_equal(declined, DECLINED);
	v = look(s, ROLE_NOBODY, REPORT_SIDE_DOOR_AGENCIES);
	assert_int_equal(v.rows_n, 3);
	assert_int_equal(number(&v, 1, "referred"), REFERRED);
	assert_int_equal(number(&v, 1, "side_door"), DOORS);
	assert_int_equal(number(&v, 1, "side_door_percent"), 40);
	assert_true(str_eq(cell(&v, 1, "again")->text, S("yes")));
	assert_int_equal(number(&v, 2, "entries"), PEOPLE + 1);
	v = look(s, ROLE_NOBODY, REPORT_REFERRALS);
	assert_int_equal(number(&v, v.rows_n - 1, "made"), REFERRED + DECLINED);
	assert_int_equal(number(&v, v.rows_n - 1, "open"), REFERRED / 3);
	assert_int_equal(number(&v, v.rows_n - 1, "provider_declined"), DECLINED);
	v = look(s, ROLE_NOBODY, REPORT_COUNTS);
	assert_int_equal(number(&v, v.rows_n - 1, "outstanding"), REFERRED / 3);
	assert_int_equal(number(&v, v.rows_n - 1, "entered_since"), REFERRED / 3);
	assert_int_equal(number(&v, v.rows_n - 1, "days_31_90"), REFERRED / 3);
	v = look(s, ROLE_NOBODY, REPORT_STAGES);
	assert_int_equal(number(&v, 2, "count"), REFERRED);
	assert_int_equal(number(&v, 2, "median_days"), 7);
	assert_int_equal(number(&v, 3, "p90_days"), 20);
}

/* Sixteen by the side door and one more make seventeen, so the one hides the sixteen; twenty-four may be told. */
static void test_counts_only(void **state)
{
	struct store *s = *state;
	struct report_view v;
	import_people(s);
	struct report_ask ask = july(REPORT_SIDE_DOOR);
	assert_err(s, ERR_DENIED, app_report(call_as(s, ROLE_LEAD, ""), &ask, &v));
	/* Nor for somebody of the list who did not sign this year. */
	struct call *unsigned_yet = call_as(s, ROLE_LIST_HOLDER, "");
	unsigned_yet->actor.cover.today = COVERED_NOT_SIGNED;
	assert_err(s, ERR_DENIED, app_report(unsigned_yet, &ask, &v));
	ask = july(REPORT_REFERRALS);
	ask.region = S("4");
	assert_err(s, ERR_DENIED, app_report(call_as(s, ROLE_LEAD, ""), &ask, &v));
	v = look(s, ROLE_LEAD, REPORT_SIDE_DOOR_AGENCIES);
	assert_true(v.hidden && v.counts_only);
	assert_int_equal(cell(&v, 0, "side_door")->kind, PAPER_TEXT);
	assert_int_equal(cell(&v, 1, "side_door")->kind, PAPER_TEXT);
	assert_int_equal(cell(&v, 1, "side_door_percent")->kind, PAPER_TEXT);
	assert_int_equal(number(&v, 2, "side_door"), DOORS + 1);
	/* Another last day of the quarter after it asks for the same quarter. */
	ask = july(REPORT_SIDE_DOOR_AGENCIES);
	assert_true(day_parse(S("2026-10-20"), &ask.to));
	struct report_view other;
	assert_ok(s, app_report(call_as(s, ROLE_LEAD, ""), &ask, &other));
	assert_int_equal(other.from.n, v.from.n);
	assert_int_equal(other.to.n, v.to.n);
}

static const char *agency_id(struct store *s, const char *name)
{
	struct q_agencies *rows;
	size_t n;
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, q_agencies(s->db, s->a, &rows, &n));
	db_rollback(s->db);
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].name, str_from(name)))
			return str_c(s->a, rows[i].id);
	fail_msg("no agency %s", name);
	return NULL;
}

static void test_question(void **state)
{
	struct store *s = *state;
	struct side_door_view door;
	import_people(s);
	struct report_view v = look(s, ROLE_NOBODY, REPORT_SIDE_DOOR);
	struct str handle = v.abouts[0].handle;
	const char *agency = agency_id(s, "Millpond Aid");
	struct call *planner = call_as(s, ROLE_SPECIALIST, "");
	if (str_eq(cell(&v, 0, "agency")->text, S("Fernhill Homes")))
		handle = v.abouts[1].handle;
	assert_err(s, ERR_MISSING, app_side_door(call_as(s, ROLE_PROVIDER, "another"), handle, &door));
	assert_err(s, ERR_MISSING, app_side_door(planner, S("nothing"), &door));
	assert_err(s, ERR_CONFLICT, app_side_door_answer(planner, handle, S("own"), NULL));
	assert_ok(s, app_side_door(planner, handle, &door));
	assert_true(door.may_ask && !door.may_answer && !door.may_close && door.again);
	assert_int_equal(door.doors, DOORS);
	assert_err(s, ERR_DENIED, app_side_door_ask(call_as(s, ROLE_PROVIDER, agency), handle));
	assert_ok(s, app_side_door_ask(planner, handle));
	assert_err(s, ERR_CONFLICT, app_side_door_ask(planner, handle));
	assert_err(s, ERR_CONFLICT, app_side_door_close(planner, handle));
	struct call *asked = call_as(s, ROLE_PROVIDER, agency);
	assert_err(s, ERR_INVALID, app_side_door_answer(asked, handle, S("because"), NULL));
	assert_ok(s, app_side_door_answer(asked, handle, S("own"), pii_new(s->a, S("We knew them"))));
	assert_ok(s, app_side_door(asked, handle, &door));
	assert_true(door.may_answer && !door.may_close && str_eq(door.words, S("We knew them")));
	assert_err(s, ERR_DENIED, app_side_door_close(asked, handle));
	assert_ok(s, app_side_door_close(planner, handle));
	assert_err(s, ERR_CONFLICT, app_side_door_answer(asked, handle, S("vawa"), NULL));
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act LIKE 'side_door.%'"), 3);
}

/* Nothing shows that it was there. */
static void test_transfer(void **state)
{
	struct store *s = *state;
	struct side_door_view door;
	import_people(s);
	struct report_view v = look(s, ROLE_NOBODY, REPORT_SIDE_DOOR);
	struct str handle = v.abouts[0].handle;
	struct call *planner = call_as(s, ROLE_SPECIALIST, "");
	assert_ok(s, app_side_door_ask(planner, handle));
	assert_ok(s, app_side_door_answer(planner, handle, S("vawa"), NULL));
	assert_err(s, ERR_MISSING, app_side_door(planner, handle, &door));
	assert_int_equal(look(s, ROLE_NOBODY, REPORT_SIDE_DOOR).rows_n, v.rows_n - 1);
	v = look(s, ROLE_NOBODY, REPORT_SIDE_DOOR_AGENCIES);
	assert_int_equal(number(&v, v.rows_n - 1, "entries"), PEOPLE);
}

/* --- after the move --- */

static struct str household_id(struct store *s, int64_t no)
{
	struct list_image *image;
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, list_image_take(lists, s->db, s->a, &image));
	struct str id = str_dup(s->a, str_from(list_image_row(image, no)->id));
	list_image_give(lists, &image);
	db_rollback(s->db);
	return id;
}

static err_t look_in(struct call *c, struct str id, enum checkin_found found, const char *day, const char *words)
{
	struct checkin said = {.found = found};
	assert_true(day_parse(str_from(day), &said.day));
	return app_checkin_put(c, id, 1, &said, pii_new(c->arena, str_from(words)));
}

static struct call *holder(struct store *s)
{
	struct call *c = call_as(s, ROLE_LIST_HOLDER, agency_id(s, "Fernhill Homes"));
	c->actor.region_id = S("r1");
	return c;
}

static struct report_view due(struct store *s)
{
	struct report_view v;
	struct report_ask ask = {.report = REPORT_CHECKINS, .from = DAY_NONE, .to = DAY_NONE, .faces = true};
	assert_ok(s, app_report(holder(s), &ask, &v));
	return v;
}

static void test_checkins(void **state)
{
	struct store *s = *state;
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'North')");
	store_force(s, "INSERT INTO county (name, region_id) VALUES ('Fen', 'r1')");
	store_force(
		s,
		"INSERT INTO project_county (project_id, county) VALUES ('P0', 'Fen'), ('P1', 'Fen'), ('P2', 'Fen')");
	import_people(s);
	release_all(s);
	struct report_view v = due(s);
	assert_int_equal(v.rows_n, PEOPLE);
	assert_int_equal(number(&v, 0, "check_in"), 90);
	assert_int_equal(number(&v, 0, "overdue_days"), 25);
	assert_non_null(v.abouts[0].face);
	assert_true(v.abouts[0].face->named);
	struct str id[3];
	for (size_t i = 0; i < 3; i++)
		id[i] = household_id(s, v.abouts[i].household_no);

	assert_ok(s, look_in(holder(s), id[0], FOUND_HOUSED, "2026-11-20", ""));
	v = due(s);
	assert_int_equal(v.rows_n, PEOPLE - 1); /* the next one is in January */

	assert_err(s, ERR_INVALID, look_in(holder(s), id[1], FOUND_AT_RISK, "2026-11-20", "rent"));
	assert_err(s, ERR_INVALID, look_in(holder(s), id[1], FOUND_HOUSED, "2026-07-29", ""));
	assert_err(s, ERR_INVALID, look_in(holder(s), id[1], FOUND_HOUSED, "2026-11-23", ""));
	assert_err(s, ERR_MISSING, look_in(holder(s), S("nobody"), FOUND_HOUSED, "2026-11-20", ""));
	assert_ok(s, look_in(holder(s), id[1], FOUND_AT_RISK, "2026-11-20", "The rent is owed"));
	assert_int_equal(store_number(s, "SELECT count(*) FROM household_entry WHERE item = 'tenancy'"), 1);
	assert_ok(s, look_in(holder(s), id[1], FOUND_HOUSED, "2026-11-21", ""));
	assert_int_equal(store_number(s, "SELECT count(*) FROM household_entry WHERE item = 'tenancy' AND newest = 1 "
					 "AND value IS NOT NULL"),
			 0);

	/* 47 days after the move the old place comes back with its start. */
	const char *back = "SELECT count(*) FROM listing WHERE to_import = 2147483647 AND status = 1 AND start = "
			   "(SELECT min(start) FROM listing)";
	assert_int_equal(store_number(s, back), 0);
	assert_ok(s, look_in(holder(s), id[2], FOUND_LOST, "2026-09-15", "The house was sold"));
	assert_int_equal(store_number(s, back), 1);
	assert_err(s, ERR_CONFLICT, look_in(holder(s), id[2], FOUND_HOUSED, "2026-11-20", ""));

	struct report_ask ask = {.report = REPORT_OUTCOMES, .from = DAY_NONE, .to = DAY_NONE};
	assert_ok(s, app_report(holder(s), &ask, &v));
	assert_int_equal(number(&v, 1, "housed"), 2);
	assert_int_equal(number(&v, 1, "lost"), 1);
	assert_int_equal(number(&v, 1, "not_made"), PEOPLE - 3);
	assert_int_equal(number(&v, 1, "due"), PEOPLE);
	assert_ok(s, app_report(call_as(s, ROLE_LEAD, ""), &ask, &v));
	assert_int_equal(cell(&v, 1, "lost")->kind, PAPER_TEXT); /* one, in the quarter that is over */
	assert_int_equal(number(&v, 0, "not_made"), PEOPLE - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_numbers),  BOTH(test_counts_only), BOTH(test_question),
		BOTH(test_transfer), BOTH(test_checkins),
	};
	int failed = cmocka_run_group_tests_name("report", tests, NULL, NULL);
	list_cache_free(&lists);
	return failed;
}
