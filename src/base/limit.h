/* Every limit on what comes from outside, in one table: name, value, what it bounds.
 *
 * A limit that is passed is told to the person with its number; nothing is cut in silence.
 */
#ifndef BASE_LIMIT_H
#define BASE_LIMIT_H

#define LIMITS(X)                                                                                                      \
	X(LIMIT_HMIS_ID, 32, "bytes of an HMIS identifier")                                                            \
	X(LIMIT_CSV_FIELD, 64 << 10, "bytes of one CSV field")                                                         \
	X(LIMIT_CSV_ROW, 1 << 20, "bytes of one CSV row")                                                              \
	X(LIMIT_ZIP_ENTRIES, 1000, "files in a zip")                                                                   \
	X(LIMIT_ZIP_RATIO, 200, "times a file in a zip may grow")                                                      \
	X(LIMIT_ZIP_MB, 32768, "MiB that the HMIS files of a zip come to")                                             \
	X(LIMIT_FORM_FIELD, 16 << 10, "bytes of one form field")                                                       \
	X(LIMIT_FORM_BODY, 256 << 10, "bytes of a posted form")                                                        \
	X(LIMIT_FORM_FIELDS, 200, "fields of a posted form")                                                           \
	X(LIMIT_HEADERS, 6 << 10, "bytes of a request's headers")                                                      \
	X(LIMIT_UPLOAD_MB, 4096, "MiB of an uploaded export")                                                          \
	X(LIMIT_SHEET_MB, 64, "MB of a spreadsheet of people")                                                         \
	X(LIMIT_SHEET_UNPACKED_MB, 1024, "MB of one part of a workbook, unpacked")                                     \
	X(LIMIT_SHEET_STRINGS_MB, 128, "MB of the texts that a workbook's cells share")                                \
	X(LIMIT_SHEET_ROWS, 200000, "rows of a spreadsheet")                                                           \
	X(LIMIT_SHEET_COLUMNS, 300, "columns of a spreadsheet")                                                        \
	X(LIMIT_PAPER_ROWS, 100000, "rows of a document")                                                              \
	X(LIMIT_PAPER_COLUMNS, 60, "columns of a document")                                                            \
	X(LIMIT_PAPER_CELL, 32000, "bytes of one cell of a document")                                                  \
	X(LIMIT_PAPER_TEXT_MB, 64, "MB of text in a document")                                                         \
	X(LIMIT_NOTE, 4000, "bytes of a note, step or other free text")                                                \
	X(LIMIT_REQUEST_MEMORY, 16 << 20, "bytes of memory for one request")                                           \
	X(LIMIT_REGIONS, 4096, "regions of a CoC")                                                                     \
	X(LIMIT_LIST_PAGE, 50, "households on one page of the list")                                                   \
	X(LIMIT_FIND, 200, "households that one search shows")                                                         \
	X(LIMIT_FIND_OPENED, 20000, "people whose names one search compares")                                          \
	X(LIMIT_MATCH_BLOCK, 500, "records that share a key and are compared with each other as duplicates")

enum limit {
#define X(name, value, what) name = (value),
	LIMITS(X)
#undef X
};

#endif
