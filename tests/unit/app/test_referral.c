/* Referrals on both engines: who asks and issues, one for each home, what an acceptance sets free, declines and their
 * review, what ends by itself, and what happens when two acts meet. */
#include "conference_fixture.h"

#include <string.h>

#include "app/card_match.h"
#include "app/closed_day.h"
#include "app/list_image.h"
#include "app/opening.h"
#include "app/referral.h"
#include "store/q_card.h"
#include "store/q_referral.h"

static int up(void **state)
{
	int failed = world_up(state);
	world.app.lists = list_cache_new();
	for (int64_t no = 1; no <= HOUSEHOLDS; no++)
		status_is(no, 1);
	return failed;
}

static int down(void **state)
{
	list_cache_free(&world.app.lists);
	return world_down(state);
}

#define REFERRAL(test)                                                                                                 \
	{#test " (SQLite)", test, up, down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                             \
	{                                                                                                              \
#test " (PostgreSQL)", test, up, down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]                  \
	}

/* A home of Alder Agency, where kim works. */
static struct str a_home(void)
{
	struct opening_new in = {
		.region = S("r1"),
		.kind = POLICY_PSH,
		.program = S("Example Homes"),
		.bedrooms = 1,
		.from = as("kim")->today,
	};
	struct str id;
	assert_fine(app_opening_add(as("kim"), &in, &id));
	return id;
}

static struct referral_ask ask_for(struct str opening, const char *household)
{
	return (struct referral_ask){.opening = opening, .household = str_from(household), .source = REFERRAL_BOARD};
}

static struct str asked(const char *login, struct str opening, const char *household)
{
	struct referral_ask ask = ask_for(opening, household);
	struct str id;
	assert_fine(app_referral_ask(as(login), &ask, &id));
	return id;
}

static struct str referred(struct str opening, const char *household)
{
	struct referral_ask ask = ask_for(opening, household);
	struct str id;
	assert_fine(app_referral_refer(as("holder"), &ask, &id));
	return id;
}

static err_t moved(const char *login, struct str id, enum referral_state to)
{
	return app_referral_move(as(login), &(struct referral_move){.id = id, .to = to});
}

static err_t declined(const char *login, struct str id, enum referral_state to, const char *reason, const char *note)
{
	return app_referral_move(as(login), &(struct referral_move){.id = id,
								    .to = to,
								    .reason = str_from(reason),
								    .note = note == NULL ? NULL : words(note)});
}

struct reading {
	struct str id;
	struct q_referral_by_id row;
	struct q_referral_events *events;
	size_t events_n;
	struct q_referral_opening opening;
};

static err_t read_one(struct db *db, struct arena *a, void *ctx)
{
	struct reading *w = ctx;
	bool found;
	TRY(q_referral_by_id(db, a, w->id, &w->row, &found));
	assert_true(found);
	TRY(q_referral_events(db, a, w->id, &w->events, &w->events_n));
	return q_referral_opening(db, a, w->row.opening_id, &w->opening, &found);
}

static const struct reading *read(struct str id)
{
	struct reading *w = arena_one(world.a, struct reading);
	w->id = id;
	struct call *c = as("holder");
	assert_fine(db_run(c->db, world.a, DB_READ, read_one, w));
	return w;
}

#define assert_is(id, want) assert_text(read(id)->row.state, referral_state_table[want].key.p)

static void who_asks_and_who_issues(void **state)
{
	(void)state;
	struct str home = a_home();
	struct str id;
	struct referral_ask ask = ask_for(home, "");
	/* Other agencies, other regions and who sees no person do not ask for it. */
	static const char *const others[] = {"pat", "far", "other", "lea", "root", "pru"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_fails(ERR_DENIED, app_referral_ask(as(others[i]), &ask, &id));
	/* Its agency asks for whoever is next, once; for a household only where it serves it. */
	struct str mine = asked("kim", home, "");
	assert_fails(ERR_CONFLICT, app_referral_ask(as("kim"), &ask, &id));
	ask.household = S("h5");
	assert_fails(ERR_DENIED, app_referral_ask(as("kim"), &ask, &id));
	asked("kim", home, "h13");
	/* Who plans issues it, to somebody. */
	assert_fails(ERR_DENIED, app_referral_issue(as("kim"), mine, S("h5")));
	assert_fails(ERR_DENIED, app_referral_issue(as("other"), mine, S("h5")));
	assert_fails(ERR_INVALID, app_referral_issue(as("holder"), mine, S("")));
	assert_fails(ERR_MISSING, app_referral_issue(as("holder"), mine, S("nobody")));
	assert_fine(app_referral_issue(as("spec"), mine, S("h5")));
	const struct reading *w = read(mine);
	assert_text(w->row.state, "issued");
	assert_int_equal(w->row.household_no, 5);
	assert_int_equal(w->row.rank, 5);
	assert_text(w->row.kind, "psh");
	assert_int_equal(w->events_n, 2);
	assert_true(w->opening.held);
	assert_fails(ERR_CONFLICT, app_referral_issue(as("holder"), mine, S("")));
	/* A program can be asked for without an opening. */
	struct referral_ask plain = {.region = S("r1"), .kind = POLICY_RRH, .program = S("Way Home")};
	assert_fine(app_referral_ask(as("kim"), &plain, &id));
	assert_text(read(id)->row.agency_id, "alder");
	plain.program = S(" ");
	assert_fails(ERR_INVALID, app_referral_ask(as("kim"), &plain, &id));
}

static err_t issue_unasked(struct db *db, struct arena *a, void *ctx)
{
	const struct str *id = ctx;
	int64_t changed;
	return q_referral_move(db, a,
			       &(struct q_referral_move_in){
				       .id = *id,
				       .was = S("requested"),
				       .state = S("issued"),
				       .day = (struct day){20000},
				       .ended_day = DAY_NONE,
			       },
			       &changed);
}

static void a_home_has_one_at_a_time(void **state)
{
	(void)state;
	struct str home = a_home();
	struct str first = asked("holder", home, "h1");
	struct str second = asked("spec", home, "h2");
	struct referral_ask ask = ask_for(home, "h3");
	struct str id;
	assert_fine(app_referral_issue(as("holder"), first, S("")));
	/* The second is told by whom it is taken. */
	struct call *c = as("spec");
	err_t e = app_referral_issue(c, second, S(""));
	assert_non_null(e);
	assert_int_equal(e->class, ERR_CONFLICT);
	assert_non_null(strstr(str_c(world.a, e->say), "Hana Example issued"));
	assert_fails(ERR_CONFLICT, app_referral_refer(as("spec"), &ask, &id));
	assert_fails(ERR_CONFLICT, app_referral_ask(as("kim"), &ask, &id));
	/* The engine says the same to who would write past that. */
	c = as("holder");
	assert_fails(ERR_CONFLICT, db_run(c->db, world.a, DB_WRITE, issue_unasked, &second));
	/* It is free again, and what the agency asked for is what is issued. */
	assert_fine(declined("kim", first, REFERRAL_CLIENT_DECLINED, "place", NULL));
	assert_false(read(first)->opening.held);
	assert_fine(app_referral_issue(as("spec"), second, S("")));
	assert_fine(moved("holder", second, REFERRAL_WITHDRAWN));
	struct str wish = asked("kim", home, "");
	assert_text(referred(home, "h3"), str_c(world.a, wish));
}

static void from_the_issue_to_the_key(void **state)
{
	(void)state;
	struct str home = a_home();
	struct str other_home = a_home();
	struct str behind = asked("holder", home, "h2");
	struct str id = referred(home, "h1");
	struct str elsewhere = referred(other_home, "h1");
	assert_fails(ERR_DENIED, moved("pat", id, REFERRAL_ACKNOWLEDGED));
	assert_fails(ERR_DENIED, moved("lea", id, REFERRAL_ACKNOWLEDGED));
	assert_fine(moved("kim", id, REFERRAL_ACKNOWLEDGED));
	assert_fails(ERR_CONFLICT, moved("kim", id, REFERRAL_ACKNOWLEDGED));
	assert_fine(app_referral_note(as("kim"), id, REFERRAL_ATTEMPT, words("Nobody at the tent.")));
	assert_fine(moved("kim", id, REFERRAL_INTAKE));
	assert_fails(ERR_CONFLICT, moved("kim", id, REFERRAL_CONTACT));
	assert_fails(ERR_INVALID, moved("holder", id, REFERRAL_EXPIRED));
	/* Accepted: its other match is over, and that home is free. */
	assert_fine(moved("kim", id, REFERRAL_ACCEPTED));
	assert_is(elsewhere, REFERRAL_WITHDRAWN);
	assert_text(read(elsewhere)->row.reason, "elsewhere");
	assert_false(read(elsewhere)->opening.held);
	assert_is(behind, REFERRAL_REQUESTED);
	assert_true(read(id)->opening.held);
	/* The home cannot end behind its back. */
	assert_fails(ERR_CONFLICT, app_opening_end(as("kim"), home, true, words("The landlord chose.")));
	/* Moved in: the home is filled, and who was next for it is told so. */
	assert_fine(moved("kim", id, REFERRAL_MOVED_IN));
	assert_text(read(id)->opening.ended_as, "filled");
	assert_is(behind, REFERRAL_FILLED);
	assert_fails(ERR_CONFLICT, moved("holder", id, REFERRAL_WITHDRAWN));
	assert_int_equal(read(id)->events_n, 7);
}

static void a_withdrawal_meets_an_acceptance(void **state)
{
	(void)state;
	/* The acceptance came first: who withdraws what was issued is told. */
	struct str id = referred(a_home(), "h1");
	struct referral_move withdraw = {.id = id, .to = REFERRAL_WITHDRAWN, .seen = S("issued")};
	assert_fine(moved("kim", id, REFERRAL_ACCEPTED));
	assert_fails(ERR_CONFLICT, app_referral_move(as("holder"), &withdraw));
	assert_is(id, REFERRAL_ACCEPTED);
	withdraw.seen = S("accepted");
	assert_fine(app_referral_move(as("holder"), &withdraw));
	/* The withdrawal came first. */
	struct str home = a_home();
	id = referred(home, "h2");
	assert_fine(moved("holder", id, REFERRAL_WITHDRAWN));
	assert_fails(ERR_CONFLICT, moved("kim", id, REFERRAL_ACCEPTED));
	assert_is(id, REFERRAL_WITHDRAWN);
	/* The home was withdrawn: what was referred to it is over. */
	id = referred(home, "h2");
	assert_fine(app_opening_end(as("kim"), home, false, words("It burnt.")));
	assert_is(id, REFERRAL_WITHDRAWN);
	assert_fails(ERR_CONFLICT, moved("kim", id, REFERRAL_ACCEPTED));
	struct referral_ask ask = ask_for(home, "h3");
	assert_fails(ERR_CONFLICT, app_referral_refer(as("holder"), &ask, &id));
}

static void an_agency_without_memorandum_gets_none(void **state)
{
	(void)state;
	struct str home = a_home();
	struct str id = asked("holder", home, "h1");
	store_force(world.store, "UPDATE mou SET until_day = 20000 WHERE agency_id = 'alder'");
	struct call *c = as("holder");
	err_t e = app_referral_issue(c, id, S(""));
	assert_non_null(e);
	assert_int_equal(e->class, ERR_CONFLICT);
	assert_non_null(strstr(str_c(world.a, e->say), "Alder Agency has no memorandum"));
	assert_is(id, REFERRAL_REQUESTED);
}

static void a_provider_is_asked_what_would_make_it_work(void **state)
{
	(void)state;
	struct str home = a_home();
	struct str id = referred(home, "h1");
	assert_fails(ERR_INVALID, declined("kim", id, REFERRAL_PROVIDER_DECLINED, "income", NULL));
	assert_fails(ERR_INVALID, declined("kim", id, REFERRAL_PROVIDER_DECLINED, "place", "Nothing."));
	assert_fails(ERR_INVALID, declined("kim", id, REFERRAL_CLIENT_DECLINED, "income", NULL));
	assert_is(id, REFERRAL_ISSUED);
	assert_fine(declined("kim", id, REFERRAL_PROVIDER_DECLINED, "income", "A payee."));
	assert_text(read(id)->row.review, "waits");
	/* Until who plans has looked at it, nobody else is referred there. */
	struct referral_ask ask = ask_for(home, "h2");
	struct str other;
	assert_fails(ERR_CONFLICT, app_referral_refer(as("holder"), &ask, &other));
	assert_fails(ERR_DENIED, app_referral_review(as("kim"), id, true, NULL));
	/* Reopened, it is with the agency once more. */
	assert_fine(app_referral_review(as("holder"), id, true, words("The voucher pays it all.")));
	assert_is(id, REFERRAL_ISSUED);
	assert_false(day_known(read(id)->row.ended_day));
	assert_text(read(id)->events[0].what, "appeal");
	assert_fails(ERR_CONFLICT, app_referral_review(as("holder"), id, true, NULL));
	assert_fine(declined("kim", id, REFERRAL_PROVIDER_DECLINED, "record", "A letter."));
	assert_fine(app_referral_review(as("holder"), id, false, NULL));
	assert_text(read(id)->row.review, "agreed");
	assert_fails(ERR_CONFLICT, app_referral_review(as("holder"), id, false, NULL));
	/* Then the home goes to another, and it is too late for an appeal. */
	assert_text(read(referred(home, "h2"))->row.state, "issued");
	assert_fails(ERR_CONFLICT, app_referral_review(as("holder"), id, true, NULL));
	/* What the law or the home itself says raises no question; an appeal has its days. */
	id = referred(a_home(), "h3");
	assert_fine(declined("kim", id, REFERRAL_PROVIDER_DECLINED, "gone", "Our other house."));
	assert_int_equal(read(id)->row.review.n, 0);
	world.now.ms += (REFERRAL_APPEAL_DAYS + 1) * INT64_C(86400000);
	assert_fails(ERR_CONFLICT, app_referral_review(as("holder"), id, true, NULL));
}

static void the_calendar_moves_what_is_not_issued(void **state)
{
	(void)state;
	struct str early = asked("kim", a_home(), "");
	struct str late = asked("kim", a_home(), "");
	/* Asked on a Tuesday: due on Wednesday. */
	assert_fine(app_referral_issue(as("holder"), early, S("h1")));
	assert_int_equal(read(early)->row.due_day.n, day_of("2026-11-18").n);
	/* Then the offices close on that Wednesday. */
	assert_fails(ERR_DENIED, app_closed_day_add(as("holder"), day_of("2026-11-18"), S("Snow")));
	assert_fails(ERR_INVALID, app_closed_day_add(as("root"), day_of("2026-11-18"), S(" ")));
	assert_fails(ERR_INVALID, app_closed_day_add(as("root"), day_of("2036-11-18"), S("Snow")));
	assert_fine(app_closed_day_add(as("root"), day_of("2026-11-18"), S("Snow")));
	assert_fine(app_referral_issue(as("holder"), late, S("h2")));
	assert_int_equal(read(late)->row.due_day.n, day_of("2026-11-19").n);
	assert_int_equal(read(early)->row.due_day.n, day_of("2026-11-18").n);
	struct closed_day_row *rows;
	size_t n;
	assert_fine(app_closed_days(as("root"), &rows, &n));
	assert_int_equal(n, 1);
	assert_text(rows[0].what, "Snow");
	assert_fine(app_closed_day_take(as("root"), day_of("2026-11-18")));
	assert_fails(ERR_MISSING, app_closed_day_take(as("root"), day_of("2026-11-18")));
}

static void what_stands_still_expires(void **state)
{
	(void)state;
	struct str id = referred(a_home(), "h1");
	struct str asked_for = asked("kim", a_home(), "");
	size_t n;
	assert_fails(ERR_DENIED, app_referral_expire(as("holder"), &n));
	struct call *c = as_operator();
	c->actor = (struct actor){.kind = ACTOR_SYSTEM};
	c->today = day_add(c->today, referral_state_table[REFERRAL_ISSUED].expire_days);
	assert_fine(app_referral_expire(c, &n));
	assert_int_equal(n, 0);
	c->today = day_add(c->today, 1);
	assert_fine(app_referral_expire(c, &n));
	assert_int_equal(n, 1);
	assert_is(id, REFERRAL_EXPIRED);
	assert_is(asked_for, REFERRAL_REQUESTED);
	assert_int_equal(read(id)->events[0].by.n, 0);
}

static void notes_are_theirs_who_work_on_it(void **state)
{
	(void)state;
	struct str id = referred(a_home(), "h1");
	assert_fails(ERR_DENIED, app_referral_note(as("pat"), id, REFERRAL_NOTE, words("Hello.")));
	assert_fails(ERR_INVALID, app_referral_note(as("kim"), id, REFERRAL_NOTE, NULL));
	assert_fine(app_referral_note(as("kim"), id, REFERRAL_NOTE, words("Joe calls back.")));
	assert_fine(declined("holder", id, REFERRAL_CLIENT_DECLINED, "later", NULL));
	assert_fails(ERR_CONFLICT, app_referral_note(as("kim"), id, REFERRAL_ATTEMPT, NULL));
	assert_fine(app_referral_note(as("kim"), id, REFERRAL_NOTE, words("Joe called.")));
	/* In the database they cannot be read. */
	struct str note = read(id)->events[0].note;
	assert_true(note.n > 0);
	assert_null(memmem(note.p, note.n, "Joe", 3));
}

/* The card of a household in a conference, with the name of nobody. */
struct looking {
	struct str conference;
	int64_t household_no;
	struct str card;
};

static err_t find_card(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	struct q_cards *cards;
	size_t n;
	TRY(q_cards(db, a, w->conference, &cards, &n));
	for (size_t i = 0; i < n; i++)
		if (cards[i].household_no == w->household_no)
			w->card = str_dup(world.a, cards[i].id);
	return NULL;
}

static void a_conference_matches(void **state)
{
	(void)state;
	struct str home = a_home();
	struct looking w = {.conference = running_conference(), .household_no = 3};
	struct call *c = as("holder");
	assert_fine(db_run(c->db, world.a, DB_READ, find_card, &w));
	assert_true(w.card.n > 0);
	assert_fails(ERR_DENIED, app_card_match(as("pat"), w.conference, w.card, home));
	/* Three hours behind its end nobody has closed it: the clock runs from the end. */
	minutes_pass(240);
	assert_fine(app_card_match(as("fay"), w.conference, w.card, home));
	assert_fails(ERR_CONFLICT, app_card_match(as("sid"), w.conference, w.card, home));
	struct str id = asked("kim", home, "");
	assert_fine(
		app_referral_refer(as("holder"), &(struct referral_ask){.opening = home, .household = S("h3")}, &id));
	const struct reading *r = read(id);
	assert_text(r->row.source, "meeting");
	assert_text(r->row.conference_id, str_c(world.a, w.conference));
	assert_true(instant_known(r->row.requested_at));
	assert_int_equal(r->row.requested_at.ms, day_at(day_of("2026-11-17"), 11, 0).ms);
	assert_int_equal(r->row.household_no, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REFERRAL(who_asks_and_who_issues),
		REFERRAL(a_home_has_one_at_a_time),
		REFERRAL(from_the_issue_to_the_key),
		REFERRAL(a_withdrawal_meets_an_acceptance),
		REFERRAL(an_agency_without_memorandum_gets_none),
		REFERRAL(a_provider_is_asked_what_would_make_it_work),
		REFERRAL(the_calendar_moves_what_is_not_issued),
		REFERRAL(what_stands_still_expires),
		REFERRAL(notes_are_theirs_who_work_on_it),
		REFERRAL(a_conference_matches),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
