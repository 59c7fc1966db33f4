/* What is no longer kept. */
#include "cli/commands.h"

#include "app/dispose.h"

enum { OUT_MAX = 64 << 10 };

static err_t run_dispose(struct cli *cli)
{
	bool dry = cli_given(cli, "--dry-run");
	struct dispose_view view;
	struct buf out = buf_new(cli->arena, OUT_MAX);
	if (dry)
		TRY(app_dispose_due(&cli->call, &view));
	else
		TRY(app_dispose_run(&cli->call, &view));
	buf_fmt(&out, "rule\tkept\t%s\twhat\n", dry ? "due" : "gone");
	for (size_t i = 0; i < view.n; i++) {
		const struct dispose_row *row = &view.rows[i];
		buf_fmt(&out, "%.*s\t%.*s\t%lld\t%.*s\n", STR_ARG(row->word), STR_ARG(row->kept), (long long)row->due,
			STR_ARG(row->say));
	}
	return cli_write(cli, buf_text(&out));
}

const struct command command_dispose = {
	"dispose",
	"[--dry-run]",
	"Take away what is no longer kept, and say what went",
	"By the settings keep_years and keep_aside_days. One line for each rule: its word, how long it keeps, how "
	"many\n"
	"are due or went, and what they are. Each rule that took something away writes a row into the journal. "
	"Backups\n"
	"are copies: keep them no longer than that.",
	CLI_OPEN,
	0,
	0,
	{{"--dry-run", NULL, "only say what is due"}},
	run_dispose,
};
