#include "app/key.h"

#include "app/record.h"
#include "store/q_setting.h"

struct work {
	struct call *call;
	int number;
	struct q_meta_get meta;
};

static err_t may_change_keys(struct call *c)
{
	return c->actor.kind == ACTOR_OPERATOR
		       ? NULL
		       : err_new(c->arena, ERR_DENIED, "Keys are changed on the machine itself, by its operator.");
}

static err_t read_meta(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	bool found;
	return q_meta_get(db, a, &w->meta, &found);
}

static err_t record(struct work *w, struct db *db, struct arena *a, const char *act)
{
	return app_record(w->call, db, a, act, "key", str_fmt(a, "%d", w->number), S(""));
}

static err_t begin(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	const struct keys *keys = w->call->app->keys;
	keys_seal_with(keys, w->number);
	TRY(q_key_seals(db, a, w->number, keys_check_value(a, keys, w->meta.instance_id)));
	return record(w, db, a, "key.begin");
}

static err_t end(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	TRY(q_key_least_set(db, a, w->number));
	return record(w, db, a, "key.end");
}

/* The key that is to seal: the database's own where a rotation to it was broken off, else one that waits in the file,
 * else a new one. */
static err_t next_key(struct work *w, bool *went_on)
{
	const struct keys *keys = w->call->app->keys;
	*went_on = w->meta.key_no > w->meta.key_least;
	w->number = *went_on ? (int)w->meta.key_no : keys_last(keys);
	return w->number > w->meta.key_least ? NULL : keys_add(w->call->arena, keys, &w->number);
}

err_t app_key_rotate(struct call *c, const struct reseal_progress *progress, struct key_rotation *out)
{
	struct work w = {.call = c};
	const struct keys *keys = c->app->keys;
	int64_t first = 0;
	int64_t late = 0;
	bool went_on;
	TRY(may_change_keys(c));
	TRY(db_run(c->db, c->arena, DB_READ, read_meta, &w));
	TRY(next_key(&w, &went_on));
	if (!went_on)
		TRY(db_run(c->db, c->arena, DB_WRITE, begin, &w));
	TRY(reseal_run(c->db, c->arena, keys, progress, &first));
	TRY(db_run(c->db, c->arena, DB_WRITE, end, &w));
	/* What was written with the old key up to that moment; nothing can be after it. */
	TRY(reseal_run(c->db, c->arena, keys, progress, &late));
	*out = (struct key_rotation){(int)w.meta.key_least, w.number, went_on, first + late};
	return NULL;
}

err_t app_key_prepare(struct call *c, int *number)
{
	struct work w = {.call = c};
	TRY(may_change_keys(c));
	TRY(db_run(c->db, c->arena, DB_READ, read_meta, &w));
	if (keys_last(c->app->keys) > w.meta.key_least)
		return err_new(c->arena, ERR_CONFLICT, "Key %d waits in the file already.", keys_last(c->app->keys));
	return keys_add(c->arena, c->app->keys, number);
}
