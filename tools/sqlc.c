/* sqlc: the statement generator's command line; see sqlc.h for what it does.
 *
 *     sqlc noun  QUERIES.sql OUT.h OUT.c
 *     sqlc table OUT.c QUERIES.sql…
 *     sqlc schema OUT.c STEP.sql…
 */
#include "sqlc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum { FILE_MAX = 1 << 20 };

static err_t read_file(struct arena *a, const char *path, struct str *out)
{
	FILE *f = fopen(path, "re");
	if (f == NULL)
		return err_new(a, ERR_MISSING, "%s: %s", path, strerror(errno));
	char *p = arena_many(a, FILE_MAX, char);
	size_t n = fread(p, 1, FILE_MAX, f);
	bool whole = feof(f) && !ferror(f);
	fclose(f);
	if (!whole)
		return err_new(a, ERR_INVALID, "%s: cannot be read, or is over %d bytes", path, FILE_MAX);
	*out = (struct str){p, n};
	return NULL;
}

static err_t write_file(struct arena *a, const char *path, struct str text)
{
	FILE *f = fopen(path, "we");
	if (f == NULL)
		return err_new(a, ERR_INVALID, "%s: %s", path, strerror(errno));
	bool written = fwrite(text.p, 1, text.n, f) == text.n;
	if (fclose(f) != 0 || !written)
		return err_new(a, ERR_INVALID, "%s: cannot be written", path);
	return NULL;
}

/* Reads a file and names it as people know it: from `db/` on, whatever folder the build runs in. */
static err_t load(struct arena *a, const char *path, struct sqlc_file *file)
{
	const char *shown = strstr(path, "db/");
	const char *slash = strrchr(path, '/');
	struct str name = str_from(slash == NULL ? path : slash + 1);
	if (!str_ends(name, S(".sql")))
		return err_new(a, ERR_INVALID, "%s: the name of a file of statements ends in .sql", path);
	*file = (struct sqlc_file){
		.path = str_from(shown == NULL ? path : shown),
		.noun = str_sub(name, 0, name.n - 4),
	};
	return read_file(a, path, &file->text);
}

static err_t make_noun(struct arena *a, const char *in, const char *header, const char *source)
{
	struct sqlc_file file;
	TRY(load(a, in, &file));
	TRY(sqlc_read(a, &file));
	TRY(write_file(a, header, sqlc_header(a, &file)));
	return write_file(a, source, sqlc_source(a, &file));
}

static err_t make_table(struct arena *a, const char *out, char **paths, size_t n)
{
	struct sqlc_file *files = arena_many(a, n, struct sqlc_file);
	struct str text;
	for (size_t i = 0; i < n; i++) {
		TRY(load(a, paths[i], &files[i]));
		TRY(sqlc_read(a, &files[i]));
	}
	TRY(sqlc_table(a, files, n, &text));
	return write_file(a, out, text);
}

static err_t make_schema(struct arena *a, const char *out, char **paths, size_t n)
{
	struct sqlc_file *files = arena_many(a, n, struct sqlc_file);
	struct str text;
	for (size_t i = 0; i < n; i++)
		TRY(load(a, paths[i], &files[i]));
	TRY(sqlc_schema(a, files, n, &text));
	return write_file(a, out, text);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new("sqlc", (size_t)1 << 30);
	err_t e = NULL;
	if (argc == 5 && strcmp(argv[1], "noun") == 0)
		e = make_noun(a, argv[2], argv[3], argv[4]);
	else if (argc >= 3 && strcmp(argv[1], "table") == 0)
		e = make_table(a, argv[2], argv + 3, (size_t)argc - 3);
	else if (argc >= 3 && strcmp(argv[1], "schema") == 0)
		e = make_schema(a, argv[2], argv + 3, (size_t)argc - 3);
	else
		e = err_new(a, ERR_INVALID,
			    "sqlc noun IN.sql OUT.h OUT.c | table OUT.c IN.sql… | schema OUT.c IN.sql…");
	if (e != NULL)
		fprintf(stderr, "%.*s\n", STR_ARG(e->say));
	int code = e == NULL ? 0 : err_exit_code(e->class);
	arena_free(&a);
	return code;
}
