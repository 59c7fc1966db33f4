/* Shared by the files of papers/ alone: a table with all its rows, and the steps to a closed document. */
#ifndef PAPERS_INSIDE_H
#define PAPERS_INSIDE_H

#include "papers/papers.h"

enum { PAPER_BLOCK = 256 }; /* rows that lie together */

/* A table as the writers take it: texts are terminated and free of what no format can hold. */
struct paper_doc {
	struct str title, recipient, notice;
	const struct paper_stamp *stamps;
	size_t stamps_n;
	const struct paper_column *columns; /* every width is known */
	size_t columns_n;
	struct paper_cell **blocks;
	size_t rows_n;
};

static inline const struct paper_cell *paper_row(const struct paper_doc *doc, size_t i)
{
	return doc->blocks[i / PAPER_BLOCK] + i % PAPER_BLOCK * doc->columns_n;
}

must err_t paper_doc_read(struct arena *a, const struct paper_table *t, struct paper_doc *out);

/* s without control characters (a line break stays), with U+FFFD for malformed bytes; terminated. */
struct str paper_clean(struct arena *a, struct str s);

/* A cell as text; a day as "2026-11-21". */
enum { PAPER_CELL_TEXT = 24 };
struct str paper_cell_say(const struct paper_cell *cell, char room[PAPER_CELL_TEXT]);

/* The documents: workbook and PDF as anybody could read them, still in memory, and what closes them. */
must err_t workbook_write(struct arena *a, const struct paper_doc *doc, struct str *out);
must err_t workbook_close_with(struct arena *a, struct str plain, const struct paper_phrase *phrase, struct str *out);
must err_t pdf_write(struct arena *a, const struct paper_doc *doc, struct str *out);
must err_t pdf_close_with(struct arena *a, struct str plain, const struct paper_phrase *phrase, struct str *out);
must err_t zip_write(struct arena *a, const struct paper_doc *doc, const struct paper_phrase *phrase, struct str *out);

/* The OLE container of a closed workbook: its two streams, and beside them the data spaces that say what they are. */
must err_t container_write(struct arena *a, struct str info, struct str package, struct str *out);

#endif
