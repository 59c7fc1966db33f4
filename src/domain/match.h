/* Whether two records may be of one person: a weight of evidence in bits, and its working in words.
 *
 * The method is that of Fellegi and Sunter (A Theory for Record Linkage, 1969). Each field is compared and lands on
 * one level of agreement. A level weighs log2(m / u) bits: m is how often it is met among pairs that are one person,
 * u among pairs that are not. What is missing on either side weighs nothing. The sum is a suggestion, no more: a
 * person decides.
 *
 * No single thing suggests anybody (ours): of name, birth date and SSN two must agree at least in part, so never a
 * name alone, whatever it weighs.
 *
 * The numbers are ours, set by hand from what is known of such records: names are mistyped and changed by marriage,
 * a birth date falls on one of some 25,000 days, four digits repeat once in 10,000. They can be read in
 * docs/TABLES.md, which is made from the table below.
 *
 * Names come folded (letter case, marks and punctuation gone, words with one space between: app/import_client.h).
 * Sex is used only to weigh a pair; it is in no sentence but that of the pair. Pure; a result holds no text.
 *
 *     struct match_result r;
 *     match_compare(&one, &other, &r);
 *     if (r.verdict != MATCH_NO)
 *             say(match_say(a, &r)); // "Same birth date; last name differs by one letter; …"
 */
#ifndef DOMAIN_MATCH_H
#define DOMAIN_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/str.h"

struct arena;

enum match_field { MATCH_BIRTH, MATCH_SSN, MATCH_SSN4, MATCH_FIRST, MATCH_LAST, MATCH_SEX, MATCH_FIELDS_N };

/* How well a field agrees; the first is 0. */
enum match_level {
	MATCH_MISSING,
	MATCH_SAME,
	MATCH_ONE_OFF,
	MATCH_ALIKE,
	MATCH_SWAPPED,
	MATCH_DIFFERS,
	MATCH_LEVELS_N
};

/* Field, level, m, u, sentence. The m of a field add up to 1, and so do its u. All nine digits of an SSN are compared
 * where both are known, else the last four. */
#define MATCH_WEIGHTS(X)                                                                                               \
	X(MATCH_BIRTH, MATCH_SAME, 0.88, 0.00004, "same birth date")                                                   \
	X(MATCH_BIRTH, MATCH_SWAPPED, 0.02, 0.00004, "birth dates have day and month swapped")                         \
	X(MATCH_BIRTH, MATCH_ONE_OFF, 0.05, 0.0012, "birth date differs by one digit")                                 \
	X(MATCH_BIRTH, MATCH_DIFFERS, 0.05, 0.99872, "birth date differs")                                             \
	X(MATCH_SSN, MATCH_SAME, 0.92, 0.000001, "same SSN")                                                           \
	X(MATCH_SSN, MATCH_ONE_OFF, 0.05, 0.00001, "SSN differs by one digit, or by two that changed places")          \
	X(MATCH_SSN, MATCH_DIFFERS, 0.03, 0.999989, "SSN differs")                                                     \
	X(MATCH_SSN4, MATCH_SAME, 0.93, 0.0001, "same last four digits of the SSN")                                    \
	X(MATCH_SSN4, MATCH_ONE_OFF, 0.04, 0.0039,                                                                     \
	  "last four digits of the SSN differ by one, or by two that changed places")                                  \
	X(MATCH_SSN4, MATCH_DIFFERS, 0.03, 0.996, "last four digits of the SSN differ")                                \
	X(MATCH_FIRST, MATCH_SAME, 0.80, 0.010, "same first name")                                                     \
	X(MATCH_FIRST, MATCH_ONE_OFF, 0.07, 0.003, "first name differs by one letter")                                 \
	X(MATCH_FIRST, MATCH_ALIKE, 0.06, 0.010, "first names are alike")                                              \
	X(MATCH_FIRST, MATCH_SWAPPED, 0.01, 0.0003, "first and last name are swapped")                                 \
	X(MATCH_FIRST, MATCH_DIFFERS, 0.06, 0.9767, "first name differs")                                              \
	X(MATCH_LAST, MATCH_SAME, 0.82, 0.003, "same last name")                                                       \
	X(MATCH_LAST, MATCH_ONE_OFF, 0.06, 0.001, "last name differs by one letter")                                   \
	X(MATCH_LAST, MATCH_ALIKE, 0.04, 0.003, "last names are alike")                                                \
	X(MATCH_LAST, MATCH_SWAPPED, 0.01, 0.0003, "")                                                                 \
	X(MATCH_LAST, MATCH_DIFFERS, 0.07, 0.9927, "last name differs")                                                \
	X(MATCH_SEX, MATCH_SAME, 0.98, 0.5, "same sex")                                                                \
	X(MATCH_SEX, MATCH_DIFFERS, 0.02, 0.5, "sex differs")

struct match_weight {
	enum match_field field;
	enum match_level level;
	double m, u;
	const char *say;
};
#define X(field, level, m, u, say) +1
enum { MATCH_WEIGHTS_N = 0 MATCH_WEIGHTS(X) };
#undef X
extern const struct match_weight match_weights[MATCH_WEIGHTS_N];

/* Hundredths of a bit; 0 for a level that is missing. */
int match_bits(enum match_field field, enum match_level level);

/* "birth date differs by one digit"; NULL where there is nothing to say. */
const char *match_level_say(enum match_field field, enum match_level level);

/* "birth date" */
const char *match_field_say(enum match_field field);

/* From so many hundredths of a bit on (ours). In a CoC of 100,000 people the odds against a random pair are 17 bits. */
enum { MATCH_POSSIBLE_FROM = 1500, MATCH_LIKELY_FROM = 2500 };
enum match_verdict { MATCH_NO, MATCH_POSSIBLE, MATCH_LIKELY };

/* What is compared; empty, DAY_NONE and MATCH_SEX_UNKNOWN stand for "not known". */
enum { MATCH_SEX_UNKNOWN = -1 };
struct match_person {
	struct str first, last; /* folded */
	struct str ssn;         /* nine signs, of which some may be x; or the last four digits */
	struct day birth;
	int sex; /* a code of HMIS 3.06.1: 0 female, 1 male */
};

struct match_result {
	enum match_level level[MATCH_FIELDS_N];
	int bits; /* the sum, in hundredths */
	enum match_verdict verdict;
};

/* The same whichever comes first. */
void match_compare(const struct match_person *a, const struct match_person *b, struct match_result *out);

/* The working as one sentence, what agrees first; what is missing is not spoken of. */
struct str match_say(struct arena *a, const struct match_result *r);

/* Digits that can be an SSN's, for a key that finds candidates: the last four, or empty. */
struct str match_ssn4(struct str ssn);

/* What two records of one person are likely to share: birth date; the sound of a name with the year of birth (of the
 * first and of the last name, so that swapped names meet); the sound of both names; the last four digits of the SSN
 * with the first letter of a name. Whoever shares one is compared. No key is made of a name alone where neither birth
 * date nor SSN is known: such a pair suggests nothing. */
enum { MATCH_KEYS = 6, MATCH_KEY_MAX = 64 };
size_t match_keys(struct arena *a, const struct match_person *p, struct str out[MATCH_KEYS]);

#endif
