/* Moving a database from one key to the next while people work.
 *
 * A new key is written into the key file and then named in the database: from then on every process seals with it and
 * opens with both. What was sealed before is opened and sealed anew in pieces, each its own short transaction, so that
 * others get their turn; when nothing is left, the old key may not be written with any more (meta.key_least, which the
 * store holds each statement to), and what a slow process wrote in the last moment follows. It can be broken off at any
 * point, by a crash too, and goes on where it was: which key sealed a value stands in the value.
 *
 * The old key stays in the file. Backups from before open with it.
 *
 * app_key_rotate (app/key.h) takes these steps in their order; here is the walk over the values.
 *
 * Blind indexes keep the first key: the hashes of codes that were shown once cannot be made again, and the index of
 * names says nothing without its key.
 */
#ifndef STORE_RESEAL_H
#define STORE_RESEAL_H

#include "store/seal.h"
#include "store/statement.h"

/* A sealed column. A row is found by its primary key, `keys` letters; the first `placed` of them, with `between`, are
 * the row that a value is bound to (struct seal_place). */
struct reseal_column {
	const char *table, *column;
	const char *keys;
	int placed;
	char between;
	struct db_statement left, look, put;
};

/* Every sealed column of the schema, the master copy. A test holds it to the comments of db/schema. */
extern const struct reseal_column reseal_columns[];
extern const size_t reseal_columns_n;

/* How many values are sealed with another key than `number`; inside a transaction. Reads the whole column. */
must err_t reseal_left(struct db *db, struct arena *a, const struct reseal_column *column, int number, int64_t *left);

struct reseal_progress {
	void (*tell)(void *ctx, const char *phase, int64_t done, int64_t total);
	void *ctx;
};

/* Seals every value that another key than keys_now has sealed; outside a transaction. */
must err_t reseal_run(struct db *db, struct arena *a, const struct keys *keys, const struct reseal_progress *progress,
		      int64_t *sealed);

#endif
