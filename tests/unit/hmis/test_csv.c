#include "csv_reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "hmis/csv_kernel.h"
#include "hmis/csv_out.h"

enum { CELLS_MAX = 12, ROWS_MAX = 4096, THREADS = 3 };

/* What a scan handed over, in file order once it is done. */
struct seen {
	struct arena *arenas[THREADS]; /* one per worker */
	struct got {
		struct ref_row row;
		struct str beyond;
		uint64_t chunk;
		struct got *next;
	} * by_worker[THREADS], *first, **last;
	uint32_t want[CELLS_MAX];
	size_t want_n;
	size_t header_n;
	uint64_t chunks;
	uint64_t bytes;
};

static err_t on_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	struct seen *s = ctx;
	s->header_n = h->n;
	for (size_t i = 0; i < s->want_n; i++)
		columns[i] = s->want[i] < h->n ? s->want[i] : CSV_ABSENT;
	return NULL;
}

static err_t on_row(void *ctx, const struct csv_row *row)
{
	struct seen *s = ctx;
	struct arena *a = s->arenas[row->worker];
	struct got *g = arena_one(a, struct got);
	g->row = (struct ref_row){.width = row->width, .line = row->line, .trouble = row->trouble};
	g->row.cells = arena_many(a, s->want_n, struct str);
	for (size_t i = 0; i < s->want_n; i++)
		g->row.cells[i] = str_dup(a, row->cells[i]);
	g->beyond = str_dup(a, row->beyond);
	g->chunk = row->chunk;
	struct got **end = &s->by_worker[row->worker];
	while (*end != NULL)
		end = &(*end)->next;
	*end = g;
	return NULL;
}

static err_t on_chunk_end(void *ctx, unsigned worker, uint64_t chunk, uint64_t bytes)
{
	struct seen *s = ctx;
	assert_int_equal(chunk, s->chunks);
	s->chunks++;
	s->bytes += bytes;
	for (struct got *g = s->by_worker[worker]; g != NULL; g = g->next)
		assert_int_equal(g->chunk, chunk);
	*s->last = s->by_worker[worker];
	while (*s->last != NULL)
		s->last = &(*s->last)->next;
	s->by_worker[worker] = NULL;
	return NULL;
}

static void seen_begin(struct seen *s, const uint32_t *want, size_t want_n)
{
	*s = (struct seen){.want_n = want_n};
	s->last = &s->first;
	memcpy(s->want, want, want_n * sizeof *want);
	for (size_t i = 0; i < THREADS; i++)
		s->arenas[i] = arena_new("test rows", 64 << 20);
}

static void seen_end(struct seen *s)
{
	for (size_t i = 0; i < THREADS; i++)
		arena_free(&s->arenas[i]);
}

/* A stream that gives `step` bytes at a time. */
struct drip {
	struct str left;
	size_t step;
};

static err_t drip_read(void *ctx, char *to, size_t room, size_t *got)
{
	struct drip *d = ctx;
	size_t n = d->step < room ? d->step : room;
	if (n > d->left.n)
		n = d->left.n;
	if (n != 0)
		memcpy(to, d->left.p, n);
	d->left = str_sub(d->left, n, d->left.n);
	*got = n;
	return NULL;
}

static void check(const struct ref_file *want, const struct seen *s, struct str text, const char *how)
{
	const struct got *g = s->first;
	for (size_t i = 1; i < want->n; i++, g = g->next) {
		const struct ref_row *w = &want->rows[i];
		if (g == NULL || g->row.line != w->line || g->row.trouble != w->trouble)
			fail_msg("%s: row %zu (line %d) of <%.*s>", how, i, (int)w->line,
				 STR_ARG(str_sub(text, 0, 400)));
		if (w->trouble != CSV_FINE)
			continue;
		if (g->row.width != w->width)
			fail_msg("%s: width of row %zu of <%.*s>", how, i, STR_ARG(str_sub(text, 0, 400)));
		for (size_t c = 0; c < s->want_n; c++) {
			uint32_t col = s->want[c];
			struct str cell = col < s->header_n && col < w->width ? w->cells[col] : (struct str){0};
			if (!str_eq(cell, g->row.cells[c]))
				fail_msg("%s: row %zu cell %u is <%.*s>, not <%.*s>, of <%.*s>", how, i, col,
					 STR_ARG(g->row.cells[c]), STR_ARG(cell), STR_ARG(str_sub(text, 0, 400)));
		}
	}
	if (g != NULL)
		fail_msg("%s: a row too many of <%.*s>", how, STR_ARG(str_sub(text, 0, 400)));
}

/* Every kernel, mapped with this chunk and as a stream, against the reference. */
static void compare(struct arena *a, struct str text, size_t chunk, unsigned threads, const uint32_t *want,
		    size_t want_n)
{
	struct ref_file ref = ref_parse(a, text, ROWS_MAX, CELLS_MAX);
	const struct csv_kernel *kernels[3];
	size_t n = csv_kernels(kernels);
	for (size_t k = 0; k < n; k++) {
		for (int stream = 0; stream < 2; stream++) {
			struct seen s;
			seen_begin(&s, want, want_n);
			struct csv_scan scan = {.columns_n = want_n,
						.threads = threads,
						.ctx = &s,
						.header = on_header,
						.row = on_row,
						.chunk_end = on_chunk_end};
			struct drip drip = {.left = text, .step = chunk < 7 ? 7 : chunk};
			struct csv_stream in = {.ctx = &drip, .read = drip_read};
			err_t e = stream ? csv_scan_stream_with(a, &in, &scan, kernels[k], chunk)
					 : csv_scan_bytes_with(a, text, &scan, kernels[k], chunk);
			if (e != NULL) {
				/* Only the header line can be refused. */
				assert_int_not_equal(ref.rows[0].trouble, CSV_FINE);
			} else {
				check(&ref, &s, text, kernels[k]->name);
				assert_int_equal(s.bytes, text.n);
			}
			seen_end(&s);
		}
	}
}

static const uint32_t all[CELLS_MAX] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

static void test_random(void **state)
{
	(void)state;
	static const char *const alphabets[] = {"ab,\"\n", "a,\"\"\"\r\n", "abcdefgh,,,,\n\n", "\"\",\n x\r", "a\"\n,"};
	srand(7);
	struct arena *a = arena_new("test", 256 << 20);
	for (int round = 0; round < 600; round++) {
		arena_reset(a);
		const char *abc = alphabets[round % 5];
		size_t n = (size_t)rand() % (round % 10 == 0 ? 2000 : 200);
		char *p = arena_many(a, n + 8, char);
		size_t at = 0;
		for (const char *h = "a,b,c\n"; *h != '\0'; h++)
			p[at++] = *h;
		for (size_t i = 0; i < n; i++)
			p[at++] = abc[(size_t)rand() % strlen(abc)];
		uint32_t want[3] = {(uint32_t)rand() % 4, (uint32_t)rand() % 4, 2};
		size_t chunk = round % 3 == 0 ? 1 + (size_t)rand() % 64 : 1 + (size_t)rand() % 1000;
		compare(a, (struct str){p, at}, chunk, THREADS, want, 3);
	}
	arena_free(&a);
}

static void test_all_splits(void **state)
{
	(void)state;
	struct str text = S("\xEF\xBB\xBFid,name,note\r\n"
			    "1,\"A, B\",\"one\r\ntwo, \"\"three\"\"\r\n\"\r\n"
			    "\r\n"
			    "2,\"\"Last1\"\",\"a\"b\"\r\n"
			    "3,\"never closed, x\r\n"
			    "4,\"\",\"\"\"\"\r\n"
			    "5,x\"y,1,2,3\r\n"
			    "6,\"\"\"Last2\"\" \"\"BAD\"\"\",\"z\"");
	struct arena *a = arena_new("test", 64 << 20);
	for (size_t chunk = 1; chunk < text.n + 70; chunk++) {
		arena_reset(a);
		compare(a, text, chunk, 1 + (unsigned)chunk % THREADS, all, 5);
	}
	arena_free(&a);
}

struct expect {
	const char *text; /* behind the header a,b,c */
	size_t rows;
	enum csv_trouble trouble; /* of the first row */
	const char *cells[3];     /* of the first row */
};

static void test_table(void **state)
{
	(void)state;
	static const struct expect table[] = {
		{"1,2,3\n", 1, CSV_FINE, {"1", "2", "3"}},
		{"1,2,3", 1, CSV_FINE, {"1", "2", "3"}},
		{"1,2,3\r\n", 1, CSV_FINE, {"1", "2", "3"}},
		{"1,2,\"3\"\r\n", 1, CSV_FINE, {"1", "2", "3"}},
		{"1,2\n", 1, CSV_FINE, {"1", "2", ""}},
		{"\n\n1,2,3\n\n", 1, CSV_FINE, {"1", "2", "3"}},
		{",,\n", 1, CSV_FINE, {"", "", ""}},
		{"\"a,b\",\"c\nd\",\"e\"\"f\"\n", 1, CSV_FINE, {"a,b", "c\nd", "e\"f"}},
		{"\"\"Last1\"\",5\" pipe,\"a\"b\"\n", 1, CSV_FINE, {"\"\"Last1\"\"", "5\" pipe", "a\"b"}},
		{"\"\"\"Last2 \"\"BAD DATA\"\"\"\"\",2,3\n", 1, CSV_FINE, {"\"Last2 \"BAD DATA\"\"", "2", "3"}},
		{"1,\"two,3\n4,5,6\n", 2, CSV_QUOTE_OPEN, {"", "", ""}},
		{"1,\"two,3\n4,\"5\",6\n", 2, CSV_QUOTE_OPEN, {"", "", ""}},
		{"1,\"two,3", 1, CSV_QUOTE_OPEN, {"", "", ""}},
		{"1,2,3,,\n", 1, CSV_FINE, {"1", "2", "3"}},
	};
	struct arena *a = arena_new("test", 64 << 20);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct str text = str_fmt(a, "a,b,c\n%s", table[i].text);
		compare(a, text, 16, 2, all, 3);
		struct seen s;
		seen_begin(&s, all, 3);
		struct csv_scan scan = {.columns_n = 3,
					.threads = 1,
					.ctx = &s,
					.header = on_header,
					.row = on_row,
					.chunk_end = on_chunk_end};
		assert_null(csv_scan_bytes(a, text, &scan));
		size_t rows = 0;
		for (const struct got *g = s.first; g != NULL; g = g->next)
			rows++;
		assert_int_equal(rows, table[i].rows);
		assert_int_equal(s.first->row.trouble, table[i].trouble);
		for (size_t c = 0; c < 3; c++)
			assert_true(str_eq(s.first->row.cells[c], str_from(table[i].cells[c])));
		seen_end(&s);
	}
	arena_free(&a);
}

static void fill(struct buf *b, char c, size_t n)
{
	char *p = buf_room(b, n);
	assert_non_null(p);
	memset(p, c, n);
	b->n += n;
}

/* Cells and rows at, below and far above their limits, plain and quoted. */
static void test_limits(void **state)
{
	(void)state;
	static const size_t sizes[] = {
		100,           LIMIT_CSV_FIELD - 2, LIMIT_CSV_FIELD - 1, LIMIT_CSV_FIELD,   LIMIT_CSV_FIELD + 1,
		3 * CSV_CHUNK, LIMIT_CSV_ROW - 5,   LIMIT_CSV_ROW - 4,   LIMIT_CSV_ROW - 3, LIMIT_CSV_ROW + 100,
		5 << 20};
	static const char *const before[] = {"1,", "1,\"", "1,\"\"", "1,\"\n", "1,\"\"\n", "1,\"x\nx"};
	static const char *const after[] = {",3\n", "\",3\n", "\"\n2,", "\n4,\"5\",6\n"};
	struct arena *a = arena_new("test", 1024 << 20);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (size_t k = 0; k < 24; k++) {
			arena_reset(a);
			struct buf b = buf_new(a, 16 << 20);
			buf_lit(&b, "a,b,c\n7,8,9\n");
			buf_str(&b, str_from(before[k % 6]));
			fill(&b, k % 5 == 4 ? '"' : k % 5 == 3 ? ',' : 'y', sizes[i]);
			buf_str(&b, str_from(after[k / 6]));
			buf_lit(&b, "4,\"5\",6\n");
			compare(a, buf_text(&b), CSV_CHUNK, 2, all, 3);
		}
	}
	arena_free(&a);
}

static err_t row_fails(void *ctx, const struct csv_row *row)
{
	struct arena *a = ctx;
	return row->line == 3 ? err_new(a, ERR_CONFLICT, "stop here") : NULL;
}

static err_t header_takes_first(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	(void)ctx;
	columns[0] = csv_column(h, S("ID"));
	return NULL;
}

static void test_error_stops(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 64 << 20);
	const struct csv_kernel *kernels[3];
	csv_kernels(kernels);
	struct csv_scan scan = {.columns_n = 1, .threads = 2, .ctx = a, .header = header_takes_first, .row = row_fails};
	struct str text = S("id\n1\n2\n3\n4\n5\n6\n7\n8\n");
	err_t e = csv_scan_bytes_with(a, text, &scan, kernels[0], 4);
	assert_non_null(e);
	assert_int_equal(e->class, ERR_CONFLICT);
	struct drip drip = {.left = text, .step = 5};
	e = csv_scan_stream(a, &(struct csv_stream){.ctx = &drip, .read = drip_read}, &scan);
	assert_non_null(e);
	arena_free(&a);
}

static void test_header(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 64 << 20);
	struct csv_header h;
	assert_null(csv_header_read(a, S("\xEF\xBB\xBF\"PersonalID\", SSN ,\"a\"\"b\"\r\n1,2,3"), &h));
	assert_int_equal(h.n, 3);
	assert_int_equal(csv_column(&h, S("personalid")), 0);
	assert_int_equal(csv_column(&h, S("SSN")), 1);
	assert_int_equal(csv_column(&h, S("a\"b")), 2);
	assert_int_equal(csv_column(&h, S("DOB")), CSV_ABSENT);
	assert_null(csv_header_read(a, S(""), &h));
	assert_int_equal(h.n, 0);
	assert_null(csv_header_read(a, S("\xEF\xBB\xBF"), &h));
	assert_int_equal(h.n, 0);
	assert_non_null(csv_header_read(a, S("\"a,b\nc,d\n"), &h));
	arena_free(&a);
}

static void test_out(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 64 << 20);
	struct buf b = buf_new(a, 4096);
	struct csv_out out = csv_out(&b);
	csv_out_text(&out, S("plain"));
	csv_out_text(&out, S("a,b"));
	csv_out_text(&out, S("say \"x\""));
	csv_out_text(&out, S("two\nlines"));
	csv_out_empty(&out, 2);
	csv_out_i64(&out, -5);
	csv_out_day(&out, DAY_NONE);
	csv_out_day(&out, (struct day){0});
	csv_out_instant(&out, (struct instant){1000});
	csv_out_end(&out);
	csv_out_text(&out, S(""));
	csv_out_end(&out);
	assert_true(str_eq(buf_text(&b), S("plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,,-5,,1970-01-01,1970-01-01 "
					   "00:00:01\n\"\"\n")));
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),  cmocka_unit_test(test_all_splits),  cmocka_unit_test(test_random),
		cmocka_unit_test(test_limits), cmocka_unit_test(test_error_stops), cmocka_unit_test(test_header),
		cmocka_unit_test(test_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
