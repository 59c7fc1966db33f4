/* Releases from a file, because continuums of care keep them in their HMIS.
 *
 * A table (text with separators, or a workbook) with the columns of RELEASE_COLUMNS, of which the required ones must be
 * there and no others may be: a misspelt "until" would make a release without an end. A row that cannot be used is set
 * aside with a sentence and the others are taken, all in one transaction. The same file twice changes nothing.
 *
 * One form that one person signed on one day is one release: a newer file may say otherwise of it, but not of what was
 * recorded by hand, and it can withdraw but never take a withdrawal back (release_put).
 *
 *     struct release_import_view v;
 *     TRY(app_release_import(c, "releases.csv", false, &v));
 */
#ifndef APP_RELEASE_IMPORT_H
#define APP_RELEASE_IMPORT_H

#include "app/app.h"

/* The file's columns: name, word, whether the file must have it, what it holds. */
#define RELEASE_COLUMNS(X)                                                                                             \
	X(COLUMN_PERSON, "personal_id", true, "PersonalID of the HMIS: the adult who signed or declined")              \
	X(COLUMN_SIGNED, "signed", true, "the day of it, as 2026-11-21")                                               \
	X(COLUMN_UNTIL, "until", true, "its last day; empty: until it is withdrawn")                                   \
	X(COLUMN_SCOPE, "scope", true, "coc, region, or named with the next column; empty for a refusal")              \
	X(COLUMN_AGENCIES, "agencies", false, "names of agencies, ; between")                                          \
	X(COLUMN_DECISION, "decision", false, "given (also where it is empty), refused, or withdrawn")                 \
	X(COLUMN_WITHDRAWN, "withdrawn", false, "the day it was withdrawn")                                            \
	X(COLUMN_FORM, "form", false, "name of the form that was signed")                                              \
	X(COLUMN_PURPOSES, "purposes", false, "housing, referral, benefits, ; between; empty: all of them")            \
	X(COLUMN_LAWS, "laws", false, "laws that it extends to by name: part2, 27f, vawa, hipaa, rhy, va, ; between")  \
	X(COLUMN_GIVEN, "given", false, "written (also where it is empty), scanned, witnessed, or screen")             \
	X(COLUMN_LANGUAGE, "language", false, "in which it was explained: en (also where it is empty), es, ...")       \
	X(COLUMN_OFFER, "offer_again", false, "of a refusal: the day from which to ask again")

struct release_aside {
	int64_t line;
	struct str why; /* a sentence without anything that stood in the row */
};

struct release_import_view {
	int64_t rows, added, changed, same;
	struct release_aside *asides;
	size_t asides_n;
};

/* For operators. `look`: says what would come of it and writes nothing. ERR_INVALID: the file is none of releases. */
must err_t app_release_import(struct call *c, const char *path, bool look, struct release_import_view *out);

#endif
