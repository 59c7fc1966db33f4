/* The HMIS CSV as one table: files, columns, value lists.
 *
 * The lists in hmis/columns.h and hmis/values.h are the only copy of what HUD's specifications
 * FY2024 and FY2026 say about the files that are read. Every column of those files is there, so that
 * an export can be written whole, with a mark for the ones that are loaded. A test compares the
 * table with the published specification of both years.
 *
 * Columns are numbered within their file: HMIS_Enrollment_EntryDate is the position of EntryDate in
 * hmis_files[HMIS_Enrollment].columns and in the cells of a row. The names are HUD's, capitals and all,
 * so that a search for a column finds every place that uses it.
 */
#ifndef HMIS_SPEC_H
#define HMIS_SPEC_H

#include "base/str.h"
#include "hmis/columns.h"
#include "hmis/values.h"

enum hmis_type {
	HMIS_ID,      /* text of at most LIMIT_HMIS_ID bytes */
	HMIS_TEXT,    /* `max` characters by the standard; read up to HMIS_TEXT_MAX bytes, as hashed names are longer */
	HMIS_INT,     /* a whole number; from `list` where there is one */
	HMIS_DAY,     /* yyyy-mm-dd */
	HMIS_INSTANT, /* yyyy-mm-dd hh:mm:ss */
	HMIS_MONEY,   /* never loaded */
};

/* What a missing or unreadable value does to its row. */
enum hmis_need {
	HMIS_OPTIONAL, /* left out and flagged where unreadable; may be empty */
	HMIS_WANTED,   /* the same, and flagged where empty */
	HMIS_KEY,      /* the row is set aside */
	HMIS_DATED,    /* the row is set aside, unless it only says that it was deleted */
};

enum hmis_load {
	HMIS_SKIP,  /* not even read: what is not held cannot be lost */
	HMIS_CHECK, /* read to understand the row, never handed on */
	HMIS_COUNT, /* read where it is there, to be counted: where it is not, nothing is flagged */
	HMIS_LOAD,
};

/* Who must not see it: a value about a person is sealed where it is stored. */
enum hmis_about {
	HMIS_PLAIN,
	HMIS_PERSON, /* a name, number, birth date, or text that may hold one */
	HMIS_TRAIT,  /* a protected trait: never part of an order */
};

enum hmis_years {
	HMIS_FY2024 = 1,
	HMIS_FY2026 = 2,
	HMIS_BOTH = 3,
};

enum hmis_list_id {
	HMIS_LIST_NONE,
#define X(name, number, values) HMIS_LIST_##name,
	HMIS_LISTS(X)
#undef X
		HMIS_LIST_COUNT,
};

struct hmis_value {
	int16_t code;
	uint8_t years; /* enum hmis_years: where the list has it; both are accepted in every export */
	struct str text;
};

struct hmis_list {
	struct str number;               /* "3.12.1" */
	const struct hmis_value *values; /* NULL: none of the loaded columns uses it */
	size_t n;
};

struct hmis_column {
	struct str name;
	enum hmis_type type;
	uint16_t max; /* characters of a text, else 0 */
	enum hmis_list_id list;
	enum hmis_need need;
	enum hmis_load load;
	enum hmis_about about;
	enum hmis_years years;
};

enum hmis_file {
#define X(name, title) HMIS_##name,
	HMIS_FILES(X)
#undef X
		HMIS_FILE_COUNT,
};

struct hmis_file_spec {
	struct str name;  /* "Enrollment.csv" */
	struct str title; /* "enrollments" */
	const struct hmis_column *columns;
	size_t n;
};

/* HMIS_Enrollment_EntryDate and all others. */
#define X_FILE(file, title) enum hmis_column_##file{HMIS_COLUMNS_##file(X_COLUMN) HMIS_##file##_COLUMNS};
#define X_COLUMN(file, column, ...) HMIS_##file##_##column,
HMIS_FILES(X_FILE)
#undef X_COLUMN
#undef X_FILE

enum {
	HMIS_COLUMNS_MAX = 80, /* of one file; Enrollment has the most */
	HMIS_TEXT_MAX = 1000,
};

extern const struct hmis_file_spec hmis_files[HMIS_FILE_COUNT];
extern const struct hmis_list hmis_lists[HMIS_LIST_COUNT];

/* Another spelling of a column that exports use, or empty. */
struct str hmis_column_alias(struct str name);

/* The text of a code; empty where the list has no such code. */
struct str hmis_value_text(enum hmis_list_id list, int64_t code);

/* True where the column may hold the code. The living-situation list serves three columns with
 * different parts of it (HUD's validation table): a code of another part is refused. */
bool hmis_value_allowed(const struct hmis_column *c, int64_t code);

/* A living-situation code of FY2022 and before, which must not be guessed at. */
bool hmis_situation_is_legacy(int64_t code);

#endif
