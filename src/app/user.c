#include "app/user.h"

#include <semaphore.h>
#include <sodium.h>
#include <string.h>

#include "app/conference.h"
#include "app/mou.h"
#include "app/record.h"
#include "base/id.h"
#include "store/q_agency.h"
#include "store/q_region.h"
#include "store/q_session.h"
#include "store/q_user.h"
#include "store/seal.h"

enum {
	LOGIN_MAX = 64,
	SEEN_STEP_MS = 60 * 1000,
	TRIES_LOGIN = 10,
	TRIES_ADDRESS = 30,
	WAIT_FIRST_MS = 60 * 1000,
	WAIT_MOST_MS = 60 * 60 * 1000,
	FORGET_MS = 24 * 60 * 60 * 1000,
	HASHES_AT_ONCE = 2,
};

/* Each hash takes 64 MiB, so only so many run at once; the others wait here. */
static sem_t hashing;

__attribute__((constructor)) static void hashing_init(void)
{
	sem_init(&hashing, 0, HASHES_AT_ONCE);
}

static void hashing_enter(void)
{
	while (sem_wait(&hashing) != 0)
		;
}

static err_t password_hash(struct arena *a, struct str password, struct str *out)
{
	char *text = arena_many(a, crypto_pwhash_STRBYTES, char);
	hashing_enter();
	int failed = crypto_pwhash_str(text, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
				       crypto_pwhash_MEMLIMIT_INTERACTIVE);
	sem_post(&hashing);
	if (failed != 0)
		return err_internal(a, "no memory to hash a password");
	*out = str_from(text);
	return NULL;
}

/* A hash that no password fits, so that an unknown name takes as long as a wrong password. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
			     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static bool password_fits(struct arena *a, struct str hash, struct str password)
{
	const char *text = hash.n > 0 ? str_c(a, hash) : nobody;
	hashing_enter();
	int wrong = crypto_pwhash_str_verify(text, password.p, password.n);
	sem_post(&hashing);
	return wrong == 0;
}

/* Four groups of five, easy to read over a telephone: 100 bits. */
static struct str password_once(struct arena *a)
{
	struct id id = id_new();
	return str_fmt(a, "%.5s-%.5s-%.5s-%.5s", id.s, id.s + 5, id.s + 10, id.s + 15);
}

static err_t password_check(struct arena *a, struct str password, struct str login)
{
	size_t length = str_utf8_len(password);
	if (length < PASSWORD_MIN)
		return err_new(a, ERR_INVALID,
			       "The password needs at least %d characters; three or four words do well.", PASSWORD_MIN);
	if (length > PASSWORD_MAX)
		return err_new(a, ERR_INVALID, "The password may have at most %d characters.", PASSWORD_MAX);
	if (str_eq_nocase(password, login))
		return err_new(a, ERR_INVALID, "The password must not be the sign-in name.");
	return NULL;
}

/* Lower case, and only what can be typed and told apart. */
static err_t login_clean(struct arena *a, struct str in, struct str *out)
{
	in = str_trim(in);
	char *p = arena_many(a, in.n, char);
	for (size_t i = 0; i < in.n; i++) {
		char c = in.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr(".-_@", c) != NULL;
		if (!fine || c == '\0')
			return err_new(a, ERR_INVALID, "A sign-in name has letters, digits and . - _ @ only.");
		p[i] = c;
	}
	if (in.n == 0 || in.n > LOGIN_MAX)
		return err_new(a, ERR_INVALID, "A sign-in name has 1 to %d characters.", LOGIN_MAX);
	*out = (struct str){p, in.n};
	return NULL;
}

static err_t may_administer(struct call *c)
{
	if (c->actor.kind == ACTOR_OPERATOR || (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_USERS)))
		return NULL;
	return err_new(c->arena, ERR_DENIED, "Only an administrator can change accounts.");
}

static err_t find_agency(struct db *db, struct arena *a, struct str word, struct str *id)
{
	struct q_agency_by_id by_id;
	struct q_agency_by_name by_name;
	bool found;
	TRY(q_agency_by_id(db, a, word, &by_id, &found));
	if (found) {
		*id = word;
		return NULL;
	}
	TRY(q_agency_by_name(db, a, word, &by_name, &found));
	if (!found)
		return err_new(a, ERR_MISSING,
			       "There is no agency \"%.*s\"; write its name as the list of agencies does.",
			       STR_ARG(word));
	*id = by_name.id;
	return NULL;
}

err_t app_region_find(struct db *db, struct arena *a, struct str word, struct str *id)
{
	struct q_regions *regions;
	size_t n;
	int64_t number = -1;
	bool is_number = str_to_i64(word, &number);
	TRY(q_regions(db, a, &regions, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(regions[i].id, word) || str_eq_nocase(regions[i].name, word) ||
		    (is_number && regions[i].number == number)) {
			*id = regions[i].id;
			return NULL;
		}
	}
	return err_new(a, ERR_MISSING, "There is no region \"%.*s\"; give its number or its name.", STR_ARG(word));
}

struct adding {
	struct call *call;
	const struct user_new *in;
	struct q_user_add_in row;
};

static err_t add_user(struct db *db, struct arena *a, void *ctx)
{
	struct adding *w = ctx;
	struct q_user_by_login taken;
	bool found;
	TRY(q_user_by_login(db, a, w->row.login, &taken, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "The sign-in name %.*s is taken.", STR_ARG(w->row.login));
	if (w->in->agency.n > 0)
		TRY(find_agency(db, a, w->in->agency, &w->row.agency_id));
	if (w->in->region.n > 0)
		TRY(app_region_find(db, a, w->in->region, &w->row.region_id));
	TRY(q_user_add(db, a, &w->row));
	return app_record(w->call, db, a, "user.add", "user", w->row.id, str_fmt(a, "role=%.*s", STR_ARG(w->row.role)));
}

err_t app_user_add(struct call *c, const struct user_new *u, struct str *password)
{
	struct arena *a = c->arena;
	TRY(may_administer(c));
	struct str login;
	TRY(login_clean(a, u->login, &login));
	struct str name = str_trim(u->name);
	if (name.n == 0 || name.n > 200 || !str_is_clean_text(name))
		return err_new(a, ERR_INVALID, "The name of the person is missing, or is longer than 200 characters.");
	if (u->role == ROLE_LIST_HOLDER && u->region.n == 0)
		return err_new(a, ERR_INVALID, "A list holder needs a region.");
	bool of_agency = u->role == ROLE_PROVIDER || u->role == ROLE_LEAD;
	if (of_agency && u->agency.n == 0)
		return err_new(a, ERR_INVALID, "This role needs an agency.");
	struct str once = u->chosen.n > 0 ? u->chosen : password_once(a);
	struct str hash;
	TRY(password_hash(a, once, &hash));
	struct id id = id_new();
	struct adding w = {
		.call = c,
		.in = u,
		.row = {.id = str_dup(a, id_str(&id)),
			.login = login,
			.name = name,
			.role = str_from(role_word(u->role)),
			.password = hash,
			.must_change = u->chosen.n == 0,
			.now = c->now},
	};
	TRY(db_run(c->db, a, DB_WRITE, add_user, &w));
	*password = once;
	return NULL;
}

struct resetting {
	struct call *call;
	struct str login;
	struct str hash; /* empty: close the account */
};

static err_t reset_user(struct db *db, struct arena *a, void *ctx)
{
	struct resetting *w = ctx;
	struct q_user_by_login user;
	bool found;
	int64_t changed;
	TRY(q_user_by_login(db, a, w->login, &user, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no account %.*s.", STR_ARG(w->login));
	TRY(q_session_end_all(db, a, user.id));
	if (w->hash.n == 0) {
		TRY(q_user_set_disabled(db, a, user.id, w->call->now, &changed));
		return app_record(w->call, db, a, "user.disable", "user", user.id, (struct str){0});
	}
	TRY(q_user_set_password(db, a, user.id, w->hash, true, &changed));
	return app_record(w->call, db, a, "user.reset", "user", user.id, (struct str){0});
}

err_t app_user_reset(struct call *c, struct str login, struct str *password)
{
	TRY(may_administer(c));
	struct str once = password_once(c->arena);
	struct resetting w = {.call = c};
	TRY(login_clean(c->arena, login, &w.login));
	TRY(password_hash(c->arena, once, &w.hash));
	TRY(db_run(c->db, c->arena, DB_WRITE, reset_user, &w));
	*password = once;
	return NULL;
}

err_t app_user_disable(struct call *c, struct str login)
{
	TRY(may_administer(c));
	struct resetting w = {.call = c};
	TRY(login_clean(c->arena, login, &w.login));
	return db_run(c->db, c->arena, DB_WRITE, reset_user, &w);
}

static err_t list_users(struct db *db, struct arena *a, void *ctx)
{
	struct user_list_view *out = ctx;
	struct q_users *users;
	struct q_agencies *agencies;
	struct q_regions *regions;
	size_t n;
	size_t agencies_n;
	size_t regions_n;
	TRY(q_users(db, a, &users, &n));
	TRY(q_agencies(db, a, &agencies, &agencies_n));
	TRY(q_regions(db, a, &regions, &regions_n));
	out->users = arena_many(a, n, struct user_row);
	out->users_n = n;
	for (size_t i = 0; i < n; i++) {
		struct user_row *row = &out->users[i];
		enum role role;
		*row = (struct user_row){
			.id = users[i].id,
			.login = users[i].login,
			.name = users[i].name,
			.role = role_from_word(str_c(a, users[i].role), &role) ? str_from(role_say(role))
									       : users[i].role,
			.disabled = instant_known(users[i].disabled_at),
		};
		for (size_t k = 0; k < agencies_n; k++)
			if (str_eq(agencies[k].id, users[i].agency_id))
				row->agency = agencies[k].name;
		for (size_t k = 0; k < regions_n; k++)
			if (str_eq(regions[k].id, users[i].region_id))
				row->region = regions[k].name;
	}
	return NULL;
}

err_t app_user_list(struct call *c, struct user_list_view *out)
{
	struct user_list_view view = {0};
	TRY(may_administer(c));
	TRY(db_run(c->db, c->arena, DB_READ, list_users, &view));
	*out = view;
	return NULL;
}

static struct str token_hash(struct arena *a, struct str token)
{
	char *out = arena_many(a, crypto_generichash_BYTES, char);
	crypto_generichash((unsigned char *)out, crypto_generichash_BYTES, (const unsigned char *)token.p, token.n,
			   NULL, 0);
	return (struct str){out, crypto_generichash_BYTES};
}

#define NOT_RIGHT "The name or the password is not right."

/* One look at both brakes and at the account, before any hashing. */
struct knocking {
	struct call *call;
	struct str login;
	struct str key_login;
	struct str key_address;
	int64_t failures_login;
	int64_t failures_address;
	struct instant until;
	struct q_user_by_login user;
	bool found;
	struct str token;
};

/* Failures are forgotten a day after the last wait was over: an office has one address, and its slips
 * of years must not add up. */
static err_t look_at_brake(const struct knocking *w, struct db *db, struct arena *a, struct str key, int64_t *failures,
			   struct instant *until)
{
	struct q_login_brake_get brake;
	bool found;
	TRY(q_login_brake_get(db, a, key, &brake, &found));
	bool counts = found && w->call->now.ms - brake.until.ms < FORGET_MS;
	*failures = counts ? brake.failures : 0;
	*until = counts ? brake.until : (struct instant){0};
	return NULL;
}

static err_t look_at_brakes(struct knocking *w, struct db *db, struct arena *a)
{
	struct instant login;
	struct instant address;
	TRY(look_at_brake(w, db, a, w->key_login, &w->failures_login, &login));
	TRY(look_at_brake(w, db, a, w->key_address, &w->failures_address, &address));
	w->until = login.ms > address.ms ? login : address;
	return NULL;
}

static err_t knock(struct db *db, struct arena *a, void *ctx)
{
	struct knocking *w = ctx;
	TRY(look_at_brakes(w, db, a));
	return q_user_by_login(db, a, w->login, &w->user, &w->found);
}

/* How long the door stays closed after the n-th failure; it doubles with each one past the limit. */
static int64_t wait_ms(int64_t failures, int64_t limit)
{
	if (failures < limit)
		return 0;
	int64_t past = failures - limit;
	return past >= 6 ? WAIT_MOST_MS : (int64_t)WAIT_FIRST_MS << past;
}

static err_t refuse(struct db *db, struct arena *a, void *ctx)
{
	struct knocking *w = ctx;
	int64_t now = w->call->now.ms;
	TRY(look_at_brakes(w, db, a)); /* others have guessed while this password was hashed */
	int64_t by_login = w->failures_login + 1;
	int64_t by_address = w->failures_address + 1;
	TRY(q_login_brake_put(db, a, w->key_login, by_login, (struct instant){now + wait_ms(by_login, TRIES_LOGIN)}));
	return q_login_brake_put(db, a, w->key_address, by_address,
				 (struct instant){now + wait_ms(by_address, TRIES_ADDRESS)});
}

static err_t admit(struct db *db, struct arena *a, void *ctx)
{
	struct knocking *w = ctx;
	struct q_user_by_login user;
	bool found;
	/* The account may have been reset or closed while its password was hashed. */
	TRY(q_user_by_login(db, a, w->login, &user, &found));
	if (!found || instant_known(user.disabled_at) || !str_eq(user.password, w->user.password))
		return err_new(a, ERR_DENIED, NOT_RIGHT);
	TRY(q_login_brake_clear(db, a, w->key_login));
	TRY(q_session_sweep(db, a, w->call->now));
	struct instant expires = {w->call->now.ms + SESSION_MOST_MS};
	TRY(q_session_add(db, a, token_hash(a, w->token), w->user.id, w->call->now, expires));
	struct call *c = w->call;
	c->actor = (struct actor){.kind = ACTOR_USER, .id = w->user.id};
	return app_record(c, db, a, "user.sign-in", "user", w->user.id, (struct str){0});
}

err_t app_sign_in(struct call *c, struct str login, struct str password, struct str address, struct str *token)
{
	struct arena *a = c->arena;
	struct knocking w = {.call = c};
	if (login_clean(a, login, &w.login) != NULL)
		w.login = S("-"); /* a name nobody can have: refused like any other wrong one */
	w.key_login = blind_text(a, c->app->keys, BLIND_LOGIN, str_fmt(a, "login:%.*s", STR_ARG(w.login)));
	w.key_address = blind_text(a, c->app->keys, BLIND_LOGIN, str_fmt(a, "address:%.*s", STR_ARG(address)));
	TRY(db_run(c->db, a, DB_READ, knock, &w));
	if (w.until.ms > c->now.ms)
		return err_new(a, ERR_RETRY, "Too many wrong passwords. Please wait %lld minutes, then try again.",
			       (long long)((w.until.ms - c->now.ms) / 60000 + 1));
	bool open = w.found && !instant_known(w.user.disabled_at);
	bool fits = password_fits(a, open ? w.user.password : (struct str){0}, str_sub(password, 0, 4 * PASSWORD_MAX));
	if (!open || !fits) {
		TRY(db_run(c->db, a, DB_BESIDE, refuse, &w));
		return err_new(a, ERR_DENIED, NOT_RIGHT);
	}
	w.token = random_token(a, 32);
	TRY(db_run(c->db, a, DB_WRITE, admit, &w));
	*token = w.token;
	return NULL;
}

struct signing_out {
	struct call *call;
	struct str hash;
};

static err_t sign_out(struct db *db, struct arena *a, void *ctx)
{
	const struct signing_out *w = ctx;
	int64_t ended;
	TRY(q_session_end(db, a, w->hash, &ended));
	if (ended == 0)
		return NULL; /* pressed twice, or over by itself */
	return app_record(w->call, db, a, "user.sign-out", "user", w->call->actor.id, (struct str){0});
}

err_t app_sign_out(struct call *c, struct str token)
{
	struct signing_out w = {c, token_hash(c->arena, token)};
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
	struct actor actor = {.id = w->row.user_id, .agency_id = w->row.agency_id};
	TRY(mou_cover(w->call, db, a, &actor));
	w->cover = actor.cover;
	return NULL;
}

static err_t mark_seen(struct db *db, struct arena *a, void *ctx)
{
	struct session_look *w = ctx;
	return q_session_seen(db, a, w->hash, w->now);
}

err_t app_session_actor(struct call *c, struct str token, bool keep_awake, struct actor *out, bool *found)
{
	struct arena *a = c->arena;
	struct session_look w = {.call = c, .hash = token_hash(a, token), .now = c->now};
	TRY(db_run(c->db, a, DB_READ, look, &w));
	*found = false;
	enum role role;
	if (!w.found || instant_known(w.row.disabled_at) || w.row.expires_at.ms <= c->now.ms ||
	    !role_from_word(str_c(a, w.row.role), &role))
		return NULL;
	if (c->now.ms - w.row.seen_at.ms > SESSION_IDLE_MS) {
		bool live = false;
		if (keep_awake)
			TRY(app_conference_live_for(c, w.row.user_id, &live));
		if (!live)
			return NULL;
	}
	if (c->now.ms - w.row.seen_at.ms > SEEN_STEP_MS)
		TRY(db_run(c->db, a, DB_BESIDE, mark_seen, &w));
	*out = (struct actor){
		.kind = ACTOR_USER,
		.id = w.row.user_id,
		.name = w.row.name,
		.role = w.row.agency_is_lead ? ROLE_LEAD : role,
		.agency_id = w.row.agency_id,
		.agency_name = w.row.agency_name,
		.region_id = w.row.region_id,
		.cover = w.cover,
		.must_change = w.row.must_change,
	};
	*found = true;
	return NULL;
}

#define SIGNED_OUT "You are signed out. Please sign in again."

struct changing {
	struct call *call;
	struct str user_id;
	struct str keep; /* hash of the session that goes on */
	struct str hash;
	struct q_session_by_token session;
	struct q_user_by_id user;
	bool found;
};

static err_t load_own(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	TRY(q_session_by_token(db, a, w->keep, &w->session, &w->found));
	if (w->found)
		TRY(q_user_by_id(db, a, w->session.user_id, &w->user, &w->found));
	return NULL;
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
	/* Everywhere else the account is signed out; this session goes on under its own token. */
	TRY(q_session_end_all(db, a, w->session.user_id));
	TRY(q_session_add(db, a, w->keep, w->session.user_id, w->call->now, w->session.expires_at));
	return app_record(w->call, db, a, "user.password", "user", w->session.user_id, (struct str){0});
}

err_t app_password_change(struct call *c, struct str token, struct str old_password, struct str new_password)
{
	struct arena *a = c->arena;
	struct changing w = {.call = c, .keep = token_hash(a, token)};
	TRY(db_run(c->db, a, DB_READ, load_own, &w));
	if (!w.found)
		return err_new(a, ERR_DENIED, SIGNED_OUT);
	if (!password_fits(a, w.user.password, old_password))
		return err_new(a, ERR_DENIED, "The old password is not right.");
	if (str_eq(old_password, new_password))
		return err_new(a, ERR_INVALID, "The new password is the old one.");
	TRY(password_check(a, new_password, w.user.login));
	TRY(password_hash(a, new_password, &w.hash));
	return db_run(c->db, a, DB_WRITE, save_own, &w);
}
