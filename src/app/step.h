/* Action steps: agreeing on one, reading it back, saying what became of it.
 *
 * The facilitator and the scribe write every step. A provider who is checked in answers the steps of
 * the own agency, and adds steps for people of the own agency to households that it serves. Dates that
 * fall on a closed day move to the next open one. Every change is a line of the step's history and a
 * journal row "step.…" on the conference.
 */
#ifndef APP_STEP_H
#define APP_STEP_H

#include "app/household.h"
#include "app/meeting.h"
#include "app/question.h"
#include "app/worklist.h"
#include "base/pii.h"
#include "domain/step.h"

struct step_new {
	const struct pii *words;
	struct str owner_id; /* one of the conference's people; empty: still missing */
	struct day due;      /* DAY_NONE: still missing */
	struct str id; /* app_step_add: an id (base/id.h) that the form drew, so that it can be sent twice; or empty */
};

struct step_said {
	struct str id;
	struct str read_back; /* "Priya will tour … by Monday 23 November. Right?" */
	struct day due;       /* as kept */
	bool moved;           /* the date fell on a closed day and was moved on */
};

/* Adds a step to a card and gives the sentence to read back. One that the actor has added already is only read back
 * again: the answer was lost. */
must err_t app_step_add(struct call *c, struct str conference, struct str card, const struct step_new *step,
			struct step_said *out);

/* Puts owner and date right and, for a step that was agreed in this conference, its text (NULL words:
 * as they are). It is read back again. */
must err_t app_step_change(struct call *c, struct str conference, struct str step, const struct step_new *to,
			   struct step_said *out);

/* The room has said "right". */
must err_t app_step_confirm(struct call *c, struct str conference, struct str step);

/* What became of it: done, not yet, changed, dropped. `due` is a new date for "not yet" (DAY_NONE: as
 * it is). */
must err_t app_step_answer(struct call *c, struct str conference, struct str step, enum step_state answer,
			   struct day due);

/* One line of the action register. */
struct step_line {
	struct str id;
	struct household_face face;
	struct str words; /* as the viewer may read them */
	struct str owner; /* empty: none */
	struct str agency;
	struct str due; /* "Mon 23 Nov 2026"; empty: none */
	int overdue_days;
	struct str state;
	struct str agreed; /* day of the conference */
	struct str lacks;  /* "an owner and a date"; empty: nothing */
	bool mine;         /* the viewer's own */
	bool ours;         /* of the viewer's agency */
};

struct step_register_view {
	struct str region_id;
	struct str region;
	struct step_line *steps; /* what is overdue, then what has no date, then by date */
	size_t steps_n;
	struct question_line *questions; /* that are open, by day */
	size_t questions_n;
	int overdue;
	int lacking;
	bool more; /* there are more than are shown */
};

/* The action register of a region: everything that is still to be done. */
must err_t app_step_register(struct call *c, struct str region_id, struct step_register_view *out);

/* What a region's next meeting begins with, in a sentence: "4 steps are carried over. Overdue: Alder Agency 2,
 * no agency 1." `db` is in a transaction of any mode. */
must err_t step_carried_over(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, struct str *out);

/* Inside the transaction of a use case: a step for a household of the region. `more` stands in the journal behind its
 * id. */
must err_t step_put(struct meeting *m, int64_t household, const struct step_new *in, struct str more,
		    struct step_said *out);

/* For app/conference.c: the steps of a household that are not finished become "carried". *carried
 * counts them up. */
must err_t step_carry_all(struct meeting *m, int64_t household, size_t *carried);

/* Free text about a household as its viewer may read it: with the names taken out where the viewer
 * sees a code (all of it, where the names are not known), as it is for those who may read notes about
 * the household or who write it: `writes`, for which step_reads_typed is needed. Where somebody reads a name in
 * it that stands behind a code, the household was named to them, and that is noted in c->shown. */
/* Whether the actor may read what was typed as it was typed where they write it: a role with CAN_RECORD, a memorandum
 * in force and a signature. */
bool step_reads_typed(const struct call *c);
struct str step_words_for(struct call *c, struct arena *a, const struct household_face *face, bool writes,
			  const struct pii *words);

#endif
