#include "cli/cli.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/instance.h"
#include "base/log.h"

const struct cli_option cli_common[] = {
	{"--data", "DIR", "folder of the database, its key and its uploads (default: $BYNAME_DATA, else ./data)"},
	{"--db", "URL", "a PostgreSQL database instead: postgresql://user@host/name"},
	{"--key", "FILE",
	 "the key file (default: byname.key beside the database, or the systemd credential of that name)"},
	{"--help", NULL, "say what the command does"},
};

enum { COMMON_DATA, COMMON_DB, COMMON_KEY, COMMON_HELP, COMMON_N };
const size_t cli_common_n = COMMON_N;
_Static_assert(sizeof cli_common / sizeof *cli_common == COMMON_N, "one number for each");

enum { ARENA_CAP = 1 << 30, PROGRESS_WIDTH = 30 };

static int words_of(const char *name)
{
	return strchr(name, ' ') == NULL ? 1 : 2;
}

static bool command_matches(const struct command *c, int argc, char **argv)
{
	if (words_of(c->name) == 1)
		return strcmp(c->name, argv[1]) == 0;
	if (argc < 3)
		return false;
	size_t first = strcspn(c->name, " ");
	return strlen(argv[1]) == first && strncmp(c->name, argv[1], first) == 0 &&
	       strcmp(c->name + first + 1, argv[2]) == 0;
}

static void help_all(const struct command *serve)
{
	puts("byname - a by-name list and the case conference that works it\n\nUsage: byname COMMAND [options]\n");
	for (size_t i = 0; i < cli_commands_n; i++)
		printf("  %-15s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
	printf("  %-15s %s\n", serve->name, serve->summary);
	puts("\nbyname COMMAND --help says more about one of them.");
}

static void help_option(const struct cli_option *o)
{
	char left[64];
	snprintf(left, sizeof left, "%s%s%s", o->name, o->value == NULL ? "" : " ", o->value == NULL ? "" : o->value);
	printf("  %-22s %s\n", left, o->help);
}

static void help_command(const struct command *c)
{
	printf("Usage: byname %s %s\n\n%s.\n", c->name, c->args, c->summary);
	if (c->help != NULL)
		printf("\n%s\n", c->help);
	puts("\nOptions:");
	for (const struct cli_option *o = c->options; o->name != NULL; o++)
		help_option(o);
	for (int i = c->needs == CLI_NOTHING ? COMMON_HELP : 0; i < COMMON_N; i++)
		help_option(&cli_common[i]);
}

static void help_man(const struct command *serve)
{
	struct arena *a = arena_new("manual", 1 << 20);
	struct str text = cli_manual(a, serve);
	fwrite(text.p, 1, text.n, stdout);
	arena_free(&a);
}

/* Looks for `name` among the options; -1 when it is not there. */
static int option_index(const struct cli_option *options, size_t n, struct str name)
{
	for (size_t i = 0; i < n && options[i].name != NULL; i++)
		if (str_eq(str_from(options[i].name), name))
			return (int)i;
	return -1;
}

struct parsed {
	struct str common[COMMON_N];
	bool given[COMMON_N];
};

/* Takes the option at argv[*i], and its value, which may be the next word. */
static err_t parse_option(struct cli *cli, int argc, char **argv, int *i, struct parsed *out)
{
	struct arena *a = cli->arena;
	struct str name;
	struct str value;
	bool joined = str_cut(str_from(argv[*i]), '=', &name, &value);
	int own = option_index(cli->command->options, CLI_OPTIONS, name);
	int shared = own >= 0 || cli->command->needs == CLI_NOTHING ? -1 : option_index(cli_common, COMMON_N, name);
	if (own < 0 && str_eq(name, str_from(cli_common[COMMON_HELP].name)))
		shared = COMMON_HELP;
	if (own < 0 && shared < 0)
		return err_new(a, ERR_INVALID, "there is no option %.*s here; see: byname %s --help", STR_ARG(name),
			       cli->command->name);
	const struct cli_option *option = own >= 0 ? &cli->command->options[own] : &cli_common[shared];
	if (option->value == NULL && joined)
		return err_new(a, ERR_INVALID, "%s takes no value", option->name);
	if (option->value != NULL && !joined && *i + 1 < argc)
		value = str_from(argv[++*i]);
	/* An empty value is a variable that a script forgot to set: to act on the default would be a surprise. */
	if (option->value != NULL && value.n == 0)
		return err_new(a, ERR_INVALID, "%s wants a value: %s %s", option->name, option->name, option->value);
	bool *given = own >= 0 ? &cli->given[own] : &out->given[shared];
	if (*given)
		return err_new(a, ERR_INVALID, "%s is there twice; give it once", option->name);
	*given = true;
	*(own >= 0 ? &cli->values[own] : &out->common[shared]) = value;
	return NULL;
}

static bool is_option(struct str word)
{
	int64_t number;
	return str_starts(word, S("-")) && word.n > 1 && !str_to_i64(word, &number);
}

/* Splits the words behind the command's name into options and arguments. "--name=value" and
 * "--name value" are the same; behind "--" everything is an argument. */
static err_t parse_words(struct cli *cli, int argc, char **argv, struct parsed *out)
{
	bool only_args = false;
	for (int i = 1 + words_of(cli->command->name); i < argc; i++) {
		struct str word = str_from(argv[i]);
		if (!only_args && str_eq(word, S("--"))) {
			only_args = true;
		} else if (!only_args && is_option(word)) {
			TRY(parse_option(cli, argc, argv, &i, out));
		} else if (cli->args_n == cli->command->args_max) {
			return err_new(cli->arena, ERR_INVALID,
				       "\"%s\" is one argument too many; see: byname %s --help", argv[i],
				       cli->command->name);
		} else {
			cli->args[cli->args_n++] = word;
		}
	}
	return NULL;
}

static err_t check_args(struct cli *cli)
{
	if (cli->args_n < cli->command->args_min)
		return err_new(cli->arena, ERR_INVALID, "something is missing; usage: byname %s %s", cli->command->name,
			       cli->command->args);
	for (int i = 0; i < cli->args_n; i++)
		if (cli->args[i].n == 0)
			return err_new(cli->arena, ERR_INVALID, "an argument is empty; usage: byname %s %s",
				       cli->command->name, cli->command->args);
	return NULL;
}

static bool is_postgres(struct str where)
{
	return str_starts(where, S("postgresql://")) || str_starts(where, S("postgres://"));
}

static err_t find_place(struct cli *cli, const struct parsed *p)
{
	struct str data = p->common[COMMON_DATA];
	struct str db = p->common[COMMON_DB];
	if (data.n > 0 && db.n > 0)
		return err_new(cli->arena, ERR_INVALID, "give --data or --db, not both: the data is in one place");
	if (data.n == 0)
		data = str_from(getenv("BYNAME_DATA"));
	if (data.n == 0)
		data = S("data");
	if (db.n > 0 && !is_postgres(db))
		return err_new(cli->arena, ERR_INVALID, "--db wants an address such as postgresql://user@host/name");
	if (is_postgres(data))
		return err_new(cli->arena, ERR_INVALID, "--data wants a folder; an address goes with --db");
	cli->data = data;
	cli->where = db.n > 0 ? db : data;
	cli->key = p->common[COMMON_KEY];
	return NULL;
}

/* Who signed in to the machine, whoever they have become since (sudo); where nobody did, who runs this. */
static uid_t operator_uid(void)
{
	char text[16] = "";
	int64_t uid;
	FILE *f = fopen("/proc/self/loginuid", "re");
	if (f != NULL) {
		bool got = fgets(text, sizeof text, f) != NULL;
		fclose(f);
		if (got && str_to_i64(str_trim(str_from(text)), &uid) && uid >= 0 && uid < UINT32_MAX)
			return (uid_t)uid;
	}
	return getuid();
}

/* Who runs the command, for the journal: the operating system's word, not the environment's. */
static struct str operator_name(struct arena *a)
{
	struct passwd entry;
	struct passwd *found = NULL;
	char *room = arena_many(a, 16384, char);
	uid_t uid = operator_uid();
	if (getpwuid_r(uid, &entry, room, 16384, &found) == 0 && found != NULL)
		return str_from(found->pw_name);
	return str_fmt(a, "uid-%u", (unsigned)uid);
}

static err_t run(struct cli *cli, struct parsed *p)
{
	TRY(check_args(cli));
	TRY(find_place(cli, p));
	struct instant now = clock_now();
	cli->call = (struct call){
		.app = &cli->app,
		.arena = cli->arena,
		.actor = {.kind = ACTOR_OPERATOR, .id = operator_name(cli->arena)},
		.now = now,
		.today = instant_day(now),
		.route = str_from(cli->command->name),
	};
	if (cli->command->needs == CLI_OPEN) {
		TRY(app_open(cli->arena, cli->where, cli->data, cli->key, &cli->app, &cli->call.db));
		cli->call.today = instant_day(now); /* app_open has set the CoC's time zone */
	}
	err_t e = cli->command->run(cli);
	cli_progress_end(cli);
	if (cli->command->needs == CLI_OPEN)
		app_close(&cli->app, &cli->call.db);
	return e;
}

/* The command that the words from argv[1] on name; NULL: none. */
static const struct command *find_command(const struct command *serve, int argc, char **argv)
{
	for (size_t i = 0; i < cli_commands_n; i++)
		if (command_matches(cli_commands[i], argc, argv))
			return cli_commands[i];
	return command_matches(serve, argc, argv) ? serve : NULL;
}

static int no_command(const char *word)
{
	fprintf(stderr, "byname: there is no command \"%s\"; byname help lists them\n", word);
	return err_exit_code(ERR_INVALID);
}

/* byname help [--man | COMMAND] */
static int help(const struct command *serve, int argc, char **argv)
{
	const struct command *c = argc > 2 ? find_command(serve, argc - 1, argv + 1) : NULL;
	if (argc == 2)
		help_all(serve);
	else if (argc == 3 && strcmp(argv[2], "--man") == 0)
		help_man(serve);
	else if (c != NULL && argc == 2 + words_of(c->name))
		help_command(c);
	else
		return no_command(argv[2]);
	return 0;
}

static int run_command(const struct command *c, const struct command *serve, int argc, char **argv)
{
	struct arena *a = arena_new("command", ARENA_CAP);
	struct cli cli = {.command = c, .arena = a, .terminal = isatty(STDERR_FILENO) == 1};
	struct parsed parsed = {0};
	int code = 0;
	/* What a command has to say it prints; what went as it should is only logged by the server. */
	log_level_set(c == serve ? LOG_INFO : LOG_WARN);
	err_t e = parse_words(&cli, argc, argv, &parsed);
	if (e == NULL && parsed.given[COMMON_HELP])
		help_command(c);
	else if (e == NULL)
		e = run(&cli, &parsed);
	if (e != NULL) {
		fprintf(stderr, "byname: %.*s\n", STR_ARG(e->say));
		/* What the operator can look into: the program's own failures, and a database that is away. */
		bool more = e->detail.n > 0 || e->cause != NULL;
		if (more && (e->class == ERR_INTERNAL || e->class == ERR_RETRY))
			fprintf(stderr, "byname: (for a report) %.*s\n",
				STR_ARG(e->cause == NULL ? e->detail : err_describe(a, e)));
		code = err_exit_code(e->class);
	}
	arena_free(&a);
	return code;
}

int cli_main(int argc, char **argv, const struct command *serve)
{
	static char version[] = "version";
	int code;
	if (argc < 2) {
		fputs("byname: say what to do; byname help lists the commands\n", stderr);
		return err_exit_code(ERR_INVALID);
	}
	if (strcmp(argv[1], "--version") == 0)
		argv[1] = version;
	const struct command *c = find_command(serve, argc, argv);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		code = help(serve, argc, argv);
	else if (c == NULL)
		code = no_command(argv[1]);
	else
		code = run_command(c, serve, argc, argv);
	if (fflush(stdout) != 0 && code == 0) {
		fprintf(stderr, "byname: the output could not be written: %s\n", strerror(errno));
		code = err_exit_code(ERR_INTERNAL);
	}
	return code;
}

static int own_option(const struct cli *cli, const char *option)
{
	int i = option_index(cli->command->options, CLI_OPTIONS, str_from(option));
	if (i < 0) {
		fprintf(stderr, "byname: %s declares no option %s\n", cli->command->name, option);
		abort();
	}
	return i;
}

bool cli_given(const struct cli *cli, const char *option)
{
	return cli->given[own_option(cli, option)];
}

struct str cli_value(const struct cli *cli, const char *option)
{
	return cli->values[own_option(cli, option)];
}

err_t cli_day(struct cli *cli, const char *option, struct day otherwise, struct day *out)
{
	struct str text = cli_value(cli, option);
	struct day d = otherwise;
	if (cli_given(cli, option) && !day_parse(text, &d))
		return err_new(cli->arena, ERR_INVALID, "%s %.*s is not a date; write it as 2026-11-21", option,
			       STR_ARG(text));
	*out = d;
	return NULL;
}

err_t cli_int(struct cli *cli, const char *option, int64_t least, int64_t most, int64_t otherwise, int64_t *out)
{
	struct str text = cli_value(cli, option);
	int64_t v = otherwise;
	if (cli_given(cli, option) && (!str_to_i64(text, &v) || v < least || v > most))
		return err_new(cli->arena, ERR_INVALID, "%s %.*s is not a whole number from %lld to %lld", option,
			       STR_ARG(text), (long long)least, (long long)most);
	*out = v;
	return NULL;
}

err_t cli_choice(struct cli *cli, const char *option, const char *const *names, int *out)
{
	struct str text = cli_value(cli, option);
	struct buf all = buf_new(cli->arena, 256);
	for (int i = 0; names[i] != NULL; i++) {
		if (!cli_given(cli, option) || str_eq(text, str_from(names[i]))) {
			*out = i;
			return NULL;
		}
		buf_fmt(&all, "%s%s", i == 0 ? "" : ", ", names[i]);
	}
	return err_new(cli->arena, ERR_INVALID, "%s %.*s is not one of: %.*s", option, STR_ARG(text),
		       STR_ARG(buf_text(&all)));
}

err_t cli_write(struct cli *cli, struct str text)
{
	if (text.n == 0 || fwrite(text.p, 1, text.n, stdout) == text.n)
		return NULL;
	return err_new(cli->arena, ERR_INTERNAL, "the output could not be written: %s", strerror(errno));
}

void cli_csv_text(struct buf *out, struct str s)
{
	bool plain = true;
	for (size_t i = 0; i < s.n; i++)
		plain = plain && s.p[i] != ',' && s.p[i] != '"' && s.p[i] != '\n' && s.p[i] != '\r';
	if (plain) {
		buf_str(out, s);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(out, '"');
		buf_char(out, s.p[i]);
	}
	buf_char(out, '"');
}

void cli_progress(struct cli *cli, const char *phase, int64_t done, int64_t total)
{
	if (!cli->terminal)
		return;
	if (total <= 0) {
		fprintf(stderr, "\r\033[K%s %lld", phase, (long long)done);
		return;
	}
	int filled = (int)(done >= total ? PROGRESS_WIDTH : done * PROGRESS_WIDTH / total);
	fprintf(stderr, "\r\033[K%-24s [%.*s%*s] %3d%%", phase, filled, "##############################",
		PROGRESS_WIDTH - filled, "", (int)(done >= total ? 100 : done * 100 / total));
}

void cli_progress_end(struct cli *cli)
{
	if (cli->terminal)
		fputs("\r\033[K", stderr);
}
