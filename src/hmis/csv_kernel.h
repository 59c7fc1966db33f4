/* Inside of the CSV scanner: how bytes become cells. Only hmis/csv*.c and its tests include this.
 *
 * Reading a stretch of bytes takes two steps. `index` marks, one bit per byte, where cells and rows
 * end, taking quotes into account; `walk` goes from row to row along these bits and touches nothing
 * but the cells that were asked for. Indexing is separate because the end of one chunk is the
 * beginning of the next: chunks are indexed side by side, each from a guessed beginning, and walked
 * once the guess is confirmed.
 *
 * Both steps exist three times, compiled from hmis/csv_kernel_body.h for the plain machine, for SSE2
 * and for AVX2. Blocks of 64 bytes in which quotes are not as they should be are left to
 * csv_index_slowly, which is the rule that hmis/csv.h states, one byte at a time.
 */
#ifndef HMIS_CSV_KERNEL_H
#define HMIS_CSV_KERNEL_H

#include "base/limit.h"
#include "hmis/csv.h"

enum {
	CSV_BLOCK = 64,
	CSV_CHUNK = 256 << 10,
	/* Bytes behind the chunk that may matter to the last row that begins in it: the row, a quote that
	 * opens at its very end, and rounding. */
	CSV_AHEAD = LIMIT_CSV_ROW + LIMIT_CSV_FIELD + (8 << 10),
	CSV_WORDS = (CSV_CHUNK + CSV_AHEAD) / CSV_BLOCK + 2,
};

/* Where indexing stands. Truth values are whole words: the compiler joins neighbouring bytes into one
 * load, which then waits for their stores. */
struct csv_state {
	uint64_t quoted;   /* inside a quoted cell, which begins at `open` */
	uint64_t ran_over; /* that cell has run over a line break */
	uint64_t at_start; /* a cell begins here */
	uint64_t closed;   /* the byte before was a quote that closed */
	uint64_t breaking; /* all bytes up to `broken`, the line feed that ends a broken row, are skipped */
	size_t open;
	size_t broken; /* SIZE_MAX: no end in sight */
};

/* The marks of a window of bytes that begins with a row; positions count from there. */
struct csv_index {
	const char *base;
	size_t end; /* bytes that may be read */
	bool last;  /* `end` is the end of the file, not only of what is there */

	size_t done; /* indexed so far, in whole blocks */

	struct csv_state state; /* before the byte at `done` */

	bool multi_line; /* a quoted cell ran over a line break somewhere */
	bool hurt_any;

	uint64_t cell[CSV_WORDS]; /* a comma or line feed that ends a cell */
	uint64_t line[CSV_WORDS]; /* a line feed that ends a row */
	uint64_t feed[CSV_WORDS]; /* any line feed */
	uint64_t hurt[CSV_WORDS]; /* the end of a row with an open quote */
};

/* A wanted column, in the order of the file. */
struct csv_pick {
	uint32_t column;
	uint32_t slot; /* where its cell goes in csv_row.cells */
};

struct csv_walk {
	const struct csv_scan *scan;
	const struct csv_pick *picks;
	size_t picks_n;
	size_t header_n;
	struct str *cells;   /* scan->columns_n */
	struct arena *arena; /* the worker's own, for what follows, made when first needed */
	char *scratch;       /* LIMIT_CSV_ROW bytes for cells that hold doubled quotes */
	size_t scratch_used;
	uint32_t *long_row; /* LIMIT_CSV_ROW + 2 entries for the ends of a long row's cells */
	struct csv_index *index;
	struct csv_row row; /* chunk, worker and line are set by the caller, line is kept up to date */
};

struct csv_kernel {
	const char *name;
	/* Marks everything up to `to` or the end. */
	void (*index)(struct csv_index *ix, size_t to);
	/* Hands over the rows in [from, to), which are indexed and none of which is too long. */
	err_t (*walk)(struct csv_walk *w, size_t from, size_t to);
	/* Line feeds in [0, to), which is indexed. */
	size_t (*feeds)(const struct csv_index *ix, size_t to);
};

/* The kernels that this machine can run, fastest first. */
size_t csv_kernels(const struct csv_kernel *out[3]);

extern const struct csv_kernel csv_kernel_plain;
#if defined(__x86_64__)
extern const struct csv_kernel csv_kernel_sse2;
extern const struct csv_kernel csv_kernel_avx2;
#endif

/* A comma, a line end or the end of the file is at i. */
bool csv_ends_cell(const struct csv_index *ix, size_t i);

/* Indexes one block byte by byte, or after a broken quote an earlier one; sets ix->done behind it.
 * The block's bits in ix->feed must be there. */
void csv_index_slowly(struct csv_index *ix, size_t block);

/* The file ended inside a quoted cell: goes back to the line that opened it. */
void csv_index_unclosed(struct csv_index *ix);

/* The text of a quoted cell; copied to `to` (room for cell.n) if it holds doubled quotes, whose end
 * goes to *used then. */
struct str csv_unquote(struct str cell, char *to, size_t *used);

/* The same into the worker's scratch. */
struct str csv_walk_unquote(struct csv_walk *w, struct str cell);

/* As csv_scan_bytes, with a kernel and a chunk of at most CSV_CHUNK bytes: for tests. */
must err_t csv_scan_bytes_with(struct arena *a, struct str file, const struct csv_scan *scan,
			       const struct csv_kernel *kernel, size_t chunk);
must err_t csv_scan_stream_with(struct arena *a, struct csv_stream *in, const struct csv_scan *scan,
				const struct csv_kernel *kernel, size_t chunk);

#endif
