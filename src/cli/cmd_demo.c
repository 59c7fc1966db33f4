/* The made-up CoC. */
#include "cli/commands.h"

#include "hmis/demo.h"

static void tell(void *ctx, int permille)
{
	cli_progress(ctx, "Making people up", permille, 1000);
}

static err_t run_demo(struct cli *cli)
{
	int64_t people;
	int64_t seed;
	int64_t months;
	int64_t changed;
	struct demo_options o = {.folder = cli->args[0]};
	struct demo_progress progress = {tell, cli};
	struct demo_made made;
	TRY(cli_int(cli, "--people", 1, DEMO_PEOPLE_MAX, 6000, &people));
	TRY(cli_int(cli, "--seed", 0, INT64_MAX, 1, &seed));
	TRY(cli_int(cli, "--months-later", 0, DEMO_MONTHS_MAX, 0, &months));
	TRY(cli_int(cli, "--changed", 0, 1000, 0, &changed));
	TRY(cli_day(cli, "--today", cli->call.today, &o.today));
	o.people = people;
	o.seed = (uint64_t)seed;
	o.months_later = (int)months;
	o.changed_permille = (int)changed;
	TRY(demo_write(cli->arena, &o, &progress, &made));
	cli_progress_end(cli);
	return cli_write(cli, str_fmt(cli->arena, "%lld people in %lld households, %lld MB in %.*s; all invented.\n",
				      (long long)people, (long long)(made.households + made.newcomers),
				      (long long)(made.bytes / 1000000), STR_ARG(cli->args[0])));
}

const struct command command_demo = {
	"demo",
	"[--people N] [--seed S] [--months-later K] [--changed N] [--today DATE] OUT",
	"Write a made-up FY2026 export into the folder OUT",
	"A balance-of-state CoC with 101 invented counties in 10 regions, plausible families and stays, and the\n"
	"errors that real exports have. The same options give the same bytes. Beside the HMIS files stands\n"
	"regions.csv for \"byname region import\".",
	CLI_NOTHING,
	1,
	1,
	{
		{"--people", "N", "how many people (default 6000)"},
		{"--seed", "S", "which world (default 1)"},
		{"--months-later", "K", "the same world K months on, for a second import"},
		{"--changed", "N", "this many of 1000 households have newer rows"},
		{"--today", "DATE", "day of the world's first export (default: today)"},
	},
	run_demo,
};
