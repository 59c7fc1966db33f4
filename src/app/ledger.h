/* The monthly ledger of the list, whole or a part of it, and since when it adds up.
 *
 * A part is a region, or what a filter of the list lets through, by the households' facts of today: each has
 * its own ledger, and each balances, because every household brings its own entries. Households that are on
 * the list no more (joined with another one, taken out of the HMIS) count in the whole and as unassigned.
 *
 *     struct ledger_ask ask = {.from = from, .to = to, .region = S("4")};
 *     struct ledger_view view;
 *     TRY(app_ledger(c, &ask, &view));
 *     for (size_t i = 0; i < view.ledger.n; i++) …
 */
#ifndef APP_LEDGER_H
#define APP_LEDGER_H

#include "app/list.h"
#include "domain/ledger_small.h"

enum { LEDGER_MONTHS_MOST = 600, LEDGER_MONTHS_USUAL = 12 };

struct ledger_ask {
	int32_t from, to;  /* months; LEDGER_NO_MONTH: the usual ones up to the last there is */
	struct str region; /* number, name or id; empty: all */
	bool unassigned;   /* those of no region */
	struct str where;  /* a filter of the list; empty: everybody */
};

struct ledger_view {
	struct day as_of;
	struct str part; /* what it is about, for people: "Region 4 · chronic: verified"; empty: the whole list */
	struct str region_id;
	struct ledger ledger;
	const struct ledger_mask *masks; /* by month; NULL: everything may be told */
	bool hidden;                     /* some cell is */
	int32_t last;                    /* the last month that there is for this viewer */
	bool open;                       /* … and it is the current one, still changing */
	struct list_choice *regions;     /* all of them, with an empty value; the regions; "none" */
	size_t regions_n;
};

/* The operator and roles that may see the list get every number; others (lead agencies, administrators) get
 * closed months, no filter, and no small cell (domain/ledger_small.h). ERR_DENIED, ERR_MISSING for a region,
 * ERR_INVALID for months that are none and a filter that cannot be read. Months after the last are left out. */
must err_t app_ledger(struct call *c, const struct ledger_ask *ask, struct ledger_view *out);

#endif
