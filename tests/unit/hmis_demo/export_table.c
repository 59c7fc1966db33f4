#include "export_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct str file_read(struct arena *a, const char *folder, const char *name)
{
	struct str path = str_fmt(a, "%s/%s", folder, name);
	FILE *f = fopen(str_c(a, path), "rb");
	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	long size = ftell(f);
	assert_true(size >= 0);
	rewind(f);
	char *p = arena_many(a, (size_t)size + 1, char);
	assert_int_equal(fread(p, 1, (size_t)size, f), (size_t)size);
	assert_int_equal(fclose(f), 0);
	return (struct str){p, (size_t)size};
}

/* One cell at *at, unquoted into new memory where it was quoted; what ends it goes to *end. */
static struct str cell_read(struct arena *a, struct str text, size_t *at, char *end)
{
	size_t i = *at;
	size_t n = 0;
	struct str cell = {text.p + i, 0};
	if (i < text.n && text.p[i] == '"') {
		size_t close = i + 1;
		while (close < text.n && (text.p[close] != '"' || text.p[close + 1] == '"'))
			close += text.p[close] == '"' ? 2 : 1;
		assert_true(close < text.n);
		char *p = arena_many(a, close - i, char);
		for (size_t j = i + 1; j < close; j++) {
			p[n++] = text.p[j];
			j += text.p[j] == '"';
		}
		cell.p = p;
		i = close + 1;
	} else {
		while (i < text.n && text.p[i] != ',' && text.p[i] != '\r')
			i++;
		n = i - *at;
	}
	cell.n = n;
	assert_true(i < text.n);
	*end = text.p[i];
	*at = i + 1;
	if (*end == '\r') {
		assert_int_equal(text.p[i + 1], '\n');
		*at = i + 2;
	}
	return cell;
}

struct table table_read(struct arena *a, const char *folder, const char *name)
{
	enum { COLUMNS_MAX = 128 };
	struct str text = file_read(a, folder, name);
	struct table t = {.names = arena_many(a, COLUMNS_MAX, struct str)};
	size_t at = 0;
	char end = ',';
	while (end == ',') {
		assert_true(t.columns < COLUMNS_MAX);
		t.names[t.columns++] = cell_read(a, text, &at, &end);
	}
	size_t lines = 0;
	for (size_t i = at; i < text.n; i++)
		lines += text.p[i] == '\n';
	t.cells = arena_many(a, lines * (size_t)t.columns, struct str);
	while (at < text.n) {
		struct str *row = t.cells + (size_t)t.rows * (size_t)t.columns;
		end = ',';
		for (int i = 0; i < t.columns; i++) {
			assert_int_equal(end, ',');
			row[i] = cell_read(a, text, &at, &end);
		}
		assert_int_equal(end, '\r');
		t.rows++;
	}
	return t;
}

int table_column(const struct table *t, const char *column)
{
	for (int i = 0; i < t->columns; i++) {
		if (str_eq(t->names[i], str_from(column)))
			return i;
	}
	return -1;
}

struct str table_cell(const struct table *t, int row, const char *column)
{
	int at = table_column(t, column);
	assert_true(at >= 0);
	return t->cells[(size_t)row * (size_t)t->columns + (size_t)at];
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct str *table_sorted(struct arena *a, const struct table *t, const char *column)
{
	struct str *values = arena_many(a, (size_t)t->rows, struct str);
	for (int i = 0; i < t->rows; i++)
		values[i] = table_cell(t, i, column);
	qsort(values, (size_t)t->rows, sizeof(values[0]), by_text);
	return values;
}

int sorted_count(const struct str *values, int n, struct str s)
{
	const struct str *hit = bsearch(&s, values, (size_t)n, sizeof(values[0]), by_text);
	if (hit == NULL)
		return 0;
	const struct str *from = hit;
	const struct str *to = hit;
	while (from > values && str_eq(from[-1], s))
		from--;
	while (to < values + n && str_eq(*to, s))
		to++;
	return (int)(to - from);
}
