/* The quick scan of a conference that runs: everybody on its list of whom it has not spoken, one line each.
 *
 * Who is in the room reads the lines, each as far as they may; the facilitator and the scribe say what the room thinks.
 * A household that "needs the next meeting" gets a card there, behind those that have a seat in the cycle, so it takes
 * nobody's place; no rank and no seat changes. Journal rows "scan.mark" and "step.add" on the conference.
 */
#ifndef APP_SCAN_H
#define APP_SCAN_H

#include "app/household.h"
#include "app/meeting.h"
#include "app/next_step.h"
#include "app/step.h"
#include "domain/scan.h"

struct person_row; /* app/conference_view.h */

struct scan_line {
	struct household_face face;
	struct str called;  /* "Joe Smith" or "Household Maple 4821" */
	struct str days;    /* "267 days"; empty: not known */
	struct str contact; /* "4 days ago" */
	struct next_step step;
	struct str due;       /* "Mon 23 Nov 2026" */
	const char *mark;     /* what the room said: key of domain/scan.h; NULL: nothing yet */
	struct str mark_said; /* in words */
	bool next;            /* the first of the page that was not looked at */
};

struct scan_view {
	struct str id;
	struct str title;
	struct str day; /* "Tue 17 Nov 2026" */
	struct str topic;
	int64_t seen; /* number of the last event that this view shows */
	struct scan_line *lines;
	size_t lines_n;
	int page, pages; /* from 1 */
	int first, last; /* which lines of all these are: "51" to "100" */
	int all;         /* households that were not spoken of */
	int looked;      /* of these */
	struct str say;  /* "36 fine, …"; empty: none was */
	int seconds;     /* for one, as the room does it; 0: not known yet */
	bool can_write;
	struct str due_default_iso; /* a week on, an open day */
	struct person_row *people;  /* who can own a step, those in the room first; to who writes */
	size_t people_n;
};

/* The page asked for; 0: the one with the first household that was not looked at. ERR_CONFLICT unless the conference
 * runs, ERR_DENIED for who is not in it. */
must err_t app_scan(struct call *c, struct str conference, int page, struct scan_view *out);

/* What the room says of a household (its id): fine, or for the next meeting. ERR_MISSING for one that is not on the
 * list of the conference or was spoken of in it. */
must err_t app_scan_mark(struct call *c, struct str conference, struct str household, enum scan_mark mark);

/* Somebody takes a step for it. */
must err_t app_scan_step(struct call *c, struct str conference, struct str household, const struct step_new *step,
			 struct step_said *out);

/* What stands in the record: the count, and everybody who is not simply fine. */
struct scan_record_line {
	struct str called;             /* the code, or with names the name that the reader may see */
	struct str words;              /* "for the next meeting", or the step */
	struct str owner, agency, due; /* of a step */
};
struct scan_record {
	int looked;
	struct str say;
	struct scan_record_line *lines;
	size_t lines_n;
};

/* --- for other use cases, inside their transactions --- */
must err_t scan_record(struct meeting *m, bool names, struct scan_record *out);

/* The steps that were taken in it and are not finished are carried over; *carried counts them up. */
must err_t scan_carry(struct meeting *m, size_t *carried);

#endif
