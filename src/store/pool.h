/* Connections for worker threads.
 *
 * A pool opens its connections when they are first needed and keeps them. Every function may be
 * called from any thread. On SQLite the writers of one pool queue in order of arrival at a gate in
 * the process, instead of all asking the file again and again.
 *
 *     struct db *db;
 *     TRY(db_pool_take(pool, a, &db));
 *     e = db_run(db, a, DB_READ, load, &view);
 *     db_pool_give(pool, &db);
 */
#ifndef STORE_POOL_H
#define STORE_POOL_H

#include "store/db.h"

struct db_pool;

/* A pool of at most `most` connections to `where` (as db_open, which must exist). The first
 * connection is made at once, so that what is wrong shows here. */
must err_t db_pool_open(struct arena *a, struct str where, int most, struct db_pool **out);

/* Waits for all connections to come back, closes them, sets *pool to NULL; NULL is allowed. */
void db_pool_close(struct db_pool **pool);

/* A connection for this thread; waits at most DB_WAIT_MS for one, then ERR_RETRY. */
must err_t db_pool_take(struct db_pool *pool, struct arena *a, struct db **out);

/* Gives it back and sets *db to NULL. What is still open in it is rolled back, so that a frame
 * that was skipped (see base/arena.h) leaves nothing behind. */
void db_pool_give(struct db_pool *pool, struct db **db);

/* take, db_run, give. */
must err_t db_pool_run(struct db_pool *pool, struct arena *a, enum db_mode mode,
		       err_t (*fn)(struct db *, struct arena *, void *), void *ctx);

#endif
