/* The command line: one table of commands, and what a command is given.
 *
 *     byname COMMAND [--data DIR | --db URL] [--key FILE] [options] [arguments]
 *
 * A command is a row of the table: its options are declared, parsed and checked before it runs, and
 * its help and its part of the man page are written from the same row. What scripts read goes to
 * standard output; progress, notes and errors go to standard error. The exit code is the class of
 * the error (base/err.h), 0 when done.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "app/app.h"
#include "base/buf.h"

enum { CLI_OPTIONS = 16, CLI_ARGS = 8 };

struct cli_option {
	const char *name;  /* "--region" */
	const char *value; /* what its value is called in the help: "REGION"; NULL for a switch */
	const char *help;
};

/* How much of an instance a command needs before it runs. */
enum cli_needs {
	CLI_NOTHING, /* no database at all */
	CLI_PLACE,   /* knows where the database is, does not open it: init, restore */
	CLI_OPEN,    /* database and key open, schema current */
};

struct cli;

struct command {
	const char *name; /* "user add": two words are allowed */
	const char *args; /* "[--dry-run] PATH" as the usage line shows it, without the common options */
	const char *summary;
	const char *help; /* paragraphs, plain text; NULL: the summary says it all */
	enum cli_needs needs;
	int args_min, args_max;
	struct cli_option options[CLI_OPTIONS]; /* ended by an empty one */
	err_t (*run)(struct cli *cli);
};

struct cli {
	const struct command *command;
	struct arena *arena;
	struct str values[CLI_OPTIONS]; /* beside command->options; empty: not given */
	bool given[CLI_OPTIONS];
	struct str args[CLI_ARGS];
	int args_n;

	struct str where; /* --data or --db, or the default */
	struct str data;  /* folder beside the database */
	struct str key;   /* --key, or empty */
	struct app app;   /* CLI_OPEN only */
	struct call call; /* CLI_OPEN only: the operator's */
	bool terminal;    /* standard error is a terminal: progress bars are welcome */
};

/* Runs the program; `serve` is the one command that this floor cannot know. Returns the exit code. */
int cli_main(int argc, char **argv, const struct command *serve);

bool cli_given(const struct cli *cli, const char *option);
struct str cli_value(const struct cli *cli, const char *option); /* empty when not given */

/* The value as a day, or `otherwise` when not given; ERR_INVALID for anything else. */
must err_t cli_day(struct cli *cli, const char *option, struct day otherwise, struct day *out);

/* The value as a whole number within bounds, or `otherwise`. */
must err_t cli_int(struct cli *cli, const char *option, int64_t least, int64_t most, int64_t otherwise, int64_t *out);

/* The value as one of `names` (ended by NULL), or index 0 when not given. */
must err_t cli_choice(struct cli *cli, const char *option, const char *const *names, int *out);

/* Writes to standard output; a full disk or a closed pipe is an error, not silence. */
must err_t cli_write(struct cli *cli, struct str text);

/* A cell of a CSV file, in quotes where it needs them. */
void cli_csv_text(struct buf *out, struct str s);

/* A progress line on a terminal, rewritten in place; nothing elsewhere. `total` 0: not known. */
void cli_progress(struct cli *cli, const char *phase, int64_t done, int64_t total);
void cli_progress_end(struct cli *cli);

/* All commands but `serve`, in the order of the help. */
extern const struct command *const cli_commands[];
extern const size_t cli_commands_n;

/* The options that every command takes, or only the last of them, --help, where it needs no database. */
extern const struct cli_option cli_common[];
extern const size_t cli_common_n;

/* The whole manual as man page source. */
struct str cli_manual(struct arena *a, const struct command *serve);

#endif
