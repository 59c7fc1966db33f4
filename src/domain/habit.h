/* Habits: what a region does in its conferences and may leave out.
 *
 * They are soft. A region begins with those that cost a minute and help a room; every one can be turned off, and no
 * rank, right or record depends on one.
 */
#ifndef DOMAIN_HABIT_H
#define DOMAIN_HABIT_H

#include "base/str.h"

/* Name, key as stored, for people, whether a region begins with it. */
#define HABITS(X)                                                                                                      \
	X(HABIT_ICEBREAKER, "icebreaker", "One light question at check-in", true)                                      \
	X(HABIT_PULSE, "pulse", "A pulse at the end: one tap, nobody’s name", true)                                    \
	X(HABIT_HEADINGS, "headings", "The card under five headings: overview, support, needs, plan, follow-up", false)

enum habit {
#define X(name, key, label, begins) name,
	HABITS(X)
#undef X
		HABITS_N
};

struct habit_row {
	struct str key;
	struct str label;
	bool begins;
};
extern const struct habit_row habit_table[HABITS_N];

bool habit_parse(struct str key, enum habit *out);

#endif
