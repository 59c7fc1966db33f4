/* Between the files duplicate*.c: records opened to be compared, and nothing else. */
#ifndef APP_DUPLICATE_COMPARE_H
#define APP_DUPLICATE_COMPARE_H

#include "app/app.h"
#include "domain/match.h"

struct q_duplicate_people;

/* What is compared of a record; its texts live in the arena. */
must err_t duplicate_open(struct call *c, struct arena *a, const struct q_duplicate_people *row,
			  struct match_person *out);

/* The keys of a record in the blind index, each once. */
size_t duplicate_keys(const struct call *c, struct arena *a, const struct match_person *p, int64_t out[MATCH_KEYS]);

/* Two clients, the lower number first, as one number: client numbers have 32 bits (app/roster.h). */
static inline uint64_t duplicate_pair(int64_t one, int64_t other)
{
	uint64_t low = (uint64_t)(one < other ? one : other);
	uint64_t high = (uint64_t)(one < other ? other : one);
	return low << 32 | high;
}

struct duplicate_found {
	uint64_t pair;
	int bits;
};

/* Pairs that share a key and of which one at least is fresh; fresh[n] tells by client number. Pairs are allocated with
 * malloc; keys that more than LIMIT_MATCH_BLOCK records share are left out and counted. */
must err_t duplicate_pairs(struct call *c, struct arena *a, const unsigned char *fresh, int64_t last, uint64_t **pairs,
			   size_t *n, int64_t *left_out);

/* Opens who is in the pairs (sorted, each once) and keeps those that suggest something; with malloc. */
must err_t duplicate_compare(struct call *c, int64_t now, const uint64_t *pairs, size_t n,
			     struct duplicate_found **found, size_t *found_n);

#endif
