/* Between policy_read.c and policy_text.c: the words that both use. */
#ifndef DOMAIN_POLICY_WORDS_H
#define DOMAIN_POLICY_WORDS_H

#include "domain/policy.h"

/* The values of a key that has groups, by their number; none for a number or a lot. */
struct policy_values {
	const struct str *words;
	size_t n;
};
struct policy_values policy_values_of(enum priority_key key);

extern const struct str policy_bands_types[BANDS_TYPES]; /* "single", "family" */
extern const struct policy_kind_row policy_only_table[POLICY_ONLY_N];

/* Why a word cannot be a key, or NULL where it is only not known. */
const char *policy_key_refused(struct str word);

#endif
