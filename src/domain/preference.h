/* What a household wants of a home: its own choices, and its own words beside them.
 *
 * "Specific location preferred", "Prefers housing placement; no shelter" (case conferencing training,
 * sample rows). A choice explains a match; it is never counted as a refusal. Stored are the keys, which
 * therefore never change.
 */
#ifndef DOMAIN_PREFERENCE_H
#define DOMAIN_PREFERENCE_H

#include "base/str.h"

#define PREFERENCES(X)                                                                                                 \
	X(PREFERENCE_NO_SHELTER, "no_shelter", "A home, no shelter")                                                   \
	X(PREFERENCE_AREA, "area", "A certain area")                                                                   \
	X(PREFERENCE_FAMILY, "family", "Near family or friends")                                                       \
	X(PREFERENCE_TRANSIT, "transit", "Near a bus line")                                                            \
	X(PREFERENCE_OWN, "own", "A place of one's own")                                                               \
	X(PREFERENCE_SHARED, "shared", "Sharing is fine")                                                              \
	X(PREFERENCE_WITH, "with", "Together with somebody")                                                           \
	X(PREFERENCE_PETS, "pets", "With a pet")                                                                       \
	X(PREFERENCE_STEPS, "no_steps", "Without steps")                                                               \
	X(PREFERENCE_QUIET, "quiet", "Quiet")                                                                          \
	X(PREFERENCE_SOBER, "sober", "A sober house")                                                                  \
	X(PREFERENCE_SUPPORT, "support", "Somebody on site")

enum preference {
#define X(name, key, label) name,
	PREFERENCES(X)
#undef X
		PREFERENCES_N
};

struct preference_row {
	struct str key;
	struct str label;
};
extern const struct preference_row preference_table[PREFERENCES_N];

/* A set of them: bit 1 << enum preference. Keys with blanks between ("pets quiet"); false for a word that
 * is none. */
bool preference_set_parse(struct str keys, unsigned *out);
bool preference_set_of(const struct str *keys, size_t n, unsigned *out); /* the same, one key each */
struct str preference_set_keys(struct arena *a, unsigned set);
struct str preference_set_labels(struct arena *a, unsigned set); /* "With a pet, Quiet" */

#endif
