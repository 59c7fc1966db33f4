/* The order of the list, and why a household has its place.
 *
 * The written order is a list of named keys. Each household gets one number in which the keys stand
 * one behind the other, most significant first, so that ordering is comparing numbers; smaller comes
 * first. Default (ours), DEFINITIONS "Priority": chronic (verified, likely and unknown tie: paperwork
 * is not need), severity band (a score that is missing or older than a year takes the middle one),
 * months in 36, unsheltered, oldest list start, and a recorded random number. Protected traits and
 * document readiness are no keys and cannot become one here.
 */
#ifndef DOMAIN_PRIORITY_H
#define DOMAIN_PRIORITY_H

#include <stddef.h>

#include "base/buf.h"
#include "domain/household.h"
#include "domain/situation.h"
#include "domain/standing.h"

/* Key, what people call it, bits it needs. */
#define PRIORITY_KEYS(X)                                                                                               \
	X(PRIORITY_CHRONIC, "Chronic", 1)                                                                              \
	X(PRIORITY_BAND, "Severity band", 2)                                                                           \
	X(PRIORITY_MONTHS, "Months in 36", 6)                                                                          \
	X(PRIORITY_UNSHELTERED, "Unsheltered first", 1)                                                                \
	X(PRIORITY_START, "Longest on the list", 17)                                                                   \
	X(PRIORITY_TIE, "Drawn lot", 32)

enum priority_key {
#define X(name, say, bits) name,
	PRIORITY_KEYS(X)
#undef X
		PRIORITY_KEYS_N
};

/* The written order: keys, each at most once, 59 bits together. */
struct priority_policy {
	size_t n;
	enum priority_key keys[PRIORITY_KEYS_N];
};
extern const struct priority_policy priority_default;
const char *priority_key_say(enum priority_key key);

enum { SCORE_NONE = INT16_MIN };
enum band { BAND_HIGH, BAND_MIDDLE, BAND_LOW };
const char *band_say(enum band b);

/* The band of a score; the middle one where it is SCORE_NONE or older than the rules allow. */
enum band priority_band(const struct rules *rules, enum household_type type, int16_t score, struct day scored,
			struct day as_of);

/* What the keys look at. */
struct priority_facts {
	enum chronic chronic;
	enum band band;
	int16_t score;
	struct day scored;
	int months;
	enum situation situation;
	struct day start;
	uint32_t tie;
};

/* The household's number in the order, below 2^59. */
uint64_t priority_order(const struct priority_policy *p, const struct priority_facts *f);

/* The numbers of all households that tie with `order` after the first `depth` keys: *first to *last,
 * both included. For counting them, in memory or in a database. */
void priority_span(const struct priority_policy *p, uint64_t order, size_t depth, uint64_t *first, uint64_t *last);

/* The first key that tells two households apart; PRIORITY_KEYS_N where none does. */
enum priority_key priority_between(const struct priority_policy *p, uint64_t a, uint64_t b);

/* One line of "why this place?". */
enum priority_effect { PRIORITY_TIED, PRIORITY_DECIDES, PRIORITY_NOT_NEEDED };
struct priority_line {
	enum priority_key key;
	enum priority_effect effect;
	uint32_t tied;    /* how many others are still level after this key */
	struct str value; /* "high (15, of 9 Nov)", in the arena */
};

/* A key's value in words. */
struct str priority_value(struct arena *a, const struct priority_facts *f, enum priority_key key);

/* Fills lines[0 … p->n − 1]. level[d] is how many households, this one included, tie with it after
 * the first d + 1 keys. A key after which nobody else is level decides; those behind it were not
 * needed. */
void priority_why(struct arena *a, const struct priority_policy *p, const struct priority_facts *f,
		  const uint32_t *level, struct priority_line *lines);

/* "5th of 214. After the one before by months in 36 (19, they have 22); before the next by severity
 * band (high, they have middle)." A neighbour may be NULL. Names nobody. */
struct str priority_sentence(struct arena *a, const struct priority_policy *p, int rank, int of,
			     const struct priority_facts *self, const struct priority_facts *before,
			     const struct priority_facts *after);

#endif
