/* Why a household gets time in a conference though the order of the list does not say so.
 *
 * The six criteria of a care coordination group for whom to bring ("Under 1 Roof", Brisbane, 2017, slide 18), in
 * our words. One or several are picked where a household is added to a cycle out of order, or comes to an add-on
 * review. They add airtime and nothing else: no rank, band or order reads them.
 */
#ifndef DOMAIN_AIRTIME_H
#define DOMAIN_AIRTIME_H

#include "base/arena.h"
#include "base/str.h"

/* Name, key as stored, for people. */
#define AIRTIMES(X)                                                                                                    \
	X(AIRTIME_NEEDS, "needs", "Several needs that meet")                                                           \
	X(AIRTIME_LONG, "long", "Homeless often or for long")                                                          \
	X(AIRTIME_ENDED, "ended", "A placement ended or is getting worse")                                             \
	X(AIRTIME_TENANCY, "tenancy", "Housed, and the tenancy is failing")                                            \
	X(AIRTIME_COMPLEX, "complex", "Complex: several agencies and peers would help")                                \
	X(AIRTIME_PROFILE, "profile", "To be known better in the system")

enum airtime {
#define X(name, key, label) name,
	AIRTIMES(X)
#undef X
		AIRTIMES_N
};

struct airtime_row {
	struct str key;
	struct str label;
};
extern const struct airtime_row airtime_table[AIRTIMES_N];

/* A set of them: bit 1 << enum airtime. Keys with blanks between; false for a word that is none. */
bool airtime_parse(struct str keys, unsigned *out);
struct str airtime_keys(struct arena *a, unsigned set);
struct str airtime_labels(struct arena *a, unsigned set); /* "Several needs that meet; To be known better …" */

#endif
