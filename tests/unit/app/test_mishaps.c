/* What goes wrong in a meeting and must not hold it up: it is never closed, the scribe's laptop dies, the clock jumps,
 * a household moves in or dies while it is talked about, a memorandum ends today. Two who lead are in
 * test_conference.c, who leaves the list is in test_cycle.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "conference_fixture.h"

#include "app/attendance.h"
#include "app/card.h"
#include "app/conference_view.h"
#include "app/step.h"
#include "app/telling.h"
#include "domain/spell.h"

static struct conference_view seen(const char *login, struct str id)
{
	struct conference_view v;
	assert_fine(app_conference(as(login), id, S(""), &v));
	return v;
}

/* The first household is talked about, and Pat has taken a step. */
static struct str meeting_under_way(struct step_said *said)
{
	struct str id = running_conference();
	struct step_new step = {words("Send the form"), S("pat"), day_of("2026-11-23"), S("")};
	assert_fine(app_card_next(as("fay"), id, S("")));
	assert_fine(app_step_add(as("sid"), id, seen("sid", id).now_card, &step, said));
	return id;
}

static void one_that_was_never_closed_holds_up_no_other(void **state)
{
	(void)state;
	struct step_said said;
	struct str left = meeting_under_way(&said);
	struct str next;
	minutes_pass(28 * 24 * 60);
	struct conference_plan plan = a_plan();
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &plan, &next));
	assert_fine(app_conference_start(as("fay"), next));
	assert_fine(app_card_next(as("fay"), next, S("")));
	struct conference_view v = seen("fay", next);
	assert_int_equal(v.card->carried_n, 1); /* nothing that was agreed is forgotten */
	assert_text(v.card->carried[0].id, str_c(world.a, said.id));
	assert_fine(app_step_answer(as("fay"), next, said.id, STEP_DONE, DAY_NONE));
	/* It can be closed late: it takes nothing back, and its record is its own. */
	assert_fine(app_conference_close(as("fay"), left));
	v = seen("fay", next);
	assert_true(v.live);
	assert_text(v.card->carried[0].state_key, "done");
	assert_true(seen("fay", left).closed);
}

static void others_go_on_where_the_scribes_laptop_dies(void **state)
{
	(void)state;
	struct step_said said;
	struct str id = meeting_under_way(&said);
	struct str card = seen("sid", id).now_card;
	struct card_edit typed = {.words = words("Likes the river"), .device = S("aaaaaaaaaaaaaaaaaaaa"), .no = 1};
	struct card_edit met = {.words = words("Has a dog"), .device = S("bbbbbbbbbbbbbbbbbbbb"), .no = 1};
	struct card_saved saved;
	assert_fine(app_card_write(as("sid"), id, card, CARD_NOTE, &typed, &saved));
	assert_fine(app_card_write(as("holder"), id, card, CARD_NOTE, &met, &saved));
	assert_true(saved.conflict);
	/* Sid is gone. Who leads writes on, settles, and goes to the next household. */
	assert_fine(app_attendance_out_for(as("fay"), id, S("sid")));
	struct conference_view v = seen("fay", id);
	assert_text(v.card->note, "Likes the river");
	assert_fine(app_card_settle(as("fay"), id, v.card->conflicts[0].id, words("Likes the river, has a dog"), 1));
	struct telling_new t = {words("Pat sends the form on Monday."), TELLING_IN_PERSON, S("pat")};
	assert_fine(app_telling_put(as("fay"), id, card, &t));
	assert_fine(app_card_next(as("fay"), id, card));
	/* Back on another device, sid writes; what the laptop sends when it wakes up is not written again. */
	assert_fine(app_attendance_in(as("sid"), id));
	assert_fine(app_card_write(as("sid"), id, card, CARD_NOTE, &typed, &saved));
	assert_false(saved.conflict);
	struct card_edit phone = {.words = words("Likes the river, has a dog, and a pond"),
				  .version = 2,
				  .device = S("cccccccccccccccccccc"),
				  .no = 1};
	assert_fine(app_card_write(as("sid"), id, card, CARD_NOTE, &phone, &saved));
	assert_int_equal(saved.version, 3);
	struct conference_record record;
	assert_fine(app_conference_close(as("fay"), id));
	assert_fine(app_conference_record(as("holder"), id, true, &record));
	assert_text(record.cards[0].card.note, "Likes the river, has a dog, and a pond");
}

static void a_clock_that_jumps_corrects_itself(void **state)
{
	(void)state;
	struct step_said said;
	struct str id = meeting_under_way(&said);
	struct str first = seen("fay", id).now_card;
	tell(id, first);
	minutes_pass(-3 * 60); /* back, to before the start */
	struct conference_view v = seen("fay", id);
	assert_int_equal(v.elapsed_minutes, 0);
	assert_int_equal(v.card->used_seconds, 0);
	assert_fine(app_card_next(as("fay"), id, first));
	assert_true(seen("fay", id).card->allotted_seconds > 0);
	minutes_pass(8 * 60); /* and far ahead: no household was talked about for longer than an hour */
	v = seen("fay", id);
	assert_int_equal(v.card->used_seconds, 60 * 60);
	assert_true(v.card->over);
	assert_int_equal(v.households_done, 1);
	minutes_pass(-5 * 60 + 5);
	assert_fine(app_conference_close(as("fay"), id));
}

static void who_moves_in_or_dies_holds_nobody_up(void **state)
{
	(void)state;
	static const struct {
		int status;
		const char *says;
	} rows[] = {{STATUS_HOUSED, "Joe moved in."}, {STATUS_DECEASED, "Household Maple 1002 has died."}};
	struct str id = running_conference();
	assert_fine(app_card_next(as("fay"), id, S("")));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str card = seen("fay", id).now_card;
		assert_fails(ERR_INVALID, app_card_next(as("fay"), id, card)); /* a step is wanted */
		status_is((int64_t)i + 1, rows[i].status);
		assert_text(seen("pat", id).card->read_aloud, rows[i].says);
		assert_fine(app_card_next(as("fay"), id, card)); /* and now nothing is, nor are they told */
		assert_int_equal(seen("fay", id).households_done, (int)i + 1);
	}
	status_is(3, STATUS_HOUSED);
	assert_fine(app_conference_close(as("fay"), id));
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card WHERE state = 'done'"), 3);
}

/* The last day counts whole; the day after, the door leads to the lobby. */
static void a_memorandum_that_ends_today_holds_today(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str ends = str_fmt(world.a, "UPDATE mou SET until_day = %d WHERE id = 'm2'", (int)as("pat")->today.n);
	store_force(world.store, str_c(world.a, ends));
	assert_fine(app_attendance_out(as("pat"), id));
	assert_fine(app_attendance_in(as("pat"), id));
	assert_true(seen("pat", id).inside);
	minutes_pass(24 * 60); /* the meeting was forgotten overnight */
	assert_fine(app_attendance_out(as("pat"), id));
	assert_fine(app_attendance_in(as("pat"), id));
	assert_true(seen("pat", id).waits);
	assert_false(seen("pat", id).inside);
	assert_text(seen("holder", id).stage->lobby[0].who, "Pat Sample, Birch Agency");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(one_that_was_never_closed_holds_up_no_other), WORLD(others_go_on_where_the_scribes_laptop_dies),
		WORLD(a_clock_that_jumps_corrects_itself),          WORLD(who_moves_in_or_dies_holds_nobody_up),
		WORLD(a_memorandum_that_ends_today_holds_today),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
