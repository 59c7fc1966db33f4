/* tplc FOLDER TEMPLATE.html OUT.c OUT.h: compiles one template (tpl.h). */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "tpl.h"

enum { TEMPLATE_MAX = 1 << 20, MEMORY_MAX = 256 << 20 };

static bool read_file(struct arena *a, const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return false;
	char *p = arena_many(a, TEMPLATE_MAX + 1, char);
	size_t n = fread(p, 1, TEMPLATE_MAX + 1, f);
	bool ok = ferror(f) == 0 && n <= TEMPLATE_MAX;
	fclose(f);
	*out = (struct str){p, n};
	return ok;
}

static bool write_file(const char *path, struct str text)
{
	FILE *f = fopen(path, "wb");
	if (f == NULL)
		return false;
	bool ok = fwrite(text.p, 1, text.n, f) == text.n;
	return fclose(f) == 0 && ok;
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: tplc FOLDER TEMPLATE.html OUT.c OUT.h\n", stderr);
		return 2;
	}
	struct arena *a = arena_new("tplc", MEMORY_MAX);
	int status = EXIT_FAILURE;
	struct str text;
	struct tpl_code code;
	if (!read_file(a, argv[2], &text)) {
		fprintf(stderr, "%s: cannot be read, or is larger than %d bytes\n", argv[2], TEMPLATE_MAX);
	} else {
		err_t e = tpl_compile(a, str_from(argv[2]), str_from(argv[1]), text, &code);
		if (e != NULL)
			fprintf(stderr, "%.*s\n", STR_ARG(e->say));
		else if (!write_file(argv[3], code.source) || !write_file(argv[4], code.header))
			fprintf(stderr, "%s: cannot be written\n", argv[3]);
		else
			status = EXIT_SUCCESS;
	}
	arena_free(&a);
	return status;
}
