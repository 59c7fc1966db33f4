/* The rule of hmis/csv.h once more, written for reading and not for speed: the scanner's tests and its
 * fuzzer compare every kernel and every chunking with this. */
#ifndef TEST_CSV_REFERENCE_H
#define TEST_CSV_REFERENCE_H

#include "base/arena.h"
#include "base/limit.h"
#include "hmis/csv.h"

struct ref_row {
	struct str *cells;
	size_t width;
	uint64_t line;
	enum csv_trouble trouble;
};

struct ref_file {
	struct ref_row *rows; /* the header is the first */
	size_t n;
};

static inline bool ref_ends(struct str t, size_t i)
{
	if (i == t.n || t.p[i] == ',' || t.p[i] == '\n')
		return true;
	return t.p[i] == '\r' && (i + 1 == t.n || t.p[i + 1] == '\n');
}

/* A cell from *i on; false if its quote is not closed. *i goes to what ends the cell. */
static inline bool ref_cell(struct arena *a, struct str t, size_t *i, struct str *out)
{
	size_t start = *i;
	size_t run = 0;
	while (run <= LIMIT_CSV_FIELD && start + run < t.n && t.p[start + run] == '"')
		run++;
	bool ordinary = run % 2 == 0 && run <= LIMIT_CSV_FIELD && !ref_ends(t, start + run);
	if (run == 0 || ordinary) {
		size_t end = start + run;
		while (end < t.n && t.p[end] != ',' && t.p[end] != '\n')
			end++;
		*i = end;
		end -= end > start && (end == t.n || t.p[end] == '\n') && t.p[end - 1] == '\r';
		*out = (struct str){t.p + start, end - start};
		return true;
	}
	size_t room = t.n - start;
	char *text = arena_many(a, room < LIMIT_CSV_FIELD ? room : LIMIT_CSV_FIELD, char);
	size_t n = 0;
	bool ran_over = false;
	for (size_t k = start + 1; k < t.n && k - start <= LIMIT_CSV_FIELD; k++) {
		if (t.p[k] == '"' && ref_ends(t, k + 1)) {
			*i = k + 1;
			if (t.p[*i < t.n ? *i : k] == '\r')
				++*i;
			*out = (struct str){text, n};
			return true;
		}
		if (t.p[k] == '"' && t.p[k + 1] == '"')
			k++;
		else if (t.p[k] == '"' && ran_over)
			return false;
		ran_over |= t.p[k] == '\n';
		text[n++] = t.p[k];
	}
	return false;
}

static inline size_t ref_line_end(struct str t, size_t from)
{
	while (from < t.n && t.p[from] != '\n')
		from++;
	return from;
}

/* The row at `from`; returns where the next begins. An empty line gives width 0. */
static inline size_t ref_row(struct arena *a, struct str t, size_t from, size_t cells_max, struct ref_row *row)
{
	row->cells = arena_many(a, cells_max, struct str);
	size_t i = from;
	for (;;) {
		struct str cell;
		size_t open = i;
		if (!ref_cell(a, t, &i, &cell)) {
			row->trouble = CSV_QUOTE_OPEN;
			row->width = 1;
			i = ref_line_end(t, open);
			break;
		}
		if (row->width < cells_max)
			row->cells[row->width] = cell;
		row->width++;
		if (i == t.n || t.p[i] == '\n')
			break;
		i++;
	}
	if (i - from > LIMIT_CSV_ROW) {
		row->trouble = CSV_ROW_LONG;
		i = ref_line_end(t, from + LIMIT_CSV_ROW);
	}
	if (i == from || (i == from + 1 && t.p[from] == '\r'))
		row->width = 0;
	return i == t.n ? i : i + 1;
}

static inline struct ref_file ref_parse(struct arena *a, struct str t, size_t rows_max, size_t cells_max)
{
	struct ref_file f = {.rows = arena_many(a, rows_max, struct ref_row)};
	size_t i = str_starts(t, S("\xEF\xBB\xBF")) ? 3 : 0;
	uint64_t line = 1;
	while (i < t.n && f.n < rows_max) {
		struct ref_row *row = &f.rows[f.n];
		*row = (struct ref_row){.line = line};
		size_t next = ref_row(a, t, i, cells_max, row);
		for (; i < next; i++)
			line += t.p[i] == '\n';
		f.n += row->width != 0 || f.n == 0;
	}
	return f;
}

#endif
