/* Workbooks that tests make themselves: the parts around one or two sheets, from their XML. */
#ifndef TESTS_MADE_BOOK_H
#define TESTS_MADE_BOOK_H

#include "base/str.h"

struct arena;

struct made_book {
	struct str rows;    /* what stands in <sheetData> of the first sheet */
	struct str behind;  /* what stands behind it: <mergeCells> */
	struct str second;  /* rows of a second, hidden sheet; empty: none */
	struct str strings; /* <si> elements; empty: no shared texts */
	struct str formats; /* <numFmts> and <cellXfs>; empty: no styles */
	bool from_1904;
	bool macros;
};

/* Writes the workbook to `path`. */
void made_book(struct arena *a, const char *path, const struct made_book *book);

/* A zip of these files: name, text, name, text … NULL. */
struct made_part {
	const char *name;
	struct str text;
};
void made_parts(const char *path, const struct made_part *parts);

#endif
