/* The two steps of the CSV scanner, compiled once per instruction set: the file that includes this
 * has defined KERNEL, block_marks() and list_bits(). See hmis/csv_kernel.h. */

#include <string.h>

#include "base/arena.h"
#include "hmis/csv_kernel.h"

enum { BATCH = 32, FLAT_BLOCKS = 64 };

/* Bit i of the result: the number of bits 0 to i of x is odd. */
static inline uint64_t prefix_xor(uint64_t x)
{
	x ^= x << 1;
	x ^= x << 2;
	x ^= x << 4;
	x ^= x << 8;
	x ^= x << 16;
	x ^= x << 32;
	return x;
}

/* True where each of these closing quotes ends its cell after all: by a line end of two bytes or the
 * end of the file. */
static inline bool closings_end(const struct csv_index *ix, size_t at, uint64_t closes)
{
	for (; closes != 0; closes &= closes - 1)
		if (!csv_ends_cell(ix, at + (unsigned)__builtin_ctzll(closes) + 1))
			return false;
	return true;
}

/* Marks one block; false, and nothing changed, if its quotes need csv_index_slowly. The state is the
 * caller's own, so that it stays in registers. */
static inline bool index_block(struct csv_index *ix, struct csv_state *s, size_t b, uint64_t quote, uint64_t comma)
{
	size_t at = b * CSV_BLOCK;
	uint64_t feed = ix->feed[b];
	uint64_t inside = 0 - s->quoted;
	if ((s->quoted | s->closed) != 0 && at + CSV_BLOCK - s->open > LIMIT_CSV_FIELD)
		return false;
	if (quote == 0) {
		s->closed = 0;
		s->ran_over |= (feed & inside) != 0;
	} else {
		inside ^= prefix_xor(quote);
		uint64_t opens = quote & inside;
		uint64_t closes = quote & ~inside;
		uint64_t starts = ((comma | feed) & ~inside) << 1 | s->at_start;
		uint64_t doubled = closes << 1 | s->closed;
		if ((opens & ~(starts | doubled)) != 0)
			return false;
		uint64_t ends = (comma | feed | quote) >> 1;
		if (at + CSV_BLOCK < ix->end) {
			char c = ix->base[at + CSV_BLOCK];
			ends |= (uint64_t)(c == ',' || c == '\n' || c == '"') << 63;
		}
		if (!closings_end(ix, at, closes & ~ends))
			return false;
		uint64_t fresh = opens & ~doubled;
		if (fresh != 0) {
			unsigned last = 63 - (unsigned)__builtin_clzll(fresh);
			s->open = at + last;
			s->ran_over = (feed & inside) >> last != 0;
		} else {
			s->ran_over |= (feed & inside) != 0;
		}
		s->quoted = inside >> 63;
		s->closed = closes >> 63;
	}
	uint64_t cell = (comma | feed) & ~inside;
	ix->cell[b] = cell;
	ix->line[b] = feed & ~inside;
	ix->hurt[b] = 0;
	ix->multi_line |= (feed & inside) != 0;
	s->at_start = cell >> 63;
	return true;
}

/* A virtual line feed ends the last row of a file that has none. */
static void index_end(struct csv_index *ix)
{
	size_t b = ix->end / CSV_BLOCK;
	uint64_t bit = 1ULL << ix->end % CSV_BLOCK;
	if (b * CSV_BLOCK == ix->done) {
		ix->cell[b] = ix->line[b] = ix->feed[b] = ix->hurt[b] = 0;
		ix->done += CSV_BLOCK;
	}
	ix->cell[b] |= bit;
	ix->line[b] |= bit;
	if (ix->state.breaking) {
		ix->hurt[b] |= bit;
		ix->hurt_any = true;
	}
}

static void index_window(struct csv_index *ix, size_t to)
{
	if (to > ix->end)
		to = ix->end;
	while (ix->done < to || (ix->state.quoted && ix->last && ix->done >= ix->end)) {
		if (ix->done >= ix->end) {
			csv_index_unclosed(ix);
			continue;
		}
		uint64_t quote[BATCH];
		uint64_t comma[BATCH];
		size_t b = ix->done / CSV_BLOCK;
		size_t n = (to - ix->done + CSV_BLOCK - 1) / CSV_BLOCK;
		if (n > BATCH)
			n = BATCH;
		for (size_t k = 0; k < n; k++) {
			const char *p = ix->base + (b + k) * CSV_BLOCK;
			char tail[CSV_BLOCK];
			if ((b + k + 1) * CSV_BLOCK > ix->end) {
				memset(tail, 0, sizeof tail);
				memcpy(tail, p, ix->end % CSV_BLOCK);
				p = tail;
			}
			block_marks(p, &quote[k], &comma[k], &ix->feed[b + k]);
		}
		struct csv_state state = ix->state;
		size_t good = 0;
		if (!state.breaking)
			while (good < n && index_block(ix, &state, b + good, quote[good], comma[good]))
				good++;
		ix->state = state;
		ix->done = (b + good) * CSV_BLOCK;
		if (good < n)
			csv_index_slowly(ix, b + good);
	}
	if (ix->last && ix->done >= ix->end)
		index_end(ix);
}

/* Bits of mask[] in [from, to). */
static inline size_t count_bits(const uint64_t *mask, size_t from, size_t to)
{
	size_t b = from / CSV_BLOCK;
	size_t last = to / CSV_BLOCK;
	uint64_t m = mask[b] & ~0ULL << from % CSV_BLOCK;
	size_t n = 0;
	for (; b < last; m = mask[++b])
		n += (unsigned)__builtin_popcountll(m);
	return n + (unsigned)__builtin_popcountll(m & ~(~0ULL << to % CSV_BLOCK));
}

/* A stretch of the window with its marks as lists of positions. */
struct flat {
	uint32_t at[FLAT_BLOCKS * CSV_BLOCK + 1 + 2 * CSV_BLOCK]; /* ends of cells, from at[1] on */
	uint32_t row[FLAT_BLOCKS * CSV_BLOCK];                    /* indices in at[] of the ends of rows */
	size_t rows;
};

/* Lists what ends at `from` and behind, as far as the list and the index go. */
static void flatten(const struct csv_index *ix, size_t from, struct flat *f)
{
	size_t b = from / CSV_BLOCK;
	size_t last = ix->done / CSV_BLOCK;
	if (last > b + FLAT_BLOCKS)
		last = b + FLAT_BLOCKS;
	uint64_t keep = ~0ULL << from % CSV_BLOCK;
	uint32_t *out = f->at;
	uint32_t *row = f->row;
	*out++ = (uint32_t)from - 1; /* so that every cell begins behind the entry before its own */
	for (; b < last; b++, keep = ~0ULL) {
		uint64_t cell = ix->cell[b] & keep;
		for (uint64_t line = ix->line[b] & keep; line != 0; line &= line - 1) {
			uint64_t before = (line & -line) - 1;
			*row++ = (uint32_t)(out - f->at) + (uint32_t)__builtin_popcountll(cell & before);
		}
		out = list_bits(out, cell, (uint32_t)(b * CSV_BLOCK));
	}
	f->rows = (size_t)(row - f->row);
}

static inline void set_cell(struct csv_walk *w, uint32_t slot, size_t start, size_t stop)
{
	struct str cell = {w->index->base + start, stop - start};
	if (cell.n != 0 && cell.p[0] == '"')
		cell = csv_walk_unquote(w, cell);
	w->cells[slot] = cell;
}

/* The row at `from` whose cells end at at[1], at[2] and so on to at[width]; at[width] is its line feed. */
static inline err_t give_row(struct csv_walk *w, size_t from, const uint32_t *at, size_t width)
{
	const struct csv_index *ix = w->index;
	size_t end = at[width];
	size_t text_end = end - (end > from && ix->base[end - 1] == '\r');
	if (text_end == from)
		return NULL;
	w->row.width = width;
	w->row.bytes = (struct str){ix->base + from, text_end - from};
	w->row.last = at[width - 1] + 1U - from;
	w->row.beyond = (struct str){0};
	w->row.trouble = CSV_FINE;
	w->scratch_used = 0;
	if (ix->hurt_any && (ix->hurt[end / CSV_BLOCK] >> end % CSV_BLOCK & 1) != 0) {
		w->row.trouble = CSV_QUOTE_OPEN;
		memset(w->cells, 0, w->scan->columns_n * sizeof *w->cells);
		return w->scan->row(w->scan->ctx, &w->row);
	}
	for (size_t i = 0; i < w->picks_n; i++) {
		const struct csv_pick *pick = &w->picks[i];
		if (pick->column >= width) {
			w->cells[pick->slot] = (struct str){0};
			continue;
		}
		size_t start = at[pick->column] + 1U;
		size_t stop = at[pick->column + 1];
		set_cell(w, pick->slot, start, stop == end ? text_end : stop);
	}
	if (width > w->header_n)
		w->row.beyond = (struct str){ix->base + at[w->header_n] + 1, text_end - at[w->header_n] - 1};
	return w->scan->row(w->scan->ctx, &w->row);
}

/* A row that does not fit into a struct flat: its ends are listed in w->long_row. */
static err_t give_long_row(struct csv_walk *w, size_t from, size_t *end)
{
	const struct csv_index *ix = w->index;
	if (w->long_row == NULL)
		w->long_row = arena_many(w->arena, LIMIT_CSV_ROW + 2, uint32_t);
	uint32_t *out = w->long_row;
	*out++ = (uint32_t)from - 1;
	for (size_t b = from / CSV_BLOCK;; b++) {
		uint64_t keep = b == from / CSV_BLOCK ? ~0ULL << from % CSV_BLOCK : ~0ULL;
		uint64_t line = ix->line[b] & keep;
		uint64_t cell = ix->cell[b] & keep & ((line & -line) * 2 - 1);
		for (; cell != 0; cell &= cell - 1)
			*out++ = (uint32_t)(b * CSV_BLOCK) + (uint32_t)__builtin_ctzll(cell);
		if (line != 0)
			break;
	}
	*end = out[-1];
	return give_row(w, from, w->long_row, (size_t)(out - w->long_row) - 1);
}

static err_t walk_rows(struct csv_walk *w, size_t from, size_t to)
{
	const struct csv_index *ix = w->index;
	struct flat f;
	while (from < to) {
		flatten(ix, from, &f);
		size_t first = 0;
		for (size_t r = 0; r < f.rows && from < to; r++) {
			size_t end = f.at[f.row[r]];
			TRY(give_row(w, from, f.at + first, f.row[r] - first));
			w->row.line += ix->multi_line ? count_bits(ix->feed, from, end + 1) : 1;
			first = f.row[r];
			from = end + 1;
		}
		if (f.rows == 0) {
			size_t end;
			TRY(give_long_row(w, from, &end));
			w->row.line += count_bits(ix->feed, from, end + 1);
			from = end + 1;
		}
	}
	return NULL;
}

static size_t count_feeds(const struct csv_index *ix, size_t to)
{
	return count_bits(ix->feed, 0, to);
}

const struct csv_kernel KERNEL = {
	.name = KERNEL_NAME,
	.index = index_window,
	.walk = walk_rows,
	.feeds = count_feeds,
};
