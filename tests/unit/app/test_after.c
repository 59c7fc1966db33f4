/* After a conference: questions with an owner, notes and tasks handed out in one press, reminders; on both engines. */
#include "conference_fixture.h"

#include <string.h>

#include "app/card.h"
#include "app/conference_view.h"
#include "app/handout.h"
#include "app/hmis_block.h"
#include "app/list_image.h"
#include "app/mine.h"
#include "app/outbox.h"
#include "app/question.h"
#include "app/step.h"

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

#define AFTER(test)                                                                                                    \
	{#test " (SQLite)", test, up, down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                             \
	{                                                                                                              \
#test " (PostgreSQL)", test, up, down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]                  \
	}

static err_t ask(const char *login, struct str conference, const char *said, const char *owner, const char *due)
{
	const struct question_new q = {.words = words(said), .owner_id = text(owner), .due = day_of(due)};
	return app_question_ask(as(login), conference, &q);
}

static void a_question_has_an_owner_until_it_is_answered(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct step_register_view v;
	struct mine_view mine;
	struct question_view one;
	struct conference_record r;
	const char *said = "Who pays a second deposit?";
	assert_fails(ERR_DENIED, ask("pat", id, said, "pat", "2026-11-20"));
	assert_fails(ERR_INVALID, ask("sid", id, said, "", "2026-11-20"));
	assert_fails(ERR_INVALID,
		     ask("sid", id, said, "lea", "2026-11-20")); /* a lead agency is not in these meetings */
	assert_fails(ERR_INVALID, ask("sid", id, said, "pat", "2026-11-16"));
	assert_fails(ERR_INVALID, ask("sid", id, "Who pays for Madeup3?", "pat", "2026-11-20"));
	assert_fine(ask("sid", id, said, "pat", "2026-11-20"));

	minutes_pass(5 * 24 * 60);
	assert_fine(app_step_register(as("kim"), S("r1"), &v));
	assert_int_equal(v.questions_n, 1);
	assert_text(v.questions[0].words, said);
	assert_text(v.questions[0].owner, "Pat Sample");
	assert_true(v.questions[0].overdue);
	assert_false(v.questions[0].can_answer);
	struct str question = v.questions[0].id;
	assert_fine(app_mine(as("kim"), &mine));
	assert_int_equal(mine.questions_n, 0);
	assert_fine(app_mine(as("pat"), &mine));
	assert_int_equal(mine.questions_n, 1);

	assert_fails(ERR_MISSING, app_question(as("far"), question, &one));
	assert_fails(ERR_DENIED, app_question_answer(as("kim"), question, words("The county."), false));
	assert_fails(ERR_DENIED, app_question_give(as("pat"), question, S("kim"), day_of("2026-11-30")));
	assert_fine(app_question_give(as("holder"), question, S("kim"), day_of("2026-11-30")));
	assert_fails(ERR_DENIED, app_question_answer(as("pat"), question, words("The county."), false));
	assert_fails(ERR_INVALID, app_question_answer(as("kim"), question, words("Ask Madeup3."), false));
	assert_fine(app_question_answer(as("kim"), question, words("The county, once a year."), false));
	assert_fails(ERR_CONFLICT, app_question_answer(as("kim"), question, words("Again."), false));
	assert_fails(ERR_CONFLICT, app_question(as("kim"), question, &one));
	assert_fine(app_step_register(as("kim"), S("r1"), &v));
	assert_int_equal(v.questions_n, 0);
	assert_fine(app_conference_record(as("sid"), id, false, &r));
	assert_int_equal(r.questions_n, 1);
	assert_text(r.questions[0].answer, "The county, once a year.");
	assert_text(r.questions[0].by, "Kim Sample, Sun 22 Nov 2026");
}

static struct str a_step(struct str conference, const char *said, const char *owner, const char *due)
{
	struct conference_view view;
	struct step_new step = {.words = words(said), .owner_id = text(owner), .due = day_of(due)};
	struct step_said added;
	assert_fine(app_conference(as("fay"), conference, S(""), &view));
	assert_fine(app_step_add(as("fay"), conference, view.queue[0].card_id, &step, &added));
	return added.id;
}

static bool holds(struct str s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

static int64_t mails(const char *kind)
{
	return store_number(world.store,
			    str_c(world.a, str_fmt(world.a, "SELECT count(*) FROM outbox WHERE kind = '%s'", kind)));
}

static void what_was_read_goes_out_and_nothing_else(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct handout_view v;
	struct str name, goes;
	a_step(id, "Call Joe Madeup1 and his neighbor Madeup12 on 555-0134", "kim", "2026-11-20");
	assert_fine(app_conference_note(
		as("sid"), id, &(struct note_new){.kind = NOTE_DECISION, .words = words("Madeup9 waits, as agreed")}));
	assert_fine(ask("sid", id, "Who pays a second deposit?", "pat", "2026-11-20"));
	assert_fails(ERR_CONFLICT, app_handout(as("holder"), id, &v));
	assert_fine(app_conference_close(as("fay"), id));
	assert_fine(app_mail_address(as_operator(), S("kim"), S("kim@coc.example")));
	assert_fails(ERR_DENIED, app_handout(as("kim"), id, &v));
	assert_fails(ERR_MISSING, app_handout(as("far"), id, &v));
	assert_fine(app_handout(as("holder"), id, &v));
	assert_true(v.found > 0); /* a neighbor of another household, and a telephone */
	assert_int_equal(v.tasks_n, 2);
	assert_text(v.tasks[0].name, "Kim Sample");
	assert_int_equal(v.tasks[0].tasks, 1);
	assert_true(v.tasks[0].mail);
	assert_false(v.tasks[1].mail);

	/* Something is added after it was read. */
	struct str read = v.digest;
	assert_fine(app_conference_note(as("sid"), id,
					&(struct note_new){.kind = NOTE_ADDENDUM, .words = words("Closed on Friday")}));
	assert_fails(ERR_CONFLICT, app_handout_make(as("holder"), id, read));
	assert_fails(ERR_MISSING, app_handout_text(as("holder"), id, &name, &goes));
	assert_int_equal(mails("tasks"), 0);
	assert_fine(app_handout(as("holder"), id, &v));
	assert_fine(app_handout_make(as("holder"), id, v.digest));
	assert_int_equal(mails("tasks"), 1);
	assert_fine(app_handout_text(as("sid"), id, &name, &goes));
	assert_text(name, "conference-2026-11-17.txt");
	assert_true(holds(goes, "Maple 1001"));
	assert_true(holds(goes, "Who pays a second deposit?"));
	assert_true(holds(goes, "(telephone)"));
	assert_true(holds(goes, "Closed on Friday"));
	static const char *const never[] = {"Joe", "Madeup", "555-0134"};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		assert_false(holds(goes, never[i]));
	assert_fails(ERR_MISSING, app_handout_text(as("far"), id, &name, &goes));
	assert_true(holds(goes, "Kim Sample, Alder Agency, by Fri 20 Nov 2026"));
	assert_fine(app_handout(as("holder"), id, &v));
	assert_text(v.made, "Hana Example on Tue 17 Nov 2026");
}

/* Why nothing may be copied, one by one and all together. */
enum { LISTED = 1, PROTECTED = 2, DECLINED = 4, VICTIM = 8, WHYS = 16 };

static void household_one_is(int whys)
{
	static const char *const tables[] = {"release", "protection", "household_agency", "list_source"};
	const char *none = db_engine(world.store->db) == DB_SQLITE ? "x'00'" : "'\\x00'";
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		store_force(world.store, str_c(world.a, str_fmt(world.a, "DELETE FROM %s", tables[i])));
	if (whys & LISTED)
		store_force(world.store,
			    "INSERT INTO list_source (source_no, id, name, kind, region_id, day_order, stated_by, "
			    "stated_at) VALUES (1, 'l', 'Paper', 'named', 'r1', 'mdy', 'sid', 0)");
	if (whys & PROTECTED)
		store_force(world.store,
			    str_c(world.a, str_fmt(world.a,
						   "INSERT INTO protection (household_no, no, day, reason, at) VALUES "
						   "(1, 1, 20000, %s, 0)",
						   none)));
	if (whys & DECLINED)
		store_force(world.store,
			    "INSERT INTO release (id, client_no, refused, scope, purposes, laws, given, language, "
			    "from_day, recorded_at) VALUES ('r', 101, 1, 'coc', 7, 1, 'written', 'en', 20000, 0)");
	store_force(world.store, whys & VICTIM ? "UPDATE agency SET is_victim_service_provider = 1 WHERE id = 'cedar'"
					       : "UPDATE agency SET is_victim_service_provider = 0");
	store_force(world.store,
		    "INSERT INTO household_agency (agency_id, household_no, from_import, to_import, last_day) "
		    "VALUES ('cedar', 1, 0, 1000, 20000)");
}

static void nothing_is_copied_for_whom_nothing_may_be(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct hmis_blocks v;
	store_force(world.store, "INSERT INTO hmis_source (no, key, name) VALUES (1, 'S', 'S')");
	store_force(world.store,
		    "INSERT INTO client (client_no, from_import, to_import, source_no, personal_id, hashed, "
		    "gone) VALUES (101, 0, 1000, 1, 'P1', 0, 0)");
	store_force(world.store, "INSERT INTO household_member (household_no, client_no, from_import, to_import, head) "
				 "VALUES (1, 101, 0, 1000, 1)");
	a_step(id, "Order the form", "kim", "2026-11-20");
	assert_fails(ERR_CONFLICT, app_hmis_blocks(as("holder"), id, &v));
	assert_fine(app_conference_close(as("fay"), id));
	for (int whys = 0; whys < WHYS; whys++) {
		household_one_is(whys);
		assert_fine(app_hmis_blocks(as("holder"), id, &v));
		assert_int_equal(v.rows_n, whys == 0 ? 1 : 0);
	}
	household_one_is(0);
	assert_fine(app_hmis_blocks(as("holder"), id, &v));
	assert_text(v.rows[0].called, "Joe Madeup1");
	assert_true(holds(v.rows[0].text, "Client: P1\n"));
	assert_true(holds(v.rows[0].text, "Next step: Order the form (Kim Sample, by Fri 20 Nov 2026), carried on\n"));
	assert_fine(app_hmis_blocks(as("sid"), id, &v)); /* Birch serves it */
	assert_int_equal(v.rows_n, 1);
	assert_fine(app_hmis_blocks(as("fay"), id, &v)); /* sees a code */
	assert_int_equal(v.rows_n, 0);
	assert_int_equal(v.others, 10);
	assert_fails(ERR_MISSING, app_hmis_blocks(as("far"), id, &v));
}

/* A timer that looks each minute. */
static void remind(int hour)
{
	struct call *c = as_operator();
	c->now = day_at(c->today, hour, 30);
	for (int i = 0; i < 3; i++)
		assert_fine(app_outbox_remind(c));
}

static void reminders_come_once_and_in_the_morning(void **state)
{
	(void)state;
	struct str id = running_conference();
	a_step(id, "Order the form", "kim", "2026-11-20");
	a_step(id, "Call the landlord", "kim", "2026-11-20");
	a_step(id, "Ask for the key", "pat", "2026-11-20");
	assert_fine(app_mail_address(as_operator(), S("kim"), S("kim@coc.example")));
	assert_fine(app_mail_address(as_operator(), S("fay"), S("fay@coc.example")));
	assert_fine(app_conference_close(as("fay"), id));
	remind(15); /* the 17th */
	assert_int_equal(mails("due"), 0);
	minutes_pass(24 * 60);
	remind(4);
	assert_int_equal(mails("due"), 0);
	remind(15); /* two days before */
	assert_int_equal(mails("due"), 1);
	minutes_pass(24 * 60);
	remind(15);
	assert_int_equal(mails("due"), 1);
	minutes_pass(2 * 24 * 60);
	remind(15); /* the day after, to the one who reads mail */
	assert_int_equal(mails("due"), 2);
	assert_int_equal(mails("midway"), 0);
	minutes_pass(10 * 24 * 60);
	remind(15); /* fourteen of twenty-eight days: to those who were there */
	assert_int_equal(mails("midway"), 1);
	minutes_pass(24 * 60);
	remind(15);
	assert_int_equal(mails("midway"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AFTER(a_question_has_an_owner_until_it_is_answered),
		AFTER(what_was_read_goes_out_and_nothing_else),
		AFTER(nothing_is_copied_for_whom_nothing_may_be),
		AFTER(reminders_come_once_and_in_the_morning),
	};
	return cmocka_run_group_tests_name("after a conference", tests, NULL, NULL);
}
