/* How fast the CSV scanner is beside the simplest passes over the same bytes: counting line feeds as wc -l
 * does, and adding up all bytes.
 *
 *     bench_csv FILE COLUMN…      for example: bench_csv Services.csv EnrollmentID DateProvided RecordType
 *
 * Medians of five, with the file in the page cache. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "clock.h"
#include "hmis/csv_kernel.h"

enum { ROUNDS = 5 };

struct tally {
	_Alignas(128) uint64_t rows;
	uint64_t bytes;
};

struct bench {
	struct str *columns;
	size_t columns_n;
	struct tally tallies[CSV_THREADS_MAX];
};

static err_t on_header(void *ctx, const struct csv_header *h, uint32_t *columns)
{
	struct bench *b = ctx;
	for (size_t i = 0; i < b->columns_n; i++)
		columns[i] = csv_column(h, b->columns[i]);
	return NULL;
}

static err_t on_row(void *ctx, const struct csv_row *row)
{
	struct bench *b = ctx;
	struct tally *t = &b->tallies[row->worker];
	t->rows++;
	for (size_t i = 0; i < b->columns_n; i++)
		t->bytes += row->cells[i].n + (row->cells[i].n != 0 ? (unsigned char)row->cells[i].p[0] : 0);
	return NULL;
}

static uint64_t count_lines(struct str s)
{
	uint64_t n = 0;
	for (const char *p = s.p, *end = s.p + s.n; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		n++;
	return n;
}

static uint64_t add_bytes(struct str s)
{
	uint64_t sum = 0;
	for (size_t i = 0; i + 8 <= s.n; i += 8) {
		uint64_t v;
		memcpy(&v, s.p + i, 8);
		sum += v;
	}
	return sum;
}

static void say(const char *what, double seconds, double beside, struct str file, uint64_t result)
{
	printf("%-22s %8.3f s %7.2f GB/s   %5.2f × memchr   (%llu)\n", what, seconds, (double)file.n / seconds / 1e9,
	       seconds / beside, (unsigned long long)result);
}

static double time_pass(uint64_t (*pass)(struct str), struct str file, uint64_t *result)
{
	double t[ROUNDS];
	for (int i = 0; i < ROUNDS; i++) {
		double from = now();
		*result = pass(file);
		t[i] = now() - from;
	}
	return median(t, ROUNDS);
}

static double time_scan(struct bench *b, struct str file, const struct csv_kernel *k, unsigned threads, uint64_t *rows)
{
	double t[ROUNDS];
	struct arena *a = arena_new("bench", 64 << 20);
	for (int i = 0; i < ROUNDS; i++) {
		memset(b->tallies, 0, sizeof b->tallies);
		struct csv_scan scan = {
			.columns_n = b->columns_n, .threads = threads, .ctx = b, .header = on_header, .row = on_row};
		double from = now();
		if (csv_scan_bytes_with(a, file, &scan, k, CSV_CHUNK) != NULL)
			exit(1);
		t[i] = now() - from;
		*rows = 0;
		for (unsigned w = 0; w < threads; w++)
			*rows += b->tallies[w].rows;
	}
	arena_free(&a);
	return median(t, ROUNDS);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: bench_csv FILE COLUMN…\n");
		return 2;
	}
	int fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0) {
		perror(argv[1]);
		return 2;
	}
	void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED) {
		perror(argv[1]);
		return 2;
	}
	struct str file = {map, (size_t)st.st_size};
	struct str columns[CSV_COLUMNS_MAX];
	struct bench *b = aligned_alloc(128, sizeof *b);
	if (b == NULL)
		return 1;
	memset(b, 0, sizeof *b);
	b->columns = columns;
	for (int i = 2; i < argc && b->columns_n < CSV_COLUMNS_MAX; i++)
		columns[b->columns_n++] = str_from(argv[i]);

	uint64_t result;
	double lines = time_pass(count_lines, file, &result);
	say("memchr for line feeds", lines, lines, file, result);
	double sum = time_pass(add_bytes, file, &result);
	say("add up all bytes", sum, lines, file, result);
	const struct csv_kernel *kernels[3];
	size_t n = csv_kernels(kernels);
	for (size_t k = 0; k < n; k++) {
		for (unsigned threads = 1; threads <= 2; threads++) {
			char what[32];
			snprintf(what, sizeof what, "scan, %s, %u thread%s", kernels[k]->name, threads,
				 threads == 1 ? "" : "s");
			double t = time_scan(b, file, kernels[k], threads, &result);
			say(what, t, lines, file, result);
		}
	}
	free(b);
	munmap(map, file.n);
	close(fd);
	return 0;
}
