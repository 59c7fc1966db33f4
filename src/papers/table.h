/* A table that leaves the house as a document: what stands in it and around it, said once for every format.
 *
 * The caller has decided what its reader may see; here nothing is opened and nothing is left out. Texts are
 * UTF-8. What no document can hold (control characters, malformed bytes) becomes a blank or U+FFFD in all formats
 * alike; a formula is never one, in none of them.
 *
 * Rows are asked for one after the other, once. Cells come empty and are filled by the caller, whose texts have to
 * live until the next row is asked for.
 *
 *     static err_t next(void *ctx, struct paper_cell *cells, bool *more)
 *     {
 *             struct walk *w = ctx;
 *             *more = w->at < w->n;
 *             if (!*more)
 *                     return NULL;
 *             cells[0] = paper_text(w->rows[w->at].code);
 *             cells[1] = paper_number(w->rows[w->at].days);
 *             cells[2] = paper_day(w->rows[w->at++].seen);
 *             return NULL;
 *     }
 */
#ifndef PAPERS_TABLE_H
#define PAPERS_TABLE_H

#include "base/day.h"
#include "base/err.h"

enum paper_kind { PAPER_EMPTY, PAPER_TEXT, PAPER_NUMBER, PAPER_DAY };

/* One cell. Its kind is its own: a text may stand in a column of days, where the day is withheld. */
struct paper_cell {
	enum paper_kind kind;
	struct day day;
	struct str text;
	int64_t number; /* a count: a number that is a name of something is text */
};

static inline struct paper_cell paper_text(struct str s)
{
	return (struct paper_cell){.kind = s.n > 0 ? PAPER_TEXT : PAPER_EMPTY, .text = s};
}

static inline struct paper_cell paper_number(int64_t n)
{
	return (struct paper_cell){.kind = PAPER_NUMBER, .number = n};
}

static inline struct paper_cell paper_day(struct day d) /* an unknown one is an empty cell */
{
	return (struct paper_cell){.kind = day_known(d) ? PAPER_DAY : PAPER_EMPTY, .day = d};
}

struct paper_column {
	struct str title;
	enum paper_kind kind; /* of most of its cells: their side of the column, and its width where none is said */
	int width;            /* letters that fit in a line; 0: by the kind */
};

/* What the reader has to know about the document: "As of", "21 Nov 2026". */
struct paper_stamp {
	struct str label;
	struct str text;
};

struct paper_table {
	struct str title;
	struct str recipient; /* across every page, and over the rows of a workbook: whose copy this is */
	struct str notice;    /* about passing it on; on every page; may be empty */
	const struct paper_stamp *stamps;
	size_t stamps_n;
	const struct paper_column *columns;
	size_t columns_n;
	void *ctx;
	/* Fills the next row, or sets *more to false where there is none. Its error ends the document. */
	err_t (*row)(void *ctx, struct paper_cell *cells, bool *more);
};

#endif
