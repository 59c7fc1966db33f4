/* A new database: its schema, its identity and its key, as `byname init` makes them. */
#ifndef STORE_SETUP_H
#define STORE_SETUP_H

#include "base/day.h"
#include "store/db.h"
#include "store/seal.h"

/* Brings an empty database to the last schema step and writes its identity, the check value of
 * `keys` and the empty journal. ERR_CONFLICT where somebody has done so already. */
must err_t store_setup(struct db *db, struct arena *a, const struct keys *keys, struct instant now);

/* What every start looks at: the schema (store_check) and that the keys fit. */
must err_t store_ready(struct db *db, struct arena *a, const struct keys *keys);

#endif
