/* Mail: what waits and what became of it, and where people read theirs. */
#include "cli/commands.h"

#include "app/list_image.h"
#include "app/outbox.h"

enum { OUTPUT_MAX = 4 << 20 };

static err_t run_list(struct cli *cli)
{
	struct outbox_row *rows;
	size_t n;
	char made[INSTANT_TEXT];
	TRY(app_outbox_list(&cli->call, &rows, &n));
	struct buf out = buf_new(cli->arena, OUTPUT_MAX);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&out, "%s\t%.*s\t%.*s\t%.*s\t%lld\t%.*s\n", instant_text(rows[i].made, made),
			STR_ARG(rows[i].login), STR_ARG(rows[i].kind), STR_ARG(rows[i].state), (long long)rows[i].tries,
			STR_ARG(rows[i].said));
	return cli_write(cli, buf_text(&out));
}

static err_t run_send(struct cli *cli)
{
	int sent;
	cli->app.lists = list_cache_new(); /* a server has one for all its answers */
	err_t e = app_outbox_send(&cli->call, OUTBOX_ROWS, &sent);
	list_cache_free(&cli->app.lists);
	TRY(e);
	return cli_write(cli, str_fmt(cli->arena, "%d sent.\n", sent));
}

static err_t run_address(struct cli *cli)
{
	struct str address = cli->args[1];
	bool none = str_eq(address, S("none"));
	TRY(app_mail_address(&cli->call, cli->args[0], none ? (struct str){0} : address));
	return cli_write(
		cli, none ? str_fmt(cli->arena, "%.*s gets no mail.\n", STR_ARG(cli->args[0]))
			  : str_fmt(cli->arena, "%.*s reads mail at %.*s.\n", STR_ARG(cli->args[0]), STR_ARG(address)));
}

const struct command command_mail_list = {
	"mail list",
	"",
	"Print the newest mail and what became of it, tab-separated",
	"When it was made, for whom, about what, its state, how often it was tried, and why it was not sent. Mail is\n"
	"waiting, being sent (sending), sent, refused (not tried again), unsure (nobody knows whether the server took\n"
	"it, so it is not sent again) or over (overtaken by a newer one).",
	CLI_OPEN,
	0,
	0,
	{{0}},
	run_list,
};
const struct command command_mail_send = {
	"mail send", "",       "Send the mail that is due now; a running server does it each minute",
	NULL,        CLI_OPEN, 0,
	0,           {{0}},    run_send,
};
const struct command command_user_mail = {
	"user mail",
	"LOGIN ADDRESS|none",
	"Say where somebody reads mail",
	"Mail says that a meeting was planned or that a file waits, and never anything about a person.",
	CLI_OPEN,
	2,
	2,
	{{0}},
	run_address,
};
