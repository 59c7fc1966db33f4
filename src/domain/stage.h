/* The stage: what a room sees on a shared screen, and who may come in while it does.
 *
 * What stands on it of a household is access_stage over everybody present (domain/access.h). Here is the rest:
 * what is checked before a name is shown, who waits in the lobby, and which texts stay off a screen that may be
 * looked at from behind.
 *
 * A name never gives way to a code in mid-sentence: whoever would take one off the screen by coming in waits until
 * the facilitator, who is told what it changes, lets them in. Who is not covered at all waits in every case, so that
 * the facilitator knows. There is no way to let somebody in and go on naming those whom they may not hear named ("only
 * sharing it with authorized agencies as per the MOU agreements", MO BoS, Level 4 list holders).
 */
#ifndef DOMAIN_STAGE_H
#define DOMAIN_STAGE_H

#include <stdbool.h>

#include "base/str.h"
#include "domain/access.h"

/* What is checked before names appear. Key as stored, words. */
#define STAGE_CHECKS(X)                                                                                                \
	X(STAGE_RECORDERS, "recorders", "Nothing is taped, and notetaking bots are out of the call")                   \
	X(STAGE_CALLERS, "callers", "Everybody on the line is known by name, telephone callers too")                   \
	X(STAGE_CONFIDENTIAL, "confidential", "The confidentiality statement was read aloud")

enum stage_check {
#define X(name, key, words) name,
	STAGE_CHECKS(X)
#undef X
		STAGE_CHECK_N
};

struct stage_check_row {
	struct str key;
	struct str words;
};

extern const struct stage_check_row stage_check_table[STAGE_CHECK_N];

bool stage_check_parse(struct str key, enum stage_check *out);

/* The statement that is read aloud ("Reminder of Responsible Data Handling", the same source), in our words. */
extern const struct str stage_statement;

/* Somebody who comes in. */
struct stage_arrival {
	bool leads;     /* plans the region's conferences, facilitates this one or writes its record */
	bool covered;   /* their agency has a memorandum, and they signed and were trained */
	int names_lost; /* that are on the stage and would not be */
};

bool stage_waits(const struct stage_arrival *who);

/* Why somebody else may hear no name: "has not signed …"; empty: covered. */
const char *stage_uncovered(enum covered covered);

/* "Nothing changes on the stage." or "9 of 12 names go off the stage." */
struct str stage_change(struct arena *a, int names_lost, int households);

/* Whether a text may stand on the stage by its words alone: it speaks of no health, no military service and no
 * violence. Such words name no person, but on a shared screen they tell about the one who is talked about. */
bool stage_plain(struct str text);

#endif
