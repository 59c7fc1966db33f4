#include "table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hmis/csv.h"

static err_t on_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	struct table *t = ctx;
	for (size_t i = 0; i < t->columns_n; i++) {
		columns[i] = csv_column(h, str_from(t->names[i]));
		if (columns[i] == CSV_ABSENT)
			return err_new(t->arena, ERR_MISSING, "%s has no column %s: give a table that has it.", t->path,
				       t->names[i]);
	}
	t->full = true;
	return NULL;
}

static err_t on_row(void *ctx, const struct csv_row *row)
{
	struct table *t = ctx;
	if (row->trouble != CSV_FINE)
		return err_new(t->arena, ERR_INVALID, "%s cannot be read at line %llu: a quote is not closed there.",
			       t->path, (unsigned long long)row->line);
	if (t->n == t->room) {
		size_t room = t->room == 0 ? 1024 : 2 * t->room;
		struct table_row *grown = arena_many(t->arena, room, struct table_row);
		if (t->n > 0)
			memcpy(grown, t->rows, t->n * sizeof *grown);
		t->rows = grown;
		t->room = room;
	}
	struct table_row *to = &t->rows[t->n++];
	for (size_t i = 0; i < t->columns_n; i++)
		to->cells[i] = str_dup(t->arena, str_trim(row->cells[i]));
	return NULL;
}

static int compare(const void *x, const void *y)
{
	const struct table_row *a = x;
	const struct table_row *b = y;
	return str_cmp(a->cells[0], b->cells[0]);
}

static err_t scan(struct table *t, struct str bytes)
{
	struct csv_scan scan = {.columns_n = t->columns_n, .threads = 1, .ctx = t, .header = on_header, .row = on_row};
	TRY(csv_scan_bytes(t->arena, bytes, &scan));
	if (!t->full)
		return err_new(t->arena, ERR_MISSING, "%s is empty: give a table with a header line.", t->path);
	qsort(t->rows, t->n, sizeof *t->rows, compare);
	return NULL;
}

err_t table_read(struct arena *a, const char *path, const char *const *names, struct table *out)
{
	struct table t = {.path = path, .arena = a, .names = names};
	while (names[t.columns_n] != NULL)
		t.columns_n++;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		const char *why = fd < 0 ? strerror(errno) : "it is not a file";
		err_t e = err_new(a, ERR_MISSING, "%s cannot be read: %s.", path, why);
		if (fd >= 0)
			close(fd);
		return e;
	}
	size_t size = (size_t)st.st_size;
	void *bytes = size > 0 ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
	close(fd);
	if (bytes == MAP_FAILED)
		return err_new(a, ERR_MISSING, "%s cannot be read: %s.", path, strerror(errno));
	err_t e = scan(&t, (struct str){bytes, size});
	if (bytes != NULL)
		munmap(bytes, size);
	if (e == NULL)
		*out = t;
	return e;
}

/* How many rows come before the key, or (past) before what follows it. */
static size_t rows_before(const struct table *t, struct str key, bool past)
{
	size_t low = 0;
	size_t high = t->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = str_cmp(t->rows[mid].cells[0], key);
		if (order < 0 || (past && order == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void table_find(const struct table *t, struct str key, size_t *first, size_t *end)
{
	*first = rows_before(t, key, false);
	*end = rows_before(t, key, true);
}

err_t table_day(const struct table *t, struct str cell, struct day *out)
{
	struct day day = DAY_NONE;
	if (cell.n > 0 && !day_parse(str_sub(cell, 0, DAY_TEXT - 1), &day))
		return err_new(t->arena, ERR_INVALID, "%s: \"%.*s\" is not a date; dates are written 2026-11-21.",
			       t->path, STR_ARG(cell));
	*out = day;
	return NULL;
}

err_t table_int(const struct table *t, struct str cell, int otherwise, int *out)
{
	int64_t n = otherwise;
	if (cell.n > 0 && (!str_to_i64(cell, &n) || n < INT32_MIN || n > INT32_MAX))
		return err_new(t->arena, ERR_INVALID, "%s: \"%.*s\" is not a whole number.", t->path, STR_ARG(cell));
	*out = (int)n;
	return NULL;
}
