/* The list, for scripts and for the eye: codes, ids and facts, never a name. */
#include "cli/commands.h"

#include "app/instance.h"
#include "app/list_image.h"
#include "app/list_report.h"
#include "base/file.h"
#include "base/json.h"

enum { TOP_MOST = 100000000, ROW_MAX = 64 << 10, PIECE = 32 << 10 };

enum list_format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };
static const char *const formats[] = {"table", "csv", "json", NULL};

enum list_order { ORDER_RANK, ORDER_NIGHTS };
static const char *const orders[] = {"rank", "nights", NULL};

/* One value of a row; a number, a day or a text that is not known is null, and empty outside JSON. */
struct value {
	const char *name;
	int width; /* of the table; negative: flush left */
	enum { VALUE_TEXT, VALUE_NUMBER, VALUE_DAY } kind;
	bool known; /* of a number */
	struct str text;
	int64_t number;
	struct day day;
};

/* Writes rows as they come, some at a time. */
struct writer {
	struct cli *cli;
	enum list_format format;
	struct buf out;
	struct json json;
};

static err_t writer_flush(struct writer *w)
{
	TRY(cli_write(w->cli, buf_text(&w->out)));
	w->out.n = 0;
	return NULL;
}

static struct str value_text(const struct value *v, char room[32])
{
	switch (v->kind) {
	case VALUE_TEXT:
		return v->text;
	case VALUE_DAY:
		return str_from(day_text(v->day, room));
	case VALUE_NUMBER:
		break;
	}
	if (!v->known)
		return (struct str){0};
	snprintf(room, 32, "%lld", (long long)v->number);
	return str_from(room);
}

/* A cell of the table; the last one of a line is not filled up with blanks. */
static void write_cell(struct buf *out, struct str s, int width, bool last)
{
	size_t want = (size_t)(width < 0 ? -width : width);
	size_t have = str_utf8_len(s);
	size_t fill = have < want ? want - have : 0;
	for (size_t i = 0; i < fill && width > 0; i++)
		buf_char(out, ' ');
	buf_str(out, s);
	for (size_t i = 0; i < fill && width < 0 && !last; i++)
		buf_char(out, ' ');
	buf_str(out, last ? S("\n") : S("  "));
}

static void write_json(struct writer *w, const struct value *values, size_t n)
{
	struct json *j = &w->json;
	json_open(j, NULL, '{');
	for (size_t i = 0; i < n; i++) {
		const struct value *v = &values[i];
		if (v->kind == VALUE_TEXT)
			json_str_or_null(j, v->name, v->text);
		else if (v->kind == VALUE_DAY)
			json_day(j, v->name, v->day);
		else if (v->known)
			json_int(j, v->name, v->number);
		else
			json_null(j, v->name);
	}
	json_close(j, '}');
}

static void write_begin(struct writer *w, const struct value *values, size_t n)
{
	if (w->format == FORMAT_JSON)
		json_open(&w->json, NULL, '[');
	for (size_t i = 0; i < n && w->format == FORMAT_CSV; i++)
		buf_fmt(&w->out, "%s%s", values[i].name, i + 1 < n ? "," : "\n");
	for (size_t i = 0; i < n && w->format == FORMAT_TABLE; i++)
		write_cell(&w->out, str_from(values[i].name), values[i].width, i + 1 == n);
}

static err_t write_row(struct writer *w, const struct value *values, size_t n)
{
	char room[32];
	if (w->format == FORMAT_JSON)
		write_json(w, values, n);
	for (size_t i = 0; i < n && w->format == FORMAT_CSV; i++) {
		cli_csv_text(&w->out, value_text(&values[i], room));
		buf_char(&w->out, i + 1 < n ? ',' : '\n');
	}
	for (size_t i = 0; i < n && w->format == FORMAT_TABLE; i++)
		write_cell(&w->out, value_text(&values[i], room), values[i].width, i + 1 == n);
	return w->out.n > PIECE ? writer_flush(w) : NULL;
}

static struct value text(const char *name, int width, struct str s)
{
	return (struct value){.name = name, .width = width, .kind = VALUE_TEXT, .text = s};
}

static struct value number(const char *name, int width, int64_t v, bool known)
{
	return (struct value){.name = name, .width = width, .kind = VALUE_NUMBER, .number = v, .known = known};
}

static struct value day(const char *name, int width, struct day d)
{
	return (struct value){.name = name, .width = width, .kind = VALUE_DAY, .day = d};
}

enum { HOUSEHOLD_VALUES = 12, PERSON_VALUES = 3 };

static void household_values(const struct list_report_row *r, struct value out[HOUSEHOLD_VALUES])
{
	bool placed = r->situation != SITUATION_UNKNOWN;
	size_t n = 0;
	out[n++] = text("personal_id", -20, r->personal_id);
	out[n++] = text("household_id", -20, r->household_id);
	out[n++] = text("code", -16, r->code);
	out[n++] = text("region", -10, r->region);
	out[n++] = text("status", -10, str_from(status_word(r->status)));
	out[n++] = text("situation", -12, placed ? str_from(situation_say(r->situation)) : (struct str){0});
	out[n++] = number("days_on_list", 12, r->days_on_list, true);
	out[n++] = number("months_36", 9, r->months_36, true);
	out[n++] = day("last_contact", -12, r->last_contact);
	out[n++] = number("score", 5, r->score, r->score != SCORE_NONE);
	out[n++] = number("rank", 6, r->rank, r->rank > 0);
	out[n++] = number("members", 7, r->members, true);
}

static void person_values(const struct list_nights_row *r, struct value out[PERSON_VALUES])
{
	out[0] = text("personal_id", -20, r->personal_id);
	out[1] = number("nights_3y", 9, r->nights_3y, true);
	out[2] = text("project", -16, r->project);
}

static err_t on_household(void *ctx, const struct list_report_row *r)
{
	struct value values[HOUSEHOLD_VALUES];
	household_values(r, values);
	return write_row(ctx, values, HOUSEHOLD_VALUES);
}

static err_t on_person(void *ctx, const struct list_nights_row *r)
{
	struct value values[PERSON_VALUES];
	person_values(r, values);
	return write_row(ctx, values, PERSON_VALUES);
}

static err_t list_nights(struct cli *cli, struct writer *w, struct day as_of, int64_t top)
{
	struct value names[PERSON_VALUES];
	person_values(&(struct list_nights_row){0}, names);
	write_begin(w, names, PERSON_VALUES);
	struct list_nights_ask ask = {
		.as_of = as_of, .coc = cli_value(cli, "--coc"), .top = top, .ctx = w, .row = on_person};
	return app_list_nights(cli->arena, cli_value(cli, "--export"), &ask);
}

/* The list of the database: the only one that has to be opened. */
static err_t list_kept(struct cli *cli, struct list_ask *ask)
{
	TRY(app_open(cli->arena, cli->where, cli->data, cli->key, &cli->app, &cli->call.db));
	ask->today = cli->call.today = instant_day(cli->call.now); /* app_open has set the CoC's time zone */
	if (!cli_given(cli, "--as-of"))
		ask->as_of = ask->today;
	ask->where = cli_value(cli, "--where");
	cli->app.lists = list_cache_new(); /* a server has one for all its answers */
	err_t e = app_list_report(&cli->call, ask);
	list_cache_free(&cli->app.lists);
	app_close(&cli->app, &cli->call.db);
	return e;
}

static err_t list_households(struct cli *cli, struct writer *w, struct day as_of, int64_t top)
{
	struct value names[HOUSEHOLD_VALUES];
	household_values(&(struct list_report_row){.score = SCORE_NONE}, names);
	write_begin(w, names, HOUSEHOLD_VALUES);
	struct list_ask ask = {
		.as_of = as_of,
		.today = cli->call.today,
		.region = cli_value(cli, "--region"),
		.top = top,
		.ctx = w,
		.row = on_household,
	};
	if (cli_given(cli, "--opening") && !policy_kind_parse(cli_value(cli, "--opening"), &ask.opening))
		return err_new(cli->arena, ERR_INVALID, "--opening takes psh, rrh, th, oph or voucher.");
	if (!cli_given(cli, "--export"))
		return list_kept(cli, &ask);
	struct policy policy;
	if (cli_given(cli, "--policy")) {
		struct policy_faults faults;
		struct str text;
		TRY(file_read(cli->arena, str_c(cli->arena, cli_value(cli, "--policy")), POLICY_TEXT_MAX, &text));
		if (!policy_read(cli->arena, text, &policy, &faults))
			return policy_refuse(cli->arena, &faults);
		ask.policy = &policy;
	}
	return app_list_export(cli->arena, cli_value(cli, "--export"), cli_value(cli, "--regions"), &ask);
}

/* Options that say nothing together would be ignored in silence. */
static err_t check_options(struct cli *cli, enum list_order order)
{
	static const struct {
		const char *option, *needs;
		bool nights;
	} only[] = {
		{"--coc", "--order nights", true}, {"--regions", "--export", false}, {"--policy", "--export", false}};
	bool exported = cli_given(cli, "--export");
	if (order == ORDER_NIGHTS && !exported)
		return err_new(cli->arena, ERR_INVALID,
			       "--order nights counts nights from an HMIS export: give it with --export PATH");
	for (size_t i = 0; i < sizeof only / sizeof *only; i++)
		if (cli_given(cli, only[i].option) && !(only[i].nights ? order == ORDER_NIGHTS : exported))
			return err_new(cli->arena, ERR_INVALID, "%s goes together with %s", only[i].option,
				       only[i].needs);
	if (exported && cli_given(cli, "--opening"))
		return err_new(
			cli->arena, ERR_INVALID,
			"--opening ranks by the policies of the database; an export has none: give --policy FILE");
	if (exported && cli_given(cli, "--where"))
		return err_new(cli->arena, ERR_INVALID,
			       "--where asks the list of the database; leave out --export, or the filter");
	if (order == ORDER_NIGHTS &&
	    (cli_given(cli, "--region") || cli_given(cli, "--regions") || cli_given(cli, "--policy")))
		return err_new(cli->arena, ERR_INVALID,
			       "--order nights knows no regions and no policy; narrow it with --coc CODE");
	return NULL;
}

static err_t run_list(struct cli *cli)
{
	int format;
	int order;
	int64_t top;
	struct day as_of;
	TRY(cli_choice(cli, "--format", formats, &format));
	TRY(cli_choice(cli, "--order", orders, &order));
	TRY(cli_int(cli, "--top", 1, TOP_MOST, 0, &top));
	TRY(cli_day(cli, "--as-of", cli->call.today, &as_of));
	TRY(check_options(cli, (enum list_order)order));
	/* An arena of its own: whoever makes the rows rewinds the command's between them. */
	struct arena *room = arena_new("output", 4 * ROW_MAX);
	struct writer w = {.cli = cli, .format = (enum list_format)format, .out = buf_new(room, ROW_MAX)};
	w.json.out = &w.out;
	err_t e = order == ORDER_NIGHTS ? list_nights(cli, &w, as_of, top) : list_households(cli, &w, as_of, top);
	if (e == NULL) {
		if (w.format == FORMAT_JSON) {
			json_close(&w.json, ']');
			buf_char(&w.out, '\n');
		}
		e = writer_flush(&w);
	}
	arena_free(&room);
	return e;
}

const struct command command_list = {
	"list",
	"[--region REGION] [--where FILTER] [--opening KIND] [--as-of DATE] [--top N] [--export PATH] [--format "
	"table|csv|json]",
	"Print the by-name list: codes, ids and facts, never names",
	"One line for each household, the active ones by rank, then the others. JSON is one array of objects with\n"
	"the keys personal_id (the head's HMIS id; null for a protected household and for who declined or withdrew a\n"
	"release, or whose release has run out), household_id, code, region, status, situation, days_on_list,\n"
	"months_36, last_contact, score, rank (1 to n over the active ones that are printed, else null) and members;\n"
	"dates as 2026-11-21, what is not known null. A list of another day than the one that is kept is worked out\n"
	"from the facts as they are known today.\n"
	"\n"
	"With --opening the order is that of the policy for that kind of opening (docs/POLICY.md): only households "
	"that\n"
	"it is for, ranked by its keys and by who is nominated for it. A kind without a policy follows the list.\n"
	"\n"
	"--where takes a filter as the page of the list does: conditions side by side, all of which must hold, as\n"
	"\n"
	"  byname list --where 'group:youth months>=12 contact>30d -flag:old_score'\n"
	"\n"
	"docs/TABLES.md names the keys. Names, and columns of the CoC's own, are for the page alone.\n"
	"\n"
	"With --export nothing but an HMIS export (a folder or a zip) is read: no database and no key. It gives the\n"
	"same households in the same order as importing the export would; only the lots that break last ties,\n"
	"household_id and code come from the export itself (a hash of its source and the head's PersonalID). The day\n"
	"is today unless --as-of says otherwise, also for an old export.\n"
	"\n"
	"--order nights answers another question, from an export alone: who was homeless for the most nights of the\n"
	"last three years. It prints personal_id, nights_3y (distinct nights in shelter and safe haven by entry and\n"
	"exit, the night of exit not counted, and bed nights) and the project of the latest enrollment; --coc keeps\n"
	"the people whose latest enrollment is in that CoC.",
	CLI_PLACE,
	0,
	0,
	{
		{"--region", "REGION", "one region only: its number, name or id"},
		{"--where", "FILTER", "the households that a filter lets through, as on the page of the list"},
		{"--as-of", "DATE", "the list of that day (default: today)"},
		{"--top", "N", "only the first N active households"},
		{"--export", "PATH", "read an HMIS export instead of the database"},
		{"--regions", "FILE", "with --export: regions, counties and projects, as for \"byname region import\""},
		{"--opening", "KIND", "in the order of a kind of opening: psh, rrh, th, oph or voucher"},
		{"--policy", "FILE", "with --export: rank by this policy (docs/POLICY.md), not by the default"},
		{"--order", "ORDER", "rank (default), or with --export: nights"},
		{"--coc", "CODE", "with --order nights: people of this CoC, as XX-501"},
		{"--format", "FORMAT", "table (default), csv or json"},
	},
	run_list,
};
