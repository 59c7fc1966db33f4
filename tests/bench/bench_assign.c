/* A whole board: every household of a list given an opening, most critical first, and the same board as an integer
 * programme for a solver.
 *
 *     bench_assign HOUSEHOLDS OPENINGS FITS LP      prints "SECONDS HOUSED"; writes the programme to LP, and who is
 *                                                   housed to LP.housed, one number a line
 *
 * The programme weighs the household of rank r with HOUSEHOLDS − r + 1, so its best solution houses the same set.
 */
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "domain/assign.h"

enum { ROUNDS = 9, MEMORY = 64 << 20 };

static FILE *open_or_stop(const char *path, const char *end)
{
	char name[4096];
	snprintf(name, sizeof name, "%s%s", path, end);
	FILE *f = fopen(name, "w");
	if (f == NULL)
		abort();
	return f;
}

static void write_programme(const struct assign_board *b, const char *path)
{
	FILE *f = open_or_stop(path, "");
	fputs("Maximize\n obj:", f);
	for (uint32_t h = 0; h < b->households; h++)
		for (uint32_t k = b->first[h]; k < b->first[h + 1]; k++)
			fprintf(f, " + %u x%u_%u\n", b->households - h, h, b->fits[k]);
	fputs("Subject To\n", f);
	for (uint32_t h = 0; h < b->households; h++) {
		fprintf(f, " h%u:", h);
		for (uint32_t k = b->first[h]; k < b->first[h + 1]; k++)
			fprintf(f, " + x%u_%u\n", h, b->fits[k]);
		fputs(" <= 1\n", f);
	}
	for (uint32_t o = 0; o < b->openings; o++) {
		fprintf(f, " o%u:", o);
		for (uint32_t h = 0; h < b->households; h++)
			for (uint32_t k = b->first[h]; k < b->first[h + 1]; k++)
				if (b->fits[k] == o)
					fprintf(f, " + x%u_%u\n", h, o);
		fputs(" <= 1\n", f);
	}
	fputs("Binary\n", f);
	for (uint32_t h = 0; h < b->households; h++)
		for (uint32_t k = b->first[h]; k < b->first[h + 1]; k++)
			fprintf(f, " x%u_%u\n", h, b->fits[k]);
	fputs("End\n", f);
	fclose(f);
}

/* Each household fits some openings, in an order of its own; some openings fit many, some few. */
static void draw(struct arena *a, struct assign_board *b, uint32_t fits)
{
	uint64_t seed = 22;
	uint32_t *first = arena_many(a, (size_t)b->households + 1, uint32_t);
	uint32_t *all = arena_many(a, (size_t)b->households * fits, uint32_t);
	for (uint32_t h = 0; h < b->households; h++) {
		first[h + 1] = first[h] + fits;
		for (uint32_t k = first[h]; k < first[h + 1];) {
			uint32_t same = first[h];
			all[k] = dice(&seed, dice(&seed, b->openings) + 1);
			while (all[same] != all[k])
				same++;
			k += same == k;
		}
	}
	b->first = first;
	b->fits = all;
}

int main(int argc, char **argv)
{
	struct assign_board b = {0};
	double seconds[ROUNDS];
	uint32_t fits = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;
	b.households = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
	b.openings = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
	if (argc != 5 || b.households == 0 || fits == 0 || fits > b.openings) {
		fputs("usage: bench_assign HOUSEHOLDS OPENINGS FITS LP\n", stderr);
		return 2;
	}
	struct arena *board = arena_new("board", MEMORY);
	uint32_t *of = arena_many(board, b.households, uint32_t);
	draw(board, &b, fits);
	for (int r = 0; r < ROUNDS; r++) {
		struct arena *a = arena_new("bench", MEMORY);
		double began = now();
		assign_board(a, &b, of);
		seconds[r] = now() - began;
		arena_free(&a);
	}
	write_programme(&b, argv[4]);
	FILE *housed = open_or_stop(argv[4], ".housed");
	unsigned n = 0;
	for (uint32_t h = 0; h < b.households; h++)
		if (of[h] != ASSIGN_NONE) {
			fprintf(housed, "%u\n", h);
			n++;
		}
	fclose(housed);
	printf("%.6f %u\n", median(seconds, ROUNDS), n);
	arena_free(&board);
	return 0;
}
