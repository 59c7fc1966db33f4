/* Reports, for scripts: the tables of app/report.h as text, JSON or a workbook. */
#include "cli/commands.h"

#include "app/list_image.h"
#include "app/report.h"
#include "base/json.h"

enum { OUT_MAX = 64 << 20 };

enum report_format { FORMAT_CSV, FORMAT_JSON, FORMAT_XLSX };
static const char *const formats[] = {"csv", "json", "xlsx", NULL};

/* --- what there is --- */

static err_t list_reports(struct cli *cli, enum report_format format)
{
	struct buf out = buf_new(cli->arena, OUT_MAX);
	struct json j = {.out = &out};
	if (format == FORMAT_JSON)
		json_open(&j, NULL, '[');
	for (enum report r = 0; r < REPORTS_N; r++) {
		const struct report_row *row = &report_table[r];
		if (format != FORMAT_JSON) {
			buf_fmt(&out, "%-18.*s %.*s.\n", STR_ARG(row->word), STR_ARG(row->about));
			continue;
		}
		json_open(&j, NULL, '{');
		json_str(&j, "name", row->word);
		json_str(&j, "title", row->title);
		json_str(&j, "about", row->about);
		json_close(&j, '}');
	}
	if (format == FORMAT_JSON) {
		json_close(&j, ']');
		buf_char(&out, '\n');
	}
	return cli_write(cli, buf_text(&out));
}

/* --- one of them --- */

static void write_json(struct buf *out, const struct report_view *v)
{
	struct json j = {.out = out};
	json_open(&j, NULL, '[');
	for (size_t r = 0; r + v->totals < v->rows_n; r++) {
		const struct paper_cell *cells = report_cells(v, r);
		json_open(&j, NULL, '{');
		for (size_t c = 0; c < v->columns_n; c++) {
			const char *key = v->columns[c].key;
			if (cells[c].kind == PAPER_NUMBER)
				json_int(&j, key, cells[c].number);
			else if (cells[c].kind == PAPER_DAY)
				json_day(&j, key, cells[c].day);
			else
				json_str_or_null(&j, key, cells[c].text);
		}
		json_close(&j, '}');
	}
	json_close(&j, ']');
	buf_char(out, '\n');
}

static err_t write_report(struct cli *cli, enum report_format format, const struct report_view *view)
{
	struct buf out = buf_new(cli->arena, OUT_MAX);
	if (format == FORMAT_XLSX) {
		struct str file;
		TRY(report_workbook(cli->arena, view, &file));
		return cli_write(cli, file);
	}
	if (format == FORMAT_JSON)
		write_json(&out, view);
	else
		report_csv(cli->arena, &out, view);
	return out.full ? err_new(cli->arena, ERR_INVALID, "The report is longer than %d MB: ask for fewer days.",
				  OUT_MAX >> 20)
			: cli_write(cli, buf_text(&out));
}

static err_t run_report(struct cli *cli)
{
	int format;
	struct report_view view;
	struct report_ask ask = {.region = cli_value(cli, "--region")};
	TRY(cli_choice(cli, "--format", formats, &format));
	if (cli->args_n == 0)
		return list_reports(cli, (enum report_format)format);
	if (!report_parse(cli->args[0], &ask.report))
		return err_new(cli->arena, ERR_INVALID, "There is no report \"%.*s\"; \"byname report\" lists them.",
			       STR_ARG(cli->args[0]));
	if (cli_given(cli, "--as-of") && (cli_given(cli, "--to") || cli_given(cli, "--from")))
		return err_new(cli->arena, ERR_INVALID, "Give --as-of, or --from and --to.");
	TRY(cli_day(cli, "--from", DAY_NONE, &ask.from));
	TRY(cli_day(cli, cli_given(cli, "--as-of") ? "--as-of" : "--to", DAY_NONE, &ask.to));
	cli->app.lists = list_cache_new(); /* a server has one for all its answers */
	err_t e = app_report(&cli->call, &ask, &view);
	list_cache_free(&cli->app.lists);
	TRY(e);
	return write_report(cli, (enum report_format)format, &view);
}

const struct command command_report = {
	"report",
	"[NAME] [--from DATE --to DATE | --as-of DATE] [--region REGION] [--format csv|json|xlsx]",
	"Print a report about coordinated entry: by code and by count, never by name",
	"Without NAME: what there is.\n"
	"  counts              outstanding referrals by agency, kind and age, as of a day\n"
	"  side-door           entries into rapid rehousing and supportive housing without a referral: by code, with\n"
	"                      what was asked and answered\n"
	"  side-door-agencies  how many of each agency's entries those were\n"
	"  referrals           referrals made in the time, by agency and kind, and how they ended\n"
	"  stages              middle and 90th of 100 of the days between one step and the next\n"
	"  vacancy             days that each opening stood empty, and why\n"
	"  declines            referrals declined, by who, why and kind\n"
	"  check-ins           who is to be looked in on 30, 90, 180 and 365 days after the move, by code\n"
	"  outcomes            what those check-ins found\n"
	"  unmet               active households and the openings that they fit, as of a day\n"
	"\n"
	"An entry came by the side door where its head had no referral to that project, open or accepted, from 90 "
	"days\n"
	"before it to its day. Referrals are HMIS events 11 to 15, 17 and 18; one that names no project counts for\n"
	"every project of its kind. What an agency answers is an emergency transfer is left out.\n"
	"\n"
	"The columns are those of docs/REPORTS.md. CSV and workbook end with a line of sums where columns add up, "
	"JSON\n"
	"is an array of objects without it; dates as 2026-11-21, what is not known is empty (null). Reports of a time\n"
	"are about the 90 days up to today unless --from and --to say otherwise.",
	CLI_OPEN,
	0,
	1,
	{
		{"--from", "DATE", "first day (default: 89 days before the last)"},
		{"--to", "DATE", "last day (default: today)"},
		{"--as-of", "DATE", "the day that counts, check-ins and unmet describe (default: today)"},
		{"--region", "REGION", "one region only: its number, name or id"},
		{"--format", "FORMAT", "csv (default), json or xlsx"},
	},
	run_report,
};
