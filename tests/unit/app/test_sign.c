/* The second step, sessions, invitations and leaving an agency, on both engines. */
#include "store_fixture.h"

#include <liboath/oath.h>
#include <stdlib.h>

#include "app/factor.h"
#include "app/invite.h"
#include "app/session.h"
#include "app/setting.h"
#include "app/sign.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND };
#define FIREFOX "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
#define FIREFOX_NEXT "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
#define CHROME "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"

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
		.agent = S(FIREFOX),
	};
}

static struct str add(struct store *s, const char *login, enum role role)
{
	struct call c = at(s, 0);
	struct str password;
	struct user_new u = {.login = str_from(login), .name = S("Example Person"), .role = role};
	assert_ok(s, app_user_add(&c, &u, &password));
	return password;
}

static struct signed_in sign_in(struct store *s, int64_t ms, const char *login, struct str password)
{
	struct call c = at(s, ms);
	struct signed_in in = {0};
	assert_ok(s, app_sign_in(&c, str_from(login), password, S("127.0.0.1"), &in));
	return in;
}

static err_t type_code(struct store *s, int64_t ms, struct str ticket, struct str code, struct signed_in *in)
{
	struct call c = at(s, ms);
	*in = (struct signed_in){0};
	return app_sign_code(&c, ticket, code, S("127.0.0.1"), in);
}

static bool alive(struct store *s, int64_t ms, struct str token, struct actor *actor)
{
	struct call c = at(s, ms);
	bool found;
	assert_ok(s, app_session_actor(&c, token, false, actor, &found));
	return found;
}

static int64_t journalled(struct store *s, const char *act)
{
	return store_number(s, str_fmt(s->a, "SELECT count(*) FROM journal WHERE act = '%s'", act).p);
}

/* A device of the person's own: it knows the secret as it was typed into it. */
static struct str device_code(struct store *s, struct str secret, int64_t ms)
{
	char *bytes = NULL;
	size_t n = 0;
	char code[7];
	char typed[64];
	size_t k = 0;
	for (size_t i = 0; i < secret.n; i++)
		if (secret.p[i] != ' ')
			typed[k++] = secret.p[i];
	assert_int_equal(oath_base32_decode(typed, k, &bytes, &n), OATH_OK);
	assert_int_equal(oath_totp_generate(bytes, n, (time_t)((NOW.ms + ms) / 1000), 30, 0, 6, code), OATH_OK);
	free(bytes);
	return str_dup(s->a, str_from(code));
}

/* Signs in, and sets a second step up; gives the secret and the recovery codes. */
static struct str enrol(struct store *s, const char *login, struct str password, struct str **codes)
{
	struct actor actor;
	struct signed_in in = sign_in(s, 0, login, password);
	assert_true(alive(s, 0, in.token, &actor));
	struct call c = at(s, 0);
	c.actor = actor;
	struct factor_offer offer;
	assert_ok(s, app_factor_offer(&c, &offer));
	assert_ok(s, app_factor_set(&c, offer.ticket, device_code(s, offer.secret, 0), (struct str){0}, codes));
	return offer.secret;
}

static void a_role_that_must_opens_nothing_before_it_has_one(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "admin2", ROLE_ADMINISTRATOR);
	struct actor actor;
	struct signed_in in = sign_in(s, 0, "admin2", once);
	assert_true(alive(s, 0, in.token, &actor));
	assert_true(actor.must_change && !actor.must_enrol); /* one after the other */
	struct call own = at(s, 0);
	own.actor = actor;
	assert_ok(s, app_password_change(&own, in.token, once, S("four plain words here")));
	assert_true(alive(s, 0, in.token, &actor));
	assert_true(actor.must_enrol);
	struct str *codes;
	enrol(s, "admin2", S("four plain words here"), &codes);
	assert_true(alive(s, SECOND, in.token, &actor));
	assert_false(actor.must_enrol);
	struct str other = add(s, "somebody", ROLE_SPECIALIST);
	in = sign_in(s, 0, "somebody", other);
	assert_true(alive(s, 0, in.token, &actor));
	assert_false(actor.must_enrol);

	struct call c = at(s, 0);
	assert_err(s, ERR_INVALID, app_setting_put(&c, S("second_factor"), S("specialist,nobody-else")));
	store_force(s, "INSERT INTO setting (key, value, changed_at) VALUES ('second_factor', 'specialist, lead', 0)");
	assert_true(alive(s, 0, in.token, &actor));
	assert_true(actor.must_change);
	own.actor = actor;
	assert_ok(s, app_password_change(&own, in.token, other, S("four plain words here")));
	assert_true(alive(s, 0, in.token, &actor));
	assert_true(actor.must_enrol);
}

static void a_code_counts_once_and_only_around_its_time(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct str *codes;
	struct str secret = enrol(s, "somebody", once, &codes);
	struct signed_in in = sign_in(s, 0, "somebody", once);
	struct signed_in second;
	assert_int_equal(in.token.n, 0); /* the password alone opens nothing */
	/* The code that set it up is used up. */
	assert_err(s, ERR_DENIED, type_code(s, SECOND, in.ticket, device_code(s, secret, 0), &second));
	assert_int_equal(journalled(s, "user.code-replay"), 1);
	assert_err(s, ERR_DENIED, type_code(s, SECOND, in.ticket, device_code(s, secret, 2 * MINUTE), &second));
	assert_int_equal(journalled(s, "user.code-replay"), 1);
	struct str code = device_code(s, secret, 2 * MINUTE);
	assert_ok(s, type_code(s, 2 * MINUTE + 30 * SECOND, in.ticket, code, &second)); /* half a minute late */
	struct actor actor;
	assert_true(alive(s, 2 * MINUTE + 30 * SECOND, second.token, &actor));
	assert_err(s, ERR_DENIED, type_code(s, 2 * MINUTE + 30 * SECOND, in.ticket, code, &second));
	assert_int_equal(second.token.n, 0);
	assert_int_equal(journalled(s, "user.code-replay"), 2);
	code = device_code(s, secret, 3 * MINUTE);
	assert_err(s, ERR_DENIED, type_code(s, 4 * MINUTE, in.ticket, code, &second)); /* too old */
	assert_int_equal(journalled(s, "user.code-replay"), 2);
	/* A ticket is ours, whole and young. */
	assert_err(s, ERR_INVALID, type_code(s, 11 * MINUTE, in.ticket, device_code(s, secret, 11 * MINUTE), &second));
	assert_err(s, ERR_INVALID, type_code(s, MINUTE, str_sub(in.ticket, 0, in.ticket.n - 2), code, &second));
	assert_err(s, ERR_INVALID, type_code(s, MINUTE, S("00ff"), code, &second));
	/* A new password makes it worthless. */
	struct call c = at(s, 5 * MINUTE);
	in = sign_in(s, 5 * MINUTE, "somebody", once);
	assert_ok(s, app_user_reset(&c, S("somebody"), &once));
	assert_err(s, ERR_DENIED, type_code(s, 5 * MINUTE, in.ticket, device_code(s, secret, 5 * MINUTE), &second));
}

static void a_recovery_code_counts_once(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct str *codes;
	enrol(s, "somebody", once, &codes);
	struct signed_in in = sign_in(s, 0, "somebody", once);
	struct signed_in second;
	assert_ok(s, type_code(s, 0, in.ticket, codes[3], &second));
	assert_err(s, ERR_DENIED, type_code(s, 0, in.ticket, codes[3], &second));
	assert_ok(s, type_code(s, 0, in.ticket, codes[9], &second));
	struct actor actor;
	assert_true(alive(s, 0, second.token, &actor));
	struct call c = at(s, 0);
	c.actor = actor;
	struct factor_view view;
	assert_ok(s, app_factor(&c, &view));
	assert_int_equal(view.recovery_left, RECOVERY_CODES - 2);
	assert_int_equal(store_number(s, "SELECT count(*) FROM recovery_code"), RECOVERY_CODES);
	/* Another device, or other codes, want the password. */
	struct factor_offer offer;
	struct str *fresh;
	assert_ok(s, app_factor_offer(&c, &offer));
	assert_err(s, ERR_DENIED, app_factor_set(&c, offer.ticket, device_code(s, offer.secret, 0), S("x"), &fresh));
	assert_err(s, ERR_DENIED, app_factor_codes(&c, S("x"), &fresh));
	assert_ok(s, app_factor_codes(&c, once, &fresh));
	assert_err(s, ERR_DENIED, type_code(s, 0, in.ticket, codes[1], &second));
	assert_ok(s, type_code(s, 0, in.ticket, fresh[1], &second));
	/* Somebody else's page does not fit. */
	c.actor.id = S("another");
	assert_err(s, ERR_INVALID, app_factor_again(&c, offer.ticket, &offer));
}

static void guessing_codes_is_braked(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct str *codes;
	enrol(s, "somebody", once, &codes);
	struct signed_in in = sign_in(s, 0, "somebody", once);
	struct signed_in second;
	for (int i = 0; i < 10; i++)
		assert_err(s, ERR_DENIED, type_code(s, 0, in.ticket, S("no such code"), &second));
	assert_err(s, ERR_RETRY, type_code(s, SECOND, in.ticket, codes[0], &second));
	assert_ok(s, type_code(s, 2 * MINUTE, in.ticket, codes[0], &second));
}

static void an_administrator_takes_it_away_and_the_person_is_told(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct call c = at(s, 0);
	assert_err(s, ERR_CONFLICT, app_factor_reset(&c, S("somebody")));
	struct str *codes;
	enrol(s, "somebody", once, &codes);
	c.actor = (struct actor){.kind = ACTOR_USER, .id = S("u"), .role = ROLE_LIST_HOLDER};
	assert_err(s, ERR_DENIED, app_factor_reset(&c, S("somebody")));
	c = at(s, 0);
	assert_ok(s, app_factor_reset(&c, S("somebody")));
	assert_int_equal(store_number(s, "SELECT count(*) FROM session"), 0);
	assert_int_equal(journalled(s, "user.factor-reset"), 1);
	assert_true(sign_in(s, 0, "somebody", once).told);
	assert_false(sign_in(s, 0, "somebody", once).told); /* once */
}

static void a_cookie_that_was_carried_away_ends(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct str token = sign_in(s, 0, "somebody", once).token;
	struct actor actor;
	bool found;
	struct call c = at(s, SECOND);
	c.agent = S(FIREFOX_NEXT); /* renewed meanwhile */
	assert_ok(s, app_session_actor(&c, token, false, &actor, &found));
	assert_true(found);
	c.agent = S(CHROME);
	assert_ok(s, app_session_actor(&c, token, false, &actor, &found));
	assert_false(found);
	assert_int_equal(journalled(s, "user.session-moved"), 1);
	assert_false(alive(s, SECOND, token, &actor)); /* for its owner too */
}

static void sessions_are_listed_and_ended(void **state)
{
	struct store *s = *state;
	struct str once = add(s, "somebody", ROLE_SPECIALIST);
	struct str here = sign_in(s, 0, "somebody", once).token;
	struct str there = sign_in(s, SECOND, "somebody", once).token;
	struct str third = sign_in(s, SECOND, "somebody", once).token;
	struct str stranger = sign_in(s, 0, "other", add(s, "other", ROLE_SPECIALIST)).token;
	struct call c = at(s, MINUTE);
	assert_true(alive(s, MINUTE, here, &c.actor));
	struct session_row *rows;
	size_t n;
	assert_ok(s, app_session_list(&c, here, &rows, &n));
	assert_int_equal(n, 3);
	struct str gone = {0};
	size_t marked = 0;
	for (size_t i = 0; i < n; i++) {
		assert_true(str_eq(rows[i].device, S("Firefox on Linux")));
		marked += rows[i].here;
		if (!rows[i].here)
			gone = rows[i].id;
	}
	assert_int_equal(marked, 1);
	assert_ok(s, app_session_end(&c, gone));
	assert_err(s, ERR_MISSING, app_session_end(&c, gone));
	struct actor actor;
	assert_int_equal(alive(s, MINUTE, there, &actor) + alive(s, MINUTE, third, &actor), 1);
	/* Nobody ends somebody else's. */
	struct call o = at(s, MINUTE);
	assert_true(alive(s, MINUTE, stranger, &o.actor));
	assert_ok(s, app_session_list(&c, here, &rows, &n));
	assert_err(s, ERR_MISSING, app_session_end(&o, rows[0].id));
	int64_t ended;
	assert_ok(s, app_session_end_others(&c, here, &ended));
	assert_int_equal(ended, 1);
	assert_true(alive(s, MINUTE, here, &actor));
	assert_true(alive(s, MINUTE, stranger, &actor));
	assert_err(s, ERR_DENIED, app_session_end_user(&c, S("other")));
	c = at(s, MINUTE);
	assert_ok(s, app_session_end_user(&c, S("other")));
	assert_false(alive(s, MINUTE, stranger, &actor));
}

static void leaving_an_agency_ends_access_at_once(void **state)
{
	struct store *s = *state;
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) "
		       "VALUES ('a1', 'Example House', 'provider', 0, 0)");
	store_force(s, "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider) "
		       "VALUES ('a2', 'Example Harbor', 'provider', 0, 0)");
	struct call c = at(s, 0);
	struct user_new u = {.login = S("dana"), .name = S("Dana Example"), .role = ROLE_PROVIDER, .agency = S("a1")};
	struct str once;
	struct actor actor;
	assert_ok(s, app_user_add(&c, &u, &once));
	struct str token = sign_in(s, 0, "dana", once).token;
	assert_true(alive(s, 0, token, &actor));
	assert_err(s, ERR_INVALID, app_user_move(&c, S("dana"), ROLE_PROVIDER, (struct str){0}, (struct str){0}));
	assert_err(s, ERR_MISSING, app_user_move(&c, S("dana"), ROLE_PROVIDER, S("None Such"), (struct str){0}));
	assert_true(alive(s, 0, token, &actor)); /* what was refused changed nothing */
	assert_ok(s, app_user_move(&c, S("dana"), ROLE_PROVIDER, S("Example Harbor"), (struct str){0}));
	assert_false(alive(s, 0, token, &actor));
	token = sign_in(s, 0, "dana", once).token;
	assert_true(alive(s, 0, token, &actor));
	assert_true(str_eq(actor.agency_id, S("a2")));
	assert_ok(s, app_user_disable(&c, S("dana")));
	assert_false(alive(s, 0, token, &actor));
	assert_int_equal(store_number(s, "SELECT count(*) FROM session"), 0);
}

static void an_invitation_is_good_once_and_for_a_week(void **state)
{
	struct store *s = *state;
	const int64_t day = 24LL * 60 * MINUTE;
	struct call c = at(s, 0);
	struct user_new u = {.login = S("Robin"), .name = S("Robin Example"), .role = ROLE_SPECIALIST};
	struct str old;
	struct str code;
	struct invitation seen;
	assert_ok(s, app_invite(&c, &u, &old));
	assert_ok(s, app_invite(&c, &u, &code)); /* takes the place of the first */
	assert_err(s, ERR_MISSING, app_invitation(&c, old, &seen));
	struct str once;
	assert_err(s, ERR_CONFLICT, app_user_add(&c, &u, &once));
	c.actor = (struct actor){0};
	assert_ok(s, app_invitation(&c, code, &seen));
	assert_true(str_eq(seen.login, S("robin")));
	assert_err(s, ERR_MISSING, app_invitation(&c, S("aaaaa-bbbbb-ccccc-ddddd"), &seen));
	assert_err(s, ERR_INVALID, app_invitation_take(&c, code, S("robin example 2026")));
	struct call late = at(s, 7 * day);
	assert_err(s, ERR_MISSING, app_invitation_take(&late, code, S("four plain words here")));
	assert_ok(s, app_invitation_take(&c, code, S("four plain words here")));
	assert_err(s, ERR_MISSING, app_invitation_take(&c, code, S("four plain words here")));
	struct actor actor;
	assert_true(alive(s, 0, sign_in(s, 0, "robin", S("four plain words here")).token, &actor));
	assert_false(actor.must_change);
	c = at(s, 0);
	assert_err(s, ERR_CONFLICT, app_invite(&c, &u, &code)); /* taken */
	u.login = S("kim");
	assert_ok(s, app_invite(&c, &u, &code));
	struct invitation *all;
	size_t n;
	assert_ok(s, app_invitations(&c, &all, &n));
	assert_int_equal(n, 1);
	assert_ok(s, app_invite_withdraw(&c, S("kim")));
	assert_err(s, ERR_MISSING, app_invite_withdraw(&c, S("kim")));
	assert_err(s, ERR_MISSING, app_invitation_take(&c, code, S("four plain words here")));
	assert_int_equal(journalled(s, "user.invite-end"), 2);
	assert_int_equal(journalled(s, "user.join"), 1);
	c.actor = (struct actor){.kind = ACTOR_USER, .id = S("u"), .role = ROLE_LIST_HOLDER};
	assert_err(s, ERR_DENIED, app_invite(&c, &u, &code));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_role_that_must_opens_nothing_before_it_has_one),
		BOTH(a_code_counts_once_and_only_around_its_time),
		BOTH(a_recovery_code_counts_once),
		BOTH(guessing_codes_is_braked),
		BOTH(an_administrator_takes_it_away_and_the_person_is_told),
		BOTH(a_cookie_that_was_carried_away_ends),
		BOTH(sessions_are_listed_and_ended),
		BOTH(leaving_an_agency_ends_access_at_once),
		BOTH(an_invitation_is_good_once_and_for_a_week),
	};
	return cmocka_run_group_tests_name("sign", tests, NULL, NULL);
}
