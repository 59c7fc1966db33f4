/* What belongs to a room and to no household: how people are called, who reads, the figures, the pulse, the habits. */
#include "conference_fixture.h"

#include <stdio.h>

#include "app/attendance.h"
#include "app/conference_view.h"
#include "app/cycle.h"
#include "app/habit.h"
#include "app/list_image.h"
#include "app/pulse.h"
#include "domain/movement.h"
#include "domain/spell.h"

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

#define ROOM(test)                                                                                                     \
	{#test " (SQLite)", test, up, down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                             \
	{                                                                                                              \
#test " (PostgreSQL)", test, up, down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]                  \
	}

static struct conference_view seen(const char *login, struct str id)
{
	struct conference_view v;
	assert_fine(app_conference(as(login), id, S(""), &v));
	return v;
}

static const struct seat_row *seat_of(const struct conference_view *v, const char *user)
{
	for (size_t i = 0; i < v->seats_n; i++)
		if (str_eq(v->seats[i].user_id, str_from(user)) && v->seats[i].here)
			return &v->seats[i];
	fail_msg("%s is not there", user);
	return NULL;
}

static void people_are_called_as_they_wish(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct attendance_wish wish = {words("Kimmy"), words("they/them")};
	assert_fine(app_attendance_in_as(as("kim"), id, &wish));
	struct conference_view v = seen("fay", id);
	assert_text(seat_of(&v, "kim")->called, "Kimmy");
	assert_text(seat_of(&v, "kim")->pronouns, "they/them");
	assert_text(seat_of(&v, "kim")->name, "Kim Sample"); /* the attendance is by the account */
	assert_int_equal(seat_of(&v, "pat")->called.n, 0);

	/* Checked in by the scribe they are called as before, and so at the door. */
	assert_fine(app_attendance_out(as("kim"), id));
	assert_text(seen("kim", id).my_called, "Kimmy");
	assert_fine(app_attendance_in_for(as("sid"), id, S("kim")));
	v = seen("fay", id);
	assert_text(seat_of(&v, "kim")->called, "Kimmy");

	/* The scribe says it for others, everybody for themselves. */
	wish = (struct attendance_wish){words("Patty"), NULL};
	assert_fine(app_attendance_wish(as("sid"), id, S("pat"), &wish));
	v = seen("kim", id);
	assert_text(seat_of(&v, "pat")->called, "Patty");
	assert_fails(ERR_DENIED, app_attendance_wish(as("kim"), id, S("pat"), &wish));
	wish = (struct attendance_wish){0};
	assert_fine(app_attendance_wish(as("pat"), id, S("pat"), &wish));
	v = seen("kim", id);
	assert_int_equal(seat_of(&v, "pat")->called.n, 0);
	assert_fails(ERR_MISSING, app_attendance_wish(as("sid"), id, S("una"), &wish));

	/* What is too long lets nobody in by half. */
	wish = (struct attendance_wish){words("Una"), words("one that goes on and on and on and on")};
	assert_fails(ERR_INVALID, app_attendance_in_as(as("una"), id, &wish));
	assert_int_equal(seen("fay", id).seats_n, 5);
}

static void somebody_else_reads_the_agreements(void **state)
{
	(void)state;
	struct str id = running_conference();
	assert_fails(ERR_INVALID, app_conference_read(as("sid"), id, S("kim"))); /* is not here */
	assert_fails(ERR_DENIED, app_conference_read(as("pat"), id, S("sid")));
	assert_fine(app_conference_read(as("pat"), id, S("pat")));
	struct conference_view v = seen("fay", id);
	assert_text(v.reader, "Pat Sample");
	assert_int_equal(v.readers.n, 0);
	assert_fine(app_conference_close(as("fay"), id));
	assert_fails(ERR_CONFLICT, app_conference_read(as("sid"), id, S("pat")));
	id = running_conference();
	v = seen("fay", id);
	assert_int_equal(v.reader.n, 0);
	assert_text(v.readers, "Pat Sample");
}

static void came(int64_t household, const char *day, enum cause cause)
{
	char sql[300];
	snprintf(sql, sizeof sql,
		 "INSERT INTO movement (household_no, no, from_import, to_import, day, month, was, became, cause, "
		 "adjustment, "
		 "holds) VALUES (%d, (SELECT count(*) + 1 FROM movement), 0, 100, %d, NULL, %d, %d, %d, 0, 1)",
		 (int)household, (int)day_of(day).n, STATUS_INACTIVE, STATUS_ACTIVE, cause);
	store_force(world.store, sql);
}

static void a_meeting_begins_with_what_has_moved(void **state)
{
	(void)state;
	came(1, "2026-10-25", CAUSE_NEW);
	came(2, "2026-11-03", CAUSE_FROM_HOUSING);
	came(2, "2026-11-09", CAUSE_FROM_INACTIVE); /* the same household */
	came(3, "2026-10-01", CAUSE_NEW);           /* longer ago */
	came(4, "2026-11-17", CAUSE_INACTIVE);      /* went */
	struct str id = running_conference();
	struct conference_view v = seen("pat", id);
	assert_non_null(v.figures);
	assert_true(v.figures->first);
	assert_int_equal(v.figures->came, 1);
	assert_int_equal(v.figures->returned, 1);
	assert_int_equal(v.figures->active, HOUSEHOLDS);
	assert_null(v.homes);

	/* While resources are looked at, the homes; once the list is worked, nothing stands in the way. */
	assert_fine(app_conference_part(as("fay"), id, AGENDA_RESOURCES));
	v = seen("pat", id);
	assert_non_null(v.homes);
	assert_int_equal(v.homes->homes_n, 0);
	assert_int_equal(v.homes->waiting, HOUSEHOLDS);
	assert_fine(app_conference_part(as("fay"), id, AGENDA_WORK));
	assert_null(seen("pat", id).figures);
	assert_fine(app_conference_close(as("fay"), id));

	/* Next time counts from this day on. */
	world.now = day_at(day_of("2026-12-15"), 10, 0);
	came(5, "2026-11-17", CAUSE_NEW);
	came(6, "2026-11-18", CAUSE_NEW);
	id = running_conference();
	v = seen("pat", id);
	assert_false(v.figures->first);
	assert_text(v.figures->since, "17 Nov");
	assert_int_equal(v.figures->came, 1);
	assert_int_equal(v.figures->returned, 0);
}

static void the_pulse_counts_and_knows_nobody(void **state)
{
	(void)state;
	static const char *const people[] = {"fay", "sid", "pat", "kim"};
	struct str id = running_conference();
	assert_fine(app_attendance_in(as("kim"), id));
	assert_fine(app_attendance_in(as("spec"), id));
	assert_fails(ERR_CONFLICT, app_pulse_give(as("pat"), id, PULSE_FLOWED)); /* the closing was not reached */
	assert_fine(app_conference_part(as("fay"), id, AGENDA_CLOSING));
	assert_true(seen("pat", id).pulse.asks);
	assert_fails(ERR_CONFLICT, app_pulse_give(as("holder"), id, PULSE_FLOWED)); /* was not there */
	for (size_t i = 0; i < 4; i++)
		assert_fine(app_pulse_give(as(people[i]), id, i < 3 ? PULSE_FLOWED : PULSE_HARD));
	assert_fails(ERR_CONFLICT, app_pulse_give(as("pat"), id, PULSE_HARD)); /* once */
	assert_true(seen("pat", id).pulse.given);
	assert_fine(app_conference_close(as("fay"), id));
	minutes_pass(24 * 60);
	assert_int_equal(seen("holder", id).pulse.lines_n, 0); /* four */
	world.now.ms -= (int64_t)24 * 60 * 60 * 1000;
	assert_fine(app_pulse_give(as("spec"), id, PULSE_MIXED)); /* on the same day, after the end */
	assert_int_equal(seen("holder", id).pulse.lines_n, 0);    /* nobody watches the number grow */
	minutes_pass(24 * 60);
	struct conference_view v = seen("holder", id);
	assert_int_equal(v.pulse.lines_n, 1);
	assert_text(v.pulse.lines[0].say, "5 answers: 3 it flowed, 1 so-so, 1 hard going");
	assert_int_equal(seen("fay", id).pulse.lines_n, 1);
	assert_int_equal(seen("pat", id).pulse.lines_n, 0);
	assert_false(seen("pat", id).pulse.asks);
}

static void a_region_turns_off_what_it_likes(void **state)
{
	(void)state;
	struct habits habits;
	struct str id = planned_conference();
	assert_true(seen("pat", id).icebreaker.n > 0);
	assert_fine(app_habits(as("holder"), S("r1"), &habits));
	assert_true(habits.on[HABIT_PULSE]);
	habits = (struct habits){.on = {[HABIT_HEADINGS] = true}};
	assert_fails(ERR_DENIED, app_habits_put(as("pat"), S("r1"), &habits));
	assert_fails(ERR_DENIED, app_habits_put(as("other"), S("r1"), &habits));
	assert_fine(app_habits_put(as("holder"), S("r1"), &habits));
	assert_int_equal(seen("pat", id).icebreaker.n, 0);
	assert_fine(app_conference_start(as("fay"), id));
	assert_true(seen("fay", id).headings);
	assert_fine(app_conference_part(as("fay"), id, AGENDA_CLOSING));
	assert_false(seen("fay", id).pulse.asks);
	assert_fails(ERR_CONFLICT, app_pulse_give(as("fay"), id, PULSE_FLOWED));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM(people_are_called_as_they_wish),       ROOM(somebody_else_reads_the_agreements),
		ROOM(a_meeting_begins_with_what_has_moved), ROOM(the_pulse_counts_and_knows_nobody),
		ROOM(a_region_turns_off_what_it_likes),
	};
	return cmocka_run_group_tests_name("app room", tests, NULL, NULL);
}
