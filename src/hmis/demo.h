/* A made-up Continuum of Care as a FY2026 HMIS CSV export: to try the software, to teach, to measure.
 *
 * Everything in it is invented and meant to be recognised as invented: the state XX, 101 counties, 72
 * agencies, names made of plants, stones, weather and household things, Social Security numbers from
 * areas that were never issued. It has the shape of a real balance-of-state CoC: for each person some 3
 * enrollments, 2.65 exits, 10 services and 3.9 KB over four years, and the errors that real exports
 * have (demo_plants.h lists and counts them).
 *
 * The same options give the same bytes, on any number of threads. A world is its seed, its number of
 * people and the day of its first export. `months_later` looks at the same world some months on: the
 * same people and ids, and what was typed in since then. Files but Client.csv are in no useful order,
 * as in real exports. Memory does not grow with the number of people.
 *
 * Beside the standard's files stands regions.csv, for `byname region import`: the columns
 * region,county,project_id,borders.
 *
 *     Region 1,Larkmere County,,Osier County;Fen County     a county belongs to a region and borders two
 *     ,Tansydell County,,Marl County                        a county that belongs to none
 *     Region 1,Larkmere County,PR-0101,                     a project stands in a county
 *
 * A project's region is its county's; where a project's row names a region, it must be the same one.
 * A project without a row has no county.
 *
 *     TRY(demo_write(a, &(struct demo_options){.people = 6000, .seed = 1, .folder = S("out"), .today = today},
 *                    NULL, &made));
 */
#ifndef HMIS_DEMO_H
#define HMIS_DEMO_H

#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "hmis/demo_columns.h"

enum { DEMO_PEOPLE_MAX = 50000000, DEMO_MONTHS_MAX = 24 };

struct demo_options {
	int64_t people; /* distinct people in the first export, exactly; 1 to DEMO_PEOPLE_MAX */
	uint64_t seed;
	struct str folder;    /* made if missing; may not hold an export yet */
	struct day today;     /* of the world's first export */
	int months_later;     /* 0 to DEMO_MONTHS_MAX: the export is that many months younger */
	int changed_permille; /* of the households had every row saved again on the last evening, values changed */
	int threads;          /* 0 is 2 */
};

/* Told now and then, by one thread at a time, how far the work is: 0 to 1000. */
struct demo_progress {
	void (*tell)(void *context, int permille);
	void *context;
};

struct demo_made {
	int64_t households;         /* of the first export */
	int64_t planted_households; /* the first of them, for demo_plant_count; the rest make up the number of people */
	int64_t newcomers;          /* households that came in the months later */
	int64_t rows[DEMO_FILE_COUNT];
	int64_t bytes; /* of the standard's files */
};

/* Writes the export and regions.csv. ERR_INVALID for an option out of range or a folder that cannot be
 * written, ERR_CONFLICT where a file exists already; what was written until then stays. */
must err_t demo_write(struct arena *a, const struct demo_options *o, const struct demo_progress *progress,
		      struct demo_made *out);

#endif
