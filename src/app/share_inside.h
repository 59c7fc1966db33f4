/* Between the files of app/share.h. */
#ifndef APP_SHARE_INSIDE_H
#define APP_SHARE_INSIDE_H

#include "app/household.h"
#include "app/share.h"
#include "domain/redact.h"

/* What a file shows of a household: column, heading, kind, width. */
#define SHARE_COLUMNS(X)                                                                                               \
	X(SHARE_PLACE, "Place", PAPER_NUMBER, 6)                                                                       \
	X(SHARE_FIRST, "First name", PAPER_TEXT, 14)                                                                   \
	X(SHARE_LAST, "Last name", PAPER_TEXT, 16)                                                                     \
	X(SHARE_CODE, "Code", PAPER_TEXT, 16)                                                                          \
	X(SHARE_HMIS, "HMIS ID", PAPER_TEXT, 14)                                                                       \
	X(SHARE_TYPE, "Household", PAPER_TEXT, 22)                                                                     \
	X(SHARE_STATUS, "Status", PAPER_TEXT, 12)                                                                      \
	X(SHARE_SITUATION, "Staying", PAPER_TEXT, 16)                                                                  \
	X(SHARE_DAYS_ON, "Days on the list", PAPER_NUMBER, 8)                                                          \
	X(SHARE_MONTHS, "Months in 36", PAPER_NUMBER, 8)                                                               \
	X(SHARE_CHRONIC, "Chronic", PAPER_TEXT, 12)                                                                    \
	X(SHARE_BAND, "Band", PAPER_TEXT, 10)                                                                          \
	X(SHARE_CONTACT, "Last contact", PAPER_DAY, 12)                                                                \
	X(SHARE_COUNTY, "County", PAPER_TEXT, 16)                                                                      \
	X(SHARE_VETERAN, "Veteran", PAPER_TEXT, 8)                                                                     \
	X(SHARE_SERVED, "Served by", PAPER_TEXT, 24)                                                                   \
	X(SHARE_WHY, "Why a code", PAPER_TEXT, 30)                                                                     \
	X(SHARE_STEP, "Next step", PAPER_TEXT, 34)                                                                     \
	X(SHARE_STAFF, "Staff responsible", PAPER_TEXT, 22)                                                            \
	X(SHARE_DUE, "By", PAPER_DAY, 12)                                                                              \
	X(SHARE_TARGET, "Target move-in", PAPER_DAY, 12)

enum share_column {
#define X(name, title, kind, width) name,
	SHARE_COLUMNS(X)
#undef X
		SHARE_COLUMNS_N,
	SHARE_COLUMNS_PLAIN = SHARE_STEP, /* of a file without notes */
};

struct share_table {
	struct paper_cell (*rows)[SHARE_COLUMNS_N];
	size_t n;
	int64_t *named; /* households that are named, by number */
	size_t named_n;
	int64_t left_out;
	struct share_note *notes; /* as they go out */
	size_t notes_n;
	size_t found;
	struct str digest;
	struct str filter; /* as it would be typed */
	struct str stamp;  /* for people */
	struct day as_of;
};

/* The rows of a region's list for a reader, by what the call's actor and the reader may see in a file. `db` is in a
 * transaction. */
must err_t share_rows(struct call *c, struct db *db, struct arena *a, const struct actor *reader, struct str region_id,
		      const struct share_ask *ask, struct share_table *out);

/* A household of the table, and its row. */
struct share_faced {
	const struct household_face *face;
	size_t row;
};

/* Fills in what is next for each, without the names of anybody on the list and without what is marked. */
must err_t share_notes(struct call *c, struct db *db, struct arena *a, const struct share_faced *faced, size_t n,
		       struct str marked, struct share_table *t);

/* The text in pieces, so that who reads it sees what was found. */
void share_pieces(struct arena *a, struct str text, const struct redact_find *finds, size_t n, struct share_piece **out,
		  size_t *out_n);

/* Somebody of the agency, as a file's reader: a provider of whom nothing else is known. ERR_DENIED where nothing is
 * shared with the agency: a lead, or no memorandum for the region today. Inside a transaction. */
must err_t share_reader(struct db *db, struct arena *a, struct str agency_id, struct str region_id, struct str region,
			struct day today, struct actor *out);

#endif
