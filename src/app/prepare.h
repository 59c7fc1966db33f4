/* Getting a conference ready in ten minutes: what is still to be seen to, who should be at the table, and whether the
 * facilitator can be fair. For who may plan it.
 *
 * An agency comes where the series of meetings names somebody for it (app/series.h), or where it has somebody who takes
 * part in the region's conferences. Invitations are suggested to agencies that work with the households of the queue
 * and have a memorandum in force; protected households and victim service providers are left out of every count.
 */
#ifndef APP_PREPARE_H
#define APP_PREPARE_H

#include "app/app.h"
#include "domain/coverage.h"

enum { PREPARE_AGENCIES = 8, EXPORT_DAYS = 3 };

struct prepare_check {
	struct str what; /* "The list is fresh" */
	struct str say;  /* "The newest export is of 18 Nov 2026." */
	struct day due;  /* DAY_NONE: no day of its own */
	bool done;
};

struct prepare_agency {
	struct str name;
	int queue;  /* households of the queue that it serves */
	int lift;   /* households of the region's list that it alone would add */
	int points; /* of the meter */
	bool comes, memorandum;
};

struct prepare_view {
	struct str id, title, region_id, day;
	struct prepare_check *checks;
	size_t checks_n;
	int done;                        /* of the checks */
	struct coverage coverage;        /* of the region's active households */
	struct prepare_agency *agencies; /* those to ask: that do not come and serve somebody, the queue's first */
	size_t agencies_n;
	struct str most;         /* "Fen Shelter would lift it most: by 12 to 74 %." ; empty: nobody would */
	struct str *facilitator; /* knows the process, connected, free of interest in households and in homes */
	size_t facilitator_n;
	bool interest;         /* a conflict of interest is likely */
	struct str sitting_id; /* the business meeting before it; empty: none */
};

/* ERR_MISSING for who may not plan it; ERR_CONFLICT once it has begun. */
must err_t app_prepare(struct call *c, struct str conference, struct prepare_view *out);

/* Word from who cannot come: a household that the actor's agency serves, in a conference to come. */
struct word_row {
	struct str conference_id, card_id;
	struct str called; /* as the actor may see it */
	struct str region, day;
	int sent; /* how often word was sent */
};
struct word_view {
	struct word_row *rows; /* by day, in the order of the queue */
	size_t rows_n;
};
must err_t app_word_rows(struct call *c, struct word_view *out);

struct word_sent {
	const struct pii *changed, *blocked, *next; /* each may be NULL, not all */
};
/* Sends it: it stands on the card when its turn comes. ERR_DENIED: the agency does not serve the household;
 * ERR_CONFLICT: the conference has begun; ERR_INVALID: no words. */
must err_t app_word_send(struct call *c, struct str conference, struct str card, const struct word_sent *word);

#endif
