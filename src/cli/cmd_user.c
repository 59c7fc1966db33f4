/* Accounts. Passwords are given once, on standard output, and never taken from the command line. */
#include "cli/commands.h"

#include "app/factor.h"
#include "app/invite.h"
#include "app/sso.h"

enum { OUTPUT_MAX = 16 << 20 };

static err_t read_role(struct cli *cli, enum role *role)
{
	if (role_from_word(str_c(cli->arena, cli_value(cli, "--role")), role))
		return NULL;
	struct buf words = buf_new(cli->arena, 256);
	for (int r = ROLE_NOBODY + 1; r < ROLES_N; r++)
		buf_fmt(&words, "%s%s", words.n > 0 ? ", " : "", role_word((enum role)r));
	return err_new(cli->arena, ERR_INVALID, "--role is one of: %.*s", STR_ARG(buf_text(&words)));
}

static err_t read_user(struct cli *cli, struct user_new *u)
{
	*u = (struct user_new){
		.login = cli->args[0],
		.name = cli_value(cli, "--name"),
		.agency = cli_value(cli, "--agency"),
		.region = cli_value(cli, "--region"),
	};
	return read_role(cli, &u->role);
}

static err_t run_add(struct cli *cli)
{
	struct user_new u;
	struct str password;
	TRY(read_user(cli, &u));
	TRY(app_user_add(&cli->call, &u, &password));
	return cli_write(cli, str_fmt(cli->arena, "%.*s can sign in.\nOne-time password, shown only now: %.*s\n",
				      STR_ARG(u.login), STR_ARG(password)));
}

static err_t run_invite(struct cli *cli)
{
	struct user_new u;
	struct str code;
	TRY(read_user(cli, &u));
	TRY(app_invite(&cli->call, &u, &code));
	return cli_write(cli, str_fmt(cli->arena,
				      "%.*s is invited: the page /invitation of the site, for %d days.\n"
				      "Code, shown only now: %.*s\n",
				      STR_ARG(u.login), INVITATION_DAYS, STR_ARG(code)));
}

static err_t run_uninvite(struct cli *cli)
{
	TRY(app_invite_withdraw(&cli->call, cli->args[0]));
	return cli_write(cli, str_fmt(cli->arena, "The invitation of %.*s is taken back.\n", STR_ARG(cli->args[0])));
}

static err_t run_move(struct cli *cli)
{
	enum role role;
	TRY(read_role(cli, &role));
	TRY(app_user_move(&cli->call, cli->args[0], role, cli_value(cli, "--agency"), cli_value(cli, "--region")));
	return cli_write(cli,
			 str_fmt(cli->arena, "%.*s is moved, and signed out everywhere.\n", STR_ARG(cli->args[0])));
}

static err_t run_second_step(struct cli *cli)
{
	TRY(app_factor_reset(&cli->call, cli->args[0]));
	return cli_write(cli, str_fmt(cli->arena, "The second step of %.*s is taken away; the account is signed out.\n",
				      STR_ARG(cli->args[0])));
}

static err_t run_part(struct cli *cli)
{
	TRY(app_sso_part_user(&cli->call, cli->args[0]));
	return cli_write(cli, str_fmt(cli->arena, "%.*s is disconnected from the work account and signed out.\n",
				      STR_ARG(cli->args[0])));
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
const struct command command_user_invite = {
	"user invite",
	"LOGIN --name NAME --role ROLE [--agency AGENCY] [--region REGION]",
	"Offer an account: the invited chooses the password",
	"Prints a code that is good once, for a week, on the page /invitation. Inviting again takes the place of\n"
	"an invitation that waits. Roles: see user add.",
	CLI_OPEN,
	1,
	1,
	{
		{"--name", "NAME", "the person's name, as others in a meeting should read it"},
		{"--role", "ROLE", "what the account may do"},
		{"--agency", "AGENCY", "name or id of the agency"},
		{"--region", "REGION", "number or name of the region whose list is held"},
	},
	run_invite,
};
const struct command command_user_uninvite = {
	"user uninvite", "LOGIN", "Take an invitation back", NULL, CLI_OPEN, 1, 1, {{0}}, run_uninvite,
};
const struct command command_user_move = {
	"user move",
	"LOGIN --role ROLE [--agency AGENCY] [--region REGION]",
	"Give an account another role, agency or region and end its sessions",
	"What is not given is taken away.",
	CLI_OPEN,
	1,
	1,
	{
		{"--role", "ROLE", "what the account may do from now on"},
		{"--agency", "AGENCY", "name or id of the agency"},
		{"--region", "REGION", "number or name of the region whose list is held"},
	},
	run_move,
};
const struct command command_user_second_step = {
	"user second-step",
	"LOGIN",
	"Take away an account's second step and end its sessions",
	"For who lost the device and the recovery codes. The person is told at the next sign-in.",
	CLI_OPEN,
	1,
	1,
	{{0}},
	run_second_step,
};
const struct command command_user_part = {
	"user part",
	"LOGIN",
	"Disconnect an account from single sign-on and end its sessions",
	"A work account with a verified address like the sign-in name connects again; close the account if nobody is\n"
	"to come in.",
	CLI_OPEN,
	1,
	1,
	{{0}},
	run_part,
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
