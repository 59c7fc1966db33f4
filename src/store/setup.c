#include "store/setup.h"

#include "base/id.h"
#include "store/journal.h"
#include "store/migrate.h"
#include "store/q_setting.h"

struct identity {
	const struct keys *keys;
	struct instant now;
};

static err_t write_identity(struct db *db, struct arena *a, void *ctx)
{
	const struct identity *identity = ctx;
	struct q_meta_get meta;
	bool found;
	TRY(q_meta_get(db, a, &meta, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "This database is set up already.");
	struct id id = id_new();
	TRY(q_meta_put(db, a, id_str(&id), keys_check_value(a, identity->keys, id_str(&id)), keys_now(identity->keys),
		       identity->now));
	return journal_create(db, a);
}

err_t store_setup(struct db *db, struct arena *a, const struct keys *keys, struct instant now)
{
	int64_t taken;
	TRY(store_migrate(db, a, now, &taken));
	return db_run(db, a, DB_BESIDE, write_identity, &(struct identity){keys, now});
}

static err_t fit(struct db *db, struct arena *a, void *ctx)
{
	return keys_fit(db, a, *(const struct keys **)ctx);
}

err_t store_ready(struct db *db, struct arena *a, const struct keys *keys)
{
	TRY(store_check(db, a));
	return db_run(db, a, DB_READ, fit, &keys);
}
