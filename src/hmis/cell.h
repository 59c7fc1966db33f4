/* From the text of one cell to its value: the inside of hmis/read.h. */
#ifndef HMIS_CELL_H
#define HMIS_CELL_H

#include "hmis/read.h"

enum { HMIS_CODES_MAX = 512 };

/* A column with what checking its cells needs at hand. */
struct hmis_check {
	const struct hmis_column *column;
	uint16_t number; /* of the column in its file */
	bool listed;     /* only these codes are allowed: */
	uint64_t codes[HMIS_CODES_MAX / 64];
};

struct hmis_check hmis_check_make(enum hmis_file f, uint16_t column);

/* Reads a cell whose blanks at both ends are gone. Empty text gives an unknown cell and no problem;
 * so does text that cannot be read, with its problem. A text cell points to the text. */
enum hmis_problem hmis_cell_read(const struct hmis_check *c, struct str text, struct hmis_cell *out);

/* What may not be handed on is taken out of a row (see hmis/columns.h); the problem of the column that
 * is named in *column, if there is one. */
enum hmis_problem hmis_row_withhold(enum hmis_file f, struct hmis_cell *cells, uint16_t *column);

#endif
