/* poc: a catalogue of translations (GNU gettext's .po) becomes a sorted table in C.
 *
 *     poc OUT.c LANGUAGE FILE.po
 *
 * A sheet is printed in the language of the person whom it is for, whatever the server's locale is, so the program
 * carries its catalogues and asks no locale. A catalogue with a gap stops the build: an entry without a translation,
 * one marked as fuzzy, or one whose placeholders ({}) are not those of the English text.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { FILE_MAX = 1 << 20, ENTRIES_MAX = 2000, MEMORY = 32 << 20 };

struct entry {
	struct str english, said;
	int line;
	bool fuzzy;
};

struct catalogue {
	struct arena *arena;
	const char *path;
	struct entry entries[ENTRIES_MAX];
	size_t n;
	int line;
	bool fuzzy;       /* a comment said so of the next entry */
	struct str *open; /* what a line of its own goes on with */
};

static err_t wrong(const struct catalogue *c, int line, const char *what)
{
	return err_new(c->arena, ERR_INVALID, "%s:%d: %s", c->path, line, what);
}

/* "…" with its escapes taken out, appended to `to`. */
static err_t quoted(struct catalogue *c, struct str text, struct str *to)
{
	text = str_trim(text);
	if (text.n < 2 || text.p[0] != '"' || text.p[text.n - 1] != '"')
		return wrong(c, c->line, "a text stands between quotation marks");
	char *p = arena_many(c->arena, to->n + text.n, char);
	size_t n = to->n;
	if (n > 0)
		memcpy(p, to->p, n);
	for (size_t i = 1; i + 1 < text.n; i++) {
		char letter = text.p[i];
		if (letter == '\\' && i + 2 < text.n) {
			letter = text.p[++i];
			if (strchr("n\"\\", letter) == NULL)
				return wrong(c, c->line, "of escapes only \\n, \\\" and \\\\ are read");
			letter = letter == 'n' ? '\n' : letter;
		}
		p[n++] = letter;
	}
	*to = (struct str){p, n};
	return NULL;
}

static err_t begin_entry(struct catalogue *c)
{
	if (c->n == ENTRIES_MAX)
		return wrong(c, c->line, "more entries than the table holds");
	c->entries[c->n++] = (struct entry){.line = c->line, .fuzzy = c->fuzzy};
	c->fuzzy = false;
	c->open = &c->entries[c->n - 1].english;
	return NULL;
}

static err_t take_line(struct catalogue *c, struct str line)
{
	if (line.n == 0)
		return NULL;
	if (line.p[0] == '#') {
		c->fuzzy = c->fuzzy || (str_starts(line, S("#,")) && strstr(str_c(c->arena, line), "fuzzy") != NULL);
		return NULL;
	}
	if (str_starts(line, S("msgid "))) {
		TRY(begin_entry(c));
		return quoted(c, str_sub(line, 6, line.n - 6), c->open);
	}
	if (str_starts(line, S("msgstr ")) && c->n > 0) {
		c->open = &c->entries[c->n - 1].said;
		return quoted(c, str_sub(line, 7, line.n - 7), c->open);
	}
	if (line.p[0] == '"' && c->open != NULL)
		return quoted(c, line, c->open);
	return wrong(c, c->line, "neither msgid, msgstr, a text nor a comment");
}

static int placeholders(struct str text)
{
	int n = 0;
	for (size_t i = 0; i + 1 < text.n; i++)
		n += text.p[i] == '{' && text.p[i + 1] == '}';
	return n;
}

static err_t check(const struct catalogue *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct entry *e = &c->entries[i];
		if (e->english.n == 0)
			continue; /* the header */
		if (e->fuzzy)
			return wrong(c, e->line, "is marked as fuzzy: read it, and take the mark away");
		if (e->said.n == 0)
			return wrong(c, e->line, "has no translation");
		if (placeholders(e->english) != placeholders(e->said))
			return wrong(c, e->line, "does not have the placeholders of the English text");
	}
	return NULL;
}

static int by_english(const void *x, const void *y)
{
	const struct entry *a = x;
	const struct entry *b = y;
	return str_cmp(a->english, b->english);
}

static void put_text(FILE *f, struct str text)
{
	fputc('"', f);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\n')
			fputs("\\n", f);
		else
			fprintf(f, "%s%c", strchr("\"\\", text.p[i]) != NULL ? "\\" : "", text.p[i]);
	fputc('"', f);
}

static err_t write_table(const struct catalogue *c, const char *path, const char *language)
{
	size_t kept = 0;
	FILE *f = fopen(path, "we");
	if (f == NULL)
		return err_new(c->arena, ERR_INVALID, "%s: %s", path, strerror(errno));
	fprintf(f, "/* Made by tools/poc.c. */\n#include \"web/po.h\"\n\nconst struct po_line po_%s[] = {\n", language);
	for (size_t i = 0; i < c->n; i++) {
		if (c->entries[i].english.n == 0)
			continue;
		fputs("\t{", f);
		put_text(f, c->entries[i].english);
		fputs(", ", f);
		put_text(f, c->entries[i].said);
		fputs("},\n", f);
		kept++;
	}
	fprintf(f, "};\nconst size_t po_%s_n = %zu;\n", language, kept);
	bool failed = ferror(f) != 0;
	if (fclose(f) != 0 || failed)
		return err_new(c->arena, ERR_INVALID, "%s: cannot be written", path);
	return NULL;
}

static err_t read_catalogue(struct catalogue *c)
{
	FILE *f = fopen(c->path, "re");
	if (f == NULL)
		return err_new(c->arena, ERR_MISSING, "%s: %s", c->path, strerror(errno));
	char *p = arena_many(c->arena, FILE_MAX, char);
	struct str rest = {p, fread(p, 1, FILE_MAX, f)};
	bool whole = feof(f) && !ferror(f);
	fclose(f);
	if (!whole)
		return err_new(c->arena, ERR_INVALID, "%s: cannot be read, or is over %d bytes", c->path, FILE_MAX);
	while (rest.n > 0) {
		struct str line;
		c->line++;
		str_cut(rest, '\n', &line, &rest);
		TRY(take_line(c, str_trim(line)));
	}
	TRY(check(c));
	qsort(c->entries, c->n, sizeof *c->entries, by_english);
	return NULL;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new("poc", MEMORY);
	if (argc != 4) {
		fputs("usage: poc OUT.c LANGUAGE FILE.po\n", stderr);
		return 2;
	}
	struct catalogue *c = arena_one(a, struct catalogue);
	c->arena = a;
	c->path = argv[3];
	err_t e = read_catalogue(c);
	if (e == NULL)
		e = write_table(c, argv[1], argv[2]);
	if (e != NULL)
		fprintf(stderr, "poc: %.*s\n", STR_ARG(e->say));
	int status = e == NULL ? 0 : 1;
	arena_free(&a);
	return status;
}
