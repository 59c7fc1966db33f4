/* The side door: an entry into rapid rehousing or supportive housing that did not come through coordinated entry.
 *
 * Source: DEFINITIONS "Referral clock": "an entry of a household into RRH or PSH without an open or successful
 * coordinated-entry referral of its head to that project in the window before it (default 90 days); emergency
 * transfers under VAWA are left out". The entry is that of the head. Ours, where HMIS leaves it open:
 *
 * - The window is the entry's day and so many days before it: a referral is written by the day, not by the hour.
 * - A referral that names no project counts for every project of its kind, since most name none; a joint one counts for
 *   the rapid rehousing half.
 * - One that was declined by the day of the entry is neither open nor successful; one that was declined later was open.
 * - HMIS has no field for an emergency transfer: it is an answer to the question that the entry raises, and takes the
 *   entry out of the report and of every rate.
 *
 *     enum side_door door = side_door_of(&entry, referrals, n, SIDE_DOOR_DAYS);
 *     if (door != DOOR_REFERRED)
 *             … side_door_say(door) …
 */
#ifndef DOMAIN_SIDE_DOOR_H
#define DOMAIN_SIDE_DOOR_H

#include <stddef.h>

#include "domain/ce_referral.h"

enum { SIDE_DOOR_DAYS = 90 };

/* How somebody came in; of several that miss, the one that tells most. Word, for people. */
#define SIDE_DOORS(X)                                                                                                  \
	X(DOOR_REFERRED, "referred", "referred")                                                                       \
	X(DOOR_DECLINED, "declined", "the referral had been declined or had ended")                                    \
	X(DOOR_ELSEWHERE, "elsewhere", "the referral was to another project")                                          \
	X(DOOR_OLD, "old", "the referral was older than the window")                                                   \
	X(DOOR_LATE, "late", "the referral was written after the entry")                                               \
	X(DOOR_NONE, "none", "no referral")

enum side_door {
#define X(name, word, say) name,
	SIDE_DOORS(X)
#undef X
		SIDE_DOORS_N
};
const char *side_door_word(enum side_door d);
const char *side_door_say(enum side_door d);

struct side_door_entry {
	struct day day;
	int type;         /* of the project: side_door_asks */
	uint32_t project; /* numbers as in struct ce_referral */
	uint32_t agency;
};

/* Whether entries into a project of the type are asked about. */
bool side_door_asks(int project_type);

/* `referrals` are those of the head, in any order. */
enum side_door side_door_of(const struct side_door_entry *e, const struct ce_referral *referrals, size_t n, int window);

/* What an agency answers. Word, whether the entry stays in the report, for people. */
#define SIDE_DOOR_ANSWERS(X)                                                                                           \
	X(DOOR_SAID_LATE, "late", true, "There was a referral; it was not written in HMIS")                            \
	X(DOOR_SAID_OWN, "own", true, "We filled the place from our own waiting list")                                 \
	X(DOOR_SAID_FUNDER, "funder", true, "A funder or another program sends people to this project")                \
	X(DOOR_SAID_TRANSFER, "transfer", true, "The household moved from another of our projects")                    \
	X(DOOR_SAID_WRONG, "wrong", true, "The enrollment is wrong in HMIS and will be mended")                        \
	X(DOOR_SAID_VAWA, "vawa", false, "It was an emergency transfer")                                               \
	X(DOOR_SAID_OTHER, "other", true, "Something else")

enum side_door_answer {
#define X(name, word, stays, say) name,
	SIDE_DOOR_ANSWERS(X)
#undef X
		SIDE_DOOR_ANSWERS_N
};
const char *side_door_answer_word(enum side_door_answer a);
const char *side_door_answer_say(enum side_door_answer a);
bool side_door_answer_stays(enum side_door_answer a);
bool side_door_answer_parse(struct str word, enum side_door_answer *out);

/* An agency whose entries come by the side door again and again is shown to who manages: at least so many, and at
 * least so large a share of its entries in percent (ours). */
enum { SIDE_DOOR_REPEATS = 3, SIDE_DOOR_SHARE = 25 };
static inline bool side_door_repeats(int64_t doors, int64_t entries)
{
	return doors >= SIDE_DOOR_REPEATS && doors * 100 >= entries * SIDE_DOOR_SHARE;
}

#endif
