/* What agencies and people sign, so that they may read names: memoranda, agreements, training. */
#include "cli/commands.h"

#include "app/mou.h"

enum { OUTPUT_MAX = 4 << 20, REGIONS_MOST = 100, YEAR = 365 };

static err_t run_mou_add(struct cli *cli)
{
	struct str regions[REGIONS_MOST];
	struct mou_new m = {
		.agency = cli->args[0],
		.regions = regions,
		.signed_by = cli_value(cli, "--signed-by"),
		.document = cli_value(cli, "--document"),
	};
	struct str rest = cli_value(cli, "--regions");
	struct str id;
	TRY(cli_day(cli, "--from", cli->call.today, &m.from));
	TRY(cli_day(cli, "--until", day_add(m.from, YEAR - 1), &m.until));
	while (rest.n > 0 && m.regions_n < REGIONS_MOST) {
		struct str one;
		str_cut(rest, ',', &one, &rest);
		regions[m.regions_n++] = str_trim(one);
	}
	TRY(app_mou_add(&cli->call, &m, &id));
	return cli_write(cli, str_fmt(cli->arena, "Memorandum %.*s is recorded.\n", STR_ARG(id)));
}

static err_t run_mou_end(struct cli *cli)
{
	struct day last;
	TRY(cli_day(cli, "--on", day_add(cli->call.today, -1), &last));
	TRY(app_mou_end(&cli->call, cli->args[0], last));
	return cli_write(cli, S("The memorandum ends then.\n"));
}

static struct str day_or_dash(struct cli *cli, struct day d)
{
	char text[DAY_TEXT];
	return day_known(d) ? str_dup(cli->arena, str_from(day_text(d, text))) : S("-");
}

static err_t run_mou_list(struct cli *cli)
{
	struct mou_view view;
	TRY(app_mou_list(&cli->call, &view));
	struct buf out = buf_new(cli->arena, OUTPUT_MAX);
	for (size_t i = 0; i < view.rows_n; i++) {
		const struct mou_row *m = &view.rows[i];
		buf_fmt(&out, "%.*s\t%.*s\t%.*s\t%.*s\t%s\t%.*s\t%.*s\t%.*s\n", STR_ARG(m->id), STR_ARG(m->agency),
			STR_ARG(day_or_dash(cli, m->from)), STR_ARG(day_or_dash(cli, m->until)),
			m->holds ? "in force" : "not in force",
			STR_ARG(m->regions.n > 0 ? m->regions : S("all regions")), STR_ARG(m->signed_by),
			STR_ARG(m->document));
	}
	return cli_write(cli, buf_text(&out));
}

static err_t run_sign(struct cli *cli)
{
	struct day signed_day;
	TRY(cli_day(cli, "--on", cli->call.today, &signed_day));
	TRY(app_agreement_sign(&cli->call, cli->args[0], signed_day));
	return cli_write(cli, str_fmt(cli->arena, "The agreement of %.*s holds until %.*s.\n", STR_ARG(cli->args[0]),
				      STR_ARG(day_or_dash(cli, day_add(signed_day, AGREEMENT_DAYS - 1)))));
}

static err_t run_sign_end(struct cli *cli)
{
	TRY(app_agreement_end(&cli->call, cli->args[0]));
	return cli_write(cli, str_fmt(cli->arena, "The agreement of %.*s is over.\n", STR_ARG(cli->args[0])));
}

static err_t run_sign_list(struct cli *cli)
{
	struct agreement_view view;
	TRY(app_agreement_list(&cli->call, &view));
	struct buf out = buf_new(cli->arena, OUTPUT_MAX);
	for (size_t i = 0; i < view.rows_n; i++) {
		const struct agreement_row *r = &view.rows[i];
		buf_fmt(&out, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(r->login), STR_ARG(r->name), STR_ARG(r->agency),
			STR_ARG(day_or_dash(cli, r->agreed)), STR_ARG(day_or_dash(cli, r->trained)));
	}
	return cli_write(cli, buf_text(&out));
}

static err_t run_trained(struct cli *cli)
{
	struct day done, until;
	TRY(cli_day(cli, "--on", cli->call.today, &done));
	TRY(cli_day(cli, "--until", day_add(done, YEAR - 1), &until));
	TRY(app_training_done(&cli->call, cli->args[0], done, until));
	return cli_write(cli, str_fmt(cli->arena, "The privacy training of %.*s holds until %.*s.\n",
				      STR_ARG(cli->args[0]), STR_ARG(day_or_dash(cli, until))));
}

const struct command command_mou_add = {
	"mou add",
	"AGENCY [--from DAY] [--until DAY] [--regions REGIONS]",
	"Record an agency's memorandum of understanding",
	"Names are shown to people of agencies with a memorandum in force, and no longer than its last day. A new\n"
	"one may begin before the old one ends.",
	CLI_OPEN,
	1,
	1,
	{
		{"--from", "DAY", "first day (default: today)"},
		{"--until", "DAY", "last day (default: a year later)"},
		{"--regions", "REGIONS", "numbers or names, commas between (default: the whole CoC)"},
		{"--signed-by", "NAME", "who signed for the agency"},
		{"--document", "WHERE", "where the paper is kept"},
	},
	run_mou_add,
};
const struct command command_mou_end = {
	"mou end",
	"ID [--on DAY]",
	"End a memorandum before its last day",
	"ID is the first column of byname mou list.",
	CLI_OPEN,
	1,
	1,
	{{"--on", "DAY", "its last day (default: yesterday, so that it is over now)"}},
	run_mou_end,
};
const struct command command_mou_list = {
	"mou list", "", "Print the memoranda, one per line, tab-separated", NULL, CLI_OPEN, 0, 0, {{0}}, run_mou_list,
};
const struct command command_agreement_sign = {
	"agreement sign",
	"LOGIN [--on DAY]",
	"Record that somebody signed the confidentiality agreement",
	"It holds for a year. Without it the list is closed to them and meetings show them codes.",
	CLI_OPEN,
	1,
	1,
	{{"--on", "DAY", "the day it was signed (default: today)"}},
	run_sign,
};
const struct command command_agreement_end = {
	"agreement end", "LOGIN",      "End somebody's confidentiality agreement, from now on", NULL, CLI_OPEN, 1, 1,
	{{0}},           run_sign_end,
};
const struct command command_agreement_list = {
	"agreement list",
	"",
	"Print who signed and was trained until when, one per line, tab-separated",
	NULL,
	CLI_OPEN,
	0,
	0,
	{{0}},
	run_sign_list,
};
const struct command command_training = {
	"training",
	"LOGIN [--on DAY] [--until DAY]",
	"Record somebody's privacy training",
	"Once somebody's training has run out, the list is closed to them until it is renewed. Whoever never had\n"
	"one recorded is not asked for it.",
	CLI_OPEN,
	1,
	1,
	{
		{"--on", "DAY", "the day it was done (default: today)"},
		{"--until", "DAY", "its last day (default: a year later)"},
	},
	run_trained,
};
