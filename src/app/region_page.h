/* The CoC as a map, for administrators: regions with their anchor agency and counties, whether each hangs together, who
 * works in each county, and what can be changed about it.
 *
 * No person is on it. Counts of households are hidden as app/counts.h hides them, and so that none follows from a
 * region's number there. A victim service provider is counted where it works and not named: where it is may be what
 * keeps people safe.
 *
 *     TRY(app_regions(c, &view));
 *     TRY(app_county_move(c, S("Larkmere County"), region_id));
 */
#ifndef APP_REGION_PAGE_H
#define APP_REGION_PAGE_H

#include "app/counts.h"

struct region_county_row {
	struct str name;
	struct str borders;  /* "Fen County, Osier County (Region 2)"; empty: none is known */
	struct str agencies; /* by name; empty: none */
	size_t agencies_n;
	struct count households; /* active */
	bool low;                /* coverage */
};

struct region_card {
	struct str id, name;
	int64_t number;
	struct str anchor_id, anchor; /* agency; empty: none yet */
	struct region_county_row *counties;
	size_t counties_n;
	struct str *say; /* where its counties do not hang together */
	size_t say_n;
};

struct region_named {
	struct str id, name;
};

struct regions_view {
	struct region_card *regions; /* in the order people count them */
	size_t regions_n;
	struct region_county_row *loose; /* counties without a region */
	size_t loose_n;
	struct str *counties; /* all, by name */
	size_t counties_n;
	struct region_named *agencies; /* that may anchor a region, by name */
	size_t agencies_n;
	int per_agency; /* households to each agency, above which coverage is low */
	bool hidden;    /* some count is */
};

/* All of it. ERR_DENIED: not for the actor. */
must err_t app_regions(struct call *c, struct regions_view *out);

struct region_put {
	struct str id; /* empty: a new region */
	struct str name;
	struct str anchor; /* an agency's id: every region has one */
};

/* Adds a region, or renames it and says who anchors it. ERR_INVALID: no name, no agency; ERR_CONFLICT: another region
 * is called so; ERR_MISSING: no such region or agency. */
must err_t app_region_put(struct call *c, const struct region_put *r);

/* Moves a county to a region, or with an empty id to none, and derives the list anew: its households are on the other
 * region's list from then on, but for those that two list holders moved. ERR_MISSING: no such county or region;
 * ERR_CONFLICT, ERR_RETRY as app_listing_refresh_with, and nothing has changed then. */
must err_t app_county_move(struct call *c, struct str county, struct str region_id);

/* Adds a county that no file has named yet, to a region or with an empty id to none. ERR_CONFLICT: it is there;
 * ERR_INVALID: no name; ERR_MISSING: no such region. */
must err_t app_county_add(struct call *c, struct str county, struct str region_id);

/* Two counties border each other, or do not. ERR_MISSING: no such county; ERR_INVALID: twice the same. */
must err_t app_county_border(struct call *c, struct str county, struct str neighbour, bool there);

/* Keeps a border, inside a transaction. */
must err_t region_border_put(struct db *db, struct arena *a, struct str county, struct str neighbour);

#endif
