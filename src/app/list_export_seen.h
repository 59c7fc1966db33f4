/* How people were seen, from the rows of the files that grow with what happens.
 *
 * Rows come in any order, find their enrollment by its id and become sightings. Results of assessments
 * do not say their day: they are to come after seen_rows_assessed, which follows all other rows.
 *
 * Threads: seen_row is called by each worker for its own rows; the others by one thread.
 */
#ifndef APP_LIST_EXPORT_SEEN_H
#define APP_LIST_EXPORT_SEEN_H

#include "app/list_export_ids.h"
#include "domain/priority.h"
#include "domain/roster.h"
#include "hmis/read.h"

/* Beside enum seen. */
enum { SEEN_SCORE = 100, SEEN_IMPAIRED };

struct seen_to {
	const struct priority_policy *policy;
	const struct roster *roster;
	const struct ids *stays;  /* number: the roster's stay */
	const struct ids *people; /* by whom ids of stays are owned; NULL: by nobody */
	unsigned workers;
	void *ctx;
	/* Runs on all workers at once. `how` is an enum seen or one of the two above; `code` a living
	 * situation or the score, which `tool` has given (domain/priority.h). */
	err_t (*seen)(void *ctx, unsigned worker, uint32_t stay, int how, struct day day, int code, uint16_t tool);
};

struct seen_rows;

/* `to` lives longer. */
must err_t seen_rows_new(struct arena *a, const struct seen_to *to, struct seen_rows **out);
void seen_rows_free(struct seen_rows **s);

/* The columns that are needed of a file; none where its rows say nothing. */
const uint16_t *seen_columns(enum hmis_file file, size_t *n);

must err_t seen_row(struct seen_rows *s, const struct hmis_row *row);
must err_t seen_rows_assessed(struct seen_rows *s);
must err_t seen_rows_end(struct seen_rows *s);

#endif
