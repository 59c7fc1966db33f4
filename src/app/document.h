/* The papers of a household: what is there, what is missing, who fetches it (domain/document.h). */
#ifndef APP_DOCUMENT_H
#define APP_DOCUMENT_H

#include "app/entry.h"
#include "domain/document.h"

/* A household's papers out of what is written about it; unknown ones are document_none(). */
must err_t documents_of(struct call *c, struct arena *a, const struct entry *entries, size_t n, int64_t household_no,
			struct document out[DOCUMENTS_N]);

/* Who may fetch papers for households of a region: who takes part in its conferences. `db` is in a transaction. */
struct document_person {
	struct str id, name; /* "Dana Reed, Housing Now" */
};
must err_t document_people(struct db *db, struct arena *a, struct str region_id, struct document_person **out,
			   size_t *n);

/* Writes one down. For who sees the household by name. ERR_INVALID as document_check, and for a fetcher
 * who is nobody of the region's conferences. */
must err_t app_document_put(struct call *c, struct str household_id, enum document_kind kind, const struct document *d);

#endif
