/* The papers that a household needs to be housed, and how ready it is.
 *
 * "Prioritization Guidance: … 3) Document Readiness" (case conferencing training, needs matrix). A list
 * says per paper whether it is there, from and until when, who fetches it and by when. Readiness is a
 * help for the work: it is no key of the order and never lowers a place (DEFINITIONS "Priority").
 */
#ifndef DOMAIN_DOCUMENT_H
#define DOMAIN_DOCUMENT_H

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"

/* Key as stored, label, whether veterans alone need it. */
#define DOCUMENTS(X)                                                                                                   \
	X(DOCUMENT_PHOTO_ID, "photo_id", "Photo ID", false)                                                            \
	X(DOCUMENT_SSN, "ssn", "Proof of the Social Security number", false)                                           \
	X(DOCUMENT_BIRTH, "birth", "Birth certificate", false)                                                         \
	X(DOCUMENT_DISABILITY, "disability", "Disability verification", false)                                         \
	X(DOCUMENT_HOMELESS, "homeless", "Homelessness verification", false)                                           \
	X(DOCUMENT_INCOME, "income", "Proof of income, or of none", false)                                             \
	X(DOCUMENT_VA, "va", "VA form (DD-214 or statement of service)", true)

enum document_kind {
#define X(name, key, label, veterans) name,
	DOCUMENTS(X)
#undef X
		DOCUMENTS_N
};

struct document_row {
	struct str key;
	struct str label;
	bool veterans;
};
extern const struct document_row document_table[DOCUMENTS_N];
bool document_kind_parse(struct str key, enum document_kind *out);

/* {0} with DAY_NONE as days: nothing is known of it. */
struct document {
	bool have;
	struct day day;     /* issued or received */
	struct day expires; /* DAY_NONE: does not, or not known */
	struct str fetcher; /* id of who fetches it; empty: nobody */
	struct day due;     /* by when */
};
struct document document_none(void);

/* As stored: five words. Reading what is not one is false. */
struct str document_text(struct arena *a, const struct document *d);
bool document_read(struct str text, struct document *out);

/* ERR_INVALID with one sentence for a paper that expires before it was issued, was issued after today, or
 * has a date to be fetched by and nobody who does. */
must err_t document_check(struct arena *a, const struct document *d, struct day today);

/* There, and not expired: its last day still counts. */
bool document_holds(const struct document *d, struct day today);

/* Of those that this household needs. */
struct readiness {
	int have;
	int of;
	int percent; /* rounded down, so that 100 is all */
};
struct readiness document_readiness(const struct document docs[DOCUMENTS_N], bool veteran, struct day today);

#endif
