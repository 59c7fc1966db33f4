/* Sorting many households by their order: 16 bytes for each instead of a row. */
#ifndef DOMAIN_ORDER_H
#define DOMAIN_ORDER_H

#include <stddef.h>
#include <stdint.h>

struct order_key {
	uint64_t order; /* priority_order, with the caller's own bits above */
	uint32_t row;   /* the caller's */
};

/* Sorts by order, equal ones as they came; `spare` has room for as many. The result is in `keys` or in
 * `spare`: whichever is returned. */
struct order_key *order_sort(struct order_key *keys, struct order_key *spare, size_t n);

#endif
