/* The page of one household. */
#ifndef WEB_PAGE_HOUSEHOLD_H
#define WEB_PAGE_HOUSEHOLD_H

#include "app/household_page.h"
#include "web/layout.h"
#include "web/page_contact.h"
#include "web/page_list.h"
#include "web/reply.h"
#include "web/request.h"

/* What a person may decide about a household. */
struct mark_view {
	struct str word;
	struct str say;
	bool chosen;
};

struct household_page {
	const struct layout *layout;
	const struct household_view *household;
	struct str wishes; /* "With a pet, Quiet" */
	struct tiles_view tiles;
	struct why_view why;
	const struct review_line *reviews;
	size_t reviews_n;
	struct referral_link {
		const struct referral_had *had;
		struct str state;
		struct url href;
	} * referrals;
	size_t referrals_n;
	struct url standing; /* the working of months and nights */
	struct url months;   /* the twelve boxes */
	struct str csrf;
	struct url openings; /* that fit it */
	struct url support;  /* what was tried, and more time for it */
	struct url ready;    /* papers, needs and wishes */
	struct url mark;     /* where the form of a decision goes */
	struct url move;     /* to another region's list */
	struct url contact;  /* with them, written down */
	const struct contact_row *contacts;
	size_t contacts_n;
	struct url nomination;
	struct url split; /* somebody leaves */
	struct url corrections;
	struct url laws;     /* facts under laws of their own */
	struct url releases; /* what they agreed to */
	struct url adjustment;
	struct url shown;
	const struct mark_view *marks;
	size_t marks_n;
	struct url flag; /* where the forms of flags go */
	struct str flag_error;
	bool at_risk;      /* the tenancy is */
	bool has_due;      /* the flags have */
	struct str error;  /* of the form of a decision */
	struct str today;  /* 2026-11-21 */
	struct str reason; /* as it was typed */
};

extern const struct form_spec mark_form;
extern const struct form_spec household_flag_form;
must err_t page_household(struct request *rq, struct reply *out);
must err_t page_household_mark(struct request *rq, struct reply *out);
must err_t page_household_flag(struct request *rq, struct reply *out);

#endif
