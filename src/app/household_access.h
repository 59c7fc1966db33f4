/* The one place that asks domain/access about a household: who asks, what was signed, who works with it.
 *
 * Whatever shows something of a household has its decision from here, most of it through a face (app/household.h).
 * One question costs nothing; what it needs is read in two statements for LIMIT_LIST_PAGE households at once, and in
 * none for who may be shown no name anyway.
 */
#ifndef APP_HOUSEHOLD_ACCESS_H
#define APP_HOUSEHOLD_ACCESS_H

#include "app/list_head.h"
#include "app/list_image.h"

struct household_asked {
	const struct list_row *row; /* NULL: not on the list, about which nothing is said */
	int64_t client_no;          /* whose release counts: see app_household_signer; 0: nobody's */
	bool serves;                /* the actor's agency serves the household */
};

/* What the call's actor may see of each, at that place of use. `victim` is where a victim service provider listed it,
 * `protected` where people decided so. `db` is in a transaction of any mode. */
must err_t app_household_decide(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
				enum access_use use, const struct household_asked *asked, size_t n,
				struct access_decision *out);

/* What may be shown of the facts about one client that come under laws of their own (domain/law.h). */
struct household_laws {
	uint32_t others;  /* LAW_BIT: of what other agencies recorded */
	uint32_t own;     /* of what the actor's own agency recorded, because it serves them: it may write, too */
	uint32_t general; /* of `others`: by a release that names a class of agencies and not this one */
};

/* The same question, asked for every law; `asked` says whose release counts. */
must err_t app_household_decide_laws(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
				     enum access_use use, const struct household_asked *asked,
				     struct household_laws *out);

/* What may be seen of anybody who is on no list any more: the role's answer, without a name. */
void app_household_decide_unlisted(const struct call *c, struct access_decision *out);

/* Whether the actor holds the list of the household's region. */
bool app_household_holds(const struct call *c, const struct list_image *image, const struct list_row *row);

/* The record (client_no) of somebody of the household by which alone the actor's agency knows them, where it is not the
 * one that is listed (app/duplicate.h): the names of others are not for it. 0: it knows who is listed, or does not
 * serve the household, or the actor holds the list. */
int64_t app_household_record(const struct call *c, const struct list_image *image, const struct list_row *row,
			     const struct list_head *head);

/* What the releases of a client, those about other records of the same person among them, say to the actor's agency
 * today. `db` is in a transaction. */
must err_t app_household_consent(struct call *c, struct db *db, struct arena *a, int64_t client_no, struct str region,
				 enum consent *out);

/* Who signs for a member of a household: an adult for themselves, the head for children and for whoever's age is not
 * known. `birth` is sealed, as the database has it; it is looked at and not shown. */
must err_t app_household_signer(struct call *c, struct arena *a, struct day today, int64_t head, int64_t client_no,
				struct str birth, int64_t *signer);

/* The same for a member on the reader's own device: each adult's own release counts for them, and nobody is named in a
 * household that is not. `head` is what was asked of the household, `of_head` the answer. */
must err_t app_household_decide_member(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
				       const struct household_asked *head, const struct access_decision *of_head,
				       int64_t client_no, struct str birth, struct access_decision *out);

#endif
