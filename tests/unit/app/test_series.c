/* Series of meetings and their business meetings, on both engines: who keeps them, who comes, what the room lets
 * through, and that the case conference waits until it is closed. */
#include "conference_fixture.h"

#include "app/attendance.h"
#include "app/board.h"
#include "app/cycle.h"
#include "app/list_image.h"

/* Names are looked for in the whole list. */
static int up(void **state)
{
	int failed = world_up(state);
	world.app.lists = list_cache_new();
	return failed;
}

static int down(void **state)
{
	list_cache_free(&world.app.lists);
	return world_down(state);
}

#define SERIES(test)                                                                                                   \
	{#test " (SQLite)", test, up, down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                             \
	{                                                                                                              \
#test " (PostgreSQL)", test, up, down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]                  \
	}

/* 17 November 2026, today, is the third Tuesday. */
static struct series_put a_series(void)
{
	return (struct series_put){
		.region_id = S("r1"),
		.name = S("Monthly meeting"),
		.rhythm = RHYTHM_MONTH,
		.first = day_of("2026-11-17"),
		.minute = 9 * 60,
		.business_minutes = 45,
		.conference_minutes = 60,
		.place = S("Town hall"),
		.link = S("https://video.example/room"),
		.lead_id = S("fay"),
		.alternate_id = S("kim"),
		.secretary_id = S("sid"),
		.quorum = 50,
	};
}

static struct str made_series(void)
{
	struct series_put put = a_series();
	struct str id;
	assert_fine(app_series_put(as("holder"), &put, &id));
	return id;
}

static struct str made_sitting(void)
{
	struct str id;
	assert_fine(app_sitting_make(as("sid"), made_series(), day_of("2026-11-17"), &id));
	return id;
}

static struct str open_sitting(void)
{
	struct str id = made_sitting();
	assert_fine(app_sitting_open(as("fay"), id));
	return id;
}

static void who_plans_sets_it_up_and_the_secretary_keeps_it(void **state)
{
	(void)state;
	struct series_put put = a_series();
	struct series_list_view list;
	struct series_view view;
	struct str id, same;
	static const char *const others[] = {"pat", "other", "lea", "root", "pru"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_fails(ERR_DENIED, app_series_put(as(others[i]), &put, &id));
	put.stand_in_id = S("pat");
	assert_fine(app_series_put(as("holder"), &put, &id));
	put.id = id;
	put.name = S("Monthly");
	assert_fine(app_series_put(as("sid"), &put, &same)); /* the secretary */
	assert_fine(app_series_put(as("pat"), &put, &same)); /* stands in */
	assert_fails(ERR_DENIED, app_series_put(as("kim"), &put, &same));
	assert_fails(ERR_MISSING, app_series_put(as("far"), &put, &same));

	assert_fine(app_series_of_region(as("kim"), S("r1"), &list));
	assert_int_equal(list.series_n, 1);
	assert_text(list.series[0].say, "every month on the third Tuesday, at 9:00");
	assert_text(list.series[0].sessions, "business meeting, 45 minutes; then the case conference, 60 minutes");
	assert_int_equal(list.series[0].ahead_n, SERIES_AHEAD);
	assert_int_equal(list.series[0].ahead[1].day.n, day_of("2026-12-15").n);
	assert_fine(app_series_of_region(as("lea"), S("r1"), &list)); /* a lead agency, its business side */
	assert_fails(ERR_DENIED, app_series_of_region(as("far"), S("r1"), &list));
	assert_fails(ERR_DENIED, app_series_of_region(as("root"), S("r1"), &list));

	assert_fine(app_series_end(as("holder"), id));
	assert_fails(ERR_CONFLICT, app_series_put(as("holder"), &put, &same));
	assert_fine(app_series(as("holder"), id, &view));
	assert_int_equal(view.line.ahead_n, 0);
}

static void statewide_meetings_are_for_all(void **state)
{
	(void)state;
	struct series_put put = a_series();
	struct series_list_view list;
	struct str id;
	put.region_id = S("");
	put.lead_id = S("far");
	assert_fails(ERR_DENIED, app_series_put(as("holder"), &put, &id));
	assert_fine(app_series_put(as("spec"), &put, &id));
	assert_fine(app_series_of_region(as("far"), S("r2"), &list));
	assert_int_equal(list.series_n, 1);
	assert_text(list.series[0].region, "");
	assert_fine(app_series_of_region(as("kim"), S("r1"), &list));
	assert_int_equal(list.series_n, 1);
}

static void what_does_not_do_is_told(void **state)
{
	(void)state;
	struct series_put good = a_series();
	struct str id;
	struct series_put bad[12];
	size_t n = 0;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		bad[i] = good;
	bad[n++].name = S("  ");
	bad[n++].first = DAY_NONE;
	bad[n++].first = day_of("2036-11-17");
	bad[n++].minute = -1;
	bad[n].business_minutes = 0;
	bad[n++].conference_minutes = 0;
	bad[n++].conference_minutes = 300;
	bad[n++].minute = 23 * 60;
	bad[n++].quorum = 101;
	bad[n++].link = S("http://video.example");
	bad[n++].alternate_id = S("fay");
	bad[n++].lead_id = S("lea");      /* of a lead agency */
	bad[n++].secretary_id = S("far"); /* of another region */
	assert_int_equal(n, sizeof bad / sizeof *bad);
	for (size_t i = 0; i < n; i++)
		assert_fails(ERR_INVALID, app_series_put(as("holder"), &bad[i], &id));
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM series"), 0);
}

static void one_meeting_is_moved_and_the_series_stays(void **state)
{
	(void)state;
	struct str id = made_sitting(), series, again;
	struct sitting_view view;
	struct series_view of;
	assert_fine(app_sitting(as("kim"), id, &view));
	series = view.series_id;
	assert_fine(app_sitting_make(as("sid"), series, day_of("2026-11-17"), &again));
	assert_text(again, str_c(world.a, id)); /* pressed twice */
	assert_fails(ERR_INVALID, app_sitting_make(as("sid"), series, day_of("2026-11-18"), &again));
	assert_fails(ERR_DENIED, app_sitting_make(as("kim"), series, day_of("2026-12-15"), &again));

	struct sitting_put put = {.day = day_of("2026-11-19"), .minute = 600, .minutes = 30, .chair_id = S("kim")};
	business_fill(30, put.agenda);
	assert_fails(ERR_DENIED, app_sitting_change(as("kim"), id, &put));
	assert_fine(app_sitting_change(as("fay"), id, &put)); /* who leads */
	put.agenda[0] = 40;
	assert_fails(ERR_INVALID, app_sitting_change(as("holder"), id, &put));
	assert_fine(app_sitting(as("kim"), id, &view));
	assert_text(view.moved, "moved from Tue 17 Nov 2026");
	assert_true(view.leads); /* the new chair */
	assert_fine(app_series(as("kim"), series, &of));
	assert_int_equal(of.line.ahead[0].day.n, day_of("2026-11-19").n);
	assert_int_equal(of.line.ahead[1].day.n, day_of("2026-12-15").n);

	assert_fine(app_sitting_cancel(as("holder"), id));
	assert_fails(ERR_CONFLICT, app_sitting_open(as("holder"), id));
	assert_fine(app_series(as("kim"), series, &of));
	assert_true(of.line.ahead[0].cancelled);
}

static void the_case_conference_waits_until_the_room_is_closed(void **state)
{
	(void)state;
	struct str sitting = open_sitting(), id;
	struct conference_plan plan = a_plan();
	struct sitting_view view;
	plan.sitting_id = sitting;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), CYCLE_SIZE, 6));
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &plan, &id));
	assert_fine(app_sitting_in(as("lea"), sitting));
	assert_fine(app_sitting_in(as("lea"), sitting)); /* again is no error */
	assert_fine(app_sitting(as("lea"), sitting, &view));
	assert_true(view.here);
	assert_int_equal(view.here_n, 2);
	assert_int_equal(view.conferences_n, 0); /* which conference follows is not theirs to know */
	assert_false(view.conferences_too);

	assert_fails(ERR_CONFLICT, app_conference_start(as("fay"), id));
	assert_fails(ERR_DENIED, app_sitting_close(as("lea"), sitting));
	assert_fine(app_sitting_close(as("fay"), sitting));
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM sitting_seat WHERE out_at IS NULL"), 0);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM journal WHERE act = 'sitting.close'"), 1);
	assert_fails(ERR_CONFLICT, app_sitting_in(as("lea"), sitting));
	assert_fine(app_conference_start(as("fay"), id));
	assert_fails(ERR_MISSING, app_attendance_in(as("lea"), id));
	assert_fine(app_sitting(as("kim"), sitting, &view));
	assert_int_equal(view.conferences_n, 1);
	assert_true(view.conferences[0].live);
	assert_fails(ERR_CONFLICT, app_sitting_note(as("fay"), sitting, false, words("Too late."), false));
}

static void a_meeting_is_handed_over_with_what_was_prepared(void **state)
{
	(void)state;
	struct str sitting = made_sitting(), id;
	struct conference_plan plan = a_plan();
	plan.sitting_id = sitting;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), CYCLE_SIZE, 6));
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &plan, &id));
	assert_fails(ERR_DENIED, app_sitting_hand_over(as("kim"), sitting));
	assert_fine(app_sitting_hand_over(as("fay"), sitting));
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM sitting WHERE chair_id = 'kim'"), 1);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM conference WHERE facilitator_id = 'kim'"), 1);
	assert_fine(app_sitting_hand_over(as("kim"), sitting)); /* and back */
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM sitting WHERE chair_id = 'fay'"), 1);
}

static void agencies_say_who_comes(void **state)
{
	(void)state;
	struct str id = made_series();
	struct series_view view;
	assert_fine(app_series(as("kim"), id, &view));
	assert_int_equal(view.agencies_n, 2); /* a lead agency has no seat */
	assert_int_equal(view.unnamed, 2);
	assert_fine(app_series_agency(as("kim"), id, S("alder"), S("kim"), S("fay")));
	assert_fails(ERR_DENIED, app_series_agency(as("kim"), id, S("birch"), S("sid"), S("")));
	assert_fails(ERR_INVALID, app_series_agency(as("holder"), id, S("birch"), S("kim"), S("")));
	assert_fails(ERR_INVALID, app_series_agency(as("holder"), id, S("birch"), S("pat"), S("pat")));
	assert_fine(app_series(as("kim"), id, &view));
	assert_int_equal(view.unnamed, 1);
	assert_text(view.agencies[0].row.deputy, "Fay Sample");
}

/* The fixture calls everybody on the list Joe Madeup and a number. */
static void nobody_is_named_in_a_business_meeting(void **state)
{
	(void)state;
	struct str id = open_sitting();
	struct board_view board;
	struct sitting_view view;
	assert_fails(ERR_INVALID, app_sitting_note(as("fay"), id, false, words("Madeup7 waits for a key."), false));
	assert_fails(ERR_INVALID, app_issue_add(as("kim"), id, ISSUE_SYSTEM, words("Where does Madeup7 go?"), false));
	assert_fails(ERR_INVALID, app_issue_add(as("kim"), id, ISSUE_SYSTEM, words("123-45-6789 is refused."), true));
	assert_fine(app_issue_add(as("kim"), id, ISSUE_SYSTEM, words("The Madeup7 hotline is never answered."), true));
	assert_fine(app_issue_add(as("lea"), id, ISSUE_AGENCY, words("Intake forms differ."), false));
	assert_fine(app_sitting_note(as("fay"), id, true, words("We meet in January too."), false));
	assert_fails(ERR_DENIED, app_sitting_note(as("kim"), id, true, words("And in May."), false));
	assert_fine(app_board(as("lea"), id, &board));
	assert_int_equal(board.issues_open, 2);
	assert_fine(app_sitting(as("lea"), id, &view));
	assert_text(view.notes[0].words, "We meet in January too.");
	assert_true(view.notes[0].decision);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM issue WHERE length(words) > 40"), 2);
}

static void an_issue_returns_until_it_is_answered(void **state)
{
	(void)state;
	struct str id = open_sitting(), next;
	struct board_view board;
	struct sitting_view view;
	assert_fine(app_issue_add(as("kim"), id, ISSUE_AGENCY, words("Intake forms differ."), false));
	assert_fine(app_board(as("kim"), id, &board));
	struct str issue = board.issues[0].id;
	assert_fails(ERR_DENIED, app_issue_own(as("kim"), id, issue, S("pat")));
	assert_fine(app_issue_own(as("kim"), id, issue, S("kim")));
	assert_fails(ERR_DENIED, app_issue_close(as("pat"), id, issue, words("One form now."), false));
	assert_fine(app_sitting_close(as("fay"), id));
	assert_fine(app_sitting(as("sid"), id, &view));
	assert_fine(app_sitting_make(as("sid"), view.series_id, day_of("2026-12-15"), &next));
	assert_fine(app_board(as("pat"), next, &board));
	assert_int_equal(board.issues_open, 1);
	assert_text(board.issues[0].owner, "Kim Sample");
	assert_fine(app_issue_close(as("kim"), next, issue, words("One form for all, from January."), false));
	assert_fails(ERR_MISSING, app_issue_close(as("kim"), next, issue, words("Again."), false));
	assert_fine(app_board(as("pat"), next, &board));
	assert_int_equal(board.issues_open, 0);
	assert_text(board.issues[0].answer, "One form for all, from January.");
}

static void each_agency_has_one_vote(void **state)
{
	(void)state;
	struct str id = open_sitting();
	struct board_view board;
	assert_fails(ERR_DENIED, app_motion_add(as("kim"), id, words("Meet at nine."), false)); /* not in the room */
	assert_fine(app_sitting_in(as("kim"), id));
	assert_fine(app_sitting_in(as("pat"), id));
	assert_fine(app_sitting_in(as("lea"), id));
	assert_fine(app_motion_add(as("kim"), id, words("Meet at nine."), false));
	assert_fine(app_board(as("pat"), id, &board));
	struct str motion = board.motions[0].id;
	assert_int_equal(board.voters, 2);
	assert_true(board.motions[0].can_vote);
	assert_fails(ERR_DENIED, app_motion_vote(as("lea"), id, motion, VOTE_YES));
	assert_fine(app_motion_vote(as("kim"), id, motion, VOTE_NO));
	assert_fine(app_motion_vote(as("fay"), id, motion, VOTE_YES)); /* of the same agency: its vote is changed */
	assert_fine(app_motion_vote(as("pat"), id, motion, VOTE_ABSTAIN));
	assert_fine(app_board(as("kim"), id, &board));
	assert_int_equal(board.motions[0].count.yes, 1);
	assert_int_equal(board.motions[0].count.no, 0);
	assert_text(board.motions[0].mine, "yes");
	assert_fails(ERR_DENIED, app_motion_close(as("pat"), id, motion));
	assert_fine(app_motion_close(as("fay"), id, motion));
	assert_fails(ERR_CONFLICT, app_motion_vote(as("pat"), id, motion, VOTE_NO));
	assert_fine(app_board(as("kim"), id, &board));
	assert_text(board.motions[0].result, "carried, 1 to 0");

	assert_fine(app_motion_add(as("pat"), id, words("Meet at eight."), false));
	assert_fine(app_sitting_close(as("fay"), id)); /* and what was open is counted */
	assert_fine(app_board(as("kim"), id, &board));
	assert_text(board.motions[1].result, "no quorum: 0 of 2 agencies voted, 1 were needed");
}

static void notices_have_a_last_day(void **state)
{
	(void)state;
	struct str id = made_sitting();
	struct board_view board;
	struct day later = day_of("2026-11-20");
	assert_fails(ERR_DENIED, app_notice_add(as("kim"), id, NOTICE_LEADS, words("HMIS is down."), DAY_NONE, false));
	assert_fine(app_notice_add(as("lea"), id, NOTICE_LEADS, words("HMIS is down on Friday."), later, false));
	assert_fine(app_notice_add(as("kim"), id, NOTICE_RESOURCE, words("Bus passes: 555-0134."), DAY_NONE, false));
	assert_fails(ERR_INVALID,
		     app_notice_add(as("kim"), id, NOTICE_EVENT, words("A fair."), day_of("2026-11-16"), false));
	assert_fine(app_board(as("pat"), id, &board));
	assert_int_equal(board.notices_n, 2);
	assert_text(board.notices[0].words, "HMIS is down on Friday.");
	assert_text(board.notices[1].until, "17 Dec 2026");
	assert_fails(ERR_MISSING, app_notice_end(as("pat"), id, board.notices[1].id));
	minutes_pass(4 * 24 * 60);
	assert_fine(app_board(as("pat"), id, &board));
	assert_int_equal(board.notices_n, 1);
	assert_fine(app_notice_end(as("kim"), id, board.notices[0].id));
	assert_fine(app_board(as("pat"), id, &board));
	assert_int_equal(board.notices_n, 0);
}

static void training_is_logged(void **state)
{
	(void)state;
	struct str id = open_sitting();
	struct board_view board;
	struct day today = day_of("2026-11-17");
	assert_fine(app_sitting_in(as("kim"), id));
	assert_fails(ERR_DENIED, app_workshop_add(as("kim"), id, words("Housing First"), today, 20, true, false));
	assert_fails(ERR_INVALID, app_workshop_add(as("fay"), id, words("Housing First"), today, 0, true, false));
	assert_fails(ERR_INVALID,
		     app_workshop_add(as("fay"), id, words("Housing First"), day_add(today, 1), 20, true, false));
	assert_fine(app_workshop_add(as("fay"), id, words("Housing First"), today, 20, true, false));
	assert_fine(app_board(as("pat"), id, &board));
	assert_int_equal(board.workshops[0].people, 2);
	assert_false(board.workshops[0].mine);
	assert_fine(app_workshop_there(as("pat"), id, board.workshops[0].id));
	assert_fine(app_workshop_there(as("pat"), id, board.workshops[0].id)); /* again is no error */
	assert_fine(app_board(as("pat"), id, &board));
	assert_int_equal(board.workshops[0].people, 3);
	assert_true(board.workshops[0].mine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERIES(who_plans_sets_it_up_and_the_secretary_keeps_it),
		SERIES(statewide_meetings_are_for_all),
		SERIES(what_does_not_do_is_told),
		SERIES(one_meeting_is_moved_and_the_series_stays),
		SERIES(the_case_conference_waits_until_the_room_is_closed),
		SERIES(a_meeting_is_handed_over_with_what_was_prepared),
		SERIES(agencies_say_who_comes),
		SERIES(nobody_is_named_in_a_business_meeting),
		SERIES(an_issue_returns_until_it_is_answered),
		SERIES(each_agency_has_one_vote),
		SERIES(notices_have_a_last_day),
		SERIES(training_is_logged),
	};
	return cmocka_run_group_tests_name("series of meetings", tests, NULL, NULL);
}
