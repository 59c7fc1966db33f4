#include "domain/order.h"

/* By digits of 11 bits from the last to the first; digits that are the same in all are passed over. */
struct order_key *order_sort(struct order_key *keys, struct order_key *spare, size_t n)
{
	enum { DIGIT = 11, BUCKETS = 1 << DIGIT };
	for (unsigned shift = 0; shift < 64; shift += DIGIT) {
		size_t place[BUCKETS] = {0};
		for (size_t i = 0; i < n; i++)
			place[keys[i].order >> shift & (BUCKETS - 1)]++;
		if (n == 0 || place[keys[0].order >> shift & (BUCKETS - 1)] == n)
			continue;
		size_t sum = 0;
		for (size_t b = 0; b < BUCKETS; b++) {
			size_t count = place[b];
			place[b] = sum;
			sum += count;
		}
		for (size_t i = 0; i < n; i++)
			spare[place[keys[i].order >> shift & (BUCKETS - 1)]++] = keys[i];
		struct order_key *swap = keys;
		keys = spare;
		spare = swap;
	}
	return keys;
}
