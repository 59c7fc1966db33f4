/* The stage of a conference: the screen that the whole room sees, its lobby, and what is checked before a name
 * stands there. The rules are in domain/stage.h.
 *
 * Whoever facilitates, writes the record or leads the conference opens it and lets people in. Journal rows
 * "stage.check", "attendance.admit", "attendance.out" and "attendance.guest" on the conference.
 */
#ifndef APP_STAGE_H
#define APP_STAGE_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/stage.h"

/* Something was checked, or holds no longer. */
must err_t app_stage_check(struct call *c, struct str conference, enum stage_check check, bool on);

/* Somebody without an account is in the room or on the line, and waits in the lobby. `called` says who it is. */
must err_t app_stage_guest(struct call *c, struct str conference, const struct pii *called);

/* Lets somebody in who waits, by the id of the user or of the guest; or sends them away, which ends the stay of a guest
 * who is in too. ERR_CONFLICT where nobody of that id waits. */
must err_t app_stage_admit(struct call *c, struct str conference, struct str who);
must err_t app_stage_turn_away(struct call *c, struct str conference, struct str who);

/* One household in the row of numbers. */
struct stage_seat {
	int number;
	bool done, shelved, now;
};

struct stage_step {
	struct str words;  /* empty: they stay on people's own devices */
	struct str agency; /* of the owner; empty: nobody yet, or it would tell too much */
	struct str due;
	bool done;
};

/* What stands on the stage: nothing that one of those present may not see. */
struct stage_view {
	struct str id;
	struct str title;
	struct str topic; /* for live events */
	int64_t seen;
	bool planned, live, closed;
	bool ready;      /* everything was checked */
	struct str part; /* of the agenda: "Work the list" */
	struct str what; /* is done in it */
	bool agreements; /* they are read now */
	struct stage_seat *seats;
	size_t seats_n;
	int done;
	struct str time; /* "12 of 60 min · on pace" */
	struct str goal; /* "November: 4 of 6 dated"; empty: none */

	bool open; /* a household is talked about */
	bool named;
	int number;
	struct str called; /* "Joe" or "Household Juniper" */
	struct str sentence;
	int used_seconds, allotted_seconds;
	struct str left; /* "2:10" */
	bool over;
	bool follow_up, barrier, step, target, review, tell; /* what is done */
	struct stage_step *steps;
	size_t steps_n;
};

/* The stage as it is now. ERR_DENIED for who does not lead, facilitate or write. */
must err_t app_stage(struct call *c, struct str conference, struct stage_view *out);

/* Beside the cockpit, for the same people. */
struct check_row {
	struct str key;
	struct str words;
	struct str at; /* "14:02"; empty: not yet */
};

struct lobby_row {
	struct str id;      /* of the user or the guest */
	struct str who;     /* "Robin Hale, Elm House" */
	struct str why;     /* they wait; empty: they are covered */
	struct str changes; /* "9 of 12 names go off the stage." */
};

struct aloud_row {
	int number;      /* in the queue */
	struct str word; /* "Household Juniper" */
};

struct stage_panel {
	struct check_row checks[STAGE_CHECK_N];
	bool ready;
	int named, of;
	struct str says;          /* "The name may be said aloud for 9 of 12." */
	struct str because;       /* who is in the room and may hear no name: "Robin Hale, Elm House" */
	struct aloud_row *others; /* those who are not to be named */
	size_t others_n;
	struct lobby_row *lobby;
	size_t lobby_n;
};

#endif
