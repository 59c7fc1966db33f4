/* What can be wrong with a cell, a row or a file, each with its sentence.
 *
 * A flag says where (file, line, column) and what; the text that was found travels beside it as
 * personal data and is sealed where flags are kept. The sentence never holds it, unless the caller
 * may show it and passes it in.
 *
 *     hmis_flag_say(a, &flag, (struct str){0})
 *       "Enrollment.csv line 17: EntryDate is not a date; the row was set aside. Write it as 2026-02-28."
 */
#ifndef HMIS_PROBLEM_H
#define HMIS_PROBLEM_H

#include "base/pii.h"
#include "hmis/spec.h"

/* name, kept code, where it applies, what is wrong, what to do. The codes are stored: never renumber. */
#define HMIS_PROBLEMS(X)                                                                                               \
	X(HMIS_DAY_BAD, 1, CELL, "is not a date", "Write it as 2026-02-28.")                                           \
	X(HMIS_INSTANT_BAD, 2, CELL, "is not a date and time", "Write it as 2026-02-28 14:30:00.")                     \
	X(HMIS_INT_BAD, 3, CELL, "is not a whole number", "Write it in digits alone.")                                 \
	X(HMIS_VALUE_UNLISTED, 4, CELL, "is not in its HMIS list", "Use a code of the list.")                          \
	X(HMIS_SITUATION_LEGACY, 5, CELL, "is a living situation code from before October 2023",                       \
	  "Export again with the codes of FY2024 or later; old codes are not guessed at.")                             \
	X(HMIS_ID_MISSING, 6, CELL, "is empty", "Every row needs it.")                                                 \
	X(HMIS_ID_LONG, 7, CELL, "is longer than 32 bytes", "Shorten the identifier in the software it comes from.")   \
	X(HMIS_DAY_MISSING, 8, CELL, "is empty", "Every row needs this date.")                                         \
	X(HMIS_WANTED_MISSING, 9, CELL, "is empty", "The row is kept, but something will be missing.")                 \
	X(HMIS_TEXT_LONG, 10, CELL, "is longer than 1000 bytes", "Shorten it.")                                        \
	X(HMIS_TEXT_UNREADABLE, 11, CELL, "has bytes that are not UTF-8 text", "Export again as UTF-8.")               \
	X(HMIS_ROW_SHORT, 20, ROW, "the row has fewer values than the header has columns", "Look for a cut-off line.") \
	X(HMIS_ROW_WIDE, 21, ROW, "the row has more values than the header has columns",                               \
	  "Look for a comma without quotes around its text.")                                                          \
	X(HMIS_QUOTE_OPEN, 22, ROW, "a quotation mark is not closed", "Close it, or double it if it is text.")         \
	X(HMIS_ROW_LONG, 23, ROW, "the line is longer than 1048576 bytes", "Look for missing line breaks.")            \
	X(HMIS_COLUMN_MISSING, 30, WHOLE, "the column is missing", "It is read as empty.")                             \
	X(HMIS_KEY_COLUMN_MISSING, 31, WHOLE, "the column is missing, and no row can be used without it",              \
	  "Export the file again with all columns.")                                                                   \
	X(HMIS_FILE_MISSING, 32, WHOLE, "the file is missing", "What it would have said is not known.")                \
	X(HMIS_FILE_EMPTY, 33, WHOLE, "the file is empty", "It is read as missing.")                                   \
	X(HMIS_COLUMN_TWICE, 34, WHOLE, "the column is there twice", "The first one is read.")                         \
	X(HMIS_IN_FOLDER, 40, PACKAGE, "the files are in a folder inside the zip", "HMIS files belong at its top.")    \
	X(HMIS_EXPORT_ROWS, 41, PACKAGE, "Export.csv has several rows",                                                \
	  "The one that the other files name is used, the others are not.")                                            \
	X(HMIS_EXPORT_UNNAMED, 42, PACKAGE, "no file names the ExportID of Export.csv", "Its last row is used.")       \
	X(HMIS_EXPORT_MIXED, 43, PACKAGE, "some files name another ExportID than Export.csv",                          \
	  "They are read as part of this export.")                                                                     \
	X(HMIS_VERSION_UNKNOWN, 44, PACKAGE, "CSVVersion is not FY2024 or FY2026", "The columns decided instead.")     \
	X(HMIS_HASHED, 45, PACKAGE, "names are hashed in this export", "People are shown by their code.")              \
	X(HMIS_PERIOD_BAD, 46, PACKAGE, "ExportDate or the period of the export is not readable",                      \
	  "It cannot be told whether this export is newer than another.")

enum hmis_problem {
	HMIS_NO_PROBLEM,
#define X(name, code, scope, wrong, todo) name = (code),
	HMIS_PROBLEMS(X)
#undef X
		HMIS_PROBLEM_END,
};

#define HMIS_NO_COLUMN UINT16_MAX

struct hmis_flag {
	enum hmis_problem problem;
	enum hmis_file file;    /* HMIS_FILE_COUNT for the whole package */
	uint16_t column;        /* or HMIS_NO_COLUMN */
	bool set_aside;         /* the row (or file) is not used; else only the value is left out */
	uint64_t line;          /* 0 where there is none */
	struct str key;         /* the row's first column, its own id; empty if that is what is wrong */
	const struct pii *text; /* what stood there, cut at 200 bytes; NULL for nothing */
};

/* The name of a problem for stores and tests: "day_bad". */
const char *hmis_problem_name(enum hmis_problem p);

/* One clear sentence. `shown` is the text that was found, where the reader may see it, else empty. */
struct str hmis_flag_say(struct arena *a, const struct hmis_flag *f, struct str shown);

#endif
