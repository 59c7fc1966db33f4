/* What an HMIS does not say, or says twice, about the head of a household, as far as it matters to the list and its
 * conference: the flags of domain/flag.h that come from the answers at an entry, from an exit and from stays.
 *
 * Households whose spell has ended are not asked about. The answers are those of the stay entered last: older ones
 * were asked in another time, and nobody can mend them before the next meeting. Source of the checks: HUD's Eva
 * (data quality of HMIS CSV exports) and HMIS data standards 3.917, whose questions depend on one another: who came
 * from housing and had been there for long is not asked since when they were homeless.
 *
 * (ours) A list that is not of an HMIS has no columns for most of these questions. Of who was entered last by such a
 * list it is asked what it can answer: whether there is a disabling condition, since when or for how many months they
 * are homeless, where they stay.
 *
 * A person may confirm that a flag's facts are right as they are. What was confirmed is the digest of those facts, so
 * that the flag comes back when they change, and not before.
 *
 *     struct quality q;
 *     quality_of(r, head, latest, &q);
 *     row->flags |= q.flags;
 *     if (confirmed == quality_part(q.facts, FACTS_ENTRY)) …
 */
#ifndef DOMAIN_QUALITY_H
#define DOMAIN_QUALITY_H

#include "domain/flag.h"
#include "domain/roster.h"

struct quality {
	uint64_t flags;
	int64_t facts; /* a digest for each kind of facts, not negative; 0: there are none */
};

/* One walk over the person's stays. `latest` is household_latest; ROSTER_NONE where there is no stay. */
void quality_of(const struct roster *r, uint32_t person, uint32_t latest, struct quality *out);

/* The digest of one kind of facts: QUALITY_BITS bits. Two different answers share one once in a million. */
enum { QUALITY_BITS = 20 };
static inline int64_t quality_part(int64_t facts, enum flag_facts kind)
{
	return facts >> ((kind - FACTS_ENTRY) * QUALITY_BITS) & ((1 << QUALITY_BITS) - 1);
}

/* The digest of FACTS_STATUS, which is none of the three above: since when the status holds, and how many whole
 * limits ago that was. So who confirms that it still holds is asked again after as long. */
int64_t quality_status(struct day since, struct day as_of, int limit);

#endif
