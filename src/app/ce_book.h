/* Every referral to housing and every entry into a housing project, read out of the enrollments: what reports about
 * coordinated entry are made from. Private to src/app.
 *
 * HMIS keeps a referral as an Event on whatever enrollment the head has, so all dossiers are opened, once each; facts
 * of other kinds are passed over without being unpacked. Nothing of a victim service provider is read. A person with
 * several records is one person here. No name is read and none is kept.
 *
 * Our own referrals, once they are issued, stand among them, but for those that HMIS tells of as well.
 *
 * The book has memory of its own and belongs to one version of the facts.
 *
 *     struct ce_book *book = NULL;
 *     err_t e = ce_book_load(c, db, a, &book);
 *     for (size_t i = 0; e == NULL && i < book->entries_n; i++)
 *             … ce_book_referrals(book, a, book->entries[i].person, &n) …
 *     ce_book_free(&book);
 */
#ifndef APP_CE_BOOK_H
#define APP_CE_BOOK_H

#include "app/app.h"
#include "domain/ce_referral.h"
#include "domain/referral.h"
#include "domain/side_door.h"

struct ce_agency {
	struct str id, name;
};

struct ce_project {
	int64_t no;
	struct str id, name;
	struct str region_id; /* of its county; empty: not known */
	uint32_t agency;      /* index, or CE_ANY: of no agency that is known */
	int type;             /* −1: not given */
	bool victim;
	bool guarded; /* that it serves somebody comes under a law of its own: no code stands beside it */
};

/* One of ours; NULL in an event that came from HMIS. */
struct ce_own {
	struct str reason;                   /* of a decline, in words; empty: none */
	bool on_time;                        /* issued by the day that the calendar said */
	struct day steps[REFERRAL_STATES_N]; /* DAY_NONE: it never came to that state */
};

struct ce_event {
	int64_t person;
	struct ce_referral referral; /* projects and agencies are indexes here */
	uint32_t by;                 /* the project on whose enrollment it was written; CE_ANY: ours */
	const struct ce_own *own;
};

/* A household's entry: the head's. */
struct ce_entry {
	int64_t person, client_no, enrollment_no;
	struct side_door_entry at;
	struct day move_in; /* DAY_NONE: not yet */
	uint64_t group;     /* of the household stay */
	bool head;
};

struct ce_book {
	struct arena *arena;
	int64_t now; /* hmis_now.import_no */
	struct ce_project *projects;
	size_t projects_n;
	struct ce_agency *agencies; /* by name */
	size_t agencies_n;
	struct ce_event *events; /* by person and day */
	size_t events_n;
	struct ce_entry *entries; /* into rapid rehousing and supportive housing; by person and day */
	size_t entries_n;
	struct ce_home {
		int64_t person, household_no;
	} * homes; /* by person */
	size_t homes_n;
};

/* `db` is in a transaction. What *out held before is freed. */
must err_t ce_book_load(struct call *c, struct db *db, struct arena *a, struct ce_book **out);
void ce_book_free(struct ce_book **book);

/* A person's events; NULL and 0 where there are none. */
const struct ce_event *ce_book_events(const struct ce_book *book, int64_t person, size_t *n);

/* The household that the person belongs to; 0: none that was ever on the list. */
int64_t ce_book_household(const struct ce_book *book, int64_t person);

/* How the entry was made (domain/side_door.h). */
enum side_door ce_book_door(const struct ce_book *book, struct arena *a, const struct ce_entry *e);

/* "none" for CE_ANY. */
struct str ce_book_agency(const struct ce_book *book, uint32_t agency);

#endif
