/* Reference tables for the programs of tests/conformance: a CSV file in memory, columns found by header
 * name, rows sorted by their first column so that those of one key stand together. */
#ifndef TESTS_TABLE_H
#define TESTS_TABLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"

enum { TABLE_COLUMNS = 12 };

struct table_row {
	struct str cells[TABLE_COLUMNS]; /* in the order of `names` */
};

struct table {
	const char *path;
	struct table_row *rows;
	size_t n, room;
	/* While reading. */
	struct arena *arena;
	const char *const *names;
	size_t columns_n;
	bool full;
};

/* Reads the file; `names` ends with NULL. ERR_MISSING in one sentence where the file or a column is not there,
 * ERR_INVALID where a row cannot be read. */
must err_t table_read(struct arena *a, const char *path, const char *const *names, struct table *out);

/* The rows of a key: *first to before *end. */
void table_find(const struct table *t, struct str key, size_t *first, size_t *end);

/* DAY_NONE for an empty cell; a time behind the date does not count. ERR_INVALID for anything else. */
must err_t table_day(const struct table *t, struct str cell, struct day *out);

/* `otherwise` for an empty cell. */
must err_t table_int(const struct table *t, struct str cell, int otherwise, int *out);

#endif
