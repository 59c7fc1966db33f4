/* Which household is proposed for which opening, over a whole board at once.
 *
 * The most critical households come first: the first household of the order is housed if anything fits it, the second
 * if that leaves the first housed, and so on. So the households that are housed are the lexicographically best set by
 * rank, and no set houses more. Which opening each of them gets follows the same order: the first household gets
 * the one it likes best of those that leave everybody of the set housed, then the second. A household that comes later
 * never costs an earlier one anything but an opening that the earlier one liked less.
 *
 * The sets of households that can be housed at once are the independent sets of a transversal matroid (Edmonds and
 * Fulkerson, Transversals and Matroid Partition, 1965), which is why taking them in order, with augmenting paths, is
 * exact and no search over boards is needed. Openings of which a search found that they lead nowhere are never looked
 * at again, so finding the set takes one look at each fit.
 *
 * It proposes. People accept, change or reject. Pure; eligibility and wishes are the caller's.
 *
 *     struct assign_board b = {.households = n, .openings = m, .first = first, .fits = fits};
 *     uint32_t *of = arena_many(a, n, uint32_t);
 *     assign_board(a, &b, of);                       of[0]: the opening for the first household, or ASSIGN_NONE
 */
#ifndef DOMAIN_ASSIGN_H
#define DOMAIN_ASSIGN_H

#include <stdint.h>

#include "base/arena.h"

#define ASSIGN_NONE UINT32_MAX /* no opening */

struct assign_board {
	uint32_t households; /* in the order of the list */
	uint32_t openings;
	const uint32_t *first; /* households + 1: where a household's fits begin; the next one's is the end */
	const uint32_t *fits;  /* openings that it is eligible for and does not decline, best liked first, each once */
};

/* out[household] for each of them. Working memory lives in the arena. */
void assign_board(struct arena *a, const struct assign_board *b, uint32_t *out);

#endif
