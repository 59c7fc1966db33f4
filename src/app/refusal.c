#include "app/refusal.h"

#include "app/record.h"
#include "store/q_journal.h"

enum { HOUR_MS = 60 * 60 * 1000 };

#define ACT "user.refused"

struct refusing {
	struct call *call;
	int status;
	int64_t before; /* in the last hour */
};

static err_t count(struct db *db, struct arena *a, void *ctx)
{
	struct refusing *w = ctx;
	struct q_journal_acts_since row;
	bool found;
	struct instant since = {w->call->now.ms - HOUR_MS};
	TRY(q_journal_acts_since(db, a, S("user"), w->call->actor.id, S(ACT), since, &row, &found));
	w->before = row.acts;
	return NULL;
}

static err_t record(struct db *db, struct arena *a, void *ctx)
{
	const struct refusing *w = ctx;
	return app_record(w->call, db, a, ACT, "user", w->call->actor.id,
			  str_fmt(a, "status=%d,route=%.*s", w->status, STR_ARG(w->call->route)));
}

err_t app_refused(struct call *c, int status)
{
	struct refusing w = {.call = c, .status = status};
	if (c->actor.kind != ACTOR_USER)
		return NULL;
	/* Read first: a writer would stand in the queue of those who work. */
	TRY(db_run(c->db, c->arena, DB_READ, count, &w));
	return w.before < REFUSALS_HOURLY ? db_run(c->db, c->arena, DB_WRITE, record, &w) : NULL;
}
