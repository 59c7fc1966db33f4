/* Telling the person: what they hear after a conference, from whom, by which safe way.
 *
 * A card closes with one plain sentence for the person, or with the reason why they are not told now. The next
 * conference begins with "told?" and what they said. The sentence says what happens next; it promises no home and no
 * day of moving in, which nobody in the room can give ("Communicating the plan to all participants including the
 * person", Under 1 Roof, slide 17).
 */
#ifndef DOMAIN_TELLING_H
#define DOMAIN_TELLING_H

#include <stdbool.h>

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

/* Key as stored, words. */
#define TELLING_WAYS(X)                                                                                                \
	X(TELLING_IN_PERSON, "person", "in person")                                                                    \
	X(TELLING_PHONE, "phone", "by telephone")                                                                      \
	X(TELLING_MESSAGE, "message", "by text message or mail")                                                       \
	X(TELLING_LETTER, "letter", "by a note or letter")                                                             \
	X(TELLING_TRUSTED, "trusted", "through somebody they trust")                                                   \
	X(TELLING_NOT, "not", "not now, because …")

enum telling_way {
#define X(name, key, words) name,
	TELLING_WAYS(X)
#undef X
		TELLING_WAY_N
};

#define TELLING_ANSWERS(X)                                                                                             \
	X(TELLING_TOLD, "told", "told")                                                                                \
	X(TELLING_NOT_YET, "not_yet", "not yet")                                                                       \
	X(TELLING_NOT_REACHED, "not_reached", "not reached")

enum telling_answer {
#define X(name, key, words) name,
	TELLING_ANSWERS(X)
#undef X
		TELLING_ANSWER_N
};

struct telling_row {
	struct str key;
	struct str words;
};

extern const struct telling_row telling_way_table[TELLING_WAY_N];
extern const struct telling_row telling_answer_table[TELLING_ANSWER_N];

bool telling_way_parse(struct str key, enum telling_way *out);
bool telling_answer_parse(struct str key, enum telling_answer *out);

/* ERR_INVALID with the sentence that says what is missing: the words for the person and who tells them, or why not. */
must err_t telling_check(struct arena *a, struct str words, enum telling_way way, struct str teller);

/* "We talked about you. Next: order the birth certificate. Dana does it by Monday 30 November." to begin with; empty
 * without a step. As personal as the step. */
struct str telling_draft(struct arena *a, struct str step, struct str owner, struct day due, struct day today);

/* A gentle suggestion where the sentence promises a home or a day, else empty; it holds nothing typed. */
struct str telling_rewrite(struct str words);

#endif
