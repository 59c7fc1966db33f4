/* An import that runs beside the requests: begun by one page, looked at by others.
 *
 * One at a time per node; the database lets only one run over all nodes. What is kept here is how far
 * it is, for a progress bar: whether an import is staged and waits is in the database.
 */
#ifndef APP_IMPORT_RUN_H
#define APP_IMPORT_RUN_H

#include "app/import.h"

struct import_run;

struct import_run_state {
	bool running;
	struct str phase; /* "Reading"; empty before the first step */
	int64_t done, total;
	struct str error; /* a sentence, of the last run that failed; empty: none */
};

/* For the whole server. `app` lives longer. */
struct import_run *import_run_new(const struct app *app);

/* Waits for what runs, which cannot be broken off, and frees. NULL inside is allowed. */
void import_run_free(struct import_run **run);

/* Stages the package at `path` in the background. ERR_CONFLICT while another one runs. `fd` is closed
 * at the end; the path may point to it ("/proc/self/fd/7"). */
must err_t app_import_run_stage(struct call *c, struct import_run *run, struct str path, int fd);

/* Applies or abandons the import that waits, in the background. */
must err_t app_import_run_apply(struct call *c, struct import_run *run, int64_t no);
must err_t app_import_run_abandon(struct call *c, struct import_run *run, int64_t no);

/* How far it is; texts in the arena. */
struct import_run_state app_import_run_state(struct arena *a, struct import_run *run);

#endif
