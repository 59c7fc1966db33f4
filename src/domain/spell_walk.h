/* The inside of spells: the rules of spell.h in the pieces from which spell.c reads one day and movement.c the
 * whole history, so that they are written once.
 *
 * A history is a walk over turns, facts that open a spell and events that end one, in the order of their
 * days; and spans of days on which something keeps an open spell active. On any day of an open spell the
 * person is active where a span covers the day.
 *
 *     struct spell_walk w = SPELL_WALK_BEGIN;
 *     while (spell_walk_on(r, person, &w))
 *             if (w.moved) …
 */
#ifndef DOMAIN_SPELL_WALK_H
#define DOMAIN_SPELL_WALK_H

#include "domain/spell.h"

struct spell_walk {
	uint32_t next;   /* of the person's endings: how many are behind */
	bool at_end;     /* the next turn is that ending, what opened before it is behind */
	bool open;       /* a spell is open */
	bool moved;      /* the last turn changed something, on the day of spell.since */
	struct day over; /* of the last ending that mattered */
	enum ending how;
	struct spell spell; /* status: of an open spell not said, else how it ended */
};
#define SPELL_WALK_BEGIN                                                                                               \
	(struct spell_walk)                                                                                            \
	{                                                                                                              \
		.spell = {.start = DAY_NONE, .since = DAY_NONE, .status = STATUS_NONE }                                \
	}

/* Goes one turn on; false where there is none. After spell_of for the person. */
bool spell_walk_on(const struct roster *r, uint32_t person, struct spell_walk *w);

/* Active from the first day until the day before the last; INT32_MAX while it lasts. */
struct spell_span {
	int32_t from;
	int32_t until;
	bool institution;
};

/* What a stay by itself, without anybody having been seen in it, keeps active: how many spans. */
enum { STAY_SPANS = 4 };
unsigned spell_stay_spans(const struct roster *r, const struct roster_stay *s, struct spell_span out[STAY_SPANS]);

/* Days that a contact in the stay keeps active, by its project type. */
int spell_window(const struct roster *r, const struct roster_stay *s);

/* The decisions about a person: *n from the one that is returned. DECISION_ADD counts like a contact in
 * rules.window_other. */
const struct roster_decision *spell_decisions(const struct roster *r, uint32_t person, uint32_t *n);

#endif
