/* Sending what waits, once; addresses, and what became of it. */
#include "app/outbox_inside.h"
#include "app/record.h"
#include "app/user.h"
#include "store/q_outbox.h"
#include "store/q_user.h"

enum {
	MINUTE_MS = 60 * 1000,
	WAIT_MOST_MS = 6 * 60 * MINUTE_MS,
	LOST_MS = 10 * MINUTE_MS, /* longer than any conversation with a mail server */
};

struct sending {
	struct call *call;
	struct mail_way way;
	struct q_outbox_next row;
	bool found;
	struct str to, message; /* empty: `why` not */
	const char *state;
	struct instant next_at;
	struct str why;
};

/* Marks the next one as being sent, and writes what it says. */
static err_t begin(struct db *db, struct arena *a, void *ctx)
{
	struct sending *w = ctx;
	struct call *c = w->call;
	struct instant lost = {c->now.ms - LOST_MS};
	int64_t changed;
	TRY(q_outbox_lost(db, a, lost, S("The program ended while it was being sent."), &changed));
	TRY(q_outbox_next(db, a, c->now, &w->row, &w->found));
	if (!w->found)
		return NULL;
	TRY(q_outbox_begin(db, a, w->row.id, c->now, &changed));
	const struct mail_job job = {w->row.id,      w->row.kind,    w->row.about,
				     w->row.version, w->row.user_id, w->row.made_at};
	return mail_write(c, db, a, &w->way, &job, &w->to, &w->message, &w->why);
}

static err_t settle(struct db *db, struct arena *a, void *ctx)
{
	const struct sending *w = ctx;
	int64_t changed;
	TRY(q_outbox_settle(db, a, w->row.id, str_from(w->state), w->next_at, w->why, &changed));
	return app_record(w->call, db, a, "mail.send", "mail", w->row.id, str_fmt(a, "state=%s", w->state));
}

/* One more minute, then four, sixteen … */
static struct instant later(struct instant now, int64_t tries)
{
	int64_t wait = MINUTE_MS;
	for (int64_t i = 0; i < tries && wait < WAIT_MOST_MS; i++)
		wait *= 4;
	return (struct instant){now.ms + (wait < WAIT_MOST_MS ? wait : WAIT_MOST_MS)};
}

static void judge(struct sending *w, err_t e)
{
	struct call *c = w->call;
	bool again = e != NULL && e->class == ERR_RETRY && w->row.tries + 1 < OUTBOX_TRIES;
	w->next_at = c->now;
	w->why = e == NULL ? (struct str){0} : str_dup(c->arena, e->say);
	w->state = e == NULL ? "sent" : e->class == ERR_CONFLICT ? "unsure" : again ? "waiting" : "refused";
	if (again)
		w->next_at = later(c->now, w->row.tries);
}

static err_t send_one(struct sending *w)
{
	struct call *c = w->call;
	w->why = w->to = w->message = (struct str){0};
	TRY(db_run(c->db, c->arena, DB_WRITE, begin, w));
	if (!w->found)
		return NULL;
	err_t e = w->message.n == 0 ? err_new(c->arena, ERR_INVALID, "%.*s", STR_ARG(w->why))
				    : mail_send(c->arena, &w->way.server, w->way.from, w->to, w->message);
	judge(w, e);
	return db_run(c->db, c->arena, DB_WRITE, settle, w);
}

err_t app_outbox_send(struct call *c, int most, int *sent)
{
	struct sending w = {.call = c};
	*sent = 0;
	TRY(mail_way(c, &w.way));
	if (w.way.server.host.n == 0)
		return NULL;
	for (int i = 0; i < most; i++) {
		TRY(send_one(&w));
		if (!w.found)
			return NULL;
		*sent += str_eq(str_from(w.state), S("sent"));
	}
	return NULL;
}

/* --- for who looks after it --- */

struct addressing {
	struct call *call;
	struct str login, address;
};

static err_t set_address(struct db *db, struct arena *a, void *ctx)
{
	const struct addressing *w = ctx;
	struct str id = w->call->actor.id;
	if (w->login.n > 0) {
		struct q_user_by_login user;
		bool found;
		TRY(q_user_by_login(db, a, w->login, &user, &found));
		if (!found)
			return err_new(a, ERR_MISSING, "There is no account %.*s.", STR_ARG(w->login));
		id = user.id;
	}
	if (w->address.n == 0)
		TRY(q_mail_address_clear(db, a, id));
	else
		TRY(q_mail_address_put(db, a, id, w->address, w->call->now));
	return app_record(w->call, db, a, "user.mail", "user", id, S(""));
}

err_t app_mail_address(struct call *c, struct str login, struct str address)
{
	struct addressing w = {c, login, address};
	if (login.n > 0 || c->actor.kind != ACTOR_USER)
		TRY(user_may_administer(c));
	if (address.n > 0 && !mail_address_valid(address))
		return err_new(c->arena, ERR_INVALID, "%.*s is no mail address: write it as name@host.",
			       STR_ARG(address));
	return db_run(c->db, c->arena, DB_WRITE, set_address, &w);
}

static err_t read_own(struct db *db, struct arena *a, void *ctx)
{
	struct addressing *w = ctx;
	struct q_mail_address_of row;
	bool found;
	TRY(q_mail_address_of(db, a, w->call->actor.id, &row, &found));
	if (found)
		w->address = row.address;
	return NULL;
}

err_t app_mail_own(struct call *c, struct str *address)
{
	struct addressing w = {.call = c};
	TRY(db_run(c->db, c->arena, DB_READ, read_own, &w));
	*address = w.address;
	return NULL;
}

struct looking {
	struct outbox_row *rows;
	size_t n;
};

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	struct q_outbox_list *rows;
	TRY(q_outbox_list(db, a, OUTBOX_ROWS, &rows, &w->n));
	w->rows = arena_many(a, w->n, struct outbox_row);
	for (size_t i = 0; i < w->n; i++)
		w->rows[i] = (struct outbox_row){rows[i].id,   rows[i].kind,    rows[i].login, rows[i].state,
						 rows[i].said, rows[i].made_at, rows[i].tries};
	return NULL;
}

err_t app_outbox_list(struct call *c, struct outbox_row **out, size_t *n)
{
	struct looking w;
	TRY(user_may_administer(c));
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.rows;
	*n = w.n;
	return NULL;
}
