#include "made_export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <ftw.h>
#include <zip.h>

#include <cmocka.h>

#include "base/arena.h"

const char *made_folder(struct arena *a)
{
	const char *tmp = getenv("TMPDIR");
	struct str pattern = str_fmt(a, "%s/byname-test-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	char *path = arena_many(a, pattern.n + 1, char);
	memcpy(path, pattern.p, pattern.n);
	assert_non_null(mkdtemp(path));
	return path;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

void made_remove(const char *folder)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *made_write(struct arena *a, const char *folder, const char *sub, const struct made_file *files)
{
	const char *path = str_c(a, str_fmt(a, "%s/%s", folder, sub));
	assert_int_equal(mkdir(path, 0700), 0);
	for (; files->name != NULL; files++) {
		FILE *f = fopen(str_c(a, str_fmt(a, "%s/%s", path, files->name)), "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(files->text.p, 1, files->text.n, f), files->text.n);
		assert_int_equal(fclose(f), 0);
	}
	return path;
}

const char *made_zip(struct arena *a, const char *folder, const char *name, const char *inside, bool stored,
		     const struct made_file *files)
{
	const char *path = str_c(a, str_fmt(a, "%s/%s", folder, name));
	int code;
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
	assert_non_null(z);
	for (; files->name != NULL; files++) {
		zip_source_t *s = zip_source_buffer(z, files->text.p, files->text.n, 0);
		zip_int64_t i = zip_file_add(z, str_c(a, str_fmt(a, "%s%s", inside, files->name)), s, ZIP_FL_ENC_UTF_8);
		assert_true(i >= 0);
		if (stored)
			assert_int_equal(zip_set_file_compression(z, (zip_uint64_t)i, ZIP_CM_STORE, 0), 0);
	}
	assert_int_equal(zip_close(z), 0);
	return path;
}
