/* Copying row by row between PostgreSQL and a SQLite file of the same schema: the part of
 * store/backup.h that two SQLite files do not need. Only backup.c includes it. */
#ifndef STORE_BACKUP_COPY_H
#define STORE_BACKUP_COPY_H

#include <stdint.h>

#include "store/db.h"

/* Fills the empty SQLite file from one unchanging state of `db`. */
must err_t copy_to_file(struct db *db, struct db *file, struct arena *a);

/* Fills the empty `db` from the file, in one transaction: the schema up to step `schema`, the
 * rows, and a look at the journal. */
must err_t copy_from_file(struct db *file, struct db *db, struct arena *a, int64_t schema);

/* ERR_CONFLICT where the database has any table. */
must err_t copy_refuse_filled(struct db *db, struct arena *a);

/* The rows of all tables of the SQLite file. */
must err_t copy_count(struct db *file, struct arena *a, int64_t *rows);

#endif
