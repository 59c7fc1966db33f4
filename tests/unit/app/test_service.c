/* The directory: who enters, confirms and ends a service, and what agencies do in coordinated entry. */
#include "conference_fixture.h"

#include "app/service.h"
#include "hmis/spec.h"
#include "store/dossier.h"
#include "store/q_hmis.h"

static struct services_view seen_by(const char *login, const char *region)
{
	struct services_view v;
	assert_fine(app_services(as(login), str_from(region), &v));
	return v;
}

static struct service_new some_service(const char *region)
{
	return (struct service_new){
		.region = str_from(region),
		.kind = SERVICE_EMPLOYMENT,
		.name = S("Example Works"),
		.how = S("Write to the desk; they answer within a week."),
		.wait = 14,
	};
}

static void an_agency_enters_its_own(void **state)
{
	(void)state;
	struct service_new in = some_service("r1");
	struct str id;
	assert_fine(app_service_add(as("kim"), &in, &id));
	struct services_view v = seen_by("pat", "");
	assert_int_equal(v.rows_n, 1);
	assert_text(v.rows[0].provider, "Alder Agency");
	assert_text(v.rows[0].region, "Region 1");
	assert_int_equal(v.rows[0].wait, 14);
	assert_false(v.rows[0].own);
	assert_false(v.rows[0].old);
	assert_int_equal(v.rows[0].contact.n, 0);
	store_force(world.store, "INSERT INTO referral_contact (agency_id, name, reach, by_id, at) VALUES ('alder', "
				 "'The desk', '555-0100', 'kim', 0)");
	assert_text(seen_by("pat", "r1").rows[0].contact, "The desk, 555-0100");
	assert_int_equal(seen_by("pat", "r2").rows_n, 0);
	/* Another agency, and another region's list holder, leave it alone; its own does not. */
	assert_fails(ERR_DENIED, app_service_confirm(as("pat"), id, 3));
	assert_fails(ERR_DENIED, app_service_end(as("other"), id));
	assert_fails(ERR_MISSING, app_service_end(as("kim"), S("none")));
	world.now.ms += (SERVICE_FRESH_DAYS + 1) * INT64_C(86400000);
	assert_true(seen_by("kim", "").rows[0].old);
	assert_fine(app_service_confirm(as("holder"), id, -1));
	assert_false(seen_by("kim", "").rows[0].old);
	assert_int_equal(seen_by("kim", "").rows[0].wait, -1);
	/* Two who end it at once. */
	assert_fine(app_service_end(as("kim"), id));
	assert_fails(ERR_CONFLICT, app_service_end(as("holder"), id));
	assert_fails(ERR_CONFLICT, app_service_confirm(as("holder"), id, 1));
	assert_int_equal(seen_by("kim", "").rows_n, 0);
}

static void planners_enter_others(void **state)
{
	(void)state;
	struct service_new in = some_service("r1");
	struct str id;
	in.provider = S("Larkmere Library");
	assert_fails(ERR_DENIED, app_service_add(as("kim"), &in, &id));
	assert_fails(ERR_DENIED, app_service_add(as("other"), &in, &id));
	assert_fails(ERR_DENIED, app_service_add(as("lea"), &in, &id));
	assert_fine(app_service_add(as("holder"), &in, &id));
	in.region = S("");
	in.kind = SERVICE_HOMELESSNESS;
	assert_fine(app_service_add(as("spec"), &in, &id));
	struct services_view v = seen_by("kim", "r2");
	assert_int_equal(v.rows_n, 1);
	v = seen_by("kim", "");
	assert_int_equal(v.rows[0].kind, SERVICE_HOMELESSNESS);
	assert_int_equal(v.rows[1].kind, SERVICE_EMPLOYMENT);
	static const char *const bad[][2] = {{"", "How."}, {"Name", " "}};
	for (size_t i = 0; i < 2; i++) {
		in.name = str_from(bad[i][0]);
		in.how = str_from(bad[i][1]);
		assert_fails(ERR_INVALID, app_service_add(as("holder"), &in, &id));
	}
	in = some_service("nowhere");
	assert_fails(ERR_INVALID, app_service_add(as("kim"), &in, &id));
	in = some_service("");
	assert_fails(ERR_INVALID, app_service_add(as("holder"), &in, &id));
}

static err_t load_role(struct db *db, struct arena *a, void *ctx)
{
	struct dossier_fact fact = {.kind = DOSSIER_CEParticipation, .id = S("CE-1"), .updated = INSTANT_NONE};
	char *packed = arena_alloc(a, DOSSIER_PACKED_MAX, 1);
	struct q_hmis_now now;
	bool found;
	(void)ctx;
	fact.values[DOSSIER_CEParticipation_AccessPoint] = (struct dossier_value){true, 1, {0}};
	fact.values[DOSSIER_CEParticipation_ReceivesReferrals] = (struct dossier_value){true, 0, {0}};
	struct str body = {packed, dossier_pack(&fact, packed)};
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_hmis_source_put(db, a, 1, S("made-up"), S("A made-up HMIS")));
	TRY(q_hmis_organization_add(db, a,
				    &(struct q_hmis_organization_add_in){.source_no = 1,
									 .organization_id = S("O-1"),
									 .from_import = now.import_no,
									 .to_import = INT32_MAX,
									 .name = S("Birch"),
									 .agency_id = S("birch"),
									 .updated = INSTANT_NONE,
									 .body = body}));
	TRY(q_hmis_project_add(db, a,
			       &(struct q_hmis_project_add_in){.project_no = 1,
							       .source_no = 1,
							       .project_id = S("P-1"),
							       .from_import = now.import_no,
							       .to_import = INT32_MAX,
							       .organization_id = S("O-1"),
							       .name = S("Example Door"),
							       .operating_start = DAY_NONE,
							       .operating_end = DAY_NONE,
							       .updated = INSTANT_NONE,
							       .body = body}));
	return q_hmis_project_row_add(db, a,
				      &(struct q_hmis_project_row_add_in){.source_no = 1,
									  .file = HMIS_CEParticipation,
									  .row_id = S("CE-1"),
									  .from_import = now.import_no,
									  .to_import = INT32_MAX,
									  .project_id = S("P-1"),
									  .updated = INSTANT_NONE,
									  .body = body});
}

static void roles_come_from_the_hmis(void **state)
{
	(void)state;
	assert_int_equal(seen_by("kim", "").agencies_n, 0);
	db_serve(world.store->db, DB_FOR_PROGRAM);
	assert_fine(db_run(world.store->db, world.a, DB_WRITE, load_role, NULL));
	struct services_view v = seen_by("kim", "");
	assert_int_equal(v.agencies_n, 1);
	assert_text(v.agencies[0].name, "Birch Agency");
	assert_int_equal(v.agencies[0].roles, CE_ACCESS_POINT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(an_agency_enters_its_own),
		WORLD(planners_enter_others),
		WORLD(roles_come_from_the_hmis),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
