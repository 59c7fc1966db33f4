/* The schema steps as tools/sqlc compiles them from db/schema: see store/migrate.h. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "store/db.h"

struct schema_step {
	int64_t number; /* 1, 2, 3 … */
	const char *name;
	const char *sql[DB_ENGINES]; /* several statements, each ending in ';' */
};

extern const struct schema_step schema_steps[];
extern const size_t schema_steps_n;

/* Takes step `number`, sees to it that the journal is append only, and notes the step, inside the caller's transaction.
 */
must err_t migrate_step(struct db *db, struct arena *a, struct instant now, int64_t number);

#endif
