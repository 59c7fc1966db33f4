/* Writes CSV fast: a row is a set of cells filled by column, formatted by hand into a large buffer.
 *
 * One writer belongs to one thread and one file. What does not fit on the disk is remembered and
 * told by demo_out_close; rows after that are dropped. Text in a cell must live until demo_row_end.
 */
#ifndef HMIS_DEMO_OUT_H
#define HMIS_DEMO_OUT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "hmis/demo_columns.h"

struct demo_out {
	enum demo_file file;
	int fd;
	int error; /* errno of the first write that failed */
	char *buf;
	size_t n;
	int64_t bytes;
	int64_t rows;
};

/* Creates `folder`/NAME.csv, which must not exist yet, and writes its header. The buffer is in `a`. */
must err_t demo_out_open(struct demo_out *o, struct arena *a, struct str folder, enum demo_file file);

/* Flushes and closes; afterwards o->bytes and o->rows are final. */
must err_t demo_out_close(struct demo_out *o, struct arena *a);

struct demo_cell {
	enum { CELL_EMPTY, CELL_INT, CELL_DAY, CELL_TIME, CELL_TEXT } kind;
	int32_t n;       /* the number or the day */
	int32_t seconds; /* of CELL_TIME: since midnight */
	struct str text;
};

enum { ROW_CELLS = 80, ROW_SCRATCH = 1024 };

struct demo_row {
	struct demo_out *out;
	struct demo_cell cells[ROW_CELLS];
	char scratch[ROW_SCRATCH];
	size_t used;
};

void demo_row_begin(struct demo_row *r, struct demo_out *out);
void demo_row_int(struct demo_row *r, int column, int n);
void demo_row_day(struct demo_row *r, int column, struct day d); /* an unknown day leaves the cell empty */
void demo_row_time(struct demo_row *r, int column, struct day d, int seconds);
void demo_row_text(struct demo_row *r, int column, struct str s); /* empty text leaves the cell empty */

/* An identifier: a letter, the household's number in eight digits, then up to three parts. */
struct demo_row_id {
	char letter;
	int64_t household;
	int stay;   /* −1: none; else two digits */
	int member; /* −1: none; else one letter */
	int serial; /* −1: none; else four digits */
};
void demo_row_id(struct demo_row *r, int column, struct demo_row_id id);

void demo_row_end(struct demo_row *r);

#endif
