/* Papers about months and about a disability: recorded, counted on the list, withdrawn; who may, and what is refused.
 * On both engines. */
#include "import_fixture.h"

#include <string.h>

#include "app/evidence.h"
#include "app/list_image.h"
#include "app/standing.h"
#include "domain/standing.h"

static const struct export_head head = {
	.source = "S1",
	.date = "2026-08-10 12:00:00",
	.start = "2024-01-01",
	.end = "2026-12-31",
	.directive = 2,
	.hash = 1,
};

static struct list_cache *lists;

static struct call *as_user(struct store *s, enum role role, const char *agency)
{
	struct call *c = import_operator(s);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = lists;
	c->app = app;
	c->actor = (struct actor){.kind = ACTOR_USER,
				  .id = S("u1"),
				  .role = role,
				  .agency_id = str_from(agency),
				  .cover = SIGNED_EVERYWHERE};
	if (role == ROLE_LIST_HOLDER) {
		c->actor.region_id = S("r1");
		c->actor.agency_id = S("holders");
	}
	c->shown.arena = s->a;
	return c;
}

/* One person in a shelter since the beginning of the month before. */
static struct call *begin(struct store *s)
{
	const struct export_file files[] = {
		{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-01-01 00:00:00,\n"},
		{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-01-01 00:00:00,\n"},
		{"Client.csv", CLIENT "C1,Wren,,Quandt,900123456,1980-02-03,1,2026-06-02 09:00:00,\n"},
		{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-07-01,H1,1,302,2026-07-02 09:00:00,\n"},
		{0}};
	struct import_view v;
	lists = list_cache_new();
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1')");
	store_force(s, "INSERT INTO county (name, region_id) VALUES ('Maple', 'r1')");
	store_force(s, "INSERT INTO project_county (project_id, county) VALUES ('P1', 'Maple')");
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at, region_id) "
		       "VALUES ('u1', 'holder', 'Lee Holder', 'list-holder', 'x', 0, 0, 'r1')");
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		       "('holders', 'Holders Aid', 'provider', 0, 0)");
	import_apply(s, export_write(s, &head, files), &v);
	release_all(s);
	store_force(s, "UPDATE household SET id = 'one'");
	return as_user(s, ROLE_LIST_HOLDER, "");
}

static int64_t listed(struct store *s, const char *column)
{
	return store_number(s, str_c(s->a, str_fmt(s->a, "SELECT %s FROM listing WHERE to_import > 1000", column)));
}

static void keep_row(void *ctx, struct buf *out, const struct standing_row *row)
{
	(void)out;
	*(struct standing_row *)ctx = *row;
}

static err_t flush_nothing(void *ctx, struct str text)
{
	(void)ctx;
	(void)text;
	return NULL;
}

/* The list, the report from packed copies, the one from facts and the household's page say the same. */
static void all_agree(struct store *s, struct call *c)
{
	static err_t (*const reports[])(struct call *, const struct standing_ask *) = {app_standing,
										       app_standing_facts};
	struct standing_row row;
	struct evidence_view v;
	assert_ok(s, app_evidence(c, S("one"), &v));
	int64_t documented = v.counts[EVIDENCE_SELF] + v.counts[EVIDENCE_OBSERVED] + v.counts[EVIDENCE_THIRD];
	for (size_t i = 0; i < 2; i++) {
		struct standing_ask ask = {
			.as_of = v.as_of, .today = c->today, .ctx = &row, .write = keep_row, .flush = flush_nothing};
		assert_ok(s, reports[i](import_operator(s), &ask));
		assert_int_equal(row.months_36, listed(s, "months_36"));
		assert_int_equal(row.months_36, documented);
		assert_int_equal(row.chronic, listed(s, "chronic"));
	}
}

static err_t record(struct call *c, enum evidence kind, int back, int months, bool signer)
{
	int32_t now = day_month(c->today);
	struct evidence_words words = {
		.kind = kind,
		.first = now - back,
		.last = now - back + months - 1,
		.by_whom = pii_new(c->arena, signer ? S("Father Plumley") : S("")),
		.dated = c->today,
		.kept = pii_new(c->arena, S("Folder 7")),
	};
	return app_evidence_record(c, S("one"), &words);
}

static void test_months(void **state)
{
	struct store *s = *state;
	struct evidence_view v;
	struct call *c = begin(s);
	int64_t had = listed(s, "months_36");
	assert_err(s, ERR_INVALID, record(c, EVIDENCE_THIRD, 9, 3, false)); /* nobody signed */
	assert_err(s, ERR_INVALID, record(c, EVIDENCE_THIRD, 0, 2, true));  /* a month to come */
	assert_err(s, ERR_DENIED, record(as_user(s, ROLE_PROVIDER, "other"), EVIDENCE_THIRD, 9, 3, true));
	assert_int_equal(listed(s, "months_36"), had);

	assert_ok(s, record(c, EVIDENCE_THIRD, 20, 3, true));
	assert_ok(s, record(c, EVIDENCE_SELF, 25, 2, false));
	assert_int_equal(listed(s, "months_36"), had + 5);
	assert_ok(s, app_evidence(c, S("one"), &v));
	assert_int_equal(v.counts[EVIDENCE_SELF], 2);
	assert_int_equal(v.counts[EVIDENCE_THIRD], had + 3);
	assert_int_equal(v.papers_n, 2);
	size_t letter = v.papers[0].kind == EVIDENCE_THIRD ? 0 : 1; /* both are of one instant */
	assert_true(str_eq(v.papers[letter].signer, S("Father Plumley")));
	all_agree(s, c);
	/* An import alone, and papers alone, make nobody verified. */
	assert_int_equal(listed(s, "chronic"), CHRONIC_UNKNOWN);
	assert_false(v.verified);

	assert_err(s, ERR_DENIED,
		   app_evidence_withdraw(as_user(s, ROLE_PROVIDER, "other"), S("one"), v.papers[letter].id));
	assert_ok(s, app_evidence_withdraw(c, S("one"), v.papers[letter].id));
	assert_err(s, ERR_CONFLICT, app_evidence_withdraw(c, S("one"), v.papers[letter].id));
	assert_int_equal(listed(s, "months_36"), had + 2);
	all_agree(s, c);
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'evidence.record'"), 2);
	list_cache_free(&lists);
}

static err_t prove(struct call *c, enum disability_paper what, struct day dated, const char *by)
{
	struct disability_words words = {
		.what = what,
		.by_whom = pii_new(c->arena, str_from(by)),
		.dated = dated,
		.kept = pii_new(c->arena, S("Folder 7")),
	};
	return app_disability_record(c, S("one"), &words);
}

static void test_disability(void **state)
{
	struct store *s = *state;
	struct evidence_view v;
	struct call *c = begin(s);
	struct day old = day_add(c->today, -60);
	assert_ok(s, record(c, EVIDENCE_THIRD, 20, 12, true));
	assert_int_equal(listed(s, "chronic"), CHRONIC_UNKNOWN);
	assert_err(s, ERR_INVALID, prove(c, DISABILITY_SSA, c->today, ""));
	assert_err(s, ERR_INVALID, prove(c, DISABILITY_SSA, day_add(c->today, 1), "An office"));
	assert_err(s, ERR_DENIED,
		   prove(as_user(s, ROLE_PROVIDER, "other"), DISABILITY_PROFESSIONAL, old, "Dr. Thistle"));
	/* What staff observed has to be confirmed in 45 days. */
	assert_ok(s, prove(c, DISABILITY_OBSERVED, old, "Intake"));
	assert_int_equal(listed(s, "chronic"), CHRONIC_UNKNOWN);
	assert_ok(s, prove(c, DISABILITY_PROFESSIONAL, old, "Dr. Thistle"));
	assert_int_equal(listed(s, "chronic"), CHRONIC_LIKELY);
	all_agree(s, c);
	assert_ok(s, app_evidence(c, S("one"), &v));
	assert_true(v.disability_paper && !v.verified);
	assert_int_equal(v.disabilities_n, 2);
	size_t doctor = str_eq(v.disabilities[0].given_by, S("Dr. Thistle")) ? 0 : 1;
	assert_true(v.disabilities[1 - doctor].over);
	assert_ok(s, app_disability_withdraw(c, S("one"), v.disabilities[doctor].id));
	assert_err(s, ERR_CONFLICT, app_disability_withdraw(c, S("one"), v.disabilities[doctor].id));
	assert_err(s, ERR_MISSING, app_disability_withdraw(c, S("one"), S("nothing")));
	assert_int_equal(listed(s, "chronic"), CHRONIC_UNKNOWN);
	list_cache_free(&lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_months),
		BOTH(test_disability),
	};
	return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
