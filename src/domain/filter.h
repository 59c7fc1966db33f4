/* The filter of the list as a line of text that people can read, type, save and print.
 *
 *     region:"Region 4" status:active,inactive months>=12 contact<90d -flag:old_score smith
 *
 *     filter    = { [ "-" ] condition | word }   all conditions must hold; "-" turns one round
 *     condition = key ":" value { "," value }    any of the values
 *               | key ( "<" | "<=" | ">" | ">=" | "=" ) number
 *     value     = a word of the key; 12; 6..12; unknown
 *     word      = what a name, an HMIS id or a code is looked up by; "in quotes" with blanks or marks
 *
 * Days are dates (2026-11-21) or an age in days (90d) or weeks (2w): contact<90d is less than 90 days
 * ago. Letters count alike in both cases, and blanks, "-" and "_" in values. What is unknown passes no
 * condition but "unknown", and passes one that is turned round.
 *
 * One table names the keys. A key is a fact of a household, so protected traits are none. Whoever has
 * facts fills in those that filter_keys asks for, and no other:
 *
 *     struct filter *f;
 *     TRY(filter_parse(a, text, &names, &f));
 *     struct filter_facts facts = {.as_of = as_of};
 *     facts.value[FILTER_MONTHS] = row->months;
 *     if (filter_matches(f, &facts)) …
 *
 * Words are personal data as a rule (a name): filter_matches passes over them, and whoever cannot look
 * them up refuses a filter that has some. They are in filter_text and not in filter_say.
 */
#ifndef DOMAIN_FILTER_H
#define DOMAIN_FILTER_H

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"

/* How a key is asked. The fact's number is: of NAME an index into the names given, of CHOICE the
 * enum's value, of NUMBER itself, of DAY the day's n; FLAGS are bits and stand apart. */
enum filter_kind { FILTER_IS_NAME, FILTER_IS_CHOICE, FILTER_IS_NUMBER, FILTER_IS_DAY, FILTER_IS_FLAGS };

/* Key, as typed, for people, kind, words of its values (in filter.c), an example. */
#define FILTER_KEYS(X)                                                                                                 \
	X(FILTER_REGION, "region", "region", FILTER_IS_NAME, NULL, "region:\"Region 4\"")                              \
	X(FILTER_COUNTY, "county", "county", FILTER_IS_NAME, NULL, "county:Alder")                                     \
	X(FILTER_STATUS, "status", "status", FILTER_IS_CHOICE, statuses, "status:active,inactive")                     \
	X(FILTER_TYPE, "type", "household", FILTER_IS_CHOICE, types, "type:family")                                    \
	X(FILTER_MEMBERS, "members", "people", FILTER_IS_NUMBER, NULL, "members>2")                                    \
	X(FILTER_VETERAN, "veteran", "veteran", FILTER_IS_CHOICE, answers, "veteran:yes")                              \
	X(FILTER_SITUATION, "situation", "staying", FILTER_IS_CHOICE, situations, "situation:unsheltered,shelter")     \
	X(FILTER_CHRONIC, "chronic", "chronic", FILTER_IS_CHOICE, chronics, "chronic:likely,verified")                 \
	X(FILTER_BAND, "band", "severity band", FILTER_IS_CHOICE, bands, "band:high")                                  \
	X(FILTER_SCORE, "score", "score", FILTER_IS_NUMBER, NULL, "score>=8")                                          \
	X(FILTER_MONTHS, "months", "months in 36", FILTER_IS_NUMBER, NULL, "months:6..12")                             \
	X(FILTER_DAYS, "days", "days on the list", FILTER_IS_NUMBER, NULL, "days>180")                                 \
	X(FILTER_PLACE, "place", "place", FILTER_IS_NUMBER, NULL, "place<=50")                                         \
	X(FILTER_CONTACT, "contact", "last contact", FILTER_IS_DAY, NULL, "contact<90d")                               \
	X(FILTER_START, "start", "list start", FILTER_IS_DAY, NULL, "start>=2026-01-01")                               \
	X(FILTER_UPDATED, "updated", "status updated", FILTER_IS_DAY, NULL, "updated<30d")                             \
	X(FILTER_SCORED, "scored", "assessed", FILTER_IS_DAY, NULL, "scored>365d")                                     \
	X(FILTER_FLAG, "flag", "flag", FILTER_IS_FLAGS, flags, "flag:no_score")                                        \
	X(FILTER_GROUP, "group", "group", FILTER_IS_FLAGS, groups, "group:youth,older")                                \
	X(FILTER_ENROLLED, "enrolled", "enrolled in", FILTER_IS_FLAGS, enrollments, "enrolled:shelter,outreach")       \
	X(FILTER_ELIGIBLE, "eligible", "eligible for", FILTER_IS_FLAGS, chances, "eligible:supportive")                \
	X(FILTER_READY, "ready", "papers ready, percent", FILTER_IS_NUMBER, NULL, "ready>=50")                         \
	X(FILTER_MISSING, "missing", "missing paper", FILTER_IS_FLAGS, papers, "missing:photo_id,birth")               \
	X(FILTER_HOUSING, "housing_need", "housing need", FILTER_IS_CHOICE, needs, "housing_need:high")                \
	X(FILTER_SERVICE, "service_need", "service need", FILTER_IS_CHOICE, needs, "service_need:high,unknown")        \
	X(FILTER_TENANCY, "tenancy", "tenancy", FILTER_IS_CHOICE, tenancies, "tenancy:at_risk")                        \
	X(FILTER_RELEASE, "release", "release of information", FILTER_IS_CHOICE, releases, "release:none,lapsed")      \
	X(FILTER_REVIEWED, "reviewed", "last group review", FILTER_IS_DAY, NULL, "reviewed>30d")

enum filter_key {
#define X(name, word, say, kind, values, example) name,
	FILTER_KEYS(X)
#undef X
		FILTER_KEYS_N,
	FILTER_OWN, /* the first of the CoC's own columns: FILTER_OWN + their index in filter_names */
};
enum { FILTER_OWN_MOST = 20, FILTER_KEYS_ALL = FILTER_OWN + FILTER_OWN_MOST };
_Static_assert(FILTER_KEYS_ALL <= 64, "a bit for each key");

enum { FILTER_UNKNOWN = INT32_MIN }; /* an unknown fact; DAY_NONE's number too */
enum { FILTER_TEXT_MAX = 2000, FILTER_TERMS_MAX = 40, FILTER_VALUES_MAX = 64 };

struct filter_row {
	const char *word;
	const char *say;
	enum filter_kind kind;
	const char *const *values; /* of CHOICE and FLAGS, by number, NULL behind the last */
	const char *example;
};
extern const struct filter_row filter_table[FILTER_KEYS_N];

/* What a CoC names itself. A region's or county's fact is the index here; who has none is unknown and typed
 * "none". An own column is a key like those of the table, FILTER_OWN + index. */
struct filter_name {
	struct str id; /* also understood; may be empty */
	struct str name;
};
struct filter_names {
	const struct filter_name *regions;
	size_t regions_n;
	const struct filter_name *counties;
	size_t counties_n;
	const struct filter_row *own; /* at most FILTER_OWN_MOST */
	size_t own_n;
};

/* Numbers from low to high, both included; of a day's age in days where `ago`. */
struct filter_range {
	int32_t low;
	int32_t high;
	bool ago;
};

/* One condition. */
struct filter_term {
	enum filter_key key;
	const struct filter_row *row; /* what the key is */
	bool turned;                  /* "-" */
	bool unknown;                 /* an unknown fact passes */
	uint64_t set;                 /* CHOICE: bits of values; FLAGS: any of these bits */
	struct filter_range *ranges;
	size_t ranges_n;
	struct str *names; /* of a NAME's ranges, one each */
};

/* Terms are in the order of the keys. */
struct filter {
	struct filter_term *terms;
	size_t terms_n;
	struct str words; /* to look up, one blank between; empty: none */
};

struct filter_facts {
	struct day as_of;
	int32_t value[FILTER_KEYS_ALL]; /* of FLAGS: left alone */
	uint64_t bits[FILTER_KEYS_N];   /* of FLAGS */
};

/* Reads a filter; empty text is one that everything passes. ERR_INVALID with one sentence that says
 * where, what is wrong and what was perhaps meant. The result lives in the arena and keeps pointing
 * into `names`. */
must err_t filter_parse(struct arena *a, struct str text, const struct filter_names *names, struct filter **out);

/* The keys that a filter asks for: bits 1 << enum filter_key. */
uint64_t filter_keys(const struct filter *f);

bool filter_matches(const struct filter *f, const struct filter_facts *facts);

/* One condition asked of many at once: passes[i] stays true where it holds of value[i]. */
void filter_narrow(const struct filter_term *term, const int32_t *value, size_t n, struct day as_of, bool *passes);

/* The same for a condition on flags. */
void filter_narrow_flags(const struct filter_term *term, const uint64_t *bits, size_t n, bool *passes);

/* The same filter as it would be typed: keys in the order of the table, so that equal filters read
 * alike. Parsing it gives the same filter. */
struct str filter_text(struct arena *a, const struct filter *f);

/* For stamping on what is shared and printed: "region: Region 4; months in 36: 12 or more; flag: not
 * old score". Empty for an empty filter. Words are told as "found by words" alone. */
struct str filter_say(struct arena *a, const struct filter *f);

#endif
