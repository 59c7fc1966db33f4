/* Contact with a person, as who had it writes it down, and what it changes on the list at once.
 *
 * "Last contact = newest two-way contact with the person" (DEFINITIONS): they were met, spoke on the telephone or
 * answered a message. A try is written down too, since it says that somebody looks for them, and counts for nothing.
 * A contact says that the person was heard from and nothing about where they stay: it keeps a spell active by the
 * window of the project that they were last in, and opens none (domain/roster.h, SEEN_FOLLOWED_UP).
 */
#ifndef DOMAIN_CONTACT_H
#define DOMAIN_CONTACT_H

#include "base/err.h"
#include "base/str.h"
#include "domain/roster.h"

/* Key as stored, words of the button, words of the history, whether it counts. */
#define CONTACT_WAYS(X)                                                                                                \
	X(CONTACT_MET, "met", "We met", "met in person", true)                                                         \
	X(CONTACT_PHONE, "phone", "We spoke by phone", "spoke by telephone", true)                                     \
	X(CONTACT_TEXT, "text", "They answered a message", "answered a message", true)                                 \
	X(CONTACT_TRIED, "tried", "I tried, no answer", "tried, no answer", false)

enum contact_way {
#define X(name, key, button, words, counts) name,
	CONTACT_WAYS(X)
#undef X
		CONTACT_WAYS_N
};

/* Key as stored, for people. */
#define CONTACT_PLACES(X)                                                                                              \
	X(PLACE_STREET, "street", "where they stay outside")                                                           \
	X(PLACE_SHELTER, "shelter", "at a shelter")                                                                    \
	X(PLACE_OFFICE, "office", "at our office or program")                                                          \
	X(PLACE_HOME, "home", "at their home, or at friends’ or family’s")                                             \
	X(PLACE_INSTITUTION, "institution", "in a hospital, treatment or jail")                                        \
	X(PLACE_ELSEWHERE, "elsewhere", "somewhere else")

enum contact_place {
#define X(name, key, words) name,
	CONTACT_PLACES(X)
#undef X
		CONTACT_PLACES_N
};

struct contact_way_row {
	struct str key, button, words;
	bool counts;
};
struct contact_place_row {
	struct str key, words;
};
extern const struct contact_way_row contact_way_table[CONTACT_WAYS_N];
extern const struct contact_place_row contact_place_table[CONTACT_PLACES_N];

bool contact_way_parse(struct str key, enum contact_way *out);

/* CONTACT_PLACES_N for an empty key: not said. */
bool contact_place_parse(struct str key, enum contact_place *out);

/* How long ago something may be that is written down only now (ours). */
enum { CONTACT_BACK_DAYS = 90 };

/* ERR_INVALID for a day to come, and for one so long ago that it belongs into the HMIS. */
must err_t contact_check(struct arena *a, struct day day, struct day today);

/* The flags of a household that was heard from on a day: those about silence go, where the day is recent enough. */
uint64_t contact_flags(const struct rules *rules, struct day as_of, struct day contact, uint64_t flags);

#endif
