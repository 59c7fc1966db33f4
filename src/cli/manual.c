/* The man page, written from the table of commands so that it cannot fall behind. */
#include "cli/cli.h"

enum { MANUAL_MAX = 128 << 10 };

/* When the wording last changed in a way that matters to a reader. */
#define MANUAL_DATE "2026-11-21"

/* A hyphen in running text must stay a plain '-' in the terminal, and a leading dot is a request. */
static void plain(struct buf *b, const char *s)
{
	bool line_start = true;
	for (; *s != '\0'; s++) {
		if (line_start && (*s == '.' || *s == '\''))
			buf_lit(b, "\\&");
		if (*s == '\\')
			buf_lit(b, "\\e");
		else if (*s == '-')
			buf_lit(b, "\\-");
		else if (*s == '\n' && s[1] == '\n')
			buf_lit(b, "\n.PP");
		else
			buf_char(b, *s);
		line_start = *s == '\n';
	}
	buf_char(b, '\n');
}

static void one_option(struct buf *b, const struct cli_option *o)
{
	buf_lit(b, ".TP\n.B ");
	plain(b, o->name);
	b->n--;
	if (o->value != NULL)
		buf_fmt(b, " \\fI%s\\fR", o->value);
	buf_char(b, '\n');
	plain(b, o->help);
}

static void one_command(struct buf *b, const struct command *c)
{
	buf_lit(b, ".SS ");
	buf_fmt(b, "\"byname %s ", c->name);
	plain(b, c->args);
	b->n--; /* the line break that plain ended with */
	buf_lit(b, "\"\n");
	plain(b, c->summary);
	b->n--;
	buf_lit(b, ".\n");
	if (c->help != NULL) {
		buf_lit(b, ".PP\n");
		plain(b, c->help);
	}
	for (const struct cli_option *o = c->options; o->name != NULL; o++)
		one_option(b, o);
}

struct str cli_manual(struct arena *a, const struct command *serve)
{
	struct buf b = buf_new(a, MANUAL_MAX);
	buf_lit(&b,
		".TH BYNAME 1 " MANUAL_DATE " \"byname " BYNAME_VERSION "\" \"User Commands\"\n"
		".SH NAME\nbyname \\- a by\\-name list and the case conference that works it\n"
		".SH SYNOPSIS\n.B byname\n.I COMMAND\n[\\fB\\-\\-data\\fR \\fIDIR\\fR | \\fB\\-\\-db\\fR \\fIURL\\fR]"
		" [\\fB\\-\\-key\\fR \\fIFILE\\fR] [options] [arguments]\n"
		".SH DESCRIPTION\n"
		"byname turns an HMIS export into a by\\-name list with an explained order, and runs the case\n"
		"conference of a region on it. Commands print codes, ids and facts, never names: who has the\n"
		"shell is not thereby a list holder.\n"
		".SH COMMANDS\n");
	for (size_t i = 0; i < cli_commands_n; i++)
		one_command(&b, cli_commands[i]);
	one_command(&b, serve);
	buf_lit(&b, ".SH OPTIONS\nEvery command takes these, but those that need no database take only the last.\n");
	for (size_t i = 0; i < cli_common_n; i++)
		one_option(&b, &cli_common[i]);
	buf_lit(&b,
		".SH EXIT STATUS\n"
		"0 done (an import that was applied is done, also with rows set aside);\n"
		"2 usage or unreadable input; 3 denied; 4 missing; 5 conflict; 6 try again; 1 internal.\n"
		".SH ENVIRONMENT\n"
		".TP\n.B BYNAME_DATA\nThe folder used without \\-\\-data and \\-\\-db.\n"
		".TP\n.B CREDENTIALS_DIRECTORY\nWhere systemd puts credentials; byname.key is looked for there.\n"
		".SH FILES\n"
		".TP\n.B byname.db\nThe database, in the data folder.\n"
		".TP\n.B byname.key\nThe key that opens what is sealed in it, mode 0600. Without it a backup is of\n"
		"no use; keep a copy elsewhere.\n");
	return buf_text(&b);
}
