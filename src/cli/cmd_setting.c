/* What a CoC may decide about its list. */
#include "cli/commands.h"

#include "app/setting.h"
#include "base/file.h"

enum { VALUE_FILE_MOST = 4096 };

static err_t print_one(struct cli *cli, const struct setting_row *s)
{
	return cli_write(cli, str_fmt(cli->arena, "%.*s\t%.*s\t%.*s\t%s\n", STR_ARG(s->key), STR_ARG(s->value),
				      STR_ARG(s->otherwise), s->say));
}

/* The one line of a file. */
static err_t read_value(struct cli *cli, struct str *out)
{
	struct str text;
	TRY(file_read(cli->arena, str_c(cli->arena, cli_value(cli, "--file")), VALUE_FILE_MOST, &text));
	*out = str_trim(text);
	return NULL;
}

static err_t run_setting(struct cli *cli)
{
	struct setting_row *rows;
	size_t n;
	struct str key = cli->args[0];
	struct str value = cli->args[1];
	bool otherwise = cli_given(cli, "--default");
	if (otherwise && cli->args_n != 1)
		return err_new(cli->arena, ERR_INVALID, "--default goes together with a KEY alone");
	if (cli_given(cli, "--file") && (cli->args_n != 1 || otherwise))
		return err_new(cli->arena, ERR_INVALID, "--file goes together with a KEY alone");
	if (cli_given(cli, "--file"))
		TRY(read_value(cli, &value));
	TRY(app_setting_list(&cli->call, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (key.n == 0)
			TRY(print_one(cli, &rows[i]));
		if (str_eq(rows[i].key, key) && otherwise)
			value = rows[i].otherwise;
		else if (str_eq(rows[i].key, key) && rows[i].secret && cli->args_n == 2)
			return err_new(cli->arena, ERR_INVALID,
				       "%.*s is a secret, which others can read on a command line. Write it into a "
				       "file and give that with --file.",
				       STR_ARG(key));
		else if (str_eq(rows[i].key, key) && cli->args_n == 1 && !cli_given(cli, "--file"))
			return cli_write(cli, str_fmt(cli->arena, "%.*s\n", STR_ARG(rows[i].value)));
	}
	return key.n == 0 ? NULL : app_setting_put(&cli->call, key, value);
}

const struct command command_setting = {
	"setting",
	"[KEY [VALUE | --file FILE | --default]]",
	"Print or change what the CoC decides about its list",
	"Without a KEY all settings, one per line, tab-separated: key, value, default, what it means. With a KEY\n"
	"its value; with a VALUE it is set and the list is derived anew. A server that runs takes over time_zone\n"
	"and demo when it is started again.",
	CLI_OPEN,
	0,
	2,
	{{"--default", NULL, "set KEY back to its default"},
	 {"--file", "FILE", "set KEY to the one line of FILE, as a secret has to be"}},
	run_setting,
};
