/* The page of one household: who it is, why it stands where it stands, what is being done. */
#ifndef APP_HOUSEHOLD_PAGE_H
#define APP_HOUSEHOLD_PAGE_H

#include "app/assessed.h"
#include "app/contact.h"
#include "app/evidence.h"
#include "app/joined.h"
#include "app/list_panel.h"
#include "app/needs.h"
#include "app/quality.h"
#include "app/referral_view.h"

struct member_row {
	struct str called; /* name, or "Member 2" where names are not for the viewer */
	struct str what;   /* "head", "child", "spouse or partner" … */
	struct str hmis_id;
	int age; /* −1: not known or not for the viewer */
};

struct step_row {
	struct str text; /* empty: for others' eyes */
	struct str owner;
	struct str agency;
	struct day due;
	struct str state;
	bool live;
	bool overdue;
};

struct target_row {
	struct day day;
	struct day set;
	bool holds;
};

/* A change of status in the household's history. */
struct change_row {
	struct day day;
	struct str say;    /* "Moved into housing." */
	struct day learnt; /* when an import or a decision brought it */
};

struct household_view {
	struct list_panel *panel;
	struct str region;
	struct preference_words wishes; /* theirs, for who may read notes */
	struct list_tile *tiles;
	size_t tiles_n;
	struct member_row *members; /* none where facts are coarse */
	size_t members_n;
	struct step_row *steps; /* newest first; none where facts are coarse */
	size_t steps_n;
	struct evidence_task *tasks; /* months that somebody is getting documented */
	size_t tasks_n;
	struct contact_line *contacts; /* the newest that somebody wrote down */
	size_t contacts_n;
	struct referral_had *referrals; /* newest first; for who may read notes */
	size_t referrals_n;
	struct target_row *targets; /* newest first; none where facts are coarse */
	size_t targets_n;
	struct change_row *changes; /* on the list and off it, newest first; none where facts are coarse */
	size_t changes_n;
	struct assessed_row *scores; /* of the head, newest first; for who may know where it was seen */
	size_t scores_n;
	struct quality_items flags;
	struct review_row *reviews; /* adjustments and nominations to be looked at again; none where facts are coarse */
	size_t reviews_n;
	struct str omitted;   /* why it was assessed and is not on the list; empty: it is, or that is for others */
	struct str here;      /* why it is in its region's cycle out of order; empty: it is not */
	struct day at_risk;   /* since when its tenancy is; DAY_NONE: it is not, or that is for others */
	struct str move;      /* "Region 7 asks to take this household over."; empty: none waits, or it is for others */
	bool can_move;        /* the viewer may ask for a move to another region's list, or answer one */
	struct joined joined; /* records of one person that it counts together */
	bool absent;          /* from the newest export, and nobody has decided about it */
	bool can_mark;        /* the viewer holds this household's list, or it is unassigned and they hold one */
};

/* ERR_MISSING for a household that does not exist or that the viewer may see nothing of: the two
 * look alike. */
must err_t app_household_page(struct call *c, struct str id, struct household_view *out);

#endif
