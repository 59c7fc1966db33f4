/* Working lists: parts of a region's list with cycles, goals and conferences of their own. On both engines. */
#include "import_fixture.h"

#include "app/conference.h"
#include "app/conference_view.h"
#include "app/cycle.h"
#include "app/list_image.h"
#include "app/planner.h"
#include "app/quality.h"
#include "domain/spell.h"

enum { PEOPLE = 5 };

static const struct export_head head = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-12-31", 2, 1};

/* Veterans are Wren, Hazel and Robin. Who came first stands first: Flint, Wren, Hazel, Rowan, Robin. */
static const struct export_file files[] = {
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},
	{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"},
	{"Client.csv", CLIENT "C1,Flint,,Marrow,900777771,1971-07-07,0,2026-06-02 09:00:00,\n"
			      "C2,Wren,,Tallow,900888882,1974-08-08,1,2026-06-02 09:00:00,\n"
			      "C3,Hazel,,Quillon,900888883,1960-01-01,1,2026-06-02 09:00:00,\n"
			      "C4,Rowan,,Sedge,900888884,1961-01-01,0,2026-06-02 09:00:00,\n"
			      "C5,Robin,,Sallow,900888885,1962-01-01,1,2026-06-02 09:00:00,\n"},
	{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-02-01,H1,1,116,2026-06-02 09:00:00,\n"
				      "E2,C2,P1,2026-03-01,H2,1,116,2026-06-02 09:00:00,\n"
				      "E3,C3,P1,2026-04-01,H3,1,116,2026-06-02 09:00:00,\n"
				      "E4,C4,P1,2026-05-01,H4,1,116,2026-06-02 09:00:00,\n"
				      "E5,C5,P1,2026-07-01,H5,1,116,2026-07-02 09:00:00,\n"},
	{0}};

static struct town {
	struct store *s;
	struct app app;
	struct household_face faces[PEOPLE];
} town;

static int64_t moments;

static struct call *as(const char *login)
{
	struct call *c = arena_one(town.s->a, struct call);
	struct instant now = {NOW.ms + ++moments};
	bool holds = str_starts(str_from(login), S("holder"));
	*c = (struct call){
		.app = &town.app,
		.db = town.s->db,
		.arena = town.s->a,
		.now = now,
		.today = instant_day(now),
		.shown = {.arena = town.s->a},
		.actor = {.kind = ACTOR_USER,
			  .id = str_from(login),
			  .name = str_from(login),
			  .role = holds ? ROLE_LIST_HOLDER : ROLE_PROVIDER,
			  .agency_id = S("holders"),
			  .cover = SIGNED_EVERYWHERE},
	};
	if (holds)
		c->actor.region_id = str_eq(str_from(login), S("holder")) ? S("r1") : S("r2");
	return c;
}

static struct worklist_ref whole(void)
{
	return (struct worklist_ref){.region_id = S("r1")};
}

/* The number of somebody's household. */
static int64_t no_of(const char *called)
{
	for (int i = 0; i < PEOPLE; i++)
		if (str_eq(town.faces[i].called, str_from(called)))
			return town.faces[i].no;
	fail_msg("nobody is called %s", called);
	return 0;
}

static int town_up(void **state)
{
	int failed = store_up(state);
	struct import_view preview;
	town = (struct town){.s = *state};
	struct store *s = town.s;
	town.app = (struct app){.where = str_from(s->where), .keys = s->keys, .lists = list_cache_new()};
	import_apply(s, export_write(s, &head, files), &preview);
	release_all(s);
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		       "('holders', 'Holders Aid', 'provider', 0, 0)");
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1'), ('r2', 2, 'Region 2')");
	store_force(s, "INSERT INTO agency_region (agency_id, region_id) VALUES ('holders', 'r1')");
	store_force(s, "UPDATE listing SET region_id = 'r1'");
	store_force(s, "INSERT INTO app_user (id, login, name, agency_id, region_id, role, password, must_change, "
		       "created_at) VALUES ('holder', 'holder', 'Hana Example', NULL, 'r1', 'list-holder', '-', 0, 0), "
		       "('holder2', 'holder2', 'Otto Example', NULL, 'r2', 'list-holder', '-', 0, 0), "
		       "('pat', 'pat', 'Pat Sample', 'holders', NULL, 'provider', '-', 0, 0)");
	struct cycle_view v;
	assert_ok(s, app_cycle(as("holder"), whole(), &v));
	assert_int_equal(v.next_n, PEOPLE);
	for (int i = 0; i < PEOPLE; i++)
		town.faces[i] = v.next[i];
	return failed;
}

static int town_down(void **state)
{
	list_cache_free(&town.app.lists);
	return store_down(state);
}

/* Imports do this; the picture in memory is of the list before. */
static void status_is(const char *called, enum status status)
{
	store_force(town.s,
		    str_c(town.s->a,
			  str_fmt(town.s->a, "UPDATE listing SET status = %d, since = %d WHERE household_no = %d",
				  (int)status, instant_day(NOW).n, (int)no_of(called))));
	list_cache_free(&town.app.lists);
	town.app.lists = list_cache_new();
}

static err_t make(const char *login, const char *name, const char *where, int size, int goal, struct worklist_ref *out)
{
	const struct worklist_new new = {
		.region_id = S("r1"),
		.name = pii_new(town.s->a, str_from(name)),
		.where = str_from(where),
		.size = size,
		.goal = goal,
	};
	*out = whole();
	return app_worklist_make(as(login), &new, &out->id);
}

static struct worklist_ref veterans(int size, int goal)
{
	struct worklist_ref list;
	assert_ok(town.s, make("holder", "Veterans", "veteran:yes", size, goal, &list));
	return list;
}

static const char *name_of(const struct household_face *face)
{
	return str_c(town.s->a, face->called);
}

/* Who has a seat: "Wren Hazel", in the order of the list. */
static const char *seats(struct worklist_ref list)
{
	struct cycle_view v;
	struct str all = S("");
	assert_ok(town.s, app_cycle(as("holder"), list, &v));
	for (size_t i = 0; i < v.seats_n; i++)
		all = str_fmt(town.s->a, "%.*s%s%s", STR_ARG(all), i > 0 ? " " : "", name_of(&v.seats[i].face));
	return str_c(town.s->a, all);
}

static struct conference_view seen(struct str id)
{
	struct conference_view v;
	assert_ok(town.s, app_conference(as("holder"), id, S(""), &v));
	return v;
}

static struct str planned(struct worklist_ref list)
{
	struct conference_plan p = {
		.day = instant_day(NOW),
		.hour = 10,
		.minutes = 60,
		.household_seconds = 210,
		.facilitator_id = S("holder"),
		.scribe_id = S("pat"),
		.next_day = DAY_NONE,
	};
	struct str id;
	agenda_fill(p.minutes, p.agenda);
	assert_ok(town.s, app_conference_plan(as("holder"), list, &p, &id));
	return id;
}

static void it_takes_its_part_in_the_order_of_the_list(void **state)
{
	struct store *s = *state;
	struct cycle_view v;
	struct worklist_ref list = veterans(2, 1);
	assert_string_equal(seats(list), "Wren Hazel");
	assert_ok(s, app_cycle_start(as("holder"), whole(), 3, 0));
	assert_string_equal(seats(whole()), "Flint Wren Hazel"); /* one may have a seat in both */
	assert_string_equal(seats(list), "Wren Hazel");

	assert_ok(s, app_cycle(as("holder"), list, &v));
	assert_string_equal(str_c(s->a, v.list.name), "Veterans");
	assert_int_equal(v.lists_n, 1);
	assert_int_equal(v.number, 1);
	assert_int_equal(v.goal, 1);
	assert_int_equal(v.next_n, 1);
	assert_string_equal(name_of(&v.next[0]), "Robin");
	assert_ok(s, app_cycle(as("pat"), whole(), &v)); /* who works in the region reads which there are */
	assert_int_equal(v.number, 1);                   /* each list counts its own */
	assert_string_equal(str_c(s->a, v.lists[0].name), "Veterans");

	/* A seat that becomes free goes to the next of the part, in the one cycle; the other takes the next of all. */
	status_is("Wren", STATUS_HOUSED);
	assert_ok(s, app_cycle_refresh(as("holder"), list));
	assert_string_equal(seats(list), "Hazel Robin");
	assert_ok(s, app_cycle_refresh(as("holder"), whole()));
	assert_string_equal(seats(whole()), "Flint Hazel Rowan");
	assert_ok(s, app_cycle_set(as("holder"), list, 1, 4));
	assert_string_equal(seats(list), "Hazel Robin"); /* nobody is displaced */
	assert_ok(s, app_cycle_start(as("holder"), list, 2, 0));
	assert_ok(s, app_cycle(as("holder"), list, &v));
	assert_int_equal(v.number, 2);
	assert_true(str_starts(v.seats[0].joined, S("kept from the cycle before")));
}

static void a_filter_that_cannot_be_one_is_told(void **state)
{
	struct store *s = *state;
	static const struct {
		const char *where, *wrong;
		int takes;
	} cases[] = {
		{"veteran:yes", "", 3},
		{"  veteran:YES   type:adults ", "", 3},
		{"veteran:yes months>30", "", 0},
		{"", "", 0},
		{"veteran:yes status:housed", "A working list is of active households", 0},
		{"veteran:yes hazel", "Words to look somebody up by", 0},
		{"veteran:perhaps", "", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct worklist_look look;
		assert_ok(s, app_worklist_look(as("holder"), S("r1"), str_from(cases[i].where), &look));
		bool unread = i == 6;
		assert_int_equal(look.wrong.n > 0, unread || cases[i].wrong[0] != '\0');
		assert_true(str_starts(look.wrong, str_from(cases[i].wrong)));
		assert_int_equal(look.takes, cases[i].takes);
	}
	struct worklist_look look;
	assert_ok(s, app_worklist_look(as("holder"), S("r1"), S("type:adults  veteran:yes"), &look));
	assert_string_equal(str_c(s->a, look.where), "type:adults veteran:yes");
	assert_int_equal(look.of, PEOPLE);

	struct worklist_ref list;
	assert_err(s, ERR_INVALID, make("holder", "Ours", "", 3, 0, &list));
	assert_err(s, ERR_INVALID, make("holder", "Ours", "veteran:perhaps", 3, 0, &list));
	assert_err(s, ERR_INVALID, make("holder", "Ours", "veteran:yes status:active", 3, 0, &list));
	assert_err(s, ERR_INVALID, make("holder", "  ", "veteran:yes", 3, 0, &list));
	assert_err(s, ERR_INVALID, make("holder", "Ours", "veteran:yes", 0, 0, &list));
	assert_err(s, ERR_INVALID, make("holder", "Ours", "veteran:yes", 3, -1, &list));
	assert_err(s, ERR_CONFLICT, make("holder", "Ours", "veteran:yes months>30", 3, 0, &list));
	struct cycle_view v;
	assert_ok(s, app_cycle(as("holder"), whole(), &v));
	assert_int_equal(v.lists_n, 0); /* nothing of it was made */
	veterans(3, 0);
	assert_err(s, ERR_CONFLICT, make("holder", "Veterans", "group:youth", 3, 0, &list));
}

static void it_is_made_and_ended_by_who_plans(void **state)
{
	struct store *s = *state;
	struct worklist_ref list;
	struct worklist_look look;
	struct cycle_view v;
	static const char *const others[] = {"pat", "holder2"};
	for (size_t i = 0; i < 2; i++) {
		assert_err(s, ERR_DENIED, make(others[i], "Veterans", "veteran:yes", 3, 0, &list));
		assert_err(s, ERR_DENIED, app_worklist_look(as(others[i]), S("r1"), S("veteran:yes"), &look));
	}
	list = veterans(3, 0);
	for (size_t i = 0; i < 2; i++) {
		assert_err(s, ERR_DENIED, app_worklist_end(as(others[i]), list));
		assert_err(s, ERR_DENIED, app_cycle_start(as(others[i]), list, 3, 0));
	}
	assert_err(s, ERR_DENIED, app_cycle(as("holder2"), list, &v));
	/* It is of its region. */
	struct worklist_ref elsewhere = {S("r2"), list.id};
	assert_err(s, ERR_MISSING, app_cycle(as("holder2"), elsewhere, &v));
	assert_err(s, ERR_MISSING, app_cycle_start(as("holder2"), elsewhere, 3, 0));
	assert_err(s, ERR_MISSING, app_worklist_end(as("holder2"), elsewhere));

	struct str conference = planned(list);
	assert_err(s, ERR_CONFLICT, app_worklist_end(as("holder"), list));
	assert_ok(s, app_conference_start(as("holder"), conference));
	assert_err(s, ERR_CONFLICT, app_worklist_end(as("holder"), list));
	assert_ok(s, app_conference_close(as("holder"), conference));
	assert_ok(s, app_worklist_end(as("holder"), list));
	assert_err(s, ERR_CONFLICT, app_worklist_end(as("holder"), list));
	assert_err(s, ERR_MISSING, app_cycle_start(as("holder"), list, 3, 0));
	assert_ok(s, app_cycle(as("holder"), list, &v));
	assert_false(v.open);
	assert_int_equal(v.lists_n, 0);
	assert_string_equal(str_c(s->a, seen(conference).list), "Veterans"); /* the record knows what it was of */
	list = veterans(3, 0);                                               /* the name is free again */
}

static void its_conferences_are_its_own(void **state)
{
	struct store *s = *state;
	struct worklist_ref list = veterans(2, 3);
	struct conference_list_view lines;
	struct plan_view plan;
	struct quality_ready ready;
	assert_err(s, ERR_MISSING, app_conference_plan_new(as("holder"), whole(), S(""), &plan)); /* it has no cycle */
	assert_ok(s, app_conference_plan_new(as("holder"), list, S(""), &plan));
	assert_int_equal(plan.cycle_households, 2);
	struct str id = planned(list);
	struct conference_view v = seen(id);
	assert_string_equal(str_c(s->a, v.list), "Veterans");
	assert_int_equal(v.queue_n, 2);
	assert_string_equal(str_c(s->a, v.title),
			    "Region 1 case conference · Highest priority"); /* without what was typed */
	assert_ok(s, app_conference_list(as("holder"), list, &lines));
	assert_int_equal(lines.lines_n, 1);
	assert_ok(s, app_conference_list(as("holder"), whole(), &lines));
	assert_int_equal(lines.lines_n, 0);
	assert_ok(s, app_quality_ready(as("holder"), list, &ready));
	assert_int_equal(ready.seats_n + ready.clear, 2);
	assert_ok(s, app_quality_ready(as("holder"), whole(), &ready));
	assert_int_equal(ready.seats_n + ready.clear, 0);

	/* The goal counts who is of the list: a veteran who never had a seat, and one who had; nobody else. */
	assert_int_equal(v.goal_gap, 3);
	status_is("Flint", STATUS_HOUSED);
	assert_int_equal(seen(id).goal_gap, 3);
	status_is("Robin", STATUS_HOUSED);
	assert_int_equal(seen(id).goal_gap, 2);
	store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE listing SET veteran = 0 WHERE household_no = %d",
					   (int)no_of("Wren"))));
	status_is("Wren", STATUS_HOUSED);
	assert_int_equal(seen(id).goal_gap, 1);
	/* Who rose in the part since joins as the meeting starts; its cards are of the part alone. */
	assert_ok(s, app_conference_start(as("holder"), id));
	assert_int_equal(seen(id).households, 1);
	assert_string_equal(seats(list), "Hazel");
}

static void a_filter_that_is_not_read_any_more_takes_nobody(void **state)
{
	struct store *s = *state;
	struct worklist_ref list = veterans(2, 0);
	store_force(s, "UPDATE worklist SET filter = 'county:Gone veteran:yes'");
	struct str id = planned(list);
	assert_int_equal(seen(id).queue_n, 2); /* seats stay, and the meeting is held */
	status_is("Wren", STATUS_HOUSED);
	assert_ok(s, app_cycle_refresh(as("holder"), list));
	assert_string_equal(seats(list), "Hazel");
}

/* As of 21 September: Robin came in July, everybody else more than 90 days ago. */
static void the_planner_counts_who_is_of_the_list(void **state)
{
	struct store *s = *state;
	struct planner_view v;
	struct worklist_ref list = veterans(2, 0);
	assert_err(s, ERR_DENIED, app_planner(as("pat"), list, PLANNER_NOT_SAID, &v));
	assert_err(s, ERR_MISSING,
		   app_planner(as("holder2"), (struct worklist_ref){S("r2"), list.id}, PLANNER_NOT_SAID, &v));
	assert_ok(s, app_planner(as("holder"), whole(), PLANNER_NOT_SAID, &v));
	assert_int_equal(v.plan.size, PEOPLE);
	assert_true(str_starts(v.why, S("5 are on the list. In the last 90 days 1 came or came back, 1 a month, and 0 "
					"moved in, 0 a month.")));
	status_is("Rowan", STATUS_HOUSED); /* no veteran */
	status_is("Wren", STATUS_HOUSED);
	assert_ok(s, app_planner(as("holder"), list, 3, &v));
	assert_int_equal(v.plan.size, 2);
	assert_true(str_starts(v.why, S("2 are on the list. In the last 90 days 1 came or came back, 1 a month, and 1 "
					"moved in, 1 a month. 3 openings are expected in a month.")));
	assert_ok(s, app_planner(as("holder2"), (struct worklist_ref){.region_id = S("r2")}, PLANNER_NOT_SAID, &v));
	assert_int_equal(v.say.n, 0); /* nobody is on that list */
}

static err_t move_wren(struct db *db, struct arena *a, void *ctx)
{
	return cycle_move(ctx, db, a, no_of("Wren"), S("r1"), S("r2"));
}

/* A household that goes to another region keeps one seat, in the cycle of that region's whole list. */
static void who_moves_away_keeps_a_seat(void **state)
{
	struct store *s = *state;
	struct cycle_view v;
	struct worklist_ref list = veterans(2, 0);
	struct worklist_ref there = {.region_id = S("r2")};
	assert_ok(s, app_cycle_start(as("holder"), whole(), 3, 0));
	assert_ok(s, app_cycle_start(as("holder2"), there, 3, 0));
	store_force(s, str_c(s->a, str_fmt(s->a, "UPDATE listing SET region_id = 'r2' WHERE household_no = %d",
					   (int)no_of("Wren"))));
	status_is("Wren", STATUS_ACTIVE);
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, move_wren, as("holder")));
	assert_string_equal(seats(list), "Hazel");
	assert_string_equal(seats(whole()), "Flint Hazel");
	assert_ok(s, app_cycle(as("holder2"), there, &v));
	assert_int_equal(v.seats_n, 1);
	assert_true(str_starts(v.seats[0].joined, S("came with its seat")));
}

#define TOWN(test)                                                                                                     \
	{#test " (SQLite)", test, town_up, town_down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                   \
	{                                                                                                              \
#test " (PostgreSQL)", test, town_up, town_down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]        \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN(it_takes_its_part_in_the_order_of_the_list),
		TOWN(a_filter_that_cannot_be_one_is_told),
		TOWN(it_is_made_and_ended_by_who_plans),
		TOWN(its_conferences_are_its_own),
		TOWN(a_filter_that_is_not_read_any_more_takes_nobody),
		TOWN(the_planner_counts_who_is_of_the_list),
		TOWN(who_moves_away_keeps_a_seat),
	};
	return cmocka_run_group_tests_name("app worklist", tests, NULL, NULL);
}
