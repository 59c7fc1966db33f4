/* Making, checking and copying an instance. */
#include "cli/commands.h"

#include "app/demo.h"
#include "app/instance.h"
#include "store/backup.h"
#include "store/journal.h"
#include "store/migrate.h"
#include "store/setup.h"

static void tell(void *ctx, const char *phase, int64_t done, int64_t total)
{
	cli_progress(ctx, phase, done, total);
}

static err_t fill_demo(struct cli *cli)
{
	struct import_progress progress = {tell, cli};
	TRY(app_open(cli->arena, cli->where, cli->data, cli->key, &cli->app, &cli->call.db));
	err_t e = app_demo_fill(&cli->call, cli_value(cli, "--demo"), &progress);
	app_close(&cli->app, &cli->call.db);
	return e;
}

static err_t run_init(struct cli *cli)
{
	struct str password;
	TRY(app_init(cli->arena, cli->where, cli->data, cli->key, cli->call.now, cli->call.actor.id, &password));
	/* Before the made-up people: whatever becomes of them, this password is not shown again. */
	TRY(cli_write(cli, str_fmt(cli->arena,
				   "The database is ready.\n"
				   "Administrator: admin\n"
				   "One-time password, shown only now: %.*s\n"
				   "Keep a copy of the key file elsewhere: without it a backup cannot be read.\n",
				   STR_ARG(password))));
	return cli_given(cli, "--demo") ? fill_demo(cli) : NULL;
}

static err_t run_migrate(struct cli *cli)
{
	struct db *db = NULL;
	int64_t taken = 0;
	int64_t schema = 0;
	TRY(db_open(cli->arena, cli->where, DB_EXISTING, &db));
	err_t e = store_schema_of(db, cli->arena, &schema);
	if (e == NULL) /* an empty database is for init, which also makes a key */
		e = schema == 0 ? store_check(db, cli->arena) : store_migrate(db, cli->arena, cli->call.now, &taken);
	db_close(&db);
	if (e != NULL)
		return e;
	if (taken == 0)
		return cli_write(cli, S("The schema is up to date.\n"));
	return cli_write(cli,
			 str_fmt(cli->arena, "%lld schema step%s taken.\n", (long long)taken, taken == 1 ? "" : "s"));
}

static err_t verify_chain(struct db *db, struct arena *a, void *ctx)
{
	return journal_verify(db, a, ctx);
}

static err_t run_verify(struct cli *cli)
{
	struct journal_state state;
	TRY(db_run(cli->call.db, cli->arena, DB_READ, verify_chain, &state));
	if (state.broken_at == 0)
		return cli_write(cli,
				 str_fmt(cli->arena, "The journal holds: %lld rows, each bound to the one before.\n",
					 (long long)state.rows));
	return err_new(cli->arena, ERR_CONFLICT, "the journal breaks at row %lld: %.*s", (long long)state.broken_at,
		       STR_ARG(state.why));
}

static struct str report_text(struct cli *cli, const char *what, const struct backup_report *r)
{
	return str_fmt(cli->arena, "%s: %lld rows, %lld of the journal, schema %lld. The key is not in it.\n", what,
		       (long long)r->rows, (long long)r->journal_rows, (long long)r->schema);
}

static err_t run_backup(struct cli *cli)
{
	struct backup_report report;
	TRY(backup_write(cli->call.db, cli->arena, cli->args[0], &report));
	return cli_write(cli, report_text(cli, "Written and checked", &report));
}

static err_t run_restore(struct cli *cli)
{
	struct backup_report report;
	TRY(backup_restore(cli->arena, cli->where, cli->args[0], &report));
	return cli_write(cli, report_text(cli, "Restored", &report));
}

static err_t run_version(struct cli *cli)
{
	return cli_write(
		cli, str_fmt(cli->arena, "byname %s, schema %lld\n", BYNAME_VERSION, (long long)store_schema_known()));
}

const struct command command_init = {
	"init",
	"[--demo FOLDER]",
	"Make a new instance: database, key and the administrator's account",
	"The key file is written beside the database with mode 0600, unless --key names one. The one-time\n"
	"password is printed once; it must be changed at the first sign-in.",
	CLI_PLACE,
	0,
	0,
	{{"--demo", "FOLDER", "fill it with the made-up CoC that \"byname demo\" wrote there"}},
	run_init,
};
const struct command command_migrate = {
	"migrate", "", "Bring the database to this program's schema", NULL, CLI_PLACE, 0, 0, {{0}}, run_migrate,
};
const struct command command_verify = {
	"verify",
	"",
	"Walk the journal's chain and say where it breaks",
	"Exit code 0 when every row is bound to the one before and the end is where it should be, 5 when not.",
	CLI_OPEN,
	0,
	0,
	{{0}},
	run_verify,
};
const struct command command_backup = {
	"backup",
	"FILE",
	"Write a consistent copy while people work, and check it",
	"The copy is one SQLite file, whatever the database is, and can be restored to either kind. It does\n"
	"not hold the key: keep the key file apart from it.",
	CLI_OPEN,
	1,
	1,
	{{0}},
	run_backup,
};
const struct command command_restore = {
	"restore",
	"FILE",
	"Fill an empty database from a backup",
	"All or nothing; a database that holds anything is left as it is.",
	CLI_PLACE,
	1,
	1,
	{{0}},
	run_restore,
};
const struct command command_version = {
	"version", "", "Say which byname this is", NULL, CLI_NOTHING, 0, 0, {{0}}, run_version,
};
