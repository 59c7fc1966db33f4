/* The inside of store/db.h: what db.c and statement.c ask of an engine. Only files of src/store
 * include it.
 *
 * db.c and statement.c check the rules that both engines share (transactions, read-only, no use
 * after a failure) before they call down; an engine does what it is told and turns its own error
 * codes into err_t.
 */
#ifndef STORE_DB_IMPL_H
#define STORE_DB_IMPL_H

#include "store/db.h"
#include "store/gate.h"
#include "store/statement.h"

struct sqlite3;
struct sqlite3_stmt;
struct pg_conn;

/* A statement as the connection has prepared it; its address is kept by cursors. */
struct prepared {
	const struct db_statement *st;
	void *handle; /* SQLite: sqlite3_stmt; PostgreSQL: unused, it goes by the name */
	bool busy;    /* a cursor stands open on it */
	struct prepared *next;
};

enum { PREPARED_BUCKETS = 128 };

/* How SQLite's transactions begin and end. */
enum turn { TURN_BEGIN, TURN_BEGIN_IMMEDIATE, TURN_COMMIT, TURNS };

struct engine {
	enum db_engine name;
	err_t (*begin)(struct db *db, struct arena *a, enum db_mode mode);
	err_t (*commit)(struct db *db, struct arena *a);
	void (*rollback)(struct db *db);
	void (*ended)(struct db *db); /* after either */
	void (*close)(struct db *db);
	err_t (*script)(struct db *db, struct arena *a, const char *sql);
	err_t (*prepare)(struct db *db, struct arena *a, struct prepared *p);
	void (*unprepare)(struct prepared *p);
	err_t (*exec)(struct db *db, struct arena *a, struct prepared *p, const struct db_value *in, int64_t *changed);
	err_t (*rows_open)(struct db_rows *rows, const struct db_value *in);
	bool (*rows_next)(struct db_rows *rows);
	void (*rows_close)(struct db_rows *rows);
	bool (*column_null)(const struct db_rows *rows, int column);
	int64_t (*column_int)(const struct db_rows *rows, int column);
	struct str (*column_text)(const struct db_rows *rows, int column);
	err_t (*bulk_open)(struct db_bulk *bulk);
	err_t (*bulk_row)(struct db_bulk *bulk, const struct db_value *in);
	err_t (*bulk_end)(struct db_bulk *bulk);
};

struct db {
	const struct engine *engine;
	struct sqlite3 *sqlite;
	struct pg_conn *pg;
	char *where;       /* PostgreSQL: the URL, for a new connection */
	struct gate *gate; /* of the pool; NULL outside one */
	enum db_mode mode;
	uint32_t serves; /* the roles it is used for: db_serve */
	bool in_transaction;
	unsigned transaction; /* numbers them, so that a cursor knows that its own is over */
	bool failed;          /* a statement failed: only the rollback is left */
	bool commit_unknown;  /* the connection was lost in the commit */
	bool bulk_open;
	int64_t key_least; /* of this transaction, once a sealed value was to be written; 0: not asked yet */
	bool query_only;   /* SQLite: the pragma's state */
	struct sqlite3_stmt *turns[TURNS]; /* SQLite: prepared when first used */
	unsigned cursors;                  /* PostgreSQL: numbers their names */
	struct prepared *prepared[PREPARED_BUCKETS];
};

extern const struct engine engine_sqlite;
extern const struct engine engine_pg;

/* A SQLite database in a file of any name: made where it is missing (mode 0600), or only read,
 * which leaves the file as it is. */
enum sqlite_use { SQLITE_WRITE, SQLITE_MAKE, SQLITE_ONLY_READ };
must err_t sqlite_open_file(struct arena *a, const char *path, enum sqlite_use use, struct db **out);
must err_t sqlite_open_folder(struct arena *a, struct str dir, enum db_open how, struct db **out);
must err_t pg_open(struct arena *a, struct str url, struct db **out);

/* Runs several statements without parameters, as schema steps are; inside a transaction. */
must err_t db_script(struct db *db, struct arena *a, const char *sql);

/* How many letters st->in has. */
int db_in_count(const struct db_statement *st);

/* Forgets what was prepared (unprepare frees the handles). */
void db_forget_prepared(struct db *db);

/* Marks the transaction as failed and passes the error on. */
must err_t db_failed(struct db *db, err_t e);

#endif
