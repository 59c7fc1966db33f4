/* Cycles: the households that a region's conferences work through (domain/cycle.h has the rules). A region has one
 * open cycle of its whole list, and one of each of its working lists (app/worklist.h): `list` says which is meant.
 *
 * Starting, skipping, adding and ending are for who plans the region's conferences: its list holder
 * and its specialists. Every act is journaled on the region. Reasons are sealed and shown to those who
 * plan.
 */
#ifndef APP_CYCLE_H
#define APP_CYCLE_H

#include "app/household.h"
#include "app/worklist.h"
#include "base/pii.h"
#include "domain/cycle.h"

struct cycle_seat {
	struct household_face face;
	struct str joined; /* "among the most critical at the start, 20 Oct 2026" */
	struct str why;    /* "Several needs that meet": why it was added; empty: it was not */
	struct str ended;  /* "housed, 3 Nov 2026"; empty: has the seat */
	struct str by;     /* who decided; empty: the list */
	struct str reason; /* to those who plan; empty: none was needed */
	bool reconnect;    /* inactive on the list: keeps its seat, in the lane to reconnect */
	bool out_of_order; /* skipped or added by a person */
};

struct cycle_view {
	struct str region_id;
	struct str region;      /* "Region 4" */
	struct worklist list;   /* whose cycle it is; empty: the region's whole list */
	struct worklist *lists; /* the region's working lists, by name */
	size_t lists_n;
	bool open; /* there is a cycle */
	struct str id;
	int number;
	int size;
	int goal;
	struct str started; /* "20 Oct 2026" */
	struct cycle_seat *seats;
	size_t seats_n;
	struct cycle_seat *freed; /* ended or skipped, newest last */
	size_t freed_n;
	struct household_face *next; /* the first on the list that have no seat */
	size_t next_n;
	struct str conference_id; /* planned or running; empty: none */
	struct str conference_day;
	bool conference_live;
	bool can_plan;
	struct str dates_held; /* how target dates turned out, for learning; empty: nothing to tell yet */
};

/* The list's cycle. ERR_DENIED for who has nothing to do with the region. */
must err_t app_cycle(struct call *c, struct worklist_ref list, struct cycle_view *out);

/* One decision of a person against the order of the list. */
struct cycle_decision {
	struct household_face face;
	int number;      /* of the cycle */
	struct str what; /* "added out of order", "skipped", "no longer eligible" */
	struct str when; /* "3 Nov 2026" */
	struct str by;
	struct str reason; /* to those who plan */
};
struct cycle_decisions_view {
	struct str region;
	struct str list;             /* name of the working list; empty: the whole list */
	struct cycle_decision *rows; /* over all cycles, newest first */
	size_t rows_n;
};

/* Who was passed over, taken out of order or ended by a person, and why: the order is followed, or it
 * is on this list. ERR_DENIED for who has nothing to do with the region. */
must err_t app_cycle_decisions(struct call *c, struct worklist_ref list, struct cycle_decisions_view *out);

/* Starts a cycle of at least `size` households with a goal of move-ins a month (0: none). Where one is
 * open it ends, and everybody who has a seat in it keeps it in the new one. */
must err_t app_cycle_start(struct call *c, struct worklist_ref list, int size, int goal);

/* The size and the goal of the open cycle. */
must err_t app_cycle_set(struct call *c, struct worklist_ref list, int size, int goal);

/* Looks at the list again: frees seats by what the list says (housed, deceased, moved away, no longer
 * eligible) and lets in who became more critical. Planning and starting a conference do the same. */
must err_t app_cycle_refresh(struct call *c, struct worklist_ref list);

/* Out of order, with a reason of ten characters or more: the household (its id) is passed over, gets a
 * seat, or gives it up by a named ending. Who is added comes for at least one of the six reasons of
 * domain/airtime.h (`why`: a set of them); one that is housed comes to an add-on review. */
must err_t app_cycle_skip(struct call *c, struct worklist_ref list, struct str household, const struct pii *reason);
must err_t app_cycle_add(struct call *c, struct worklist_ref list, struct str household, unsigned why,
			 const struct pii *reason);
must err_t app_cycle_free(struct call *c, struct worklist_ref list, struct str household, enum cycle_ending ending,
			  const struct pii *reason);

/* --- for other use cases, inside their transactions --- */

/* The same as app_cycle_refresh for an open cycle. */
must err_t cycle_refresh(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, struct str cycle_id,
			 int size);

/* ERR_INVALID for a size or a goal that no cycle has. */
must err_t cycle_check(struct arena *a, int size, int goal);

/* The same as app_cycle_start; and the end of the open cycle, where there is one, without a next one. */
must err_t cycle_begin(struct call *c, struct db *db, struct arena *a, struct worklist_ref list, int size, int goal);
must err_t cycle_end(struct call *c, struct db *db, struct arena *a, struct worklist_ref list);

/* For app/region_move.c: the household's seats in the open cycles of a region end there, and it has one in the open
 * cycle of the other region's whole list: working lists are of one region. */
must err_t cycle_move(struct call *c, struct db *db, struct arena *a, int64_t household, struct str from_region,
		      struct str to_region);

/* For app/household_split.c: who leaves a household that has seats in the region's open cycles has them too; and gives
 * them up again. */
must err_t cycle_share(struct call *c, struct db *db, struct arena *a, struct str region_id, int64_t household,
		       int64_t leaving);
must err_t cycle_unshare(struct call *c, struct db *db, struct arena *a, int64_t household);

#endif
