#include "app/sign.h"

#include <sodium.h>

#include "app/brake.h"
#include "app/conference.h"
#include "app/device.h"
#include "app/factor.h"
#include "app/mou.h"
#include "app/password.h"
#include "app/record.h"
#include "app/setting.h"
#include "app/user.h"
#include "base/id.h"
#include "store/q_factor.h"
#include "store/q_session.h"
#include "store/q_user.h"
#include "store/seal.h"

enum {
	SEEN_STEP_MS = 60 * 1000,
	TICKET_MS = 10 * 60 * 1000,
	TOKEN_BYTES = 32,
};

#define TICKET "sign in"
#define NOT_RIGHT "The name or the password is not right."
#define SIGNED_OUT "You are signed out. Please sign in again."

struct str session_hash(struct arena *a, struct str token)
{
	char *out = arena_many(a, crypto_generichash_BYTES, char);
	crypto_generichash((unsigned char *)out, crypto_generichash_BYTES, (const unsigned char *)token.p, token.n,
			   NULL, 0);
	return (struct str){out, crypto_generichash_BYTES};
}

/* --- the first step --- */

struct entering {
	struct call *call;
	struct str login;
	struct brake brake; /* what this step lets go of */
	struct str user_id;
	struct str password; /* the hash that fitted */
	struct str code;     /* the second step; empty: the first */
	enum proof proof;
	struct q_user_by_login user;
	bool found;
	enum code_answer answer;
	struct signed_in out;
};

static err_t knock(struct db *db, struct arena *a, void *ctx)
{
	struct entering *w = ctx;
	return q_user_by_login(db, a, w->login, &w->user, &w->found);
}

static err_t open_session(struct call *c, struct db *db, struct arena *a, struct str user_id, enum proof proof,
			  const char *how, struct signed_in *out)
{
	struct id id = id_new();
	struct str token = random_token(c->arena, TOKEN_BYTES);
	TRY(q_session_sweep(db, a, c->now));
	TRY(q_session_add(db, a,
			  &(struct q_session_add_in){
				  .token_hash = session_hash(a, token),
				  .id = id_str(&id),
				  .user_id = user_id,
				  .device = device_say(a, c->agent),
				  .proof = proof,
				  .now = c->now,
				  .expires_at = {c->now.ms + SESSION_MOST_MS},
			  }));
	out->token = token;
	c->actor = (struct actor){.kind = ACTOR_USER, .id = user_id};
	return app_record(c, db, a, "user.sign-in", "user", user_id, str_from(how));
}

/* A ticket says which password the account had, so that it ends when that is changed. */
static struct str password_mark(struct call *c, struct str hash)
{
	struct str mark = blind_text(c->arena, c->app->keys, BLIND_LOGIN, hash);
	char *hex = arena_many(c->arena, 2 * BLIND_LEN + 1, char);
	sodium_bin2hex(hex, 2 * BLIND_LEN + 1, (const unsigned char *)mark.p, mark.n);
	return str_from(hex);
}

err_t sign_go_on(struct call *c, struct db *db, struct arena *a, struct str user_id, struct str password,
		 enum proof proof, struct signed_in *out)
{
	static const char *const how[] = {
		[PROOF_PASSWORD] = "", [PROOF_SSO] = "by=sso", [PROOF_SSO_STEP] = "by=sso-second-step"};
	struct q_factor_of factor;
	bool found;
	*out = (struct signed_in){0};
	TRY(q_factor_of(db, a, user_id, &factor, &found));
	if (found && factor.secret.n > 0 && proof != PROOF_SSO_STEP) {
		struct str text = str_fmt(c->arena, "%.*s %d %.*s", STR_ARG(user_id), (int)proof,
					  STR_ARG(password_mark(c, password)));
		out->ticket = ticket_make(c, TICKET, text, TICKET_MS);
		return NULL;
	}
	out->told = found && instant_known(factor.reset_at);
	if (out->told)
		TRY(q_factor_told(db, a, user_id));
	return open_session(c, db, a, user_id, proof, how[proof], out);
}

/* The right password: in, or on to the code. */
static err_t admit(struct db *db, struct arena *a, void *ctx)
{
	struct entering *w = ctx;
	struct q_user_by_login user;
	bool found;
	/* The account may have been reset or closed while its password was hashed. */
	TRY(q_user_by_login(db, a, w->login, &user, &found));
	if (!found || instant_known(user.disabled_at) || !str_eq(user.password, w->password))
		return err_new(a, ERR_DENIED, NOT_RIGHT);
	TRY(brake_release(db, a, &w->brake));
	return sign_go_on(w->call, db, a, w->user_id, w->password, PROOF_PASSWORD, &w->out);
}

err_t app_sign_in(struct call *c, struct str login, struct str password, struct str address, struct signed_in *out)
{
	struct arena *a = c->arena;
	struct entering w = {.call = c};
	if (user_login_clean(a, login, &w.login) != NULL)
		w.login = S("-"); /* a name nobody can have: refused like any other wrong one */
	struct brake brakes[] = {brake_on(c, "login", w.login, TRIES_LOGIN),
				 brake_on(c, "address", address, TRIES_ADDRESS)};
	w.brake = brakes[0];
	TRY(brake_check(c, brakes, 2));
	TRY(db_run(c->db, a, DB_READ, knock, &w));
	bool open = w.found && !instant_known(w.user.disabled_at);
	bool fits = password_fits(a, open ? w.user.password : (struct str){0}, password);
	if (!open || !fits) {
		TRY(brake_fail(c, brakes, 2));
		return err_new(a, ERR_DENIED, NOT_RIGHT);
	}
	w.user_id = w.user.id;
	w.password = w.user.password;
	TRY(db_run(c->db, a, DB_WRITE, admit, &w));
	*out = w.out;
	return NULL;
}

/* --- the second step --- */

/* For the journal: which code, and what came before it. */
static const char *code_says(const struct entering *w)
{
	bool code = w->answer == CODE_RIGHT;
	if (w->proof == PROOF_PASSWORD)
		return code ? "by=code" : "by=recovery";
	return code ? "by=code,first=sso" : "by=recovery,first=sso";
}

static err_t enter(struct db *db, struct arena *a, void *ctx)
{
	struct entering *w = ctx;
	struct call *c = w->call;
	struct q_user_by_id user;
	bool found;
	TRY(q_user_by_id(db, a, w->user_id, &user, &found));
	/* Closed, or its password changed, since the first step. */
	if (!found || instant_known(user.disabled_at) || !str_eq(w->password, password_mark(c, user.password)))
		return err_new(a, ERR_DENIED, SIGNED_OUT);
	TRY(factor_try(c, db, a, w->user_id, w->code, &w->answer));
	switch (w->answer) {
	case CODE_RIGHT:
	case CODE_RECOVERY:
		TRY(brake_release(db, a, &w->brake));
		return open_session(c, db, a, w->user_id, w->proof, code_says(w), &w->out);
	case CODE_USED:
		c->actor = (struct actor){.kind = ACTOR_USER, .id = w->user_id};
		return app_record(c, db, a, "user.code-replay", "user", w->user_id, (struct str){0});
	case CODE_WRONG:
		break;
	}
	return NULL;
}

err_t app_sign_code(struct call *c, struct str ticket, struct str code, struct str address, struct signed_in *out)
{
	struct arena *a = c->arena;
	struct entering w = {.call = c, .code = code};
	struct str text;
	TRY(ticket_open(c, TICKET, ticket, &text));
	struct str proof;
	str_cut(text, ' ', &w.user_id, &text);
	str_cut(text, ' ', &proof, &w.password);
	w.proof = str_eq(proof, S("0")) ? PROOF_PASSWORD : PROOF_SSO;
	struct brake brakes[] = {brake_on(c, "code", w.user_id, TRIES_LOGIN),
				 brake_on(c, "address", address, TRIES_ADDRESS)};
	w.brake = brakes[0];
	TRY(brake_check(c, brakes, 2));
	TRY(db_run(c->db, a, DB_WRITE, enter, &w));
	if (w.out.token.n > 0) {
		*out = w.out;
		return NULL;
	}
	TRY(brake_fail(c, brakes, 2));
	if (w.answer == CODE_USED)
		return err_new(a, ERR_DENIED, "This code has been used already. Wait for the next one and type that.");
	return err_new(
		a, ERR_DENIED,
		"This code is not right. Type the six digits that are shown now, or one of your recovery codes.");
}

/* --- sessions --- */

struct signing_out {
	struct call *call;
	struct str hash;
	struct str user_id;
	const char *act;
};

static err_t sign_out(struct db *db, struct arena *a, void *ctx)
{
	const struct signing_out *w = ctx;
	int64_t ended;
	TRY(q_session_end(db, a, w->hash, &ended));
	if (ended == 0)
		return NULL; /* pressed twice, or over by itself */
	return app_record(w->call, db, a, w->act, "user", w->user_id, (struct str){0});
}

err_t app_sign_out(struct call *c, struct str token)
{
	struct signing_out w = {c, session_hash(c->arena, token), c->actor.id, "user.sign-out"};
	return db_run(c->db, c->arena, DB_WRITE, sign_out, &w);
}

struct session_look {
	struct call *call;
	struct str hash;
	struct cover cover;
	struct q_session_by_token row;
	struct instant now;
	bool found;
};

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct session_look *w = ctx;
	TRY(q_session_by_token(db, a, w->hash, &w->row, &w->found));
	if (!w->found)
		return NULL;
	keys_seal_with(w->call->app->keys, (int)w->row.key_no);
	struct actor actor = {.id = w->row.user_id, .agency_id = w->row.agency_id, .region_id = w->row.region_id};
	TRY(mou_cover(w->call, db, a, &actor));
	w->cover = actor.cover;
	return NULL;
}

static err_t mark_seen(struct db *db, struct arena *a, void *ctx)
{
	struct session_look *w = ctx;
	return q_session_seen(db, a, w->hash, w->now);
}

/* A cookie that was carried to another device ends here, for who took it and for who lost it. */
static err_t end_carried(struct call *c, const struct session_look *look)
{
	struct signing_out w = {c, look->hash, look->row.user_id, "user.session-moved"};
	c->actor = (struct actor){.kind = ACTOR_USER, .id = look->row.user_id};
	err_t e = db_run(c->db, c->arena, DB_WRITE, sign_out, &w);
	c->actor = (struct actor){.kind = ACTOR_NOBODY};
	return e;
}

static void actor_of(const struct q_session_by_token *row, enum role role, struct actor *out)
{
	struct str roles = row->factor_roles.n > 0 ? row->factor_roles : S(SECOND_FACTOR_DEFAULT);
	enum role acts = row->agency_is_lead ? ROLE_LEAD : role;
	/* Who came by single sign-on may never have seen the one-time password. */
	bool must_change = row->must_change && row->proof == PROOF_PASSWORD;
	*out = (struct actor){
		.kind = ACTOR_USER,
		.id = row->user_id,
		.login = row->login,
		.name = row->name,
		.role = acts,
		.agency_id = row->agency_id,
		.agency_name = row->agency_name,
		.region_id = row->region_id,
		.must_change = must_change,
		.must_enrol = !must_change && !row->has_factor && row->proof != PROOF_SSO_STEP &&
			      setting_has_role(roles, acts),
	};
}

err_t app_session_actor(struct call *c, struct str token, bool keep_awake, struct actor *out, bool *found)
{
	struct arena *a = c->arena;
	struct session_look w = {.call = c, .hash = session_hash(a, token), .now = c->now};
	TRY(db_run(c->db, a, DB_READ, look, &w));
	*found = false;
	enum role role;
	if (!w.found || instant_known(w.row.disabled_at) || w.row.expires_at.ms <= c->now.ms ||
	    !role_from_word(str_c(a, w.row.role), &role))
		return NULL;
	if (!str_eq(w.row.device, device_say(a, c->agent)))
		return end_carried(c, &w);
	if (c->now.ms - w.row.seen_at.ms > SESSION_IDLE_MS) {
		bool live = false;
		if (keep_awake)
			TRY(app_conference_live_for(c, w.row.user_id, &live));
		if (!live)
			return NULL;
	}
	if (c->now.ms - w.row.seen_at.ms > SEEN_STEP_MS)
		TRY(db_run(c->db, a, DB_BESIDE, mark_seen, &w));
	actor_of(&w.row, role, out);
	out->cover = w.cover;
	*found = true;
	return NULL;
}

/* --- one's own password --- */

struct changing {
	struct call *call;
	struct str user_id;
	struct str keep; /* hash of the session that goes on */
	struct str hash;
	struct q_session_by_token session;
	struct q_user_by_id user;
	struct str agency, region;
	bool found;
};

static err_t load_own(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	TRY(q_session_by_token(db, a, w->keep, &w->session, &w->found));
	if (!w->found)
		return NULL;
	TRY(q_user_by_id(db, a, w->session.user_id, &w->user, &w->found));
	return user_places(db, a, w->user.agency_id, w->user.region_id, &w->agency, &w->region);
}

static err_t save_own(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct q_session_by_token session;
	bool found;
	int64_t changed;
	/* An account that was reset meanwhile has no session left, and keeps its new password. */
	TRY(q_session_by_token(db, a, w->keep, &session, &found));
	if (!found)
		return err_new(a, ERR_DENIED, SIGNED_OUT);
	TRY(q_user_set_password(db, a, w->session.user_id, w->hash, false, &changed));
	TRY(q_session_end_others(db, a, w->session.user_id, w->keep, &changed));
	return app_record(w->call, db, a, "user.password", "user", w->session.user_id, (struct str){0});
}

err_t app_password_change(struct call *c, struct str token, struct str old_password, struct str new_password)
{
	struct arena *a = c->arena;
	struct changing w = {.call = c, .keep = session_hash(a, token)};
	TRY(db_run(c->db, a, DB_READ, load_own, &w));
	if (!w.found)
		return err_new(a, ERR_DENIED, SIGNED_OUT);
	TRY(password_confirm(c, w.session.user_id, w.user.password, old_password));
	if (str_eq(old_password, new_password))
		return err_new(a, ERR_INVALID, "The new password is the old one.");
	struct str own[] = {w.user.login, w.user.name, w.agency, w.region, S("byname")};
	TRY(password_check(a, new_password, own, sizeof own / sizeof *own));
	TRY(password_hash(a, new_password, &w.hash));
	return db_run(c->db, a, DB_WRITE, save_own, &w);
}
