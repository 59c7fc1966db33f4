/* Writes an invented list as a document of each kind, and its pass-phrase beside it: for papers.sh, which opens them
 * with other people's programs, and for measuring.
 *
 *     papers FOLDER ROWS [FORMAT…]      list.xlsx and list.xlsx.phrase, and so on; seconds on standard output */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../unit/papers/invented.h"
#include "base/arena.h"

enum { PATH = 4096 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void write_file(const char *folder, const char *word, const char *ending, struct str bytes)
{
	char path[PATH];
	snprintf(path, sizeof path, "%s/list.%s%s", folder, word, ending);
	FILE *f = fopen(path, "wb");
	if (f == NULL || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f) != 0) {
		fprintf(stderr, "papers: %s cannot be written\n", path);
		exit(1);
	}
}

static void make(const char *folder, size_t rows, enum paper_format f)
{
	struct arena *a = arena_new("papers", (size_t)2 << 30);
	struct paper_phrase phrase = paper_phrase_new();
	struct invented i;
	struct paper_table t = invented_table(&i, rows);
	struct str file;
	double before = now();
	err_t e = paper_make(a, f, &t, &phrase, &file);
	if (e != NULL) {
		fprintf(stderr, "papers: %.*s\n", STR_ARG(err_describe(a, e)));
		exit(1);
	}
	printf("%s %zu rows %.3f s %zu bytes\n", paper_format_word(f), rows, now() - before, file.n);
	write_file(folder, paper_format_word(f), "", file);
	write_file(folder, paper_format_word(f), ".phrase", str_from(phrase.text));
	arena_free(&a);
}

int main(int argc, char **argv)
{
	int64_t rows;
	enum paper_format f;
	if (argc < 3 || !str_to_i64(str_from(argv[2]), &rows) || rows < 0) {
		fputs("usage: papers FOLDER ROWS [FORMAT...]\n", stderr);
		return 2;
	}
	for (f = 0; argc == 3 && f < PAPER_FORMATS_N; f++)
		make(argv[1], (size_t)rows, f);
	for (int i = 3; i < argc; i++)
		if (paper_format_parse(str_from(argv[i]), &f))
			make(argv[1], (size_t)rows, f);
	return 0;
}
