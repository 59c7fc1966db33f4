#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/backup_copy.h"
#include "store/db_impl.h"
#include "store/journal.h"
#include "store/migrate.h"

static err_t not_a_backup(struct arena *a, struct str detail)
{
	return err_with_detail(a, err_new(a, ERR_INVALID, "This file is no backup of byname, or it is damaged."),
			       detail);
}

/* The first value of a question to the SQLite file, as text; empty where it has no row. */
static err_t ask(struct db *file, struct arena *a, const char *sql, struct str *out)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(file->sqlite, sql, -1, &s, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	*out = rc == SQLITE_ROW ? str_dup(a, str_from((const char *)sqlite3_column_text(s, 0))) : (struct str){0};
	sqlite3_finalize(s);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return err_with_detail(a,
				       err_new(a, ERR_INVALID, "This file is no backup of byname, or it is damaged."),
				       str_dup(a, str_from(sqlite3_errmsg(file->sqlite))));
	return NULL;
}

static err_t verify_journal(struct db *db, struct arena *a, void *ctx)
{
	struct journal_state *state = ctx;
	TRY(journal_verify(db, a, state));
	if (state->broken_at != 0)
		return err_new(a, ERR_INVALID, "The journal breaks at row %lld: %.*s. Run `byname verify`.",
			       (long long)state->broken_at, STR_ARG(state->why));
	return NULL;
}

/* Everything about the file is as it should be. */
static err_t check_file(struct db *file, struct arena *a, struct backup_report *out)
{
	struct str answer;
	TRY(ask(file, a, "PRAGMA integrity_check(1)", &answer));
	if (!str_eq(answer, S("ok")))
		return err_new(a, ERR_INVALID, "The copy is damaged: %.*s.", STR_ARG(answer));
	TRY(ask(file, a, "PRAGMA foreign_key_check", &answer));
	if (answer.n > 0)
		return err_new(a, ERR_INVALID, "The copy is damaged: a row of %.*s refers to nothing.",
			       STR_ARG(answer));
	int64_t schema;
	TRY(store_schema_of(file, a, &schema));
	if (schema == 0)
		return not_a_backup(a, S("no schema"));
	if (schema > store_schema_known())
		return err_new(a, ERR_INVALID,
			       "This backup was written by a newer byname (schema %lld, this program knows %lld): "
			       "install that version.",
			       (long long)schema, (long long)store_schema_known());
	struct journal_state journal;
	TRY(db_run(file, a, DB_READ, verify_journal, &journal));
	int64_t rows = 0;
	TRY(copy_count(file, a, &rows));
	*out = (struct backup_report){.schema = schema, .rows = rows, .journal_rows = journal.rows};
	return NULL;
}

/* SQLite to SQLite: its online backup, one transaction on both sides. */
static err_t copy_pages(struct db *from, struct db *to, struct arena *a)
{
	sqlite3_backup *b = sqlite3_backup_init(to->sqlite, "main", from->sqlite, "main");
	if (b == NULL)
		return err_internal(a, "backup: %s", sqlite3_errmsg(to->sqlite));
	int rc = SQLITE_OK;
	for (int waited = 0; waited < DB_WAIT_MS; waited += 10) {
		rc = sqlite3_backup_step(b, -1);
		if (rc != SQLITE_BUSY && rc != SQLITE_LOCKED)
			break;
		sqlite3_sleep(10);
	}
	sqlite3_backup_finish(b);
	if (rc == SQLITE_FULL)
		return err_new(a, ERR_INVALID, "The disk is full: make room and try again.");
	if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
		return err_new(a, ERR_RETRY, "Others are saving just now. Please try again in a moment.");
	return rc == SQLITE_DONE ? NULL : err_internal(a, "backup: sqlite %d", rc);
}

/* A file for the copy alone: without a log beside it, and checked. */
static err_t fill_file(struct db *db, struct arena *a, const char *part, struct backup_report *out)
{
	struct db *file = NULL;
	TRY(sqlite_open_file(a, part, SQLITE_MAKE, &file));
	err_t e = db_engine(db) == DB_SQLITE ? copy_pages(db, file, a) : copy_to_file(db, file, a);
	struct str mode;
	if (e == NULL)
		e = ask(file, a, "PRAGMA journal_mode = DELETE", &mode);
	if (e == NULL)
		e = check_file(file, a, out);
	db_close(&file);
	return e;
}

static void remove_part(struct arena *a, const char *part)
{
	static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
	for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
		unlink(str_c(a, str_fmt(a, "%s%s", part, tails[i])));
}

/* The new name is on disk only when its folder is. */
static bool sync_folder(struct arena *a, struct str path)
{
	char *copy = arena_many(a, path.n + 1, char);
	memcpy(copy, path.p, path.n);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return synced;
}

err_t backup_write(struct db *db, struct arena *a, struct str path, struct backup_report *out)
{
	const char *name = str_c(a, path);
	const char *part = str_c(a, str_fmt(a, "%s.part", name));
	TRY(store_check(db, a));
	/* The name is taken first, empty, so that two backups do not write to the same file. */
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 && errno == EEXIST)
		return err_new(a, ERR_CONFLICT, "There is a file %s already; a backup overwrites nothing.", name);
	if (fd < 0)
		return err_new(a, ERR_INVALID, "%s cannot be written: %s.", name, strerror(errno));
	close(fd);
	struct backup_report report = {0};
	remove_part(a, part);
	err_t e = fill_file(db, a, part, &report);
	if (e == NULL && (rename(part, name) != 0 || !sync_folder(a, path)))
		e = err_new(a, ERR_INVALID, "%s cannot be written: %s.", name, strerror(errno));
	if (e != NULL) {
		remove_part(a, part);
		unlink(name);
		return e;
	}
	*out = report;
	return NULL;
}

static err_t fill_database(struct db *file, struct arena *a, struct str where, int64_t schema)
{
	struct db *db = NULL;
	TRY(db_open(a, where, DB_CREATE, &db));
	err_t e = copy_refuse_filled(db, a);
	if (e == NULL)
		e = db_engine(db) == DB_SQLITE ? copy_pages(file, db, a) : copy_from_file(file, db, a, schema);
	db_close(&db);
	return e;
}

err_t backup_restore(struct arena *a, struct str where, struct str path, struct backup_report *out)
{
	const char *name = str_c(a, path);
	struct db *file = NULL;
	struct backup_report report = {0};
	if (access(name, R_OK) != 0)
		return err_new(a, errno == ENOENT ? ERR_MISSING : ERR_INVALID, "%s cannot be read: %s.", name,
			       strerror(errno));
	err_t e = sqlite_open_file(a, name, SQLITE_ONLY_READ, &file);
	if (e != NULL)
		return not_a_backup(a, e->detail);
	e = check_file(file, a, &report);
	if (e == NULL)
		e = fill_database(file, a, where, report.schema);
	db_close(&file);
	if (e != NULL)
		return e;
	*out = report;
	return NULL;
}
