#include "app/sso.h"

#include <sodium.h>
#include <string.h>

#include "app/brake.h"
#include "app/factor.h"
#include "app/password.h"
#include "app/record.h"
#include "app/setting.h"
#include "app/user.h"
#include "base/id.h"
#include "oidc/provider.h"
#include "oidc/token.h"
#include "store/q_identity.h"
#include "store/q_session.h"
#include "store/q_user.h"

enum { AWAY_MS = 10 * 60 * 1000, TOKEN_BYTES = 32 };

#define TICKET "single sign-on"
#define BACK_PATH "/sign-in/oidc/back"
#define AGAIN "Signing in did not work this time. Please begin again."
#define NO_ACCOUNT                                                                                                     \
	"No open account here belongs to who you are there. If you have one, sign in with your password and connect "  \
	"it on the page Account; else ask an administrator to invite you."

/* --- the settings --- */

struct config {
	struct settings settings;
	struct oidc_client client;
	bool on;
};

static err_t load_settings(struct db *db, struct arena *a, void *ctx)
{
	return app_settings(db, a, ctx);
}

static err_t config_load(struct call *c, struct config *out)
{
	struct settings *s = &out->settings;
	TRY(db_run(c->db, c->arena, DB_READ, load_settings, s));
	out->on = setting_given(s->oidc_issuer) && setting_given(s->oidc_client) && setting_given(s->site_address);
	if (!setting_given(s->oidc_second_step))
		s->oidc_second_step = (struct str){0};
	if (!out->on)
		return NULL;
	struct str site = s->site_address;
	if (str_ends(site, S("/")))
		site = str_sub(site, 0, site.n - 1);
	out->client.id = s->oidc_client;
	out->client.back = str_fmt(c->arena, "%.*s" BACK_PATH, STR_ARG(site));
	return setting_secret(c, s, &out->client.secret);
}

static err_t config_need(struct call *c, struct config *out)
{
	TRY(config_load(c, out));
	return out->on ? NULL : err_new(c->arena, ERR_MISSING, "Single sign-on is not set up here.");
}

/* The account of the call's actor. */
struct own {
	struct call *call;
	struct str issuer;
	struct q_user_by_id user;
	struct q_identity_of identity;
	bool found;
};

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct own *w = ctx;
	return q_identity_of(db, a, w->call->actor.id, w->issuer, &w->identity, &w->found);
}

err_t app_sso(struct call *c, struct sso_view *out)
{
	struct config config = {0};
	TRY(config_load(c, &config));
	*out = (struct sso_view){.on = config.on, .button = config.settings.oidc_button};
	if (!config.on || c->actor.kind != ACTOR_USER)
		return NULL;
	struct own w = {.call = c, .issuer = config.settings.oidc_issuer};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	out->connected = w.found;
	out->since = w.identity.linked_at;
	return NULL;
}

/* --- away --- */

/* What only the holder of the cookie can know, a different one for each purpose. */
static struct str derived(struct arena *a, struct str token, struct str purpose)
{
	unsigned char hash[crypto_generichash_BYTES];
	char *hex = arena_many(a, 2 * sizeof hash + 1, char);
	crypto_generichash(hash, sizeof hash, (const unsigned char *)token.p, token.n, (const unsigned char *)purpose.p,
			   purpose.n);
	sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
	return str_from(hex);
}

static struct str mark_of(struct arena *a, struct str token)
{
	return derived(a, token, S("byname oidc mark, 1"));
}

static struct oidc_visit visit_of(struct arena *a, struct str token)
{
	return (struct oidc_visit){.nonce = derived(a, token, S("byname oidc nonce, 1")),
				   .verifier = derived(a, token, S("byname oidc verifier, 1"))};
}

/* `user_id`: whose account is to be connected; "-": somebody signs in. */
static err_t begin(struct call *c, const struct config *config, struct str user_id, struct str next,
		   struct sso_away *out)
{
	struct arena *a = c->arena;
	struct oidc_provider provider;
	TRY(oidc_provider(a, config->settings.oidc_issuer, c->now, false, &provider));
	struct str token = random_token(a, TOKEN_BYTES);
	struct oidc_visit visit = visit_of(a, token);
	struct str text = str_fmt(a, "%lld %.*s %.*s %.*s", (long long)c->now.ms, STR_ARG(user_id),
				  STR_ARG(mark_of(a, token)), STR_ARG(next));
	visit.state = ticket_make(c, TICKET, text, AWAY_MS);
	visit.second_step = config->settings.oidc_second_step;
	*out = (struct sso_away){token, oidc_leave_url(a, &provider, &config->client, &visit)};
	return NULL;
}

err_t app_sso_begin(struct call *c, struct str next, struct sso_away *out)
{
	struct config config = {0};
	TRY(config_need(c, &config));
	return begin(c, &config, S("-"), next.n <= SSO_NEXT_MOST ? next : S("/"), out);
}

static err_t load_own(struct db *db, struct arena *a, void *ctx)
{
	struct own *w = ctx;
	return q_user_by_id(db, a, w->call->actor.id, &w->user, &w->found);
}

err_t app_sso_connect(struct call *c, struct str password, struct sso_away *out)
{
	struct config config = {0};
	struct own w = {.call = c};
	TRY(config_need(c, &config));
	TRY(db_run(c->db, c->arena, DB_READ, load_own, &w));
	TRY(password_confirm(c, c->actor.id, w.user.password, password));
	return begin(c, &config, c->actor.id, S("/account"), out);
}

static err_t part(struct db *db, struct arena *a, void *ctx)
{
	const struct own *w = ctx;
	struct str user_id = w->call->actor.id;
	int64_t gone;
	TRY(q_identity_remove(db, a, user_id, w->issuer, &gone));
	if (gone == 0)
		return err_new(a, ERR_CONFLICT, "Your account is not connected.");
	return app_record(w->call, db, a, "user.part", "user", user_id, (struct str){0});
}

err_t app_sso_part(struct call *c)
{
	struct config config = {0};
	TRY(config_need(c, &config));
	struct own w = {.call = c, .issuer = config.settings.oidc_issuer};
	return db_run(c->db, c->arena, DB_WRITE, part, &w);
}

struct parting {
	struct call *call;
	struct str login;
};

static err_t part_user(struct db *db, struct arena *a, void *ctx)
{
	const struct parting *w = ctx;
	struct q_user_by_login user;
	bool found;
	int64_t gone;
	TRY(q_user_by_login(db, a, w->login, &user, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no account %.*s.", STR_ARG(w->login));
	TRY(q_identity_remove_all(db, a, user.id, &gone));
	if (gone == 0)
		return err_new(a, ERR_CONFLICT, "The account %.*s is not connected.", STR_ARG(w->login));
	TRY(q_session_end_all(db, a, user.id));
	return app_record(w->call, db, a, "user.part", "user", user.id, (struct str){0});
}

err_t app_sso_part_user(struct call *c, struct str login)
{
	struct parting w = {.call = c};
	TRY(user_may_administer(c));
	TRY(user_login_clean(c->arena, login, &w.login));
	return db_run(c->db, c->arena, DB_WRITE, part_user, &w);
}

/* --- back --- */

struct returning {
	struct call *call;
	const struct sso_back *back;
	struct brake brake;
	struct config config;
	struct instant since;
	struct str user_id; /* whose account is to be connected; "-": somebody signs in */
	struct str next;
	struct oidc_claims claims;
	struct str why; /* it is refused; empty: it is not */
	const char *say;
	struct signed_in out;
};

/* The journal's row of whoever comes back, who is not the actor that a session here may have. */
static err_t record_as(struct call *c, struct db *db, struct arena *a, struct actor who, const char *act,
		       const char *noun, struct str id, struct str more)
{
	struct actor was = c->actor;
	c->actor = who;
	err_t e = app_record(c, db, a, act, noun, id, more);
	c->actor = was;
	return e;
}

static err_t record_refusal(struct db *db, struct arena *a, void *ctx)
{
	const struct returning *w = ctx;
	return record_as(w->call, db, a, (struct actor){.kind = ACTOR_NOBODY}, "user.sso-refused", "setting",
			 S("oidc_issuer"), str_fmt(a, "why=%.*s", STR_ARG(w->why)));
}

static err_t refuse(struct returning *w, const char *why, const char *say)
{
	struct call *c = w->call;
	w->why = str_from(why);
	TRY(db_run(c->db, c->arena, DB_WRITE, record_refusal, w));
	TRY(brake_fail(c, &w->brake, 1));
	return err_new(c->arena, ERR_DENIED, "%s", say);
}

/* The state is ours, not too old, and of this very browser. */
static bool state_open(struct returning *w)
{
	struct call *c = w->call;
	struct str text, begun, mark;
	struct str expected = mark_of(c->arena, w->back->token);
	if (w->back->token.n == 0 || ticket_open(c, TICKET, w->back->state, &text) != NULL)
		return false;
	str_cut(text, ' ', &begun, &text);
	str_cut(text, ' ', &w->user_id, &text);
	str_cut(text, ' ', &mark, &w->next);
	return str_to_i64(begun, &w->since.ms) && mark.n == expected.n &&
	       sodium_memcmp(mark.p, expected.p, mark.n) == 0;
}

/* The code becomes a token, and the token is looked at; a key that is new at the provider is fetched. */
static err_t take_token(struct returning *w)
{
	struct call *c = w->call;
	struct arena *a = c->arena;
	const struct settings *s = &w->config.settings;
	struct oidc_visit visit = visit_of(a, w->back->token);
	struct oidc_expect expect = {s->oidc_issuer,      s->oidc_client, visit.nonce,
				     s->oidc_second_step, w->since,       c->now};
	struct oidc_provider provider;
	struct str token;
	TRY(oidc_provider(a, s->oidc_issuer, c->now, false, &provider));
	err_t e = oidc_exchange(a, &provider, &w->config.client, w->back->code, visit.verifier, &token);
	if (e != NULL && e->class == ERR_DENIED)
		return refuse(w, "code", AGAIN);
	TRY(e);
	enum oidc_fault fault = oidc_token_check(a, token, provider.keys, &expect, &w->claims);
	if (fault == OIDC_KEY) {
		TRY(oidc_provider(a, s->oidc_issuer, c->now, true, &provider));
		fault = oidc_token_check(a, token, provider.keys, &expect, &w->claims);
	}
	if (fault != OIDC_GOOD)
		return refuse(w, str_c(a, str_fmt(a, "token-%s", oidc_fault_word(fault))), AGAIN);
	return NULL;
}

static err_t not_so(struct returning *w, struct str why, const char *say)
{
	w->why = why;
	w->say = say;
	return NULL;
}

static err_t connect(struct returning *w, struct db *db, struct arena *a, struct str user_id, const char *how,
		     const char *other_say)
{
	struct call *c = w->call;
	struct str issuer = w->config.settings.oidc_issuer;
	struct q_identity_of other;
	bool found;
	TRY(q_identity_of(db, a, user_id, issuer, &other, &found));
	if (found)
		return not_so(w, str_fmt(c->arena, "other,user=%.*s", STR_ARG(user_id)), other_say);
	TRY(q_identity_add(db, a, issuer, w->claims.subject, user_id, c->now));
	return record_as(c, db, a, (struct actor){.kind = ACTOR_USER, .id = user_id}, "user.connect", "user", user_id,
			 str_from(how));
}

static err_t land_connect(struct returning *w, struct db *db, struct arena *a)
{
	struct q_identity_user known;
	struct q_user_by_id user;
	bool found;
	TRY(q_user_by_id(db, a, w->user_id, &user, &found));
	if (!found || instant_known(user.disabled_at))
		return not_so(w, S("closed"), NO_ACCOUNT);
	TRY(q_identity_user(db, a, w->config.settings.oidc_issuer, w->claims.subject, &known, &found));
	if (!found)
		return connect(w, db, a, w->user_id, "by=password",
			       "Your account is connected with somebody else there. Disconnect it first.");
	return str_eq(known.user_id, w->user_id)
		       ? NULL
		       : not_so(w, S("taken"), "Who you are there is connected with another account here already.");
}

/* The account whose sign-in name is the verified address; connects it. */
static err_t land_email(struct returning *w, struct db *db, struct arena *a, struct q_identity_user *account)
{
	struct str login;
	struct q_user_by_login user;
	bool found = false;
	struct str email = w->claims.email;
	bool address = w->claims.email_verified && email.n > 0 && memchr(email.p, '@', email.n) != NULL;
	if (address && user_login_clean(a, email, &login) == NULL)
		TRY(q_user_by_login(db, a, login, &user, &found));
	if (!found || instant_known(user.disabled_at))
		return not_so(w, found ? S("closed") : S("no-account"), NO_ACCOUNT);
	*account = (struct q_identity_user){.user_id = user.id, .password = user.password};
	return connect(w, db, a, user.id, "by=email", NO_ACCOUNT);
}

static err_t land(struct db *db, struct arena *a, void *ctx)
{
	struct returning *w = ctx;
	struct q_identity_user account;
	bool found;
	w->why = (struct str){0};
	if (!str_eq(w->user_id, S("-")))
		return land_connect(w, db, a);
	TRY(q_identity_user(db, a, w->config.settings.oidc_issuer, w->claims.subject, &account, &found));
	if (found && instant_known(account.disabled_at))
		return not_so(w, str_fmt(w->call->arena, "closed,user=%.*s", STR_ARG(account.user_id)), NO_ACCOUNT);
	if (!found)
		TRY(land_email(w, db, a, &account));
	if (w->why.n > 0)
		return NULL;
	enum proof proof = w->claims.second_step ? PROOF_SSO_STEP : PROOF_SSO;
	return sign_go_on(w->call, db, a, account.user_id, account.password, proof, &w->out);
}

err_t app_sso_back(struct call *c, const struct sso_back *back, struct sso_in *out)
{
	struct returning w = {.call = c, .back = back, .brake = brake_on(c, "sso", back->address, TRIES_ADDRESS)};
	TRY(config_need(c, &w.config));
	TRY(brake_check(c, &w.brake, 1));
	if (!state_open(&w))
		return refuse(&w, "state", AGAIN);
	if (back->issuer.n > 0 && !str_eq(back->issuer, w.config.settings.oidc_issuer))
		return refuse(&w, "issuer", AGAIN);
	if (back->error.n > 0 || back->code.n == 0)
		return refuse(&w, "provider", "You were not signed in there. Try again, or use your password here.");
	TRY(take_token(&w));
	TRY(db_run(c->db, c->arena, DB_WRITE, land, &w));
	if (w.why.n > 0)
		return refuse(&w, str_c(c->arena, w.why), w.say);
	*out = (struct sso_in){w.out, w.next};
	return NULL;
}
