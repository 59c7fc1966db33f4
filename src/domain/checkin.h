/* Looking in after a move: is the household still in its home?
 *
 * Outcomes are asked at 3, 6 and 12 months (MO BoS, Level 4 list holders: "track the client and outcomes"); the first
 * month is ours, because that is when most can still be mended. The one that is asked for is the latest that is due: a
 * check-in that was missed is not made up for later, it is counted as missed.
 *
 *     size_t which = checkin_next(housed, today, made);
 *     if (which < CHECKINS_N && checkin_due(housed, which).n <= today.n)
 *             … somebody looks in today …
 */
#ifndef DOMAIN_CHECKIN_H
#define DOMAIN_CHECKIN_H

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"

enum { CHECKINS_N = 4 };
extern const int checkin_days[CHECKINS_N]; /* after the move-in */

/* Key as stored, for people, whether the household still has its home. */
#define CHECKIN_FOUND(X)                                                                                               \
	X(FOUND_HOUSED, "housed", "still housed")                                                                      \
	X(FOUND_AT_RISK, "at_risk", "housed, and at risk of losing the home")                                          \
	X(FOUND_LOST, "lost", "no longer housed")                                                                      \
	X(FOUND_UNREACHED, "unreached", "nobody reached them")

enum checkin_found {
#define X(name, key, say) name,
	CHECKIN_FOUND(X)
#undef X
		FOUND_N
};
struct str checkin_found_key(enum checkin_found f);
struct str checkin_found_say(enum checkin_found f);
bool checkin_found_parse(struct str key, enum checkin_found *out);

struct checkin {
	enum checkin_found found;
	struct day day;
	struct str words;
};

/* As stored: "at_risk 2026-11-02", a line break, the words. */
struct str checkin_text(struct arena *a, const struct checkin *c);
bool checkin_read(struct str text, struct checkin *out);

struct day checkin_due(struct day housed, size_t which);

/* Which one is asked for: the latest that is due and was not made, else the first to come; CHECKINS_N: none is left.
 * `made`: a bit for each. */
size_t checkin_next(struct day housed, struct day today, unsigned made);

#endif
