#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "sheet/inside.h"

static bool has(struct str bytes, const char *p, size_t n)
{
	return bytes.n >= n && memmem(bytes.p, bytes.n, p, n) != NULL;
}

static bool begins(struct str bytes, const char *p, size_t n)
{
	return bytes.n >= n && memcmp(bytes.p, p, n) == 0;
}

/* The file that Office made before 2007, and the one around a workbook with a password. */
static err_t refuse_compound(struct arena *a, struct str bytes)
{
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	if (has(bytes, encrypted, sizeof encrypted))
		return err_new(a, ERR_INVALID,
			       "This workbook has a password. Open it, save a copy without one and take that.");
	return err_new(a, ERR_INVALID,
		       "This is a workbook of the old kind (.xls). Open it, save it as .xlsx or CSV and take that.");
}

static err_t open_bytes(struct arena *a, const char *path, struct str bytes, struct sheet *s)
{
	if (begins(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
		return refuse_compound(a, bytes);
	if (begins(bytes, "PK\3\4", 4) || begins(bytes, "PK\5\6", 4))
		return xlsx_open(a, path, s);
	if (begins(bytes, "%PDF", 4))
		return err_new(a, ERR_INVALID, "This is a PDF. Take the spreadsheet that it was made from.");
	return delimited_open(a, bytes, s);
}

static err_t open_file(struct arena *a, const char *path, int fd, struct sheet *s)
{
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return err_new(a, ERR_INVALID, "The file cannot be read. Choose it again.");
	if (st.st_size == 0)
		return err_new(a, ERR_INVALID, "The file is empty.");
	if (st.st_size > (off_t)LIMIT_SHEET_MB << 20)
		return err_new(a, ERR_INVALID, "The file is larger than %d MB, which no list of people is.",
			       LIMIT_SHEET_MB);
	size_t n = (size_t)st.st_size;
	void *map = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return err_internal(a, "mmap: %s", strerror(errno));
	err_t e = open_bytes(a, path, (struct str){map, n}, s);
	munmap(map, n);
	return e;
}

err_t sheet_open(struct arena *a, const char *path, struct sheet **out)
{
	struct sheet *s = calloc(1, sizeof *s);
	if (s == NULL)
		return err_internal(a, "no memory for a sheet");
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	err_t e = open_file(a, path, fd, s);
	if (fd >= 0)
		close(fd);
	if (e != NULL)
		sheet_close(&s);
	else
		*out = s;
	return e;
}

void sheet_close(struct sheet **s)
{
	if (*s == NULL)
		return;
	xlsx_close(*s);
	if ((*s)->text != NULL)
		explicit_bzero((*s)->text, (*s)->text_n);
	free((*s)->text);
	free(*s);
	*s = NULL;
}

const struct sheet_tab *sheet_tabs(const struct sheet *s, size_t *n)
{
	*n = s->tabs_n;
	return s->tabs;
}

err_t sheet_line_end(struct sheet_line *l, int64_t number, void *ctx,
		     err_t (*row)(void *ctx, const struct sheet_row *row))
{
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++) {
		struct sheet_cell *c = &l->cells[i];
		c->text = str_trim((struct str){l->text + l->from[i], c->text.n});
		if (c->text.n == 0 && c->kind == SHEET_TEXT)
			c->kind = SHEET_EMPTY;
		if (c->kind != SHEET_EMPTY)
			n = i + 1;
	}
	l->n = 0;
	l->text_n = 0;
	return n == 0 ? NULL : row(ctx, &(struct sheet_row){.line = number, .cells = l->cells, .n = n});
}

err_t sheet_read(struct arena *a, struct sheet *s, size_t tab, void *ctx,
		 err_t (*row)(void *ctx, const struct sheet_row *row))
{
	if (tab >= s->tabs_n)
		return err_new(a, ERR_MISSING, "The workbook has no such sheet.");
	return s->zip != NULL ? xlsx_read(a, s, tab, ctx, row) : delimited_read(a, s, ctx, row);
}
