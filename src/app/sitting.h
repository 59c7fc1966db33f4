/* One meeting of a series (app/series.h): its business meeting, and the case conferences that follow it.
 *
 * The two are linked and apart. The business meeting has its own people (lead agencies among them), agenda, notes and
 * attendance; nobody on the list is named in it (app/unnamed.h). Its room is closed before a case conference of it
 * starts: everybody is out, which is on record, and who takes part in the conference checks in there, where a lead
 * agency cannot. app_conference_start asks sitting_room_closed.
 *
 * Made ready by who keeps the series; led by its chair, the secretary or whoever keeps it. Journal rows "sitting.…";
 * the topic of live events is "sitting:<id>".
 */
#ifndef APP_SITTING_H
#define APP_SITTING_H

#include "app/series.h"

enum { SITTING_NOTE = 1000 };

/* Makes the meeting of a day of the series ready; the same day again gives the same meeting. ERR_INVALID: not a day of
 * its rhythm from today on. */
must err_t app_sitting_make(struct call *c, struct str series_id, struct day rule_day, struct str *id);

struct sitting_put {
	struct day day;
	int minute; /* of the day */
	struct str place, link;
	struct str chair_id; /* may be empty */
	int minutes;         /* of the business meeting */
	int agenda[BUSINESS_ITEMS_N];
};
/* This meeting alone. ERR_INVALID as app_series_put, and for an agenda that does not fit; ERR_CONFLICT once it began.
 */
must err_t app_sitting_change(struct call *c, struct str id, const struct sitting_put *s);
must err_t app_sitting_cancel(struct call *c, struct str id);

/* To whoever stands in, in one step, with all that was prepared: the chair, and the facilitator of each case conference
 * that is planned behind it, become the series' alternate (or its lead again). ERR_CONFLICT: nobody is named. */
must err_t app_sitting_hand_over(struct call *c, struct str id);

/* Opens the room; everybody who is invited may come in and leave. */
must err_t app_sitting_open(struct call *c, struct str id);
must err_t app_sitting_in(struct call *c, struct str id);
must err_t app_sitting_out(struct call *c, struct str id);

/* Closes it: everybody is out, the record is locked. */
must err_t app_sitting_close(struct call *c, struct str id);

/* A note or a decision; `sure`: none of it is a client (app/unnamed.h). */
must err_t app_sitting_note(struct call *c, struct str id, bool decision, const struct pii *words, bool sure);

struct sitting_item {
	const struct business_row *row;
	int minutes;
};
struct sitting_seat {
	struct str user_id, name, agency;
	struct str in, out; /* "9:58" */
	bool here, lead;
};
struct sitting_note {
	bool decision;
	struct str words, by, at;
};
struct sitting_conference {
	struct str id, region, clock, state;
	bool live, closed;
};

struct sitting_view {
	struct str id, title; /* "Business meeting, Region 4" */
	struct str series_id, series, region_id, region;
	struct q_sitting_by_id row;
	struct str day, clock, until; /* "Tue 15 Dec 2026", "10:00", "10:45" */
	struct str moved, holiday;
	bool planned, live, closed, cancelled;
	bool keeps, leads, here; /* what the actor may and is */
	bool can_enter;
	bool conferences_too;             /* the actor takes part in case conferences; a lead agency does not */
	const struct sitting_item *items; /* those of the agenda, left out ones too */
	size_t items_n;
	int items_minutes;
	struct sitting_seat *seats;
	size_t seats_n;
	int here_n, leads_n; /* in the room; of them of lead agencies */
	struct sitting_note *notes;
	size_t notes_n;
	struct sitting_conference *conferences; /* to who takes part in them */
	size_t conferences_n;
	bool can_conference;       /* the actor can plan the one that follows */
	struct day conference_day; /* when it would be */
	int conference_minute;
	int conference_minutes;
	struct str next_leader; /* to whom it would be handed over; empty: nobody is named */
	struct q_series_people *people;
	size_t people_n;
	struct series_objective *objectives;
	size_t objectives_n;
	struct q_series_by_id series_row;
};
must err_t app_sitting(struct call *c, struct str id, struct sitting_view *out);

/* --- for app/conference.c; `db` is in a transaction --- */

/* The conference follows this business meeting. ERR_INVALID: it is of another region; ERR_CONFLICT: called off. */
must err_t sitting_link(struct call *c, struct db *db, struct arena *a, struct str sitting_id, struct str conference_id,
			struct str region_id);

/* ERR_CONFLICT while the room of the business meeting before a conference is open. */
must err_t sitting_room_closed(struct db *db, struct arena *a, struct str conference_id);

/* --- for app/board.c --- */

/* The meeting, and what the actor may in it. ERR_MISSING for who may not follow its series. */
struct sitting_open {
	struct q_sitting_by_id row;
	struct q_series_by_id series;
	bool keeps, leads;
};
must err_t sitting_open(struct call *c, struct db *db, struct arena *a, struct str id, struct sitting_open *out);

#endif
