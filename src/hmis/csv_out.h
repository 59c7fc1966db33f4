/* Writes comma-separated values into a buffer: quotes where a cell needs them, lines end in \n.
 *
 * Nothing else is guarded: a cell that a spreadsheet would take for a formula stays as it is,
 * because HMIS software reads the file, not a spreadsheet.
 *
 *     struct csv_out out = csv_out(&buf);
 *     csv_out_text(&out, S("E-1"));
 *     csv_out_day(&out, entry);
 *     csv_out_end(&out);
 */
#ifndef HMIS_CSV_OUT_H
#define HMIS_CSV_OUT_H

#include "base/buf.h"
#include "base/day.h"

struct csv_out {
	struct buf *buf;
	size_t cells;  /* in the row so far */
	size_t row_at; /* where the row begins in the buffer */
};

struct csv_out csv_out(struct buf *buf);
void csv_out_text(struct csv_out *o, struct str s);
void csv_out_i64(struct csv_out *o, int64_t n);
void csv_out_day(struct csv_out *o, struct day d);         /* empty when unknown */
void csv_out_instant(struct csv_out *o, struct instant t); /* empty when unknown */
void csv_out_empty(struct csv_out *o, size_t cells);       /* that many empty cells */
void csv_out_end(struct csv_out *o);                       /* ends the row */

#endif
