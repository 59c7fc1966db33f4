/* The quick scan of a conference: who is in it, what is kept, what follows. */
#include "conference_fixture.h"

#include <string.h>

#include "app/attendance.h"
#include "app/card.h"
#include "app/conference_view.h"
#include "app/cycle.h"
#include "app/scan.h"

static struct scan_view scan_of(const char *login, struct str conference)
{
	struct scan_view v;
	assert_fine(app_scan(as(login), conference, 0, &v));
	return v;
}

/* The codes of the lines, by their last two digits. */
static const char *numbers(const struct scan_view *v)
{
	struct str said = S("");
	for (size_t i = 0; i < v->lines_n; i++)
		said = str_fmt(world.a, "%.*s%s%d", STR_ARG(said), i > 0 ? " " : "", (int)v->lines[i].face.no);
	return str_c(world.a, said);
}

static struct str first_card(struct str conference)
{
	struct conference_view v;
	assert_fine(app_conference(as("holder"), conference, S(""), &v));
	assert_true(v.queue_n > 0);
	return v.queue[0].card_id;
}

/* Household 1 is spoken of and shelved; the others are the rest. */
static void speak_of_the_first(struct str conference)
{
	struct str card = first_card(conference);
	assert_fine(app_card_open(as("fay"), conference, card));
	tell(conference, card);
	assert_fine(app_card_shelve(as("sid"), conference, card, day_of("2026-12-31"), words("We wait for a letter.")));
}

static void everybody_who_was_not_spoken_of_has_a_line(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct scan_view v = scan_of("pat", id);
	assert_string_equal(numbers(&v), "1 2 3 4 5 6 7 8 9 10 11 12 13 14");
	assert_int_equal(v.all, HOUSEHOLDS);
	assert_text(v.lines[0].called, "Joe Madeup1"); /* Birch serves it */
	assert_text(v.lines[1].called, "Household Maple 1002");
	assert_text(v.lines[1].days, "267 days");
	assert_false(v.can_write);
	assert_int_equal(v.people_n, 0);

	/* The second card is open now: it is being spoken of too. */
	speak_of_the_first(id);
	v = scan_of("sid", id);
	assert_string_equal(numbers(&v), "3 4 5 6 7 8 9 10 11 12 13 14");
	assert_true(v.can_write && v.people_n > 0);
	assert_true(v.lines[0].next && !v.lines[1].next);
}

static void what_the_room_says_is_kept(void **state)
{
	(void)state;
	struct str id = running_conference();
	assert_fine(app_scan_mark(as("sid"), id, S("h11"), SCAN_FINE));
	world.now.ms += 5999;
	assert_fine(app_scan_mark(as("fay"), id, S("h12"), SCAN_FINE));
	world.now.ms += 5999;
	assert_fine(app_scan_mark(as("sid"), id, S("h13"), SCAN_NEXT));
	struct scan_view v = scan_of("pat", id);
	assert_text(v.say, "2 fine, 1 for the next meeting");
	assert_int_equal(v.looked, 3);
	assert_int_equal(v.seconds, 6);
	assert_string_equal(v.lines[10].mark, "fine");
	assert_text(v.lines[12].mark_said, "for the next meeting");

	/* The last word counts. */
	assert_fine(app_scan_mark(as("sid"), id, S("h13"), SCAN_FINE));
	v = scan_of("pat", id);
	assert_text(v.say, "3 fine");
}

static void a_step_is_taken_on_the_line(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct step_new step = {words("Call the shelter about Joe."), S("pat"), day_of("2026-11-24"), S("")};
	struct step_said said;
	struct step_register_view owed;
	assert_fine(app_scan_step(as("sid"), id, S("h14"), &step, &said));
	assert_text(said.read_back, "Pat will call the shelter about Joe by Tuesday 24 November. Right?");
	struct scan_view v = scan_of("holder", id);
	assert_text(v.lines[13].step.text, "Call the shelter about Joe.");
	assert_text(v.lines[13].due, "Tue 24 Nov 2026");
	assert_string_equal(v.lines[13].mark, "step");
	assert_fine(app_step_register(as("holder"), S("r1"), &owed));
	assert_int_equal(owed.steps_n, 1);

	/* One that cannot be done leaves nothing behind. */
	step.owner_id = S("lea");
	assert_fails(ERR_INVALID, app_scan_step(as("sid"), id, S("h12"), &step, &said));
	step = (struct step_new){words("  "), S("pat"), day_of("2026-11-24"), S("")};
	assert_fails(ERR_INVALID, app_scan_step(as("sid"), id, S("h12"), &step, &said));
	v = scan_of("sid", id);
	assert_null(v.lines[11].mark);
}

/* Of a household whose facts are coarse: that there is a step, and neither whose it is nor when. */
static void a_coarse_line_has_no_trail(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct step_new step = {words("Call the shelter."), S("pat"), day_of("2026-11-24"), {0}};
	struct step_said said;
	struct step_register_view owed;
	assert_fine(app_scan_step(as("sid"), id, S("h14"), &step, &said));
	for (int coarse = 0; coarse <= 1; coarse++) {
		world.coarse = coarse ? 14 : 0;
		struct scan_view v = scan_of("pat", id);
		assert_text(v.lines[13].step.text, "A step is under way");
		assert_text(v.lines[13].step.who, coarse ? "not shown" : "Pat Sample, Birch Agency");
		assert_text(v.lines[13].due, coarse ? "" : "Tue 24 Nov 2026");
		assert_text(v.lines[13].contact, coarse ? "not shown" : "never");
		assert_text(v.lines[13].days, coarse ? "267 days or more" : "267 days");
		assert_fine(app_step_register(as("fay"), S("r1"), &owed));
		assert_text(owed.steps[0].agency, coarse ? "" : "Birch Agency");
	}
}

static void who_may_not_does_not(void **state)
{
	(void)state;
	struct str planned = planned_conference();
	struct scan_view v;
	assert_fails(ERR_CONFLICT, app_scan(as("holder"), planned, 0, &v));
	assert_fine(app_conference_start(as("fay"), planned));
	assert_fails(ERR_DENIED, app_scan(as("pat"), planned, 0, &v)); /* has not checked in */
	static const struct {
		const char *login, *household;
		enum err_class class;
	} rows[] = {
		{"pat", "h11", ERR_DENIED},   {"other", "h11", ERR_MISSING}, {"lea", "h11", ERR_MISSING},
		{"root", "h11", ERR_MISSING}, {"sid", "h99", ERR_MISSING},   {"sid", "", ERR_MISSING},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_fails(rows[i].class,
			     app_scan_mark(as(rows[i].login), planned, text(rows[i].household), SCAN_FINE));
	speak_of_the_first(planned);
	assert_fails(ERR_MISSING, app_scan_mark(as("sid"), planned, S("h1"), SCAN_FINE)); /* was spoken of */
	leaves_list(14);
	assert_fails(ERR_MISSING, app_scan_mark(as("sid"), planned, S("h14"), SCAN_FINE));
	assert_fine(app_conference_close(as("fay"), planned));
	assert_fails(ERR_CONFLICT, app_scan_mark(as("sid"), planned, S("h11"), SCAN_FINE));
	assert_fails(ERR_CONFLICT, app_scan(as("sid"), planned, 0, &v));
}

static struct str next_conference(void)
{
	struct conference_plan p = a_plan();
	struct str id;
	p.day = day_add(p.day, 28);
	p.next_day = DAY_NONE;
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &p, &id));
	return id;
}

static void who_needs_the_next_meeting_comes_behind_the_cycle(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct conference_view v;
	assert_fine(app_scan_mark(as("sid"), id, S("h12"), SCAN_NEXT));
	assert_fine(app_scan_mark(as("sid"), id, S("h11"), SCAN_NEXT));
	assert_fine(app_scan_mark(as("sid"), id, S("h2"), SCAN_NEXT)); /* has a seat anyway */
	struct str early = next_conference();
	assert_fine(app_conference(as("holder"), early, S(""), &v));
	assert_int_equal(v.queue_n, CYCLE_SIZE); /* nothing is asked for before the meeting is over */
	assert_fine(app_conference_close(as("fay"), id));

	struct str next = next_conference();
	assert_fine(app_conference(as("holder"), next, S(""), &v));
	assert_int_equal(v.queue_n, CYCLE_SIZE + 2);
	assert_text(v.queue[10].called, "Joe Madeup11");
	assert_text(v.queue[11].called, "Joe Madeup12");
	assert_fine(app_conference(as("holder"), next, v.queue[11].card_id, &v));
	assert_text(v.card->why_here, "the quick scan of 17 Nov asked for it");

	/* Who left the list meanwhile does not come; who was spoken of comes once. */
	list_is((const int64_t[]){1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 0});
	leaves_list(12);
	assert_fine(app_conference_start(as("fay"), next));
	assert_fine(app_conference(as("holder"), next, S(""), &v));
	assert_int_equal(v.queue_n, CYCLE_SIZE + 1);
	struct str card = v.queue[10].card_id;
	assert_fine(app_attendance_in(as("sid"), next));
	assert_fine(app_card_open(as("fay"), next, card));
	tell(next, card);
	assert_fine(app_card_shelve(as("sid"), next, card, day_of("2026-12-31"), words("We wait for a letter.")));
	assert_fine(app_conference_close(as("fay"), next));
	assert_fine(app_conference(as("holder"), next_conference(), S(""), &v));
	assert_int_equal(v.queue_n, CYCLE_SIZE);
}

static void the_record_counts_and_is_coded(void **state)
{
	(void)state;
	struct str id = running_conference();
	struct step_new step = {words("Call the shelter about Joe."), S("pat"), day_of("2026-11-24"), S("")};
	struct step_said said;
	struct conference_record r;
	assert_fine(app_scan_mark(as("sid"), id, S("h11"), SCAN_FINE));
	assert_fine(app_scan_mark(as("sid"), id, S("h12"), SCAN_NEXT));
	assert_fine(app_scan_step(as("sid"), id, S("h14"), &step, &said));
	assert_fine(app_conference_close(as("fay"), id));
	struct call *c = as("holder");
	assert_fine(app_conference_record(c, id, false, &r));
	assert_int_equal(c->shown.n, 0);
	assert_int_equal(r.scan.looked, 3);
	assert_text(r.scan.say, "1 fine, 1 for the next meeting, 1 a step");
	assert_int_equal(r.scan.lines_n, 2);
	assert_text(r.scan.lines[0].called, "Household Maple 1012");
	assert_text(r.scan.lines[1].called, "Household Maple 1014");
	assert_null(strstr(str_c(world.a, r.scan.lines[1].words), "Joe"));
	assert_text(r.scan.lines[1].owner, "Pat Sample");
	assert_fine(app_conference_record(as("holder"), id, true, &r));
	assert_text(r.scan.lines[1].called, "Joe Madeup14");

	/* What was agreed and not done goes on. */
	struct step_register_view owed;
	assert_fine(app_step_register(as("holder"), S("r1"), &owed));
	assert_text(owed.steps[0].state, "carried on");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(everybody_who_was_not_spoken_of_has_a_line),
		WORLD(what_the_room_says_is_kept),
		WORLD(a_step_is_taken_on_the_line),
		WORLD(a_coarse_line_has_no_trail),
		WORLD(who_may_not_does_not),
		WORLD(who_needs_the_next_meeting_comes_behind_the_cycle),
		WORLD(the_record_counts_and_is_coded),
	};
	return cmocka_run_group_tests_name("app scan", tests, NULL, NULL);
}
