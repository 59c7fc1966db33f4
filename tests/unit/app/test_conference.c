/* A conference from its plan to the next month's follow-up, and who may do what in it. */
#include "conference_fixture.h"

#include <stdlib.h>

#include "app/attendance.h"
#include "app/card.h"
#include "app/conference_view.h"
#include "app/cycle.h"
#include "app/list_image.h"
#include "app/step.h"
#include "app/telling.h"
#include "domain/spell.h"

static struct conference_view seen(const char *login, struct str id)
{
	struct conference_view v;
	assert_fine(app_conference(as(login), id, S(""), &v));
	return v;
}

static struct str first_card(struct str id)
{
	return seen("fay", id).queue[0].card_id;
}

static err_t next(const char *login, struct str id)
{
	return app_card_next(as(login), id, seen(login, id).now_card);
}

/* A text sent by its button. */
static const struct card_edit *typed(const struct pii *what, int64_t version)
{
	struct card_edit *edit = arena_one(world.a, struct card_edit);
	*edit = (struct card_edit){.words = what, .version = version};
	return edit;
}

static struct step_said add_step(const char *login, struct str id, struct str card, const char *what, const char *who,
				 const char *by)
{
	struct step_said said;
	struct step_new step = {words(what), str_from(who), by[0] == '\0' ? DAY_NONE : day_of(by), S("")};
	assert_fine(app_step_add(as(login), id, card, &step, &said));
	return said;
}

static void plan_lays_a_card_for_every_household(void **state)
{
	(void)state;
	struct str id = planned_conference();
	struct conference_view v = seen("fay", id);
	assert_true(v.planned);
	assert_int_equal(v.queue_n, 10);
	assert_int_equal(v.households_fit, 12);
	assert_text(v.title, "Region 1 case conference · Highest priority");
	assert_text(v.queue[0].called, "Household Maple 1001");
	assert_text(v.queue[0].days, "267 days");
	assert_text(seen("holder", id).queue[0].called, "Joe Madeup1");
	assert_int_equal(v.agenda_n, AGENDA_PARTS);
	assert_int_equal(v.agenda[AGENDA_WORK].minutes, 42);
	assert_text(v.carried_over, "No step is carried over.");
	struct plan_view plan;
	assert_fine(app_conference_plan_new(as("holder"), whole("r1"), S(""), &plan));
	assert_int_equal(plan.cycle_households, 10);
	assert_text(plan.day_iso, "2026-12-15");
	assert_text(plan.per_household, "3.5");
	assert_fine(app_conference_plan_of(as("fay"), id, &plan));
	assert_text(plan.scribe_id, "sid");
}

static void plan_that_cannot_be_held_is_refused(void **state)
{
	(void)state;
	struct str id;
	struct conference_plan p = a_plan();
	assert_fails(ERR_MISSING, app_conference_plan(as("holder"), whole("r1"), &p, &id)); /* no cycle */
	assert_fine(app_cycle_start(as("holder"), whole("r1"), CYCLE_SIZE, 0));

	p.facilitator_id = S("lea");
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p = a_plan();
	p.scribe_id = S("root");
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p.scribe_id = S("far");
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p.scribe_id = S("nobody");
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p = a_plan();
	p.day = day_of("2026-11-16");
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p = a_plan();
	p.day = day_of("2028-11-18");
	p.next_day = DAY_NONE;
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p = a_plan();
	p.next_day = day_of("2099-12-31");
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p = a_plan();
	p.agenda[AGENDA_CLOSING] += 1;
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p = a_plan();
	p.next_day = p.day;
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p = a_plan();
	p.household_seconds = 10;
	assert_fails(ERR_INVALID, app_conference_plan(as("holder"), whole("r1"), &p, &id));
	p = a_plan();
	static const char *const denied[] = {"fay", "pat", "other", "lea", "root"};
	for (size_t i = 0; i < sizeof(denied) / sizeof(denied[0]); i++)
		assert_fails(ERR_DENIED, app_conference_plan(as(denied[i]), whole("r1"), &p, &id));
	assert_fine(app_conference_plan(as("spec"), whole("r1"), &p, &id));
	p.minutes = 90;
	p.focus = FOCUS_RESOURCE;
	agenda_fill(90, p.agenda);
	assert_fine(app_conference_change(as("fay"), id, &p));
	assert_int_equal(seen("fay", id).minutes, 90);
	assert_text(seen("kim", id).title, "Region 1 case conference · Resource available"); /* at the door */
	assert_fine(app_conference_start(as("fay"), id));
	assert_true(seen("fay", id).here); /* who starts it is in it */
	assert_fails(ERR_CONFLICT, app_conference_start(as("spec"), id));
	assert_int_equal(seen("fay", id).here_n, 1); /* a start that failed checks nobody in */
}

static void whoever_has_no_part_reaches_nothing(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	struct conference_view v;
	struct conference_record r;
	struct card_saved saved;
	struct step_said said;
	struct step_new step = {words("Ask"), S("kim"), day_of("2026-11-23"), S("")};
	static const char *const nobody[] = {"lea", "root", "other", "far"};
	for (size_t i = 0; i < sizeof(nobody) / sizeof(nobody[0]); i++) {
		struct call *c = as(nobody[i]);
		assert_fails(ERR_MISSING, app_conference(c, id, S(""), &v));
		assert_fails(ERR_MISSING, app_conference_record(c, id, false, &r));
		assert_fails(ERR_MISSING, app_attendance_in(c, id));
		assert_fails(ERR_MISSING, app_conference_start(c, id));
		assert_fails(ERR_MISSING, app_card_open(c, id, card));
		assert_fails(ERR_MISSING, app_card_write(c, id, card, CARD_NOTE, typed(words("x"), 0), &saved));
		assert_fails(ERR_MISSING, app_step_add(c, id, card, &step, &said));
		assert_fails(ERR_MISSING, app_conference_close(c, id));
		assert_fails(ERR_MISSING,
			     app_conference_note(
				     c, id, &(struct note_new){.card = card, .kind = NOTE_OFFER, .words = words("x")}));
	}
	assert_fails(ERR_MISSING, app_conference(as_operator(), id, S(""), &v));
	assert_fails(ERR_DENIED, app_attendance_in_for(as("kim"), id, S("pat")));
	assert_fails(ERR_INVALID, app_attendance_in_for(as("fay"), id, S("lea")));

	/* Before checking in, a provider of the region stands at the door. */
	v = seen("kim", id);
	assert_true(v.can_enter);
	assert_false(v.inside);
	assert_int_equal(v.queue_n, 0);
	assert_fails(ERR_DENIED, app_conference_record(as("kim"), id, false, &r));

	/* Inside, a provider sees the meeting and moves nothing. */
	assert_fine(app_attendance_in(as("kim"), id));
	assert_int_equal(seen("kim", id).queue_n, 10);
	assert_fails(ERR_DENIED, app_card_open(as("kim"), id, card));
	assert_fails(ERR_DENIED, app_card_write(as("kim"), id, card, CARD_NOTE, typed(words("x"), 0), &saved));
	assert_fails(ERR_DENIED, app_card_barrier(as("kim"), id, card, BARRIER_UNIT, true));
	assert_fails(ERR_DENIED, app_card_target(as("kim"), id, card, day_of("2026-12-04")));
	assert_fails(ERR_DENIED, app_card_shelve(as("kim"), id, card, day_of("2026-12-04"), words("x")));
	assert_fails(ERR_DENIED, app_conference_close(as("kim"), id));
	assert_fails(ERR_DENIED, app_step_add(as("kim"), id, card, &step, &said)); /* Alder does not serve it */
	assert_fine(app_conference_note(
		as("kim"), id,
		&(struct note_new){.card = card, .kind = NOTE_OFFER, .words = words("We can drive on Tuesday")}));
}

static void providers_act_for_their_own_agency(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id); /* household 1, which Birch serves */
	struct step_said said;
	struct step_new other = {words("Call the landlord"), S("kim"), day_of("2026-11-23"), S("")};
	assert_fails(ERR_DENIED, app_step_add(as("pat"), id, card, &other, &said));
	said = add_step("pat", id, card, "Call the landlord", "pat", "2026-11-23");
	assert_fine(app_step_confirm(as("pat"), id, said.id));
	struct step_said alders = add_step("sid", id, card, "Send the form", "kim", "2026-11-23");
	assert_fails(ERR_DENIED, app_step_answer(as("pat"), id, alders.id, STEP_DONE, DAY_NONE));
	assert_fails(ERR_DENIED, app_step_confirm(as("pat"), id, alders.id));
	assert_fine(app_step_answer(as("pat"), id, said.id, STEP_DONE, DAY_NONE));
	assert_fine(app_attendance_in_for(as("sid"), id, S("kim")));
	assert_fine(app_step_answer(as("kim"), id, alders.id, STEP_NOT_YET, day_of("2026-11-28")));
	struct conference_view v = seen("kim", id);
	assert_null(v.card);
	assert_fine(app_conference(as("kim"), id, card, &v));
	assert_int_equal(v.card->steps_n, 2);
	assert_text(v.card->steps[1].due, "Mon 30 Nov 2026"); /* 28 November 2026 is a Saturday */
	assert_true(v.card->steps[1].can_answer);
	assert_false(v.card->steps[0].can_answer);
	assert_fine(app_attendance_out(as("kim"), id));
	assert_fails(ERR_DENIED, app_step_answer(as("kim"), id, alders.id, STEP_DONE, DAY_NONE));
}

static void step_belongs_to_the_people_of_the_conference(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	struct str open = add_step("sid", id, card, "Send the form", "spec", "2026-11-23").id;
	static const char *const nobody[] = {"far", "other", "lea", "root", "nobody"};
	for (size_t i = 0; i < sizeof(nobody) / sizeof(nobody[0]); i++) {
		struct step_new step = {words("Send the form"), text(nobody[i]), day_of("2026-11-23"), S("")};
		struct step_said said;
		assert_fails(ERR_INVALID, app_step_add(as("sid"), id, card, &step, &said));
		step.words = NULL;
		assert_fails(ERR_INVALID, app_step_change(as("sid"), id, open, &step, &said));
	}
}

static void card_closes_with_a_dated_step_or_a_shelf(void **state)
{
	(void)state;
	struct str id = running_conference();
	minutes_pass(13);
	struct conference_view v = seen("fay", id);
	assert_fine(app_card_open(as("fay"), id, v.queue[0].card_id));
	v = seen("pat", id);
	assert_non_null(v.card);
	assert_true(v.card->now);
	assert_text(v.card->read_aloud,
		    "Joe has been on our list for 267 days, and homeless 19 of the last 36 months.");
	assert_int_equal(v.card->allotted_seconds, 42 * 60 / 10);
	assert_text(v.part->key, "work");
	assert_text(v.card->questions[0], "What is one thing we haven’t tried yet that we can try this week?");

	assert_fails(ERR_INVALID, next("fay", id));
	struct str card = v.card->id;
	struct step_said said = add_step("sid", id, card, "Tour Cedar Court with Joe", "", "");
	assert_text(said.read_back, "Somebody will tour Cedar Court with Joe, by when?");
	assert_fails(ERR_INVALID, next("fay", id));
	assert_fails(ERR_INVALID, app_step_confirm(as("sid"), id, said.id));
	struct step_new to = {NULL, S("pat"), day_of("2026-11-26"), S("")};
	assert_fine(app_step_change(as("sid"), id, said.id, &to, &said));
	assert_text(said.read_back, "Pat will tour Cedar Court with Joe by Friday 27 November. Right?");
	assert_true(said.moved); /* the 26th is Thanksgiving */
	assert_fine(app_step_confirm(as("sid"), id, said.id));
	assert_fails(ERR_INVALID, next("fay", id)); /* the person is to hear it */
	tell(id, card);
	minutes_pass(2);
	assert_fine(next("fay", id));

	v = seen("fay", id);
	assert_int_equal(v.households_done, 1);
	assert_text(v.queue[0].tag, "action set");
	assert_true(v.queue[1].now);
	assert_int_equal(v.card->allotted_seconds, 40 * 60 / 9);
	assert_fails(ERR_INVALID, app_card_shelve(as("sid"), id, v.card->id, day_of("2026-12-01"), words("Voucher")));
	tell(id, v.card->id);
	assert_fails(ERR_INVALID, app_card_shelve(as("sid"), id, v.card->id, day_of("2026-11-17"), words("Voucher")));
	assert_fine(app_card_shelve(as("sid"), id, v.card->id, day_of("2026-12-01"), words("Waiting for the voucher")));
	v = seen("fay", id);
	assert_text(v.queue[1].tag, "to 1 Dec");
	assert_true(v.queue[2].now);
	assert_fine(app_conference(as("sid"), id, v.queue[0].card_id, &v));
	assert_text(v.card->review, "Tue 15 Dec 2026"); /* the next meeting, unless somebody chose */
	assert_int_equal(v.card->used_seconds, 120);

	/* The open card gives way to another and waits again, its time kept. */
	minutes_pass(1);
	assert_fine(app_card_open(as("fay"), id, v.queue[5].card_id));
	v = seen("fay", id);
	assert_true(v.queue[5].now);
	assert_false(v.queue[2].now);
	assert_false(v.queue[2].done);

	/* Another part of the agenda leaves the list; its card waits. */
	assert_fine(app_conference_part(as("fay"), id, AGENDA_CLOSING));
	v = seen("fay", id);
	assert_null(v.card);
	assert_false(v.queue[5].done);
	assert_true(v.lacks_n > 0);
}

static void barriers_dates_and_texts_are_kept(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	struct card_saved saved;
	assert_fine(app_card_open(as("fay"), id, card));
	assert_fine(app_card_barrier(as("sid"), id, card, BARRIER_UNIT, true));
	assert_fine(app_card_barrier(as("fay"), id, card, BARRIER_DOCUMENTS, true));
	assert_fine(app_card_barrier(as("fay"), id, card, BARRIER_DOCUMENTS, true));
	assert_fine(
		app_card_write(as("sid"), id, card, CARD_BARRIER, typed(words("Joe refuses every unit"), 0), &saved));
	assert_int_equal(saved.version, 1);
	assert_fine(app_card_target(as("sid"), id, card, day_of("2026-11-20")));
	assert_fine(app_card_target(as("sid"), id, card, day_of("2026-11-20")));
	assert_fine(app_card_target(as("fay"), id, card, day_of("2026-12-04")));
	assert_fails(ERR_INVALID, app_card_target(as("fay"), id, card, day_of("2026-11-01")));
	assert_fine(app_card_review(as("fay"), id, card, day_of("2026-12-01")));
	assert_fails(ERR_INVALID, app_card_review(as("fay"), id, card, day_of("2026-11-17")));
	assert_fails(ERR_INVALID, app_card_review(as("fay"), id, card, day_of("2028-11-19")));
	assert_fails(ERR_INVALID, app_conference_next_day(as("fay"), id, day_of("2028-11-19")));
	assert_fine(app_conference_next_day(as("fay"), id, day_of("2028-11-17")));
	struct step_new late = {words("Tour"), S("pat"), day_of("2099-12-31"), S("")};
	struct step_said said;
	assert_fails(ERR_INVALID, app_step_add(as("sid"), id, card, &late, &said));
	struct conference_view v = seen("sid", id);
	assert_text(v.card->barriers, "Documents, Unit in preferred place");
	assert_true(v.card->barrier_rewrite.n > 0);
	assert_int_equal(v.card->targets_n, 2);
	assert_text(v.card->targets[0].day, "Fri 20 Nov 2026");
	assert_text(v.card->target, "Fri 4 Dec 2026");
	assert_text(v.card->review, "Tue 1 Dec 2026");
	assert_int_equal(v.card->current, 1);
	assert_int_equal(v.goal, 6);
	assert_int_equal(v.goal_gap, 6); /* December's date does not count in November */
	assert_fine(app_card_target(as("fay"), id, card, day_of("2026-11-30")));
	assert_int_equal(seen("fay", id).goal_gap, 5);
}

static void two_who_type_in_one_place_lose_nothing(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	struct card_saved saved;
	assert_fine(app_card_open(as("fay"), id, card));
	assert_fine(app_card_write(as("sid"), id, card, CARD_NOTE, typed(words("Likes the river side"), 0), &saved));
	assert_false(saved.conflict);
	assert_fine(app_card_write(as("fay"), id, card, CARD_NOTE, typed(words("Likes the river side"), 0), &saved));
	assert_false(saved.conflict); /* both wrote the same */
	assert_fine(app_card_write(as("fay"), id, card, CARD_NOTE, typed(words("Wants the ground"), 0), &saved));
	assert_true(saved.conflict);
	assert_int_equal(saved.version, 1);
	assert_text(saved.stands, "Likes the river side");
	assert_text(saved.by, "Sid Sample");
	assert_fine(app_card_write(as("fay"), id, card, CARD_NOTE, typed(words("Wants the ground floor"), 0), &saved));
	assert_true(saved.conflict);
	/* Clearing a field that others have filled meanwhile is refused. */
	assert_fails(ERR_CONFLICT, app_card_write(as("fay"), id, card, CARD_NOTE, typed(NULL, 0), &saved));

	struct conference_view v = seen("sid", id);
	assert_int_equal(v.card->conflicts_n, 1); /* who goes on typing replaces only the own words */
	assert_text(v.card->conflicts[0].stands, "Likes the river side");
	assert_text(v.card->conflicts[0].words, "Wants the ground floor");
	assert_text(v.card->conflicts[0].by, "Fay Sample");
	assert_text(v.card->conflicts[0].stands_by, "Sid Sample");
	assert_fails(ERR_DENIED, app_card_settle(as("pat"), id, v.card->conflicts[0].id, words("x"), 1));
	assert_int_equal(v.card->conflicts[0].version, 1);
	struct str pair = v.card->conflicts[0].id;
	assert_fine(app_card_settle(as("sid"), id, pair, words("River side, ground floor"), 1));
	assert_fails(ERR_MISSING, app_card_settle(as("sid"), id, pair, words("x"), 2));
	v = seen("fay", id);
	assert_int_equal(v.card->conflicts_n, 0);
	assert_text(v.card->note, "River side, ground floor");
	assert_int_equal(v.card->note_version, 2);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card_conflict"),
			 2); /* both stay on record … */
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card_conflict WHERE by_id = 'sid'"), 1);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card_conflict WHERE by_id = 'fay'"), 1);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card WHERE note_by = 'sid'"), 1);
	/* Who has seen both and decided settles, and what stood is kept. */
	assert_fine(app_card_write(as("fay"), id, card, CARD_NOTE, typed(words("Ground floor only"), 1), &saved));
	assert_true(saved.conflict);
	assert_int_equal(seen("sid", id).card->conflicts_n, 1);
	struct card_edit decided = {.words = words("Ground floor only"), .version = 2, .decided = true, .met = 1};
	assert_fine(app_card_write(as("fay"), id, card, CARD_NOTE, &decided, &saved));
	assert_false(saved.conflict);
	assert_int_equal(seen("sid", id).card->conflicts_n, 0);
	/* … and under the name of who wrote them: what sid made of both, and what fay typed beside it. */
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card_conflict"), 4);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card_conflict WHERE by_id = 'sid'"), 2);
	/* A different field is nobody's quarrel. */
	assert_fine(app_card_write(as("fay"), id, card, CARD_FOLLOW_UP, typed(words("Papers are in"), 0), &saved));
	assert_false(saved.conflict);
	assert_fine(app_card_write(as("fay"), id, card, CARD_FOLLOW_UP, typed(NULL, 1), &saved));
	assert_int_equal(saved.version, 2);
	assert_int_equal(seen("fay", id).card->follow_up.n, 0);
}

static void third_text_is_not_settled_away(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	struct card_saved saved;
	assert_fine(app_card_open(as("fay"), id, card));
	assert_fine(app_card_write(as("sid"), id, card, CARD_NOTE, typed(words("Likes the river side"), 0), &saved));
	assert_fine(app_card_write(as("fay"), id, card, CARD_NOTE, typed(words("Wants the ground floor"), 0), &saved));
	struct conflict_row pair = seen("sid", id).card->conflicts[0];
	assert_fine(app_card_write(as("holder"), id, card, CARD_NOTE, typed(words("Has a dog"), pair.version), &saved));
	assert_fails(ERR_CONFLICT,
		     app_card_settle(as("sid"), id, pair.id, words("Wants the ground floor"), pair.version));
	struct conference_view v = seen("sid", id);
	assert_text(v.card->note, "Has a dog");
	assert_int_equal(v.card->conflicts_n, 1);
	pair = v.card->conflicts[0];
	assert_text(pair.stands, "Has a dog");
	assert_text(pair.words, "Wants the ground floor");
	/* The text that stood gives way and is kept; where it stays there is nothing more to keep. */
	assert_fine(app_card_settle(as("sid"), id, pair.id, words("Wants the ground floor"), pair.version));
	assert_text(seen("sid", id).card->note, "Wants the ground floor");
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card_conflict WHERE settled_at IS NOT NULL"),
			 2);
	assert_fine(app_card_write(as("fay"), id, card, CARD_NOTE, typed(words("Any floor"), 0), &saved));
	pair = seen("sid", id).card->conflicts[0];
	assert_fine(app_card_settle(as("sid"), id, pair.id, words("Wants the ground floor"), pair.version));
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM card_conflict"), 3);
}

enum { LAPTOP, PHONE };

/* A text as a page sends it: it may come again. */
static struct card_saved sent(const char *login, struct str id, struct str card, int device, int no, int64_t version,
			      const char *what)
{
	static const char *const devices[] = {"aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb"};
	struct card_edit edit = {
		.words = words(what), .version = version, .device = str_from(devices[device]), .no = no};
	struct card_saved saved;
	assert_fine(app_card_write(as(login), id, card, CARD_NOTE, &edit, &saved));
	return saved;
}

static void what_is_sent_again_is_written_once(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	assert_fine(app_card_open(as("fay"), id, card));
	assert_int_equal(sent("sid", id, card, LAPTOP, 1, 0, "Has a dog").version, 1);
	assert_int_equal(sent("fay", id, card, LAPTOP, 1, 1, "Has a dog, and a cat").version, 2);
	/* The answer to sid was lost: no words of his meet others, and he goes on from what he wrote. */
	struct card_saved saved = sent("sid", id, card, LAPTOP, 1, 0, "Has a dog");
	assert_false(saved.conflict);
	assert_int_equal(saved.version, 1);
	assert_text(seen("sid", id).card->note, "Has a dog, and a cat");
	assert_int_equal(seen("sid", id).card->conflicts_n, 0);

	/* Words that met others and were settled do not come back either. */
	assert_true(sent("sid", id, card, LAPTOP, 2, 1, "Has a big dog").conflict);
	assert_true(sent("sid", id, card, LAPTOP, 2, 1, "Has a big dog").conflict);
	struct conference_view v = seen("sid", id);
	assert_int_equal(v.card->conflicts_n, 1);
	assert_fine(app_card_settle(as("sid"), id, v.card->conflicts[0].id, words("A big dog, a cat"), 2));
	saved = sent("sid", id, card, LAPTOP, 2, 1, "Has a big dog");
	assert_true(saved.conflict);
	assert_int_equal(saved.version, 3);
	assert_text(saved.stands, "A big dog, a cat");
	assert_int_equal(seen("sid", id).card->conflicts_n, 0);
	/* One that was long on its way comes after the next one. */
	assert_int_equal(sent("sid", id, card, LAPTOP, 3, 3, "A big dog, a cat, a bird").version, 4);
	assert_false(sent("sid", id, card, LAPTOP, 1, 0, "Has a dog").conflict);
	assert_text(seen("sid", id).card->note, "A big dog, a cat, a bird");

	/* No answer came to that one, and more was typed over what was there before it. */
	assert_int_equal(sent("sid", id, card, LAPTOP, 4, 3, "A big dog, a cat, two birds").version, 5);
	assert_int_equal(sent("fay", id, card, LAPTOP, 2, 5, "A big dog, a cat").version, 6);

	/* Two devices of one person do not take each other's words away. */
	assert_true(sent("sid", id, card, LAPTOP, 5, 5, "Typed on the laptop").conflict);
	assert_true(sent("sid", id, card, PHONE, 1, 5, "Typed on the phone").conflict);
	assert_int_equal(seen("sid", id).card->conflicts_n, 2);

	/* What was typed anew, over what stands, does not take the place of words that wait, nor settle them. */
	assert_int_equal(sent("sid", id, card, LAPTOP, 6, 6, "A big dog, a cat, a pond").version, 7);
	assert_int_equal(sent("fay", id, card, LAPTOP, 3, 7, "A big dog, a cat, a lake").version, 8);
	assert_true(sent("sid", id, card, LAPTOP, 7, 7, "Typed again").conflict);
	v = seen("sid", id);
	assert_int_equal(v.card->conflicts_n, 3);
	/* Nor can words be settled of which somebody has not seen the last. */
	struct str shown = v.card->conflicts[0].id;
	assert_true(sent("sid", id, card, LAPTOP, 8, 5, "Typed on the laptop, and on").conflict);
	assert_fails(ERR_MISSING, app_card_settle(as("sid"), id, shown, words("A pond"), 8));
	assert_int_equal(seen("sid", id).card->conflicts_n, 3);

	/* What was kept before the end is answered after it; nothing else is written. */
	struct card_edit edit = {
		.words = words("Too late"), .version = 8, .device = S("aaaaaaaaaaaaaaaaaaaa"), .no = 9};
	assert_fine(app_conference_close(as("fay"), id));
	assert_int_equal(sent("fay", id, card, LAPTOP, 3, 7, "A big dog, a cat, a lake").version, 8);
	assert_fails(ERR_CONFLICT, app_card_write(as("sid"), id, card, CARD_NOTE, &edit, &saved));
	edit.device = S("no such word");
	assert_fails(ERR_INVALID, app_card_write(as("sid"), id, card, CARD_NOTE, &edit, &saved));
}

static void what_is_added_again_is_there_once(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	struct step_new step = {words("Send the form"), S("pat"), day_of("2026-11-23"), S("cccccccccccccccccccc")};
	struct note_new note = {S("dddddddddddddddddddd"), card, NOTE_DECISION, words("The river flat")};
	struct step_said said;
	assert_fine(app_card_open(as("fay"), id, card));
	for (int times = 0; times < 3; times++) {
		assert_fine(app_step_add(as("sid"), id, card, &step, &said));
		assert_text(said.read_back, "Pat will send the form by Monday 23 November. Right?");
		assert_fine(app_conference_note(as("sid"), id, &note));
	}
	assert_int_equal(seen("sid", id).card->steps_n, 1);
	assert_int_equal(seen("sid", id).card->notes_n, 1);
	/* Somebody else's id is not taken over. */
	assert_fails(ERR_CONFLICT, app_step_add(as("fay"), id, card, &step, &said));
	assert_fails(ERR_CONFLICT, app_conference_note(as("fay"), id, &note));
	step.id = note.id = S("x");
	assert_fails(ERR_INVALID, app_step_add(as("sid"), id, card, &step, &said));
	assert_fails(ERR_INVALID, app_conference_note(as("sid"), id, &note));
}

/* Two who lead press at once, or the answer to one was lost. */
static void no_household_is_left_out_by_two_who_press(void **state)
{
	(void)state;
	struct str id = running_conference();
	assert_fine(app_card_next(as("fay"), id, S("")));
	assert_fine(app_card_next(as("holder"), id, S("")));
	struct conference_view v = seen("fay", id);
	assert_text(v.now_card, str_c(world.a, v.queue[0].card_id));
	for (int i = 0; i < 2; i++) {
		add_step("sid", id, v.queue[i].card_id, "Ask the landlord", "pat", "2026-11-23");
		tell(id, v.queue[i].card_id);
	}
	struct str first = v.now_card;
	assert_fine(app_card_next(as("fay"), id, first));
	assert_fine(app_card_next(as("holder"), id, first));
	v = seen("fay", id);
	assert_text(v.now_card, str_c(world.a, v.queue[1].card_id));
	assert_int_equal(v.households_done, 1);
}

static void the_person_is_told_and_what_they_said_comes_back(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	struct conference_view v;
	struct telling_sheet sheet;
	assert_fine(app_attendance_in(as("kim"), id));
	assert_fine(app_card_open(as("fay"), id, card));
	assert_fails(ERR_MISSING, app_telling_sheet(as("sid"), id, card, &sheet));
	add_step("sid", id, card, "Order the birth certificate.", "kim", "2026-11-23");
	v = seen("fay", id);
	assert_text(v.card->tell.words, "We talked about you. Next: order the birth certificate. Kim does it by Monday "
					"23 November.");
	assert_text(v.card->tell.teller_id, "kim");
	assert_false(v.card->done_tell); /* a draft is no sentence */
	assert_text(seen("pat", id).card->tell.words, "");

	struct telling_new t = {words("Pat meets Joe on Monday."), TELLING_PHONE, S("")};
	assert_fails(ERR_INVALID, app_telling_put(as("sid"), id, card, &t));
	t.teller_id = S("far");
	assert_fails(ERR_INVALID, app_telling_put(as("sid"), id, card, &t));
	t.teller_id = S("pat");
	assert_fails(ERR_DENIED, app_telling_put(as("pat"), id, card, &t));
	assert_fine(app_telling_put(as("sid"), id, card, &t));
	v = seen("kim", id); /* of whom the household is coded */
	assert_text(v.card->tell.words, "Pat meets Maple 1001 on Monday.");
	assert_text(v.card->tell.way, "by telephone");
	assert_fine(app_telling_sheet(as("pat"), id, card, &sheet));
	assert_text(sheet.words, "Pat meets Joe on Monday.");
	assert_text(sheet.teller, "Pat Sample");
	assert_fine(app_conference_close(as("fay"), id));

	struct conference_plan p = a_plan();
	struct str next;
	p.day = day_of("2026-12-15");
	p.next_day = day_of("2027-01-12");
	world.now = day_at(p.day, 10, 0);
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &p, &next));
	assert_fine(app_attendance_in(as("pat"), next));
	assert_fine(app_attendance_in(as("kim"), next));
	assert_fine(app_conference_start(as("fay"), next));
	assert_fine(app_card_open(as("fay"), next, first_card(next)));
	v = seen("pat", next);
	assert_text(v.card->told.card, str_c(world.a, card));
	assert_text(v.card->told.words, "Pat meets Joe on Monday.");
	assert_true(v.card->told.can_answer);
	assert_false(seen("kim", next).card->told.can_answer);
	assert_fails(ERR_DENIED, app_telling_answer(as("kim"), next, card, TELLING_TOLD, NULL));
	assert_fails(ERR_MISSING, app_telling_answer(as("fay"), next, first_card(next), TELLING_TOLD, NULL));
	assert_fine(app_telling_answer(as("pat"), next, card, TELLING_NOT_REACHED, NULL));
	assert_text(seen("fay", next).card->told.answer_words, "not reached");
	assert_fine(app_telling_answer(as("pat"), next, card, TELLING_TOLD, words("Joe asked whether dogs may come.")));
	assert_text(seen("pat", next).card->told.said, "Joe asked whether dogs may come.");
	assert_text(seen("kim", next).card->told.said, "Maple 1001 asked whether dogs may come.");
	assert_fine(app_conference_close(as("fay"), next));
	p.day = day_of("2027-01-12");
	p.next_day = DAY_NONE;
	world.now = day_at(p.day, 10, 0);
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &p, &next));
	assert_fine(app_conference_start(as("fay"), next));
	assert_fine(app_card_open(as("fay"), next, first_card(next)));
	assert_int_equal(seen("fay", next).card->told.card.n, 0); /* told, and heard */
}

static void closing_locks_and_carries_on(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct conference_view v = seen("fay", id);
	struct str one = v.queue[0].card_id, two = v.queue[1].card_id;
	struct step_said said;
	struct card_saved saved;
	assert_fine(app_card_open(as("fay"), id, one));
	struct str done = add_step("sid", id, one, "Verify the papers", "pat", "2026-11-19").id;
	struct str open = add_step("sid", id, one, "Tour Cedar Court", "kim", "2026-11-23").id;
	struct str bare = add_step("sid", id, two, "Ask the landlord", "", "").id;
	assert_fine(app_step_answer(as("sid"), id, done, STEP_DONE, DAY_NONE));
	assert_fine(app_card_barrier(as("sid"), id, one, BARRIER_LANDLORD, true));
	tell(id, one);
	tell(id, two);
	assert_fine(app_card_shelve(as("sid"), id, two, day_of("2027-01-10"), words("Waiting for the voucher")));
	bool live;
	assert_fine(app_conference_live_for(as("pat"), S("pat"), &live));
	assert_true(live);
	minutes_pass(50);
	assert_fine(app_conference_close(as("fay"), id));
	assert_fine(app_conference_live_for(as("pat"), S("pat"), &live));
	assert_false(live);

	/* Locked: nothing moves, an addendum is possible. */
	struct step_new step = {words("Late"), S("pat"), day_of("2026-11-23"), S("")};
	assert_fails(ERR_CONFLICT, app_card_write(as("sid"), id, one, CARD_NOTE, typed(words("late"), 0), &saved));
	assert_fails(ERR_CONFLICT, app_step_add(as("sid"), id, one, &step, &said));
	assert_fails(ERR_CONFLICT, app_step_answer(as("sid"), id, open, STEP_DONE, DAY_NONE));
	assert_fails(ERR_CONFLICT, app_card_open(as("fay"), id, two));
	assert_fails(ERR_CONFLICT, app_conference_close(as("fay"), id));
	assert_fails(ERR_CONFLICT, app_attendance_in(as("kim"), id));
	assert_fine(app_conference_note(
		as("sid"), id, &(struct note_new){.kind = NOTE_ADDENDUM, .words = words("The landlord rang back")}));

	/* The record says what was carried and what it lacks. */
	v = seen("pat", id);
	assert_true(v.closed);
	assert_int_equal(v.here_n, 0);
	assert_int_equal(v.notes_n, 1);
	bool lacks_owner = false;
	for (size_t i = 0; i < v.lacks_n; i++)
		lacks_owner = lacks_owner || str_ends(v.lacks[i].what, S("lacks an owner and a date"));
	assert_true(lacks_owner);

	/* Four weeks later the steps that were not finished stand under follow-up. */
	minutes_pass(28 * 24 * 60);
	struct conference_plan p = a_plan();
	struct plan_view plan;
	struct str next;
	assert_fine(app_conference_plan_new(as("holder"), whole("r1"), S(""), &plan));
	assert_text(plan.carried_over, "2 steps are carried over. Overdue: Alder Agency 1.");
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &p, &next));
	assert_text(seen("kim", next).carried_over, "2 steps are carried over. Overdue: Alder Agency 1.");
	assert_fine(app_conference_start(as("fay"), next));
	v = seen("fay", next);
	assert_int_equal(v.queue_n, 10);
	assert_fine(app_conference(as("fay"), next, v.queue[0].card_id, &v));
	assert_int_equal(v.card->carried_n, 1);
	assert_text(v.card->carried[0].words, "Tour Cedar Court");
	assert_text(v.card->carried[0].state, "carried on");
	assert_int_equal(v.card->carried[0].overdue_days, 22);
	assert_int_equal(v.card->unanswered, 1);
	assert_text(v.card->since, "17 Nov");
	assert_text(v.card->barrier_before, "Landlord");
	assert_int_equal(v.card->current, 1);
	assert_true(v.queue[1].shelved); /* until January */
	assert_text(v.queue[1].tag, "to 10 Jan");
	assert_fine(app_step_answer(as("fay"), next, open, STEP_DONE, DAY_NONE));
	step.words = words("Rewritten");
	assert_fails(ERR_CONFLICT, app_step_change(as("fay"), next, bare, &step, &said)); /* its record is locked */
	step.words = NULL;
	step.due = day_of("2026-12-21");
	assert_fine(app_step_change(as("fay"), next, bare, &step, &said));

	/* The old record still says what it said. */
	assert_fine(app_conference(as("fay"), id, one, &v));
	for (size_t i = 0; i < v.card->steps_n; i++)
		assert_text(v.card->steps[i].state, str_eq(v.card->steps[i].id, open) ? "carried on" : "done");
	assert_fine(app_conference(as("fay"), id, two, &v));
	assert_text(v.card->steps[0].lacks, "an owner and a date");
}

static void codes_stand_where_names_may_not(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct conference_view v = seen("fay", id);
	struct str two = v.queue[1].card_id;
	struct conference_record r;
	assert_fine(app_card_open(as("fay"), id, two));
	add_step("sid", id, two, "Tour Cedar Court with JOE Madeup2", "pat", "2026-11-23");
	assert_fine(app_conference_note(
		as("sid"), id,
		&(struct note_new){.card = two, .kind = NOTE_DECISION, .words = words("Joe gets the first opening")}));

	assert_fine(app_conference_note(
		as("sid"), id,
		&(struct note_new){.kind = NOTE_PLAIN, .words = words("Van for Joe Madeup2 and Madeup1")}));

	v = seen("pat", id); /* Birch does not serve household 2 */
	assert_text(v.notes[0].words, "Van for (a household) and Madeup1");
	/* Who records but signed nothing reads it as the others do. */
	assert_text(seen("sid", id).notes[0].words, "Van for (a household) and Madeup1");
	/* Who records reads names behind codes, which is a disclosure, and a capability of the role. */
	struct call *sid = as("sid");
	struct conference_view raw;
	sid->actor.cover = (struct cover){.today = COVERED, .everywhere = true};
	sid->shown.arena = world.a;
	assert_fine(app_conference(sid, id, S(""), &raw));
	assert_text(raw.notes[0].words, "Van for Joe Madeup2 and Madeup1");
	assert_true(sid->shown.n > 0);
	sid->actor.role = ROLE_NOBODY;
	struct household_face face = {.no = 1, .id = S("h1"), .code = S("Maple 1001")};
	assert_fine(app_household_names(sid, NULL, world.a, &face, 1));
	assert_text(step_words_for(sid, world.a, &face, true, words("Joe waits")), "Maple 1001 waits");
	assert_text(seen("holder", id).notes[0].words, "Van for Joe Madeup2 and Madeup1");
	assert_text(v.card->called, "Household Maple 1002");
	assert_text(v.card->steps[0].words, "Tour Cedar Court with Maple 1002");
	assert_text(v.card->notes[0].words, "Maple 1002 gets the first opening");
	assert_text(v.card->steps[0].read_back,
		    "Pat will tour Cedar Court with Maple 1002 by Monday 23 November. Right?");
	assert_text(seen("sid", id).card->steps[0].words, "Tour Cedar Court with Maple 1002");
	assert_text(raw.card->steps[0].words, "Tour Cedar Court with JOE Madeup2"); /* writes it */
	assert_text(seen("holder", id).card->called, "Joe Madeup2");

	assert_fine(app_conference_record(as("holder"), id, false, &r));
	assert_true(r.can_name);
	assert_text(r.cards[1].printed, "Household Maple 1002");
	assert_text(r.cards[1].card.steps[0].words, "Tour Cedar Court with Maple 1002");
	assert_text(r.conference.notes[0].words, "Van for (a household) and (a household)");
	assert_fine(app_conference_record(as("holder"), id, true, &r));
	assert_text(r.conference.notes[0].words, "Van for Joe Madeup2 and Madeup1");
	assert_text(r.cards[1].printed, "Joe Madeup2");
	assert_fine(app_conference_record(as("sid"), id, true, &r));
	assert_text(r.cards[1].printed, "Household Maple 1002");
	assert_text(r.cards[1].card.steps[0].words, "Tour Cedar Court with Maple 1002");
}

static void register_shows_what_is_owed(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct step_register_view v;
	struct str card = first_card(id);
	add_step("sid", id, card, "Tour Cedar Court", "pat", "2026-11-23");
	add_step("sid", id, card, "Ask the landlord", "", "");
	struct str done = add_step("sid", id, card, "Send the form", "kim", "2026-11-20").id;
	assert_fine(app_step_answer(as("sid"), id, done, STEP_DONE, DAY_NONE));
	minutes_pass(10 * 24 * 60);
	assert_fine(app_step_register(as("pat"), S("r1"), &v));
	assert_int_equal(v.steps_n, 2);
	assert_int_equal(v.lacking, 1);
	assert_int_equal(v.overdue, 1);
	assert_int_equal(v.steps[0].overdue_days, 4); /* what is overdue comes first */
	assert_true(v.steps[0].mine);
	assert_text(v.steps[1].lacks, "an owner and a date");
	static const char *const denied[] = {"far", "other", "lea", "root"};
	for (size_t i = 0; i < sizeof(denied) / sizeof(denied[0]); i++)
		assert_fails(ERR_DENIED, app_step_register(as(denied[i]), S("r1"), &v));
}

static void meeting_keeps_time(void **state)
{
	(void)state;
	world.app.lists = list_cache_new(); /* the openings are looked at */
	struct str id = running_conference();
	assert_text(seen("fay", id).pace, "on pace"); /* ten households where twelve fit: room, not progress */
	assert_fine(app_conference_part(as("fay"), id, AGENDA_RESOURCES));
	minutes_pass(30);
	struct conference_view v = seen("fay", id);
	assert_int_equal(v.elapsed_minutes, 30);
	assert_text(v.pace, "10 min behind");
	assert_true(v.behind);
	assert_int_equal(v.agenda[AGENDA_RESOURCES].spent_minutes, 30);
	/* Never closed: after six hours it keeps nobody's session awake. */
	bool live;
	minutes_pass(6 * 60);
	assert_fine(app_conference_live_for(as("fay"), S("fay"), &live));
	assert_false(live);
	/* A clock that went back does not make times negative. */
	minutes_pass(-12 * 60);
	v = seen("fay", id);
	assert_int_equal(v.elapsed_minutes, 0);
	list_cache_free(&world.app.lists);
}

static void nothing_typed_lies_open_in_the_database(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct str card = first_card(id);
	struct card_saved saved;
	add_step("sid", id, card, "Zebracrossing tour", "pat", "2026-11-23");
	assert_fine(app_card_write(as("sid"), id, card, CARD_NOTE, typed(words("Zebracrossing note"), 0), &saved));
	assert_fine(app_conference_note(
		as("sid"), id,
		&(struct note_new){.card = card, .kind = NOTE_PLAIN, .words = words("Zebracrossing remark")}));
	if (world.store->engine != DB_SQLITE)
		return;
	struct str grep = str_fmt(world.a, "grep -rqa Zebracrossing %s", world.store->dir);
	assert_int_not_equal(system(str_c(world.a, grep)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(plan_lays_a_card_for_every_household),
		WORLD(plan_that_cannot_be_held_is_refused),
		WORLD(whoever_has_no_part_reaches_nothing),
		WORLD(providers_act_for_their_own_agency),
		WORLD(step_belongs_to_the_people_of_the_conference),
		WORLD(card_closes_with_a_dated_step_or_a_shelf),
		WORLD(barriers_dates_and_texts_are_kept),
		WORLD(two_who_type_in_one_place_lose_nothing),
		WORLD(third_text_is_not_settled_away),
		WORLD(what_is_sent_again_is_written_once),
		WORLD(what_is_added_again_is_there_once),
		WORLD(no_household_is_left_out_by_two_who_press),
		WORLD(the_person_is_told_and_what_they_said_comes_back),
		WORLD(closing_locks_and_carries_on),
		WORLD(codes_stand_where_names_may_not),
		WORLD(register_shows_what_is_owed),
		WORLD(meeting_keeps_time),
		WORLD(nothing_typed_lies_open_in_the_database),
	};
	return cmocka_run_group_tests_name("app conference", tests, NULL, NULL);
}
