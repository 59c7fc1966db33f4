/* Documents for somebody outside: a table (papers/table.h) as a workbook, a PDF or a zip, each closed with a
 * pass-phrase of its own. There is no document without one, but the open
 * workbook of a table in which nobody is named.
 *
 * - xlsx: a workbook as ECMA-376 agile encryption closes it ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15): AES-256 in CBC
 *   mode, SHA-512, 100,000 spins, an HMAC over all of it. LibreOffice opens it; Excel is made for it and was not
 *   tried.
 * - pdf: AES-256 (revision 6 of ISO 32000-2), Letter across, a head and a foot on every page; tagged for screen
 *   readers up to 5,000 rows.
 * - zip: AES-256 as WinZip has it (AE-2): list.csv and about.txt, which has the stamps and the notice. The names of
 *   the two files can be read without the pass-phrase. Its key is stretched by 1,000 rounds alone, which the length
 *   of our pass-phrases makes up for.
 *
 * A pass-phrase is 100 random bits, so that trying is hopeless in any of the three; it is generated and never
 * chosen. It travels apart from the document, and neither is kept here.
 *
 * Nothing readable touches a disk: what the libraries put into temporary files goes to memory files, and where that
 * cannot be had no document is made. Memory: all rows at once, at most LIMIT_PAPER_ROWS of them; a workbook of 50,000
 * rows of five cells takes 70 MB, a PDF of 5,000 takes 110 MB. Thread-safe; a large document takes seconds (a PDF a
 * millisecond for each row), so it belongs to a worker.
 *
 *     struct paper_phrase phrase = paper_phrase_new();
 *     struct str file;
 *     TRY(paper_make(a, PAPER_XLSX, &table, &phrase, &file));
 *     // file goes to the agency; phrase.text is shown once, to be told by telephone
 */
#ifndef PAPERS_PAPERS_H
#define PAPERS_PAPERS_H

#include "papers/table.h"

/* Format, word and ending, media type, what people call it. */
#define PAPER_FORMATS(X)                                                                                               \
	X(PAPER_XLSX, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "workbook (Excel)") \
	X(PAPER_PDF, "pdf", "application/pdf", "PDF")                                                                  \
	X(PAPER_ZIP, "zip", "application/zip", "zip with a CSV file")

enum paper_format {
#define X(name, word, media, say) name,
	PAPER_FORMATS(X)
#undef X
		PAPER_FORMATS_N
};

const char *paper_format_word(enum paper_format f); /* also the ending of its files */
const char *paper_format_media(enum paper_format f);
const char *paper_format_say(enum paper_format f);
bool paper_format_parse(struct str word, enum paper_format *out);

/* Four groups of five letters and digits that nobody misreads: "k7m2p-9xq4t-0c5dh-w83zv". */
enum { PAPER_PHRASE_TEXT = 24 };
struct paper_phrase {
	char text[PAPER_PHRASE_TEXT];
};
struct paper_phrase paper_phrase_new(void);

/* The closed document, in the arena. ERR_INVALID: the table is past a limit; what row() returns is passed on. */
must err_t paper_make(struct arena *a, enum paper_format f, const struct paper_table *t,
		      const struct paper_phrase *phrase, struct str *out);

/* A workbook that anybody can open: for tables of codes and counts. */
must err_t paper_workbook(struct arena *a, const struct paper_table *t, struct str *out);

#endif
