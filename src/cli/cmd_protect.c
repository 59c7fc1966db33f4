/* Protecting a household, from the command line. */
#include "cli/commands.h"

#include <unistd.h>

#include "app/release.h"
#include "base/pii.h"

enum { REASON_MOST = 1000 };

/* From standard input, so that it stands in no list of processes and in no shell's history. */
static err_t read_reason(struct cli *cli, const struct pii **out)
{
	char *text = arena_many(cli->arena, REASON_MOST + 1, char);
	size_t n = 0;
	ssize_t got;
	if (isatty(STDIN_FILENO))
		fputs("Why, in a few words (it is sealed): ", stderr);
	while (n <= REASON_MOST && (got = read(STDIN_FILENO, text + n, REASON_MOST + 1 - n)) > 0) {
		n += (size_t)got;
		if (isatty(STDIN_FILENO))
			break;
	}
	if (n > REASON_MOST)
		return err_new(cli->arena, ERR_INVALID, "The reason is longer than %d letters.", REASON_MOST);
	*out = pii_new(cli->arena, str_trim((struct str){text, n}));
	return NULL;
}

static err_t run_protect(struct cli *cli)
{
	const struct pii *reason = NULL;
	TRY(read_reason(cli, &reason));
	TRY(app_household_protect(&cli->call, cli->args[0], true, reason));
	return cli_write(cli, S("It is protected.\n"));
}

static err_t run_unprotect(struct cli *cli)
{
	TRY(app_household_protect(&cli->call, cli->args[0], false, NULL));
	return cli_write(cli, S("It is protected no more.\n"));
}

const struct command command_protect = {
	"protect",
	"HOUSEHOLD",
	"Protect a household: its code and coarse facts are all that others see",
	"For a survivor or somebody in danger. HOUSEHOLD is its code (in quotes: \"Maple 4821\") or id, as byname "
	"list\n"
	"prints them; why is read from standard input and sealed. Only the agencies that serve it go on seeing who\n"
	"it is, whatever was signed. It keeps its place on the list.",
	CLI_OPEN,
	1,
	1,
	{{0}},
	run_protect,
};
const struct command command_unprotect = {
	"unprotect", "HOUSEHOLD", "Take the protection of a household back", NULL, CLI_OPEN, 1, 1, {{0}}, run_unprotect,
};
