/* What a changed policy costs: everybody's number worked out anew and sorted, beside a bare sort of the
 * same numbers, and beside qsort of them.
 *
 *     bench_rank HOUSEHOLDS [ROUNDS]     prints "SECONDS_RANK SECONDS_SORT SECONDS_QSORT", medians */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/list_rank.h"
#include "base/arena.h"
#include "clock.h"
#include "domain/order.h"

enum { ROUNDS_MOST = 101, BYTES_EACH = 200 };

static int compare_key(const void *x, const void *y)
{
	uint64_t a = ((const struct order_key *)x)->order;
	uint64_t b = ((const struct order_key *)y)->order;
	return (a > b) - (a < b);
}

static void make_rows(struct list_image *image, size_t n)
{
	uint64_t seed = 17;
	image->as_of = (struct day){20600};
	image->rows = calloc(n, sizeof *image->rows);
	image->n = n;
	if (image->rows == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		image->rows[i] = (struct list_row){
			.no = (int64_t)i,
			.tie = dice(&seed, INT32_MAX) * 2,
			.start = day_add(image->as_of, -(int32_t)dice(&seed, 3000)),
			.scored = day_add(image->as_of, -(int32_t)dice(&seed, 700)),
			.score = dice(&seed, 5) == 0 ? SCORE_NONE : (int16_t)dice(&seed, 18),
			.situation = (uint8_t)dice(&seed, SITUATION_HOUSED + 1),
			.chronic = (uint8_t)dice(&seed, CHRONIC_NOT + 1),
			.months = (uint8_t)dice(&seed, 37),
			.type = (uint8_t)dice(&seed, HOUSEHOLD_CHILDREN + 1),
		};
}

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
	int rounds = argc > 2 ? atoi(argv[2]) : 9;
	if (n == 0 || rounds < 1 || rounds > ROUNDS_MOST) {
		fputs("usage: bench_rank HOUSEHOLDS [ROUNDS]\n", stderr);
		return 2;
	}
	struct list_image image = {0};
	double rank[ROUNDS_MOST], bare[ROUNDS_MOST], quick[ROUNDS_MOST];
	make_rows(&image, n);
	struct list_region region = {.n = n, .active = n};
	for (int r = 0; r < rounds; r++) {
		struct arena *a = arena_new("bench", n * BYTES_EACH + (1 << 20));
		struct list_ranked *ranked;
		size_t ranked_n;
		double began = now();
		list_rank(&image, &region, &policy_default, a, &ranked, &ranked_n);
		rank[r] = now() - began;
		struct order_key *keys = calloc(n, sizeof *keys);
		struct order_key *spare = calloc(n, sizeof *spare);
		struct order_key *third = calloc(n, sizeof *third);
		if (keys == NULL || spare == NULL || third == NULL || ranked_n != n)
			abort();
		memset(spare, 1, n * sizeof *spare); /* its pages are there, as those of an array that is used again */
		for (size_t i = 0; i < n; i++)
			keys[ranked[i].row - image.rows] = (struct order_key){ranked[i].order, (uint32_t)i};
		memcpy(third, keys, n * sizeof *keys);
		began = now();
		const struct order_key *sorted = order_sort(keys, spare, n);
		bare[r] = now() - began;
		began = now();
		qsort(third, n, sizeof *third, compare_key);
		quick[r] = now() - began;
		for (size_t i = 0; i < n; i++)
			if (sorted[i].order != third[i].order || ranked[i].order != third[i].order)
				abort();
		free(keys);
		free(spare);
		free(third);
		arena_free(&a);
	}
	printf("%.4f %.4f %.4f\n", median(rank, (size_t)rounds), median(bare, (size_t)rounds),
	       median(quick, (size_t)rounds));
	free(image.rows);
	return 0;
}
