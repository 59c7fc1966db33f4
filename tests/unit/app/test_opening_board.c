/* The board of openings: who is proposed, what people decide, and two who decide at once. */
#include "conference_fixture.h"

#include "app/document.h"
#include "app/household_opening.h"
#include "app/list_image.h"
#include "app/needs.h"
#include "app/opening_board.h"
#include "app/opening_fit.h"
#include "app/policy.h"

static int up(void **state)
{
	int failed = world_up(state);
	world.app.lists = list_cache_new();
	for (int64_t no = 1; no <= HOUSEHOLDS; no++)
		status_is(no, 1);
	/* Household 14 is first, 13 second and so on. */
	store_force(world.store,
		    "UPDATE listing SET region_id = 'r1', members = 1, months_36 = household_no, chronic = 2");
	return failed;
}

static int down(void **state)
{
	list_cache_free(&world.app.lists);
	return world_down(state);
}

#define BOARD(test)                                                                                                    \
	{#test " (SQLite)", test, up, down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                             \
	{                                                                                                              \
#test " (PostgreSQL)", test, up, down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]                  \
	}

static struct str household(int64_t no)
{
	return str_fmt(world.a, "h%lld", (long long)no);
}

static struct str home(const char *program, enum policy_kind kind, const char *rule, unsigned features)
{
	struct opening_new in = {
		.region = S("r1"),
		.kind = kind,
		.program = str_from(program),
		.bedrooms = -1,
		.from = as("kim")->today,
		.features = features,
		.fits = {.extra = str_from(rule)},
	};
	struct str id;
	assert_fine(app_opening_add(as("kim"), &in, &id));
	return id;
}

static const struct board_line *line_of(const char *login, struct str opening)
{
	struct opening_board_view *v = arena_one(world.a, struct opening_board_view);
	assert_fine(app_opening_board(as(login), S(""), v));
	for (size_t i = 0; i < v->lines_n; i++)
		if (str_eq(v->lines[i].opening.id, opening))
			return &v->lines[i];
	fail_msg("no such opening on the board");
	return NULL;
}

static int64_t proposed(struct str opening)
{
	const struct board_line *line = line_of("holder", opening);
	return line->state == BOARD_PROPOSED ? line->face.no : 0;
}

static void set_policy(const char *policy)
{
	struct policy_faults faults;
	struct policy_set set;
	assert_fine(app_policy_set(as("root"), text(policy), DAY_NONE, &faults, &set));
}

static void the_most_critical_are_housed(void **state)
{
	(void)state;
	struct opening_board_view v;
	assert_fine(app_opening_board(as("holder"), S(""), &v));
	assert_int_equal(v.lines_n, 0);
	assert_text(v.region, "Region 1");
	struct str any = home("Example Homes", POLICY_PSH, "", 0);
	struct str most = home("Example Court", POLICY_PSH, "months>=14", 0);
	struct str none = home("Example Hall", POLICY_PSH, "months>=20", 0);
	/* 14 fits both; so that 13 is housed too, it gets the one that is for it alone. */
	assert_int_equal(proposed(any), 13);
	assert_int_equal(proposed(most), 14);
	assert_int_equal(proposed(none), 0);
	const struct board_line *line = line_of("holder", any);
	assert_int_equal(line->fits_n, HOUSEHOLDS);
	assert_int_equal(line->elsewhere, 1);
	assert_int_equal(line->skipped, 0);
	assert_int_equal(line->others_n, BOARD_OTHERS);
	assert_int_equal(line->others[0].no, 14);
	assert_int_equal(line->others[1].no, 12);
	assert_int_equal(line->place, 2);
	assert_text(line->face.name, "Joe Madeup13");
	assert_int_equal(line_of("holder", none)->state, BOARD_NOBODY);
	/* A specialist plans too, and hears no name here. */
	assert_fine(app_opening_board(as("spec"), S("r1"), &v));
	assert_int_equal(v.proposed_n, 2);
	assert_false(v.lines[0].face.named);
}

static void wishes_choose_among_homes(void **state)
{
	(void)state;
	struct str first = home("Example Homes", POLICY_PSH, "", 0);
	struct str pets = home("Example Court", POLICY_PSH, "", 1U << PREFERENCE_PETS);
	assert_int_equal(proposed(first) + proposed(pets), 27);
	assert_fine(app_preference_put(as("holder"), household(13), 1U << PREFERENCE_PETS, NULL));
	assert_fine(app_preference_put(as("holder"), household(14), 1U << PREFERENCE_QUIET, NULL));
	assert_int_equal(line_of("spec", pets)->wants.n, 0);
	if (proposed(pets) == 13)
		assert_text(line_of("holder", pets)->wants, "With a pet");
	/* The one before it has the same wish, and chooses first. */
	assert_fine(app_preference_put(as("holder"), household(14), 1U << PREFERENCE_PETS, NULL));
	assert_int_equal(proposed(pets), 14);
	assert_int_equal(proposed(first), 13);
	assert_text(line_of("holder", pets)->wants, "With a pet");
}

static void what_is_accepted_stays(void **state)
{
	(void)state;
	struct str a = home("Example Homes", POLICY_PSH, "", 0);
	struct str b = home("Example Court", POLICY_PSH, "months>=14", 0);
	assert_fine(app_board_accept(as("holder"), b, household(14), NULL));
	const struct board_line *line = line_of("spec", b);
	assert_int_equal(line->state, BOARD_ACCEPTED);
	assert_int_equal(line->taken->face.no, 14);
	assert_true(line->taken->proposed);
	assert_text(line->taken->by, "Hana Example");
	assert_int_equal(proposed(a), 13);
	/* Somebody else who fits, with a reason. */
	assert_fails(ERR_INVALID, app_board_accept(as("holder"), a, household(9), NULL));
	assert_fails(ERR_INVALID, app_board_accept(as("holder"), a, household(9), words("13 missed appointments.")));
	assert_fine(app_board_accept(as("holder"), a, household(9), words("Joe has his work next door.")));
	line = line_of("holder", a);
	assert_false(line->taken->proposed);
	assert_text(line->taken->reason, "Joe has his work next door.");
	assert_int_equal(line_of("spec", a)->taken->reason.n, 0);
	/* It is taken back once, and the board proposes again. */
	struct str decision = line->taken->id;
	assert_fails(ERR_DENIED, app_board_undo(as("other"), decision));
	assert_fine(app_board_undo(as("spec"), decision));
	assert_fails(ERR_CONFLICT, app_board_undo(as("holder"), decision));
	assert_fails(ERR_MISSING, app_board_undo(as("holder"), S("none")));
	assert_int_equal(proposed(a), 13);
	/* The opening ends, and what was decided about it: the household is free again. */
	assert_fine(app_opening_end(as("kim"), b, false, words("The roof leaks.")));
	assert_int_equal(proposed(a), 14);
}

static void who_is_passed_over_is_passed_over_there(void **state)
{
	(void)state;
	struct str a = home("Example Homes", POLICY_PSH, "months>=13", 0);
	struct str b = home("Example Court", POLICY_PSH, "months>=14", 0);
	assert_int_equal(proposed(b), 14);
	assert_fails(ERR_INVALID, app_board_reject(as("holder"), b, household(14), NULL));
	assert_fails(ERR_INVALID, app_board_reject(as("holder"), b, household(14), words("Not compliant.")));
	assert_fine(app_board_reject(as("holder"), b, household(14), words("Joe fears the stairs there.")));
	assert_int_equal(proposed(b), 0);
	assert_int_equal(proposed(a), 14);
	const struct board_line *line = line_of("holder", b);
	assert_int_equal(line->passed_n, 1);
	assert_text(line->passed[0].reason, "Joe fears the stairs there.");
	assert_fails(ERR_CONFLICT, app_board_reject(as("spec"), b, household(14), words("Once more.")));
	assert_fails(ERR_CONFLICT, app_board_accept(as("spec"), b, household(14), words("It must be.")));
	assert_fine(app_board_undo(as("holder"), line->passed[0].id));
	assert_int_equal(proposed(b), 14);
	assert_int_equal(proposed(a), 13);
}

static void two_decide_at_once(void **state)
{
	(void)state;
	struct str a = home("Example Homes", POLICY_PSH, "", 0);
	struct str b = home("Example Court", POLICY_PSH, "", 0);
	/* Both look at the same board; the second is told by whom home or household is taken. */
	int64_t first = proposed(a);
	assert_fine(app_board_accept(as("holder"), a, household(first), NULL));
	assert_fails(ERR_CONFLICT, app_board_accept(as("spec"), a, household(5), words("It is near.")));
	assert_fails(ERR_CONFLICT, app_board_accept(as("spec"), b, household(first), words("It is near.")));
	assert_fails(ERR_CONFLICT, app_board_reject(as("spec"), a, household(first), words("Not there.")));
	/* A household that fits no more, and an opening that is over. */
	struct str c = home("Example Hall", POLICY_PSH, "months>=10", 0);
	assert_fails(ERR_CONFLICT, app_board_accept(as("holder"), c, household(2), words("It is near.")));
	assert_fine(app_opening_end(as("kim"), c, true, words("The landlord chose somebody.")));
	assert_fails(ERR_CONFLICT, app_board_accept(as("holder"), c, household(12), words("It is near.")));
}

static void orders_of_kinds_join(void **state)
{
	(void)state;
	struct opening_board_view v;
	set_policy("policy \"Shared homes\"\nfor opening rrh\norder\n months in 36 fewest first\n lot\n");
	struct str shared = home("Example Homes", POLICY_RRH, "", 0);
	/* One kind on the board: its own order. */
	assert_fine(app_opening_board(as("holder"), S("r1"), &v));
	assert_false(v.by_list);
	assert_int_equal(proposed(shared), 1);
	/* Two kinds: the list's, and what the written order says to it. */
	struct str other = home("Example Court", POLICY_PSH, "months>=13", 0);
	assert_fine(app_opening_board(as("holder"), S("r1"), &v));
	assert_true(v.by_list);
	assert_int_equal(proposed(other) + proposed(shared), 27);
	const struct board_line *line = line_of("holder", shared);
	assert_int_equal(line->skipped, 12);
	assert_int_equal(line->others[0].no, 1);
	assert_fails(ERR_INVALID, app_board_accept(as("holder"), shared, line->face.id, NULL));
	assert_fine(app_board_accept(as("holder"), shared, line->face.id, words("It waits the longest of all.")));
	/* Whom openings of a kind are for. */
	set_policy("policy \"Veterans\"\nfor opening psh\nonly veterans\norder\n months in 36 most first\n lot\n");
	assert_int_equal(line_of("holder", other)->fits_n, 0);
}

static void a_home_waits_for_a_paper(void **state)
{
	(void)state;
	struct opening_fit_view fit;
	struct day today = as("holder")->today;
	struct document d = document_none();
	struct str a = home("Example Homes", POLICY_PSH, "-missing:photo_id months>=5", 0);
	assert_int_equal(proposed(a), 0);
	/* Who fetches it is told where the viewer may read notes. */
	d.fetcher = S("pat");
	d.due = day_add(today, 3);
	assert_fine(app_document_put(as("holder"), household(14), DOCUMENT_PHOTO_ID, &d));
	assert_fine(app_opening_fit(as("holder"), a, &fit));
	assert_int_equal(fit.near[0].face.no, 14);
	assert_true(fit.near[0].paper);
	assert_int_equal(fit.near[0].papers_n, 1);
	assert_text(fit.near[0].papers[0].label, "Photo ID");
	assert_text(fit.near[0].papers[0].fetcher, "Pat Sample, Birch Agency");
	assert_int_equal(fit.near[0].papers[0].due.n, d.due.n);
	assert_int_equal(fit.near[1].papers[0].fetcher.n, 0);
	assert_int_equal(fit.hold_most.n, today.n + OPENING_PAPER_DAYS);
	assert_fine(app_opening_fit(as("spec"), a, &fit));
	assert_int_equal(fit.near[0].papers_n, 0);
	/* Until when, by whom, and only for a paper. */
	struct day until = day_add(today, 10);
	assert_fails(ERR_INVALID, app_board_hold(as("holder"), a, household(14), S("pat"), day_add(today, 15)));
	assert_fails(ERR_INVALID, app_board_hold(as("holder"), a, household(14), S("pat"), day_add(today, -1)));
	assert_fails(ERR_INVALID, app_board_hold(as("holder"), a, household(14), S("far"), until));
	assert_fails(ERR_CONFLICT, app_board_hold(as("holder"), a, household(2), S("pat"), until));
	assert_fails(ERR_DENIED, app_board_hold(as("kim"), a, household(14), S("pat"), until));
	assert_fine(app_board_hold(as("holder"), a, household(14), S("pat"), until));
	assert_fails(ERR_CONFLICT, app_board_hold(as("spec"), a, household(13), S("pat"), until));
	const struct board_line *line = line_of("holder", a);
	assert_int_equal(line->state, BOARD_HELD);
	assert_int_equal(line->taken->face.no, 14);
	assert_text(line->taken->fetcher, "Pat Sample");
	assert_int_equal(line->opening.waits.n, until.n);
	assert_false(line->taken->ready);
	assert_fails(ERR_CONFLICT, app_board_accept(as("holder"), a, household(14), NULL));
	/* The others' papers are there first; the home waits all the same. */
	d = document_none();
	d.have = true;
	assert_fine(app_document_put(as("holder"), household(13), DOCUMENT_PHOTO_ID, &d));
	assert_int_equal(line_of("holder", a)->state, BOARD_HELD);
	assert_fails(ERR_CONFLICT, app_board_accept(as("holder"), a, household(13), words("It is ready.")));
	assert_fine(app_document_put(as("holder"), household(14), DOCUMENT_PHOTO_ID, &d));
	assert_true(line_of("holder", a)->taken->ready);
	assert_fine(app_board_accept(as("holder"), a, household(14), NULL));
	assert_int_equal(line_of("holder", a)->state, BOARD_ACCEPTED);
}

static void a_hold_ends_by_itself(void **state)
{
	(void)state;
	struct day today = as("holder")->today;
	struct document d = document_none();
	struct str a = home("Example Homes", POLICY_PSH, "-missing:photo_id", 0);
	d.have = true;
	assert_fine(app_document_put(as("holder"), household(9), DOCUMENT_PHOTO_ID, &d));
	assert_int_equal(proposed(a), 9);
	assert_fine(app_board_hold(as("holder"), a, household(14), S("spec"), day_add(today, 2)));
	assert_int_equal(proposed(a), 0);
	world.now.ms += 3 * INT64_C(86400000);
	assert_int_equal(proposed(a), 9);
	assert_false(day_known(line_of("holder", a)->opening.waits));
	assert_fine(app_board_accept(as("holder"), a, household(9), NULL));
}

static void a_household_meets_its_openings(void **state)
{
	(void)state;
	struct household_openings_view v;
	struct document d = document_none();
	struct str any = home("Example Homes", POLICY_PSH, "months>=13", 0);
	struct str pets = home("Example Court", POLICY_PSH, "", 1U << PREFERENCE_PETS);
	struct str paper = home("Example Hall", POLICY_PSH, "-missing:photo_id", 0);
	home("Example Yard", POLICY_PSH, "veteran:yes", 0);
	home("Example Row", POLICY_PSH, "veteran:yes months>=20", 0);
	d.fetcher = S("kim");
	assert_fine(app_document_put(as("holder"), household(13), DOCUMENT_PHOTO_ID, &d));
	assert_fine(app_preference_put(as("holder"), household(13), 1U << PREFERENCE_PETS, NULL));
	assert_fine(app_household_openings(as("holder"), household(13), &v));
	assert_int_equal(v.rows_n, 5);
	assert_true(v.plans);
	assert_true(str_eq(v.rows[0].opening.id, pets));
	assert_text(v.rows[0].wants, "With a pet");
	assert_int_equal(v.rows[0].before, 1);
	assert_true(str_eq(v.rows[1].opening.id, any));
	assert_int_equal(v.rows[1].fit, HOME_FITS);
	assert_true(str_eq(v.rows[2].opening.id, paper));
	assert_int_equal(v.rows[2].fit, HOME_PAPER);
	assert_text(v.rows[2].papers[0].fetcher, "Kim Sample, Alder Agency");
	assert_int_equal(v.rows[3].fit, HOME_NEAR);
	assert_text(v.rows[3].but, "veteran: yes");
	assert_int_equal(v.rows[4].fit, HOME_NOT);
	/* Who serves it asks too; who does not, and a lead, are told nothing. */
	assert_fine(app_household_openings(as("kim"), household(13), &v));
	assert_false(v.plans);
	assert_fine(app_household_openings(as("spec"), household(13), &v));
	assert_int_equal(v.rows[0].wants.n, 0);
	assert_int_equal(v.rows[2].papers_n + v.rows[3].papers_n, 0);
	assert_fails(ERR_DENIED, app_household_openings(as("kim"), household(12), &v));
	assert_fails(ERR_DENIED, app_household_openings(as("far"), household(13), &v));
	/* Another household's home is not looked at any more; its own says so. */
	assert_fine(app_board_accept(as("holder"), pets, household(13), words("They have a dog.")));
	assert_fine(app_household_openings(as("holder"), household(13), &v));
	assert_true(v.rows[0].accepted);
	assert_fine(app_household_openings(as("holder"), household(12), &v));
	assert_int_equal(v.rows_n, 4);
}

static void nobody_else_sees_it(void **state)
{
	(void)state;
	struct opening_board_view v;
	struct str a = home("Example Homes", POLICY_PSH, "", 0);
	static const char *const others[] = {"kim", "pat", "other", "far", "lea", "root", "pru"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		assert_fails(ERR_DENIED, app_opening_board(as(others[i]), S("r1"), &v));
		assert_fails(ERR_DENIED, app_board_accept(as(others[i]), a, household(14), NULL));
		assert_fails(ERR_DENIED, app_board_reject(as(others[i]), a, household(14), words("Not there.")));
	}
	assert_fails(ERR_MISSING, app_board_accept(as("holder"), S("none"), household(14), NULL));
	assert_fails(ERR_MISSING, app_board_accept(as("holder"), a, S("none"), NULL));
	/* Nobody is matched to what nobody confirms. */
	world.now.ms += 15 * INT64_C(86400000);
	assert_int_equal(line_of("holder", a)->state, BOARD_STALE);
	assert_fails(ERR_CONFLICT, app_board_accept(as("holder"), a, household(14), NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOARD(the_most_critical_are_housed),
		BOARD(wishes_choose_among_homes),
		BOARD(what_is_accepted_stays),
		BOARD(who_is_passed_over_is_passed_over_there),
		BOARD(two_decide_at_once),
		BOARD(orders_of_kinds_join),
		BOARD(a_home_waits_for_a_paper),
		BOARD(a_hold_ends_by_itself),
		BOARD(a_household_meets_its_openings),
		BOARD(nobody_else_sees_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
