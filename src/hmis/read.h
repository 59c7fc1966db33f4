/* The rows of an HMIS export, with types.
 *
 * hmis_read goes through files of a package and hands over each usable row with its cells as
 * numbers, days, instants and text. A value that cannot be read is left out and flagged and its row
 * kept; a row is set aside only for its keys or a required date. Rules worth knowing:
 *  - blanks around an id, number or date do not count; dates are yyyy-mm-dd and nothing else.
 *  - 99 (not collected) is an answer and stays.
 *  - a code that its list does not have is left out; so are FY2022 living situations.
 *  - a row with text in DateDeleted is a deleted one (`deleted`), even if that is no date; if it is one,
 *    the row needs its keys and nothing else.
 *  - HouseholdID is no key: without it (or with one that is too long) a person stands alone, flagged.
 *  - a row with more values than the header has columns is set aside, since nobody can tell which
 *    value belongs where; with fewer, it is flagged and read as far as it goes.
 *  - DateUpdated that is unreadable is unknown, which is older than any other.
 *  - of disabilities and domestic violence only what hmis/columns.h loads comes through: the kind of a
 *    disability does not, its answer becomes yes or no; fleeing violence counts as a survivor.
 *
 * Threads: see hmis/csv.h. `row` runs on all workers at once; `chunk` and `flag` one at a time and,
 * for one file, in file order. A folder's files are read one after the other, each by all threads in
 * chunks; a zip's files side by side, one thread each, the largest first. Flags of a chunk come before its `chunk`.
 *
 * Lifetime: a row, its cells and a flag hold until the callback returns.
 *
 *     struct hmis_job jobs[] = {{.file = HMIS_Client, .ctx = &me, .row = on_client}, …};
 *     TRY(hmis_read(arena, package, jobs, 2, &(struct hmis_read_options){.threads = 2}));
 */
#ifndef HMIS_READ_H
#define HMIS_READ_H

#include "hmis/package.h"

struct hmis_cell {
	bool known;
	union {
		struct str text; /* HMIS_ID, HMIS_TEXT */
		int64_t n;       /* HMIS_INT */
		struct day day;
		struct instant at;
	};
};

struct hmis_row {
	const struct hmis_cell *cells; /* by column: cells[HMIS_Enrollment_EntryDate] */
	struct instant updated;        /* DateUpdated, INSTANT_NONE where unknown */
	bool deleted;
	enum hmis_file file;
	unsigned worker; /* 0 to threads − 1: whose memory this row may go to */
	uint64_t chunk;  /* per file, in file order */
	uint64_t line;
	struct str bytes; /* as it stands in the file, but for its line end and an ExportID at its end */
	bool flagged;     /* something was wrong with it; not told of a few */
};

/* A row before its cells are read. */
struct hmis_glimpse {
	struct str key;   /* the cell of the job's `glance_at`, blanks aside */
	struct str bytes; /* as in hmis_row; empty where the row is not shaped like the header */
	enum hmis_file file;
	unsigned worker;
};

/* What becomes of it. A row that is not shaped like the header is read, whatever is said. */
enum hmis_glance {
	HMIS_READ, /* as ever */
	HMIS_FEW,  /* known to be good: only the job's few columns are read, nothing is flagged */
	HMIS_PASS, /* known to be good, and not needed: it is counted as kept */
};

/* What was read of a file. */
struct hmis_counts {
	uint64_t rows;      /* all, header aside */
	uint64_t kept;      /* handed over */
	uint64_t deleted;   /* of those kept */
	uint64_t set_aside; /* rows − kept */
	uint64_t blanked;   /* values left out of rows that were kept */
	uint64_t flags;     /* all, also those past the maximum that were only counted */
};

struct hmis_job {
	enum hmis_file file;
	/* Columns to read; NULL means all that are loaded. A column that is not asked for is neither
	 * read nor checked, so the answer can differ from a full read only by rows that a full read
	 * would have set aside. */
	const uint16_t *columns;
	size_t columns_n;
	void *ctx;
	err_t (*row)(void *ctx, const struct hmis_row *row);        /* may be NULL */
	err_t (*chunk)(void *ctx, unsigned worker, uint64_t chunk); /* may be NULL */
	err_t (*flag)(void *ctx, const struct hmis_flag *flag);     /* may be NULL */
	/* May be NULL: looks at every row first, on all workers at once. */
	enum hmis_glance (*glance)(void *ctx, const struct hmis_glimpse *row);
	uint16_t glance_at;
	/* For HMIS_FEW: the columns whose cells `few_row` may look at. A row that lacks a key or required
	 * date among them is left out. */
	const uint16_t *few;
	size_t few_n;
	err_t (*few_row)(void *ctx, const struct hmis_row *row);
	struct hmis_counts counts; /* filled in */
};

struct hmis_read_options {
	unsigned threads; /* 1 to CSV_THREADS_MAX */
	void *ctx;
	/* May be NULL: unpacked bytes done of all jobs' bytes; often, one call at a time. */
	void (*progress)(void *ctx, uint64_t done, uint64_t total);
};

/* Flags handed over per chunk (about 256 KiB of a file); beyond that they are only counted. */
enum { HMIS_FLAGS_PER_CHUNK = 4096 };

/* Reads the jobs' files; one the package does not have has no rows. The first error of a callback
 * stops everything and is returned, as is a zip whose data turn out to be damaged (ERR_INVALID). */
must err_t hmis_read(struct arena *a, const struct hmis_package *p, struct hmis_job *jobs, size_t jobs_n,
		     const struct hmis_read_options *options);

/* A text cell about a person as what it is: HMIS_PERSON columns are to be taken through this. */
const struct pii *hmis_cell_pii(struct arena *a, const struct hmis_cell *c);

#endif
