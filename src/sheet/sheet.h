/* Tables that people keep: Excel workbooks and text with separators, row by row.
 *
 * Nothing is known beforehand about such a file: not its encoding, its separator, its header row nor how it
 * writes a date. What can be told from the file is told here; what only a person can say (which column is
 * what, whether 03/04 is in March) is asked elsewhere. The files of an HMIS are another matter: they are large,
 * have one form, and are read by hmis/.
 *
 * Workbooks (.xlsx, .xlsm): text, numbers, dates by their number format in either date system, yes and no,
 * and the values that formulas had when the workbook was saved. No formula is worked out, and macros are not
 * even unpacked. A merged cell's text stands in its first cell; for the header it stands in all of them. A
 * workbook with a password, an .xls, an .xlsb or an .ods is refused in one sentence that says what to do.
 *
 * Text: UTF-8, UTF-16 and Windows-1252 are told apart; the separator is whichever of , ; tab and | makes the
 * most even rows. All cells are text.
 *
 * Memory: a row at a time, and for a workbook its shared texts (LIMIT_SHEET_STRINGS). Limits are told, never
 * cut in silence. One thread uses a sheet.
 *
 *     struct sheet *s;
 *     struct sheet_head head;
 *     TRY(sheet_open(a, path, &s));
 *     err_t e = sheet_head_read(a, s, 0, &head);
 *     if (e == NULL)
 *             e = sheet_read(a, s, 0, &me, on_row); // rows up to head.line are not data
 *     sheet_close(&s);
 */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include "base/day.h"
#include "base/err.h"

struct sheet;

enum sheet_kind {
	SHEET_EMPTY,
	SHEET_TEXT,
	SHEET_NUMBER,
	SHEET_DAY,
	SHEET_YES_NO, /* the text is "yes" or "no" */
	SHEET_ERROR,  /* "#N/A" and its kin, or a formula that was saved without a value */
};

struct sheet_cell {
	enum sheet_kind kind;
	struct str text; /* as a person would read it: "12", "2026-11-21"; without blanks at both ends; UTF-8 */
	struct day day;  /* of SHEET_DAY; of SHEET_NUMBER the day it would be as a date, or DAY_NONE */
};

struct sheet_row {
	int64_t line; /* as the program that made the file counts: 1 is the first */
	const struct sheet_cell *cells;
	size_t n; /* up to the last one that holds something; never 0 */
};

struct sheet_tab {
	struct str name; /* empty for text with separators */
	bool hidden;
};

/* Opens the file at `path`. *out is closed by hand; what it names lives in the arena. ERR_INVALID: it is no
 * table that can be read. */
must err_t sheet_open(struct arena *a, const char *path, struct sheet **out);
void sheet_close(struct sheet **s);

/* The sheets of a workbook, in its order; one for text. */
const struct sheet_tab *sheet_tabs(const struct sheet *s, size_t *n);

/* Hands over every row that holds something. Cells live until `row` returns; its error ends the reading and is
 * returned. ERR_INVALID: the file is damaged or past a limit, in one sentence. */
must err_t sheet_read(struct arena *a, struct sheet *s, size_t tab, void *ctx,
		      err_t (*row)(void *ctx, const struct sheet_row *row));

/* Where the header is: the first row of labels within the first SHEET_HEAD_ROWS; two rows where the upper one
 * has merged cells over columns of the lower. */
enum { SHEET_HEAD_ROWS = 20 };
struct sheet_head {
	int64_t line;      /* of the header's last row; data begins behind it */
	struct str *names; /* by column: "Contact: Phone"; "Column D" where there is no label; no two are alike */
	size_t n;
};
must err_t sheet_head_read(struct arena *a, struct sheet *s, size_t tab, struct sheet_head *out);

/* In which order the parts of a written date stand. */
#define SHEET_ORDERS(X)                                                                                                \
	X(SHEET_MONTH_FIRST, "month-first", "month, day, year (11/21/2026)")                                           \
	X(SHEET_DAY_FIRST, "day-first", "day, month, year (21/11/2026)")                                               \
	X(SHEET_YEAR_FIRST, "year-first", "year, month, day (2026/11/21)")
enum sheet_order {
#define X(name, word, say) name,
	SHEET_ORDERS(X)
#undef X
		SHEET_ORDERS_N
};

/* The day of a cell in a column of dates: a date; text in the given order with / - . or blanks between, months
 * also by name ("21 Nov 2026"), a time behind it aside; a number as workbooks count days. A year of two digits
 * is the latest that is not after today's. False for anything else, and for a number that looks like a year. */
bool sheet_day(const struct sheet_cell *cell, enum sheet_order order, struct day today, struct day *out);

#endif
