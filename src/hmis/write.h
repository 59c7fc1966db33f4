/* An HMIS export in the making: the rows that reading gives (hmis/read.h), written as the files of one year's
 * standard.
 *
 * Each file that is read is written, with every column of that year in its place; columns that are not loaded are
 * empty. Where the standard wants a value and none is held, HUD's own word for it stands there: 99, data not
 * collected; where it has none (who entered the row, a grant's number), "not held". The kind of a disability is never
 * held, so that column alone is empty although the standard wants it. A code that only the other year has is left out.
 *
 * The folder is new or empty, and only its owner can read it. Export.csv is written last: a folder without it is no
 * export. One writer belongs to one thread; what does not fit on the disk is told by hmis_write_end.
 *
 *     struct hmis_writer *w;
 *     TRY(hmis_write_begin(a, folder, HMIS_FY2026, export_id, &w));
 *     hmis_write(w, &(struct hmis_row){.file = HMIS_Client, .cells = cells, .updated = updated});
 *     TRY(hmis_write_end(w, a, &(struct hmis_export){…}));      or hmis_write_drop(&w)
 */
#ifndef HMIS_WRITE_H
#define HMIS_WRITE_H

#include "hmis/read.h"

struct hmis_writer;

/* ERR_CONFLICT: something is in the folder. ERR_INVALID: it cannot be made. The writer lives in the arena. */
must err_t hmis_write_begin(struct arena *a, struct str folder, enum hmis_years year, struct str export_id,
			    struct hmis_writer **out);

/* A row, of which `file`, `cells` and `updated` count. */
void hmis_write(struct hmis_writer *w, const struct hmis_row *row);

/* Empties every file again, for whoever has to start over. */
void hmis_write_again(struct hmis_writer *w);

/* Writes Export.csv of `id`, `source_id`, `source_name`, `date`, `start`, `end` and `hashed`, and closes everything.
 * Whatever the outcome, the writer is done; after an error nothing of it is left. */
must err_t hmis_write_end(struct hmis_writer *w, struct arena *a, const struct hmis_export *export);

/* Takes everything away again. */
void hmis_write_drop(struct hmis_writer *w);

#endif
