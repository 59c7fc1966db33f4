/* The papers between a household and a home: which, who fetches each of them, by when. Private to src/app.
 *
 *     struct paper_asked asked = {region_people, people_n, entries, entries_n, household_no, veteran, kinds};
 *     TRY(papers_missing(c, a, &asked, &rows, &n));
 */
#ifndef APP_OPENING_PAPER_H
#define APP_OPENING_PAPER_H

#include "app/document.h"

struct paper_row {
	struct str label;   /* "Photo ID" */
	struct str fetcher; /* empty: nobody */
	struct day due;     /* DAY_NONE: not said */
};

struct paper_asked {
	const struct document_person *people;
	size_t people_n;
	const struct entry *entries; /* of the household at least */
	size_t entries_n;
	int64_t household_no;
	bool veteran;
	unsigned kinds; /* 1 << enum document_kind: those that are looked at */
};

/* Those that are not there, or hold no more. For who may read what is written about the household. */
must err_t papers_missing(struct call *c, struct arena *a, const struct paper_asked *asked, struct paper_row **out,
			  size_t *n);

#endif
