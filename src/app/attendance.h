/* Checking in is the attendance: who was in the room, from when to when, in which role.
 *
 * Whoever leads the conference, facilitates or writes may come in; a provider whose agency works in
 * the region too. Nobody of a lead agency: ERR_DENIED. A closed conference takes nobody in. Who would
 * take a name off the shared screen waits in its lobby first (app/stage.h). Journal
 * rows "attendance.…" on the conference.
 */
#ifndef APP_ATTENDANCE_H
#define APP_ATTENDANCE_H

#include "app/app.h"
#include "base/pii.h"

struct meeting;

/* How somebody wishes to be called in the room; each may be NULL. It is kept for their next check-in. */
struct attendance_wish {
	const struct pii *called;   /* at most 60 characters */
	const struct pii *pronouns; /* at most 30 */
};

/* The actor comes in; again is no error. They are called as they wished last time. */
must err_t app_attendance_in(struct call *c, struct str conference);

/* The same, with a wish; ERR_INVALID for one that is too long. */
must err_t app_attendance_in_as(struct call *c, struct str conference, const struct attendance_wish *wish);

/* The actor leaves. */
must err_t app_attendance_out(struct call *c, struct str conference);

/* The facilitator or the scribe checks somebody in (who sits in the room without a device) or out. */
must err_t app_attendance_in_for(struct call *c, struct str conference, struct str user_id);
must err_t app_attendance_out_for(struct call *c, struct str conference, struct str user_id);

/* The facilitator or the scribe says how somebody in the room wishes to be called, and whoever is there for themselves.
 * ERR_MISSING: they are not there. */
must err_t app_attendance_wish(struct call *c, struct str conference, struct str user_id,
			       const struct attendance_wish *wish);

/* For app/conference.c, inside its transaction: somebody is in the room from now on, or in its lobby. */
must err_t attendance_in(struct meeting *m, struct str user_id);

/* For the views of a conference: how those who came wish to be called, and how the actor did last. */
struct attendance_called {
	struct str user_id;
	struct str called, pronouns; /* each may be empty */
};
must err_t attendance_wishes(const struct meeting *m, struct attendance_called **out, size_t *n);
must err_t attendance_wish_last(const struct meeting *m, struct str user_id, struct attendance_called *out);

#endif
