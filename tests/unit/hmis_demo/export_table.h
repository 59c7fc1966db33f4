/* A CSV file of an export as a table in memory, for tests: an independent reader, so that what the
 * generator writes is not judged by the code that wrote it. */
#ifndef TEST_EXPORT_TABLE_H
#define TEST_EXPORT_TABLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct table {
	struct str *names;
	int columns;
	struct str *cells; /* row by row */
	int rows;
};

/* The file as bytes; the test fails where it cannot be read. */
struct str file_read(struct arena *a, const char *folder, const char *name);

/* The test fails where a row has another number of cells than the header. */
struct table table_read(struct arena *a, const char *folder, const char *name);

/* The cell of a row by the name of its column; the test fails where there is no such column. */
struct str table_cell(const struct table *t, int row, const char *column);
int table_column(const struct table *t, const char *column); /* −1: none */

/* All values of a column, sorted, to be searched and counted. */
struct str *table_sorted(struct arena *a, const struct table *t, const char *column);
int sorted_count(const struct str *values, int n, struct str s);

#endif
