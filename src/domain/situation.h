/* Where a household stays: a short list of words over the HMIS living situations (the seed's
 * "Housing Status"), with the day it was last known. */
#ifndef DOMAIN_SITUATION_H
#define DOMAIN_SITUATION_H

#include "domain/roster.h"

#define SITUATIONS(X)                                                                                                  \
	X(SITUATION_UNKNOWN, "Unknown")                                                                                \
	X(SITUATION_UNSHELTERED, "Unsheltered")                                                                        \
	X(SITUATION_SHELTER, "Shelter")                                                                                \
	X(SITUATION_SAFE_HAVEN, "Safe haven")                                                                          \
	X(SITUATION_TRANSITIONAL, "Transitional")                                                                      \
	X(SITUATION_MOTEL, "Motel")                                                                                    \
	X(SITUATION_DOUBLED_UP, "Doubled up")                                                                          \
	X(SITUATION_INSTITUTION, "Institution")                                                                        \
	X(SITUATION_OTHER, "Other")                                                                                    \
	X(SITUATION_HOUSED, "Housed")

enum situation {
#define X(name, say) name,
	SITUATIONS(X)
#undef X
};
#define X(name, say) +1
enum { SITUATIONS_N = SITUATIONS(X) };
#undef X
const char *situation_say(enum situation s);

/* The word for a living situation or destination code. */
enum situation situation_of_code(int code);

/* The person's newest situation and its day (DAY_NONE with SITUATION_UNKNOWN where nothing is known).
 * Of one day a move-in comes before an entry under a roof, that before what was seen, that before an
 * exit, that before the situation prior to an entry. An exit to nowhere known does not hide a roof the
 * person is still enrolled under. */
enum situation situation_now(const struct roster *r, uint32_t person, struct day *day);

#endif
