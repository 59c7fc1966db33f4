/* The monthly ledger, for scripts. */
#include "cli/commands.h"

#include "app/ledger.h"
#include "base/json.h"

enum { OUT_MAX = 1 << 20 };

enum ledger_format { FORMAT_CSV, FORMAT_JSON };
static const char *const formats[] = {"csv", "json", NULL};

/* The columns between month and active_start, and active_end, are the flows in their order. */
static void write_csv(struct buf *out, const struct ledger *l)
{
	char text[MONTH_TEXT];
	buf_lit(out, "month,active_start");
	for (enum ledger_flow f = 0; f < LEDGER_FLOWS_N; f++)
		buf_fmt(out, ",%s", ledger_flow_word(f));
	buf_lit(out, ",active_end\n");
	for (size_t i = 0; i < l->n; i++) {
		const struct ledger_month *m = &l->months[i];
		buf_fmt(out, "%s,%lld", month_text(m->month, text), (long long)m->active_start);
		for (enum ledger_flow f = 0; f < LEDGER_FLOWS_N; f++)
			buf_fmt(out, ",%lld", (long long)m->flows[f]);
		buf_fmt(out, ",%lld\n", (long long)m->active_end);
	}
}

static void write_json(struct buf *out, const struct ledger *l)
{
	struct json j = {.out = out};
	char text[MONTH_TEXT];
	json_open(&j, NULL, '[');
	for (size_t i = 0; i < l->n; i++) {
		const struct ledger_month *m = &l->months[i];
		json_open(&j, NULL, '{');
		json_str(&j, "month", str_from(month_text(m->month, text)));
		json_int(&j, "active_start", m->active_start);
		for (enum ledger_flow f = 0; f < LEDGER_FLOWS_N; f++)
			json_int(&j, ledger_flow_word(f), m->flows[f]);
		json_int(&j, "active_end", m->active_end);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	buf_char(out, '\n');
}

static err_t option_month(struct cli *cli, const char *option, int32_t *out)
{
	*out = LEDGER_NO_MONTH;
	if (!cli_given(cli, option) || month_parse(cli_value(cli, option), out))
		return NULL;
	return err_new(cli->arena, ERR_INVALID, "%s: \"%.*s\" is not a month like 2026-03.", option,
		       STR_ARG(cli_value(cli, option)));
}

static err_t run_ledger(struct cli *cli)
{
	int format;
	struct ledger_view view;
	struct ledger_ask ask = {.region = cli_value(cli, "--region"), .where = cli_value(cli, "--where")};
	TRY(option_month(cli, "--from", &ask.from));
	TRY(option_month(cli, "--to", &ask.to));
	TRY(cli_choice(cli, "--format", formats, &format));
	cli->app.lists = list_cache_new(); /* a server has one for all its answers */
	err_t e = app_ledger(&cli->call, &ask, &view);
	list_cache_free(&cli->app.lists);
	TRY(e);
	struct buf out = buf_new(cli->arena, OUT_MAX);
	if (format == FORMAT_JSON)
		write_json(&out, &view.ledger);
	else
		write_csv(&out, &view.ledger);
	return cli_write(cli, buf_text(&out));
}

const struct command command_ledger = {
	"ledger",
	"[--from MONTH] [--to MONTH] [--region REGION] [--where FILTER] [--format csv|json]",
	"Print the monthly ledger: who was active, who came, who went",
	"One line for each month: month, active_start, newly_identified, returned_from_housing,\n"
	"returned_from_inactive, move_ins, moved_to_inactive, no_longer_eligible, adjustments, active_end. In every\n"
	"line\n"
	"\n"
	"  active_end = active_start + newly_identified + returned_from_housing + returned_from_inactive\n"
	"               - move_ins - moved_to_inactive - no_longer_eligible + adjustments\n"
	"\n"
	"and active_end is the next line's active_start. Counts are of households and never negative; adjustments "
	"have\n"
	"a sign. Who died or moved away counts under no_longer_eligible. Newly identified is who comes for the first\n"
	"time, or after two years without a record.\n"
	"\n"
	"A month is closed when a list is made in a later one. What is learnt about it afterwards is an adjustment in\n"
	"the month in which it was learnt; the closed month stays as it was. Months before the first import are made\n"
	"from its facts. The ledger ends with the list's month, whose line still changes; later months are left out.\n"
	"\n"
	"--region and --where count a part of the list: the households that are in the region, or that the filter\n"
	"lets through, by what is known of them today. So the ledger of a part balances as well. FILTER is the text\n"
	"that the list page takes, but for names: chronic:verified months>=12.",
	CLI_OPEN,
	0,
	0,
	{
		{"--from", "MONTH", "first month, as 2026-03 (default: a year before the last)"},
		{"--to", "MONTH", "last month (default: the list's)"},
		{"--region", "REGION", "one region only: its number, name or id"},
		{"--where", "FILTER", "the households that a filter of the list lets through"},
		{"--format", "FORMAT", "csv (default) or json"},
	},
	run_ledger,
};
