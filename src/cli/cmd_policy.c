/* The written order as a text: shown, checked and set. */
#include "cli/commands.h"

#include "app/policy.h"
#include "base/file.h"

static err_t kind_of(struct cli *cli, enum policy_kind *out)
{
	struct str word = cli_value(cli, "--for");
	*out = POLICY_LIST;
	if (!cli_given(cli, "--for") || policy_kind_parse(word, out))
		return NULL;
	struct buf words = buf_new(cli->arena, 256);
	for (int k = 0; k < POLICY_KINDS_N; k++)
		buf_fmt(&words, "%s%s", k > 0 ? ", " : "", policy_kind_table[k].word.p);
	return err_new(cli->arena, ERR_INVALID, "--for is one of: %.*s", STR_ARG(buf_text(&words)));
}

static err_t print_standard(struct cli *cli, const struct policy *p)
{
	struct policy_standard standard;
	struct buf out = buf_new(cli->arena, 4 * POLICY_TEXT_MAX);
	policy_standard(cli->arena, p, &standard);
	buf_fmt(&out, "%s\n", p->name);
	for (size_t i = 0; i < standard.sections_n; i++) {
		const struct policy_section *s = &standard.sections[i];
		buf_fmt(&out, "\n%.*s\n", STR_ARG(s->title));
		for (size_t k = 0; k < s->sentences_n; k++)
			if (s->numbered)
				buf_fmt(&out, "  %zu. %.*s\n", k + 1, STR_ARG(s->sentences[k]));
			else
				buf_fmt(&out, "  %.*s\n", STR_ARG(s->sentences[k]));
	}
	return cli_write(cli, buf_text(&out));
}

static err_t run_show(struct cli *cli)
{
	struct policy_view view;
	enum policy_kind kind;
	TRY(kind_of(cli, &kind));
	TRY(cli_day(cli, "--as-of", cli->call.today, &cli->call.today));
	TRY(app_policy(&cli->call, kind, &view));
	return cli_given(cli, "--standard") ? print_standard(cli, &view.policy) : cli_write(cli, view.text);
}

static err_t run_check(struct cli *cli)
{
	struct str text;
	struct policy p;
	struct policy_faults faults;
	TRY(file_read(cli->arena, str_c(cli->arena, cli->args[0]), POLICY_TEXT_MAX, &text));
	if (!policy_read(cli->arena, text, &p, &faults))
		return policy_refuse(cli->arena, &faults);
	return cli_given(cli, "--standard") ? print_standard(cli, &p) : cli_write(cli, policy_text(cli->arena, &p));
}

static err_t run_set(struct cli *cli)
{
	struct str text;
	struct day from;
	struct policy_faults faults;
	struct policy_set set;
	char day[DAY_TEXT];
	TRY(cli_day(cli, "--from", DAY_NONE, &from));
	TRY(file_read(cli->arena, str_c(cli->arena, cli->args[0]), POLICY_TEXT_MAX, &text));
	TRY(app_policy_set(&cli->call, text, from, &faults, &set));
	return cli_write(cli, str_fmt(cli->arena, "Version %d of the policy for %s holds from %s.\n", set.version,
				      policy_kind_table[set.kind].word.p, day_text(set.from, day)));
}

const struct command command_policy_show = {
	"policy show",
	"[--for KIND] [--as-of DATE] [--standard]",
	"Print the written order that is in force",
	"Without --for the order of the list. What is printed can be edited and set again; docs/POLICY.md\n"
	"explains the format.",
	CLI_OPEN,
	0,
	0,
	{
		{"--for", "KIND", "list (default), or a kind of opening: psh, rrh, th, oph, voucher"},
		{"--as-of", "DATE", "the order of that day (default: today)"},
		{"--standard", NULL, "as a written standard in plain words"},
	},
	run_show,
};
const struct command command_policy_check = {
	"policy check",
	"[--standard] FILE",
	"Say what is wrong with a policy, or print it as it would be kept",
	"Nothing but the file is read. What is wrong is told with the line and the reason.",
	CLI_NOTHING,
	1,
	1,
	{{"--standard", NULL, "as a written standard in plain words"}},
	run_check,
};
const struct command command_policy_set = {
	"policy set",
	"FILE [--from DATE]",
	"Put a policy in force from a day",
	"A new version is kept beside the older ones; a text that cannot be read changes nothing. The list is\n"
	"derived anew where its order changes today; a later day takes effect by itself.",
	CLI_OPEN,
	1,
	1,
	{{"--from", "DATE", "the first day it holds (default: what the text says, else today)"}},
	run_set,
};
