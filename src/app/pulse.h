/* The pulse at the end of a conference: one tap each, counted without a name (domain/pulse.h).
 *
 * Asked of who is in the room once the closing part is reached, and until the end of that day of who was there. Nobody
 * answers twice, and no journal row, time or order stands beside an answer. Who leads the region's conferences and the
 * facilitator read the counts from the day after on.
 */
#ifndef APP_PULSE_H
#define APP_PULSE_H

#include "app/meeting.h"
#include "domain/pulse.h"

/* ERR_CONFLICT: answered already, or it is not asked now; ERR_DENIED for who was not there. */
must err_t app_pulse_give(struct call *c, struct str conference, enum pulse answer);

enum { PULSES_BEFORE = 6 };
struct pulse_line {
	struct str day; /* "17 Nov" */
	struct str say; /* "7 answers: 5 it flowed, 2 so-so" */
};
struct pulse_view {
	bool asks;                /* the viewer may answer */
	bool given;               /* and has */
	struct pulse_line *lines; /* this meeting and those before, the newest first; to who leads */
	size_t lines_n;
};

/* For app/conference_view.c, inside its transaction. */
must err_t pulse_load(const struct meeting *m, struct pulse_view *out);

#endif
