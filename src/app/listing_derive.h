/* Between listing_derive.c, which finds households again, and listing_store.c, which writes rows. */
#ifndef APP_LISTING_DERIVE_H
#define APP_LISTING_DERIVE_H

#include "app/listing.h"
#include "app/listing_code.h"
#include "app/roster.h"
#include "domain/ledger.h"
#include "domain/listing.h"

#define LISTING_FOREVER 2147483647

/* A household that the roster's rows are about, by number. */
struct listing_home {
	uint32_t number; /* household_no */
	uint32_t row;    /* of the listing */
	bool fresh;      /* it is new: the household itself is to be written */
};

struct listing_derivation {
	struct call *c;
	struct arena *a; /* lives as long as the derivation */
	struct roster_fill *f;
	const struct import_progress *progress;
	int64_t now, no;
	int64_t last;            /* the highest number of a household in the database */
	struct ledger_when when; /* which months are open */
	uint32_t *home;          /* by person: the household they were in, or 0; HOME_HEAD beside it */
	uint32_t *ties;          /* by household number */
	uint32_t *number;        /* by person whom a household is named after: its number, or 0 */
	struct listing_codes codes;
	struct listing list;
	struct listing_home *homes; /* one per row, by number */
};

/* What people decided about the person's household (household_mark.kind), told to the roster before it is
 * settled. */
void listing_mark_apply(const struct roster_fill *f, struct roster *r, uint32_t person, struct str kind, struct day day,
			struct str region_id);

/* Works the list out, as far as what is in `d`; how many households are on the visible one goes to
 * *before. Nothing is written. */
must err_t listing_work_out(struct listing_derivation *d, int64_t *before);

/* Writes what differs. */
must err_t listing_store(struct listing_derivation *d);

#endif
