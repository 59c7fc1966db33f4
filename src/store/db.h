/* One connection to the database, SQLite or PostgreSQL, and its transactions.
 *
 * Statements are not written here: tools/sqlc compiles db/queries/<noun>.sql into typed functions,
 * `#include "store/q_<noun>.h"`, which take a struct db. Every statement runs inside a
 * transaction, and transactions do not nest; both rules are enforced.
 *
 * The two engines behave alike:
 *
 * DB_READ    sees one unchanging state of the database and cannot write: a statement that writes
 *            fails here before the engine, which is told the same (a page that is only looked at
 *            changes nothing, whatever its code does).
 * DB_WRITE   is alone: one such transaction at a time, over all processes and nodes. Who waits,
 *            waits a bounded time and gets ERR_RETRY. So what was read stays true until the
 *            commit, and journal numbers follow commit order.
 * DB_BESIDE  writes without queueing behind DB_WRITE where the engine can (PostgreSQL): for the
 *            session's last-seen mark, the disclosure record, the brake on guessing and the rows
 *            that an import stages out of sight. It may not write the journal, and must bear that
 *            others write at the same time.
 *
 * After a statement has failed, the transaction takes no more statements and cannot commit.
 *
 * A struct db belongs to one thread at a time (see store/pool.h). Error classes: ERR_RETRY where
 * doing the same again may work (busy, deadlock, connection lost before the commit), ERR_CONFLICT
 * where a unique key is taken, ERR_INTERNAL otherwise.
 *
 *     static err_t rename(struct db *db, struct arena *a, void *ctx)
 *     {
 *             const struct renaming *r = ctx;
 *             TRY(q_region_rename(db, a, r->id, r->name));
 *             return journal_write(db, a, &(struct journal_entry){...});
 *     }
 *     ...
 *     TRY(db_run(db, a, DB_WRITE, rename, &renaming));
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;

enum db_engine { DB_SQLITE, DB_POSTGRES, DB_ENGINES };
enum db_mode { DB_READ, DB_WRITE, DB_BESIDE };
enum db_open { DB_EXISTING, DB_CREATE };

/* How long anything waits for a lock before it gives up with ERR_RETRY. */
enum { DB_WAIT_MS = 5000 };

/* Opens `where`: "postgresql://…" (or "postgres://…"), or else a folder that holds byname.db.
 * DB_CREATE makes the folder (mode 0700) and the file (0600) where they are missing; DB_EXISTING
 * answers ERR_MISSING then. On PostgreSQL the database itself must exist in both cases. The schema
 * is not looked at: see store/migrate.h. The error's text names no password. */
must err_t db_open(struct arena *a, struct str where, enum db_open how, struct db **out);

/* Rolls back what is open and closes; sets *db to NULL; NULL inside is allowed. */
void db_close(struct db **db);

enum db_engine db_engine(const struct db *db);

/* The second lock, behind the capabilities of routes and the decisions of domain/access.
 *
 * A statement that gives a person away, or takes in what somebody wrote about one, serves certain roles alone
 * (db_statement.roles, from `-- for:` in db/queries; docs/ARCHITECTURE.md, "Statements"). A connection is used for
 * somebody: from here on for these roles (ROLE_BIT of domain/access.h; 0: nobody has signed in yet). A statement that
 * does not serve them fails before it reaches the engine, whatever a page forgot to ask.
 *
 * DB_FOR_PROGRAM is the program itself, which works for everybody and shows nobody what it reads: background work, the
 * command line, and what all views are made of. A new connection is the program's. Returns what stood before. */
#define DB_FOR_PROGRAM UINT32_MAX
uint32_t db_serve(struct db *db, uint32_t roles);

/* Begins a transaction; inside another one it is an internal error. Reconnects to PostgreSQL where
 * the connection was lost since the last transaction. */
must err_t db_begin(struct db *db, struct arena *a, enum db_mode mode);

/* Ends it. When the commit fails nothing was changed; except that a connection lost in the very
 * commit leaves it unknown, which the error says and db_run does not repeat. */
must err_t db_commit(struct db *db, struct arena *a);

/* Ends it without a trace; outside a transaction it does nothing. */
void db_rollback(struct db *db);

/* True between db_begin and its end. */
bool db_in_transaction(const struct db *db);

/* True inside a DB_READ transaction. */
bool db_reads_only(const struct db *db);

/* The transaction runner: begin, fn, commit; a rollback and the error when fn fails. ERR_RETRY is
 * tried again up to four times with growing pauses, so fn may run several times: it must have no
 * effects but those on the database and on its ctx, and what it put into the arena is gone before
 * it runs again. */
must err_t db_run(struct db *db, struct arena *a, enum db_mode mode, err_t (*fn)(struct db *, struct arena *, void *),
		  void *ctx);

#endif
