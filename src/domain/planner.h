/* What the planner suggests for a list's next cycle: its size, how often to meet, minutes for each household.
 *
 * "Adjust based on list increases and decreases and new or diminishing resources" (case conferencing training), from
 * ten households at a time (domain/cycle.h). The arithmetic is ours, and is told with the suggestion:
 *
 * - a cycle covers two months of what comes onto the list or of what it can be housed with, whichever is more:
 *   the openings that somebody expects or, where nobody says, as many as moved in lately;
 * - it is never less than CYCLE_SIZE, as long as the list has so many;
 * - each household is spoken of twice a month, so no more are suggested than four meetings a month can take;
 * - the meetings are as few as that needs, and their time is shared out evenly, to the half minute.
 *
 *     struct planner_plan p = planner_suggest(&facts);
 *     struct str why = planner_why(a, &facts, &p);
 */
#ifndef DOMAIN_PLANNER_H
#define DOMAIN_PLANNER_H

#include "base/arena.h"
#include "base/str.h"

enum { PLANNER_DAYS = 90, PLANNER_NOT_SAID = -1, PLANNER_OPENINGS_MOST = 1000 };

struct planner_facts {
	int active;       /* households on the list */
	int came;         /* of the last PLANNER_DAYS: came onto the list, or came back */
	int moved_in;     /* … are housed since */
	int openings;     /* expected in a month; PLANNER_NOT_SAID */
	int work_minutes; /* of a meeting, for the list */
};

struct planner_plan {
	int size;
	int meetings; /* a month */
	int seconds;  /* for a household, each time */
};

/* All zero for an empty list. */
struct planner_plan planner_suggest(const struct planner_facts *f);

/* "12 households, 2 meetings a month, 3.5 minutes for each." */
struct str planner_say(struct arena *a, const struct planner_plan *p);

/* What it was worked out from, in sentences. */
struct str planner_why(struct arena *a, const struct planner_facts *f, const struct planner_plan *p);

#endif
