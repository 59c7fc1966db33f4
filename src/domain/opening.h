/* A home that is open or will be: what it is, whom it is for, whether it is still true.
 *
 * An opening is open now or forecast (from a later day). What people once entered grows old: it is confirmed once a
 * week, is asked about after OPENING_FRESH_DAYS, and after OPENING_HELD_DAYS nobody is matched to it until its agency
 * has confirmed it (seed: vacancies and forecasts are shared at each conference; that a register is kept true by
 * expiry and confirmation is Building Changes' and Dallas' practice; the days are ours).
 *
 * Whom it is for is a filter of the list (domain/filter.h), written from a few choices or typed: the words of a rule
 * that anybody can read, over facts that are known. The filter has no key for a protected trait, so neither has a rule.
 *
 * For the first household it is held while somebody fetches a paper, for as many days as the policy of its kind says,
 * or OPENING_PAPER_DAYS (DEFINITIONS "Priority": document readiness never lowers a place; the number is ours).
 *
 * Vacancy days count from the first day on which it could be lived in to the day it was filled or withdrawn, or today.
 *
 *     struct str rule = opening_rule(a, &(struct opening_choice){.bedrooms = 2, .chronic = true, .extra = typed});
 */
#ifndef DOMAIN_OPENING_H
#define DOMAIN_OPENING_H

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"

enum {
	OPENING_FRESH_DAYS = 7,
	OPENING_HELD_DAYS = 14,
	OPENING_PAPER_DAYS = 14,
	OPENING_BEDROOMS_MOST = 9,
	OPENING_PEOPLE_MOST = 20
};

#define OPENING_STATES(X)                                                                                              \
	X(OPENING_NOW, "open now")                                                                                     \
	X(OPENING_FORECAST, "forecast")                                                                                \
	X(OPENING_ASK, "open; to be confirmed")                                                                        \
	X(OPENING_STALE, "not confirmed: nobody is matched to it")                                                     \
	X(OPENING_FILLED, "filled")                                                                                    \
	X(OPENING_WITHDRAWN, "withdrawn")

enum opening_state {
#define X(name, say) name,
	OPENING_STATES(X)
#undef X
		OPENING_STATES_N
};
const char *opening_state_say(enum opening_state s);

struct opening_times {
	struct day from;      /* can be lived in */
	struct day confirmed; /* last said to be true */
	struct day ended;     /* DAY_NONE: not yet */
	bool filled;          /* of an ended one; else withdrawn */
};
enum opening_state opening_state(const struct opening_times *t, struct day today);

/* Whether households are matched to it: open, or forecast, and confirmed. */
static inline bool opening_offered(enum opening_state s)
{
	return s == OPENING_NOW || s == OPENING_FORECAST || s == OPENING_ASK;
}

/* Days that it stood empty; 0 before its first day. */
int opening_vacant(const struct opening_times *t, struct day today);

/* From when on it can be lived in: 0 now, 1 to 3 within 30, 60 and 90 days, 4 later (case conferencing training:
 * "current + future forecast"). */
enum { OPENING_WINDOWS = 5 };
int opening_window(struct day from, struct day today);

/* Whom it is for, as a form asks it. */
struct opening_choice {
	int people_least, people_most; /* 0: any number */
	bool children;                 /* for families with children */
	bool chronic, veteran, youth;
	struct str extra; /* more conditions, as they are typed into the filter of the list */
};

/* The same as one line of filter, to be parsed; empty: for everybody. */
struct str opening_rule(struct arena *a, const struct opening_choice *c);

/* How many people a home of so many bedrooms usually has room for: two a bedroom, and two in a home without one
 * (24 CFR 982.401(d): "at least one bedroom or living/sleeping room for each two persons"). */
int opening_room(int bedrooms);

/* A row of a project's inventory in the HMIS (HMIS Data Standards 2.07). */
struct opening_stock {
	int units, beds;        /* 0: not given */
	struct day from, until; /* DAY_NONE: not given */
};

/* How many homes there are on a day: units, or beds where no units are given. 0: it is not said. */
int opening_homes(const struct opening_stock *rows, size_t n, struct day today);

#endif
