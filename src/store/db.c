#include "store/db_impl.h"

#include <stdlib.h>
#include <time.h>

#include "base/id.h"
#include "base/log.h"

enum { RUN_TRIES = 5, RUN_PAUSE_MS = 10 };

err_t db_open(struct arena *a, struct str where, enum db_open how, struct db **out)
{
	if (str_starts(where, S("postgresql://")) || str_starts(where, S("postgres://")))
		return pg_open(a, where, out);
	return sqlite_open_folder(a, where, how, out);
}

void db_close(struct db **pdb)
{
	struct db *db = *pdb;
	if (db == NULL)
		return;
	db_rollback(db);
	db_forget_prepared(db);
	db->engine->close(db);
	free(db->where);
	free(db);
	*pdb = NULL;
}

enum db_engine db_engine(const struct db *db)
{
	return db->engine->name;
}

bool db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}

bool db_reads_only(const struct db *db)
{
	return db->in_transaction && db->mode == DB_READ;
}

err_t db_begin(struct db *db, struct arena *a, enum db_mode mode)
{
	if (db->in_transaction)
		return err_internal(a, "a transaction inside a transaction");
	bool gated = db->gate != NULL && mode != DB_READ;
	if (gated && !gate_enter(db->gate, DB_WAIT_MS))
		return err_new(a, ERR_RETRY, "Others are saving just now. Please try again in a moment.");
	err_t e = db->engine->begin(db, a, mode);
	if (e != NULL) {
		if (gated)
			gate_leave(db->gate);
		return e;
	}
	db->mode = mode;
	db->in_transaction = true;
	db->transaction++;
	db->failed = false;
	db->commit_unknown = false;
	db->key_least = 0;
	return NULL;
}

static void end(struct db *db)
{
	db->engine->ended(db);
	for (int i = 0; i < PREPARED_BUCKETS; i++)
		for (struct prepared *p = db->prepared[i]; p != NULL; p = p->next)
			p->busy = false;
	db->in_transaction = false;
	db->bulk_open = false;
	if (db->gate != NULL && db->mode != DB_READ)
		gate_leave(db->gate);
}

uint32_t db_serve(struct db *db, uint32_t roles)
{
	uint32_t was = db->serves;
	db->serves = roles;
	return was;
}

void db_rollback(struct db *db)
{
	if (!db->in_transaction)
		return;
	db->engine->rollback(db);
	end(db);
}

err_t db_commit(struct db *db, struct arena *a)
{
	if (!db->in_transaction)
		return err_internal(a, "a commit outside a transaction");
	err_t e = NULL;
	if (db->failed)
		e = err_internal(a, "a commit after a statement has failed");
	else if (db->bulk_open)
		e = err_internal(a, "a commit inside a bulk load");
	else
		e = db->engine->commit(db, a);
	if (e != NULL) {
		db_rollback(db);
		return e;
	}
	end(db);
	return NULL;
}

err_t db_failed(struct db *db, err_t e)
{
	if (e != NULL)
		db->failed = true;
	return e;
}

static err_t run_once(struct db *db, struct arena *a, enum db_mode mode,
		      err_t (*fn)(struct db *, struct arena *, void *), void *ctx)
{
	TRY(db_begin(db, a, mode));
	err_t e = fn(db, a, ctx);
	if (e != NULL) {
		db_rollback(db);
		return e;
	}
	return db_commit(db, a);
}

static int64_t monotonic_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Pauses double and are blurred, so that two that collided do not collide again. */
static void pause_before(int attempt)
{
	unsigned char blur;
	random_bytes(&blur, 1);
	long ms = ((long)RUN_PAUSE_MS << attempt) + blur % RUN_PAUSE_MS;
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

err_t db_run(struct db *db, struct arena *a, enum db_mode mode, err_t (*fn)(struct db *, struct arena *, void *),
	     void *ctx)
{
	int64_t start = monotonic_ms();
	struct arena_mark mark = arena_mark(a);
	for (int attempt = 0;; attempt++) {
		err_t e = run_once(db, a, mode, fn, ctx);
		if (e == NULL || e->class != ERR_RETRY || db->commit_unknown || attempt + 1 == RUN_TRIES ||
		    monotonic_ms() - start >= DB_WAIT_MS)
			return e;
		LOG(LOG_INFO, "store.retry", log_int("attempt", attempt + 1), log_str("why", e->detail));
		arena_rewind(a, mark);
		pause_before(attempt);
	}
}
