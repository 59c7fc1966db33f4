/* An invitation to a meeting as iCalendar (RFC 5545, RFC 5546), for people's own calendars.
 *
 * It holds what is public about it: its region, when, where, what it goes through and is for, and the work addresses of
 * staff. There is no field for a household or a note, because calendars are read by many and synchronised everywhere.
 *
 * A meeting keeps its uid. Moving it or calling it off is the same invitation with a higher sequence number:
 * the calendar that has it changes its entry.
 *
 *     const struct calendar_event e = {
 *             .uid = id_str(&conference), .sequence = 1, .region = S("Region 4"), .made = now, .from = from,
 *             .until = until, .organizer = S("lee@coc.example"), .attendees = invited, .attendees_n = n};
 *     TRY(calendar_write(a, &e, &invitation));
 */
#ifndef PAPERS_CALENDAR_H
#define PAPERS_CALENDAR_H

#include "base/day.h"
#include "base/err.h"

struct calendar_event {
	struct str uid;
	int sequence; /* 0 at first; one more with every change */
	bool cancelled;
	struct str title; /* "Business meeting"; empty: "Case conference" */
	struct str region;
	struct str place; /* a room or an address of the web; may be empty */
	struct str about; /* the agenda and what the meetings are for; may be empty */
	struct instant made, from, until;
	struct str organizer;        /* a work address */
	const struct str *attendees; /* work addresses */
	size_t attendees_n;
};

/* ERR_INVALID: an address is none, or it ends before it begins. */
must err_t calendar_write(struct arena *a, const struct calendar_event *e, struct str *out);

#endif
