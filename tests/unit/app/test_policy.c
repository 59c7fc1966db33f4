/* Policies and adjustments: who may, what is kept, what is refused. */
#include "conference_fixture.h"

#include "app/adjustment.h"
#include "app/policy.h"
#include "store/q_policy.h"

static const char oldest[] = "policy \"Who came first\"\nfor list\norder\n list start oldest first\n lot\n";
static const char psh[] = "policy \"PSH\"\nfor opening psh\nonly chronic\norder\n months in 36 most first\n lot\n";

static void versions_hold_from_their_day(void **state)
{
	(void)state;
	struct policy_faults faults;
	struct policy_set set;
	struct policy_view v;
	struct call *root = as("root");
	assert_fine(app_policy(root, POLICY_LIST, &v));
	assert_int_equal(v.version, 0);
	assert_true(v.can_set);
	assert_fine(app_policy_set(root, text(oldest), DAY_NONE, &faults, &set));
	assert_int_equal(set.version, 1);
	assert_int_equal(set.from.n, root->today.n);
	struct str later = v.text;
	assert_fine(app_policy_set(as_operator(), later, day_add(root->today, 30), &faults, &set));
	assert_int_equal(set.version, 2);
	assert_fine(app_policy(as("kim"), POLICY_LIST, &v));
	assert_int_equal(v.version, 1);
	assert_false(v.can_set);
	assert_int_equal(v.versions_n, 2);
	assert_true(v.versions[0].comes && !v.versions[0].holds);
	assert_true(v.versions[1].holds);
	/* On its day it holds by itself. */
	struct call *then = as("root");
	then->today = day_add(then->today, 30);
	assert_fine(app_policy(then, POLICY_LIST, &v));
	assert_int_equal(v.version, 2);
	then->today = day_add(then->today, -31);
	assert_fine(app_policy(then, POLICY_LIST, &v));
	assert_int_equal(v.version, 0);
}

static void openings_follow_the_list(void **state)
{
	(void)state;
	struct policy_faults faults;
	struct policy_set set;
	struct policy_view v;
	assert_fine(app_policy_set(as("lea"), text(oldest), DAY_NONE, &faults, &set));
	assert_fine(app_policy(as("kim"), POLICY_PSH, &v));
	assert_true(v.follows);
	assert_string_equal(v.policy.name, "Who came first");
	assert_fine(app_policy_set(as("lea"), text(psh), DAY_NONE, &faults, &set));
	assert_fine(app_policy(as("kim"), POLICY_PSH, &v));
	assert_false(v.follows);
	assert_string_equal(v.policy.name, "PSH");
	assert_fine(app_policy(as("kim"), POLICY_LIST, &v));
	assert_string_equal(v.policy.name, "Who came first");
}

static void what_is_refused_changes_nothing(void **state)
{
	(void)state;
	struct policy_faults faults;
	struct policy_set set;
	struct policy_view v;
	struct call *root = as("root");
	assert_fine(app_policy_set(root, text(oldest), DAY_NONE, &faults, &set));
	assert_fails(ERR_INVALID, app_policy_set(root, text("policy \"P\"\nfor list\norder\nrace first\nlot"), DAY_NONE,
						 &faults, &set));
	assert_true(faults.n > 0 && faults.of[0].line == 4);
	assert_fails(ERR_INVALID, app_policy_set(root, text(oldest), day_add(root->today, -1), &faults, &set));
	assert_fails(ERR_DENIED, app_policy_set(as("holder"), text(oldest), DAY_NONE, &faults, &set));
	assert_fails(ERR_DENIED, app_policy_set(as("kim"), text(oldest), DAY_NONE, &faults, &set));
	assert_fine(app_policy(root, POLICY_LIST, &v));
	assert_int_equal(v.versions_n, 1);
	assert_string_equal(v.policy.name, "Who came first");
}

/* ---- adjustments ---- */

static struct adjustment_words some_words(void)
{
	struct day today = as("kim")->today;
	return (struct adjustment_words){
		.misses = words("Insulin is stolen again and again in the camp."),
		.reason = words("Two admissions since June; a third may be the last."),
		.with_person = true,
		.review = day_add(today, 30),
		.until = day_add(today, 90),
	};
}

static struct str household(int64_t no)
{
	return str_fmt(world.a, "h%lld", (long long)no);
}

static struct adjustment_view seen_by(const char *login, int64_t no)
{
	struct adjustment_view v;
	assert_fine(app_adjustments(as(login), household(no), &v));
	return v;
}

static err_t count_raised(struct db *db, struct arena *a, void *ctx)
{
	struct q_adjustments_in_force *rows;
	size_t n;
	struct day *day = ctx;
	TRY(q_adjustments_in_force(db, a, day->n, &rows, &n));
	day->n = (int32_t)n;
	return NULL;
}

static int raised_on(struct day day)
{
	struct call *c = as("root");
	assert_fine(db_run(c->db, c->arena, DB_READ, count_raised, &day));
	return day.n;
}

static void two_agencies(void **state)
{
	(void)state;
	struct adjustment_words w = some_words();
	struct day today = as("kim")->today;
	assert_fine(app_adjustment_propose(as("kim"), household(13), &w));
	struct adjustment_view v = seen_by("kim", 13);
	assert_int_equal(v.rows_n, 1);
	assert_int_equal(v.rows[0].state, ADJUSTMENT_WAITS);
	assert_true(v.rows[0].with_person && !v.rows[0].can_agree && v.rows[0].can_end && !v.can_propose);
	assert_text(v.rows[0].misses, "Insulin is stolen again and again in the camp.");
	assert_int_equal(raised_on(today), 0);
	assert_fails(ERR_CONFLICT, app_adjustment_agree(as("kim"), household(13), v.rows[0].id));
	assert_fails(ERR_CONFLICT, app_adjustment_agree(as("fay"), household(13), v.rows[0].id)); /* the same agency */
	assert_fails(ERR_CONFLICT, app_adjustment_propose(as("pat"), household(13), &w));
	assert_fails(ERR_MISSING, app_adjustment_agree(as("pat"), household(1), v.rows[0].id));
	assert_fine(app_adjustment_agree(as("pat"), household(13), v.rows[0].id));
	v = seen_by("pat", 13);
	assert_int_equal(v.rows[0].state, ADJUSTMENT_HOLDS);
	assert_int_equal(raised_on(today), 1);
	assert_int_equal(raised_on(w.until), 1);
	assert_int_equal(raised_on(day_add(w.until, 1)), 0);
	assert_int_equal(raised_on(day_add(today, -1)), 0);
	assert_fails(ERR_CONFLICT, app_adjustment_agree(as("pat"), household(13), v.rows[0].id));
	assert_fine(app_adjustment_end(as("pat"), household(13), v.rows[0].id));
	assert_int_equal(raised_on(today), 0);
	assert_int_equal(seen_by("pat", 13).rows[0].state, ADJUSTMENT_TAKEN_BACK);
	assert_fails(ERR_CONFLICT, app_adjustment_end(as("pat"), household(13), v.rows[0].id));
}

static void words_are_for_those_who_work_with_it(void **state)
{
	(void)state;
	struct adjustment_words w = some_words();
	assert_fine(app_adjustment_propose(as("kim"), household(13), &w));
	struct adjustment_view v = seen_by("spec", 13);
	assert_int_equal(v.rows_n, 1);
	assert_int_equal(v.rows[0].misses.n + v.rows[0].reason.n, 0);
	assert_false(v.rows[0].can_agree || v.rows[0].can_end || v.can_propose);
	assert_fails(ERR_DENIED, app_adjustment_propose(as("spec"), household(2), &w));
	/* No address leads a lead agency here; if one did, the store's lock holds. */
	assert_fails(ERR_INTERNAL, app_adjustment_propose(as("lea"), household(2), &w));
}

static void what_no_adjustment_is(void **state)
{
	(void)state;
	struct day today = as("kim")->today;
	const struct {
		const char *misses, *reason;
		int review, until;
	} table[] = {
		{"short", "A reason that is long enough.", 10, 20},
		{"Something that is long enough.", "short", 10, 20},
		{"Something that is long enough.", "Because they engage so well with us.", 10, 20},
		{"Something that is long enough.", "A reason that is long enough.", 0, 20},
		{"Something that is long enough.", "A reason that is long enough.", 21, 20},
		{"Something that is long enough.", "A reason that is long enough.", 10, 181},
		{"Something that is long enough.", "A reason that is long enough.", -2, -1},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct adjustment_words w = {.misses = words(table[i].misses),
					     .reason = words(table[i].reason),
					     .review = day_add(today, table[i].review),
					     .until = day_add(today, table[i].until)};
		assert_fails(ERR_INVALID, app_adjustment_propose(as("kim"), household(13), &w));
	}
	/* Nor where the CoC's policy has none. */
	struct policy_faults faults;
	struct policy_set set;
	struct adjustment_words w = some_words();
	assert_fine(app_policy_set(as("root"), text(oldest), DAY_NONE, &faults, &set));
	assert_fails(ERR_CONFLICT, app_adjustment_propose(as("kim"), household(13), &w));
	assert_int_equal(seen_by("kim", 13).rows_n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(versions_hold_from_their_day),         WORLD(openings_follow_the_list),
		WORLD(what_is_refused_changes_nothing),      WORLD(two_agencies),
		WORLD(words_are_for_those_who_work_with_it), WORLD(what_no_adjustment_is),
	};
	return cmocka_run_group_tests_name("app policy", tests, NULL, NULL);
}
