/* The assessments of one person that gave a result: with which tool, where, when.
 *
 * Opened from the sealed dossiers, so only for a viewer whom domain/access shows facts and places in full;
 * asking that is the caller's business. The score that counts for the place is in listing.h; this is what
 * it came from, and what other tools said.
 */
#ifndef APP_ASSESSED_H
#define APP_ASSESSED_H

#include "app/app.h"

struct assessed_row {
	struct day day;
	struct str tool;   /* AssessmentResultType, as the HMIS has it */
	struct str result; /* as the HMIS has it */
	struct str agency; /* that runs the project it was made in */
};

/* Newest first; *n of them in the arena. `db` is in a transaction of any mode, `now` is hmis_now.import_no. */
must err_t app_assessed(struct call *c, struct db *db, struct arena *a, int64_t client_no, int64_t now,
			struct assessed_row **out, size_t *n);

#endif
