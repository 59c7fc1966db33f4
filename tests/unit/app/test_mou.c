/* The register of what agencies and people signed, reminders, and access that ends by itself; on both engines. */
#include "store_fixture.h"

#include "app/mou.h"
#include "app/sign.h"

static struct app app;

static struct call operator_of(struct store *s)
{
	app.keys = s->keys;
	return (struct call){
		.app = &app,
		.db = s->db,
		.arena = s->a,
		.actor = {.kind = ACTOR_OPERATOR, .id = S("operator")},
		.now = NOW,
		.today = instant_day(NOW),
	};
}

/* Two agencies, a lead and two people. */
static struct call open_scene(struct store *s)
{
	store_force(s,
		    "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) VALUES "
		    "('g1', 'Alder House', '', 0, 0), ('g2', 'Birch House', '', 0, 1), ('g3', 'Coc Lead', '', 1, 0)");
	store_force(s,
		    "INSERT INTO app_user (id, login, name, role, agency_id, password, must_change, created_at) VALUES "
		    "('u1', 'ada', 'Ada Orr', 'provider', 'g1', 'x', 0, 0), "
		    "('u2', 'pat', 'Pat Low', 'lead', 'g3', 'x', 0, 0)");
	return operator_of(s);
}

static void record(struct store *s, struct call *c, const char *agency, int from, int until)
{
	struct mou_new m = {
		.agency = str_from(agency), .from = day_add(c->today, from), .until = day_add(c->today, until)};
	struct str id;
	assert_ok(s, app_mou_add(c, &m, &id));
}

static void says(struct str given, const char *expected)
{
	if (!str_eq(given, str_from(expected)))
		fail_msg("“%.*s”, not “%s”", STR_ARG(given), expected);
}

/* "until 31 Mar 2027", so many days from today. */
static const char *on(struct store *s, const struct call *c, const char *how, int days)
{
	char day[DAY_SAY];
	return str_c(s->a, str_fmt(s->a, "%s %s", how, day_say_date(day_add(c->today, days), day)));
}

static void the_register_says_what_holds_and_what_ends(void **state)
{
	struct store *s = *state;
	struct call c = open_scene(s);
	struct register_view v;
	char day[DAY_SAY];
	assert_ok(s, app_mou_register(&c, &v));
	assert_int_equal(v.agencies_n, 3);
	says(v.agencies[0].say, "none");
	says(v.agencies[2].say, "sees counts only");
	assert_int_equal(v.people_n, 1); /* a lead sees no list and signs nothing */
	says(v.people[0].agreed, "never");
	assert_int_equal(v.renew_n, 0); /* what never was does not end */

	record(s, &c, "g1", -100, 20);
	record(s, &c, "g2", -100, -10);
	assert_ok(s, app_agreement_sign(&c, S("ada"), day_add(c.today, -360)));
	assert_ok(s, app_mou_register(&c, &v));
	says(v.agencies[0].say, on(s, &c, "until", 20));
	assert_int_equal(v.agencies[0].due, MOU_DUE_30);
	says(v.agencies[1].say, on(s, &c, "none in force; it ended on", -10));
	assert_true(v.agencies[1].victim_services && v.agencies[1].due == MOU_DUE_ENDED);
	assert_int_equal(v.people[0].due, MOU_DUE_7);
	assert_int_equal(v.renew_n, 3); /* the soonest first */
	says(v.renew[0], str_c(s->a, str_fmt(s->a, "The memorandum of Birch House ended on %s.",
					     day_say(day_add(c.today, -10), day))));
	says(v.renew[1], str_c(s->a, str_fmt(s->a, "The confidentiality agreement of Ada Orr ends on %s.",
					     day_say(day_add(c.today, 4), day))));

	/* Renewed from the day behind: nothing is left to do. */
	record(s, &c, "g1", 21, 400);
	record(s, &c, "g2", 5, 300);
	assert_ok(s, app_agreement_sign(&c, S("ada"), c.today));
	assert_ok(s, app_mou_register(&c, &v));
	says(v.agencies[0].say, on(s, &c, "until", 400));
	says(v.agencies[1].say, "none in force yet");
	assert_int_equal(v.agencies[0].memoranda_n, 2);
	assert_int_equal(v.renew_n, 0);

	c.actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = ROLE_LIST_HOLDER};
	assert_err(s, ERR_DENIED, app_mou_register(&c, &v));
}

static struct str agreement_of(struct store *s, struct call *admin, enum language language, const char *words)
{
	const struct consent_form_new f = {.kind = FORM_AGREEMENT,
					   .name = S("Participant agreement"),
					   .language = language,
					   .from = admin->today,
					   .words = str_from(words)};
	struct str id;
	assert_ok(s, app_consent_form_add(admin, &f, &id));
	return id;
}

/* The continuum's own words take the place of byname's; who signed other ones is told, and keeps access until their
 * day. */
static void people_sign_the_continuums_own_words(void **state)
{
	struct store *s = *state;
	struct call operator= open_scene(s);
	struct call admin = operator, ada = operator;
	struct agreement_own own;
	struct register_view v;
	admin.actor = (struct actor){.kind = ACTOR_USER, .id = S("u2"), .role = ROLE_LEAD};
	ada.actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = ROLE_PROVIDER, .agency_id = S("g1")};
	assert_ok(s, app_agreement_own(&ada, &own));
	assert_true(own.texts_n == 0 && !day_known(own.until) && !own.older);
	assert_err(s, ERR_INVALID, app_agreement_accept(&ada, S("nothing")));
	assert_err(s, ERR_DENIED, app_agreement_accept(&operator, S("")));
	assert_err(s, ERR_DENIED, app_agreement_sign(&ada, S("ada"), ada.today)); /* that is for papers */
	assert_ok(s, app_agreement_accept(&ada, S("")));
	assert_ok(s, app_agreement_own(&ada, &own));
	assert_int_equal(own.until.n, ada.today.n + AGREEMENT_DAYS - 1);
	assert_false(own.older);

	struct str first = agreement_of(s, &admin, LANGUAGE_EN, "I keep it to myself.");
	struct str spanish = agreement_of(s, &admin, LANGUAGE_ES, "Guardo el secreto.");
	assert_ok(s, app_agreement_own(&ada, &own));
	assert_true(own.texts_n == 2 && own.older && day_known(own.until));
	assert_ok(s, app_mou_register(&operator, & v));
	assert_true(v.people[0].older);
	assert_err(s, ERR_INVALID, app_agreement_accept(&ada, S(""))); /* one of the two */
	assert_ok(s, app_agreement_accept(&ada, spanish));
	assert_ok(s, app_agreement_own(&ada, &own));
	assert_false(own.older);

	/* The next version of one: only who signed that one signed other words. */
	struct str second = agreement_of(s, &admin, LANGUAGE_EN, "I keep it to myself, and lock my screen.");
	assert_ok(s, app_agreement_own(&ada, &own));
	assert_true(own.texts_n == 2 && !own.older);
	assert_err(s, ERR_INVALID, app_agreement_accept(&ada, first));
	assert_ok(s, app_agreement_accept(&ada, second));
	assert_ok(s, app_mou_register(&operator, & v));
	assert_false(v.people[0].older);
	/* A paper is in the words of its day. */
	assert_ok(s, app_agreement_sign(&operator, S("ada"), operator.today));
	assert_int_equal(store_number(s, "SELECT count(*) FROM agreement WHERE form_id IS NULL"), 0);

	/* It is the continuum's, and no release is recorded with it. */
	struct consent_form_new agencys = {.kind = FORM_AGREEMENT,
					   .name = S("Own agreement"),
					   .agency_id = S("g1"),
					   .from = admin.today,
					   .words = S("I agree.")};
	struct str id;
	assert_err(s, ERR_INVALID, app_consent_form_add(&admin, &agencys, &id));
}

struct covering {
	struct call call;
	struct actor actor;
};

static err_t run_cover(struct db *db, struct arena *a, void *ctx)
{
	struct covering *w = ctx;
	return mou_cover(&w->call, db, a, &w->actor);
}

/* Ada, so many days from today. */
static struct actor covered(struct store *s, const struct call *c, int days)
{
	struct covering w = {
		.call = *c,
		.actor = {.kind = ACTOR_USER, .id = S("u1"), .agency_id = S("g1"), .role = ROLE_PROVIDER},
	};
	w.call.today = day_add(c->today, days);
	assert_ok(s, db_run(s->db, s->a, DB_READ, run_cover, &w));
	return w.actor;
}

static void access_ends_with_the_last_day(void **state)
{
	struct store *s = *state;
	struct call c = open_scene(s);
	record(s, &c, "g1", 0, 30);
	record(s, &c, "g1", 33, 60);
	assert_ok(s, app_agreement_sign(&c, S("ada"), c.today));
	static const struct {
		int day;
		enum covered today;
	} cases[] = {{-1, COVERED_NOT_AGENCY}, {0, COVERED}, {30, COVERED}, {31, COVERED_NOT_AGENCY}, {33, COVERED}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(covered(s, &c, cases[i].day).cover.today, cases[i].today);
	assert_int_equal(covered(s, &c, 0).cover.mou_until.n, day_add(c.today, 30).n);

	/* Within a week everywhere, within two months on the account's page, and no word of what is gone. */
	struct actor soon = covered(s, &c, 24);
	assert_true(mou_reminder(s->a, &soon, day_add(c.today, 24), false).n > 0);
	struct actor later = covered(s, &c, 0);
	assert_int_equal(mou_reminder(s->a, &later, c.today, false).n, 0);
	assert_true(mou_reminder(s->a, &later, c.today, true).n > 0);
	struct actor gone = covered(s, &c, 31);
	assert_int_equal(mou_reminder(s->a, &gone, day_add(c.today, 31), true).n, 0);
}

static void people_sign_for_themselves(void **state)
{
	struct store *s = *state;
	struct call c = open_scene(s);
	record(s, &c, "g1", 0, 400);
	assert_int_equal(covered(s, &c, 0).cover.today, COVERED_NOT_SIGNED);
	struct call own = c;
	own.actor = (struct actor){.kind = ACTOR_USER, .id = S("u1"), .role = ROLE_PROVIDER, .agency_id = S("g1")};
	assert_err(s, ERR_DENIED, app_agreement_sign(&own, S("pat"), c.today));
	assert_err(s, ERR_DENIED, app_agreement_sign(&own, S("ada"), day_add(c.today, -1))); /* a day is a paper's */
	assert_ok(s, app_agreement_accept(&own, S("")));
	assert_int_equal(covered(s, &c, AGREEMENT_DAYS - 1).cover.today, COVERED);
	assert_int_equal(covered(s, &c, AGREEMENT_DAYS).cover.today, COVERED_NOT_SIGNED);
	assert_ok(s, app_agreement_end(&c, S("ada")));
	assert_int_equal(covered(s, &c, 0).cover.today, COVERED_NOT_SIGNED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(people_sign_the_continuums_own_words),
		BOTH(the_register_says_what_holds_and_what_ends),
		BOTH(access_ends_with_the_last_day),
		BOTH(people_sign_for_themselves),
	};
	return cmocka_run_group_tests_name("memoranda", tests, NULL, NULL);
}
