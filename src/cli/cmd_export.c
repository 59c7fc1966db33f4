/* What is held, for other software. */
#include "cli/commands.h"

#include "app/hmis_export.h"

static const char *const versions[] = {"2024", "2026", NULL};

static err_t run_export_hmis(struct cli *cli)
{
	int version;
	struct hmis_export_made made;
	if (!cli_given(cli, "--version") || !cli_given(cli, "--out"))
		return err_new(cli->arena, ERR_INVALID, "%s is missing; usage: byname export hmis %s",
			       cli_given(cli, "--version") ? "--out" : "--version", cli->command->args);
	TRY(cli_choice(cli, "--version", versions, &version));
	struct hmis_export_ask ask = {
		.year = version == 0 ? HMIS_FY2024 : HMIS_FY2026,
		.folder = cli_value(cli, "--out"),
		.source = cli_value(cli, "--source"),
	};
	TRY(app_hmis_export(&cli->call, &ask, &made));
	struct str own = {0};
	if (made.events + made.unplaced > 0)
		own = str_fmt(
			cli->arena,
			"%lld referrals of ours are among them; %lld are not, as nobody of the household was in a "
			"project on the day: enter those by hand.\n",
			(long long)made.events, (long long)made.unplaced);
	return cli_write(cli,
			 str_fmt(cli->arena,
				 "%.*s: %lld rows about %lld people of %.*s. Left out: %lld who are protected or "
				 "declined, %lld who are no longer in its exports.\n%.*s"
				 "The files hold names and are not sealed: hand them over and delete them.\n",
				 STR_ARG(ask.folder), (long long)made.rows, (long long)made.people,
				 STR_ARG(made.source), (long long)made.withheld, (long long)made.gone, STR_ARG(own)));
}

const struct command command_export_hmis = {
	"export hmis",
	"--version 2024|2026 --out DIR [--source NAME]",
	"Write what came from an HMIS as an HMIS CSV export",
	"Makes the folder DIR with every file that is read of an export: the rows that came, with their own ids, in "
	"the\n"
	"columns of that year's standard. What is not held stands empty, or as 99 or \"not held\" where the standard "
	"wants\n"
	"a value; the kind of a disability is never held. Referrals that were issued here are events of the "
	"household's\n"
	"head, with their results.\n"
	"\n"
	"Nobody is in it who is a member of a protected household, is known through a victim service provider, comes "
	"from\n"
	"another list than the HMIS, or is of a household of which somebody declined or withdrew and signed nothing "
	"since.",
	CLI_OPEN,
	0,
	0,
	{
		{"--version", "YEAR", "the standard: 2024 or 2026"},
		{"--out", "DIR", "a folder that is new or empty"},
		{"--source", "NAME", "which HMIS, where exports of several were imported"},
	},
	run_export_hmis,
};
