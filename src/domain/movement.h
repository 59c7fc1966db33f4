/* Movement: every change of status in the history of a person or a household, day by day.
 *
 * Source: DEFINITIONS "Status and movement". The rules are those of spell.h (spell_walk.h has them in
 * pieces); what the changes say about a day is what a roster made as of that day says, with the households
 * as they are now. Changes come by their days; a day on which somebody came on the list and was housed has
 * both. Facts count as they are known today, whenever they were learnt: the books that do not forget what
 * was once booked are ledger.h.
 *
 * A fact that is dated before the entry of its enrollment counts from its own day, though a list of that day
 * could not have known it.
 *
 * Causes. Coming to be active: newly identified the first time, or with nothing in the two years before
 * (ours: no day under a roof, in housing after the move-in, no contact and no change of status); returned from housing
 * where the last status was housed; else returned from inactive, which takes in those who had moved away or were not
 * eligible for a time. Ceasing: by the status that follows.
 *
 * A household moves with whoever speaks for it (listing_speaker): the acting head, or a member where the
 * head never was on the list.
 *
 *     struct mover m;
 *     struct movements moves = {0};
 *     mover_begin(&m, a, r, t);                   (r is listed, t holds all that was seen)
 *     mover_household(&m, household, &moves);     (moves.list is good until the next call)
 */
#ifndef DOMAIN_MOVEMENT_H
#define DOMAIN_MOVEMENT_H

#include "base/arena.h"
#include "domain/trace.h"

/* Cause, word for files, what people say. */
#define MOVEMENT_CAUSES(X)                                                                                             \
	X(CAUSE_NEW, "newly_identified", "newly identified")                                                           \
	X(CAUSE_FROM_HOUSING, "returned_from_housing", "returned from housing")                                        \
	X(CAUSE_FROM_INACTIVE, "returned_from_inactive", "returned from inactive")                                     \
	X(CAUSE_MOVE_IN, "move_in", "moved into housing")                                                              \
	X(CAUSE_INACTIVE, "to_inactive", "became inactive")                                                            \
	X(CAUSE_INELIGIBLE, "no_longer_eligible", "no longer eligible")                                                \
	X(CAUSE_MOVED_AWAY, "moved_away", "moved away")                                                                \
	X(CAUSE_DECEASED, "deceased", "died")

enum cause {
#define X(name, word, say) name,
	MOVEMENT_CAUSES(X)
#undef X
		CAUSES_N
};
const char *cause_word(enum cause c);
const char *cause_say(enum cause c);

struct movement {
	struct day day; /* on which it took effect */
	uint8_t from;   /* enum status */
	uint8_t to;
	uint8_t cause; /* enum cause */
};

struct movements {
	struct movement *list;
	size_t n, room;
};

/* What changes are worked out with; one thread's, in its arena. */
struct mover {
	struct arena *a;
	const struct roster *r;
	const struct trace *t;
	struct mover_span *spans;
	size_t spans_n, spans_room;
	struct movements one;        /* of a member */
	struct mover_member *merged; /* of all members */
	size_t merged_n, merged_room;
	uint8_t *status; /* by person */
};

/* The roster must have its spells (spell_share of all parts, as listing_build does). */
void mover_begin(struct mover *m, struct arena *a, const struct roster *r, const struct trace *t);

/* All changes up to the roster's day, instead of what is in `out`, which grows in the arena. */
void mover_person(struct mover *m, uint32_t person, struct movements *out);
void mover_household(struct mover *m, uint32_t household, struct movements *out);

/* The status at the end of the day. */
enum status movement_status(const struct movement *list, size_t n, struct day day);

/* Since when the status holds on the last day, of a household whose list has it since `listed`: an active one's list
 * knows the day it was opened alone (spell.h), the history the day of the return from inactive. */
struct day movement_since(const struct movement *list, size_t n, enum status status, struct day listed);

/* The change as a sentence of a household's history: "Came on the list." */
const char *movement_say(enum status from, enum status to, enum cause cause);

/* +1: became active; −1: ceased to be; 0: neither. */
static inline int movement_step(enum status from, enum status to)
{
	return (to == STATUS_ACTIVE) - (from == STATUS_ACTIVE);
}

/* The cause of a change. `quiet`: nothing is recorded in the two years before. */
enum cause movement_cause(enum status from, enum status to, bool quiet);

#endif
