/* The CSV scanner against its reference: every kernel, as a mapped file in chunks and as a stream. The first
 * byte of the input chooses the size of the chunks, the rest is the file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../unit/hmis/csv_reference.h"
#include "../replay.h"
#include "hmis/csv_kernel.h"

enum { CELLS = 5, ROWS_MAX = 1 << 14 };

struct check {
	struct ref_file want;
	size_t next; /* in want.rows */
	size_t header_n;
};

static void expect(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_csv: %s\n", what);
	abort();
}

static err_t on_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	struct check *c = ctx;
	c->header_n = h->n;
	for (uint32_t i = 0; i < CELLS; i++)
		columns[i] = i < h->n ? i : CSV_ABSENT;
	return NULL;
}

static err_t on_row(void *ctx, const struct csv_row *row)
{
	struct check *c = ctx;
	expect(c->next < c->want.n, "a row too many");
	const struct ref_row *want = &c->want.rows[c->next++];
	expect(row->line == want->line, "another line");
	expect(row->trouble == want->trouble, "another trouble");
	if (row->trouble != CSV_FINE)
		return NULL;
	expect(row->width == want->width, "another width");
	for (size_t i = 0; i < CELLS; i++) {
		struct str cell = i < c->header_n && i < want->width ? want->cells[i] : (struct str){0};
		expect(str_eq(row->cells[i], cell), "another cell");
	}
	return NULL;
}

struct drip {
	struct str left;
	size_t step;
};

static err_t drip_read(void *ctx, char *to, size_t room, size_t *got)
{
	struct drip *d = ctx;
	struct str part = str_sub(d->left, 0, room < d->step ? room : d->step);
	if (part.n != 0)
		memcpy(to, part.p, part.n);
	d->left = str_sub(d->left, part.n, d->left.n);
	*got = part.n;
	return NULL;
}

static void run(struct arena *a, struct check *c, struct str text, size_t chunk, const struct csv_kernel *k,
		bool stream)
{
	struct csv_scan scan = {.columns_n = CELLS, .threads = 1, .ctx = c, .header = on_header, .row = on_row};
	struct drip drip = {.left = text, .step = chunk};
	struct csv_stream in = {.ctx = &drip, .read = drip_read};
	c->next = 1;
	err_t e =
		stream ? csv_scan_stream_with(a, &in, &scan, k, chunk) : csv_scan_bytes_with(a, text, &scan, k, chunk);
	if (e != NULL)
		expect(c->want.rows[0].trouble != CSV_FINE, "a good header refused");
	else
		expect(c->next >= c->want.n, "a row too few");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n == 0)
		return 0;
	struct arena *a = arena_new("fuzz", 256 << 20);
	size_t chunk = 1 + data[0] * (size_t)data[0] % CSV_CHUNK;
	struct str text = {(const char *)data + 1, n - 1};
	struct check c = {.want = ref_parse(a, text, ROWS_MAX, CELLS)};
	const struct csv_kernel *kernels[3];
	size_t kernels_n = csv_kernels(kernels);
	for (size_t k = 0; k < kernels_n && c.want.n < ROWS_MAX; k++) {
		run(a, &c, text, chunk, kernels[k], false);
		run(a, &c, text, chunk, kernels[k], true);
	}
	arena_free(&a);
	return 0;
}
