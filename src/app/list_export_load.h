/* An HMIS export in memory, straight from its files: the roster of domain/roster.h without a database.
 *
 * Rows are read as an import reads them (hmis/read.h): the same values count, the same rows are left
 * out, deleted rows delete, and of clients, enrollments and exits that are there twice the newer row
 * counts. Rows that hang on an enrollment are folded into it one by one and not kept, so of those
 * every row that is not deleted counts, also one whose id is there twice.
 *
 * Memory: some 110 bytes a person, 140 an enrollment and 24 an assessment; not with services.
 *
 *     struct export_book *book;
 *     TRY(export_book_load(a, package, &(struct export_wish){…}, &book));
 *     …
 *     export_book_free(&book);
 */
#ifndef APP_LIST_EXPORT_LOAD_H
#define APP_LIST_EXPORT_LOAD_H

#include "app/list_export_ids.h"
#include "app/setting.h"
#include "domain/priority.h"
#include "hmis/read.h"

struct night_book;

enum { EXPORT_THREADS = 16 };

enum export_depth {
	EXPORT_STAYS, /* projects, people, enrollments and exits, as they were written; nothing is settled */
	EXPORT_ALL,   /* settled, and everything that was seen is told */
};

struct export_wish {
	enum export_depth depth;
	struct day as_of, today;
	const struct rules *rules;
	const struct priority_policy *policy; /* of EXPORT_ALL */
	const struct export_regions *regions; /* or NULL */
	struct str coc;                       /* marks the stays of this CoC; empty: none are marked */
	struct night_book *nights;            /* is told what the roster is told, by as many workers; or NULL */
};

/* A file of regions (see `byname region import`): the names, and where each project stands. */
struct export_regions {
	struct str *names;
	size_t n;
	struct export_place {
		struct str project; /* HMIS ProjectID */
		uint32_t region;    /* index into names, plus 1 */
	} * places;
	size_t places_n;
};
must err_t export_regions_read(struct arena *a, const char *path, struct export_regions *out);

struct export_project {
	struct str id;
	struct str name;
	bool in_coc;
};

struct export_book {
	struct roster *r;
	struct export_project *projects; /* by the roster's number */
	struct ids people;               /* number: the roster's person */
	struct ids stays;                /* number: the roster's stay */
	bool *in_coc;                    /* by stay, where wish.coc is set; else NULL */
	struct night_book *nights;       /* the wish's */
	unsigned threads;                /* as many as the machine has, up to EXPORT_THREADS */
};

must err_t export_book_load(struct arena *a, const struct hmis_package *p, const struct export_wish *wish,
			    struct export_book **out);
void export_book_free(struct export_book **b);

/* Tells `night` every bed night of the export with its stay, on all threads at once. */
must err_t export_bed_nights(struct arena *a, const struct hmis_package *p, struct export_book *b, void *ctx,
			     void (*night)(void *ctx, uint32_t stay, struct day day));

/* Runs fn for parts 0 to parts − 1, side by side. */
void export_side_by_side(void (*fn)(void *ctx, unsigned part, unsigned parts), void *ctx, unsigned parts);

#endif
