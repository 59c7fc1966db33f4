/* How soon agencies enter what happens into their HMIS, by agency and project: counts of facts, about nobody.
 *
 * As the newest whole export of each source has it, for the year before it. A median or share of fewer than eleven
 * facts says little and is about few people, so it is not given, nor what would tell it. */
#ifndef APP_TIMELY_H
#define APP_TIMELY_H

#include "app/app.h"
#include "domain/timely.h"

struct timely_cell {
	bool hidden; /* too few */
	int64_t n;   /* facts of the kind; 0: none */
	int share;   /* percent of them that were entered in time */
	struct str median;
};

struct timely_line {
	struct str agency;
	struct str project; /* empty: all of the agency's */
	bool own;           /* the viewer's agency */
	struct timely_cell cells[TIMELY_KINDS_N];
};

struct timely_view {
	int days;                  /* setting timely_days: what is in time */
	struct day exported;       /* of the oldest export among them; DAY_NONE: not known */
	struct timely_line *lines; /* agencies by name, each before its projects */
	size_t lines_n;
};

/* ERR_DENIED for who sees no counts. */
must err_t app_timely(struct call *c, struct timely_view *out);

#endif
