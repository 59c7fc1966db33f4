/* Numbered schema steps, db/schema/NNNN_what.sql, compiled into the program.
 *
 * Each step runs in one transaction that also notes it in schema_version; so a database stands
 * between two steps and never within one. Steps are never changed once they are released.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include <stdint.h>

#include "base/day.h"
#include "store/db.h"

/* The number of the last step this program knows. */
int64_t store_schema_known(void);

/* The number of the last step the database has taken; 0 for an empty database. */
must err_t store_schema_of(struct db *db, struct arena *a, int64_t *out);

/* Takes the steps that are missing, in order; *taken is how many. Does nothing to a database that
 * is up to date and refuses a newer one as store_check does. Two programs that migrate at once
 * wait for one another. */
must err_t store_migrate(struct db *db, struct arena *a, struct instant now, int64_t *taken);

/* NULL when the database stands at the last known step. ERR_MISSING where it is empty (`byname
 * init` comes first), ERR_CONFLICT where it is older (`byname migrate` helps) or newer than this
 * program. */
must err_t store_check(struct db *db, struct arena *a);

#endif
