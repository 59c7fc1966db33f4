/* What people see of referrals: the queue, and one of them.
 *
 * Who plans a region's conferences sees its referrals; an agency those it receives, and those of households that it
 * serves. Households are faces (app/household.h), so a name stands where access decides so, and a code elsewhere.
 *
 *     struct referral_queue queue;
 *     TRY(app_referrals(c, &queue));
 */
#ifndef APP_REFERRAL_VIEW_H
#define APP_REFERRAL_VIEW_H

#include "app/household.h"
#include "app/referral.h"

enum { REFERRAL_KEPT_DAYS = 90 };

struct referral_row {
	struct str id;
	bool chosen; /* a household is; else the next two say nothing */
	struct household_face face;
	struct str region_id, region, opening_id, agency_id, agency, program;
	enum policy_kind kind;
	enum referral_source source;
	enum referral_state state;
	struct day asked, due; /* of the request: the day it is due to be issued, as the calendar stands */
	struct day issued;     /* DAY_NONE: not yet */
	enum referral_clock clock;
	struct day since;   /* of the last step */
	struct day answer;  /* the day by which the next one is expected; DAY_NONE: it is over */
	struct day expires; /* ends by itself behind this day */
	bool late;          /* that day has passed */
	struct day ended;
	struct str reason; /* of a decline, in words */
	bool review;       /* its decline waits to be looked at */
	bool plans, receives, sends;
};

/* What an agency has to answer (Counts: outstanding incoming, by agency and age). */
struct referral_load {
	struct str agency;
	size_t n, late;
	int oldest; /* days since the last step */
};

struct referral_queue {
	struct referral_row *rows; /* open ones, the oldest request first */
	size_t rows_n;
	struct referral_row *ended; /* in the last REFERRAL_KEPT_DAYS; those whose decline waits first */
	size_t ended_n;
	struct referral_load *loads;
	size_t loads_n;
	size_t issued_n, in_time_n; /* of those days */
	bool may_ask;               /* for the own agency */
	struct str contact, reach;  /* of the own agency */
};
must err_t app_referrals(struct call *c, struct referral_queue *out);

struct referral_line {
	struct day day;
	struct str say, by, reason, note; /* `note`: as the viewer may read it */
};

struct referral_task_row {
	enum referral_task task;
	struct str owner_id, owner;
	struct day due, done;
	struct str done_by;
	bool late;
};

struct referral_person {
	struct str id, name; /* "Dana Reed, Housing Now" */
};

struct referral_hmis {
	struct str what, value;
};

struct referral_view {
	struct referral_row row;
	struct str asked_by;
	int rank; /* its place when it was matched; 0: not known */
	struct str contact, reach;
	struct str plan;             /* how to reach the household: the newest */
	struct referral_line *lines; /* the newest first */
	size_t lines_n;
	struct referral_task_row tasks[REFERRAL_TASKS_N];
	struct referral_person *people; /* who may see to something */
	size_t people_n;
	struct referral_hmis *hmis; /* what to copy for the head of household; none: `hmis_not` says why */
	size_t hmis_n;
	struct str hmis_not;
	bool may_write, may_review, may_appeal;
};
/* ERR_MISSING for one that is not the actor's to see: the two look alike. */
must err_t app_referral(struct call *c, struct str id, struct referral_view *out);

/* Of one household, for its page; for who may read notes about it. Inside a transaction. */
struct referral_had {
	struct str id, agency, program;
	enum referral_state state;
	struct day day;
};
must err_t referrals_had(struct db *db, struct arena *a, const struct household_face *face, struct referral_had **out,
			 size_t *n);

/* --- what has to be arranged --- */

struct referral_task_said {
	struct str id;
	enum referral_task task;
	struct str owner; /* id; empty: nobody yet */
	struct day due;   /* DAY_NONE: none */
	bool done;
};
/* By who plans, receives, or serves the household. */
must err_t app_referral_task(struct call *c, const struct referral_task_said *said);

/* Whom to call at the actor's own agency about referrals. */
must err_t app_referral_contact(struct call *c, struct str name, struct str reach);

#endif
