/* What the people of a household asked to have put right, and what became of it (domain/correction.h).
 *
 * The person asks any worker who reads what is written about the household, or whose agency serves it; that worker
 * writes the request down and says who sees to it. The due day comes from the setting correction_days. What is wrong in
 * the HMIS is put right in the HMIS: here stands what was asked, and the answer. All of its words are sealed.
 *
 *     TRY(app_correction_ask(c, household_id, &(struct correction_new){words, c->today, owner_id}));
 */
#ifndef APP_CORRECTION_H
#define APP_CORRECTION_H

#include "app/evidence.h"
#include "domain/correction.h"

struct correction_row {
	struct str id;
	enum correction is;
	struct str asked, reason, disagrees;
	struct day asked_on, due, closed_on;
	struct str owner, recorded_by, closed_by;
	bool late; /* open behind its day */
};

struct correction_view {
	struct household_face face;
	struct correction_row *rows; /* the newest first */
	size_t rows_n;
	struct evidence_choice *owners; /* who may see to one */
	size_t owners_n;
	int days; /* from the day of asking to the day it is due */
};

/* ERR_MISSING: no such household, or not for the viewer; ERR_DENIED: not theirs to read. */
must err_t app_corrections(struct call *c, struct str household_id, struct correction_view *out);

struct correction_new {
	const struct pii *words;
	struct day asked_on; /* today or before */
	struct str owner_id; /* of those of the view */
};
must err_t app_correction_ask(struct call *c, struct str household_id, const struct correction_new *k);

/* Somebody else sees to it. ERR_CONFLICT: it is answered. */
must err_t app_correction_give(struct call *c, struct str household_id, struct str id, struct str owner_id);

/* `reason`: what was told to the person; NULL or empty only where it was corrected. */
must err_t app_correction_answer(struct call *c, struct str household_id, struct str id, enum correction answer,
				 const struct pii *reason);

/* The person's own words beside a no. */
must err_t app_correction_disagree(struct call *c, struct str household_id, struct str id, const struct pii *words);

/* --- what is to be seen to, for the list holder of a region; for others what they see to themselves --- */

struct request_row {
	struct household_face face;
	struct day day; /* by when; of a release that never ends DAY_NONE */
	bool late;      /* it is behind its day */
	struct str say; /* "Asked on 3 Nov 2026; Dana Cole sees to it" */
};
struct request_view {
	struct request_row *corrections; /* by the day they are due */
	struct request_row *renew;       /* agreed with an older version of a form; by the day that ends */
	struct request_row *offer;       /* said no, and may be asked again */
	size_t corrections_n, renew_n, offer_n;
	bool holder; /* the last two are filled: the viewer holds a list */
};
must err_t app_requests(struct call *c, struct request_view *out);

#endif
