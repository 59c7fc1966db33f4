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

struct meeting;

/* The actor comes in; again is no error. */
must err_t app_attendance_in(struct call *c, struct str conference);

/* The actor leaves. */
must err_t app_attendance_out(struct call *c, struct str conference);

/* The facilitator or the scribe checks somebody in (who sits in the room without a device) or out. */
must err_t app_attendance_in_for(struct call *c, struct str conference, struct str user_id);
must err_t app_attendance_out_for(struct call *c, struct str conference, struct str user_id);

/* For app/conference.c, inside its transaction: somebody is in the room from now on, or in its lobby. */
must err_t attendance_in(struct meeting *m, struct str user_id);

#endif
