/* Regions from a file: which county, and which project, belongs where.
 *
 * A CSV with the columns region, county and project_id, in any order. A row without a project puts its
 * county into its region, or into none where region is empty; a row with a project says in which county
 * it stands. A region is known by its name; a number at the end of the name ("Region 7") is its number,
 * others get the next that is free. What the file does not mention stays as it was.
 *
 * A fourth column, borders, may name the counties that border a row's county, with ";" between; said of one of two,
 * it holds for both. Borders that are known already stay: one is taken back on the page of regions
 * (app/region_page.h).
 *
 *     region,county,project_id,borders
 *     Region 1,Larkmere County,,Tansydell County;Osier County
 *     Region 1,Larkmere County,PR-0101,
 */
#ifndef APP_REGION_H
#define APP_REGION_H

#include "app/app.h"

struct region_import_view {
	int64_t regions;    /* in the file */
	int64_t counties;   /* in the file */
	int64_t unassigned; /* of these, without a region */
	int64_t projects;   /* in the file */
};

enum { REGION_FILE_MAX = 64 << 20 };

/* Reads the file whole or not at all, and derives the list anew. Operators and those who may set
 * regions. ERR_MISSING: no file. ERR_INVALID: not such a file, with the line; a county in two regions,
 * a project in two counties, a border with a county that nobody knows. */
must err_t app_region_import(struct call *c, const char *path, struct region_import_view *out);

/* Works out in which regions each agency works: where it runs a project on the day, in a county of the region, or
 * anchors it. Follows every import and every new day; inside a transaction. */
must err_t region_agencies_put(struct db *db, struct arena *a, int64_t import_no, struct day today);

#endif
