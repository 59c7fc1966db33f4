#include "app/invite.h"

#include "app/password.h"
#include "app/record.h"
#include "base/id.h"
#include "store/q_invitation.h"
#include "store/q_user.h"
#include "store/seal.h"

#define NOT_GOOD                                                                                                       \
	"This invitation is not known, was used or taken back, or is older than a week. Ask whoever invited you for "  \
	"a new one."

/* Hyphens and case are for reading. */
static struct str code_hash(struct call *c, struct str code)
{
	char *p = arena_many(c->arena, code.n, char);
	size_t n = 0;
	for (size_t i = 0; i < code.n; i++) {
		char ch = code.p[i];
		if (ch != '-' && ch != ' ')
			p[n++] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
	}
	return blind_text(c->arena, c->app->keys, BLIND_RECOVERY, str_fmt(c->arena, "invitation:%.*s", (int)n, p));
}

struct inviting {
	struct call *call;
	const struct user_new *in;
	struct q_invitation_add_in row;
};

static err_t end_waiting(struct call *c, struct db *db, struct arena *a, struct str login, bool *found)
{
	struct q_invitation_by_login old;
	int64_t changed;
	TRY(q_invitation_by_login(db, a, login, &old, found));
	if (!*found)
		return NULL;
	TRY(q_invitation_end(db, a, old.id, c->now, &changed));
	return app_record(c, db, a, "user.invite-end", "invitation", old.id, (struct str){0});
}

static err_t add(struct db *db, struct arena *a, void *ctx)
{
	struct inviting *w = ctx;
	bool found;
	TRY(user_place(db, a, w->in, w->row.login, &w->row.agency_id, &w->row.region_id));
	TRY(end_waiting(w->call, db, a, w->row.login, &found));
	TRY(q_invitation_add(db, a, &w->row));
	return app_record(w->call, db, a, "user.invite", "invitation", w->row.id,
			  str_fmt(a, "role=%.*s", STR_ARG(w->row.role)));
}

err_t app_invite(struct call *c, const struct user_new *u, struct str *code)
{
	struct str login;
	TRY(user_may_administer(c));
	TRY(user_check(c->arena, u, &login));
	struct str fresh = password_once(c->arena);
	struct id id = id_new();
	struct inviting w = {
		.call = c,
		.in = u,
		.row = {.id = str_dup(c->arena, id_str(&id)),
			.code_hash = code_hash(c, fresh),
			.login = login,
			.name = str_trim(u->name),
			.role = str_from(role_word(u->role)),
			.now = c->now,
			.expires_at = {c->now.ms + INVITATION_DAYS * 24LL * 60 * 60 * 1000}},
	};
	TRY(db_run(c->db, c->arena, DB_WRITE, add, &w));
	*code = fresh;
	return NULL;
}

struct withdrawing {
	struct call *call;
	struct str login;
};

static err_t withdraw(struct db *db, struct arena *a, void *ctx)
{
	const struct withdrawing *w = ctx;
	bool found;
	TRY(end_waiting(w->call, db, a, w->login, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "No invitation of %.*s waits.", STR_ARG(w->login));
	return NULL;
}

err_t app_invite_withdraw(struct call *c, struct str login)
{
	struct withdrawing w = {.call = c};
	TRY(user_may_administer(c));
	TRY(user_login_clean(c->arena, login, &w.login));
	return db_run(c->db, c->arena, DB_WRITE, withdraw, &w);
}

struct listing_them {
	struct instant now;
	struct q_invitations *rows;
	size_t n;
};

static err_t load_all(struct db *db, struct arena *a, void *ctx)
{
	struct listing_them *w = ctx;
	return q_invitations(db, a, w->now, &w->rows, &w->n);
}

static struct str role_words(struct arena *a, struct str word)
{
	enum role role;
	return role_from_word(str_c(a, word), &role) ? str_from(role_say(role)) : word;
}

err_t app_invitations(struct call *c, struct invitation **out, size_t *n)
{
	struct listing_them w = {.now = c->now};
	TRY(user_may_administer(c));
	TRY(db_run(c->db, c->arena, DB_READ, load_all, &w));
	*out = arena_many(c->arena, w.n, struct invitation);
	*n = w.n;
	for (size_t i = 0; i < w.n; i++) {
		const struct q_invitations *row = &w.rows[i];
		(*out)[i] = (struct invitation){row->login,  row->name,   role_words(c->arena, row->role),
						row->agency, row->region, row->expires_at};
	}
	return NULL;
}

struct taking {
	struct call *call;
	struct str hash;
	struct q_invitation_by_code row;
	struct q_user_add_in user;
};

static err_t load_one(struct db *db, struct arena *a, void *ctx)
{
	struct taking *w = ctx;
	bool found;
	TRY(q_invitation_by_code(db, a, w->hash, &w->row, &found));
	if (!found || instant_known(w->row.ended_at) || w->row.expires_at.ms <= w->call->now.ms)
		return err_new(a, ERR_MISSING, NOT_GOOD);
	return NULL;
}

err_t app_invitation(struct call *c, struct str code, struct invitation *out)
{
	struct taking w = {.call = c, .hash = code_hash(c, code)};
	TRY(db_run(c->db, c->arena, DB_READ, load_one, &w));
	*out = (struct invitation){w.row.login,  w.row.name,   role_words(c->arena, w.row.role),
				   w.row.agency, w.row.region, w.row.expires_at};
	return NULL;
}

static err_t take(struct db *db, struct arena *a, void *ctx)
{
	struct taking *w = ctx;
	struct call *c = w->call;
	struct q_user_by_login taken;
	bool found;
	int64_t changed;
	TRY(load_one(db, a, w)); /* pressed twice */
	TRY(q_user_by_login(db, a, w->row.login, &taken, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "The sign-in name %.*s is taken.", STR_ARG(w->row.login));
	TRY(q_invitation_end(db, a, w->row.id, c->now, &changed));
	TRY(q_user_add(db, a, &w->user));
	c->actor = (struct actor){.kind = ACTOR_USER, .id = w->user.id};
	return app_record(c, db, a, "user.join", "user", w->user.id, str_fmt(a, "invitation=%.*s", STR_ARG(w->row.id)));
}

err_t app_invitation_take(struct call *c, struct str code, struct str password)
{
	struct arena *a = c->arena;
	struct taking w = {.call = c, .hash = code_hash(c, code)};
	TRY(db_run(c->db, a, DB_READ, load_one, &w));
	struct str own[] = {w.row.login, w.row.name, w.row.agency, w.row.region, S("byname")};
	TRY(password_check(a, password, own, sizeof own / sizeof *own));
	struct id id = id_new();
	w.user = (struct q_user_add_in){
		.id = str_dup(a, id_str(&id)),
		.login = w.row.login,
		.name = w.row.name,
		.agency_id = w.row.agency_id,
		.region_id = w.row.region_id,
		.role = w.row.role,
		.now = c->now,
	};
	TRY(password_hash(a, password, &w.user.password));
	return db_run(c->db, a, DB_WRITE, take, &w);
}
