#include "app/session.h"

#include "app/record.h"
#include "app/sign.h"
#include "app/user.h"
#include "store/q_session.h"
#include "store/q_user.h"

struct sessions {
	struct call *call;
	struct str hash; /* of the session that asks */
	struct str word; /* a session's id, or a sign-in name */
	struct q_sessions_of *rows;
	size_t n;
	int64_t ended;
};

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct sessions *w = ctx;
	return q_sessions_of(db, a, w->call->actor.id, &w->rows, &w->n);
}

err_t app_session_list(struct call *c, struct str token, struct session_row **out, size_t *n)
{
	struct sessions w = {.call = c, .hash = session_hash(c->arena, token)};
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	struct session_row *rows = arena_many(c->arena, w.n, struct session_row);
	size_t kept = 0;
	for (size_t i = 0; i < w.n; i++) {
		const struct q_sessions_of *row = &w.rows[i];
		bool here = str_eq(row->token_hash, w.hash);
		if (!here && (row->expires_at.ms <= c->now.ms || c->now.ms - row->seen_at.ms > SESSION_IDLE_MS))
			continue;
		rows[kept++] = (struct session_row){row->id, row->device, row->created_at, row->seen_at, here};
	}
	*out = rows;
	*n = kept;
	return NULL;
}

static err_t end_one(struct db *db, struct arena *a, void *ctx)
{
	struct sessions *w = ctx;
	struct str user_id = w->call->actor.id;
	TRY(q_session_end_one(db, a, w->word, user_id, &w->ended));
	if (w->ended == 0)
		return err_new(a, ERR_MISSING, "This session is over already.");
	return app_record(w->call, db, a, "user.session-end", "user", user_id, (struct str){0});
}

err_t app_session_end(struct call *c, struct str id)
{
	struct sessions w = {.call = c, .word = id};
	return db_run(c->db, c->arena, DB_WRITE, end_one, &w);
}

static err_t end_others(struct db *db, struct arena *a, void *ctx)
{
	struct sessions *w = ctx;
	struct str user_id = w->call->actor.id;
	TRY(q_session_end_others(db, a, user_id, w->hash, &w->ended));
	if (w->ended == 0)
		return NULL;
	return app_record(w->call, db, a, "user.session-end", "user", user_id,
			  str_fmt(a, "ended=%lld", (long long)w->ended));
}

err_t app_session_end_others(struct call *c, struct str token, int64_t *ended)
{
	struct sessions w = {.call = c, .hash = session_hash(c->arena, token)};
	TRY(db_run(c->db, c->arena, DB_WRITE, end_others, &w));
	*ended = w.ended;
	return NULL;
}

static err_t end_user(struct db *db, struct arena *a, void *ctx)
{
	struct sessions *w = ctx;
	struct q_user_by_login user;
	bool found;
	TRY(q_user_by_login(db, a, w->word, &user, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no account %.*s.", STR_ARG(w->word));
	TRY(q_session_end_all(db, a, user.id));
	return app_record(w->call, db, a, "user.session-end", "user", user.id, (struct str){0});
}

err_t app_session_end_user(struct call *c, struct str login)
{
	struct sessions w = {.call = c};
	TRY(user_may_administer(c));
	TRY(user_login_clean(c->arena, login, &w.word));
	return db_run(c->db, c->arena, DB_WRITE, end_user, &w);
}
