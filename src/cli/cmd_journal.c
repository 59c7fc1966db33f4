/* The journal and the record of disclosures, for scripts. */
#include "cli/commands.h"

#include "app/journal.h"

enum { OUT_MAX = 8 << 20, STEP = 1000 };

/* Each step in memory of its own, so that a long record needs no more than a short one. */
static err_t write_step(struct cli *cli, struct journal_ask *ask, bool shown, bool first, struct str *below, bool *more)
{
	struct buf out = buf_new(cli->arena, OUT_MAX);
	struct journal_view acts = {0};
	struct shown_view seen = {0};
	if (shown)
		TRY(app_journal_shown(&cli->call, ask, *below, &seen));
	else
		TRY(app_journal(&cli->call, ask, &acts));
	if (shown)
		shown_csv(&out, &seen, first);
	else
		journal_csv(&out, &acts, first);
	ask->before = acts.next;
	*below = seen.next;
	*more = acts.next > 0 || seen.next.n > 0;
	return cli_write(cli, buf_text(&out));
}

static err_t run_journal(struct cli *cli)
{
	bool shown = cli_given(cli, "--shown");
	struct journal_ask ask = {
		.who = cli_value(cli, "--who"),
		.act = cli_value(cli, "--act"),
		.kind = cli_value(cli, "--kind"),
		.household = cli_value(cli, "--household"),
		.most = STEP,
	};
	TRY(cli_day(cli, "--from", DAY_NONE, &ask.from));
	TRY(cli_day(cli, "--until", DAY_NONE, &ask.until));
	char place[100];
	struct str below = {0};
	for (bool first = true, more = true; more; first = false) {
		struct arena_mark mark = arena_mark(cli->arena);
		TRY(write_step(cli, &ask, shown, first, &below, &more));
		below = str_sub(below, 0, sizeof place);
		for (size_t i = 0; i < below.n; i++)
			place[i] = below.p[i];
		below.p = place;
		arena_rewind(cli->arena, mark);
	}
	return NULL;
}

const struct command command_journal = {
	"journal",
	"[--shown] [--from DAY] [--until DAY] [--who NAME] [--act ACT] [--kind KIND] [--household CODE]",
	"Print what was done, or who was shown whom, newest first",
	"A CSV. What was done: number, at_utc, who, login, act, in_words, kind, id, what, more. With --shown, one "
	"line\n"
	"for each household in each answer: at_utc, who, login, page, in_words, household. Clients are codes in both.",
	CLI_OPEN,
	0,
	0,
	{
		{"--shown", NULL, "the record of disclosures in place of the journal"},
		{"--from", "DAY", "from that day on, as 2026-11-21"},
		{"--until", "DAY", "until that day, which counts"},
		{"--who", "NAME", "the sign-in name of an account, or an operator's"},
		{"--act", "ACT", "one act, as step.add"},
		{"--kind", "KIND", "one kind of thing, as household"},
		{"--household", "CODE", "one household: what was done to it, its steps and its cards"},
	},
	run_journal,
};
