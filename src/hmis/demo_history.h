/* What happened to a household: where it slept, and which stays in projects came of it.
 *
 * A history runs from the first night without a home to two years after the world's first export,
 * and is the same whoever asks. An export is a look at it: what was recorded later than the day of
 * the export is not in it. So next month's export of the same world differs from this month's as
 * real ones do: new contacts, exits, move-ins and people, everything else as it was.
 */
#ifndef HMIS_DEMO_HISTORY_H
#define HMIS_DEMO_HISTORY_H

#include "hmis/demo_family.h"

enum { SEGMENTS_MAX = 40, STAYS_MAX = 24, HISTORY_AHEAD = 760 };

/* Nights from `from` to `to` − 1 in one situation (list 3.12.1: 116 outside, 101 shelter …). */
struct demo_segment {
	struct day from;
	struct day to;
	int situation;
};

struct demo_stay {
	int project;
	struct day entry;
	struct day recorded;      /* when the entry was typed in */
	struct day exit;          /* no contact from here on */
	struct day exit_recorded; /* DAY_NONE: nobody ever recorded the exit */
	struct day move_in;
	int destination;
	int subsidy; /* list 3.12.A with destination 435, else 0 */
};

struct demo_history {
	struct demo_family family;
	int need;       /* 0 to 10: how heavily the score weighs on this household */
	int told_times; /* without a home before the history begins, by their own word: 0 to 3 times, 4 months each */
	int segments_n;
	int stays_n;
	struct demo_segment segments[SEGMENTS_MAX];
	struct demo_stay stays[STAYS_MAX];
};

/* What is asked at an entry about the time before it (element 3.917). */
struct demo_prior {
	int situation;
	int length_of_stay;
	int under_threshold;  /* 0, 1, or −1: not asked */
	int previous_street;  /* the same */
	struct day to_street; /* DAY_NONE: not asked, and so for the next two */
	int times;
	int months;
};

/* Where a history begins: on or before the world's first day, or on a given later one. */
struct demo_start {
	struct day today;    /* the world's first export */
	struct day newcomer; /* DAY_NONE for a household of the first export */
	bool alone;          /* see demo_family_make */
};

void demo_history_make(const struct demo_world *w, uint64_t seed, int64_t number, struct demo_start start,
		       struct demo_history *out);

/* The situation in which the household slept on the night of `on`; 99 where nothing is known. */
int demo_situation(const struct demo_history *h, struct day on);

struct demo_prior demo_prior_of(const struct demo_history *h, const struct demo_stay *s, enum project_type type);

/* Whether a member belongs to a stay: somebody not yet born does not. */
bool demo_member_in(const struct demo_member *m, const struct demo_stay *s);

#endif
