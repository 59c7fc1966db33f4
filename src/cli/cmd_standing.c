/* How long everybody has been homeless, for scripts and reports: ids and facts, never a name. */
#include "cli/commands.h"

#include "app/instance.h"
#include "app/standing.h"
#include "base/json.h"

enum standing_format { FORMAT_CSV, FORMAT_JSON };
static const char *const formats[] = {"csv", "json", NULL};

#define COLUMNS "personal_id,as_of,months_36,nights_3y,episodes,chtime,chtime_status,chronic,chronic_at_entry\n"

struct output {
	struct cli *cli;
	bool json;
	struct day day;
	char as_of[DAY_TEXT];
	bool any; /* a row was written */
};

static struct str at_entry(const struct standing_row *row)
{
	return row->entered ? str_from(answer_say(row->at_entry)) : (struct str){0};
}

static void write_number(struct buf *out, int n)
{
	buf_i64(out, n);
	buf_char(out, ',');
}

static void write_csv(void *ctx, struct buf *out, const struct standing_row *row)
{
	const struct output *o = ctx;
	cli_csv_text(out, row->personal_id);
	buf_char(out, ',');
	buf_str(out, str_from(o->as_of));
	buf_char(out, ',');
	write_number(out, row->months_36);
	write_number(out, row->nights_3y);
	write_number(out, row->episodes);
	write_number(out, row->chtime);
	write_number(out, row->chtime_status);
	buf_str(out, str_from(chronic_say(row->chronic)));
	buf_char(out, ',');
	buf_str(out, at_entry(row));
	buf_char(out, '\n');
}

static void write_json(void *ctx, struct buf *out, const struct standing_row *row)
{
	const struct output *o = ctx;
	struct json j = {.out = out};
	buf_lit(out, ",\n");
	json_open(&j, NULL, '{');
	json_str(&j, "personal_id", row->personal_id);
	json_day(&j, "as_of", o->day);
	json_int(&j, "months_36", row->months_36);
	json_int(&j, "nights_3y", row->nights_3y);
	json_int(&j, "episodes", row->episodes);
	json_int(&j, "chtime", row->chtime);
	json_int(&j, "chtime_status", row->chtime_status);
	json_str(&j, "chronic", str_from(chronic_say(row->chronic)));
	json_str_or_null(&j, "chronic_at_entry", at_entry(row));
	json_close(&j, '}');
}

/* Every JSON row comes with a comma before it; the first of all does without. */
static err_t flush(void *ctx, struct str text)
{
	struct output *o = ctx;
	if (text.n == 0)
		return NULL;
	if (!o->any) {
		TRY(cli_write(o->cli, o->json ? S("[") : S(COLUMNS)));
		text = str_sub(text, o->json ? 1 : 0, text.n);
	}
	o->any = true;
	return cli_write(o->cli, text);
}

/* A list of nobody is a list, and a sentence says why. */
static err_t finish(struct output *o)
{
	if (!o->any)
		fprintf(stderr, "byname: nobody had an enrollment on %s\n", o->as_of);
	if (o->json)
		return cli_write(o->cli, o->any ? S("\n]\n") : S("[]\n"));
	return o->any ? NULL : cli_write(o->cli, S(COLUMNS));
}

static err_t report(struct output *o, struct standing_ask *ask)
{
	struct cli *cli = o->cli;
	bool exported = cli_given(cli, "--export");
	if (!exported) {
		TRY(app_open(cli->arena, cli->where, cli->data, cli->key, &cli->app, &cli->call.db));
		ask->today = instant_day(cli->call.now); /* app_open has set the CoC's time zone */
		if (!cli_given(cli, "--as-of"))
			ask->as_of = ask->today;
	}
	o->day = ask->as_of;
	day_text(o->day, o->as_of);
	err_t e = exported ? app_standing_export(cli->arena, cli_value(cli, "--export"), ask)
			   : app_standing(&cli->call, ask);
	if (!exported)
		app_close(&cli->app, &cli->call.db);
	return e;
}

static err_t run_standing(struct cli *cli)
{
	int format;
	struct day as_of;
	TRY(cli_choice(cli, "--format", formats, &format));
	TRY(cli_day(cli, "--as-of", cli->call.today, &as_of));
	struct output o = {.cli = cli, .json = format == FORMAT_JSON};
	struct standing_ask ask = {
		.as_of = as_of,
		.today = cli->call.today,
		.ctx = &o,
		.write = o.json ? write_json : write_csv,
		.flush = flush,
	};
	TRY(report(&o, &ask));
	return finish(&o);
}

const struct command command_standing = {
	"standing",
	"[--as-of DATE] [--export PATH] [--format csv|json]",
	"Print how long everybody has been homeless: ids and facts, never names",
	"One line for each client that has an enrollment, with the columns (JSON: one array of objects with the keys)\n"
	"  personal_id       the client's HMIS id\n"
	"  as_of             the day that is described, as 2026-11-21\n"
	"  months_36         months homeless of the last 36, documented or self-reported: the measure of the list\n"
	"  nights_3y         distinct nights of the last three years, recorded or self-reported, nothing bridged\n"
	"  episodes          homeless episodes as the reporting rules count them, gaps of up to 7 days bridged\n"
	"  chtime            CHTime: 365, 400, 270, 0, or -1 for who is neither head of a household nor adult\n"
	"  chtime_status     CHTimeStatus: 1, 2, 3, -1, or 99 where answers are missing\n"
	"  chronic           as the list shows it: verified, likely, unknown or not; a child's is that of its head\n"
	"  chronic_at_entry  of the latest entry to a homeless or permanent-housing project, by the household's\n"
	"                    rule: yes, no, don't know or missing; empty (null) for who entered none\n"
	"\n"
	"episodes, chtime and chtime_status are for reports and never order the list. They look at the three years\n"
	"that end on the client's last active day up to the day that is described.\n"
	"\n"
	"With --export nothing but an HMIS export (a folder or a zip) is read: no database and no key. It knows\n"
	"nothing of what people decided, so nobody is verified.",
	CLI_PLACE,
	0,
	0,
	{
		{"--as-of", "DATE", "the day that is described (default: today)"},
		{"--export", "PATH", "read an HMIS export instead of the database"},
		{"--format", "FORMAT", "csv (default) or json"},
	},
	run_standing,
};
