/* Demands by law and breaches: everybody tells, one named officer sees and works through them (domain/incident.h).
 *
 * What is told is sealed, and read by privacy officers alone: whoever told it does not see it again. Every act is in
 * the journal, under the incident.
 *
 *     TRY(app_incident_tell(c, INCIDENT_DEMAND, words, &officers));
 */
#ifndef APP_INCIDENT_H
#define APP_INCIDENT_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/incident.h"

enum { INCIDENT_WORDS = 4000 };

/* The names of the privacy officers, "Quinn Example, Ray Example"; empty: there is none yet. */
must err_t app_incident_officers(struct call *c, struct str *names);

/* Somebody signed in tells of one. ERR_INVALID: no words, or too many. */
must err_t app_incident_tell(struct call *c, enum incident_kind kind, const struct pii *words);

struct incident_step_row {
	const struct incident_step *step;
	bool done;
	struct str by;
	struct day on;
	struct str note;
};

struct incident_row {
	struct str id;
	enum incident_kind kind;
	struct str about;
	struct str told_by;
	struct day told, due;
	bool late; /* open behind its day */
	struct incident_step_row *steps;
	size_t steps_n, done_n;
	struct str outcome;
	struct str closed_by; /* empty: it is open */
	struct day closed;
};
struct incidents_view {
	struct incident_row *rows; /* open ones first, then the newest; 200 at most */
	size_t rows_n, open_n;
};

/* For privacy officers. */
must err_t app_incidents(struct call *c, struct incidents_view *out);

/* A step is done; `note` may be NULL. ERR_MISSING: no such incident or step; ERR_CONFLICT: it was done already, or the
 * incident is closed. */
must err_t app_incident_step(struct call *c, struct str id, struct str step, const struct pii *note);

/* It is over, and what came of it. ERR_INVALID: no word of that. */
must err_t app_incident_close(struct call *c, struct str id, const struct pii *outcome);

#endif
