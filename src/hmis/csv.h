/* Comma-separated values, read at the speed of memory.
 *
 * One scanner serves a file that is mapped into memory, which several threads read at once, and a
 * stream that is inflated from a zip. It finds cells by header name, hands over only the columns
 * that were asked for, and copies nothing unless a cell holds doubled quotes.
 *
 * What counts as a row, whatever the chunking and the number of threads:
 *  - a row ends at a line feed outside quotes; a carriage return before it is dropped; an empty
 *    line is no row; the last row needs no line feed; a byte-order mark is skipped.
 *  - a cell that begins with a quote is quoted and may hold commas, line breaks and doubled quotes.
 *    A quote anywhere else is an ordinary character, and so are the quotes of a cell that begins
 *    with an even run of them followed by text (""Last1"").
 *  - inside a quoted cell a single quote that no comma or line end follows is ordinary too, unless
 *    the cell has already run over a line break: then the quote that opened it was never closed.
 *    Such a row, and one whose quoted cell is longer than LIMIT_CSV_FIELD or meets the end of the
 *    file, is handed over without cells and with its trouble named, and reading goes on at the line
 *    after the one in which the quote stood. A broken quote costs one row, not the rest of the file.
 *  - a row longer than LIMIT_CSV_ROW is handed over without cells; reading goes on at the first
 *    line feed behind the limit.
 *
 * Threads: `header` is called once, before any row. `row` is called by all threads at once, for the
 * rows of one chunk in file order by one thread. `chunk_end` is called in file order, one at a time,
 * by the thread that has just read the chunk. So what a thread gathers per chunk can be put in order
 * ("the last row of the file wins") without a lock, and `row` may fill memory of its worker alone.
 *
 * Lifetime: cells point into the file or into the worker's scratch and hold until `row` returns.
 *
 *     struct csv_scan scan = {.columns_n = 2, .threads = 2, .ctx = &me, .header = on_header, .row = on_row};
 *     TRY(csv_scan_bytes(arena, file, &scan));
 */
#ifndef HMIS_CSV_H
#define HMIS_CSV_H

#include "base/err.h"

enum { CSV_THREADS_MAX = 64, CSV_COLUMNS_MAX = 512 };

/* Stands for a column that the file does not have; its cells are empty. */
#define CSV_ABSENT UINT32_MAX

enum csv_trouble {
	CSV_FINE,
	CSV_QUOTE_OPEN, /* a quote that opens a cell is not closed */
	CSV_ROW_LONG,   /* the row is longer than LIMIT_CSV_ROW */
};

struct csv_row {
	const struct str *cells; /* one per column that was asked for, in that order */
	size_t width;            /* cells in the row, asked for or not */
	struct str beyond;       /* what stands behind the last column of the header, commas and all */
	struct str bytes;        /* the whole row as it stands in the file, its line end aside */
	size_t last;             /* where in them the last cell begins */
	uint64_t line;           /* line of the file on which the row begins; the first line is 1 */
	uint64_t chunk;          /* counts up in file order */
	unsigned worker;         /* 0 to threads − 1 */
	enum csv_trouble trouble;
};

struct csv_header {
	const struct str *names;
	size_t n;
};

struct csv_scan {
	size_t columns_n; /* how many columns `header` fills in; at most CSV_COLUMNS_MAX */
	unsigned threads; /* 1 to CSV_THREADS_MAX; a stream is always read by one */
	void *ctx;
	/* Says where the wanted columns are: positions in h->names, or CSV_ABSENT. */
	err_t (*header)(void *ctx, const struct csv_header *h, uint32_t *columns);
	err_t (*row)(void *ctx, const struct csv_row *row);
	/* May be NULL: `bytes` of the file were read for this chunk, header and all. */
	err_t (*chunk_end)(void *ctx, unsigned worker, uint64_t chunk, uint64_t bytes);
};

/* Bytes that come one after the other: *got of at most `room`; 0 is the end. */
struct csv_stream {
	void *ctx;
	err_t (*read)(void *ctx, char *to, size_t room, size_t *got);
};

/* Read everything. The first error of a callback stops all threads and is returned. An empty file
 * calls nothing. Memory: under 8 MiB per thread, whatever the file. ERR_INVALID where the header
 * line is over its limits. */
must err_t csv_scan_bytes(struct arena *a, struct str file, const struct csv_scan *scan);
must err_t csv_scan_stream(struct arena *a, struct csv_stream *in, const struct csv_scan *scan);

/* The header line alone of the bytes at the start of a file; h->n is 0 for an empty one. */
must err_t csv_header_read(struct arena *a, struct str file, struct csv_header *h);

/* The position of the column called so, letter case aside, or CSV_ABSENT. */
uint32_t csv_column(const struct csv_header *h, struct str name);

#endif
