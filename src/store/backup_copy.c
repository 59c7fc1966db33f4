#include "store/backup_copy.h"

#include <sqlite3.h>

#include "base/buf.h"
#include "base/day.h"
#include "store/db_impl.h"
#include "store/journal.h"
#include "store/migrate.h"
#include "store/schema.h"

enum { SQL_MAX = 16 << 10, COLUMNS_MAX = 100, TABLES_MAX = 200 };

/* One table as the SQLite side describes it: how to read all its rows and how to load them. */
struct table {
	struct db_statement read;
	struct db_statement write;
	int columns;
};

static err_t file_error(const struct db *file, struct arena *a)
{
	return err_internal(a, "backup: %s", sqlite3_errmsg(file->sqlite));
}

static char letter_of(const char *type)
{
	return sqlite3_stricmp(type, "INTEGER") == 0 ? 'i' : sqlite3_stricmp(type, "BLOB") == 0 ? 'x' : 't';
}

static err_t describe(struct db *file, struct arena *a, const char *name, struct table *out)
{
	sqlite3_stmt *s;
	const char *sql = "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid";
	if (sqlite3_prepare_v2(file->sqlite, sql, -1, &s, NULL) != SQLITE_OK)
		return file_error(file, a);
	sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
	struct buf columns = buf_new(a, SQL_MAX);
	struct buf marks = buf_new(a, SQL_MAX);
	char *letters = arena_many(a, COLUMNS_MAX + 1, char);
	int n = 0;
	for (; n < COLUMNS_MAX && sqlite3_step(s) == SQLITE_ROW; n++) {
		letters[n] = letter_of((const char *)sqlite3_column_text(s, 1));
		buf_fmt(&columns, "%s%s", n > 0 ? ", " : "", (const char *)sqlite3_column_text(s, 0));
		buf_fmt(&marks, "%s$%d", n > 0 ? ", " : "", n + 1);
	}
	sqlite3_finalize(s);
	struct str list = buf_text(&columns);
	const char *read = str_c(a, str_fmt(a, "SELECT %.*s FROM %s", STR_ARG(list), name));
	const char *write = str_c(
		a, str_fmt(a, "INSERT INTO %s (%.*s) VALUES (%.*s)", name, STR_ARG(list), STR_ARG(buf_text(&marks))));
	*out = (struct table){
		.read = {.name = name, .noun = "backup", .sql = {read, read}, .in = "", .out = letters},
		.write = {.name = name,
			  .noun = "backup",
			  .sql = {write, write},
			  .in = letters,
			  .out = "",
			  .writes = true,
			  .copy = str_c(a, str_fmt(a, "%s (%.*s)", name, STR_ARG(list)))},
		.columns = n,
	};
	return NULL;
}

/* All tables, each behind those that it refers to. A column that a later step of the schema added may refer to a table
 * that was made after its own. */
static err_t describe_all(struct db *file, struct arena *a, struct table **tables, size_t *tables_n)
{
	sqlite3_stmt *s;
	const char *sql = "WITH RECURSIVE refers (name, target) AS (SELECT s.name, f.\"table\" FROM sqlite_schema s, "
			  "pragma_foreign_key_list(s.name) f WHERE s.type = 'table' AND f.\"table\" <> s.name), "
			  "depth (name, d) AS (SELECT name, 0 FROM sqlite_schema WHERE type = 'table' "
			  "UNION SELECT r.name, p.d + 1 FROM depth p, refers r WHERE r.target = p.name AND p.d < 50) "
			  "SELECT s.name FROM sqlite_schema s WHERE s.type = 'table' AND s.name NOT GLOB 'sqlite_*' "
			  "ORDER BY (SELECT max(d) FROM depth WHERE depth.name = s.name), s.rowid";
	if (sqlite3_prepare_v2(file->sqlite, sql, -1, &s, NULL) != SQLITE_OK)
		return file_error(file, a);
	struct table *all = arena_many(a, TABLES_MAX, struct table);
	size_t n = 0;
	err_t e = NULL;
	while (e == NULL && n < TABLES_MAX && sqlite3_step(s) == SQLITE_ROW)
		e = describe(file, a, str_c(a, str_from((const char *)sqlite3_column_text(s, 0))), &all[n++]);
	sqlite3_finalize(s);
	*tables = all;
	*tables_n = n;
	return e;
}

static struct db_value cell(const struct db_rows *rows, const struct table *t, int column)
{
	if (db_rows_null(rows, column))
		return db_null();
	switch (t->read.out[column]) {
	case 'i':
		return db_int(db_rows_int(rows, column));
	case 'x':
		return db_bytes(db_rows_text(rows, column));
	default:
		return db_text(db_rows_text(rows, column));
	}
}

static err_t copy_table(struct db *from, struct db *to, struct arena *a, const struct table *t)
{
	struct db_rows rows;
	struct db_bulk bulk;
	struct db_value cells[COLUMNS_MAX];
	TRY(db_rows_open(from, a, &t->read, NULL, DB_STREAM, &rows));
	TRY(db_bulk_open(to, a, &t->write, &bulk));
	while (db_rows_next(&rows)) {
		for (int i = 0; i < t->columns; i++)
			cells[i] = cell(&rows, t, i);
		TRY(db_bulk_row(&bulk, cells));
	}
	TRY(db_bulk_end(&bulk));
	return db_rows_end(&rows);
}

/* Every table, inside a transaction on both sides. What the migration of the target has put in
 * goes first: the rows of the original replace it. */
static err_t copy_tables(struct db *from, struct db *to, struct arena *a, const struct table *tables, size_t n)
{
	for (size_t i = n; i > 0; i--)
		TRY(db_script(to, a, str_c(a, str_fmt(a, "DELETE FROM %s", tables[i - 1].read.name))));
	for (size_t i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(a);
		TRY(copy_table(from, to, a, &tables[i]));
		arena_rewind(a, mark);
	}
	return NULL;
}

err_t copy_to_file(struct db *db, struct db *file, struct arena *a)
{
	struct table *tables = NULL;
	size_t n = 0;
	int64_t taken;
	TRY(store_migrate(file, a, clock_now(), &taken));
	TRY(describe_all(file, a, &tables, &n));
	TRY(db_begin(db, a, DB_READ));
	err_t e = db_begin(file, a, DB_BESIDE);
	if (e == NULL)
		e = copy_tables(db, file, a, tables, n);
	if (e == NULL)
		e = db_commit(file, a);
	db_rollback(file);
	db_rollback(db);
	return e;
}

static err_t fill_database(struct db *file, struct db *db, struct arena *a, int64_t schema)
{
	struct table *tables = NULL;
	size_t n = 0;
	struct journal_state journal;
	TRY(describe_all(file, a, &tables, &n));
	for (int64_t step = 1; step <= schema; step++)
		TRY(migrate_step(db, a, clock_now(), step));
	TRY(copy_tables(file, db, a, tables, n));
	TRY(journal_verify(db, a, &journal));
	return journal.broken_at == 0
		       ? NULL
		       : err_internal(a, "restore: the journal breaks at %lld", (long long)journal.broken_at);
}

err_t copy_from_file(struct db *file, struct db *db, struct arena *a, int64_t schema)
{
	TRY(db_begin(file, a, DB_READ));
	err_t e = db_begin(db, a, DB_BESIDE);
	if (e == NULL)
		e = fill_database(file, db, a, schema);
	if (e == NULL)
		e = db_commit(db, a);
	db_rollback(db);
	db_rollback(file);
	return e;
}

/* Each engine knows its tables under another name. */
static const struct db_statement tables_look = {
	.name = "tables_look",
	.noun = "backup",
	.sql[DB_SQLITE] = "SELECT count(*) FROM sqlite_schema",
	.sql[DB_POSTGRES] = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = "
			    "to_regnamespace(current_schema())",
	.in = "",
	.out = "i",
};

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	int64_t *tables = ctx;
	struct db_rows rows;
	TRY(db_rows_open(db, a, &tables_look, NULL, DB_WHOLE, &rows));
	*tables = db_rows_next(&rows) ? db_rows_int(&rows, 0) : 0;
	return db_rows_end(&rows);
}

err_t copy_refuse_filled(struct db *db, struct arena *a)
{
	int64_t tables;
	TRY(db_run(db, a, DB_READ, look, &tables));
	return tables == 0 ? NULL
			   : err_new(a, ERR_CONFLICT,
				     "The database is not empty: a backup is restored into a new one, so that nothing "
				     "is lost.");
}

err_t copy_count(struct db *file, struct arena *a, int64_t *rows)
{
	struct table *tables = NULL;
	size_t n = 0;
	int64_t all = 0;
	TRY(describe_all(file, a, &tables, &n));
	for (size_t i = 0; i < n; i++) {
		sqlite3_stmt *s;
		const char *sql = str_c(a, str_fmt(a, "SELECT count(*) FROM %s", tables[i].read.name));
		if (sqlite3_prepare_v2(file->sqlite, sql, -1, &s, NULL) != SQLITE_OK)
			return file_error(file, a);
		if (sqlite3_step(s) == SQLITE_ROW)
			all += sqlite3_column_int64(s, 0);
		sqlite3_finalize(s);
	}
	*rows = all;
	return NULL;
}
