/* Whether the right people are at the table: of how many households somebody is there who works with them.
 *
 * "Check if the right people are at the table … 70%+ of the clients on your BNL" (Built for Zero, case conferencing).
 * Counted by agencies and not by heads: a household is covered where at least one agency that serves it comes. Whoever
 * is to be asked next is the agency that would cover the most households that nobody covers yet.
 *
 *     struct coverage c;
 *     coverage_count(ties, n, agencies, agencies_n, &c);     c.percent, agencies[i].lift
 */
#ifndef DOMAIN_COVERAGE_H
#define DOMAIN_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COVERAGE_WANTED = 70 }; /* percent */

/* An agency serves a household; sorted by household. `agency` is an index into the agencies, −1: nobody serves it. */
struct coverage_tie {
	int64_t household;
	int agency;
};

struct coverage_agency {
	bool comes;
	int serves; /* households of those counted */
	int lift;   /* of them, how many would be covered if it came too; 0 where it comes */
};

struct coverage {
	int households;
	int covered;
	int percent;  /* rounded down; 100 where there is no household */
	int unserved; /* whom nobody serves at all */
};

/* Fills in what each agency serves and would lift. */
void coverage_count(const struct coverage_tie *ties, size_t n, struct coverage_agency *agencies, size_t agencies_n,
		    struct coverage *out);

#endif
