/* Keys. */
#include "cli/commands.h"

#include "app/key.h"

static void tell(void *ctx, const char *phase, int64_t done, int64_t total)
{
	cli_progress(ctx, phase, done, total);
}

static err_t run_key_rotate(struct cli *cli)
{
	struct key_rotation done;
	int number;
	if (cli_given(cli, "--prepare")) {
		TRY(app_key_prepare(&cli->call, &number));
		return cli_write(cli,
				 str_fmt(cli->arena,
					 "Key %d is in the file and seals nothing yet. Bring the file to every other "
					 "machine, then rotate.\n",
					 number));
	}
	TRY(app_key_rotate(&cli->call, &(struct reseal_progress){tell, cli}, &done));
	return cli_write(cli,
			 str_fmt(cli->arena,
				 "%s%lld values are sealed with key %d now. Key %d stays in the file: backups from "
				 "before open with it.\n"
				 "Keep a copy of the key file elsewhere: without it nothing can be read.\n",
				 done.went_on ? "Went on where it was broken off. " : "", (long long)done.sealed,
				 done.to, done.from));
}

const struct command command_key_rotate = {
	"key rotate",
	"[--prepare]",
	"Seal everything with a new key while people work",
	"Writes a new key into the key file, then opens and seals every name and note anew, in short pieces; a server\n"
	"may run meanwhile and reads both. Broken off, it goes on when it is called again. Where other machines have\n"
	"a copy of the key file, or systemd lends it to the service, begin with --prepare.",
	CLI_OPEN,
	0,
	0,
	{{"--prepare", NULL, "only write the new key, to be brought to other machines first"}},
	run_key_rotate,
};
