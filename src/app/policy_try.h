/* Try a policy: the list under a draft beside today's, before anybody is bound by it.
 *
 * Who moves and how far is for those who see the list, household by household as each may see it. What
 * the draft does to groups is for everybody, counts under 11 hidden. Protected traits (race, ethnicity,
 * sex, age) are opened in memory for this report alone, over the whole CoC, and shown only to those who
 * see no household: whoever could see both might learn somebody's traits by drafts that move one
 * household at a time. */
#ifndef APP_POLICY_TRY_H
#define APP_POLICY_TRY_H

#include "app/household.h"
#include "app/list.h"
#include "app/policy.h"

enum { TRY_SHOWN = 50, TRY_FIRST = 10 };

struct try_row {
	struct household_face face;
	int place;
	int was;
	struct str decides; /* what parts it from the one before: "Months in 36"; empty for the first */
};

enum try_count { TRY_HOUSEHOLDS, TRY_UP, TRY_DOWN, TRY_FIRST_NOW, TRY_FIRST_THEN, TRY_COUNTS_N };
struct try_cell {
	int64_t n;
	bool hidden;
};
struct try_group {
	struct str say;
	struct try_cell cells[TRY_COUNTS_N];
};
struct try_table {
	struct str title; /* "Race and ethnicity" */
	struct try_group *groups;
	size_t groups_n;
};

struct policy_try_view {
	bool read; /* the draft is a policy; else only `faults` */
	struct policy_faults faults;
	struct policy policy;
	struct str region_id;
	struct str region;           /* "Region 4" */
	struct list_choice *regions; /* the last one is "unassigned" */
	size_t regions_n;
	int households, up, down; /* of the region */
	int new_first;            /* of the first ten, how many were not among them */
	struct try_row *rows;     /* the first of the draft; none for who sees no household */
	size_t rows_n;
	struct try_table *tables; /* over the whole CoC */
	size_t tables_n;
	bool traits; /* the tables of protected traits are among them */
};

/* Tries a text, which may be wrong. An empty region is the actor's own, or the first. */
must err_t app_policy_try(struct call *c, struct str text, struct str region_id, struct policy_try_view *out);

#endif
