/* The order of the list, and why a household has its place.
 *
 * The written order is a list of named keys. Each household gets one number in which the keys stand
 * one behind the other, most significant first, so that ordering is comparing numbers; smaller comes
 * first. Default (ours), DEFINITIONS "Priority": chronic (verified, likely and unknown tie: paperwork
 * is not need), severity band (a score that is missing or older than a year takes the middle one),
 * months in 36, unsheltered, oldest list start, and a recorded random number. domain/policy.h reads
 * another order from a text. Protected traits and document readiness are no keys and cannot become
 * one here.
 *
 *     struct priority_facts f = {…};
 *     priority_judge(&policy, as_of, &f);
 *     uint64_t order = priority_order(&policy, &f);
 */
#ifndef DOMAIN_PRIORITY_H
#define DOMAIN_PRIORITY_H

#include <stddef.h>

#include "base/buf.h"
#include "domain/household.h"
#include "domain/situation.h"
#include "domain/standing.h"

/* Key, its word in a policy, what people call it, where its fact comes from. */
#define PRIORITY_KEYS(X)                                                                                               \
	X(PRIORITY_CHRONIC, "chronic", "Chronic", "24 CFR 578.3, through the head of household; CPD-16-11 III.A")      \
	X(PRIORITY_BAND, "severity", "Severity band", "the head's newest assessment (HMIS 4.19); CPD-16-11 III.A")     \
	X(PRIORITY_RAISED, "raised", "Raised by two agencies", "an adjustment that two agencies agreed on")            \
	X(PRIORITY_NOMINATED, "nominated", "Nominated", "a nomination of an agency that the group decided on")         \
	X(PRIORITY_MONTHS, "months in 36", "Months in 36", "months homeless in the last 36; CPD-16-11 III.A")          \
	X(PRIORITY_SCORE, "score", "Score", "the head's newest assessment (HMIS 4.19), the number itself")             \
	X(PRIORITY_STAYING, "staying", "Where staying", "the newest living situation (HMIS 4.12, 3.917)")              \
	X(PRIORITY_START, "list start", "Longest on the list", "the day the list spell began")                         \
	X(PRIORITY_LOT, "lot", "Drawn lot", "a random number, drawn once for each household and kept")

enum priority_key {
#define X(name, word, say, source) name,
	PRIORITY_KEYS(X)
#undef X
		PRIORITY_KEYS_N
};

struct priority_key_row {
	struct str word;
	const char *say;
	const char *source;
};
extern const struct priority_key_row priority_key_table[PRIORITY_KEYS_N];
const char *priority_key_say(enum priority_key key);

/* A score is a number, or missing, or stands for the band that a victim service provider attests to
 * (DEFINITIONS "Priority"), which nobody sees as a number. */
enum { SCORE_NONE = INT16_MIN, SCORE_ATTESTED, SCORE_ATTESTED_LAST = SCORE_ATTESTED + 2 };
enum band { BAND_HIGH, BAND_MIDDLE, BAND_LOW, BANDS_N };
static inline int16_t score_attested(enum band b)
{
	return (int16_t)(SCORE_ATTESTED + (int)b);
}
static inline bool score_is_number(int score)
{
	return score > SCORE_ATTESTED_LAST;
}
const char *band_say(enum band b);

enum {
	PRIORITY_BITS = 60,       /* of an order */
	PRIORITY_VALUES = 10,     /* that a key with groups can have */
	PRIORITY_GROUPS = 8,      /* that they can be put into */
	PRIORITY_TOOLS = 8,       /* assessment tools of one policy */
	PRIORITY_TOOL_MAX = 60,   /* bytes of a tool's name, with the ending 0 */
	PRIORITY_SCORE_MOST = 126 /* a score above counts as this where the number itself is a key */
};

/* One key of the order, and how it is read. */
struct priority_use {
	enum priority_key key;
	uint8_t bits;                   /* made by priority_settle */
	uint8_t groups;                 /* chronic, severity, staying: how many */
	uint8_t group[PRIORITY_VALUES]; /* … by value: the group it is in, 0 first */
	bool reverse;                   /* fewest months, newest start first; for a score: missing comes first */
};

/* The bands of one tool: single adults and everybody else, families. Below `middle` is low. */
enum { BANDS_SINGLE, BANDS_FAMILY, BANDS_TYPES };
struct priority_tool {
	char name[PRIORITY_TOOL_MAX]; /* AssessmentResultType of HMIS; empty: any tool not named */
	uint16_t digest;              /* of the name; 0 for any */
	struct {
		int16_t least, middle, high;
	} of[BANDS_TYPES];
};

/* The written order: keys, each at most once, the lot last. */
struct priority_policy {
	size_t n;
	struct priority_use uses[PRIORITY_KEYS_N];
	enum band missing; /* what a score that is missing or too old counts as */
	int score_days;    /* after so many days it is too old; 0: never */
	int raise_days;    /* how long an adjustment may last; 0: there are none */
	int nominate_days; /* how long a nomination may last; 0: there are none */
	size_t tools_n;
	struct priority_tool tools[PRIORITY_TOOLS];
};
extern const struct priority_policy priority_default;

/* Its value, for tables. */
#define PRIORITY_DEFAULT                                                                                               \
	{                                                                                                              \
		.n = 7,                                                                                                \
		.uses =                                                                                                \
			{                                                                                              \
				{PRIORITY_CHRONIC, .bits = 1, .groups = 2, .group = {[CHRONIC_NOT] = 1}},              \
				{PRIORITY_BAND, .bits = 2, .groups = 3, .group = {[BAND_MIDDLE] = 1, [BAND_LOW] = 2}}, \
				{PRIORITY_RAISED, .bits = 1},                                                          \
				{PRIORITY_MONTHS, .bits = 6},                                                          \
				{PRIORITY_STAYING, .bits = 1, .groups = 2, .group = {1, 0, 1, 1, 1, 1, 1, 1, 1, 1}},   \
				{PRIORITY_START, .bits = 17},                                                          \
				{PRIORITY_LOT, .bits = 32},                                                            \
			},                                                                                             \
		.missing = BAND_MIDDLE, .score_days = 365, .raise_days = 180, .tools_n = 1,                            \
		.tools = {{.of = {[BANDS_SINGLE] = {0, 4, 8}, [BANDS_FAMILY] = {0, 4, 9}}}},                           \
	}

/* Gives each key its bits: what its groups and numbers need, and to the lot what is left, 32 at most. */
void priority_settle(struct priority_policy *p);

/* The key's line in the order; NULL where it is no key of it. */
const struct priority_use *priority_use_of(const struct priority_policy *p, enum priority_key key);

/* A number for the name of a tool, without regard to case and never 0; 0 for no name. */
uint16_t priority_tool_digest(struct str name);

/* Whether results of this type are scores under the policy. */
bool priority_tool_counts(const struct priority_policy *p, struct str name);

/* What the keys look at. */
struct priority_facts {
	enum chronic chronic;
	enum band band; /* priority_judge */
	int16_t score;
	struct day scored;
	int months;
	enum situation situation;
	struct day start;
	uint32_t tie;
	enum household_type type;
	uint16_t tool;  /* priority_tool_digest of what gave the score */
	bool raised;    /* two agencies agreed, and it holds on the day */
	bool nominated; /* for this kind of opening: the group agreed, and it holds on the day */
	bool counts;    /* priority_judge: there is a score, of a tool of the policy, and not too old */
};

/* The band of a score, and whether it counts at all; the policy's band for missing ones where not. */
void priority_judge(const struct priority_policy *p, struct day as_of, struct priority_facts *f);

/* The household's number in the order, below 2^60. */
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

/* "5th of 214; after the one before by "Months in 36" (19, there 22); before the next by "Severity band"
 * (high, there middle)." A neighbour may be NULL. Names nobody. */
struct str priority_sentence(struct arena *a, const struct priority_policy *p, int rank, int of,
			     const struct priority_facts *self, const struct priority_facts *before,
			     const struct priority_facts *after);

/* What would change its place: the nearest single fact that, were it otherwise, would put the household
 * before `before`. Found by changing one fact at a time and working out the order again, so the
 * sentence is true of these two households on this day: "3 more documented months would put it before
 * the one before." It is an explanation, not advice. */
struct str priority_change(struct arena *a, const struct priority_policy *p, struct day as_of,
			   const struct priority_facts *self, const struct priority_facts *before);

#endif
