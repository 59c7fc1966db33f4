/* Getting a conference ready, word from who cannot come, and one's own steps between conferences; on both engines. */
#include "conference_fixture.h"

#include <stdio.h>

#include "app/card.h"
#include "app/conference_view.h"
#include "app/mine.h"
#include "app/prepare.h"
#include "app/step.h"

/* Birch serves household 1, as the fixture's faces say; Cedar, which does not come, serves 2, 3 and 4. */
static void serve(void)
{
	store_force(world.store, "UPDATE listing SET region_id = 'r1'");
	store_force(world.store,
		    "INSERT INTO household_agency (agency_id, household_no, from_import, to_import, last_day) "
		    "VALUES ('birch', 1, 0, 100, 20000), ('cedar', 2, 0, 100, 20000), "
		    "('cedar', 3, 0, 100, 20000), ('cedar', 4, 0, 100, 20000)");
}

static void the_agency_that_lifts_it_most_is_named(void **state)
{
	(void)state;
	struct str id = planned_conference();
	struct prepare_view v;
	serve();
	assert_fails(ERR_DENIED, app_conference_start(as("kim"), id));
	assert_fails(ERR_MISSING, app_prepare(as("far"), id, &v));
	assert_fails(ERR_MISSING, app_prepare(as("lea"), id, &v));
	assert_fine(app_prepare(as("holder"), id, &v));
	assert_int_equal(v.coverage.households, HOUSEHOLDS);
	assert_int_equal(v.coverage.covered, 1);
	assert_int_equal(v.coverage.unserved, HOUSEHOLDS - 4);
	assert_int_equal(v.agencies_n, 1);
	assert_text(v.agencies[0].name, "Cedar Agency");
	assert_int_equal(v.agencies[0].lift, 3);
	assert_int_equal(v.agencies[0].queue, 3);
	assert_false(v.agencies[0].memorandum);
	assert_text(v.most, "Cedar Agency would lift it most: to 28 %, once it has a memorandum.");

	/* Whom nobody may find is in no count. */
	store_force(
		world.store,
		db_engine(world.store->db) == DB_SQLITE
			? "INSERT INTO protection (household_no, no, day, reason, at) VALUES (2, 1, 20000, x'00', 0)"
			: "INSERT INTO protection (household_no, no, day, reason, at) VALUES (2, 1, 20000, '\\x00', "
			  "0)");
	assert_fine(app_prepare(as("fay"), id, &v));
	assert_int_equal(v.coverage.households, HOUSEHOLDS - 1);
	assert_int_equal(v.agencies[0].lift, 2);
	store_force(world.store, "UPDATE agency SET is_victim_service_provider = 1 WHERE id = 'cedar'");
	assert_fine(app_prepare(as("fay"), id, &v));
	assert_int_equal(v.agencies_n, 0);
}

static void a_facilitator_whose_own_households_these_are_is_told(void **state)
{
	(void)state;
	struct str id = planned_conference();
	struct prepare_view v;
	assert_fine(app_prepare(as("holder"), id, &v));
	assert_false(v.interest);
	for (int i = 1; i <= 6; i++) {
		char sql[200];
		snprintf(sql, sizeof sql,
			 "INSERT INTO household_agency (agency_id, household_no, from_import, to_import, last_day) "
			 "VALUES "
			 "('alder', %d, 0, 100, 20000)",
			 i);
		store_force(world.store, sql);
	}
	assert_fine(app_prepare(as("holder"), id, &v)); /* six of ten */
	assert_true(v.interest);
	assert_text(v.facilitator[1], "Connected: Alder Agency serves 6 of the 10 households.");
	assert_int_equal(v.facilitator_n, 3);
	store_force(world.store,
		    "INSERT INTO opening (id, region_id, agency_id, kind, program, features, rule, from_day, "
		    "confirmed_day, made_by, made_at) VALUES ('o1', 'r1', 'alder', 'supportive', 'Alder Court', 0, "
		    "'', 20000, 20000, 'kim', 0), ('o2', 'r1', 'birch', 'supportive', 'Birch Row', 0, '', 20000, "
		    "20000, 'kim', 0)");
	store_force(world.store, "DELETE FROM household_agency");
	assert_fine(app_prepare(as("holder"), id, &v));
	assert_true(v.interest);
	assert_text(v.facilitator[3],
		    "Alder Agency has 1 of the 2 homes that are to be filled: let somebody of another "
		    "agency lead when they are matched.");
}

static struct str card_of_first(struct str conference)
{
	struct conference_view view;
	assert_fine(app_conference(as("holder"), conference, S(""), &view));
	return view.queue[0].card_id;
}

static void word_stands_on_the_card(void **state)
{
	(void)state;
	struct str id = planned_conference();
	struct word_view rows;
	struct conference_view view;
	struct word_sent word = {.changed = words("Has a birth certificate."), .next = words("Tour on Friday.")};
	struct word_sent nothing = {.blocked = words("   ")};
	serve();
	assert_fine(app_word_rows(as("pat"), &rows));
	assert_int_equal(rows.rows_n, 1);
	assert_text(rows.rows[0].called, "Joe Madeup1");
	assert_fails(ERR_DENIED, app_word_rows(as("holder"), &rows)); /* of no agency */
	struct str card = card_of_first(id);
	assert_fails(ERR_MISSING, app_word_send(as("kim"), id, card, &word)); /* does not serve it */
	assert_fails(ERR_MISSING, app_word_send(as("pat"), id, S("none"), &word));
	assert_fails(ERR_INVALID, app_word_send(as("pat"), id, card, &nothing));
	assert_fine(app_word_send(as("pat"), id, card, &word));
	assert_fine(app_word_rows(as("pat"), &rows));
	assert_int_equal(rows.rows[0].sent, 1);
	assert_fine(app_conference(as("holder"), id, card, &view));
	assert_int_equal(view.card->notes_n, 1);
	assert_text(view.card->notes[0].words,
		    "Sent ahead on 17 Nov. Changed: Has a birth certificate. Next: Tour on Friday.");
	assert_text(view.card->notes[0].by, "Pat Sample");

	/* A household that leaves the queue keeps what was said about it. */
	leaves_list(1);
	assert_fine(app_conference_start(as("fay"), id));
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM conference_note"), 1);
	assert_fails(ERR_MISSING, app_word_send(as("pat"), id, card, &word));
}

static struct str a_step(struct str conference, const char *owner, const char *due)
{
	struct conference_view view;
	struct step_new step = {.words = words("Call Joe about the key"), .owner_id = text(owner), .due = day_of(due)};
	struct step_said said;
	assert_fine(app_conference(as("fay"), conference, S(""), &view));
	assert_fine(app_step_add(as("fay"), conference, view.queue[0].card_id, &step, &said));
	return said.id;
}

static void own_steps_are_answered_between_conferences(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str step = a_step(id, "kim", "2026-11-18");
	struct mine_view v;
	assert_fine(app_conference_close(as("fay"), id));
	minutes_pass(3 * 24 * 60);
	assert_fine(app_mine(as("kim"), &v));
	assert_int_equal(v.steps_n, 1);
	assert_int_equal(v.overdue, 1);
	assert_int_equal(v.steps[0].overdue_days, 2);
	assert_fine(app_mine(as("pat"), &v));
	assert_int_equal(v.steps_n, 0);
	assert_fails(ERR_MISSING, app_mine_answer(as("pat"), step, STEP_DONE));
	assert_fine(app_mine_answer(as("kim"), step, STEP_NOT_YET));
	assert_fails(ERR_CONFLICT, app_mine_answer(as("kim"), step, STEP_NOT_YET));
	assert_fine(app_mine_answer(as("kim"), step, STEP_DONE));
	assert_fine(app_mine(as("kim"), &v));
	assert_int_equal(v.steps_n, 0);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM step_history WHERE conference_id IS NULL"), 2);
	assert_fails(ERR_DENIED, app_mine(as("lea"), &v));
}

/* Somebody whose agency and self signed what is needed. */
static struct call *covered(const char *login)
{
	struct call *c = as(login);
	c->actor.cover.today = COVERED;
	return c;
}

static void a_trip_sheet_names_nobody_and_stops_are_shared(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str step = a_step(id, "kim", "2026-11-20");
	struct mine_view v;
	a_step(id, "kim", "2026-12-20"); /* too far off */
	static const char *const readers[] = {"holder", "pat", "kim"};
	for (size_t i = 0; i < 3; i++) { /* the first two may read the name elsewhere */
		assert_fine(app_mine(covered(readers[i]), &v));
		assert_int_equal(v.trip_n, 1);
		assert_text(v.trip[0].county, "Where is not known");
		assert_int_equal(v.trip[0].stops_n, 1);
		assert_text(v.trip[0].stops[0].code, "Maple 1001");
		assert_text(v.trip[0].stops[0].words, "Call Maple 1001 about the key");
	}
	assert_true(v.trip[0].stops[0].mine);
	assert_false(v.trip[0].stops[0].can_take);
	assert_fails(ERR_CONFLICT, app_mine_take(covered("kim"), step, false));
	assert_fails(ERR_MISSING, app_mine_take(covered("far"), step, false));
	assert_fine(app_mine_take(covered("pat"), step, false));
	assert_fails(ERR_CONFLICT, app_mine_take(covered("sid"), step, false));
	assert_fine(app_mine(covered("kim"), &v));
	assert_text(v.trip[0].stops[0].taken, "Pat Sample");
	assert_fails(ERR_CONFLICT, app_mine_take(covered("sid"), step, true));
	assert_fine(app_mine_take(covered("pat"), step, true));
	assert_fine(app_mine_take(covered("sid"), step, false));

	/* Of a household whose facts are coarse there is no stop: it would say in which county it is. */
	world.coarse = 1;
	assert_fine(app_mine(covered("kim"), &v));
	assert_int_equal(v.trip_n, 0);
	assert_int_equal(v.steps_n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(the_agency_that_lifts_it_most_is_named),
		WORLD(a_facilitator_whose_own_households_these_are_is_told),
		WORLD(word_stands_on_the_card),
		WORLD(own_steps_are_answered_between_conferences),
		WORLD(a_trip_sheet_names_nobody_and_stops_are_shared),
	};
	return cmocka_run_group_tests_name("getting ready", tests, NULL, NULL);
}
