/* Accounts. Passwords are given once, on standard output, and never taken from the command line. */
#include "cli/commands.h"

#include "app/user.h"

enum { OUTPUT_MAX = 16 << 20 };

static err_t run_add(struct cli *cli)
{
	struct user_new u = {
		.login = cli->args[0],
		.name = cli_value(cli, "--name"),
		.agency = cli_value(cli, "--agency"),
		.region = cli_value(cli, "--region"),
	};
	if (!role_from_word(str_c(cli->arena, cli_value(cli, "--role")), &u.role)) {
		struct buf words = buf_new(cli->arena, 256);
		for (int r = ROLE_NOBODY + 1; r < ROLES_N; r++)
			buf_fmt(&words, "%s%s", words.n > 0 ? ", " : "", role_word((enum role)r));
		return err_new(cli->arena, ERR_INVALID, "--role is one of: %.*s", STR_ARG(buf_text(&words)));
	}
	struct str password;
	TRY(app_user_add(&cli->call, &u, &password));
	return cli_write(cli, str_fmt(cli->arena, "%.*s can sign in.\nOne-time password, shown only now: %.*s\n",
				      STR_ARG(u.login), STR_ARG(password)));
}

static err_t run_reset(struct cli *cli)
{
	struct str password;
	TRY(app_user_reset(&cli->call, cli->args[0], &password));
	return cli_write(cli, str_fmt(cli->arena, "One-time password for %.*s, shown only now: %.*s\n",
				      STR_ARG(cli->args[0]), STR_ARG(password)));
}

static err_t run_disable(struct cli *cli)
{
	TRY(app_user_disable(&cli->call, cli->args[0]));
	return cli_write(
		cli, str_fmt(cli->arena, "%.*s is signed out everywhere and cannot sign in.\n", STR_ARG(cli->args[0])));
}

static err_t run_list(struct cli *cli)
{
	struct user_list_view view;
	TRY(app_user_list(&cli->call, &view));
	struct buf out = buf_new(cli->arena, OUTPUT_MAX);
	for (size_t i = 0; i < view.users_n; i++) {
		const struct user_row *u = &view.users[i];
		buf_fmt(&out, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%s\n", STR_ARG(u->login), STR_ARG(u->name),
			STR_ARG(u->role), STR_ARG(u->agency), STR_ARG(u->region), u->disabled ? "disabled" : "open");
	}
	return cli_write(cli, buf_text(&out));
}

const struct command command_user_add = {
	"user add",
	"LOGIN --name NAME --role ROLE [--agency AGENCY] [--region REGION]",
	"Add an account with a one-time password",
	"Roles: list-holder (needs a region), specialist, provider (needs an agency), lead (needs an agency;\n"
	"sees counts only), administrator (sees no person).",
	CLI_OPEN,
	1,
	1,
	{
		{"--name", "NAME", "the person's name, as others in a meeting should read it"},
		{"--role", "ROLE", "what the account may do"},
		{"--agency", "AGENCY", "name or id of the agency"},
		{"--region", "REGION", "number or name of the region whose list is held"},
	},
	run_add,
};
const struct command command_user_reset = {
	"user reset", "LOGIN",   "Give a new one-time password and end the account's sessions", NULL, CLI_OPEN, 1, 1,
	{{0}},        run_reset,
};
const struct command command_user_disable = {
	"user disable",
	"LOGIN",
	"Close an account and end its sessions",
	"What the person did stays in the journal; steps that are theirs stay on the list until reassigned.",
	CLI_OPEN,
	1,
	1,
	{{0}},
	run_disable,
};
const struct command command_user_list = {
	"user list", "", "Print the accounts, one per line, tab-separated", NULL, CLI_OPEN, 0, 0, {{0}}, run_list,
};
