/* A copy of everything, taken while people work, and its way back.
 *
 * The copy is one SQLite database file of the same schema, whatever engine it was taken from, so
 * it can be restored to either. It does not hold the key: without the key file, which must be kept
 * apart from it, the copy is unreadable where it matters.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <stdint.h>

#include "store/db.h"

struct backup_report {
	int64_t schema;
	int64_t rows; /* over all tables */
	int64_t journal_rows;
};

/* Copies the database to the file `path`, which must not exist (ERR_CONFLICT): written under
 * another name, checked (integrity and journal) and then named. Outside a transaction. */
must err_t backup_write(struct db *db, struct arena *a, struct str path, struct backup_report *out);

/* Fills the database at `where` (as for db_open, and made where it is missing) from the file, once
 * the file was found good. ERR_CONFLICT where the database holds anything, ERR_INVALID where the
 * file is no backup, is damaged or is newer than this program. It is all or nothing. */
must err_t backup_restore(struct arena *a, struct str where, struct str path, struct backup_report *out);

#endif
