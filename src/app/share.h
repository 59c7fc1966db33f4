/* Sharing with agencies by file: the list of a region as one agency may read it, closed with a pass-phrase.
 *
 * A list holder makes a file of their own region's list for an agency that is no lead and has a memorandum for that
 * region today. Its rows hold what both may see in a file (domain/access.h, USE_FILE): the agency, as a provider, by
 * its own ties and releases; and whoever makes the file, since the pass-phrase passes through their hands. A household
 * that the agency may not read by name is its code, in its place. In a file of chosen households those that are shown
 * coarse are left out, because being chosen would tell what is withheld.
 *
 * The closed file is kept sealed in the database until it expires or is withdrawn, so that people of the agency can
 * fetch it where they sign in anyway and nothing has to travel by mail; then its content goes and its row stays. The
 * pass-phrase is not kept: it is in the answer to the making and nowhere else. From the command line nothing is kept,
 * for the file is handed over there and then. Before a file is handed out each household that it names is decided
 * again: a release that was withdrawn since stops it.
 *
 * What is next for a household is free text. It goes out without the name of anybody on the list (domain/redact.h), and
 * only when whoever makes the file has read it as it will stand there and marked what else is to be left out:
 * app_share_read shows it, and app_share_make wants its digest.
 *
 * Making, taking and withdrawing are rows of the journal, and each household that is named is a disclosure to whoever
 * made the file and to whoever took it. Nothing that can be read without the pass-phrase touches a disk
 * (papers/papers.h).
 *
 *     struct share_ask ask = {.agency = S("Example Shelter"), .format = PAPER_PDF, .days = SHARE_DAYS, .keep = true};
 *     struct share_made made;
 *     TRY(app_share_make(c, &ask, &made));       made.phrase, shown once
 */
#ifndef APP_SHARE_H
#define APP_SHARE_H

#include "app/app.h"
#include "papers/papers.h"

enum { SHARE_DAYS = 7, SHARE_DAYS_MOST = 30, SHARE_MEMORY = 1 << 30 };

struct share_ask {
	struct str agency; /* id or exact name */
	struct str region; /* id, number or name; empty: the maker's own, and no other is theirs to share */
	struct str where;  /* a filter without words (domain/filter.h); without a status in it: active households */
	enum paper_format format;
	int days;          /* 1 to SHARE_DAYS_MOST, today included */
	bool keep;         /* to be fetched; else `content` is handed over now */
	bool notes;        /* with what is next for each household */
	struct str marked; /* of notes: what is left out beside what is found; one word or sentence a line */
	struct str read;   /* of notes: the digest of what was read */
};

/* A part of a note: as it was written, or what stands in place of something that was found. */
struct share_piece {
	struct str text;
	const char *found; /* "name"; NULL: as written */
};
struct share_note {
	struct str called; /* the household, as the maker reads it */
	struct share_piece *pieces;
	size_t pieces_n;
};
struct share_reading {
	struct str agency, region;
	struct share_note *notes;
	size_t notes_n;
	size_t found; /* in all of them */
	struct str digest;
};
enum { SHARE_NOTES_MOST = 200 };

/* The notes that such a file would hold, to be read by who makes it. ERR_INVALID: more than SHARE_NOTES_MOST, which
 * nobody reads. Else as app_share_make. */
must err_t app_share_read(struct call *c, const struct share_ask *ask, struct share_reading *out);

struct share_made {
	struct str id;
	struct str agency;
	struct str name;    /* of the file: "region-4-2026-11-22.xlsx" */
	struct str media;   /* its type */
	struct str stamp;   /* "Region 4; status: active" */
	struct day expires; /* its last day */
	int64_t households;
	int64_t named;    /* of them by name or HMIS id */
	int64_t left_out; /* protected ones, of a file of chosen households */
	struct paper_phrase phrase;
	struct str content; /* empty where it is kept */
};

/* ERR_DENIED: this person or this agency may not; ERR_MISSING: no such agency or region; ERR_INVALID: a filter that
 * cannot be read, or too much for one file; ERR_CONFLICT: notes that were not read as they are now. Takes seconds and
 * memory: c->arena has SHARE_MEMORY; c->app a list cache.
 */
must err_t app_share_make(struct call *c, const struct share_ask *ask, struct share_made *out);

/* Hands a kept file to the holder of its region or to somebody of its agency; fills content, name and media.
 * ERR_MISSING for everybody else. ERR_CONFLICT: it expired, was withdrawn, or names somebody who may no longer be named
 * there. c->arena as above. */
must err_t app_share_take(struct call *c, struct str id, struct share_made *out);

/* The holder of its region takes it back: nobody can fetch it any more. ERR_CONFLICT: it is over already. */
must err_t app_share_end(struct call *c, struct str id);

/* --- who has what --- */

struct share_taking {
	struct instant at;
	struct str by;
};
struct share_row {
	struct str id;
	struct str other; /* whose it is for, or, for the agency, whose list it is of */
	struct str format, stamp, made_by;
	struct instant made;
	struct day expires;   /* its last day */
	struct instant ended; /* INSTANT_NONE: not withdrawn */
	int64_t households, named;
	bool expired;
	bool kept; /* can be fetched */
	struct share_taking *takings;
	size_t takings_n;
};
struct share_agency {
	struct str id, name;
};
struct share_view {
	bool makes; /* the viewer holds a list; else the rows are those for the viewer's agency */
	struct str region;
	struct share_agency *agencies; /* whom a file can be made for */
	size_t agencies_n;
	struct share_row *rows; /* the newest first, at most SHARE_ROWS */
	size_t rows_n;
};
enum { SHARE_ROWS = 100 };
must err_t app_share_list(struct call *c, struct share_view *out);

/* Files beyond their day are no longer kept. Called by a timer. */
must err_t app_share_sweep(struct call *c);

#endif
