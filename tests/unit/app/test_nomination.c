/* Nominations: who names, who says what, what was decided, what it does to a place, and its review. */
#include "conference_fixture.h"

#include <string.h>

#include "app/adjustment.h"
#include "app/list_opening.h"
#include "app/nomination.h"
#include "app/policy.h"
#include "app/review.h"

static const char vouchers[] = "policy \"Vouchers\"\nfor opening voucher\norder\n months in 36 most first\n"
			       " nominated first; at most 60 days\n lot\nnominations by group decision\n";

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

#define NOMINATED(test)                                                                                                \
	{#test " (SQLite)", test, up, down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                             \
	{                                                                                                              \
#test " (PostgreSQL)", test, up, down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]                  \
	}

static struct str household(int64_t no)
{
	return str_fmt(world.a, "h%lld", (long long)no);
}

static void set_policy(const char *policy)
{
	struct policy_faults faults;
	struct policy_set set;
	assert_fine(app_policy_set(as("root"), text(policy), DAY_NONE, &faults, &set));
}

/* The households of the fixture are of no region until a test says so. */
static void all_in_region_one(void)
{
	for (int64_t no = 1; no <= HOUSEHOLDS; no++)
		status_is(no, 1);
	store_force(world.store, "UPDATE listing SET region_id = 'r1'");
}

static struct nomination_words some_words(void)
{
	struct day today = as("kim")->today;
	return (struct nomination_words){
		.kind = POLICY_VOUCHER,
		.reason = words("Joe needs a place beside the dialysis ward in town."),
		.review = day_add(today, 10),
		.until = day_add(today, 40),
	};
}

static struct nomination_view seen_by(const char *login, int64_t no)
{
	struct nomination_view v;
	assert_fine(app_nominations(as(login), household(no), &v));
	return v;
}

static struct str nominated(int64_t no)
{
	struct nomination_words w = some_words();
	assert_fine(app_nomination_add(as("kim"), household(no), &w));
	return seen_by("holder", no).rows[0].id;
}

/* Its place in the order of vouchers. */
static int place_of(int64_t no)
{
	struct list_image *image;
	struct call *c = as("root");
	assert_fine(list_opening_take(c, DAY_NONE, POLICY_VOUCHER, &image));
	const struct list_row *row = list_image_row(image, no);
	int place = row == NULL ? 0 : row->rank;
	list_image_give(c->app->lists, &image);
	return place;
}

static void a_group_decides(void **state)
{
	(void)state;
	set_policy(vouchers);
	all_in_region_one();
	assert_int_equal(place_of(13), 13);
	struct str id = nominated(13);
	assert_int_equal(place_of(13), 13);
	/* Nobody else may name it twice, the nominating agency does not decide, and others do not at all. */
	struct nomination_words again = some_words();
	assert_fails(ERR_CONFLICT, app_nomination_add(as("pat"), household(13), &again));
	assert_fails(ERR_CONFLICT, app_nomination_state(as("kim"), household(13), id, S(""), STANCE_AGREES));
	assert_fails(ERR_CONFLICT, app_nomination_state(as("holder"), household(13), id, S("alder"), STANCE_AGREES));
	assert_fails(ERR_DENIED, app_nomination_state(as("far"), household(13), id, S(""), STANCE_AGREES));
	assert_fails(ERR_DENIED, app_nomination_state(as("pat"), household(13), id, S("cedar"), STANCE_AGREES));
	assert_fails(ERR_INVALID, app_nomination_state(as("holder"), household(13), id, S("cedar"), STANCE_AGREES));
	assert_fine(app_nomination_state(as("pat"), household(13), id, S(""), STANCE_AGREES));
	assert_fails(ERR_CONFLICT, app_nomination_decide(as("holder"), household(13), id, words("Near the ward.")));
	/* A third agency of the region; first it steps out, which decides nothing. */
	store_force(world.store, "INSERT INTO agency_region (agency_id, region_id) VALUES ('cedar', 'r1')");
	assert_fine(app_nomination_state(as("holder"), household(13), id, S("cedar"), STANCE_OUT));
	assert_fails(ERR_CONFLICT, app_nomination_decide(as("holder"), household(13), id, words("Near the ward.")));
	assert_fine(app_nomination_state(as("holder"), household(13), id, S("cedar"), STANCE_AGREES));
	assert_fails(ERR_DENIED, app_nomination_decide(as("pat"), household(13), id, words("Near the ward.")));
	assert_fails(ERR_INVALID, app_nomination_decide(as("holder"), household(13), id, words("Joe is compliant.")));
	assert_fine(app_nomination_decide(as("holder"), household(13), id, words("Joe is near the ward there.")));
	struct nomination_view v = seen_by("pat", 13);
	const struct nomination_row *row = &v.rows[0];
	assert_int_equal(row->state, NOMINATION_HOLDS);
	assert_int_equal(row->said_n, 2);
	assert_text(row->said[0].agency, "Birch Agency");
	assert_text(row->count, "2 agencies agreed, 0 did not, 0 stepped out");
	assert_int_equal(row->level, HOUSEHOLDS); /* all have as many months */
	assert_text(row->why, "Joe is near the ward there.");
	assert_true(str_starts(row->decided, S("Hana Example, ")));
	assert_fails(ERR_CONFLICT, app_nomination_state(as("pat"), household(13), id, S(""), STANCE_OUT));
	/* It does what its line says. */
	assert_int_equal(place_of(13), 1);
	assert_int_equal(place_of(1), 2);
	store_force(world.store, "UPDATE listing SET months_36 = 4 WHERE household_no = 2");
	list_cache_free(&world.app.lists);
	world.app.lists = list_cache_new();
	assert_int_equal(place_of(2), 1);
	assert_int_equal(place_of(13), 2);
	assert_fine(app_nomination_end(as("pat"), household(13), id));
	assert_int_equal(place_of(13), 13);
	assert_int_equal(seen_by("pat", 13).rows[0].state, NOMINATION_ENDED);
	assert_fails(ERR_CONFLICT, app_nomination_end(as("pat"), household(13), id));
}

static void more_must_agree_than_not(void **state)
{
	(void)state;
	set_policy(vouchers);
	all_in_region_one();
	store_force(world.store, "INSERT INTO agency_region (agency_id, region_id) VALUES ('cedar', 'r1')");
	struct str id = nominated(13);
	assert_fine(app_nomination_state(as("pat"), household(13), id, S(""), STANCE_AGREES));
	assert_fine(app_nomination_state(as("holder"), household(13), id, S("cedar"), STANCE_AGAINST));
	assert_fine(app_nomination_decide(as("holder"), household(13), id, words("There was no agreement.")));
	assert_int_equal(seen_by("pat", 13).rows[0].state, NOMINATION_REFUSED);
	assert_int_equal(place_of(13), 13);
	struct nomination_words w = some_words();
	assert_fine(app_nomination_add(as("kim"), household(13), &w)); /* and it may be named again */
}

static void a_meeting_is_recorded(void **state)
{
	(void)state;
	set_policy(vouchers);
	all_in_region_one();
	store_force(world.store, "INSERT INTO agency_region (agency_id, region_id) VALUES ('cedar', 'r1')");
	struct str id = nominated(13);
	assert_fine(app_nomination_state(as("holder"), household(13), id, S("birch"), STANCE_AGREES));
	assert_fine(app_nomination_state(as("holder"), household(13), id, S("cedar"), STANCE_AGREES));
	running_conference();
	assert_fine(app_nomination_decide(as("holder"), household(13), id, words("Said in the room by all.")));
	assert_non_null(
		strstr(str_c(world.a, seen_by("holder", 13).rows[0].decided), ", in the conference of 17 Nov 2026"));
}

static void words_are_read_without_names(void **state)
{
	(void)state;
	set_policy(vouchers);
	all_in_region_one();
	nominated(13);
	assert_text(seen_by("holder", 13).rows[0].reason, "Joe needs a place beside the dialysis ward in town.");
	struct str coded = seen_by("spec", 13).rows[0].reason;
	assert_true(coded.n > 0 && strstr(str_c(world.a, coded), "Joe") == NULL);
	assert_int_equal(seen_by("far", 13).rows[0].reason.n, 0);
	assert_int_equal(store_number(world.store, "SELECT count(*) FROM nomination WHERE length(reason) > 40"), 1);
}

static void what_no_nomination_is(void **state)
{
	(void)state;
	struct nomination_words w = some_words();
	all_in_region_one();
	assert_fails(ERR_CONFLICT, app_nomination_add(as("kim"), household(13), &w)); /* the policy has none */
	assert_int_equal(seen_by("kim", 13).kinds_n, 0);
	set_policy(vouchers);
	assert_int_equal(seen_by("kim", 13).kinds_n, 1);
	assert_true(seen_by("kim", 13).can_nominate);
	assert_false(seen_by("spec", 13).can_nominate);
	assert_fails(ERR_DENIED, app_nomination_add(as("kim"), household(2), &w)); /* does not serve it */
	assert_fails(ERR_DENIED, app_nomination_add(as("spec"), household(13), &w));
	w.until = day_add(w.until, 30);
	assert_fails(ERR_INVALID, app_nomination_add(as("kim"), household(13), &w));
	assert_int_equal(seen_by("kim", 13).rows_n, 0);
}

/* ---- reviews ---- */

struct due {
	struct call *call;
	struct review_row *rows;
	size_t n;
	size_t own;
};

static err_t load_due(struct db *db, struct arena *a, void *ctx)
{
	struct due *d = ctx;
	struct review_row *rows;
	TRY(app_reviews_of(d->call, db, a, 13, &rows, &d->own));
	return app_reviews_due(d->call, db, a, S("r1"), &d->rows, &d->n);
}

static struct due due_in(int days)
{
	struct due d = {.call = as("holder")};
	d.call->today = day_add(d.call->today, days);
	assert_fine(db_run(d.call->db, d.call->arena, DB_READ, load_due, &d));
	return d;
}

static struct call *in(const char *login, int days)
{
	struct call *c = as(login);
	c->today = day_add(c->today, days);
	return c;
}

static void reviews_come_due(void **state)
{
	(void)state;
	set_policy(vouchers);
	all_in_region_one();
	struct day today = as("kim")->today;
	struct adjustment_words w = {
		.misses = words("Insulin is stolen again and again in the camp."),
		.reason = words("Two admissions since June; a third may be the last."),
		.review = day_add(today, 5),
		.until = day_add(today, 90),
	};
	assert_fine(app_adjustment_propose(as("kim"), household(13), &w));
	struct adjustment_view adjustments;
	assert_fine(app_adjustments(as("kim"), household(13), &adjustments));
	struct str adjustment = adjustments.rows[0].id;
	assert_int_equal(due_in(20).n, 0); /* it waits for another agency */
	assert_fails(ERR_CONFLICT, app_adjustment_review(as("kim"), household(13), adjustment, day_add(today, 20)));
	store_force(world.store,
		    "UPDATE adjustment SET agreed_by = 'pat', agreed_agency = 'birch', agreed_day = 20000");
	struct str id = nominated(13);
	store_force(world.store, "UPDATE nomination SET agreed = 1, decided_by = 'holder', decided_day = 20000");
	assert_int_equal(due_in(4).n, 0);
	struct due d = due_in(5);
	assert_int_equal(d.n, 1);
	assert_int_equal(d.rows[0].kind, POLICY_LIST);
	assert_int_equal(d.rows[0].face.no, 13);
	assert_int_equal(due_in(10).n, 2);
	assert_int_equal(due_in(10).own, 2);
	assert_int_equal(due_in(10).rows[1].kind, POLICY_VOUCHER);
	/* Who looked at it sets the next day. */
	assert_fails(ERR_INVALID, app_adjustment_review(in("kim", 10), household(13), adjustment, day_add(today, 10)));
	assert_fails(ERR_INVALID, app_adjustment_review(in("kim", 10), household(13), adjustment, day_add(today, 91)));
	assert_fails(ERR_DENIED, app_adjustment_review(in("spec", 10), household(13), adjustment, day_add(today, 30)));
	assert_fine(app_adjustment_review(in("kim", 10), household(13), adjustment, day_add(today, 30)));
	assert_fine(app_nomination_review(in("kim", 10), household(13), id, day_add(today, 40)));
	assert_fails(ERR_INVALID, app_nomination_review(in("kim", 10), household(13), id, day_add(today, 41)));
	assert_int_equal(due_in(29).n, 0);
	assert_int_equal(due_in(40).n, 2);
	assert_int_equal(due_in(41).n, 1); /* the nomination is over */
	assert_int_equal(due_in(91).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		NOMINATED(a_group_decides),       NOMINATED(more_must_agree_than_not),
		NOMINATED(a_meeting_is_recorded), NOMINATED(words_are_read_without_names),
		NOMINATED(what_no_nomination_is), NOMINATED(reviews_come_due),
	};
	return cmocka_run_group_tests_name("app nomination", tests, NULL, NULL);
}
