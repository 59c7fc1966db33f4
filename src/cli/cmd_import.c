/* Importing HMIS exports, and what they had to be told about. */
#include "cli/commands.h"

#include "app/import.h"
#include "app/region.h"
#include "app/release_import.h"
#include "app/source.h"

enum { OUTPUT_MAX = 64 << 20, FLAGS_AT_ONCE = 10000 };

static void tell(void *ctx, const char *phase, int64_t done, int64_t total)
{
	cli_progress(ctx, phase, done, total);
}

static void counts_text(struct buf *b, const char *what, const struct import_counts *n)
{
#define X(name, say)                                                                                                   \
	if (n->name > 0)                                                                                               \
		buf_fmt(b, "  %lld %s %s\n", (long long)n->name, what, say);
	IMPORT_COUNTS(X)
#undef X
}

static err_t print_view(struct cli *cli, const struct import_view *v)
{
	struct buf b = buf_new(cli->arena, OUTPUT_MAX);
	char when[INSTANT_TEXT];
	buf_fmt(&b, "HMIS CSV %d from %.*s, exported %s%s%s\n", v->csv_year, STR_ARG(v->source),
		instant_text(v->exported, when), v->full ? ", full refresh" : "",
		v->hashed ? ", names are hashed: people are shown by their code" : "");
	for (size_t i = 0; i < v->files_n; i++) {
		const struct import_file *f = &v->files[i];
		buf_fmt(&b, "  %-28.*s %9lld rows", STR_ARG(f->name), (long long)f->counts.rows);
		if (f->counts.aside > 0)
			buf_fmt(&b, ", %lld set aside", (long long)f->counts.aside);
		if (f->counts.blanked > 0)
			buf_fmt(&b, ", %lld values left out", (long long)f->counts.blanked);
		if (f->counts.refused > 0)
			buf_fmt(&b, ", %lld refused", (long long)f->counts.refused);
		buf_char(&b, '\n');
	}
	counts_text(&b, "clients", &v->clients);
	counts_text(&b, "enrollments", &v->enrollments);
	if (v->facts_gone > 0)
		buf_fmt(&b, "  %lld single facts gone\n", (long long)v->facts_gone);
	buf_fmt(&b, "  %lld rows set aside, %lld values left out", (long long)v->rows_aside,
		(long long)v->values_blanked);
	if (v->no == 0) /* only looked: no flag was kept, no list derived */
		buf_char(&b, '\n');
	else
		buf_fmt(&b,
			": byname flags says which and why\n"
			"  %lld households on the list before, %lld after\n",
			(long long)v->households_before, (long long)v->households_after);
	return cli_write(cli, buf_text(&b));
}

/* Applies the import that waits, or gives it up. */
static err_t end_waiting(struct cli *cli, bool apply)
{
	struct import_progress progress = {tell, cli};
	struct import_view *last;
	size_t n;
	int64_t no;
	TRY(app_imports(&cli->call, 1, &last, &n, &no));
	if (no == 0)
		return err_new(cli->arena, ERR_MISSING, "No import waits.");
	TRY(apply ? app_import_apply(&cli->call, no, &progress) : app_import_abandon(&cli->call, no, &progress));
	return cli_write(cli, str_fmt(cli->arena, "Import %lld %s.\n", (long long)no, apply ? "applied" : "abandoned"));
}

static err_t import_releases(struct cli *cli, struct str file, bool dry)
{
	struct release_import_view v;
	struct buf b = buf_new(cli->arena, OUTPUT_MAX);
	TRY(app_release_import(&cli->call, str_c(cli->arena, file), dry, &v));
	buf_fmt(&b, "%lld rows: %lld releases new, %lld changed, %lld unchanged, %zu rows set aside\n",
		(long long)v.rows, (long long)v.added, (long long)v.changed, (long long)v.same, v.asides_n);
	for (size_t i = 0; i < v.asides_n; i++)
		buf_fmt(&b, "line %lld\t%.*s\n", (long long)v.asides[i].line, STR_ARG(v.asides[i].why));
	buf_fmt(&b, "%s", dry ? "Nothing was changed: this was a dry run.\n" : "Applied.\n");
	return cli_write(cli, buf_text(&b));
}

static err_t import_list(struct cli *cli, bool dry)
{
	struct source_imported v;
	struct buf b = buf_new(cli->arena, OUTPUT_MAX);
	const struct source_import ask = {
		.source = cli_value(cli, "--source"),
		.path = str_c(cli->arena, cli_value(cli, "--list")),
		.tab = cli_value(cli, "--sheet"),
		.look = dry,
	};
	TRY(app_source_import(&cli->call, &ask, &v));
	const struct source_counts *n = &v.counts;
	buf_fmt(&b,
		"%.*s, %lld rows: %lld new, %lld changed, %lld as before, %lld not in this file (flagged, kept), "
		"%lld rows set aside, %lld values left out\n",
		STR_ARG(v.source), (long long)n->rows, (long long)n->added, (long long)n->changed,
		(long long)n->unchanged, (long long)n->absent, (long long)n->aside, (long long)n->blanked);
	for (size_t i = 0; i < v.asides_n; i++)
		buf_fmt(&b, "line %lld\t%s\n", (long long)v.asides[i].line, source_problem_say(v.asides[i].problem));
	buf_fmt(&b, "%s", dry ? "Nothing was changed: this was a dry run.\n" : "Applied.\n");
	return cli_write(cli, buf_text(&b));
}

static err_t run_import(struct cli *cli)
{
	struct import_progress progress = {tell, cli};
	struct import_view view;
	bool dry = cli_given(cli, "--dry-run");
	bool apply = cli_given(cli, "--apply");
	bool abandon = cli_given(cli, "--abandon");
	bool ends = apply || abandon;
	struct str releases = cli_value(cli, "--releases");
	bool list = cli_given(cli, "--list");
	bool alone = !ends && cli->args_n == 0;
	if (list != cli_given(cli, "--source") || (cli_given(cli, "--sheet") && !list))
		return err_new(cli->arena, ERR_INVALID, "--list FILE goes together with --source NAME");
	if (list && alone && !cli_given(cli, "--releases"))
		return import_list(cli, dry);
	if (cli_given(cli, "--releases") && alone && !list)
		return import_releases(cli, releases, dry);
	if (list || cli_given(cli, "--releases") ||
	    (ends ? dry || apply == abandon || cli->args_n > 0 : cli->args_n == 0))
		return err_new(
			cli->arena, ERR_INVALID,
			"give PATH, --releases FILE or --list FILE, with or without --dry-run, or one of --apply "
			"and --abandon");
	if (ends)
		return end_waiting(cli, apply);
	TRY(app_import_stage(&cli->call, str_c(cli->arena, cli->args[0]), dry ? IMPORT_LOOK : IMPORT_STAGE, &progress,
			     &view));
	if (!dry)
		TRY(app_import_apply(&cli->call, view.no, &progress));
	cli_progress_end(cli);
	TRY(print_view(cli, &view));
	return cli_write(cli, dry ? S("Nothing was changed: this was a dry run.\n") : S("Applied.\n"));
}

static err_t run_flags(struct cli *cli)
{
	int64_t no;
	TRY(cli_int(cli, "--import", 1, INT32_MAX, 0, &no));
	struct import_view view;
	if (no > 0) /* none of an import that is not there would read as none found */
		TRY(app_import_get(&cli->call, no, &view));
	int64_t after = 0;
	for (;;) {
		struct arena_mark mark = arena_mark(cli->arena);
		struct import_flag *flags;
		size_t n;
		TRY(app_import_flags(&cli->call, no, after, FLAGS_AT_ONCE, &flags, &n));
		struct buf b = buf_new(cli->arena, OUTPUT_MAX);
		for (size_t i = 0; i < n; i++) {
			const struct import_flag *f = &flags[i];
			buf_fmt(&b, "%.*s\t%lld\t%s\t%.*s\t%.*s\t%.*s\n", STR_ARG(f->file), (long long)f->line,
				f->aside ? "row set aside" : "value left out", STR_ARG(f->key), STR_ARG(f->problem),
				STR_ARG(f->sentence));
			after = f->no;
		}
		TRY(cli_write(cli, buf_text(&b)));
		arena_rewind(cli->arena, mark);
		if (n < FLAGS_AT_ONCE)
			return NULL;
	}
}

static err_t run_region_import(struct cli *cli)
{
	struct region_import_view view;
	TRY(app_region_import(&cli->call, str_c(cli->arena, cli->args[0]), &view));
	return cli_write(cli,
			 str_fmt(cli->arena, "%lld regions, %lld counties (%lld without a region), %lld projects.\n",
				 (long long)view.regions, (long long)view.counties, (long long)view.unassigned,
				 (long long)view.projects));
}

#define COLUMN_HELP(name, word, required, say) "  " word ": " say "\n"
const struct command command_import = {
	"import",
	"[--dry-run] PATH | [--dry-run] --releases FILE | [--dry-run] --list FILE --source NAME | --apply | --abandon",
	"Import an HMIS CSV export, a zip or a folder; a file of releases of information; or a list",
	"FY2024 and FY2026. What cannot be used is set aside and the rest is loaded. The import is staged out of\n"
	"sight and switched on in one moment, so a meeting that runs does not notice; killed half-way, the list\n"
	"is as before. Importing the same again changes nothing.\n"
	"\n"
	"An import that was staged in a browser, or killed just before it was switched on, waits. It gives way\n"
	"to the next one of the same person; others have to apply or abandon it first.\n"
	"\n"
	"A file of releases is a CSV or a workbook with these columns, the first four at least:\n"
	"\n" RELEASE_COLUMNS(
		COLUMN_HELP) "\n"
			     "Rows that cannot be used are set aside with a sentence. One form that one "
			     "person signed on one day is\n"
			     "one release; a newer file may say otherwise of it, but not of what somebody "
			     "recorded by hand.\n"
			     "\n"
			     "A list is a workbook or a CSV that is not of an HMIS. A list holder has added it in a "
			     "browser, under Other\n"
			     "lists, and said there, with one of its files, what its columns and words mean. A "
			     "file with a column\n"
			     "that nobody has said anything about is refused.",
	CLI_OPEN,
	0,
	1,
	{
		{"--dry-run", NULL, "say what would change, and change nothing"},
		{"--releases", "FILE", "releases of information, from the HMIS or a sheet"},
		{"--list", "FILE", "a workbook or a CSV of a list that is not of an HMIS"},
		{"--source", "NAME", "the name of that list, or its id where two regions have one of that name"},
		{"--sheet", "NAME", "which sheet of the workbook (default: the first that shows)"},
		{"--apply", NULL, "switch on the import that waits"},
		{"--abandon", NULL, "give up the import that waits"},
	},
	run_import,
};
const struct command command_flags = {
	"flags",
	"[--import N]",
	"Print the rows that an import set aside and the values it left out, and why",
	"One line each, tab-separated: file, line, what was done, the row's HMIS id, the problem's name, and a\n"
	"sentence. What stood there is not printed: it may be about a person.",
	CLI_OPEN,
	0,
	0,
	{{"--import", "N", "number of the import (default: the last one that was applied)"}},
	run_flags,
};
const struct command command_region_import = {
	"region import",
	"FILE",
	"Read which county and which project belongs to which region",
	"A CSV with the columns region, county, project_id. A row without a project puts a county into a region;\n"
	"a row with one puts the project into the county. An empty region leaves the county unassigned, which\n"
	"is shown. A fourth column, borders, may name the counties that border a row's county, with \";\"\n"
	"between. The list is derived anew.",
	CLI_OPEN,
	1,
	1,
	{{0}},
	run_region_import,
};
