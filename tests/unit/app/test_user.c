/* Accounts, signing in and sessions, on both engines. */
#include "store_fixture.h"

#include "app/sign.h"
#include "app/user.h"

static struct app app;

static struct call at(struct store *s, int64_t ms)
{
	app.keys = s->keys;
	return (struct call){
		.app = &app,
		.db = s->db,
		.arena = s->a,
		.actor = {.kind = ACTOR_OPERATOR, .id = S("operator")},
		.now = {NOW.ms + ms},
		.today = instant_day(NOW),
	};
}

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static struct str add(struct store *s, const char *login, enum role role)
{
	struct call c = at(s, 0);
	struct str password;
	struct user_new u = {.login = str_from(login), .name = S("Example Person"), .role = role};
	assert_ok(s, app_user_add(&c, &u, &password));
	return password;
}

static err_t sign_in(struct store *s, int64_t ms, const char *login, struct str password, struct str *token)
{
	struct call c = at(s, ms);
	struct signed_in in = {0};
	err_t e = app_sign_in(&c, str_from(login), password, S("127.0.0.1"), &in);
	*token = in.token;
	return e;
}

static bool alive(struct store *s, int64_t ms, struct str token, bool awake, struct actor *actor)
{
	struct call c = at(s, ms);
	bool found;
	assert_ok(s, app_session_actor(&c, token, awake, actor, &found));
	return found;
}

static void signs_in_with_what_was_given_and_must_choose_a_password(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "Chris.Example", ROLE_SPECIALIST);
	struct str token;
	struct actor actor;
	assert_ok(s, sign_in(s, 0, " chris.EXAMPLE ", once, &token));
	assert_true(alive(s, SECOND, token, false, &actor));
	assert_true(actor.must_change);
	assert_int_equal(actor.role, ROLE_SPECIALIST);

	struct str other;
	assert_ok(s, sign_in(s, 0, "chris.example", once, &other));
	struct call c = at(s, SECOND);
	c.actor = actor;
	static const struct {
		const char *fresh;
		enum err_class class;
	} refused[] = {{"short", ERR_INVALID}, {"chris.example", ERR_INVALID}};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_err(s, refused[i].class, app_password_change(&c, token, once, str_from(refused[i].fresh)));
	assert_err(s, ERR_DENIED, app_password_change(&c, token, S("not the old one"), S("four plain words here")));
	assert_err(s, ERR_INVALID, app_password_change(&c, token, once, once));
	assert_ok(s, app_password_change(&c, token, once, S("four plain words here")));
	assert_true(alive(s, SECOND, token, false, &actor));
	assert_false(actor.must_change);
	assert_false(alive(s, SECOND, other, false, &actor)); /* everywhere else signed out */
	assert_err(s, ERR_DENIED, sign_in(s, 0, "chris.example", once, &token));
}

static void a_wrong_name_and_a_wrong_password_look_alike(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct str token;
	err_t wrong = sign_in(s, 0, "somebody", S("wrong password"), &token);
	err_t nobody = sign_in(s, 0, "nobody", S("wrong password"), &token);
	err_t odd = sign_in(s, 0, "no body\n", S("wrong password"), &token);
	assert_err(s, ERR_DENIED, wrong);
	assert_true(str_eq(wrong->say, nobody->say) && str_eq(wrong->say, odd->say));
	struct call c = at(s, 0);
	assert_ok(s, app_user_disable(&c, S("somebody")));
	err_t closed = sign_in(s, 0, "somebody", once, &token);
	assert_err(s, ERR_DENIED, closed);
	assert_true(str_eq(wrong->say, closed->say));
}

static void guessing_is_braked_and_the_right_password_lets_go(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct str token;
	for (int i = 0; i < 9; i++)
		assert_err(s, ERR_DENIED, sign_in(s, 0, "somebody", S("guess"), &token));
	assert_ok(s, sign_in(s, 0, "somebody", once, &token));
	for (int i = 0; i < 10; i++)
		assert_err(s, ERR_DENIED, sign_in(s, 0, "somebody", S("guess"), &token));
	assert_err(s, ERR_RETRY, sign_in(s, SECOND, "somebody", once, &token));
	assert_ok(s, sign_in(s, 2 * MINUTE, "somebody", once, &token));
}

/* Puts "somebody" into the room of a conference that runs. */
static void in_a_live_meeting(struct store *s)
{
	static const char *const rows[] = {
		"INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Region 1')",
		"INSERT INTO cycle (id, region_id, number, size, goal, started_at, started_by) "
		"SELECT 'c1', 'r1', 1, 10, 0, 0, id FROM app_user",
		"INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, household_seconds, "
		"facilitator_id, scribe_id, state, part, planned_at, planned_by, started_at) "
		"SELECT 'm1', 'r1', 'c1', 'highest', 20717, 1790000000000, 60, 200, id, id, 'live', 0, 0, id, "
		"1790000000000 FROM app_user",
		"INSERT INTO attendance (id, conference_id, user_id, role, in_at) "
		"SELECT 'a1', 'm1', id, 'provider', 1790000000000 FROM app_user",
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		store_force(s, rows[i]);
}

static void a_session_ends_by_idleness_but_not_in_a_live_meeting(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct str token;
	struct actor actor;
	assert_ok(s, sign_in(s, 0, "somebody", once, &token));
	assert_true(alive(s, 15 * MINUTE, token, false, &actor)); /* seen */
	assert_true(alive(s, 30 * MINUTE, token, false, &actor)); /* 15 minutes after that */
	assert_false(alive(s, 51 * MINUTE, token, false, &actor));
	assert_false(alive(s, 51 * MINUTE, token, true, &actor)); /* in no meeting */
	in_a_live_meeting(s);
	assert_true(alive(s, 51 * MINUTE, token, true, &actor));
	assert_false(alive(s, 71 * MINUTE + SECOND, token, false, &actor)); /* another page is no meeting */
	assert_true(alive(s, 71 * MINUTE, token, true, &actor));
	assert_true(alive(s, 80 * MINUTE, token, false, &actor));
	assert_false(alive(s, 13 * 60 * MINUTE, token, true, &actor)); /* a working day is the most */
	assert_false(alive(s, 0, S("0123"), false, &actor));
	struct call c = at(s, 0);
	const char *journalled = "SELECT count(*) FROM journal WHERE act = 'user.sign-out' AND actor_kind = 'user' "
				 "AND noun = 'user' AND actor_id = noun_id";
	c.actor = actor;
	assert_int_equal(store_number(s, journalled), 0);
	assert_ok(s, app_sign_out(&c, token));
	assert_false(alive(s, SECOND, token, true, &actor));
	assert_int_equal(store_number(s, journalled), 1);
	assert_ok(s, app_sign_out(&c, token)); /* again: there is nothing to end */
	assert_int_equal(store_number(s, journalled), 1);
}

static void accounts_are_checked_before_they_are_made(void **state)
{
	struct store *s = *state;
	struct call c = at(s, 0);
	struct str password;
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r4', 4, 'Region 4')");
	static const struct {
		struct user_new u;
		enum err_class class;
	} refused[] = {
		{{STR_INIT("a b"), STR_INIT("Example"), ROLE_SPECIALIST, {0}, {0}, {0}}, ERR_INVALID},
		{{STR_INIT(""), STR_INIT("Example"), ROLE_SPECIALIST, {0}, {0}, {0}}, ERR_INVALID},
		{{STR_INIT("ok"), STR_INIT("  "), ROLE_SPECIALIST, {0}, {0}, {0}}, ERR_INVALID},
		{{STR_INIT("ok"), STR_INIT("Example"), ROLE_LIST_HOLDER, {0}, {0}, {0}}, ERR_INVALID},
		{{STR_INIT("ok"), STR_INIT("Example"), ROLE_PROVIDER, {0}, {0}, {0}}, ERR_INVALID},
		{{STR_INIT("ok"), STR_INIT("Example"), ROLE_PROVIDER, STR_INIT("None Such"), {0}, {0}}, ERR_MISSING},
		{{STR_INIT("ok"), STR_INIT("Example"), ROLE_LIST_HOLDER, {0}, STR_INIT("9"), {0}}, ERR_MISSING},
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_err(s, refused[i].class, app_user_add(&c, &refused[i].u, &password));
	struct user_new holder = {
		.login = S("holder"), .name = S("Example Holder"), .role = ROLE_LIST_HOLDER, .region = S("4")};
	assert_ok(s, app_user_add(&c, &holder, &password));
	assert_err(s, ERR_CONFLICT, app_user_add(&c, &holder, &password));
	c.actor = (struct actor){.kind = ACTOR_USER, .id = S("u"), .role = ROLE_LIST_HOLDER};
	assert_err(s, ERR_DENIED, app_user_add(&c, &holder, &password));
	assert_err(s, ERR_DENIED, app_user_reset(&c, S("holder"), &password));
}

static void a_lead_agency_s_user_is_lead_whatever_the_account_says(void **state)
{
	struct store *s = *state;
	struct call c = at(s, 0);
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) "
		       "VALUES ('lead', 'Example Lead Agency', 'lead', 1, 0)");
	struct user_new u = {
		.login = S("pat"), .name = S("Example Pat"), .role = ROLE_PROVIDER, .agency = S("Example Lead Agency")};
	struct str password;
	struct str token;
	struct actor actor;
	assert_ok(s, app_user_add(&c, &u, &password));
	assert_ok(s, sign_in(s, 0, "pat", password, &token));
	assert_true(alive(s, SECOND, token, false, &actor));
	assert_int_equal(actor.role, ROLE_LEAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(signs_in_with_what_was_given_and_must_choose_a_password),
		BOTH(a_wrong_name_and_a_wrong_password_look_alike),
		BOTH(guessing_is_braked_and_the_right_password_lets_go),
		BOTH(a_session_ends_by_idleness_but_not_in_a_live_meeting),
		BOTH(accounts_are_checked_before_they_are_made),
		BOTH(a_lead_agency_s_user_is_lead_whatever_the_account_says),
	};
	return cmocka_run_group_tests_name("user", tests, NULL, NULL);
}
