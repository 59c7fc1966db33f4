/* Openings: who enters, confirms and ends one, who fits it, and which one change would open the most doors. */
#include "conference_fixture.h"

#include <string.h>

#include "app/list_image.h"
#include "app/opening.h"
#include "app/opening_fit.h"
#include "hmis/spec.h"
#include "store/dossier.h"
#include "store/q_hmis.h"

static int up(void **state)
{
	int failed = world_up(state);
	world.app.lists = list_cache_new();
	for (int64_t no = 1; no <= HOUSEHOLDS; no++)
		status_is(no, 1);
	store_force(world.store,
		    "UPDATE listing SET region_id = 'r1', members = 1, months_36 = household_no, chronic = 2");
	return failed;
}

static int down(void **state)
{
	list_cache_free(&world.app.lists);
	return world_down(state);
}

#define OPENING(test)                                                                                                  \
	{#test " (SQLite)", test, up, down, (void *)(uintptr_t)&store_engines[DB_SQLITE]},                             \
	{                                                                                                              \
#test " (PostgreSQL)", test, up, down, (void *)(uintptr_t)&store_engines[DB_POSTGRES]                  \
	}

static struct opening_new some_home(const char *extra)
{
	return (struct opening_new){
		.region = S("r1"),
		.kind = POLICY_PSH,
		.program = S("Example Homes"),
		.bedrooms = 1,
		.from = as("kim")->today,
		.fits = {.people_most = 2, .extra = str_from(extra)},
	};
}

static struct str entered(const char *login, const char *extra)
{
	struct opening_new in = some_home(extra);
	struct str id;
	assert_fine(app_opening_add(as(login), &in, &id));
	return id;
}

static const struct opening_row *row_of(const char *login, struct str id)
{
	struct openings_view v;
	assert_fine(app_openings(as(login), &v));
	for (size_t i = 0; i < v.rows_n; i++)
		if (str_eq(v.rows[i].id, id))
			return &v.rows[i];
	fail_msg("no such opening in the register");
	return NULL;
}

static void an_agency_enters_its_own(void **state)
{
	(void)state;
	struct opening_new in = some_home("months>=12");
	struct str id;
	struct str mine = entered("kim", "months>=12");
	const struct opening_row *row = row_of("kim", mine);
	assert_text(row->rule, "members<=2 months>=12");
	assert_text(row->rule_say, "people: 2 or fewer; months in 36: 12 or more");
	assert_true(row->own);
	assert_false(row->plans);
	assert_int_equal(row->state, OPENING_NOW);
	/* Another agency sees it, and leaves it alone. */
	assert_false(row_of("pat", mine)->own);
	assert_fails(ERR_DENIED, app_opening_confirm(as("pat"), mine));
	assert_fails(ERR_DENIED, app_opening_end(as("pat"), mine, true, words("We had somebody.")));
	in.agency = S("birch");
	assert_fails(ERR_DENIED, app_opening_add(as("kim"), &in, &id));
	/* The list holder is told on the telephone; one of another region is not. */
	assert_fine(app_opening_add(as("holder"), &in, &id));
	assert_true(row_of("holder", id)->plans);
	assert_true(row_of("pat", id)->own);
	assert_fails(ERR_DENIED, app_opening_add(as("other"), &in, &id));
	assert_fails(ERR_DENIED, app_opening_add(as("lea"), &in, &id));
	assert_fails(ERR_DENIED, app_opening_add(as("root"), &in, &id));
	assert_fails(ERR_DENIED, app_opening_add(as_operator(), &in, &id));
}

static void what_cannot_be_read_is_said(void **state)
{
	(void)state;
	static const char *const rules[] = {"months>=many", "Smith", "colour:blue"};
	struct str id;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct opening_new in = some_home(rules[i]);
		assert_fails(ERR_INVALID, app_opening_add(as("kim"), &in, &id));
	}
	struct opening_new in = some_home("");
	in.program = S("  ");
	assert_fails(ERR_INVALID, app_opening_add(as("kim"), &in, &id));
	in = some_home("");
	in.kind = POLICY_LIST;
	assert_fails(ERR_INVALID, app_opening_add(as("kim"), &in, &id));
	in = some_home("");
	in.from = day_add(in.from, 400);
	assert_fails(ERR_INVALID, app_opening_add(as("kim"), &in, &id));
	in = some_home("");
	in.region = S("nowhere");
	assert_fails(ERR_INVALID, app_opening_add(as("kim"), &in, &id));
	struct openings_view v;
	assert_fine(app_openings(as("kim"), &v));
	assert_int_equal(v.rows_n, 0);
}

/* Alder's program has so many homes in the HMIS. */
static err_t load_inventory(struct db *db, struct arena *a, void *ctx)
{
	struct dossier_fact fact = {.kind = DOSSIER_Inventory, .id = S("IN-1"), .updated = INSTANT_NONE};
	char *packed = arena_alloc(a, DOSSIER_PACKED_MAX, 1);
	fact.values[DOSSIER_Inventory_UnitInventory] = (struct dossier_value){true, *(int *)ctx, {0}};
	struct str body = {packed, dossier_pack(&fact, packed)};
	struct q_hmis_now now;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_hmis_source_put(db, a, 1, S("made-up"), S("A made-up HMIS")));
	TRY(q_hmis_organization_add(db, a,
				    &(struct q_hmis_organization_add_in){.source_no = 1,
									 .organization_id = S("O-1"),
									 .from_import = now.import_no,
									 .to_import = INT32_MAX,
									 .name = S("Alder"),
									 .agency_id = S("alder"),
									 .updated = INSTANT_NONE,
									 .body = body}));
	TRY(q_hmis_project_add(db, a,
			       &(struct q_hmis_project_add_in){.project_no = 1,
							       .source_no = 1,
							       .project_id = S("P-1"),
							       .from_import = now.import_no,
							       .to_import = INT32_MAX,
							       .organization_id = S("O-1"),
							       .name = S("Example Homes"),
							       .type = 3,
							       .type_known = true,
							       .operating_start = DAY_NONE,
							       .operating_end = DAY_NONE,
							       .updated = INSTANT_NONE,
							       .body = body}));
	return q_hmis_project_row_add(db, a,
				      &(struct q_hmis_project_row_add_in){.source_no = 1,
									  .file = HMIS_Inventory,
									  .row_id = S("IN-1"),
									  .from_import = now.import_no,
									  .to_import = INT32_MAX,
									  .project_id = S("P-1"),
									  .updated = INSTANT_NONE,
									  .body = body});
}

static void no_more_than_there_are(void **state)
{
	(void)state;
	int homes = 2;
	struct opening_new in = some_home("");
	struct str id;
	db_serve(world.store->db, DB_FOR_PROGRAM);
	assert_fine(db_run(world.store->db, world.a, DB_WRITE, load_inventory, &homes));
	in.program = S(" example homes ");
	struct str first = entered("kim", "");
	assert_fine(app_opening_add(as("kim"), &in, &id));
	assert_fails(ERR_CONFLICT, app_opening_add(as("kim"), &in, &id));
	/* Another program, and another agency's of that name, have what the HMIS says of them: nothing. */
	in.program = S("Example Court");
	assert_fine(app_opening_add(as("kim"), &in, &id));
	in.program = S("Example Homes");
	assert_fine(app_opening_add(as("pat"), &in, &id));
	assert_false(row_of("kim", id)->over);
	/* With a reason there is one more, and everybody sees that it is. */
	in.over = words("The third home was built in spring.");
	assert_fine(app_opening_add(as("kim"), &in, &id));
	assert_true(row_of("pat", id)->over);
	/* One that ended makes room, and a reason that is not needed is not kept. */
	assert_fine(app_opening_end(as("kim"), id, false, words("It was counted twice.")));
	assert_fine(app_opening_end(as("kim"), first, true, words("The landlord chose somebody.")));
	assert_fine(app_opening_add(as("kim"), &in, &id));
	assert_false(row_of("kim", id)->over);
}

static void it_is_confirmed_or_grows_old(void **state)
{
	(void)state;
	struct str id = entered("kim", "");
	world.now.ms += 15 * INT64_C(86400000);
	assert_int_equal(row_of("kim", id)->state, OPENING_STALE);
	assert_int_equal(row_of("kim", id)->vacant, 15);
	assert_fine(app_opening_confirm(as("kim"), id));
	assert_int_equal(row_of("kim", id)->state, OPENING_NOW);
}

static void two_fill_it_at_once(void **state)
{
	(void)state;
	struct str id = entered("kim", "");
	assert_fails(ERR_INVALID, app_opening_end(as("kim"), id, true, NULL));
	assert_fine(app_opening_end(as("kim"), id, true, words("The landlord chose somebody.")));
	assert_fails(ERR_CONFLICT, app_opening_end(as("holder"), id, true, words("It was filled.")));
	assert_fails(ERR_CONFLICT, app_opening_confirm(as("kim"), id));
	assert_int_equal(row_of("holder", id)->state, OPENING_FILLED);
	/* The register forgets it after some months; nothing else does. */
	world.now.ms += (OPENING_KEPT_DAYS + 1) * INT64_C(86400000);
	struct openings_view v;
	assert_fine(app_openings(as("kim"), &v));
	assert_int_equal(v.rows_n, 0);
}

static void who_fits_and_why_not(void **state)
{
	(void)state;
	struct opening_fit_view v;
	store_force(world.store, "UPDATE listing SET members = 5 WHERE household_no IN (1, 13)");
	struct str id = entered("kim", "months>=12");
	assert_fine(app_opening_fit(as("holder"), id, &v));
	/* Months are the household's number here: 12 and 14 fit, 13 has too many people. */
	assert_int_equal(v.active, HOUSEHOLDS);
	assert_int_equal(v.fits_n, 2);
	assert_int_equal(v.shown_n, 2);
	for (size_t i = 0; i < v.shown_n; i++)
		assert_true(v.fits[i].face.no == 12 || v.fits[i].face.no == 14);
	assert_int_equal(v.terms_n, 2);
	assert_text(v.terms[0].say, "people: 2 or fewer");
	assert_int_equal(v.terms[0].fails, 2);
	assert_int_equal(v.terms[0].alone, 1);
	assert_int_equal(v.terms[1].fails, 11);
	assert_int_equal(v.terms[1].alone, 10);
	assert_int_equal(v.near_n, FIT_NEAR);
	for (size_t i = 0; i < v.near_n; i++)
		assert_text(v.near[i].but, v.near[i].face.no == 13 ? "people: 2 or fewer" : "months in 36: 12 or more");
	/* Nobody else asks. */
	static const char *const others[] = {"kim", "pat", "other", "far", "lea", "root", "pru"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_fails(ERR_DENIED, app_opening_fit(as(others[i]), id, &v));
	assert_fails(ERR_MISSING, app_opening_fit(as("holder"), S("none"), &v));
}

static void one_change_opens_the_most_doors(void **state)
{
	(void)state;
	struct opening_change change;
	assert_fine(app_opening_change(as("holder"), S("r1"), &change));
	assert_int_equal(change.doors, 0);
	entered("kim", "months>=12");
	entered("kim", "months>=12 veteran:yes");
	entered("pat", "months>=10 veteran:yes");
	/* 12, 13 and 14 fit the first; 10 and 11 only want the veteran's door; 1 to 9 and 10, 11 the months'. */
	assert_fine(app_opening_change(as("holder"), S("r1"), &change));
	assert_text(change.say, "months in 36: 12 or more");
	assert_int_equal(change.openings, 2);
	assert_int_equal(change.doors, 11);
	assert_int_equal(change.seated, 0);
	assert_fails(ERR_DENIED, app_opening_change(as("kim"), S("r1"), &change));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		OPENING(an_agency_enters_its_own),     OPENING(what_cannot_be_read_is_said),
		OPENING(it_is_confirmed_or_grows_old), OPENING(two_fill_it_at_once),
		OPENING(who_fits_and_why_not),         OPENING(one_change_opens_the_most_doors),
		OPENING(no_more_than_there_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
