/* The rule of hmis/csv.h for quotes, one byte at a time: what the fast kernels must agree with. */
#include <string.h>

#include "base/arena.h"
#include "hmis/csv_kernel.h"

bool csv_ends_cell(const struct csv_index *ix, size_t i)
{
	if (i == ix->end)
		return ix->last;
	char c = ix->base[i];
	if (c == '\r')
		return i + 1 == ix->end ? ix->last : ix->base[i + 1] == '\n';
	return c == ',' || c == '\n';
}

/* The quote at `i` is the last of an even run of them that begins the cell. */
static bool run_is_even(const struct csv_index *ix, size_t i)
{
	size_t first = i;
	while (first > ix->state.open && ix->base[first - 1] == '"')
		first--;
	return first == ix->state.open && (i - first) % 2 == 1;
}

/* The single quote at `i`, inside a quoted cell, ends it (or is the first of two). */
static bool closes_at(const struct csv_index *ix, size_t i)
{
	return csv_ends_cell(ix, i + 1) || ix->base[i + 1] == '"';
}

/* Gives up the quoted cell that is open at `i`. Returns where to go on. */
static size_t break_row(struct csv_index *ix, size_t i)
{
	size_t room = ix->end - ix->state.open;
	if (room > LIMIT_CSV_ROW + 1)
		room = LIMIT_CSV_ROW + 1;
	const char *feed = memchr(ix->base + ix->state.open, '\n', room);
	ix->state.quoted = ix->state.closed = ix->state.at_start = false;
	ix->state.breaking = true;
	ix->state.broken = feed == NULL ? SIZE_MAX : (size_t)(feed - ix->base);
	return ix->state.broken < i ? ix->state.broken : i;
}

static void mark_end(struct csv_index *ix, size_t i, bool row)
{
	uint64_t bit = 1ULL << i % CSV_BLOCK;
	ix->cell[i / CSV_BLOCK] |= bit;
	if (row)
		ix->line[i / CSV_BLOCK] |= bit;
	ix->state.at_start = true;
	ix->state.closed = false;
}

static void step_quoted(struct csv_index *ix, size_t *i)
{
	char c = ix->base[*i];
	if (*i - ix->state.open > LIMIT_CSV_FIELD) {
		*i = break_row(ix, *i);
		return;
	}
	if (c == '\n') {
		ix->state.ran_over = ix->multi_line = true;
	} else if (c == '"' && closes_at(ix, *i)) {
		ix->state.quoted = false;
		ix->state.closed = true;
	} else if (c == '"' && run_is_even(ix, *i)) {
		ix->state.quoted = false;
	} else if (c == '"' && ix->state.ran_over) {
		*i = break_row(ix, *i);
		return;
	}
	++*i;
}

static void step_outside(struct csv_index *ix, size_t i)
{
	char c = ix->base[i];
	if (c == ',' || c == '\n') {
		mark_end(ix, i, c == '\n');
		return;
	}
	if (c == '"' && ix->state.closed) {
		ix->state.quoted = true;
	} else if (c == '"' && ix->state.at_start) {
		ix->state.quoted = true;
		ix->state.open = i;
		ix->state.ran_over = false;
	}
	ix->state.at_start = ix->state.closed = false;
}

/* From `i` to the end of its block, or of an earlier one that has to be done again. */
static void go_on(struct csv_index *ix, size_t i)
{
	size_t stop;
	while (i < ix->end) {
		stop = (i / CSV_BLOCK + 1) * CSV_BLOCK;
		if (ix->state.breaking && i < ix->state.broken) {
			i = ix->state.broken < stop ? ix->state.broken : stop;
		} else if (ix->state.breaking) {
			mark_end(ix, i, true);
			ix->hurt[i / CSV_BLOCK] |= 1ULL << i % CSV_BLOCK;
			ix->hurt_any = true;
			ix->state.breaking = false;
			i++;
		} else if (ix->state.quoted) {
			size_t before = i;
			step_quoted(ix, &i);
			if (i < before)
				continue;
		} else {
			step_outside(ix, i);
			i++;
		}
		if (i >= stop)
			break;
	}
	if (i > ix->end)
		i = ix->end;
	ix->done = (i + CSV_BLOCK - 1) / CSV_BLOCK * CSV_BLOCK;
}

void csv_index_slowly(struct csv_index *ix, size_t block)
{
	ix->cell[block] = ix->line[block] = ix->hurt[block] = 0;
	go_on(ix, block * CSV_BLOCK);
}

void csv_index_unclosed(struct csv_index *ix)
{
	go_on(ix, break_row(ix, ix->end));
}

struct str csv_unquote(struct str cell, char *to, size_t *used)
{
	*used = 0;
	if (cell.n >= 2 && cell.p[cell.n - 1] == '"' && memchr(cell.p + 1, '"', cell.n - 2) == NULL)
		return (struct str){cell.p + 1, cell.n - 2};
	size_t run = 0;
	while (run < cell.n && cell.p[run] == '"')
		run++;
	if (run % 2 == 0 && run < cell.n)
		return cell;
	size_t n = 0;
	for (size_t i = 1; i < cell.n; i++) {
		if (cell.p[i] == '"') {
			if (i + 1 == cell.n)
				break;
			i += cell.p[i + 1] == '"';
		}
		to[n++] = cell.p[i];
	}
	*used = n;
	return (struct str){to, n};
}

struct str csv_walk_unquote(struct csv_walk *w, struct str cell)
{
	if (w->scratch == NULL)
		w->scratch = arena_many(w->arena, LIMIT_CSV_ROW, char);
	size_t used;
	cell = csv_unquote(cell, w->scratch + w->scratch_used, &used);
	w->scratch_used += used;
	return cell;
}
