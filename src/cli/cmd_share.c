/* A file of the list for an agency. Whoever makes it signs in for it: an operator sees no person. */
#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/list_image.h"
#include "app/share.h"
#include "app/sign.h"
#include "cli/secret.h"

struct credential {
	struct str password;
	struct str code; /* of the second step; empty: none */
	bool asks;       /* on the terminal */
};

static err_t sign_in(struct cli *cli, struct str login, struct credential *own, struct str *token)
{
	struct call *c = &cli->call;
	struct signed_in in;
	TRY(app_sign_in(c, login, own->password, S("command line"), &in));
	if (in.token.n == 0 && own->code.n == 0 && own->asks)
		TRY(cli_secret_ask(cli, "Code of the second step: ", &own->code));
	if (in.token.n == 0 && own->code.n == 0)
		return err_new(cli->arena, ERR_DENIED,
			       "%.*s signs in with a second step: write the code on the second line of the credential "
			       "file, or leave --credential-file out and be asked.",
			       STR_ARG(login));
	if (in.token.n == 0)
		TRY(app_sign_code(c, in.ticket, own->code, S("command line"), &in));
	*token = in.token;
	return NULL;
}

/* What the site holds people to as well before it shows them a list. */
static err_t check_account(struct cli *cli, struct str login, const struct actor *actor)
{
	if (actor->must_change)
		return err_new(cli->arena, ERR_DENIED,
			       "%.*s has a one-time password: choose one of your own on the site first.",
			       STR_ARG(login));
	if (actor->must_enrol)
		return err_new(cli->arena, ERR_DENIED,
			       "the role of %.*s signs in with a second step: set it up on the site first.",
			       STR_ARG(login));
	return NULL;
}

/* A new file that only its owner can read; nothing is written over. */
static err_t write_file(struct cli *cli, struct str path, struct str content)
{
	const char *file = str_c(cli->arena, path);
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return err_new(cli->arena, ERR_CONFLICT, "%s is there already; nothing is written over", file);
	if (fd < 0)
		return err_new(cli->arena, ERR_INVALID, "%s cannot be written: %s", file, strerror(errno));
	size_t done = 0;
	while (done < content.n) {
		ssize_t n = write(fd, content.p + done, content.n - done);
		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	bool whole = done == content.n && fsync(fd) == 0;
	int why = errno;
	if (close(fd) != 0 || !whole) {
		unlink(file);
		return err_new(cli->arena, ERR_INVALID, "%s cannot be written: %s", file, strerror(why));
	}
	return NULL;
}

static err_t make(struct cli *cli, const struct share_ask *ask, struct str path)
{
	struct share_made made;
	char day[DAY_SAY];
	TRY(app_share_make(&cli->call, ask, &made));
	TRY(write_file(cli, path, made.content));
	fprintf(stderr, "%s\n", made.phrase.text);
	return cli_write(cli, str_fmt(cli->arena,
				      "%.*s: %lld households for %.*s, %lld of them by name, to be destroyed by %s.\n",
				      STR_ARG(path), (long long)made.households, STR_ARG(made.agency),
				      (long long)made.named, day_say_date(made.expires, day)));
}

/* Everything that can be refused without a password. */
static err_t read_ask(struct cli *cli, struct share_ask *ask)
{
	int64_t days;
	struct str format = cli_value(cli, "--format");
	struct str path = cli_value(cli, "--out");
	static const char *const needed[] = {"--as", "--agency", "--format", "--out"};
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!cli_given(cli, needed[i]))
			return err_new(cli->arena, ERR_INVALID, "%s is missing; usage: byname share %s", needed[i],
				       cli->command->args);
	*ask = (struct share_ask){
		.agency = cli_value(cli, "--agency"),
		.region = cli_value(cli, "--region"),
		.where = cli_value(cli, "--where"),
	};
	if (!paper_format_parse(format, &ask->format))
		return err_new(cli->arena, ERR_INVALID, "--format %.*s is not one of: xlsx, pdf, zip", STR_ARG(format));
	TRY(cli_int(cli, "--days", 1, SHARE_DAYS_MOST, SHARE_DAYS, &days));
	ask->days = (int)days;
	if (access(str_c(cli->arena, path), F_OK) == 0)
		return err_new(cli->arena, ERR_CONFLICT, "%.*s is there already; nothing is written over",
			       STR_ARG(path));
	return NULL;
}

static err_t share_as(struct cli *cli, struct str login, const struct share_ask *ask)
{
	struct credential own = {.asks = !cli_given(cli, "--credential-file")};
	struct str token;
	bool found;
	if (own.asks)
		TRY(cli_secret_ask(cli, "Password: ", &own.password));
	else
		TRY(cli_secret_read(cli, cli_value(cli, "--credential-file"), &own.password, &own.code));
	TRY(sign_in(cli, login, &own, &token));
	err_t e = app_session_actor(&cli->call, token, false, &cli->call.actor, &found);
	if (e == NULL && !found)
		e = err_internal(cli->arena, "the session that was just opened is over");
	if (e == NULL)
		e = check_account(cli, login, &cli->call.actor);
	if (e == NULL)
		e = make(cli, ask, cli_value(cli, "--out"));
	err_t out = app_sign_out(&cli->call, token);
	return e != NULL ? e : out;
}

static err_t run_share(struct cli *cli)
{
	struct share_ask ask;
	TRY(read_ask(cli, &ask));
	cli->app.lists = list_cache_new(); /* a server has one for all its answers */
	err_t e = share_as(cli, cli_value(cli, "--as"), &ask);
	list_cache_free(&cli->app.lists);
	return e;
}

const struct command command_share = {
	"share",
	"--as USER --agency AGENCY --format xlsx|pdf|zip --out FILE",
	"Make a file of the list for an agency, closed with a pass-phrase",
	"The file holds the list of the region whose list USER holds, as the agency may read it: names where a "
	"release\n"
	"covers the agency and it works with the household, codes elsewhere. USER's password is asked for on the\n"
	"terminal, or is the first line of the credential file and the code of the second step its second line.\n"
	"\n"
	"The pass-phrase is generated and goes to standard error, alone; it is kept nowhere. Tell it by telephone, "
	"and\n"
	"never with the file. Who made a file for whom stands in the journal and on the page /share.",
	CLI_OPEN,
	0,
	0,
	{
		{"--as", "USER", "the list holder who makes it"},
		{"--credential-file", "FILE", "their password, readable by its owner alone (default: asked for)"},
		{"--agency", "AGENCY", "name or id of the agency it is for"},
		{"--format", "FORMAT", "xlsx, pdf or zip"},
		{"--out", "FILE", "the file to make; it must not be there yet"},
		{"--region", "REGION", "number or name of the region; it is the one whose list USER holds"},
		{"--where", "FILTER", "households that pass a filter, as: chronic:verified months>=12"},
		{"--days", "N", "days after which the agency is to destroy it, 1 to 30 (default: 7)"},
	},
	run_share,
};
