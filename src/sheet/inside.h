/* What the files of this room share. */
#ifndef SHEET_INSIDE_H
#define SHEET_INSIDE_H

#include "base/limit.h"
#include "sheet/sheet.h"

struct zip;

/* A member of the workbook that is a sheet. */
struct sheet_part {
	struct str path; /* "xl/worksheets/sheet1.xml" */
};

struct sheet {
	struct sheet_tab *tabs;
	size_t tabs_n;
	/* Text: the whole file, as UTF-8. */
	char *text;
	size_t text_n;
	char separator;
	/* A workbook. */
	struct zip *zip; /* NULL for text */
	struct sheet_part *parts;
	bool from_1904;
	bool *dates; /* by cell format: it shows a date */
	size_t dates_n;
	char *strings; /* the shared texts, one behind the other */
	size_t strings_n, strings_room;
	uint32_t *ends; /* where each one ends */
	size_t ends_n, ends_room;
};

/* A row as it grows: texts in one buffer, cells as places in it until the row is done. */
struct sheet_line {
	struct sheet_cell cells[LIMIT_SHEET_COLUMNS];
	size_t from[LIMIT_SHEET_COLUMNS];
	size_t n;
	char text[LIMIT_CSV_ROW];
	size_t text_n;
};

/* Gives the row away if it holds something, and empties it. */
must err_t sheet_line_end(struct sheet_line *l, int64_t number, void *ctx,
			  err_t (*row)(void *ctx, const struct sheet_row *row));

/* delimited.c: decides encoding and separator; reads. The bytes are not kept. */
must err_t delimited_open(struct arena *a, struct str bytes, struct sheet *s);
must err_t delimited_read(struct arena *a, const struct sheet *s, void *ctx,
			  err_t (*row)(void *ctx, const struct sheet_row *row));

/* xlsx.c: finds the sheets, formats and shared texts. */
must err_t xlsx_open(struct arena *a, const char *path, struct sheet *s);
void xlsx_close(struct sheet *s);

/* A member read through expat: elements by their name without prefix. An error stops the reading. */
struct xlsx_xml {
	struct arena *arena;
	void *ctx;
	void (*open)(struct xlsx_xml *x, struct str name, const char **attributes);
	void (*close)(struct xlsx_xml *x, struct str name);
	void (*text)(struct xlsx_xml *x, struct str text);
	err_t error;
	bool done; /* set by a callback that needs no more */
	void *parser;
};
must err_t xlsx_xml_read(struct xlsx_xml *x, const struct sheet *s, struct str path);

/* The value of an attribute, whatever its prefix; empty where it is not there. */
struct str xlsx_attribute(const char **attributes, struct str name);

/* Ends the reading with an error. */
void xlsx_fail(struct xlsx_xml *x, err_t e);

/* xlsx_rows.c */
must err_t xlsx_read(struct arena *a, const struct sheet *s, size_t tab, void *ctx,
		     err_t (*row)(void *ctx, const struct sheet_row *row));

/* Cells that are one: rows and columns from 0. */
struct sheet_merge {
	int64_t row_first, row_last;
	size_t column_first, column_last;
};
/* Those that begin within the first `rows` rows. */
must err_t xlsx_merges(struct arena *a, const struct sheet *s, size_t tab, int64_t rows, struct sheet_merge **out,
		       size_t *n);

/* day.c: the day of a number as workbooks count; DAY_NONE where it is none. */
struct day sheet_serial_day(double serial, bool from_1904);

#endif
