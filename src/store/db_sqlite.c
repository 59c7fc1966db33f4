#include "store/db_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What every connection is told. A flush per commit (FULL); what is deleted is overwritten; a
 * damaged or hostile file is found rather than trusted; nothing spills into temporary files. */
static const char setup[] = "PRAGMA synchronous = FULL;"
			    "PRAGMA foreign_keys = ON;"
			    "PRAGMA trusted_schema = OFF;"
			    "PRAGMA secure_delete = ON;"
			    "PRAGMA cell_size_check = ON;"
			    "PRAGMA temp_store = MEMORY;"
			    "PRAGMA cache_size = -8000;";
static const char setup_writable[] = "PRAGMA journal_mode = WAL;";

static err_t sqlite_error(const struct db *db, struct arena *a, const char *doing)
{
	int code = sqlite3_extended_errcode(db->sqlite);
	struct str detail = str_fmt(a, "%s: sqlite %d: %s", doing, code, sqlite3_errmsg(db->sqlite));
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_with_detail(
			a, err_new(a, ERR_RETRY, "Others are saving just now. Please try again in a moment."), detail);
	case SQLITE_IOERR:
		/* A full quota, a limit on the size of files, a disk that fails. */
		if (code != SQLITE_IOERR_WRITE)
			break;
		return err_with_detail(a,
				       err_new(a, ERR_INTERNAL,
					       "The database cannot be written: look whether the disk is full or "
					       "fails. Nothing was saved."),
				       detail);
	case SQLITE_FULL:
		return err_with_detail(
			a, err_new(a, ERR_INTERNAL, "The disk is full. Nothing was saved; make room and try again."),
			detail);
	case SQLITE_READONLY:
		return err_with_detail(
			a,
			err_new(a, ERR_INTERNAL,
				"The database cannot be written: look at who owns its folder and files."),
			detail);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_with_detail(
			a,
			err_new(a, ERR_INTERNAL, "The database file is damaged or is no database: restore a backup."),
			detail);
	case SQLITE_CONSTRAINT:
		if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
			return err_with_detail(a, err_new(a, ERR_CONFLICT, "This exists already."), detail);
		break;
	default:
		break;
	}
	return err_internal(a, "%.*s", STR_ARG(detail));
}

/* Makes the file with the mode it must have before SQLite would make it with another. */
static err_t make_file(struct arena *a, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_new(a, ERR_INVALID, "%s cannot be written: %s.", path, strerror(errno));
	close(fd);
	return NULL;
}

/* Tells a fresh handle what every connection is told. */
static err_t configure(struct db *db, struct arena *a, const char *path, enum sqlite_use use)
{
	sqlite3_extended_result_codes(db->sqlite, 1);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_busy_timeout(db->sqlite, DB_WAIT_MS);
	if (sqlite3_exec(db->sqlite, setup, NULL, NULL, NULL) != SQLITE_OK)
		return sqlite_error(db, a, "open");
	if (use == SQLITE_ONLY_READ)
		return NULL;
	if (sqlite3_db_readonly(db->sqlite, "main") == 1)
		return err_new(a, ERR_INVALID, "%s cannot be written: look at who owns it.", path);
	return sqlite3_exec(db->sqlite, setup_writable, NULL, NULL, NULL) == SQLITE_OK ? NULL
										       : sqlite_error(db, a, "open");
}

err_t sqlite_open_file(struct arena *a, const char *path, enum sqlite_use use, struct db **out)
{
	if (use == SQLITE_MAKE)
		TRY(make_file(a, path));
	struct db *db = calloc(1, sizeof *db);
	if (db == NULL)
		return err_internal(a, "no memory");
	db->engine = &engine_sqlite;
	db->serves = DB_FOR_PROGRAM;
	int flags = SQLITE_OPEN_NOMUTEX | (use == SQLITE_ONLY_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	err_t e = NULL;
	if (sqlite3_open_v2(path, &db->sqlite, flags, NULL) == SQLITE_OK)
		e = configure(db, a, path, use);
	else
		e = err_new(a, ERR_INVALID, "%s cannot be opened: %s.", path, sqlite3_errmsg(db->sqlite));
	if (e != NULL) {
		db_close(&db);
		return e;
	}
	*out = db;
	return NULL;
}

err_t sqlite_open_folder(struct arena *a, struct str dir, enum db_open how, struct db **out)
{
	const char *folder = str_c(a, dir);
	const char *path = str_c(a, str_fmt(a, "%s/byname.db", folder));
	if (how == DB_CREATE && mkdir(folder, 0700) != 0 && errno != EEXIST)
		return err_new(a, ERR_INVALID, "The folder %s cannot be made: %s.", folder, strerror(errno));
	if (how == DB_EXISTING && access(path, F_OK) != 0)
		return err_new(
			a, errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_INVALID,
			"There is no database in %s: run `byname init` first, or name the right folder with --data.",
			folder);
	return sqlite_open_file(a, path, how == DB_CREATE ? SQLITE_MAKE : SQLITE_WRITE, out);
}

static err_t run_script(struct db *db, struct arena *a, const char *sql)
{
	return sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK ? NULL : sqlite_error(db, a, "script");
}

/* Every page takes two of these, so that they are not parsed again each time. */
static err_t run_turn(struct db *db, struct arena *a, enum turn turn)
{
	static const char *const sql[TURNS] = {
		[TURN_BEGIN] = "BEGIN",
		[TURN_BEGIN_IMMEDIATE] = "BEGIN IMMEDIATE",
		[TURN_COMMIT] = "COMMIT",
	};
	sqlite3_stmt **stmt = &db->turns[turn];
	if (*stmt == NULL &&
	    sqlite3_prepare_v3(db->sqlite, sql[turn], -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL) != SQLITE_OK)
		return sqlite_error(db, a, sql[turn]);
	err_t e = sqlite3_step(*stmt) == SQLITE_DONE ? NULL : sqlite_error(db, a, sql[turn]);
	sqlite3_reset(*stmt);
	return e;
}

static err_t begin(struct db *db, struct arena *a, enum db_mode mode)
{
	bool query_only = mode == DB_READ;
	if (db->query_only != query_only) {
		TRY(run_script(db, a, query_only ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF"));
		db->query_only = query_only;
	}
	return run_turn(db, a, query_only ? TURN_BEGIN : TURN_BEGIN_IMMEDIATE);
}

/* Cursors that were left open would hold their snapshot beyond the transaction. */
static void reset_open(struct db *db)
{
	for (int i = 0; i < PREPARED_BUCKETS; i++)
		for (struct prepared *p = db->prepared[i]; p != NULL; p = p->next)
			sqlite3_reset(p->handle);
}

static err_t commit(struct db *db, struct arena *a)
{
	reset_open(db);
	return run_turn(db, a, TURN_COMMIT);
}

static void rollback(struct db *db)
{
	reset_open(db);
	/* SQLite may have rolled back by itself (disk full). */
	if (!sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

static void ended(struct db *db)
{
	(void)db;
}

static void close_connection(struct db *db)
{
	for (int i = 0; i < TURNS; i++)
		sqlite3_finalize(db->turns[i]);
	sqlite3_close(db->sqlite);
}

static err_t prepare(struct db *db, struct arena *a, struct prepared *p)
{
	sqlite3_stmt *stmt = NULL;
	if (sqlite3_prepare_v3(db->sqlite, p->st->sql[DB_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
	    SQLITE_OK)
		return sqlite_error(db, a, p->st->name);
	p->handle = stmt;
	return NULL;
}

static void unprepare(struct prepared *p)
{
	sqlite3_finalize(p->handle);
}

static int bind_one(sqlite3_stmt *stmt, int i, const struct db_value *v)
{
	/* A NULL pointer would bind NULL, where the value is empty text. */
	const char *p = v->s.n == 0 ? "" : v->s.p;
	switch (v->kind) {
	case DB_INT:
		return sqlite3_bind_int64(stmt, i, v->i);
	case DB_TEXT:
		return sqlite3_bind_text64(stmt, i, p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
	case DB_BYTES:
		return sqlite3_bind_blob64(stmt, i, p, v->s.n, SQLITE_STATIC);
	case DB_NULL:
		break;
	}
	return sqlite3_bind_null(stmt, i);
}

static err_t bind_all(struct db *db, struct arena *a, const struct prepared *p, const struct db_value *in)
{
	int n = db_in_count(p->st);
	for (int i = 0; i < n; i++)
		if (bind_one(p->handle, i + 1, &in[i]) != SQLITE_OK)
			return sqlite_error(db, a, p->st->name);
	return NULL;
}

/* Steps to the end. The caller's values are gone after it, so the bindings go too. */
static err_t step_to_end(struct db *db, struct arena *a, const struct prepared *p)
{
	int rc = SQLITE_ROW;
	while (rc == SQLITE_ROW)
		rc = sqlite3_step(p->handle);
	err_t e = rc == SQLITE_DONE ? NULL : sqlite_error(db, a, p->st->name);
	sqlite3_reset(p->handle);
	return e;
}

static err_t exec(struct db *db, struct arena *a, struct prepared *p, const struct db_value *in, int64_t *changed)
{
	TRY(bind_all(db, a, p, in));
	TRY(step_to_end(db, a, p));
	sqlite3_clear_bindings(p->handle);
	*changed = sqlite3_changes64(db->sqlite);
	return NULL;
}

static err_t rows_open(struct db_rows *rows, const struct db_value *in)
{
	/* Rows are stepped after the caller's values may be gone: SQLite copies them here. */
	sqlite3_stmt *stmt = rows->prepared->handle;
	int n = db_in_count(rows->st);
	for (int i = 0; i < n; i++) {
		const struct db_value *v = &in[i];
		const char *p = v->s.n == 0 ? "" : v->s.p;
		int rc = SQLITE_OK;
		if (v->kind == DB_TEXT)
			rc = sqlite3_bind_text64(stmt, i + 1, p, v->s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
		else if (v->kind == DB_BYTES)
			rc = sqlite3_bind_blob64(stmt, i + 1, p, v->s.n, SQLITE_TRANSIENT);
		else
			rc = bind_one(stmt, i + 1, v);
		if (rc != SQLITE_OK)
			return sqlite_error(rows->db, rows->arena, rows->st->name);
	}
	return NULL;
}

static bool rows_next(struct db_rows *rows)
{
	int rc = sqlite3_step(rows->prepared->handle);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		rows->err = sqlite_error(rows->db, rows->arena, rows->st->name);
	/* A statement that is done would start again with the next step. */
	rows->db->engine->rows_close(rows);
	rows->open = false;
	rows->prepared->busy = false;
	return false;
}

static void rows_close(struct db_rows *rows)
{
	sqlite3_reset(rows->prepared->handle);
	sqlite3_clear_bindings(rows->prepared->handle);
}

static bool column_null(const struct db_rows *rows, int column)
{
	return sqlite3_column_type(rows->prepared->handle, column) == SQLITE_NULL;
}

static int64_t column_int(const struct db_rows *rows, int column)
{
	return sqlite3_column_int64(rows->prepared->handle, column);
}

static struct str column_text(const struct db_rows *rows, int column)
{
	const char *p = sqlite3_column_blob(rows->prepared->handle, column);
	return (struct str){p, (size_t)sqlite3_column_bytes(rows->prepared->handle, column)};
}

static err_t bulk_open(struct db_bulk *bulk)
{
	(void)bulk;
	return NULL;
}

static err_t bulk_row(struct db_bulk *bulk, const struct db_value *in)
{
	TRY(bind_all(bulk->db, bulk->arena, bulk->prepared, in));
	return step_to_end(bulk->db, bulk->arena, bulk->prepared);
}

static err_t bulk_end(struct db_bulk *bulk)
{
	sqlite3_clear_bindings(bulk->prepared->handle);
	return NULL;
}

const struct engine engine_sqlite = {
	.name = DB_SQLITE,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.ended = ended,
	.close = close_connection,
	.script = run_script,
	.prepare = prepare,
	.unprepare = unprepare,
	.exec = exec,
	.rows_open = rows_open,
	.rows_next = rows_next,
	.rows_close = rows_close,
	.column_null = column_null,
	.column_int = column_int,
	.column_text = column_text,
	.bulk_open = bulk_open,
	.bulk_row = bulk_row,
	.bulk_end = bulk_end,
};
