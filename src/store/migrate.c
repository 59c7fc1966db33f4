#include "store/migrate.h"

#include "store/db_impl.h"
#include "store/q_setting.h"
#include "store/schema.h"

/* The one statement outside db/queries: it asks whether there is a schema at all, which each
 * engine knows under another name. */
static const struct db_statement schema_look = {
	.name = "schema_look",
	.noun = "schema",
	.sql[DB_SQLITE] = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'",
	.sql[DB_POSTGRES] = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('schema_version')",
	.in = "",
	.out = "i",
};

int64_t store_schema_known(void)
{
	return (int64_t)schema_steps_n;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	int64_t *version = ctx;
	struct db_rows rows;
	TRY(db_rows_open(db, a, &schema_look, NULL, DB_WHOLE, &rows));
	bool exists = db_rows_next(&rows) && db_rows_int(&rows, 0) > 0;
	TRY(db_rows_end(&rows));
	struct q_schema_version_last last = {0};
	bool found = false;
	if (exists)
		TRY(q_schema_version_last(db, a, &last, &found));
	*version = found ? last.version : 0;
	return NULL;
}

err_t store_schema_of(struct db *db, struct arena *a, int64_t *out)
{
	int64_t version = 0;
	if (db_in_transaction(db))
		TRY(look(db, a, &version));
	else
		TRY(db_run(db, a, DB_READ, look, &version));
	*out = version;
	return NULL;
}

static err_t newer(struct arena *a, int64_t version)
{
	return err_new(
		a, ERR_CONFLICT,
		"This database was written by a newer byname (schema %lld, this program knows %lld): install that "
		"version or restore a backup.",
		(long long)version, (long long)store_schema_known());
}

/* The journal takes rows and gives none away: a program that was tricked into another statement cannot change what is
 * written. (Who owns the database can drop this; then the chain of hashes shows it.) On SQLite a row that replaces
 * another would go unseen by a trigger on DELETE. */
static const char *const keep_journal[DB_ENGINES] = {
	[DB_SQLITE] = "CREATE TRIGGER IF NOT EXISTS journal_kept_update BEFORE UPDATE ON journal "
		      "BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;"
		      "CREATE TRIGGER IF NOT EXISTS journal_kept_delete BEFORE DELETE ON journal "
		      "BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;"
		      "CREATE TRIGGER IF NOT EXISTS journal_kept_insert BEFORE INSERT ON journal "
		      "WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq) "
		      "BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;",
	[DB_POSTGRES] = "CREATE OR REPLACE FUNCTION journal_kept() RETURNS trigger LANGUAGE plpgsql AS "
			"$$BEGIN RAISE EXCEPTION 'the journal is append only'; END$$;"
			"CREATE OR REPLACE TRIGGER journal_kept_rows BEFORE UPDATE OR DELETE ON journal "
			"FOR EACH ROW EXECUTE FUNCTION journal_kept();"
			"CREATE OR REPLACE TRIGGER journal_kept_whole BEFORE TRUNCATE ON journal "
			"FOR EACH STATEMENT EXECUTE FUNCTION journal_kept();",
};

err_t migrate_step(struct db *db, struct arena *a, struct instant now, int64_t number)
{
	const struct schema_step *step = &schema_steps[number - 1];
	TRY(db_script(db, a, step->sql[db_engine(db)]));
	TRY(db_script(db, a, keep_journal[db_engine(db)]));
	return q_schema_version_add(db, a, step->number, str_from(step->name), now);
}

struct migration {
	struct instant now;
	int64_t version; /* where the database stands */
	bool moved;
};

/* One step in its own transaction; where it stands is read again inside, since another program
 * may have been faster. */
static err_t next_step(struct db *db, struct arena *a, void *ctx)
{
	struct migration *m = ctx;
	m->moved = false;
	if (db_engine(db) == DB_POSTGRES)
		TRY(db_script(db, a, "SELECT pg_advisory_xact_lock(hashtext('byname migrate'))"));
	TRY(look(db, a, &m->version));
	if (m->version > store_schema_known())
		return newer(a, m->version);
	if (m->version == store_schema_known())
		return NULL;
	TRY(migrate_step(db, a, m->now, m->version + 1));
	m->moved = true;
	return NULL;
}

err_t store_migrate(struct db *db, struct arena *a, struct instant now, int64_t *taken)
{
	struct migration m = {.now = now};
	int64_t n = 0;
	do {
		TRY(db_run(db, a, DB_BESIDE, next_step, &m));
		n += m.moved;
	} while (m.moved);
	*taken = n;
	return NULL;
}

err_t store_check(struct db *db, struct arena *a)
{
	int64_t version;
	TRY(store_schema_of(db, a, &version));
	if (version == 0)
		return err_new(a, ERR_MISSING, "This database is empty: run `byname init` first.");
	if (version > store_schema_known())
		return newer(a, version);
	if (version < store_schema_known())
		return err_new(a, ERR_CONFLICT,
			       "This database was written by an older byname (schema %lld, this program needs %lld): "
			       "make a backup, "
			       "then run `byname migrate`.",
			       (long long)version, (long long)store_schema_known());
	return NULL;
}
