/* What was tried, tenancies at risk, and who writes and reads them; on both engines. */
#include "conference_fixture.h"

#include "app/cycle.h"
#include "app/support.h"
#include "app/tenancy.h"
#include "domain/spell.h"

static err_t try_it(const char *login, const char *id, enum intervention_kind kind, enum intervention_outcome outcome,
		    const char *day, const char *said)
{
	const struct intervention tried = {.kind = kind, .outcome = outcome, .day = day_of(day)};
	return app_support_record(as(login), text(id), &tried, words(said));
}

static struct support_view seen(const char *login, const char *id)
{
	struct support_view v;
	assert_fine(app_support(as(login), text(id), &v));
	return v;
}

static void attempts_are_a_history(void **state)
{
	(void)state;
	assert_true(seen("holder", "h1").ask_solving);
	assert_fine(try_it("pat", "h1", TRIED_PROBLEM_SOLVING, OUTCOME_NOT, "2026-11-02", "A cousin had no room"));
	assert_fine(try_it("holder", "h1", TRIED_RAPID, OUTCOME_PART, "2026-11-10", ""));
	assert_fine(try_it("pat", "h1", TRIED_SUPPORTIVE, OUTCOME_STEP_UP, "2026-11-17", "Needs somebody on site"));
	struct support_view v = seen("holder", "h1");
	assert_int_equal(v.rows_n, 3);
	assert_false(v.ask_solving);
	assert_text(v.rows[0].before, "Tried before: Problem-solving or diversion (did not help); Rapid rehousing "
				      "(helped in part).");
	assert_text(v.rows[0].tried.words, "Needs somebody on site");
	assert_int_equal(v.rows[1].before.n, 0);
	assert_text(v.rows[2].tried.words, "A cousin had no room");
	assert_text(v.rows[2].by, "Pat Sample");
	assert_int_equal(v.rows[2].tried.day.n, day_of("2026-11-02").n);
	assert_int_equal(seen("holder", "h2").rows_n, 0);
}

static void attempts_are_for_those_who_work_with_it(void **state)
{
	(void)state;
	assert_fine(try_it("pat", "h1", TRIED_MEDIATION, OUTCOME_OPEN, "2026-11-17", "Talks to her aunt"));
	struct support_view v = seen("kim", "h1"); /* sees a code */
	assert_false(v.may_write);
	assert_int_equal(v.rows_n, 0);
	assert_fails(ERR_DENIED, try_it("kim", "h1", TRIED_MEDIATION, OUTCOME_OPEN, "2026-11-17", "Talks"));
	assert_fails(ERR_INVALID, try_it("pat", "h1", TRIED_MEDIATION, OUTCOME_OPEN, "2026-11-18", "Tomorrow"));
	assert_fails(ERR_INVALID, try_it("pat", "h1", TRIED_RAPID, OUTCOME_STEP_UP, "2026-11-17", " please  "));
	assert_fails(ERR_MISSING, try_it("pat", "h99", TRIED_RAPID, OUTCOME_OPEN, "2026-11-17", ""));
	assert_int_equal(seen("holder", "h1").rows_n, 1);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM household_entry WHERE item = 'tried'"), 1);
}

static void at_risk_is_who_is_housed(void **state)
{
	(void)state;
	struct day since = day_of("2026-11-09");
	const struct pii *why = words("Rent is owed since May");
	assert_fails(ERR_CONFLICT, app_tenancy_put(as("holder"), S("h1"), since, why, false)); /* it is homeless */
	status_is(1, STATUS_HOUSED);
	assert_fails(ERR_INVALID, app_tenancy_put(as("holder"), S("h1"), DAY_NONE, why, false));
	assert_fails(ERR_INVALID, app_tenancy_put(as("holder"), S("h1"), day_of("2026-11-18"), why, false));
	assert_fails(ERR_INVALID, app_tenancy_put(as("holder"), S("h1"), since, words("rent"), false));
	assert_fails(ERR_DENIED, app_tenancy_put(as("kim"), S("h1"), since, why, false));
	assert_fails(ERR_CONFLICT, app_tenancy_put(as("pat"), S("h1"), since, why, true));
	assert_fine(app_tenancy_put(as("pat"), S("h1"), since, why, false)); /* serves it */
	assert_fails(ERR_CONFLICT, app_tenancy_put(as("holder"), S("h1"), since, why, false));
	struct support_view v = seen("holder", "h1");
	assert_true(v.housed);
	assert_int_equal(v.at_risk.n, since.n);
	assert_text(v.risk, "Rent is owed since May");
	assert_false(day_known(seen("kim", "h1").at_risk));
	assert_fine(app_tenancy_put(as("holder"), S("h1"), DAY_NONE, NULL, true));
	assert_false(day_known(seen("holder", "h1").at_risk));
	assert_fine(app_tenancy_put(as("holder"), S("h1"), since, why, false)); /* and again */
}

static void the_page_brings_it_to_the_conference(void **state)
{
	(void)state;
	store_force(world.store, "UPDATE listing SET region_id = 'r1'"); /* the fixture's are on no region's list */
	assert_false(seen("holder", "h9").can_add);                      /* no cycle */
	assert_fine(app_cycle_start(as("holder"), whole("r1"), 3, 0));
	assert_true(seen("holder", "h9").can_add);
	assert_false(seen("holder", "h2").can_add); /* it has a seat */
	assert_false(seen("pat", "h9").can_add);    /* who does not plan */
	assert_fine(
		app_cycle_add(as("holder"), whole("r1"), S("h9"), 1U << AIRTIME_LONG, words("A voucher ends in May")));
	struct support_view v = seen("holder", "h9");
	assert_false(v.can_add);
	assert_text(v.here, "Homeless often or for long");
	assert_int_equal(seen("holder", "h2").here.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(attempts_are_a_history),
		WORLD(attempts_are_for_those_who_work_with_it),
		WORLD(at_risk_is_who_is_housed),
		WORLD(the_page_brings_it_to_the_conference),
	};
	return cmocka_run_group_tests_name("app support", tests, NULL, NULL);
}
