/* Assessed but not listed: why a household whose need was asked about has no place, and who can mend it.
 *
 * An assessment of coordinated entry (4.19) or an enrollment in it says that somebody means to house these people.
 * The list follows other facts (spell.h): a night, a stay, a contact where they sleep. Where those are missing a
 * household can be assessed and wait for an offer that nobody will make, so each such household is shown with the
 * reason, until a fact or a person puts it on the list.
 *
 * (ours) The newest assessment or entry counts for OMISSION_DAYS, as long as a score does by default: who was asked
 * longer ago is asked again anyway. Of a household that was on the list, it counts when it is later than the day on
 * which the list was left. A household on one region's list whose newest assessment was made in another region is on a
 * list, and is told to the other region as a count.
 */
#ifndef DOMAIN_OMISSION_H
#define DOMAIN_OMISSION_H

#include "domain/listing.h"

enum { OMISSION_DAYS = 365 };

/* Word, why it is not on the list, what would mend it. */
#define OMISSIONS(X)                                                                                                   \
	X(OMITTED_NOT, "none", "", "")                                                                                 \
	X(OMITTED_UNKNOWN, "unknown", "Where they stayed before coordinated entry was not recorded.",                  \
	  "The agency that assessed: the prior living situation, or where they stay now")                              \
	X(OMITTED_SHELTERED, "not_homeless", "Came from no street or shelter, and nobody has met them there since.",   \
	  "The agency that assessed: where they stay now, if they are homeless")                                       \
	X(OMITTED_ASIDE, "no_homeless_stay", "Asked in a project that puts nobody on the list, and in no other.",      \
	  "The agency that assessed: where they stay now, or an enrollment in coordinated entry")                      \
	X(OMITTED_EXITED, "exited", "Every enrollment has ended, and none of them was a homeless one.",                \
	  "Whoever meets them next, with an enrollment; nobody, if they have a home")                                  \
	X(OMITTED_HOUSED, "housed", "Was housed before the assessment, and nothing says that the home is lost.",       \
	  "The agency that assessed: where they stay now, if the home is lost")                                        \
	X(OMITTED_DECIDED, "decided", "Had left the list by a decision before the assessment.",                        \
	  "The list holder: is the decision still right?")                                                             \
	X(OMITTED_ELSEWHERE, "elsewhere", "Is on the list of another region.", "Both list holders, by a move")

enum omitted {
#define X(name, word, say, mend) name,
	OMISSIONS(X)
#undef X
		OMISSIONS_N
};

struct omission_row {
	const char *word;
	const char *say;
	const char *mend;
};
extern const struct omission_row omission_table[OMISSIONS_N];

struct omission {
	enum omitted why;
	struct day day;   /* of the newest assessment or entry; DAY_NONE where nothing is left out */
	uint32_t project; /* it was made in, or ROSTER_NONE */
};

/* Of a household as its row says it so far: status, since and region. After all sightings. */
void omission_of(const struct roster *r, const struct listing_row *row, struct omission *out);

#endif
