#include "app/brake.h"

#include "store/q_user.h"
#include "store/seal.h"

enum {
	WAIT_FIRST_MS = 60 * 1000,
	WAIT_MOST_MS = 60 * 60 * 1000,
	FORGET_MS = 24 * 60 * 60 * 1000,
};

struct braking {
	struct instant now;
	const struct brake *brakes;
	size_t n;
	struct instant until; /* the latest */
};

struct brake brake_on(struct call *c, const char *what, struct str word, int64_t limit)
{
	struct str text = str_fmt(c->arena, "%s:%.*s", what, STR_ARG(word));
	return (struct brake){blind_text(c->arena, c->app->keys, BLIND_LOGIN, text), limit};
}

static err_t failures_of(struct db *db, struct arena *a, struct instant now, const struct brake *b, int64_t *failures,
			 struct instant *until)
{
	struct q_login_brake_get brake;
	bool found;
	TRY(q_login_brake_get(db, a, b->key, &brake, &found));
	bool counts = found && now.ms - brake.until.ms < FORGET_MS;
	*failures = counts ? brake.failures : 0;
	*until = counts ? brake.until : (struct instant){0};
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct braking *w = ctx;
	w->until = (struct instant){0};
	for (size_t i = 0; i < w->n; i++) {
		int64_t failures;
		struct instant until;
		TRY(failures_of(db, a, w->now, &w->brakes[i], &failures, &until));
		if (until.ms > w->until.ms)
			w->until = until;
	}
	return NULL;
}

err_t brake_check(struct call *c, const struct brake *brakes, size_t n)
{
	struct braking w = {c->now, brakes, n, {0}};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	if (w.until.ms <= c->now.ms)
		return NULL;
	return err_new(c->arena, ERR_RETRY, "Too many wrong tries. Please wait %lld minutes, then try again.",
		       (long long)((w.until.ms - c->now.ms) / 60000 + 1));
}

/* How long the door stays closed after the n-th failure; it doubles with each one past the limit. */
static int64_t wait_ms(int64_t failures, int64_t limit)
{
	if (failures < limit)
		return 0;
	int64_t past = failures - limit;
	return past >= 6 ? WAIT_MOST_MS : (int64_t)WAIT_FIRST_MS << past;
}

static err_t fail(struct db *db, struct arena *a, void *ctx)
{
	const struct braking *w = ctx;
	for (size_t i = 0; i < w->n; i++) {
		const struct brake *b = &w->brakes[i];
		int64_t failures;
		struct instant until;
		/* Others have guessed meanwhile: what counts is what stands there now. */
		TRY(failures_of(db, a, w->now, b, &failures, &until));
		failures++;
		TRY(q_login_brake_put(db, a, b->key, failures,
				      (struct instant){w->now.ms + wait_ms(failures, b->limit)}));
	}
	return NULL;
}

err_t brake_fail(struct call *c, const struct brake *brakes, size_t n)
{
	struct braking w = {c->now, brakes, n, {0}};
	return db_run(c->db, c->arena, DB_BESIDE, fail, &w);
}

err_t brake_release(struct db *db, struct arena *a, const struct brake *b)
{
	return q_login_brake_clear(db, a, b->key);
}
