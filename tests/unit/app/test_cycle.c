/* Cycles, from the first start to the next: who gets in, who gets out, what needs a reason. */
#include "conference_fixture.h"

#include "app/card.h"
#include "app/conference_view.h"
#include "app/cycle.h"
#include "base/buf.h"
#include "domain/airtime.h"
#include "domain/spell.h"

enum { WHY = 1 << AIRTIME_COMPLEX | 1 << AIRTIME_PROFILE };

/* The households that have a seat, as "1 2 3". */
static const char *seats(void)
{
	struct cycle_view v;
	struct buf out = buf_new(world.a, 1000);
	bool in[HOUSEHOLDS + 1] = {false};
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	for (size_t i = 0; i < v.seats_n; i++)
		in[v.seats[i].face.no] = true;
	for (int i = 1; i <= HOUSEHOLDS; i++)
		if (in[i])
			buf_fmt(&out, "%s%d", out.n > 0 ? " " : "", i);
	return str_c(world.a, buf_text(&out));
}

static void cycle_starts_with_the_ten_most_critical(void **state)
{
	(void)state;
	struct cycle_view v;
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	assert_false(v.open);
	assert_int_equal(v.next_n, 10);
	assert_fine(app_cycle_start(as("holder"), whole("r1"), CYCLE_SIZE, 6));
	assert_string_equal(seats(), "1 2 3 4 5 6 7 8 9 10");
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	assert_true(v.open);
	assert_int_equal(v.number, 1);
	assert_int_equal(v.goal, 6);
	assert_int_equal(v.next[0].no, 11);
	assert_text(v.seats[0].joined, "among the most critical at the start, 17 Nov 2026");
}

static void who_rises_joins_and_nobody_is_displaced(void **state)
{
	(void)state;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), CYCLE_SIZE, 0));
	list_is((const int64_t[]){14, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0});
	assert_fine(app_cycle_refresh(as("spec"), whole("r1")));
	assert_string_equal(seats(), "1 2 3 4 5 6 7 8 9 10 14");
	assert_fine(app_cycle_refresh(as("holder"), whole("r1")));
	assert_string_equal(seats(), "1 2 3 4 5 6 7 8 9 10 14");
}

static void only_a_named_ending_frees_a_seat(void **state)
{
	(void)state;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	status_is(2, STATUS_INACTIVE); /* silence: keeps the seat */
	assert_fine(app_cycle_refresh(as("holder"), whole("r1")));
	assert_string_equal(seats(), "1 2 3 4");
	status_is(1, STATUS_HOUSED);
	status_is(3, STATUS_DECEASED);
	assert_fine(app_cycle_refresh(as("holder"), whole("r1")));
	assert_string_equal(seats(), "2 4 5 6");
	struct cycle_view v;
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	assert_int_equal(v.freed_n, 2);
	for (size_t i = 0; i < v.freed_n; i++) {
		assert_true(str_starts(v.freed[i].ended, v.freed[i].face.no == 1 ? S("housed") : S("deceased")));
		assert_int_equal(v.freed[i].by.n, 0);
	}
	bool reconnect = false;
	for (size_t i = 0; i < v.seats_n; i++)
		reconnect = reconnect || (v.seats[i].face.no == 2 && v.seats[i].reconnect);
	assert_true(reconnect);
}

static void who_leaves_the_list_can_be_freed(void **state)
{
	(void)state;
	struct cycle_view v;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	leaves_list(2);
	assert_fine(app_cycle_refresh(as("holder"), whole("r1")));
	assert_string_equal(seats(), "1 2 3 4"); /* no timer and no silence ends a seat */
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	const struct cycle_seat *seat = &v.seats[v.seats_n - 1];
	assert_int_equal(seat->face.no, 2);
	assert_true(seat->face.unlisted);
	assert_text(seat->face.id, "h2");
	assert_text(seat->face.code, "Maple 1002");
	assert_false(seat->face.named);
	assert_fine(
		app_cycle_free(as("holder"), whole("r1"), seat->face.id, CYCLE_MOVED, words("Found a home up north")));
	assert_string_equal(seats(), "1 3 4");
}

static struct conference_view seen(const char *login, struct str id)
{
	struct conference_view v;
	assert_fine(app_conference(as(login), id, S(""), &v));
	return v;
}

static void who_leaves_the_list_holds_nobody_up(void **state)
{
	(void)state;
	struct str id = planned_conference();
	leaves_list(1); /* before the meeting */
	assert_fine(app_conference_start(as("fay"), id));
	struct conference_view v = seen("fay", id);
	assert_int_equal(v.queue_n, 10); /* its card went, the eleventh of the list came */
	assert_text(v.queue[0].called, "Household Maple 1002");
	assert_fine(app_card_open(as("fay"), id, v.queue[0].card_id));

	leaves_list(2); /* while it is talked about */
	leaves_list(3); /* before its turn */
	v = seen("fay", id);
	assert_text(v.card->called, "Household Maple 1002");
	assert_text(v.card->read_aloud, "Household Maple 1002 is no longer on the list.");
	assert_text(v.queue[1].tag, "no longer on the list");
	assert_int_equal(v.households, 9);
	assert_fine(app_card_next(as("fay"), id, v.now_card));
	v = seen("fay", id);
	assert_text(v.card->called, "Household Maple 1004");
	assert_text(v.queue[0].called, "Household Maple 1002"); /* the record keeps it */
	assert_int_equal(v.households, 8);
	assert_text(seen("holder", id).queue[0].called, "Household Maple 1002"); /* names left with the list */
}

static void out_of_order_needs_a_reason_that_is_kept(void **state)
{
	(void)state;
	struct cycle_view v;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	assert_fails(ERR_INVALID, app_cycle_add(as("holder"), whole("r1"), S("h9"), WHY, words("please")));
	assert_fails(ERR_INVALID, app_cycle_add(as("holder"), whole("r1"), S("h9"), WHY, NULL));
	assert_fails(ERR_MISSING,
		     app_cycle_add(as("holder"), whole("r1"), S("h99"), WHY, words("A voucher ends in May")));
	assert_fine(app_cycle_add(as("holder"), whole("r1"), S("h9"), WHY, words("A voucher ends in May")));
	assert_fails(ERR_CONFLICT,
		     app_cycle_add(as("holder"), whole("r1"), S("h9"), WHY, words("A voucher ends in May")));
	assert_fails(ERR_CONFLICT, app_cycle_skip(as("holder"), whole("r1"), S("h1"), words("In hospital until May")));
	assert_fails(ERR_INVALID,
		     app_cycle_free(as("holder"), whole("r1"), S("h1"), CYCLE_HOUSED, words("Said so at the table")));
	assert_fine(app_cycle_free(as("holder"), whole("r1"), S("h1"), CYCLE_OTHER, words("Merged with another row")));
	assert_string_equal(seats(), "2 3 4 9");
	assert_fine(app_cycle_skip(as("holder"), whole("r1"), S("h5"), words("In hospital until May")));
	status_is(2, STATUS_HOUSED);
	assert_fine(app_cycle_refresh(as("holder"), whole("r1")));
	assert_string_equal(seats(), "3 4 6 9");
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	for (size_t i = 0; i < v.seats_n; i++)
		if (v.seats[i].face.no == 9) {
			assert_true(v.seats[i].out_of_order);
			assert_text(v.seats[i].reason, "A voucher ends in May");
			assert_text(v.seats[i].by, "Hana Example");
		}
	/* Who does not plan sees that it happened, not why. */
	assert_fine(app_cycle(as("pat"), whole("r1"), &v));
	for (size_t i = 0; i < v.seats_n; i++)
		assert_int_equal(v.seats[i].reason.n, 0);
}

static const struct cycle_seat *seat_of(const struct cycle_view *v, int64_t household)
{
	for (size_t i = 0; i < v->seats_n; i++)
		if (v->seats[i].face.no == household)
			return &v->seats[i];
	return NULL;
}

/* The six reasons add time: the card says them, and who is next by the list stays so. */
static void reasons_add_airtime_and_no_rank(void **state)
{
	(void)state;
	struct cycle_view before;
	struct cycle_view v;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	assert_fine(app_cycle(as("holder"), whole("r1"), &before));
	assert_fails(ERR_INVALID, app_cycle_add(as("holder"), whole("r1"), S("h9"), 0, words("A voucher ends in May")));
	assert_fails(ERR_INVALID, app_cycle_add(as("holder"), whole("r1"), S("h9"), 1U << AIRTIMES_N,
						words("A voucher ends in May")));
	assert_fine(app_cycle_add(as("holder"), whole("r1"), S("h9"), WHY, words("A voucher ends in May")));
	assert_fine(app_cycle_refresh(as("holder"), whole("r1")));
	assert_string_equal(seats(), "1 2 3 9"); /* nobody is displaced, and nobody let in by it */
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	assert_text(seat_of(&v, 9)->why, "Complex: several agencies and peers would help; To be known better in the "
					 "system");
	assert_int_equal(seat_of(&v, 9)->face.rank, 9);
	assert_int_equal(seat_of(&v, 1)->why.n, 0);
	assert_int_equal(v.next[0].no, before.next[0].no);
	struct conference_plan plan = a_plan();
	struct str id;
	assert_fine(app_conference_plan(as("holder"), whole("r1"), &plan, &id));
	struct conference_view room = seen("holder", id);
	assert_int_equal(room.queue_n, 4);
	assert_fine(app_conference(as("holder"), id, room.queue[3].card_id, &room)); /* last, as on the list */
	assert_int_equal(room.card->face.no, 9);
	assert_true(str_starts(room.card->why_here, S("Complex")));
	assert_fine(app_conference(as("holder"), id, room.queue[0].card_id, &room));
	assert_int_equal(room.card->why_here.n, 0);
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0)); /* kept, with its reasons */
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	assert_true(str_starts(seat_of(&v, 9)->why, S("Complex")));
}

/* Housed, and the tenancy fails: a seat that the list does not free, for this cycle alone. */
static void a_review_is_of_this_cycle(void **state)
{
	(void)state;
	struct cycle_view v;
	struct cycle_decisions_view decisions;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	status_is(12, STATUS_HOUSED);
	assert_fine(app_cycle_add(as("holder"), whole("r1"), S("h12"), 1U << AIRTIME_TENANCY,
				  words("Rent is owed since May")));
	assert_fine(app_cycle_refresh(as("holder"), whole("r1")));
	assert_string_equal(seats(), "1 2 3 12");
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	assert_true(str_starts(seat_of(&v, 12)->joined, S("for an add-on review")));
	assert_text(seat_of(&v, 12)->reason, "Rent is owed since May");
	assert_true(seat_of(&v, 12)->out_of_order);
	assert_fine(app_cycle_decisions(as("holder"), whole("r1"), &decisions));
	assert_int_equal(decisions.rows_n, 1);
	assert_text(decisions.rows[0].what, "for an add-on review");
	status_is(12, STATUS_DECEASED);
	assert_fine(app_cycle_refresh(as("holder"), whole("r1")));
	assert_string_equal(seats(), "1 2 3");
	status_is(13, STATUS_HOUSED);
	assert_fine(app_cycle_add(as("holder"), whole("r1"), S("h13"), 1U << AIRTIME_TENANCY,
				  words("Rent is owed since May")));
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	assert_string_equal(seats(), "1 2 3");
}

static void next_cycle_keeps_who_is_not_housed(void **state)
{
	(void)state;
	struct cycle_view v;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	list_is((const int64_t[]){7, 8, 9, 1, 2, 3, 4, 5, 6, 0});
	status_is(3, STATUS_HOUSED);
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	assert_string_equal(seats(), "1 2 7 8 9");
	assert_fine(app_cycle(as("holder"), whole("r1"), &v));
	assert_int_equal(v.number, 2);
	assert_true(str_starts(v.seats[0].joined, S("kept from the cycle before")));
}

static void cycles_are_for_those_who_plan(void **state)
{
	(void)state;
	static const char *const denied[] = {"fay", "pat", "far", "other", "lea", "root"};
	struct cycle_view v;
	for (size_t i = 0; i < sizeof(denied) / sizeof(denied[0]); i++) {
		assert_fails(ERR_DENIED, app_cycle_start(as(denied[i]), whole("r1"), CYCLE_SIZE, 0));
		assert_fails(ERR_DENIED, app_cycle_refresh(as(denied[i]), whole("r1")));
		assert_fails(ERR_DENIED,
			     app_cycle_skip(as(denied[i]), whole("r1"), S("h1"), words("In hospital until May")));
		assert_fails(ERR_DENIED,
			     app_cycle_add(as(denied[i]), whole("r1"), S("h9"), WHY, words("A voucher ends in May")));
	}
	static const char *const blind[] = {"far", "other", "lea", "root"};
	for (size_t i = 0; i < sizeof(blind) / sizeof(blind[0]); i++)
		assert_fails(ERR_DENIED, app_cycle(as(blind[i]), whole("r1"), &v));
	assert_fails(ERR_DENIED, app_cycle(as_operator(), whole("r1"), &v));
	assert_fails(ERR_MISSING, app_cycle(as("holder"), whole("r9"), &v));
	assert_fails(ERR_INVALID, app_cycle_start(as("holder"), whole("r1"), 0, 0));
	assert_fails(ERR_INVALID, app_cycle_start(as("holder"), whole("r1"), 51, 0));
	assert_fails(ERR_MISSING, app_cycle_refresh(as("holder"), whole("r1")));
}

static void decisions_stay_on_record(void **state)
{
	(void)state;
	struct cycle_decisions_view v;
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	assert_fine(app_cycle_decisions(as("holder"), whole("r1"), &v));
	assert_int_equal(v.rows_n, 0);
	assert_fine(app_cycle_skip(as("holder"), whole("r1"), S("h4"), words("In hospital until May")));
	assert_fine(app_cycle_add(as("spec"), whole("r1"), S("h9"), WHY, words("A voucher ends in May")));
	assert_fine(app_cycle_free(as("holder"), whole("r1"), S("h9"), CYCLE_OTHER, words("Went home to a sister")));
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0)); /* also of cycles that are over */
	assert_fine(app_cycle_decisions(as("holder"), whole("r1"), &v));
	assert_int_equal(v.rows_n, 3);
	assert_text(v.rows[0].what, "ended for another reason");
	assert_text(v.rows[1].what, "added out of order");
	assert_text(v.rows[1].reason, "A voucher ends in May");
	assert_text(v.rows[2].what, "skipped");
	assert_int_equal(v.rows[2].face.no, 4);
	assert_fine(app_cycle_decisions(as("kim"), whole("r1"), &v));
	assert_int_equal(v.rows[0].reason.n, 0); /* reasons are for those who plan */
	assert_fails(ERR_DENIED, app_cycle_decisions(as("far"), whole("r1"), &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(cycle_starts_with_the_ten_most_critical),
		WORLD(who_rises_joins_and_nobody_is_displaced),
		WORLD(only_a_named_ending_frees_a_seat),
		WORLD(out_of_order_needs_a_reason_that_is_kept),
		WORLD(who_leaves_the_list_can_be_freed),
		WORLD(who_leaves_the_list_holds_nobody_up),
		WORLD(reasons_add_airtime_and_no_rank),
		WORLD(a_review_is_of_this_cycle),
		WORLD(next_cycle_keeps_who_is_not_housed),
		WORLD(cycles_are_for_those_who_plan),
		WORLD(decisions_stay_on_record),
	};
	return cmocka_run_group_tests_name("app cycle", tests, NULL, NULL);
}
