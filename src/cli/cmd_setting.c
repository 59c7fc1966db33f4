/* What a CoC may decide about its list. */
#include "cli/commands.h"

#include "app/setting.h"

static err_t print_one(struct cli *cli, const struct setting_row *s)
{
	return cli_write(cli, str_fmt(cli->arena, "%.*s\t%.*s\t%.*s\t%s\n", STR_ARG(s->key), STR_ARG(s->value),
				      STR_ARG(s->otherwise), s->say));
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
	TRY(app_setting_list(&cli->call, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (key.n == 0)
			TRY(print_one(cli, &rows[i]));
		if (str_eq(rows[i].key, key) && otherwise)
			value = rows[i].otherwise;
		else if (str_eq(rows[i].key, key) && cli->args_n == 1)
			return cli_write(cli, str_fmt(cli->arena, "%.*s\n", STR_ARG(rows[i].value)));
	}
	return key.n == 0 ? NULL : app_setting_put(&cli->call, key, value);
}

const struct command command_setting = {
	"setting",
	"[KEY [VALUE | --default]]",
	"Print or change what the CoC decides about its list",
	"Without a KEY all settings, one per line, tab-separated: key, value, default, what it means. With a KEY\n"
	"its value; with a VALUE it is set and the list is derived anew. A server that runs takes over time_zone\n"
	"and demo when it is started again.",
	CLI_OPEN,
	0,
	2,
	{{"--default", NULL, "set KEY back to its default"}},
	run_setting,
};
