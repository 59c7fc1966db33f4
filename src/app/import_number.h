/* Numbers of versions: begun, staged, switched on or given up. For imports and new days alike. */
#ifndef APP_IMPORT_NUMBER_H
#define APP_IMPORT_NUMBER_H

#include "app/import.h"
#include "store/q_hmis.h"

/* Only one import (or roll-over) works on a database at a time: a lock on a file in the data folder,
 * which goes with the process. ERR_RETRY where another one holds it. */
must err_t import_lock(struct call *c, int *lock);
void import_unlock(int *lock);

/* Cleans up after imports and new days that did not end. What becomes of an import that is staged and
 * waits: ERR_CONFLICT; or it gives way if the same actor staged it, who was perhaps killed before it was
 * applied; or it gives way in any case. Under the lock. */
enum import_waiting { WAITING_STAYS, WAITING_OWN_GIVES_WAY, WAITING_GIVES_WAY };
must err_t import_number_clear(struct call *c, enum import_waiting waiting, const struct import_progress *progress);

/* Gives the next number to what `in` describes; fills in in->no, who and when. */
must err_t import_number_begin(struct call *c, struct q_hmis_import_begin_in *in);

/* One transaction of writing out of sight for `no`; as db_run. ERR_CONFLICT where the import was given
 * up meanwhile: so a transaction that outlives its process, or a process on another machine, cannot
 * write behind the back of who clears up. */
must err_t import_number_write(struct call *c, struct arena *a, int64_t no,
			       err_t (*fn)(struct db *, struct arena *, void *), void *ctx);

/* Switches `no` on for a day: the pointer, the agencies that came with it and where they work, the journal
 * row, in one transaction. ERR_CONFLICT where it is not staged. Then sweeps away what it replaced. */
must err_t import_number_apply(struct call *c, int64_t no, const struct import_progress *progress);

/* Gives `no` up and sweeps away what it wrote. ERR_CONFLICT where it is over already. */
must err_t import_number_abandon(struct call *c, int64_t no, const struct import_progress *progress);

/* The visible number and its day. */
must err_t import_number_now(struct call *c, struct q_hmis_now *out);

#endif
