#include "app/factor.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/password.h"
#include "app/record.h"
#include "app/setting.h"
#include "app/user.h"
#include "base/buf.h"
#include "base/id.h"
#include "store/q_factor.h"
#include "store/q_session.h"
#include "store/q_user.h"
#include "store/seal.h"

enum {
	SECRET_BYTES = 20, /* as long as the hash, RFC 4226 section 4 */
	STEP_SECONDS = 30,
	STEPS_OF_GRACE = 1,
	OFFER_MS = 30 * 60 * 1000,
	TICKET_MOST = 1000,
	CODE_DIGITS = 6,
	RECOVERY_CHARS = 10,
};

#define OFFER "factor offer"

/* --- tickets --- */

static struct seal_place ticket_place(const char *purpose)
{
	return (struct seal_place){"ticket", purpose, S("1")};
}

struct str ticket_make(struct call *c, const char *purpose, struct str text, int64_t ms)
{
	struct arena *a = c->arena;
	struct str dated = str_fmt(a, "%lld %.*s", (long long)(c->now.ms + ms), STR_ARG(text));
	struct str sealed = seal_pii(a, c->app->keys, ticket_place(purpose), pii_new(a, dated));
	char *hex = arena_many(a, 2 * sealed.n + 1, char);
	sodium_bin2hex(hex, 2 * sealed.n + 1, (const unsigned char *)sealed.p, sealed.n);
	return (struct str){hex, 2 * sealed.n};
}

err_t ticket_open(struct call *c, const char *purpose, struct str ticket, struct str *text)
{
	struct arena *a = c->arena;
	unsigned char bytes[TICKET_MOST];
	size_t n = 0;
	const struct pii *open;
	struct str until;
	int64_t ms;
	bool whole = ticket.n > 0 && ticket.n <= 2 * sizeof bytes &&
		     sodium_hex2bin(bytes, sizeof bytes, ticket.p, ticket.n, NULL, &n, NULL) == 0 && 2 * n == ticket.n;
	struct str sealed = {(const char *)bytes, n};
	if (!whole || seal_open(a, c->app->keys, ticket_place(purpose), sealed, &open) != NULL ||
	    !str_cut(pii_reveal(open), ' ', &until, text) || !str_to_i64(until, &ms) || ms < c->now.ms)
		return err_new(a, ERR_INVALID, "This page has grown too old. Please begin again.");
	return NULL;
}

/* --- codes --- */

/* The step of the code among those that are taken now; false: it is none of them. */
static bool code_step(struct str secret, struct instant now, const char *code, int64_t *step)
{
	uint64_t counter = 0;
	int at = oath_totp_validate3(secret.p, secret.n, (time_t)(now.ms / 1000), STEP_SECONDS, 0, STEPS_OF_GRACE, NULL,
				     &counter, code);
	*step = (int64_t)counter;
	return at >= 0;
}

/* What was typed without blanks and hyphens, capitals as small letters. */
static struct str squeeze(struct arena *a, struct str typed)
{
	char *p = arena_many(a, typed.n, char);
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		char ch = typed.p[i];
		if (ch != ' ' && ch != '-')
			p[n++] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
	}
	return (struct str){p, n};
}

static struct str recovery_hash(struct call *c, struct str user_id, struct str code)
{
	return blind_text(c->arena, c->app->keys, BLIND_RECOVERY,
			  str_fmt(c->arena, "%.*s:%.*s", STR_ARG(user_id), STR_ARG(code)));
}

static struct seal_place secret_place(struct str user_id)
{
	return (struct seal_place){"second_factor", "secret", user_id};
}

static err_t try_recovery(struct call *c, struct db *db, struct arena *a, struct str user_id, struct str code,
			  enum code_answer *out)
{
	int64_t used = 0;
	if (code.n == RECOVERY_CHARS)
		TRY(q_recovery_use(db, a, user_id, recovery_hash(c, user_id, code), c->now, &used));
	*out = used > 0 ? CODE_RECOVERY : CODE_WRONG;
	return NULL;
}

err_t factor_try(struct call *c, struct db *db, struct arena *a, struct str user_id, struct str code,
		 enum code_answer *out)
{
	struct q_factor_of factor;
	const struct pii *secret;
	bool found;
	int64_t step;
	int64_t fresh;
	*out = CODE_WRONG;
	code = squeeze(a, code);
	TRY(q_factor_of(db, a, user_id, &factor, &found));
	if (!found || factor.secret.n == 0)
		return NULL;
	if (code.n != CODE_DIGITS)
		return try_recovery(c, db, a, user_id, code, out);
	TRY(seal_open(a, c->app->keys, secret_place(user_id), factor.secret, &secret));
	if (!code_step(pii_reveal(secret), c->now, str_c(a, code), &step))
		return NULL;
	TRY(q_factor_step(db, a, user_id, step, &fresh));
	*out = fresh > 0 ? CODE_RIGHT : CODE_USED;
	return NULL;
}

/* --- setting one up --- */

static struct str grouped(struct arena *a, struct str text, size_t of)
{
	struct buf out = buf_new(a, 4 * text.n + 1);
	for (size_t i = 0; i < text.n; i += of)
		buf_fmt(&out, "%s%.*s", i > 0 ? " " : "", STR_ARG(str_sub(text, i, of)));
	return buf_text(&out);
}

static err_t offer(struct call *c, struct str secret, struct factor_offer *out)
{
	struct arena *a = c->arena;
	char *text = NULL;
	size_t n = 0;
	if (oath_base32_encode(secret.p, secret.n, &text, &n) != OATH_OK)
		return err_internal(a, "no memory for a secret");
	struct str words = str_dup(a, (struct str){text, n});
	sodium_memzero(text, n);
	free(text);
	while (str_ends(words, S("=")))
		words.n--;
	out->secret = grouped(a, words, 4);
	out->uri = str_fmt(a, "otpauth://totp/byname:%.*s?secret=%.*s&issuer=byname", STR_ARG(c->actor.login),
			   STR_ARG(words));
	char hex[2 * SECRET_BYTES + 1];
	sodium_bin2hex(hex, sizeof hex, (const unsigned char *)secret.p, secret.n);
	out->ticket = ticket_make(c, OFFER, str_fmt(a, "%.*s %s", STR_ARG(c->actor.id), hex), OFFER_MS);
	return NULL;
}

err_t app_factor_offer(struct call *c, struct factor_offer *out)
{
	char *secret = arena_many(c->arena, SECRET_BYTES, char);
	random_bytes(secret, SECRET_BYTES);
	return offer(c, (struct str){secret, SECRET_BYTES}, out);
}

static err_t offered(struct call *c, struct str ticket, struct str *secret)
{
	struct arena *a = c->arena;
	struct str text;
	struct str user;
	struct str hex;
	unsigned char *bytes = arena_many(a, SECRET_BYTES, unsigned char);
	size_t n = 0;
	TRY(ticket_open(c, OFFER, ticket, &text));
	if (!str_cut(text, ' ', &user, &hex) || !str_eq(user, c->actor.id) ||
	    sodium_hex2bin(bytes, SECRET_BYTES, hex.p, hex.n, NULL, &n, NULL) != 0 || n != SECRET_BYTES)
		return err_new(a, ERR_INVALID, "This page was made for somebody else. Please begin again.");
	*secret = (struct str){(const char *)bytes, n};
	return NULL;
}

err_t app_factor_again(struct call *c, struct str ticket, struct factor_offer *out)
{
	struct str secret;
	TRY(offered(c, ticket, &secret));
	return offer(c, secret, out);
}

struct setting_up {
	struct call *call;
	struct str secret; /* empty: only new recovery codes */
	int64_t step;
	struct str *codes;
	struct q_user_by_id user;
	struct q_factor_of had;
	bool has;
	int64_t left;
};

static err_t load_own(struct db *db, struct arena *a, void *ctx)
{
	struct setting_up *w = ctx;
	struct str id = w->call->actor.id;
	struct q_recovery_left left;
	bool found;
	TRY(q_user_by_id(db, a, id, &w->user, &found));
	if (!found)
		return err_new(a, ERR_DENIED, "You are signed out. Please sign in again.");
	TRY(q_factor_of(db, a, id, &w->had, &found));
	w->has = found && w->had.secret.n > 0;
	TRY(q_recovery_left(db, a, id, &left, &found));
	w->left = found ? left.unused : 0;
	return NULL;
}

static err_t save_codes(struct setting_up *w, struct db *db, struct arena *a)
{
	struct call *c = w->call;
	TRY(q_recovery_clear(db, a, c->actor.id));
	w->codes = arena_many(c->arena, RECOVERY_CODES, struct str);
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		struct id id = id_new();
		struct str code = {id.s, RECOVERY_CHARS};
		TRY(q_recovery_add(db, a, c->actor.id, recovery_hash(c, c->actor.id, squeeze(a, code))));
		w->codes[i] = str_fmt(c->arena, "%.5s-%.5s", code.p, code.p + 5);
	}
	return NULL;
}

static err_t save(struct db *db, struct arena *a, void *ctx)
{
	struct setting_up *w = ctx;
	struct call *c = w->call;
	struct str id = c->actor.id;
	if (w->secret.n > 0)
		TRY(q_factor_put(db, a, id, seal_pii(a, c->app->keys, secret_place(id), pii_new(a, w->secret)), w->step,
				 c->now));
	TRY(save_codes(w, db, a));
	return app_record(c, db, a, w->secret.n > 0 ? "user.factor" : "user.recovery", "user", id, (struct str){0});
}

err_t app_factor_set(struct call *c, struct str ticket, struct str code, struct str password, struct str **codes)
{
	struct arena *a = c->arena;
	struct setting_up w = {.call = c};
	TRY(offered(c, ticket, &w.secret));
	TRY(db_run(c->db, a, DB_READ, load_own, &w));
	if (w.has)
		TRY(password_confirm(c, c->actor.id, w.user.password, password));
	code = squeeze(a, code);
	if (code.n != CODE_DIGITS || !code_step(w.secret, c->now, str_c(a, code), &w.step))
		return err_new(
			a, ERR_INVALID,
			"This code does not fit. Type the six digits that the program shows now; its clock and ours "
			"must agree to half a minute.");
	TRY(db_run(c->db, a, DB_WRITE, save, &w));
	*codes = w.codes;
	return NULL;
}

err_t app_factor_codes(struct call *c, struct str password, struct str **codes)
{
	struct setting_up w = {.call = c};
	TRY(db_run(c->db, c->arena, DB_READ, load_own, &w));
	if (!w.has)
		return err_new(c->arena, ERR_CONFLICT, "Recovery codes come with a second step; set one up first.");
	TRY(password_confirm(c, c->actor.id, w.user.password, password));
	TRY(db_run(c->db, c->arena, DB_WRITE, save, &w));
	*codes = w.codes;
	return NULL;
}

static err_t load_view(struct db *db, struct arena *a, void *ctx)
{
	struct setting_up *w = ctx;
	struct settings s;
	TRY(load_own(db, a, w));
	TRY(app_settings(db, a, &s));
	w->step = setting_has_role(s.second_factor, w->call->actor.role);
	return NULL;
}

err_t app_factor(struct call *c, struct factor_view *out)
{
	struct setting_up w = {.call = c};
	TRY(db_run(c->db, c->arena, DB_READ, load_view, &w));
	*out = (struct factor_view){
		.set = w.has, .since = w.had.set_at, .recovery_left = w.left, .required = w.step != 0};
	return NULL;
}

/* --- taking it away --- */

struct taking {
	struct call *call;
	struct str login;
};

static err_t take_away(struct db *db, struct arena *a, void *ctx)
{
	const struct taking *w = ctx;
	struct q_user_by_login user;
	bool found;
	int64_t changed;
	TRY(q_user_by_login(db, a, w->login, &user, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no account %.*s.", STR_ARG(w->login));
	TRY(q_factor_reset(db, a, user.id, w->call->now, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "%.*s has no second step.", STR_ARG(w->login));
	TRY(q_recovery_clear(db, a, user.id));
	TRY(q_session_end_all(db, a, user.id));
	return app_record(w->call, db, a, "user.factor-reset", "user", user.id, (struct str){0});
}

err_t app_factor_reset(struct call *c, struct str login)
{
	struct taking w = {.call = c};
	TRY(user_may_administer(c));
	TRY(user_login_clean(c->arena, login, &w.login));
	return db_run(c->db, c->arena, DB_WRITE, take_away, &w);
}
