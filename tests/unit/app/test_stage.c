/* The stage of a conference: what all may see, who waits in its lobby, by what a household is called. */
#include "conference_fixture.h"

#include <string.h>

#include "app/attendance.h"
#include "app/card.h"
#include "app/conference_view.h"
#include "app/stage.h"
#include "app/step.h"

static struct conference_view seen(const char *login, struct str id)
{
	struct conference_view v;
	assert_fine(app_conference(as(login), id, S(""), &v));
	return v;
}

static struct stage_view stage_of(struct str id)
{
	struct stage_view v;
	assert_fine(app_stage(as("holder"), id, &v));
	return v;
}

static void check_all(struct str id)
{
	for (int i = 0; i < STAGE_CHECK_N; i++)
		assert_fine(app_stage_check(as("fay"), id, (enum stage_check)i, true));
}

/* A meeting that runs with Alder's Fay in it, looked at by the holder, with its first household open. */
static struct str open_meeting(void)
{
	struct str id = planned_conference();
	assert_fine(app_attendance_in(as("fay"), id));
	assert_fine(app_conference_start(as("fay"), id));
	assert_fine(app_card_open(as("fay"), id, seen("fay", id).queue[0].card_id));
	return id;
}

static void add_step(struct str id, const char *what)
{
	struct step_said said;
	struct step_new step = {words(what), S("fay"), day_of("2026-11-23"), S("")};
	assert_fine(app_step_add(as("fay"), id, seen("fay", id).queue[0].card_id, &step, &said));
}

static bool has(struct str text, const char *part)
{
	return strstr(str_c(world.a, text), part) != NULL;
}

static void each_household_has_a_word_of_its_own_in_each_meeting(void **state)
{
	(void)state;
	struct str id = planned_conference();
	struct stage_panel first = *seen("holder", id).stage;
	assert_int_equal(first.others_n, 10);
	for (size_t i = 0; i < first.others_n; i++) {
		assert_true(str_starts(first.others[i].word, S("Household ")));
		assert_false(has(first.others[i].word, "Maple")); /* which begins the codes of all of them */
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(first.others[i].word, first.others[k].word));
	}
	assert_fine(app_conference_start(as("fay"), id));
	struct stage_panel again = *seen("holder", id).stage;
	for (size_t i = 0; i < first.others_n; i++)
		assert_true(str_eq(again.others[i].word, first.others[i].word));

	struct conference_plan p = a_plan();
	struct str next;
	size_t same = 0;
	assert_fine(app_conference_plan(as("holder"), (struct worklist_ref){S("r1"), S("")}, &p, &next));
	struct stage_panel other = *seen("holder", next).stage;
	for (size_t i = 0; i < first.others_n; i++)
		same += str_eq(other.others[i].word, first.others[i].word);
	assert_true(same < first.others_n);
}

static void no_name_before_everything_is_checked(void **state)
{
	(void)state;
	struct str id = open_meeting();
	struct stage_view v = stage_of(id);
	assert_false(v.ready);
	assert_false(v.named);
	assert_true(str_starts(v.called, S("Household ")));
	assert_int_equal(seen("holder", id).stage->named, 0);
	assert_fine(app_stage_check(as("fay"), id, STAGE_RECORDERS, true));
	assert_fine(app_stage_check(as("fay"), id, STAGE_CALLERS, true));
	assert_false(stage_of(id).named);
	assert_fine(app_stage_check(as("fay"), id, STAGE_CONFIDENTIAL, true));
	v = stage_of(id);
	assert_true(v.named);
	assert_text(v.called, "Joe Madeup1");
	assert_true(has(v.sentence, "Joe has been on our list for 267 days"));
	assert_text(seen("holder", id).stage->says, "The name may be said aloud for 10 of 10.");
	assert_fine(app_stage_check(as("fay"), id, STAGE_RECORDERS, false)); /* a bot came in */
	assert_false(stage_of(id).named);
}

static void who_is_not_covered_waits_and_sees_nothing(void **state)
{
	(void)state;
	struct str id = open_meeting();
	check_all(id);
	assert_fine(app_attendance_in(as("una"), id));
	struct conference_view v = seen("una", id);
	assert_true(v.waits);
	assert_false(v.inside);
	assert_int_equal(v.queue_n, 0);
	assert_fails(ERR_DENIED,
		     app_conference_note(as("una"), id,
					 &(struct note_new){.kind = NOTE_OFFER, .words = words("We could help")}));
	assert_true(stage_of(id).named);
	v = seen("holder", id);
	assert_int_equal(v.here_n, 1);
	assert_int_equal(v.stage->lobby_n, 1);
	assert_text(v.stage->lobby[0].who, "Una Sample, Birch Agency");
	assert_text(v.stage->lobby[0].why, "has not signed this year’s confidentiality agreement");
	assert_text(v.stage->lobby[0].changes, "10 of 10 names go off the stage.");

	assert_fine(app_stage_admit(as("fay"), id, S("una")));
	assert_fails(ERR_CONFLICT, app_stage_admit(as("fay"), id, S("una")));
	assert_true(seen("una", id).inside);
	struct stage_view s = stage_of(id);
	assert_false(s.named);
	assert_false(has(s.called, "Joe") || has(s.sentence, "Joe"));
	v = seen("holder", id);
	assert_text(v.stage->says, "The name may be said aloud for 0 of 10.");
	assert_text(v.stage->because, "Una Sample, Birch Agency");
	assert_false(has(v.card->read_aloud, "Joe"));
	assert_fine(app_attendance_out(as("una"), id));
	assert_true(stage_of(id).named);
}

static void who_was_turned_away_was_not_there(void **state)
{
	(void)state;
	struct str id = open_meeting();
	struct conference_record record;
	assert_fine(app_attendance_in(as("una"), id));
	assert_fine(app_stage_turn_away(as("fay"), id, S("una")));
	assert_fails(ERR_CONFLICT, app_stage_turn_away(as("fay"), id, S("una")));
	assert_fails(ERR_CONFLICT,
		     app_stage_turn_away(as("fay"), id, S("holder"))); /* who is in leaves by other ways */
	assert_true(seen("una", id).can_enter);
	assert_fine(app_conference_close(as("fay"), id));
	assert_fails(ERR_DENIED, app_conference_record(as("una"), id, false, &record));
	assert_fine(app_conference_record(as("fay"), id, false, &record));
	assert_int_equal(record.conference.seats_n, 1);
}

static void who_is_covered_waits_only_where_a_name_would_go(void **state)
{
	(void)state;
	struct str id = open_meeting();
	assert_fine(app_attendance_in(as("kim"), id)); /* of Fay's agency */
	check_all(id);
	assert_fine(app_attendance_in(as("pat"), id)); /* Birch has no release of household 3 */
	struct conference_view v = seen("holder", id);
	assert_int_equal(v.here_n, 2);
	assert_text(v.stage->lobby[0].who, "Pat Sample, Birch Agency");
	assert_text(v.stage->lobby[0].why, "");
	assert_text(v.stage->lobby[0].changes, "1 of 10 names goes off the stage.");
	assert_fine(app_stage_admit(as("sid"), id, S("pat")));
	v = seen("holder", id);
	assert_int_equal(v.stage->named, 9);
	assert_int_equal(v.stage->others_n, 1);
	assert_int_equal(v.stage->others[0].number, 3);
	assert_text(v.stage->because, "");
	assert_true(stage_of(id).named);
	assert_fine(app_card_open(as("fay"), id, v.queue[2].card_id));
	assert_false(stage_of(id).named);
	assert_fine(app_attendance_in(as("spec"), id)); /* who leads the region's meetings does not wait */
	assert_true(seen("spec", id).here);
}

static void who_has_no_account_is_a_guest(void **state)
{
	(void)state;
	struct str id = open_meeting();
	check_all(id);
	assert_fails(ERR_INVALID, app_stage_guest(as("fay"), id, words("  ")));
	assert_fine(app_stage_guest(as("fay"), id, words("Mr Doe of the school, by telephone")));
	struct conference_view v = seen("holder", id);
	assert_text(v.stage->lobby[0].who, "Mr Doe of the school, by telephone");
	assert_true(stage_of(id).named);
	struct str guest = v.stage->lobby[0].id;
	assert_fine(app_stage_admit(as("fay"), id, guest));
	assert_false(stage_of(id).named);
	v = seen("holder", id);
	assert_int_equal(v.here_n, 2);
	assert_true(v.seats[1].guest);
	assert_text(v.seats[1].name, "Mr Doe of the school, by telephone");
	assert_fine(app_stage_turn_away(as("fay"), id, guest));
	assert_true(stage_of(id).named);
	assert_int_equal(seen("holder", id).here_n, 1);
}

static void words_stand_there_only_where_all_may_read_them(void **state)
{
	(void)state;
	struct str id = open_meeting();
	check_all(id);
	add_step(id, "Tour Cedar Court with Joe and Madeup3");
	add_step(id, "Drive Joe to the clinic");
	struct stage_view v = stage_of(id);
	assert_int_equal(v.steps_n, 2);
	assert_text(v.steps[0].words, "Tour Cedar Court with Joe and Madeup3"); /* all may read of both */
	assert_text(v.steps[0].agency, "Alder Agency");
	assert_text(v.steps[0].due, "Mon 23 Nov 2026");
	assert_text(v.steps[1].words, "");
	assert_fine(app_attendance_in(as("pat"), id));
	assert_fine(app_stage_admit(as("fay"), id, S("pat")));
	v = stage_of(id);
	assert_true(v.named);
	assert_false(has(v.steps[0].words, "Madeup3"));
	assert_true(has(v.steps[0].words, "Tour Cedar Court"));
	assert_fine(app_attendance_in(as("una"), id));
	assert_fine(app_stage_admit(as("fay"), id, S("una")));
	v = stage_of(id);
	for (size_t i = 0; i < v.steps_n; i++)
		assert_text(v.steps[i].words, "");
	assert_text(v.steps[0].agency, "Alder Agency");
}

static void the_stage_is_for_who_leads(void **state)
{
	(void)state;
	struct str id = open_meeting();
	struct stage_view v;
	assert_fine(app_attendance_in(as("kim"), id));
	assert_fails(ERR_DENIED, app_stage(as("kim"), id, &v));
	assert_fails(ERR_DENIED, app_stage_check(as("kim"), id, STAGE_CALLERS, true));
	assert_fails(ERR_DENIED, app_stage_guest(as("kim"), id, words("Somebody")));
	assert_fails(ERR_DENIED, app_stage_admit(as("kim"), id, S("una")));
	assert_null(seen("kim", id).stage);
	static const char *const nobody[] = {"lea", "root", "other", "pru", "far"};
	for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
		assert_fails(ERR_MISSING, app_stage(as(nobody[i]), id, &v));
	assert_fine(app_stage(as("sid"), id, &v));
	assert_int_equal(v.seats_n, 10);
	assert_true(v.seats[0].now);
	assert_fine(app_conference_close(as("fay"), id));
	v = stage_of(id);
	assert_true(v.closed);
	assert_false(v.open);
	assert_fails(ERR_CONFLICT, app_stage_check(as("fay"), id, STAGE_CALLERS, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(each_household_has_a_word_of_its_own_in_each_meeting),
		WORLD(no_name_before_everything_is_checked),
		WORLD(who_is_not_covered_waits_and_sees_nothing),
		WORLD(who_was_turned_away_was_not_there),
		WORLD(who_is_covered_waits_only_where_a_name_would_go),
		WORLD(who_has_no_account_is_a_guest),
		WORLD(words_stand_there_only_where_all_may_read_them),
		WORLD(the_stage_is_for_who_leads),
	};
	return cmocka_run_group_tests_name("app stage", tests, NULL, NULL);
}
